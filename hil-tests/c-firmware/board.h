/* What the firmware needs of QEMU's mps2-an386: text for the host, an end, and a timer. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

/* Semihosting (Arm's "Semihosting for AArch32 and AArch64"): the text, and the end of the machine. */
void board_write(const char *text);
void board_exit(int failed) __attribute__((noreturn));

/* SysTick periods since the start; its interrupt asks the running module to give way once the alarm is due. */
uint64_t board_now(void *context);
void board_set_alarm(void *context, uint64_t at);

#endif
