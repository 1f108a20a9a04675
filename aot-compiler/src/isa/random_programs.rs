//! Random functions over i32 and i64 with what they must give, for the tests that run a back end's code.
//!
//! A function is a list of nodes; each is a value made of earlier ones. [`Function::clif`] builds it, [`Program::run`]
//! computes it with Rust's own arithmetic, in the order of the list, so that traps and stores come in the same order.
//! Tables are not what is tested: in the CLIF, the address of table `i` stands for the code address of function `i`.

use crate::lower32::namespace;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, AbiParam, ExtFuncData, ExternalName, GlobalValueData, InstBuilder, JumpTableData, MemFlagsData, Signature,
    Type, UserExternalName, UserFuncName, Value, types,
};
use cranelift_codegen::isa::CallConv;
use sandgrain_abi::TrapKind;

const I32: Type = types::I32;
const I64: Type = types::I64;
/// Where the functions' memory lies behind the instance pointer, and its size in bytes.
pub const MEMORY_OFFSET: i32 = 0x400;
pub const MEMORY_SIZE: usize = 264;
/// A second instance, with a memory of its own, lies where this bit of the first one's address is the other way round.
pub const OTHER_INSTANCE: u32 = 0x1000;
/// The bytes of both instances' memories.
pub type Memories = [[u8; MEMORY_SIZE]; 2];
/// Index into a function's nodes.
type Node = usize;

#[derive(Debug, Clone, Copy)]
enum Unary {
    Clz,
    Ctz,
    Popcnt,
    Neg,
    Not,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Binary {
    Add,
    Sub,
    Mul,
    And,
    Or,
    Xor,
    Shl,
    ShrU,
    ShrS,
    Rotl,
    Rotr,
    DivS,
    DivU,
    RemS,
    RemU,
}

/// Bytes and sign of a narrow access or extension.
#[derive(Debug, Clone, Copy)]
struct Narrow {
    bytes: u32,
    signed: bool,
}

impl Narrow {
    fn ty(self) -> Type {
        Type::int_with_byte_size(self.bytes as u16).expect("1, 2, 4 or 8 bytes")
    }

    fn extend(self, value: i64) -> i64 {
        let unused = 64 - 8 * self.bytes;
        if self.signed { value << unused >> unused } else { ((value as u64) << unused >> unused) as i64 }
    }
}

/// How a function is called.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Calling {
    Direct,
    /// Through its address, in the same instance.
    Indirect,
    /// Through its address, in the other instance.
    Foreign,
}

#[derive(Debug, Clone)]
enum Op {
    Param(usize),
    Const(i64),
    Unary(Unary, Node),
    Binary(Binary, Node, Node),
    Compare(IntCC, Node, Node),
    Select(Node, Node, Node),
    /// The same through two blocks.
    Branch(Node, Node, Node),
    /// The first target is the default.
    Table(Node, Vec<Node>),
    /// Low bits of a value of the same type, extended.
    Extend(Narrow, Node),
    Widen(bool, Node),
    Truncate(Node),
    /// At the low 8 bits of the index.
    Load(Narrow, Node),
    /// Its value is what was stored.
    Store(Narrow, Node, Node),
    /// Its value is the first result.
    Call(Calling, usize, Vec<Node>),
    /// A further result of a call.
    Result(Node, usize),
}

#[derive(Debug)]
pub struct Function {
    nodes: Vec<(Op, Type)>,
    pub params: Vec<Type>,
    end: End,
    result_types: Vec<Type>,
}

/// How a function ends.
#[derive(Debug)]
enum End {
    Return(Vec<Node>),
    /// A tail call with arguments; through an address or directly, never in the other instance.
    TailCall(Calling, usize, Vec<Node>),
}

/// Functions that call only earlier ones.
#[derive(Debug, Default)]
pub struct Program {
    pub functions: Vec<Function>,
}

/// Xorshift (Marsaglia 2003), so that a seed means the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..8).for_each(|_| _ = random.next());
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        ((self.next() >> 16) % limit as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// A value where operations have edges, more often than not.
    pub fn value(&mut self, ty: Type) -> i64 {
        const EDGES: [i64; 14] = [
            0,
            1,
            -1,
            2047,
            2048,
            -2048,
            -2049,
            i32::MAX as i64,
            i32::MIN as i64,
            0x8000_0000,
            0xffff_ffff,
            0x1_0000_0000,
            i64::MAX,
            i64::MIN,
        ];
        let value = match self.below(6) {
            0 => self.one_of(&EDGES),
            1 => self.below(70) as i64,
            2 => -(self.below(3000) as i64),
            3 => 1 << self.below(64),
            4 => i64::from(self.next() as i32),
            _ => self.next() as i64,
        };
        wrap(ty, value)
    }
}

/// An i32 is kept sign-extended.
fn wrap(ty: Type, value: i64) -> i64 {
    if ty == I32 { i64::from(value as i32) } else { value }
}

fn unsigned(ty: Type, value: i64) -> u64 {
    if ty == I32 { u64::from(value as u32) } else { value as u64 }
}

/// The words that a value travels as.
pub fn words(ty: Type, value: i64) -> Vec<u32> {
    if ty == I32 { vec![value as u32] } else { vec![value as u32, (value >> 32) as u32] }
}

impl Program {
    /// Adds a function of about `size` nodes that may call what is there; `divisions` may trap.
    pub fn generate(&mut self, random: &mut Random, size: usize, divisions: bool) -> &Function {
        let count = 1 + random.below(7);
        let params: Vec<Type> = (0..count).map(|_| random.one_of(&[I32, I64])).collect();
        let nodes = params.iter().enumerate().map(|(i, ty)| (Op::Param(i), *ty)).collect();
        let mut function = Function { nodes, params, end: End::Return(vec![]), result_types: vec![] };
        let mut calls = 2;
        while function.nodes.len() < size {
            if calls > 0 && !self.functions.is_empty() && random.below(12) == 0 {
                calls -= 1;
                let callee = random.below(self.functions.len());
                function.push_call(random, callee, &self.functions[callee]);
            } else {
                let ty = random.one_of(&[I32, I64]);
                function.push_random(random, ty, divisions);
            }
        }
        if !self.functions.is_empty() && random.below(4) == 0 {
            let callee = random.below(self.functions.len());
            function.end_with_call(random, callee, &self.functions[callee]);
        } else {
            function.end_with_values(random);
        }
        self.functions.push(function);
        self.functions.last().expect("just pushed")
    }

    /// What function `index` gives in words when it runs in the first instance; its stores go to the memories.
    ///
    /// # Errors
    /// The first trap; stores before it have been made.
    pub fn run(&self, index: usize, args: &[i64], memories: &mut Memories) -> Result<Vec<u32>, TrapKind> {
        let values = self.values(index, args, memories, 0)?;
        let function = &self.functions[index];
        Ok(values.iter().zip(&function.result_types).flat_map(|(value, ty)| words(*ty, *value)).collect())
    }

    fn values(
        &self,
        index: usize,
        args: &[i64],
        memories: &mut Memories,
        instance: usize,
    ) -> Result<Vec<i64>, TrapKind> {
        let function = &self.functions[index];
        let mut values: Vec<i64> = Vec::new();
        let mut results: Vec<Vec<i64>> = vec![vec![]; function.nodes.len()];
        for (i, (op, ty)) in function.nodes.iter().enumerate() {
            let at = |node: &Node| values[*node];
            let value = match op {
                Op::Param(i) => args[*i],
                Op::Const(value) => *value,
                Op::Unary(op, a) => unary(*op, *ty, at(a)),
                Op::Binary(op, a, b) => binary(*op, *ty, at(a), at(b))?,
                Op::Compare(cond, a, b) => i64::from(compare(*cond, function.nodes[*a].1, at(a), at(b))),
                Op::Select(c, a, b) | Op::Branch(c, a, b) => at(if at(c) != 0 { a } else { b }),
                Op::Table(c, targets) => at(targets[1..].get(at(c) as u32 as usize).unwrap_or(&targets[0])),
                Op::Extend(narrow, a) => narrow.extend(at(a)),
                Op::Widen(signed, a) => Narrow { bytes: 4, signed: *signed }.extend(at(a)),
                Op::Truncate(a) => at(a),
                Op::Load(narrow, index) => {
                    let bytes = &memories[instance][(at(index) & 0xff) as usize..][..narrow.bytes as usize];
                    let mut whole = [0; 8];
                    whole[..bytes.len()].copy_from_slice(bytes);
                    narrow.extend(i64::from_le_bytes(whole))
                }
                Op::Store(narrow, index, a) => {
                    let bytes = &at(a).to_le_bytes()[..narrow.bytes as usize];
                    memories[instance][(at(index) & 0xff) as usize..][..bytes.len()].copy_from_slice(bytes);
                    at(a)
                }
                Op::Call(calling, callee, args) => {
                    let args: Vec<i64> = args.iter().map(at).collect();
                    let instance = if *calling == Calling::Foreign { 1 - instance } else { instance };
                    results[i] = self.values(*callee, &args, memories, instance)?;
                    results[i][0]
                }
                Op::Result(call, which) => results[*call][*which],
            };
            values.push(wrap(*ty, value));
        }
        match &function.end {
            End::Return(results) => Ok(results.iter().map(|node| values[*node]).collect()),
            End::TailCall(_, callee, args) => {
                let args: Vec<i64> = args.iter().map(|node| values[*node]).collect();
                self.values(*callee, &args, memories, instance)
            }
        }
    }
}

fn unary(op: Unary, ty: Type, a: i64) -> i64 {
    let bits = unsigned(ty, a);
    match op {
        Unary::Clz => i64::from(bits.leading_zeros() - (64 - ty.bits())),
        Unary::Ctz => i64::from(bits.trailing_zeros().min(ty.bits())),
        Unary::Popcnt => i64::from(bits.count_ones()),
        Unary::Neg => a.wrapping_neg(),
        Unary::Not => !a,
    }
}

fn binary(op: Binary, ty: Type, a: i64, b: i64) -> Result<i64, TrapKind> {
    let (x, y) = (unsigned(ty, a), unsigned(ty, b));
    let count = b as u32 % ty.bits();
    let division = matches!(op, Binary::DivS | Binary::DivU | Binary::RemS | Binary::RemU);
    if division && b == 0 {
        return Err(TrapKind::IntegerDivisionByZero);
    }
    let min = if ty == I32 { i64::from(i32::MIN) } else { i64::MIN };
    Ok(match op {
        Binary::Add => a.wrapping_add(b),
        Binary::Sub => a.wrapping_sub(b),
        Binary::Mul => a.wrapping_mul(b),
        Binary::And => a & b,
        Binary::Or => a | b,
        Binary::Xor => a ^ b,
        Binary::Shl => a << count,
        Binary::ShrU => (x >> count) as i64,
        Binary::ShrS => a >> count,
        Binary::Rotl if ty == I32 => i64::from((a as u32).rotate_left(count)),
        Binary::Rotr if ty == I32 => i64::from((a as u32).rotate_right(count)),
        Binary::Rotl => a.rotate_left(count),
        Binary::Rotr => a.rotate_right(count),
        Binary::DivS if a == min && b == -1 => return Err(TrapKind::IntegerOverflow),
        Binary::DivS => a / b,
        Binary::DivU => (x / y) as i64,
        Binary::RemS => a.wrapping_rem(b),
        Binary::RemU => (x % y) as i64,
    })
}

const CONDITIONS: [IntCC; 10] = [
    IntCC::Equal,
    IntCC::NotEqual,
    IntCC::SignedLessThan,
    IntCC::SignedGreaterThanOrEqual,
    IntCC::SignedGreaterThan,
    IntCC::SignedLessThanOrEqual,
    IntCC::UnsignedLessThan,
    IntCC::UnsignedGreaterThanOrEqual,
    IntCC::UnsignedGreaterThan,
    IntCC::UnsignedLessThanOrEqual,
];

fn compare(cond: IntCC, ty: Type, a: i64, b: i64) -> bool {
    let (x, y) = (unsigned(ty, a), unsigned(ty, b));
    match cond {
        IntCC::Equal => a == b,
        IntCC::NotEqual => a != b,
        IntCC::SignedLessThan => a < b,
        IntCC::SignedGreaterThanOrEqual => a >= b,
        IntCC::SignedGreaterThan => a > b,
        IntCC::SignedLessThanOrEqual => a <= b,
        IntCC::UnsignedLessThan => x < y,
        IntCC::UnsignedGreaterThanOrEqual => x >= y,
        IntCC::UnsignedGreaterThan => x > y,
        IntCC::UnsignedLessThanOrEqual => x <= y,
    }
}

impl Function {
    fn push(&mut self, op: Op, ty: Type) -> Node {
        self.nodes.push((op, ty));
        self.nodes.len() - 1
    }

    /// An earlier value of the type, rather a late one; a constant if there is none.
    fn pick(&mut self, random: &mut Random, ty: Type) -> Node {
        let all: Vec<Node> = (0..self.nodes.len()).filter(|node| self.nodes[*node].1 == ty).collect();
        let recent = all.len().saturating_sub(random.one_of(&[4, all.len()]));
        if all.is_empty() { self.pick_constant(random, ty) } else { random.one_of(&all[recent..]) }
    }

    fn pick_constant(&mut self, random: &mut Random, ty: Type) -> Node {
        let value = random.value(ty);
        self.push(Op::Const(value), ty)
    }

    fn pick_any(&mut self, random: &mut Random, ty: Type) -> Node {
        if random.below(3) == 0 { self.pick_constant(random, ty) } else { self.pick(random, ty) }
    }

    fn push_random(&mut self, random: &mut Random, ty: Type, divisions: bool) {
        const ARITHMETIC: [Binary; 17] = {
            use Binary::*;
            [Add, Add, Sub, Sub, Mul, And, Or, Xor, Shl, ShrU, ShrS, Rotl, Rotr, DivS, DivU, RemS, RemU]
        };
        let narrow = Narrow { bytes: 1 << random.below(3), signed: random.below(2) == 0 };
        let op = match random.below(20) {
            0 | 1 => {
                let op = random.one_of(&[Unary::Clz, Unary::Ctz, Unary::Popcnt, Unary::Neg, Unary::Not]);
                Op::Unary(op, self.pick(random, ty))
            }
            2..=9 => {
                // Division of i64 is a helper's, which these tests have not.
                let op = random.one_of(&ARITHMETIC[..if divisions && ty == I32 { 17 } else { 13 }]);
                Op::Binary(op, self.pick_any(random, ty), self.pick_any(random, ty))
            }
            10 | 11 => {
                let of = random.one_of(&[I32, I64]);
                let (a, b) = (self.pick(random, of), self.pick_any(random, of));
                self.push(Op::Compare(random.one_of(&CONDITIONS), a, b), I32);
                return;
            }
            12 | 13 => Op::Select(self.pick(random, I32), self.pick_any(random, ty), self.pick_any(random, ty)),
            14 => Op::Branch(self.pick(random, I32), self.pick_any(random, ty), self.pick_any(random, ty)),
            15 => {
                let index = self.pick(random, I32);
                let targets = (0..=random.below(5)).map(|_| self.pick_any(random, ty)).collect();
                Op::Table(index, targets)
            }
            16 => Op::Extend(Narrow { bytes: narrow.bytes.min(2), ..narrow }, self.pick(random, ty)),
            17 if ty == I64 => Op::Widen(narrow.signed, self.pick(random, I32)),
            17 => Op::Truncate(self.pick(random, I64)),
            18 => Op::Load(whole(narrow, ty, random), self.pick_any(random, I32)),
            _ => Op::Store(whole(narrow, ty, random), self.pick_any(random, I32), self.pick(random, ty)),
        };
        self.push(op, ty);
    }

    fn push_call(&mut self, random: &mut Random, index: usize, callee: &Function) {
        let args = callee.params.iter().map(|ty| self.pick_any(random, *ty)).collect();
        let types = &callee.result_types;
        let calling = random.one_of(&[Calling::Direct, Calling::Direct, Calling::Indirect, Calling::Foreign]);
        let call = self.push(Op::Call(calling, index, args), types[0]);
        for (i, ty) in types.iter().enumerate().skip(1) {
            self.push(Op::Result(call, i), *ty);
        }
    }

    fn end_with_values(&mut self, random: &mut Random) {
        let most = random.one_of(&[1, 2, 8]);
        let last = self.nodes.len() - 1;
        let results = (0..=random.below(most)).map(|_| last - random.below(self.nodes.len().min(8)));
        let results: Vec<Node> = results.collect();
        self.result_types = results.iter().map(|node| self.nodes[*node].1).collect();
        self.end = End::Return(results);
    }

    fn end_with_call(&mut self, random: &mut Random, index: usize, callee: &Function) {
        let args = callee.params.iter().map(|ty| self.pick_any(random, *ty)).collect();
        self.end = End::TailCall(random.one_of(&[Calling::Direct, Calling::Indirect]), index, args);
        self.result_types = callee.result_types.clone();
    }
}

/// The access, or one of the type's own width.
fn whole(narrow: Narrow, ty: Type, random: &mut Random) -> Narrow {
    let bytes = if random.below(2) == 0 { ty.bytes() } else { narrow.bytes };
    Narrow { bytes, signed: narrow.signed || bytes == ty.bytes() }
}

/// Function `index` of the program, to call.
pub fn function_reference(func: &mut ir::Function, signature: ir::SigRef, index: usize) -> ir::FuncRef {
    let name = external_name(func, namespace::FUNCTION, index);
    func.import_function(ExtFuncData { name, signature, colocated: true, patchable: false })
}

/// The code address of function `index` of the program.
pub fn function_address(cursor: &mut FuncCursor, index: usize) -> Value {
    let name = external_name(cursor.func, namespace::TABLE, index);
    let symbol = GlobalValueData::Symbol { name, offset: 0.into(), colocated: true, tls: false };
    let symbol = cursor.func.create_global_value(symbol);
    cursor.ins().symbol_value(I32, symbol)
}

fn external_name(func: &mut ir::Function, namespace: u32, index: usize) -> ExternalName {
    let name = UserExternalName::new(namespace, index as u32);
    ExternalName::user(func.declare_imported_user_function(name))
}

/// Builds one function's CLIF.
struct Builder<'a> {
    cursor: FuncCursor<'a>,
    program: &'a Program,
    instance: Value,
    values: Vec<Value>,
    results: Vec<Vec<Value>>,
}

impl Program {
    fn signature(&self, index: usize) -> Signature {
        // The convention that may call at its end; our back ends have only one.
        let mut signature = Signature::new(CallConv::Tail);
        signature.params.push(AbiParam::new(I32));
        signature.params.extend(self.functions[index].params.iter().map(|ty| AbiParam::new(*ty)));
        signature.returns.extend(self.functions[index].result_types.iter().map(|ty| AbiParam::new(*ty)));
        signature
    }

    /// Function `index` as translation would make it: the instance pointer first, calls by external names.
    pub fn clif(&self, index: usize) -> ir::Function {
        let function = &self.functions[index];
        let mut func = ir::Function::with_name_signature(UserFuncName::default(), self.signature(index));
        let block = func.dfg.make_block();
        func.layout.append_block(block);
        let instance = func.dfg.append_block_param(block, I32);
        let params: Vec<Value> = function.params.iter().map(|ty| func.dfg.append_block_param(block, *ty)).collect();
        let mut cursor = FuncCursor::new(&mut func);
        cursor.goto_bottom(block);
        let results = vec![vec![]; function.nodes.len()];
        let mut builder = Builder { cursor, program: self, instance, values: vec![], results };
        for (op, ty) in &function.nodes {
            let value = builder.node(op, *ty, &params);
            builder.values.push(value);
        }
        builder.end(&function.end);
        func
    }
}

impl Builder<'_> {
    fn node(&mut self, op: &Op, ty: Type, params: &[Value]) -> Value {
        let values = self.values.clone();
        let at = |node: &Node| values[*node];
        match op {
            Op::Param(i) => params[*i],
            Op::Const(value) => self.cursor.ins().iconst(ty, unsigned(ty, *value) as i64),
            Op::Unary(op, a) => self.unary(*op, at(a)),
            Op::Binary(op, a, b) => self.binary(*op, at(a), at(b)),
            Op::Compare(cond, a, b) => {
                let bit = self.cursor.ins().icmp(*cond, at(a), at(b));
                self.cursor.ins().uextend(I32, bit)
            }
            Op::Select(c, a, b) => self.cursor.ins().select(at(c), at(a), at(b)),
            Op::Branch(c, a, b) => {
                let [yes, no] = [self.block(), self.block()];
                self.cursor.ins().brif(at(c), yes, &[], no, &[]);
                self.join(ty, &[(yes, at(a)), (no, at(b))])
            }
            Op::Table(index, targets) => {
                let arms: Vec<(ir::Block, Value)> = targets.iter().map(|node| (self.block(), at(node))).collect();
                let pool = &mut self.cursor.func.dfg.value_lists;
                let calls: Vec<_> = arms.iter().map(|(block, _)| ir::BlockCall::new(*block, [], pool)).collect();
                let table = JumpTableData::new(calls[0], &calls[1..]);
                let table = self.cursor.func.create_jump_table(table);
                self.cursor.ins().br_table(at(index), table);
                self.join(ty, &arms)
            }
            Op::Extend(narrow, a) => {
                let low = self.cursor.ins().ireduce(narrow.ty(), at(a));
                self.extend(narrow.signed, ty, low)
            }
            Op::Widen(signed, a) => self.extend(*signed, ty, at(a)),
            Op::Truncate(a) => self.cursor.ins().ireduce(I32, at(a)),
            Op::Load(narrow, index) => {
                let address = self.address(at(index));
                self.load(*narrow, ty, address)
            }
            Op::Store(narrow, index, a) => {
                let address = self.address(at(index));
                self.store(*narrow, ty, at(a), address);
                at(a)
            }
            Op::Call(calling, callee, args) => {
                let args: Vec<Value> = args.iter().map(at).collect();
                let results = self.call(*calling, *callee, &args);
                let first = results[0];
                let here = self.values.len();
                self.results[here] = results;
                first
            }
            Op::Result(call, which) => self.results[*call][*which],
        }
    }

    fn block(&mut self) -> ir::Block {
        self.cursor.func.dfg.make_block()
    }

    /// Goes on in a block that gets a value from each of the arms.
    fn join(&mut self, ty: Type, arms: &[(ir::Block, Value)]) -> Value {
        let join = self.block();
        let result = self.cursor.func.dfg.append_block_param(join, ty);
        for (block, value) in arms {
            self.cursor.insert_block(*block);
            self.cursor.ins().jump(join, &[ir::BlockArg::Value(*value)]);
        }
        self.cursor.insert_block(join);
        result
    }

    fn extend(&mut self, signed: bool, ty: Type, value: Value) -> Value {
        if signed { self.cursor.ins().sextend(ty, value) } else { self.cursor.ins().uextend(ty, value) }
    }

    fn address(&mut self, index: Value) -> Value {
        let offset = self.cursor.ins().band_imm_u(index, 0xff);
        self.cursor.ins().iadd(self.instance, offset)
    }

    fn load(&mut self, narrow: Narrow, ty: Type, address: Value) -> Value {
        let flags = MemFlagsData::new().with_notrap();
        if narrow.bytes == ty.bytes() {
            return self.cursor.ins().load(ty, flags, address, MEMORY_OFFSET);
        }
        let ins = self.cursor.ins();
        match (narrow.bytes, narrow.signed) {
            (1, false) => ins.uload8(ty, flags, address, MEMORY_OFFSET),
            (1, true) => ins.sload8(ty, flags, address, MEMORY_OFFSET),
            (2, false) => ins.uload16(ty, flags, address, MEMORY_OFFSET),
            (2, true) => ins.sload16(ty, flags, address, MEMORY_OFFSET),
            (_, false) => ins.uload32(flags, address, MEMORY_OFFSET),
            (_, true) => ins.sload32(flags, address, MEMORY_OFFSET),
        }
    }

    fn store(&mut self, narrow: Narrow, ty: Type, value: Value, address: Value) {
        let flags = MemFlagsData::new().with_notrap();
        let ins = self.cursor.ins();
        match narrow.bytes {
            bytes if bytes == ty.bytes() => ins.store(flags, value, address, MEMORY_OFFSET),
            1 => ins.istore8(flags, value, address, MEMORY_OFFSET),
            2 => ins.istore16(flags, value, address, MEMORY_OFFSET),
            _ => ins.istore32(flags, value, address, MEMORY_OFFSET),
        };
    }

    fn end(&mut self, end: &End) {
        match end {
            End::Return(results) => {
                let results: Vec<Value> = results.iter().map(|node| self.values[*node]).collect();
                self.cursor.ins().return_(&results);
            }
            End::TailCall(calling, callee, args) => {
                let args = [self.instance].into_iter().chain(args.iter().map(|node| self.values[*node]));
                let args: Vec<Value> = args.collect();
                if *calling == Calling::Direct {
                    let function = self.function(*callee);
                    self.cursor.ins().return_call(function, &args);
                } else {
                    let (signature, code) = self.code(*callee);
                    self.cursor.ins().return_call_indirect(signature, code, &args);
                }
            }
        }
    }

    fn call(&mut self, calling: Calling, callee: usize, args: &[Value]) -> Vec<Value> {
        let instance = match calling {
            Calling::Foreign => self.cursor.ins().bxor_imm_u(self.instance, i64::from(OTHER_INSTANCE)),
            _ => self.instance,
        };
        let args: Vec<Value> = [instance].into_iter().chain(args.iter().copied()).collect();
        let call = if calling == Calling::Direct {
            let function = self.function(callee);
            self.cursor.ins().call(function, &args)
        } else {
            let (signature, code) = self.code(callee);
            self.cursor.ins().call_indirect(signature, code, &args)
        };
        self.cursor.func.dfg.inst_results(call).to_vec()
    }

    fn function(&mut self, index: usize) -> ir::FuncRef {
        let signature = self.cursor.func.import_signature(self.program.signature(index));
        function_reference(self.cursor.func, signature, index)
    }

    /// A function's signature and address.
    fn code(&mut self, index: usize) -> (ir::SigRef, Value) {
        let signature = self.cursor.func.import_signature(self.program.signature(index));
        (signature, function_address(&mut self.cursor, index))
    }

    fn unary(&mut self, op: Unary, a: Value) -> Value {
        let ins = self.cursor.ins();
        match op {
            Unary::Clz => ins.clz(a),
            Unary::Ctz => ins.ctz(a),
            Unary::Popcnt => ins.popcnt(a),
            Unary::Neg => ins.ineg(a),
            Unary::Not => ins.bnot(a),
        }
    }

    fn binary(&mut self, op: Binary, a: Value, b: Value) -> Value {
        let ins = self.cursor.ins();
        match op {
            Binary::Add => ins.iadd(a, b),
            Binary::Sub => ins.isub(a, b),
            Binary::Mul => ins.imul(a, b),
            Binary::And => ins.band(a, b),
            Binary::Or => ins.bor(a, b),
            Binary::Xor => ins.bxor(a, b),
            Binary::Shl => ins.ishl(a, b),
            Binary::ShrU => ins.ushr(a, b),
            Binary::ShrS => ins.sshr(a, b),
            Binary::Rotl => ins.rotl(a, b),
            Binary::Rotr => ins.rotr(a, b),
            Binary::DivS => ins.sdiv(a, b),
            Binary::DivU => ins.udiv(a, b),
            Binary::RemS => ins.srem(a, b),
            Binary::RemU => ins.urem(a, b),
        }
    }
}
