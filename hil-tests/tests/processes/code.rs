//! Machine code that is none of the compiler's, as functions without parameters and results.

use sandgrain_abi::{Isa, TrapKind};
use sandgrain_cli::boards::Board;

/// One such function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Writes near address 0.
    WriteNull,
    /// Writes behind the arena.
    WriteBeyond,
    /// Writes to the memory with the code.
    WriteText,
    /// An instruction that there is not.
    Undefined,
    /// Divides by zero, where that faults.
    Divide,
    /// Pushes without end.
    Dig,
    /// Jumps to address 0.
    Leave,
    /// Jumps to the stack.
    ExecuteStack,
}

impl Code {
    pub const ALL: [Code; 8] = [
        Code::WriteNull,
        Code::WriteBeyond,
        Code::WriteText,
        Code::Undefined,
        Code::Divide,
        Code::Dig,
        Code::Leave,
        Code::ExecuteStack,
    ];

    /// Name of the function.
    pub const fn export(self) -> &'static str {
        match self {
            Code::WriteNull => "write_null",
            Code::WriteBeyond => "write_beyond",
            Code::WriteText => "write_text",
            Code::Undefined => "undefined",
            Code::Divide => "divide",
            Code::Dig => "dig",
            Code::Leave => "leave",
            Code::ExecuteStack => "execute_stack",
        }
    }

    /// A function with room for it, in text.
    pub fn room(self) -> String {
        let stores: String =
            (0..40).map(|i| format!("(i32.store offset={} (i32.const 0) (i32.const {i}))", i * 4)).collect();
        format!(r#"(func (export "{}") {stores})"#, self.export())
    }

    /// The trap that it ends with.
    pub const fn becomes(self) -> TrapKind {
        match self {
            Code::Dig => TrapKind::StackOverflow,
            _ => TrapKind::ContainmentViolation,
        }
    }

    /// Its instructions; `None` where it does not fault.
    ///
    /// # Panics
    /// On instruction sets that no process runs.
    pub fn bytes(self, isa: Isa, board: &Board) -> Option<Vec<u8>> {
        let beyond = board.memory.arena.base + board.memory.arena.len;
        let code = board.memory.artifact.base;
        assert!(beyond & 0xffff == 0 && code & 0xffff == 0, "a move of 16 bits sets them");
        match isa {
            Isa::X86_64 => Some(x86_64(self, beyond, code)),
            Isa::Aarch64 => words(aarch64(self, beyond >> 16, code >> 16)),
            Isa::Riscv64 => words(riscv64(self, beyond, code)),
            other => panic!("no process runs {other:?}"),
        }
    }
}

fn words(words: Option<Vec<u32>>) -> Option<Vec<u8>> {
    Some(words?.into_iter().flat_map(u32::to_le_bytes).collect())
}

fn x86_64(code: Code, beyond: u32, text: u32) -> Vec<u8> {
    // mov [address], eax
    let write = |address: u32| [&[0x89, 0x04, 0x25], &address.to_le_bytes()[..]].concat();
    match code {
        Code::WriteNull => write(16),
        Code::WriteBeyond => write(beyond),
        Code::WriteText => write(text),
        // ud2
        Code::Undefined => vec![0x0f, 0x0b],
        // xor ecx, ecx; div ecx
        Code::Divide => vec![0x31, 0xc9, 0xf7, 0xf1],
        // 1: push rax; jmp 1b
        Code::Dig => vec![0x50, 0xeb, 0xfd],
        // xor eax, eax; jmp rax
        Code::Leave => vec![0x31, 0xc0, 0xff, 0xe0],
        // jmp rsp
        Code::ExecuteStack => vec![0xff, 0xe4],
    }
}

/// `beyond` and `text` in units of 64 KiB.
fn aarch64(code: Code, beyond: u32, text: u32) -> Option<Vec<u32>> {
    // str w0, [x9]
    const WRITE: u32 = 0xb900_0120;
    // br x9
    const JUMP: u32 = 0xd61f_0120;
    // movz x9, #…, lsl #16
    let upper = |half: u32| 0xd2a0_0009 | half << 5;
    Some(match code {
        // movz x9, #16
        Code::WriteNull => vec![0xd280_0209, WRITE],
        Code::WriteBeyond => vec![upper(beyond), WRITE],
        Code::WriteText => vec![upper(text), WRITE],
        // udf #0
        Code::Undefined => vec![0],
        Code::Divide => return None,
        // 1: str x0, [sp, #-16]!; b 1b
        Code::Dig => vec![0xf81f_0fe0, 0x17ff_ffff],
        // movz x9, #0
        Code::Leave => vec![0xd280_0009, JUMP],
        // mov x9, sp
        Code::ExecuteStack => vec![0x9100_03e9, JUMP],
    })
}

fn riscv64(code: Code, beyond: u32, text: u32) -> Option<Vec<u32>> {
    // lui t0, …; sw a0, 0(t0)
    let write = |address: u32| vec![0x2b7 | address, 0x00a2_a023];
    Some(match code {
        // sw a0, 16(zero)
        Code::WriteNull => vec![0x00a0_2823],
        Code::WriteBeyond => write(beyond),
        Code::WriteText => write(text),
        // unimp
        Code::Undefined => vec![0xc000_1073],
        Code::Divide => return None,
        // 1: addi sp, sp, -16; sd a0, 0(sp); j 1b
        Code::Dig => vec![0xff01_0113, 0x00a1_3023, 0xff9f_f06f],
        // jr zero
        Code::Leave => vec![0x0000_0067],
        // jr sp
        Code::ExecuteStack => vec![0x0001_0067],
    })
}
