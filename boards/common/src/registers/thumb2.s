// Guest code for Thumb-2 under ABI version 2.
    .syntax unified
    .thumb
    .if {hard_float}
    .fpu fpv4-sp-d16
    .endif
registers_text:

// env.mix, import 0
registers_mix:
    mov  r12, #0
    ldr  pc, [r9, #{host_gate}]

// Not equal unless FPSCR's mode, bits 22 to 26, is a guest's: DN alone.
    .macro compare_mode register
    vmrs \register, fpscr
    ubfx \register, \register, #22, #5
    cmp  \register, #8
    .endm

// gate(a): calls env.mix(a, a + 1, … a + 9) and adds its results; hangs if sp comes back wrong, and gives 0 if the
// float mode does.
    .balign 4
registers_gate:
    push {{r4, lr}}
    mov  r4, sp
    sub  sp, sp, #24
    add  r1, r0, #4
    str  r1, [sp, #0]
    add  r1, r0, #5
    str  r1, [sp, #4]
    add  r1, r0, #6
    str  r1, [sp, #8]
    add  r1, r0, #7
    str  r1, [sp, #12]
    add  r1, r0, #8
    str  r1, [sp, #16]
    add  r1, r0, #9
    str  r1, [sp, #20]
    add  r1, r0, #1
    add  r2, r0, #2
    add  r3, r0, #3
    bl   registers_mix
    cmp  sp, r4
2:  bne  2b
    add  r0, r0, r1
    .if {hard_float}
    compare_mode r1
    it   ne
    movne r0, #0
    .endif
    pop  {{r4, pc}}

// hold(n): n times, writes a pattern of its own to each register and then compares; conditional blocks and multiple
// loads, which an interrupt may split, must give what they should. 0, or 1 if anything had changed.
    .macro fill_register register, pattern
    movw \register, #0x1000 + \pattern * 0x137
    movt \register, #0x5a00 + \pattern
    .endm
    .macro check_register register, pattern
    movw r0, #0x1000 + \pattern * 0x137
    movt r0, #0x5a00 + \pattern
    cmp  \register, r0
    bne  8f
    .endm
    .macro check_float register, pattern
    vmov r0, \register
    movw r1, #0x1000 + \pattern * 0x137
    movt r1, #0x5a00 + \pattern
    cmp  r0, r1
    bne  8f
    .endm
    .balign 4
registers_hold:
    push {{r4-r11, lr}}
    sub  sp, sp, #12
    str  r0, [sp]
    str  r9, [sp, #4]
    mov  r1, sp
    str  r1, [sp, #8]
1:
    .if {hard_float}
    fill_register r1, 40
    vmov s0, r1
    fill_register r1, 41
    vmov s1, r1
    fill_register r1, 42
    vmov s7, r1
    fill_register r1, 43
    vmov s14, r1
    fill_register r1, 44
    vmov s15, r1
    fill_register r1, 45
    vmov s16, r1
    fill_register r1, 46
    vmov s17, r1
    fill_register r1, 47
    vmov s23, r1
    fill_register r1, 48
    vmov s30, r1
    fill_register r1, 49
    vmov s31, r1
    vcmp.f32 s0, s1
    .endif
    fill_register r1, 1
    fill_register r2, 2
    fill_register r3, 3
    fill_register r4, 4
    fill_register r5, 5
    fill_register r6, 6
    fill_register r7, 7
    fill_register r8, 8
    fill_register r10, 9
    fill_register r11, 10
    fill_register r12, 11
    fill_register lr, 12
    check_register r1, 1
    check_register r2, 2
    check_register r3, 3
    check_register r4, 4
    check_register r5, 5
    check_register r6, 6
    check_register r7, 7
    check_register r8, 8
    check_register r10, 9
    check_register r11, 10
    check_register r12, 11
    check_register lr, 12
    push {{r1-r8}}
    ldm  sp, {{r1-r8}}
    add  sp, sp, #32
    check_register r1, 1
    check_register r2, 2
    check_register r3, 3
    check_register r4, 4
    check_register r5, 5
    check_register r6, 6
    check_register r7, 7
    check_register r8, 8
    .if {hard_float}
    vmrs APSR_nzcv, fpscr
    bpl  8f
    compare_mode r0
    bne  8f
    check_float s0, 40
    check_float s1, 41
    check_float s7, 42
    check_float s14, 43
    check_float s15, 44
    check_float s16, 45
    check_float s17, 46
    check_float s23, 47
    check_float s30, 48
    check_float s31, 49
    .endif
    mov  r1, #0
    cmp  r1, #0
    itett eq
    addeq r1, r1, #1
    addne r1, r1, #100
    addeq r1, r1, #1
    addeq r1, r1, #1
    itett cs
    addcs r1, r1, #1
    addcc r1, r1, #100
    addcs r1, r1, #1
    addcs r1, r1, #1
    cmp  r1, #6
    bne  8f
    ldr  r0, [sp, #4]
    cmp  r0, r9
    bne  8f
    ldr  r0, [sp, #8]
    cmp  r0, sp
    bne  8f
    ldr  r0, [sp]
    subs r0, r0, #1
    str  r0, [sp]
    bne  1b
    b    9f
8:  mov  r0, #1
9:  add  sp, sp, #12
    pop  {{r4-r11, pc}}

// odd(_): loads and stores at odd addresses. 0, or the number of the first that went wrong.
    .macro expect number, register, low, high
    mov  r0, #\number
    movw r3, #\low
    movt r3, #\high
    cmp  \register, r3
    bne  9f
    .endm
    .balign 4
registers_odd:
    sub  sp, sp, #16
    movw r1, #0x8281
    movt r1, #0x8483
    str  r1, [sp]
    movw r1, #0x8685
    movt r1, #0x8887
    str  r1, [sp, #4]
    mov  r2, sp
    ldr  r1, [r2, #1]
    expect 1, r1, 0x8382, 0x8584
    ldrh r1, [r2, #3]
    expect 2, r1, 0x8584, 0
    ldrsh r1, [r2, #1]
    expect 3, r1, 0x8382, 0xffff
    movw r1, #0x3344
    movt r1, #0x1122
    strh r1, [r2, #1]
    ldr  r12, [sp]
    expect 4, r12, 0x4481, 0x8433
    str  r1, [r2, #3]
    ldr  r12, [sp]
    expect 5, r12, 0x4481, 0x4433
    ldr  r12, [sp, #4]
    expect 6, r12, 0x2233, 0x8811
    mov  r0, #0
9:  add  sp, sp, #16
    bx   lr
    .balign 4
registers_text_end:
