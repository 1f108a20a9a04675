// Guest code for RV32 under ABI version 2.
    .option push
    .option norelax
registers_text:

// env.mix, import 0
registers_mix:
    li   t5, 0
    lw   t6, {host_gate}(s1)
    jr   t6

// gate(a): calls env.mix(a, a + 1, … a + 9) and adds its results; hangs if sp comes back wrong.
    .balign 4
registers_gate:
    addi sp, sp, -16
    sw   ra, 12(sp)
    sw   s0, 8(sp)
    mv   s0, sp
    addi sp, sp, -16
    addi t0, a0, 8
    sw   t0, 0(sp)
    addi t0, a0, 9
    sw   t0, 4(sp)
    addi a1, a0, 1
    addi a2, a0, 2
    addi a3, a0, 3
    addi a4, a0, 4
    addi a5, a0, 5
    addi a6, a0, 6
    addi a7, a0, 7
    jal  registers_mix
2:  bne  sp, s0, 2b
    add  a0, a0, a1
    lw   ra, 12(sp)
    lw   s0, 8(sp)
    addi sp, sp, 16
    ret

// hold(n): n times, writes a pattern of its own to each register and then compares. 0, or 1 if one had changed.
    .macro fill_register register, pattern
    li   \register, 0x5a000000 + \pattern * 0x1357
    .endm
    .macro check_register register, pattern
    li   a0, 0x5a000000 + \pattern * 0x1357
    bne  \register, a0, 8f
    .endm
    .balign 4
registers_hold:
    addi sp, sp, -64
    sw   ra, 60(sp)
    sw   s0, 56(sp)
    sw   s2, 52(sp)
    sw   s3, 48(sp)
    sw   s4, 44(sp)
    sw   s5, 40(sp)
    sw   s6, 36(sp)
    sw   s7, 32(sp)
    sw   s8, 28(sp)
    sw   s9, 24(sp)
    sw   s10, 20(sp)
    sw   s11, 16(sp)
    sw   s1, 8(sp)
    sw   sp, 4(sp)
    sw   a0, 0(sp)
1:
    fill_register ra, 1
    fill_register t0, 2
    fill_register t1, 3
    fill_register t2, 4
    fill_register s0, 5
    fill_register a1, 6
    fill_register a2, 7
    fill_register a3, 8
    fill_register a4, 9
    fill_register a5, 10
    fill_register a6, 11
    fill_register a7, 12
    fill_register s2, 13
    fill_register s3, 14
    fill_register s4, 15
    fill_register s5, 16
    fill_register s6, 17
    fill_register s7, 18
    fill_register s8, 19
    fill_register s9, 20
    fill_register s10, 21
    fill_register s11, 22
    fill_register t3, 23
    fill_register t4, 24
    fill_register t5, 25
    fill_register t6, 26
    check_register ra, 1
    check_register t0, 2
    check_register t1, 3
    check_register t2, 4
    check_register s0, 5
    check_register a1, 6
    check_register a2, 7
    check_register a3, 8
    check_register a4, 9
    check_register a5, 10
    check_register a6, 11
    check_register a7, 12
    check_register s2, 13
    check_register s3, 14
    check_register s4, 15
    check_register s5, 16
    check_register s6, 17
    check_register s7, 18
    check_register s8, 19
    check_register s9, 20
    check_register s10, 21
    check_register s11, 22
    check_register t3, 23
    check_register t4, 24
    check_register t5, 25
    check_register t6, 26
    lw   a0, 8(sp)
    bne  s1, a0, 8f
    lw   a0, 4(sp)
    bne  sp, a0, 8f
    lw   a0, 0(sp)
    addi a0, a0, -1
    sw   a0, 0(sp)
    bnez a0, 1b
    j    9f
8:  li   a0, 1
9:
    lw   ra, 60(sp)
    lw   s0, 56(sp)
    lw   s2, 52(sp)
    lw   s3, 48(sp)
    lw   s4, 44(sp)
    lw   s5, 40(sp)
    lw   s6, 36(sp)
    lw   s7, 32(sp)
    lw   s8, 28(sp)
    lw   s9, 24(sp)
    lw   s10, 20(sp)
    lw   s11, 16(sp)
    addi sp, sp, 64
    ret
    .balign 4
registers_text_end:
    .option pop
