    .word 0                                         // type 0: (i32) -> (i32)
    .hword 1, 1
    .word 2                                         // type 1: (i32 × 10) -> (i32, i32)
    .hword 10, 2
    .word 0, 3                                      // import env.mix
    .hword 3, 3
    .word 0, {import_slot}
    .word 1, registers_mix - registers_text
    .word 6                                         // export gate
    .hword 4, 0
    .word registers_gate - registers_text, 0
    .word 10                                        // export hold
    .hword 4, 0
    .word registers_hold - registers_text, 0
    .word 14                                        // export odd
    .hword 3, 0
    .word registers_odd - registers_text, 0
    .byte 0x7f, 0x7f
    .fill 12, 1, 0x7f
    .byte 0, 0
    .ascii "envmixgateholdodd"
registers_artifact_end:
