/* Five bodies under gravity in f64, n steps: additions, multiplications, divisions, a square root by Newton's method. */
#include "kernel.h"

enum { BODIES = 5 };

typedef struct {
    double at[3], speed[3], mass;
} Body;

static Body bodies[BODIES];

/* Halving the exponent is the first guess, each step doubles the digits. */
static double root(double x) {
    uint64_t word;
    double y;
    memcpy(&word, &x, sizeof word);
    word = (word >> 1) + 0x1ff8000000000000u;
    memcpy(&y, &word, sizeof y);
    for (int i = 0; i < 4; i++) y = 0.5 * (y + x / y);
    return y;
}

static void step(double dt) {
    for (int i = 0; i < BODIES; i++) {
        Body *a = &bodies[i];
        for (int j = i + 1; j < BODIES; j++) {
            Body *b = &bodies[j];
            double d[3], square = 0.01;
            for (int k = 0; k < 3; k++) {
                d[k] = a->at[k] - b->at[k];
                square += d[k] * d[k];
            }
            double pull = dt / (square * root(square));
            for (int k = 0; k < 3; k++) {
                a->speed[k] -= d[k] * b->mass * pull;
                b->speed[k] += d[k] * a->mass * pull;
            }
        }
    }
    for (int i = 0; i < BODIES; i++)
        for (int k = 0; k < 3; k++) bodies[i].at[k] += dt * bodies[i].speed[k];
}

int32_t run(int32_t n) {
    uint32_t state = 11, sum = 0;
    for (int i = 0; i < BODIES; i++) {
        for (int k = 0; k < 3; k++) {
            bodies[i].at[k] = (double)(next(&state) >> 20) / 256.0;
            bodies[i].speed[k] = (double)(int32_t)(next(&state) & 0xff) / 512.0;
        }
        bodies[i].mass = 1.0 + (double)(next(&state) & 0xf);
    }
    for (int32_t i = 0; i < n; i++) step(0.01);
    for (int i = 0; i < BODIES; i++)
        for (int k = 0; k < 3; k++) sum = mix(sum, bits64(bodies[i].at[k]));
    return (int32_t)sum;
}
