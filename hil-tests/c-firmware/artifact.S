/* The signed artifact and the key that it was signed with, made by the build. */
    .syntax unified
    .section .rodata.artifact, "a"
    .balign 16
    .globl artifact_start, artifact_end, trusted_key
artifact_start:
    .incbin "guest.sg"
artifact_end:
trusted_key:
    .incbin "trusted.key"
    .section .note.GNU-stack, "", %progbits
