/* A firmware in C that checks, runs and stops a WebAssembly module. Each line of its output is one thing that holds. */
#include "board.h"

#include <sandgrain.h>

extern const uint8_t artifact_start[], artifact_end[];
extern const sg_key trusted_key;

static uint8_t arena[2][72 * 1024] __attribute__((aligned(16)));
static uint8_t altered[16 * 1024] __attribute__((aligned(16)));

/* ---- text ---- */

static void number(int64_t value) {
    char text[24];
    char *at = text + sizeof text;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    *--at = 0;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0) {
        *--at = '-';
    }
    board_write(at);
}

static void line(const char *name, int64_t value) {
    board_write(name);
    board_write(": ");
    number(value);
    board_write("\n");
}

static void failed(const char *what, const sg_error *error) {
    char text[160];
    sg_error_message(error, text, sizeof text);
    board_write(what);
    board_write(": ");
    board_write(text);
    board_write("\n");
}

/* ---- host functions ---- */

static bool print(sg_caller *caller, const sg_value *arguments, sg_value *results) {
    (void)results;
    const char *text = sg_caller_memory(caller, arguments[0].u32, arguments[1].u32);
    if (!text) {
        return false;
    }
    unsigned *calls = sg_user(caller);
    *calls += 1;
    char copy[64];
    uint32_t length = arguments[1].u32 < sizeof copy ? arguments[1].u32 : sizeof copy - 1;
    for (uint32_t i = 0; i < length; i++) {
        copy[i] = text[i];
    }
    copy[length] = 0;
    board_write("print: ");
    board_write(copy);
    board_write("\n");
    return true;
}

static bool mix(sg_caller *caller, const sg_value *arguments, sg_value *results) {
    (void)caller;
    results[0].f64 = arguments[0].i32 + (double)arguments[1].i64 + arguments[2].f32 + arguments[3].f64;
    return true;
}

static const sg_import imports[] = {
    {"env", "print", "v(ii)", print},
    {"env", "mix", "F(iIfF)", mix},
};

/* ---- what holds ---- */

static sg_config config(unsigned which, unsigned *calls) {
    return (sg_config){
        .artifact = artifact_start,
        .artifact_size = (size_t)(artifact_end - artifact_start),
        .target = SG_CORTEX_M4F,
        .imports = imports,
        .import_count = 2,
        .arena = arena[which],
        .arena_size = sizeof arena[which],
        .user = calls,
    };
}

/* Nobody else's signature, and no other content, is accepted. */
static bool verified(void) {
    sg_error error;
    const size_t size = (size_t)(artifact_end - artifact_start);
    if (sg_verify(artifact_start, size, &trusted_key, 1, &error) != SG_OK) {
        failed("verify", &error);
        return false;
    }
    board_write("signature and content: ok\n");
    if (size > sizeof altered) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        altered[i] = artifact_start[i];
    }
    altered[size - 1] ^= 1;
    const sg_status content = sg_verify(altered, size, &trusted_key, 1, &error);
    failed("altered content", &error);
    sg_key other = trusted_key;
    other.bytes[0] ^= 1;
    const sg_status key = sg_verify(artifact_start, size, &other, 1, &error);
    failed("another key", &error);
    return content == SG_ERROR_SIGNATURE && key == SG_ERROR_SIGNATURE;
}

/* What cannot work is refused with the reason. */
static void refused(void) {
    sg_error error;
    sg_instance *instance;
    unsigned calls = 0;
    sg_config wrong = config(0, &calls);
    wrong.import_count = 1;
    line("status without an import", sg_instantiate(&wrong, &instance, &error));
    failed("without an import", &error);
    const sg_import mistyped[] = {imports[0], {"env", "mix", "F(iIfI)", mix}};
    wrong = config(0, &calls);
    wrong.imports = mistyped;
    line("status with another type", sg_instantiate(&wrong, &instance, &error));
    failed("another type", &error);
    const sg_import malformed[] = {imports[0], {"env", "mix", "F(iIfx)", mix}};
    wrong = config(0, &calls);
    wrong.imports = malformed;
    line("status with a malformed type", sg_instantiate(&wrong, &instance, &error));
    failed("malformed type", &error);
    wrong = config(0, &calls);
    wrong.arena_size = 4096;
    line("status in a small arena", sg_instantiate(&wrong, &instance, &error));
    wrong = config(0, &calls);
    wrong.target = SG_RV32IMAC;
    line("status as another part", sg_instantiate(&wrong, &instance, &error));
    failed("another part", &error);
}

static bool calls(sg_instance *first, sg_instance *second, const unsigned *printed) {
    sg_error error;
    sg_value result;
    for (int i = 0; i < 2; i++) {
        if (sg_call(first, "greet", NULL, 0, &result, 1, &error) != SG_OK) {
            failed("greet", &error);
            return false;
        }
        line("greet of the first instance", result.i32);
    }
    if (sg_call(second, "greet", NULL, 0, &result, 1, &error) != SG_OK) {
        return false;
    }
    line("greet of the second instance", result.i32);
    line("prints", *printed);
    if (sg_call(first, "fib", &(sg_value){.i32 = 90}, 1, &result, 1, &error) != SG_OK) {
        failed("fib", &error);
        return false;
    }
    line("fib(90)", result.i64);
    if (sg_call(first, "mix", &(sg_value){.f32 = 2.5f}, 1, &result, 1, &error) != SG_OK) {
        failed("mix", &error);
        return false;
    }
    line("1000 * mix(2.5)", (int64_t)(result.f64 * 1000));
    line("status of no such function", sg_call(first, "none", NULL, 0, NULL, 0, &error));
    line("status of too few arguments", sg_call(first, "fib", NULL, 0, &result, 1, &error));
    return true;
}

static void traps(sg_instance *instance) {
    sg_error error;
    sg_trap trap;
    sg_value result;
    const sg_value arguments[2] = {{.i32 = 1}, {.i32 = 0}};
    line("status of 1 / 0", sg_call(instance, "divide", arguments, 2, &result, 1, &error));
    if (sg_error_trap(&error, &trap)) {
        line("its kind", trap.kind);
        line("it has a place", trap.code_offset != SG_NO_CODE);
    }
    line("status of 1 / 0 in a function that is called", sg_call(instance, "share", arguments, 2, &result, 1, &error));
    if (sg_error_trap(&error, &trap)) {
        char stack[400];
        const size_t length = sg_trap_stack(instance, stack, sizeof stack);
        line("its stack fits", length < sizeof stack);
        /* What lies where is the compiler's affair; the test looks for the names. */
        line("trace: offset", trap.code_offset);
        board_write("trace: stack: ");
        board_write(stack);
        board_write("\n");
    }
    line("status of a bad pointer", sg_call(instance, "print_outside", NULL, 0, NULL, 0, &error));
    if (sg_error_trap(&error, &trap)) {
        line("its kind", trap.kind);
    }
}

/* A loop without end gives way at the end of each slice, and ends at its deadline. */
static void deadline(sg_instance *instance) {
    const sg_clock clock = {.now = board_now, .set_alarm = board_set_alarm};
    sg_error error;
    sg_trap trap = {0};
    if (sg_start_call(instance, "spin", NULL, 0, &error) != SG_OK) {
        failed("spin", &error);
        return;
    }
    /* At the start of a tick, so that none goes by before the first slice starts. */
    const uint64_t tick = board_now(NULL);
    while (board_now(NULL) == tick) {
    }
    const uint64_t start = board_now(NULL);
    const sg_budget budget = {.slice = 3, .deadline = start + 10};
    int slices = 0;
    sg_status status;
    while ((status = sg_resume_within(instance, &clock, &budget, &error)) == SG_PREEMPTED) {
        slices += 1;
    }
    const uint64_t took = board_now(NULL) - start;
    line("status of a loop without end", status);
    line("slices", slices);
    line("ended within a period of its deadline", took >= 10 && took <= 11);
    if (sg_error_trap(&error, &trap)) {
        line("its kind", trap.kind);
    }
}

int main(void) {
    unsigned printed[2] = {0, 0};
    sg_instance *first, *second;
    sg_error error;
    if (!verified()) {
        return 1;
    }
    refused();
    const sg_config configs[2] = {config(0, &printed[0]), config(1, &printed[1])};
    if (sg_instantiate(&configs[0], &first, &error) != SG_OK || sg_instantiate(&configs[1], &second, &error) != SG_OK) {
        failed("instantiate", &error);
        return 1;
    }
    if (!calls(first, second, &printed[0])) {
        return 1;
    }
    traps(first);
    deadline(first);
    sg_value result;
    if (sg_call(first, "greet", NULL, 0, &result, 1, &error) != SG_OK) {
        return 1;
    }
    line("greet of the first instance, after all that", result.i32);
    const uint8_t *memory = sg_memory(first, 16, 5);
    line("its memory at 16", memory ? memory[0] : -1);
    line("memory behind its end", sg_memory(first, 65536, 1) == NULL);
    return 0;
}
