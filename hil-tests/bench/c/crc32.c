/* CRC-32/ISO-HDLC of n times 1 KiB by a table: byte loads, look-ups, shifts. */
#include "kernel.h"

enum { BLOCK = 1024 };

static uint32_t table[256];
static uint8_t block[BLOCK];

static void prepare(void) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
        table[i] = crc;
    }
    uint32_t state = 1;
    for (int i = 0; i < BLOCK; i++) block[i] = (uint8_t)next(&state);
}

static uint32_t crc32(uint32_t start, const uint8_t *bytes, uint32_t len) {
    uint32_t crc = ~start;
    while (len--) crc = table[(uint8_t)crc ^ *bytes++] ^ crc >> 8;
    return ~crc;
}

int32_t run(int32_t n) {
    prepare();
    uint32_t sum = 0;
    for (int32_t i = 0; i < n; i++) sum = crc32(sum, block, BLOCK);
    return (int32_t)sum;
}
