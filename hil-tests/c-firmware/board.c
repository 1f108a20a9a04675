#include "board.h"

#include <sandgrain.h>

extern uint32_t stack_top, data_load, data_start, data_end, bss_start, bss_end;
int main(void);

static volatile uint64_t periods;
static volatile uint64_t alarm_at = UINT64_MAX;

#define REGISTER(address) (*(volatile uint32_t *)(address))

/* SysTick (ARMv7-M ARM, B3.3), with the processor's clock of 25 MHz. */
#define SYST_CSR REGISTER(0xE000E010)
#define SYST_RVR REGISTER(0xE000E014)
#define SYST_CVR REGISTER(0xE000E018)
#define PERIOD_CYCLES 2500

/* Coprocessor access control (B3.2.20): CP10 and CP11 are the FPU. */
#define CPACR REGISTER(0xE000ED88)

static int semihosting(int operation, const void *argument) {
    register int r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void board_write(const char *text) { semihosting(0x04, text); }

void board_exit(int failed) {
    /* SYS_EXIT_EXTENDED with ADP_Stopped_ApplicationExit. */
    const uint32_t block[2] = {0x20026, (uint32_t)failed};
    for (;;) {
        semihosting(0x20, block);
    }
}

uint64_t board_now(void *context) {
    (void)context;
    uint64_t before, after;
    do {
        before = periods;
        after = periods;
    } while (before != after);
    return after;
}

void board_set_alarm(void *context, uint64_t at) {
    (void)context;
    __asm__ volatile("cpsid i" ::: "memory");
    alarm_at = at;
    __asm__ volatile("cpsie i" ::: "memory");
}

void SysTick_Handler(void) {
    periods = periods + 1;
    if (periods >= alarm_at) {
        sg_request_preemption();
    }
}

static void fault(void) {
    board_write("fault\n");
    board_exit(1);
}

void Reset_Handler(void) {
    CPACR |= 0xFu << 20;
    __asm__ volatile("dsb\n\tisb");
    for (uint32_t *to = &data_start, *from = &data_load; to < &data_end;) {
        *to++ = *from++;
    }
    for (uint32_t *to = &bss_start; to < &bss_end;) {
        *to++ = 0;
    }
    SYST_RVR = PERIOD_CYCLES - 1;
    SYST_CVR = 0;
    SYST_CSR = 7;
    board_exit(main());
}

void PendSV_Handler(void);
void SVC_Handler(void);

/* B1.5.3: initial stack, then handlers by exception number. */
__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &stack_top, Reset_Handler, fault, fault, fault, fault, fault, 0, 0, 0, 0, SVC_Handler, fault, 0, PendSV_Handler,
    SysTick_Handler,
};
