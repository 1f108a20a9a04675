//! Modules of any size, for what time grows with.

use wasm_encoder::{
    BlockType, CodeSection, Function, FunctionSection, Instruction, MemArg, MemArgTarget, MemorySection, MemoryType,
    Module, TypeSection, ValType,
};

/// `n` functions of some hundred operators each, which call each other.
pub fn functions(n: usize) -> Vec<u8> {
    let body = |i: usize| {
        let mut body = Function::new([(4, ValType::I32)]);
        steps(&mut body, i * 31, 12);
        body.instruction(&Instruction::Call(((i * 7 + 1) % n) as u32));
        body.instruction(&Instruction::End);
        body
    };
    module((0..n).map(body).collect())
}

/// One function as large as half of `functions(n)`, up to the largest that there may be.
pub fn body(n: usize) -> Vec<u8> {
    let mut body = Function::new([(4, ValType::I32)]);
    steps(&mut body, 0, n * 6);
    body.instruction(&Instruction::End);
    module(vec![body])
}

fn module(bodies: Vec<Function>) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let (mut functions, mut memories, mut code) = (FunctionSection::new(), MemorySection::new(), CodeSection::new());
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    for body in &bodies {
        functions.function(0);
        code.function(body);
    }
    let mut module = Module::new();
    module.section(&types).section(&functions).section(&memories).section(&code);
    module.finish()
}

/// Steps of arithmetic, memory and branches on local 0, which is left on the stack.
fn steps(body: &mut Function, seed: usize, count: usize) {
    for step in 0..count {
        let (local, constant) = ((step % 4) as u32 + 1, (seed + step).wrapping_mul(0x9e37_79b9) as i32);
        let (offset, target) = ((step % 256 * 4) as u64, MemArgTarget::Memory(0));
        let at = MemArg { offset, align: 2, target, ordering: None };
        for instruction in [
            Instruction::LocalGet(0),
            Instruction::I32Const(constant),
            Instruction::I32Mul,
            Instruction::LocalTee(local),
            Instruction::LocalGet(local),
            Instruction::I32Load(at),
            Instruction::I32Xor,
            Instruction::LocalSet(0),
            Instruction::LocalGet(local),
            Instruction::If(BlockType::Empty),
            Instruction::LocalGet(0),
            Instruction::LocalGet(local),
            Instruction::I32Store(at),
            Instruction::End,
        ] {
            body.instruction(&instruction);
        }
    }
    body.instruction(&Instruction::LocalGet(0));
}
