//! What functions are overwritten with: machine code of three i32 parameters and one i32 result.

use sandgrain_abi::Isa;

/// One such function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Writes the second argument to the address in the first.
    Poke,
    /// Reads from the address in the first argument.
    Peek,
    /// Executes the arguments' bytes on the stack.
    Execute,
    /// Pushes the second argument so many times, in steps of a stack slot, and drops all of it.
    Dig,
    /// Writes the second argument below a frame of as many bytes as the first says.
    Frame,
    /// Jumps to the first argument with the second as import index and purpose; above sp there is room for what it may ruin
    /// without harm to the instance.
    Go,
    /// Asks the runtime for the purpose in the second argument, from here, with the first and third as values.
    Ask,
    /// Takes the first argument for sp, and jumps to the second with the third as import index.
    Pivot,
    /// Takes the first argument for sp, and stays here.
    PivotAndStay,
    /// Returns the address of the instance's header.
    Header,
    /// An instruction that there is not.
    Undefined,
    /// An instruction for debuggers.
    Breakpoint,
    /// Makes itself privileged, as far as it can, and masks interrupts.
    Rise,
}

impl Code {
    pub const ALL: [Code; 13] = [
        Code::Poke,
        Code::Peek,
        Code::Execute,
        Code::Dig,
        Code::Frame,
        Code::Go,
        Code::Ask,
        Code::Pivot,
        Code::PivotAndStay,
        Code::Header,
        Code::Undefined,
        Code::Breakpoint,
        Code::Rise,
    ];

    /// Name of the function.
    pub const fn export(self) -> &'static str {
        match self {
            Code::Poke => "poke",
            Code::Peek => "peek",
            Code::Execute => "execute",
            Code::Dig => "dig",
            Code::Frame => "frame",
            Code::Go => "go",
            Code::Ask => "ask",
            Code::Pivot => "pivot",
            Code::PivotAndStay => "pivot_and_stay",
            Code::Header => "header",
            Code::Undefined => "undefined",
            Code::Breakpoint => "breakpoint",
            Code::Rise => "rise",
        }
    }

    /// Its code.
    ///
    /// # Panics
    /// On instruction sets that are none of the boards' that contain guests.
    pub fn bytes(self, isa: Isa) -> Vec<u8> {
        match isa {
            Isa::Thumb2 => thumb2(self).iter().flat_map(|parcel| parcel.to_le_bytes()).collect(),
            Isa::Rv32 => rv32(self).iter().flat_map(|word| word.to_le_bytes()).collect(),
            other => panic!("no board contains guests in {other:?}"),
        }
    }
}

/// Arguments of [`Code::Execute`]: a function that drops 16 bytes of stack and returns 42.
pub fn returning_42(isa: Isa) -> [u32; 3] {
    match isa {
        // add sp, #16; movs r0, #42; bx lr
        Isa::Thumb2 => [0x202a_b004, 0x4770, 0],
        // addi sp, sp, 16; li a0, 42; ret
        _ => [0x0101_0113, 0x02a0_0513, 0x0000_8067],
    }
}

const fn thumb2(code: Code) -> &'static [u16] {
    match code {
        // str r1, [r0]; bx lr
        Code::Poke => &[0x6001, 0x4770],
        // ldr r0, [r0]; bx lr
        Code::Peek => &[0x6800, 0x4770],
        // push {r0-r3}; mov r0, sp; adds r0, #1; bx r0
        Code::Execute => &[0xb40f, 0x4668, 0x3001, 0x4700],
        // mov r2, sp; 1: push {r1}; subs r0, #1; bne 1b; mov sp, r2; bx lr
        Code::Dig => &[0x466a, 0xb402, 0x3801, 0xd1fc, 0x4695, 0x4770],
        // mov r2, sp; sub sp, sp, r0; str r1, [sp]; mov sp, r2; bx lr
        Code::Frame => &[0x466a, 0xebad, 0x0d00, 0x9100, 0x4695, 0x4770],
        // sub sp, #256; mov r12, r1; bx r0
        Code::Go => &[0xb0c0, 0x468c, 0x4700],
        // mov r12, r1; mov r1, r2; svc #0; bx lr
        Code::Ask => &[0x468c, 0x4611, 0xdf00, 0x4770],
        // mov sp, r0; mov r12, r2; bx r1
        Code::Pivot => &[0x4685, 0x4694, 0x4708],
        // mov sp, r0; 1: b 1b
        Code::PivotAndStay => &[0x4685, 0xe7fe],
        // mov r0, r9; bx lr
        Code::Header => &[0x4648, 0x4770],
        // udf #0
        Code::Undefined => &[0xde00],
        // bkpt #0
        Code::Breakpoint => &[0xbe00, 0x4770],
        // movs r3, #0; msr control, r3; isb; cpsid if; mrs r0, control; bx lr
        Code::Rise => &[0x2300, 0xf383, 0x8814, 0xf3bf, 0x8f6f, 0xb673, 0xf3ef, 0x8014, 0x4770],
    }
}

const RET: u32 = 0x0000_8067;

const fn rv32(code: Code) -> &'static [u32] {
    match code {
        // sw a1, 0(a0)
        Code::Poke => &[0x00b5_2023, RET],
        // lw a0, 0(a0)
        Code::Peek => &[0x0005_2503, RET],
        // addi sp, sp, -16; sw a0, 0(sp); sw a1, 4(sp); sw a2, 8(sp); fence.i; jr sp
        Code::Execute => &[0xff01_0113, 0x00a1_2023, 0x00b1_2223, 0x00c1_2423, 0x0000_100f, 0x0001_0067],
        // mv a2, sp; 1: addi sp, sp, -4; sw a1, 0(sp); addi a0, a0, -1; bnez a0, 1b; mv sp, a2
        Code::Dig => &[0x0001_0613, 0xffc1_0113, 0x00b1_2023, 0xfff5_0513, 0xfe05_1ae3, 0x0006_0113, RET],
        // mv a2, sp; sub sp, sp, a0; sw a1, 0(sp); mv sp, a2
        Code::Frame => &[0x0001_0613, 0x40a1_0133, 0x00b1_2023, 0x0006_0113, RET],
        // addi sp, sp, -256; mv t6, a1; mv t5, a1; jr a0
        Code::Go => &[0xf001_0113, 0x0005_8f93, 0x0005_8f13, 0x0005_0067],
        // mv t6, a1; mv t5, a2; ecall
        Code::Ask => &[0x0005_8f93, 0x0006_0f13, 0x0000_0073, RET],
        // mv sp, a0; mv t5, a2; jr a1
        Code::Pivot => &[0x0005_0113, 0x0006_0f13, 0x0005_8067],
        // mv sp, a0; 1: j 1b
        Code::PivotAndStay => &[0x0005_0113, 0x0000_006f],
        // mv a0, s1
        Code::Header => &[0x0004_8513, RET],
        // unimp
        Code::Undefined => &[0xc000_1073],
        // ebreak
        Code::Breakpoint => &[0x0010_0073, RET],
        // csrw mscratch, zero
        Code::Rise => &[0x3400_1073, RET],
    }
}
