/* What the kernels in C share. Each exports run(n): n scales the work, the result depends on all of it.
   There is no C library: these are the compilers' own operations, the same on every side. */
#ifndef KERNEL_H
#define KERNEL_H

#include <stdint.h>

#define memcpy __builtin_memcpy
#define memset __builtin_memset

int32_t run(int32_t n);

/* Next of a sequence that looks random (Marsaglia's xorshift). */
static inline uint32_t next(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static inline uint32_t rotate(uint32_t x, unsigned by) { return x << by | x >> (32 - by); }

/* A step of a checksum that depends on the order of what it is given. */
static inline uint32_t mix(uint32_t sum, uint32_t value) { return rotate(sum, 5) * 0x9e3779b1u ^ value; }

static inline uint32_t bits(float x) {
    uint32_t word;
    memcpy(&word, &x, sizeof word);
    return word;
}

static inline uint32_t bits64(double x) {
    uint64_t words;
    memcpy(&words, &x, sizeof words);
    return (uint32_t)words ^ (uint32_t)(words >> 32);
}

#endif
