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
    .macro fill_float register, pattern
    li   a0, 0x5a000000 + \pattern * 0x1357
    fmv.w.x \register, a0
    .endm
    .macro check_float register, pattern
    fmv.x.w a1, \register
    check_register a1, \pattern
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
    .if {hard_float}
    .option push
    .option arch, +f
    fill_float ft0, 40
    fill_float ft1, 41
    fill_float ft2, 42
    fill_float ft3, 43
    fill_float ft4, 44
    fill_float ft5, 45
    fill_float ft6, 46
    fill_float ft7, 47
    fill_float fs0, 48
    fill_float fs1, 49
    fill_float fa0, 50
    fill_float fa1, 51
    fill_float fa2, 52
    fill_float fa3, 53
    fill_float fa4, 54
    fill_float fa5, 55
    fill_float fa6, 56
    fill_float fa7, 57
    fill_float fs2, 58
    fill_float fs3, 59
    fill_float fs4, 60
    fill_float fs5, 61
    fill_float fs6, 62
    fill_float fs7, 63
    fill_float fs8, 64
    fill_float fs9, 65
    fill_float fs10, 66
    fill_float fs11, 67
    fill_float ft8, 68
    fill_float ft9, 69
    fill_float ft10, 70
    fill_float ft11, 71
    .option pop
    .endif
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
    .if {hard_float}
    .option push
    .option arch, +f
    check_float ft0, 40
    check_float ft1, 41
    check_float ft2, 42
    check_float ft3, 43
    check_float ft4, 44
    check_float ft5, 45
    check_float ft6, 46
    check_float ft7, 47
    check_float fs0, 48
    check_float fs1, 49
    check_float fa0, 50
    check_float fa1, 51
    check_float fa2, 52
    check_float fa3, 53
    check_float fa4, 54
    check_float fa5, 55
    check_float fa6, 56
    check_float fa7, 57
    check_float fs2, 58
    check_float fs3, 59
    check_float fs4, 60
    check_float fs5, 61
    check_float fs6, 62
    check_float fs7, 63
    check_float fs8, 64
    check_float fs9, 65
    check_float fs10, 66
    check_float fs11, 67
    check_float ft8, 68
    check_float ft9, 69
    check_float ft10, 70
    check_float ft11, 71
    .option pop
    .endif
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

// odd(_): loads and stores at odd addresses, in every form. 0, or the number of the first that went wrong. QEMU completes
// them without a trap, so one that is raised stands before each: the test's trap entry takes it for the access's own.
// 16 bytes above the frame's start lie 32 bytes that count up from 0x81.
    .macro misaligned_load instruction:vararg
    .option push
    .option norvc
    ebreak
    .option pop
    \instruction
    .endm
    .macro misaligned_store instruction:vararg
    csrrw zero, cycle, zero
    \instruction
    .endm
    .macro expect number, register, value
    li   t6, \value
    mv   t5, \register
    li   a0, \number
    bne  t5, t6, 9f
    .endm
// What the stores have made of the bytes from 20 to 27, which are put right again.
    .macro expect_stored number, low, high
    lw   t3, 20(s0)
    expect \number, t3, \low
    lw   t3, 24(s0)
    expect \number, t3, \high
    li   t3, 0x98979695
    sw   t3, 20(s0)
    li   t3, 0x9c9b9a99
    sw   t3, 24(s0)
    .endm
    .balign 4
    .option push
    .option arch, +c
registers_odd:
    addi sp, sp, -64
    sw   ra, 60(sp)
    sw   s0, 56(sp)
    sw   s2, 52(sp)
    sw   s11, 48(sp)
    addi s0, sp, 16
    li   t0, 0x84838281
    li   t1, 0x04040404
    .irp place, 0, 4, 8, 12, 16, 20, 24, 28
    sw   t0, \place(s0)
    add  t0, t0, t1
    .endr

    misaligned_load lw t0, 1(s0)
    expect 1, t0, 0x85848382
    misaligned_load lh t1, 1(s0)
    expect 2, t1, 0xffff8382
    misaligned_load lhu a1, 3(s0)
    expect 3, a1, 0x8584
    addi a2, s0, 8
    misaligned_load lw s2, -7(a2)
    expect 4, s2, 0x85848382
    misaligned_load lw s11, 2(s0)
    expect 5, s11, 0x86858483
    // An access that changed its own base and were done twice would give something else.
    addi a3, s0, 1
    misaligned_load c.lw a3, 4(a3)
    expect 6, a3, 0x89888786
    addi t3, s0, 1
    misaligned_load lw t3, 4(t3)
    expect 7, t3, 0x89888786
    addi a0, s0, 3
    misaligned_load c.lw a0, 0(a0)
    expect 8, a0, 0x87868584
    addi sp, sp, 1
    misaligned_load c.lwsp t4, 16(sp)
    addi sp, sp, -1
    expect 9, t4, 0x85848382
    mv   t2, s1
    misaligned_load lw s1, 1(s0)
    mv   t0, s1
    mv   s1, t2
    expect 10, t0, 0x85848382
    mv   t2, sp
    misaligned_load lw sp, 1(s0)
    mv   t0, sp
    mv   sp, t2
    expect 11, t0, 0x85848382
    misaligned_load lw ra, 1(s0)
    expect 12, ra, 0x85848382
    misaligned_load lw zero, 1(s0)
    expect 13, zero, 0

    li   t0, 0x11223344
    li   a1, 0x11223344
    li   s2, 0x11223344
    misaligned_store sw t0, 21(s0)
    expect_stored 14, 0x22334495, 0x9c9b9a11
    misaligned_store sh t0, 21(s0)
    expect_stored 15, 0x98334495, 0x9c9b9a99
    misaligned_store sh t0, 23(s0)
    expect_stored 16, 0x44979695, 0x9c9b9a33
    addi a2, s0, 1
    misaligned_store c.sw a1, 20(a2)
    expect_stored 17, 0x22334495, 0x9c9b9a11
    addi sp, sp, 1
    misaligned_store c.swsp s2, 36(sp)
    addi sp, sp, -1
    expect_stored 18, 0x22334495, 0x9c9b9a11
    misaligned_store sw zero, 22(s0)
    expect_stored 19, 0x00009695, 0x9c9b0000
    addi a2, s0, 64
    misaligned_store sw s2, -41(a2)
    expect_stored 20, 0x44979695, 0x9c112233

    .if {hard_float}
    .option push
    .option arch, +f
    misaligned_load flw ft0, 1(s0)
    fmv.x.w t0, ft0
    expect 21, t0, 0x85848382
    misaligned_load flw fs11, 2(s0)
    fmv.x.w t0, fs11
    expect 22, t0, 0x86858483
    addi a2, s0, 1
    misaligned_load c.flw fs0, 4(a2)
    fmv.x.w t0, fs0
    expect 23, t0, 0x89888786
    addi sp, sp, 1
    misaligned_load c.flwsp ft11, 16(sp)
    addi sp, sp, -1
    fmv.x.w t0, ft11
    expect 24, t0, 0x85848382
    li   t0, 0x11223344
    fmv.w.x fa0, t0
    fmv.w.x fs2, t0
    misaligned_store fsw fs2, 21(s0)
    expect_stored 25, 0x22334495, 0x9c9b9a11
    misaligned_store c.fsw fa0, 20(a2)
    expect_stored 26, 0x22334495, 0x9c9b9a11
    addi sp, sp, 1
    misaligned_store c.fswsp fs2, 36(sp)
    addi sp, sp, -1
    expect_stored 27, 0x22334495, 0x9c9b9a11
    .option pop
    .endif
    li   a0, 0
9:
    lw   ra, 60(sp)
    lw   s0, 56(sp)
    lw   s2, 52(sp)
    lw   s11, 48(sp)
    addi sp, sp, 64
    ret
    .option pop
    .balign 4
registers_text_end:
    .option pop
