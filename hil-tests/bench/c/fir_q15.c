/* A low-pass of 32 taps over n blocks of 256 samples in Q15: 16-bit loads, multiply-accumulate in 64 bits, saturation. */
#include "kernel.h"

enum { TAPS = 32, BLOCK = 256 };

static int16_t taps[TAPS];
static int16_t input[BLOCK + TAPS];
static int16_t output[BLOCK];

static int16_t saturate(int32_t x) { return x > 32767 ? 32767 : x < -32768 ? -32768 : (int16_t)x; }

static void filter(const int16_t *in, int16_t *out, int count) {
    for (int i = 0; i < count; i++) {
        int64_t sum = 1 << 14;
        for (int k = 0; k < TAPS; k++) sum += (int32_t)taps[k] * in[i + k];
        out[i] = saturate((int32_t)(sum >> 15));
    }
}

int32_t run(int32_t n) {
    uint32_t state = 7, sum = 0;
    for (int k = 0; k < TAPS; k++) taps[k] = (int16_t)((k < TAPS / 2 ? k : TAPS - 1 - k) * 230 + 17);
    for (int i = 0; i < TAPS; i++) input[i] = 0;
    for (int32_t block = 0; block < n; block++) {
        for (int i = 0; i < BLOCK; i++) input[TAPS + i] = (int16_t)next(&state);
        filter(input, output, BLOCK);
        memcpy(input, input + BLOCK, TAPS * sizeof *input);
        for (int i = 0; i < BLOCK; i++) sum = mix(sum, (uint16_t)output[i]);
    }
    return (int32_t)sum;
}
