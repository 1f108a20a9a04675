/* Sandgrain for C: WebAssembly modules, compiled ahead of time, on a microcontroller.
 *
 *   sandgrain compile app.wasm --target cortex-m4f, sandgrain sign app.sg          on the host
 *   sg_verify -> sg_instantiate -> sg_call                                         on the device
 *
 * There is no heap and no hidden state: everything about an instance lies in the arena that it is given. One thread
 * (of the firmware's) calls into an instance at a time; different instances have nothing to do with each other.
 * Link with libsandgrain_c.a. On Cortex-M the library brings PendSV_Handler and SVC_Handler, and the firmware calls it in
 * privileged thread mode on the main stack; on RISC-V, in machine mode, after sg_install_trap_entry.
 */
#ifndef SANDGRAIN_H
#define SANDGRAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Types with named values are 32 bits wide, however wide the compiler makes its enums.
 *
 * Parts that modules are compiled for. A library is built for several of them at once: the firmware says which it runs
 * on. */
typedef uint32_t sg_target;
enum {
    SG_CORTEX_M3 = 1,
    SG_CORTEX_M4 = 2,
    SG_CORTEX_M4F = 3,
    SG_CORTEX_M7 = 4,
    SG_CORTEX_M33 = 5,
    SG_RV32IMC = 6,
    SG_RV32IMAC = 7,
    SG_RV32IMAFC = 8,
};

typedef uint32_t sg_status;
enum {
    SG_OK = 0,
    /* The module gave way and can be resumed. */
    SG_PREEMPTED = 1,
    /* The module was stopped: sg_error_trap. */
    SG_TRAPPED = 2,
    /* A null pointer, text that is no UTF-8, or a malformed type of an import. */
    SG_ERROR_ARGUMENT = 3,
    /* The bytes are no artifact for this device. */
    SG_ERROR_ARTIFACT = 4,
    /* Nobody trusted has signed the artifact, or it was changed since. */
    SG_ERROR_SIGNATURE = 5,
    /* An import is missing, or has another type. */
    SG_ERROR_LINK = 6,
    /* The arena or the stack in it is too small. */
    SG_ERROR_ARENA = 7,
    /* The module starts with more than the limits allow. */
    SG_ERROR_LIMIT = 8,
    /* No exported function has this name. */
    SG_ERROR_NOT_FOUND = 9,
    /* The function has other parameters or results, or more than SG_MAX_VALUES. */
    SG_ERROR_TYPE = 10,
    /* A call is in progress: resume or abandon it. */
    SG_ERROR_BUSY = 11,
    /* No call has returned. */
    SG_ERROR_IDLE = 12,
    /* Called in an interrupt handler, or while interrupts are masked. */
    SG_ERROR_CONTEXT = 13,
};

typedef uint32_t sg_trap_kind;
enum {
    SG_TRAP_UNREACHABLE = 1,
    SG_TRAP_MEMORY_OUT_OF_BOUNDS = 2,
    SG_TRAP_TABLE_OUT_OF_BOUNDS = 3,
    SG_TRAP_INDIRECT_CALL_TO_NULL = 4,
    SG_TRAP_BAD_SIGNATURE = 5,
    SG_TRAP_INTEGER_DIVISION_BY_ZERO = 6,
    SG_TRAP_INTEGER_OVERFLOW = 7,
    SG_TRAP_BAD_CONVERSION_TO_INTEGER = 8,
    SG_TRAP_STACK_OVERFLOW = 9,
    SG_TRAP_HOST_ERROR = 10,
    SG_TRAP_OUT_OF_FUEL = 11,
    SG_TRAP_DEADLINE_EXCEEDED = 12,
    SG_TRAP_TABLE_ACCESS_OUT_OF_BOUNDS = 13,
    SG_TRAP_CONTAINMENT_VIOLATION = 14,
    SG_TRAP_RESOURCE_LIMIT = 15,
};

/* Where no code of the module was running. */
#define SG_NO_CODE UINT32_MAX

typedef struct sg_trap {
    sg_trap_kind kind;
    /* Byte offset in the module's code, which `sandgrain inspect` and the compiler's report relate to the .wasm; or
     * SG_NO_CODE. */
    uint32_t code_offset;
} sg_trap;

/* Why something failed: for sg_error_message and sg_error_trap. Valid as long as the artifact that it is about. */
typedef struct sg_error {
    uint64_t opaque[16];
} sg_error;

typedef union sg_value {
    int32_t i32;
    uint32_t u32;
    int64_t i64;
    uint64_t u64;
    float f32;
    double f64;
} sg_value;

/* Most parameters and most results of a function that is called from C or written in it. */
#define SG_MAX_VALUES 12

typedef struct sg_instance sg_instance;
/* The instance that calls a host function, while it runs. */
typedef struct sg_caller sg_caller;

/* A host function. False stops the module with SG_TRAP_HOST_ERROR. */
typedef bool (*sg_function)(sg_caller *caller, const sg_value *arguments, sg_value *results);

typedef struct sg_import {
    const char *module;
    const char *name;
    /* Results, then parameters in parentheses: i (i32), I (i64), f (f32), F (f64), v or nothing for none. "i(iI)" takes
     * an i32 and an i64 and returns an i32. */
    const char *type;
    sg_function function;
} sg_import;

/* What an instance may use; zero stands for what the module asks for, or for all that the arena has. */
typedef struct sg_limits {
    /* Bytes of stack for the module's own frames. */
    uint32_t stack_bytes;
    /* Bytes that its memories may have together. */
    uint32_t memory_bytes;
    /* Elements that a table may have. */
    uint32_t table_elements;
    /* Fuel at the start, for modules that were compiled with --fuel. */
    uint32_t fuel;
} sg_limits;

/* Everything that it points at has to stay where it is for as long as the instance is used. */
typedef struct sg_config {
    /* The artifact, at a multiple of 16, in memory that code can run in, flash or RAM. It may be followed by other
     * bytes. */
    const void *artifact;
    size_t artifact_size;
    sg_target target;
    const sg_import *imports;
    size_t import_count;
    /* Memory for the instance alone: its state, its stack, its linear memory. */
    void *arena;
    size_t arena_size;
    /* For host functions: sg_user. */
    void *user;
    sg_limits limits;
} sg_config;

/* A time source and an alarm, for slices and deadlines. */
typedef struct sg_clock {
    void *context;
    /* Ticks so far; never goes back. */
    uint64_t (*now)(void *context);
    /* Has an interrupt handler call sg_request_preemption at this moment and then again and again, until the alarm is
     * set anew. UINT64_MAX is never. */
    void (*set_alarm)(void *context, uint64_t at);
} sg_clock;

typedef struct sg_budget {
    /* Ticks until the module has to give way, which is SG_PREEMPTED; 0 is no slice. */
    uint64_t slice;
    /* The moment by which the call has to be over, or else ends with SG_TRAP_DEADLINE_EXCEEDED; 0 is no deadline. */
    uint64_t deadline;
} sg_budget;

typedef struct sg_key {
    /* ed25519, as in the .pub file of `sandgrain keygen`. */
    uint8_t bytes[32];
} sg_key;

/* Whether one of the keys has signed the artifact, and whether all of it is as it was signed. To be asked once for bytes
 * that nobody else can write, before their code is run. `error` may be NULL, here and below. */
sg_status sg_verify(const void *artifact, size_t artifact_size, const sg_key *keys, size_t key_count, sg_error *error);

/* Makes an instance at the front of the arena, and runs what it starts with. There is nothing to free: whoever does not
 * use the instance any more has its arena back. */
sg_status sg_instantiate(const sg_config *config, sg_instance **instance, sg_error *error);

/* Calls an exported function to its end, with as many arguments and results as its type says. */
sg_status sg_call(sg_instance *instance, const char *name, const sg_value *arguments, size_t argument_count,
                  sg_value *results, size_t result_count, sg_error *error);

/* The same in steps: prepare a call, run it until it ends (SG_OK) or gives way, read its results. */
sg_status sg_start_call(sg_instance *instance, const char *name, const sg_value *arguments, size_t argument_count,
                        sg_error *error);
sg_status sg_resume(sg_instance *instance, sg_error *error);
sg_status sg_resume_within(sg_instance *instance, const sg_clock *clock, const sg_budget *budget, sg_error *error);
sg_status sg_results(sg_instance *instance, sg_value *results, size_t result_count, sg_error *error);
/* Gives up the call in progress, if there is one. */
void sg_abandon(sg_instance *instance);

/* For interrupt handlers: the running module gives way as soon as no handler and no host function is on top of it. */
void sg_request_preemption(void);

/* What is left of the fuel that code compiled with --fuel uses up. */
uint32_t sg_fuel(const sg_instance *instance);
void sg_set_fuel(sg_instance *instance, uint32_t fuel);

/* The `size` bytes at `address` of the module's memory, between calls or for a host function; NULL unless all of them
 * are there. A later call may move nothing, but may change the size. */
void *sg_memory(sg_instance *instance, uint32_t address, uint32_t size);
void *sg_caller_memory(sg_caller *caller, uint32_t address, uint32_t size);
/* What sg_config.user was. */
void *sg_user(sg_caller *caller);

/* The trap that SG_TRAPPED is about; false for other errors. */
bool sg_error_trap(const sg_error *error, sg_trap *trap);
/* What the instance's stack says of the callers of its last trap, until its next call: text for `sandgrain trace --stack`,
 * of some 400 characters at most, cut to `size` and ended with a zero. Returns its whole length without the zero. */
size_t sg_trap_stack(const sg_instance *instance, char *buffer, size_t size);
/* Writes a sentence for people, cut to `size` and ended with a zero. Returns its whole length without the zero, as
 * snprintf does. */
size_t sg_error_message(const sg_error *error, char *buffer, size_t size);

#if defined(__riscv)
/* The firmware's own handler of interrupts and exceptions, called with mcause, mepc and mtval while interrupts are masked. */
void sg_install_trap_entry(void (*handler)(uintptr_t mcause, uintptr_t mepc, uintptr_t mtval));
#endif

#ifdef __cplusplus
}
#endif

#endif
