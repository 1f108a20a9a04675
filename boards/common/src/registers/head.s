// Head of an artifact that the assembler makes: sandgrain_artifact's modules header, manifest and content draw the
// layout. Between it and tail.s stands the text: labels registers_text, registers_text_end, registers_gate, registers_hold,
// registers_odd.
    .section .text.registers, "ax"
    .balign 16
    .global registers_artifact, registers_artifact_end
registers_artifact:
    .byte 0x7f, 0x53, 0x47, 0x41
    .hword 2, 2                                     // artifact and ABI version
    .byte {target}, 0
    .hword 0                                        // CPU features
    .word registers_manifest_end - registers_manifest
    .word registers_artifact_end - registers_content
    .word 0                                         // helper groups
    .zero 8
    .zero 64                                        // not signed
registers_manifest:
    .byte 9
    .ascii "registers"
    .byte 1
    .ascii "1"
    .byte 0, 0                                      // counter, device class
    .byte 0x80, 0x20                                // chunk size 4096
    .byte 0                                         // memory bytes
    .byte 0x80, 2                                   // stack bytes 256
    .byte 64                                        // instance bytes
    .byte 32                                        // one digest, which nobody verifies
    .zero 32
registers_manifest_end:
    .balign 16, 0
registers_content:
    .word registers_text_end - registers_text
    .word 0, 0                                      // code start, init image
    .word 14, 17                                    // type bytes, strings
    .word 2, 1, 3                                   // types, imports, exports
    .word 0, 0, 0, 0                                // memories, tables, referables, type ids
    .word 64, 0, 0                                  // instance bytes, places
    .word 0, 256, 0                                 // flags, stack bytes, start
    .word 0, 0                                      // nothing
