//! Random functions over integers and floats with what they must give, for the tests that run a back end's code.
//!
//! A function is a list of nodes, perhaps gone through several times; each is a value made of earlier ones. `clif.rs`
//! builds it, `model.rs` computes it with Rust's own arithmetic, in the order of the list, so that traps and stores come
//! in the same order. Tables are not what is tested: in the CLIF, the address of table `i` stands for the code address of
//! function `i`. Nor are helpers, which the tests have not: floats are computed with as far as the back end does it
//! itself, and all others only moved about.

mod clif;
mod model;

use super::float_reference::{self, ALUS, UNARIES};
use super::{FloatAlu, FloatCond, FloatUnary, Isa32, Precision};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Type, types};
use sandgrain_abi::{FloatUnit, Target};

pub use clif::{function_address, function_reference};

const I32: Type = types::I32;
const I64: Type = types::I64;
const F32: Type = types::F32;
const F64: Type = types::F64;
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
    FloatUnary(FloatUnary, Node),
    FloatAlu(FloatAlu, Node, Node),
    FloatCompare(FloatCond, Node, Node),
    /// An i32, as it is or as an unsigned number.
    FromInt(bool, Node),
    /// To an i32 that is a signed or unsigned number, saturating.
    ToInt(bool, Node),
    /// Between f32 and f64.
    Convert(Node),
    /// The bits of a type of the same size.
    Bitcast(Node),
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
    repeat: Option<Repeat>,
    /// Whether it repeats, or a function that it calls does.
    loops: bool,
    end: End,
    result_types: Vec<Type>,
}

/// A function whose nodes are gone through more than once.
#[derive(Debug)]
struct Repeat {
    rounds: u32,
    /// For each parameter, the value that the next round has for it.
    next: Vec<Node>,
}

/// How a function ends.
#[derive(Debug)]
enum End {
    Return(Vec<Node>),
    /// A tail call with arguments; through an address or directly, never in the other instance.
    TailCall(Calling, usize, Vec<Node>),
}

/// What a back end computes itself.
#[derive(Debug, Clone)]
struct Repertoire {
    types: Vec<Type>,
    unit: FloatUnit,
    alus: Vec<FloatAlu>,
    unaries: Vec<FloatUnary>,
}

impl Repertoire {
    fn computes(&self, ty: Type) -> bool {
        ty == F32 && self.unit >= FloatUnit::Single || ty == F64 && self.unit >= FloatUnit::Double
    }

    /// The operations on floats of a type. Those that move bits need no float registers.
    fn alus(&self, ty: Type) -> &[FloatAlu] {
        if self.computes(ty) { &self.alus } else { &[FloatAlu::Copysign] }
    }

    fn unaries(&self, ty: Type) -> &[FloatUnary] {
        if self.computes(ty) { &self.unaries } else { &[FloatUnary::Neg, FloatUnary::Abs] }
    }
}

/// Functions that call only earlier ones.
#[derive(Debug)]
pub struct Program {
    pub functions: Vec<Function>,
    repertoire: Repertoire,
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
        match precision(ty) {
            Some(precision) => wrap(ty, self.float(precision) as i64),
            None => self.integer(ty),
        }
    }

    fn float(&mut self, precision: Precision) -> u64 {
        let small = self.below(2000) as f64 / 16.0 - 50.0;
        match self.below(4) {
            0 => self.one_of(&float_reference::edges(precision)),
            1 => self.next(),
            _ if precision == Precision::Single => u64::from((small as f32).to_bits()),
            _ => small.to_bits(),
        }
    }

    fn integer(&mut self, ty: Type) -> i64 {
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

/// What has 32 bits is kept sign-extended.
fn wrap(ty: Type, value: i64) -> i64 {
    if ty.bits() == 32 { i64::from(value as i32) } else { value }
}

/// The bits of a value.
fn unsigned(ty: Type, value: i64) -> u64 {
    if ty.bits() == 32 { u64::from(value as u32) } else { value as u64 }
}

fn precision(ty: Type) -> Option<Precision> {
    match ty {
        F32 => Some(Precision::Single),
        F64 => Some(Precision::Double),
        _ => None,
    }
}

/// The words that a value travels as.
pub fn words(ty: Type, value: i64) -> Vec<u32> {
    if ty.bits() == 32 { vec![value as u32] } else { vec![value as u32, (value >> 32) as u32] }
}

impl Program {
    /// An empty program of what the back end for a target computes itself.
    pub fn new<I: Isa32>(target: Target) -> Program {
        let alus = ALUS.into_iter().filter(|op| I::has_float_alu(target, *op)).collect();
        let unaries = UNARIES.into_iter().filter(|op| I::has_float_unary(target, *op)).collect();
        let repertoire = Repertoire { types: vec![I32, I64, F32, F64], unit: I::float_unit(target), alus, unaries };
        Program { functions: Vec::new(), repertoire }
    }

    /// Adds a function of about `size` nodes that may call what is there; `divisions` may trap.
    pub fn generate(&mut self, random: &mut Random, size: usize, divisions: bool) -> &Function {
        let count = 1 + random.below(7);
        let params: Vec<Type> = (0..count).map(|_| random.one_of(&self.repertoire.types)).collect();
        let nodes = params.iter().enumerate().map(|(i, ty)| (Op::Param(i), *ty)).collect();
        let end = End::Return(vec![]);
        let mut function = Function { nodes, params, repeat: None, loops: false, end, result_types: vec![] };
        let repeats = random.below(4) == 0;
        // Rounds of rounds would take too long.
        let callable = |function: &Function| !(repeats && function.loops);
        let mut calls = 2;
        while function.nodes.len() < size {
            if calls > 0 && !self.functions.is_empty() && random.below(12) == 0 {
                calls -= 1;
                let callee = random.below(self.functions.len());
                if callable(&self.functions[callee]) {
                    function.push_call(random, callee, &self.functions[callee]);
                }
            } else {
                let ty = random.one_of(&self.repertoire.types);
                function.push_random(random, ty, divisions, &self.repertoire);
            }
        }
        if repeats {
            function.repeat(random);
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

    fn push_random(&mut self, random: &mut Random, ty: Type, divisions: bool, repertoire: &Repertoire) {
        const ARITHMETIC: [Binary; 17] = {
            use Binary::*;
            [Add, Add, Sub, Sub, Mul, And, Or, Xor, Shl, ShrU, ShrS, Rotl, Rotr, DivS, DivU, RemS, RemU]
        };
        let narrow = Narrow { bytes: 1 << random.below(3), signed: random.below(2) == 0 };
        let op = match random.below(20) {
            0..=11 if ty.is_float() => self.float(random, ty, repertoire),
            16 | 17 if ty.is_float() => self.bitcast(random, ty),
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
                let op = self.compare(random, repertoire);
                self.push(op, I32);
                return;
            }
            12 | 13 => Op::Select(self.pick(random, I32), self.pick_any(random, ty), self.pick_any(random, ty)),
            14 => Op::Branch(self.pick(random, I32), self.pick_any(random, ty), self.pick_any(random, ty)),
            15 => {
                let index = self.pick(random, I32);
                let targets = (0..=random.below(5)).map(|_| self.pick_any(random, ty)).collect();
                Op::Table(index, targets)
            }
            16 if random.below(3) == 0 => self.bitcast(random, ty),
            16 => Op::Extend(Narrow { bytes: narrow.bytes.min(2), ..narrow }, self.pick(random, ty)),
            17 if ty == I32 && random.below(2) == 0 && repertoire.computes(F32) => {
                let of = if repertoire.computes(F64) { random.one_of(&[F32, F64]) } else { F32 };
                Op::ToInt(narrow.signed, self.pick_any(random, of))
            }
            17 if ty == I64 => Op::Widen(narrow.signed, self.pick(random, I32)),
            17 => Op::Truncate(self.pick(random, I64)),
            18 => Op::Load(whole(narrow, ty, random), self.pick_any(random, I32)),
            _ => Op::Store(whole(narrow, ty, random), self.pick_any(random, I32), self.pick(random, ty)),
        };
        self.push(op, ty);
    }

    /// An operation that gives a float.
    fn float(&mut self, random: &mut Random, ty: Type, repertoire: &Repertoire) -> Op {
        match random.below(8) {
            0 if repertoire.computes(ty) => Op::FromInt(random.below(2) == 0, self.pick_any(random, I32)),
            1 if repertoire.computes(F64) => Op::Convert(self.pick_any(random, if ty == F32 { F64 } else { F32 })),
            2 | 3 => Op::FloatUnary(random.one_of(repertoire.unaries(ty)), self.pick(random, ty)),
            _ => {
                let op = random.one_of(repertoire.alus(ty));
                Op::FloatAlu(op, self.pick_any(random, ty), self.pick_any(random, ty))
            }
        }
    }

    fn bitcast(&mut self, random: &mut Random, ty: Type) -> Op {
        let from = match ty {
            I32 => F32,
            I64 => F64,
            F32 => I32,
            _ => I64,
        };
        Op::Bitcast(self.pick_any(random, from))
    }

    fn compare(&mut self, random: &mut Random, repertoire: &Repertoire) -> Op {
        let of = random.one_of(&repertoire.types);
        if repertoire.computes(of) {
            let cond = random.one_of(&FloatCond::ALL);
            return Op::FloatCompare(cond, self.pick(random, of), self.pick_any(random, of));
        }
        let of = if of.is_float() { I32 } else { of };
        Op::Compare(random.one_of(&CONDITIONS), self.pick(random, of), self.pick_any(random, of))
    }

    fn repeat(&mut self, random: &mut Random) {
        let next = (0..self.params.len()).map(|i| self.pick(random, self.params[i])).collect();
        self.repeat = Some(Repeat { rounds: 1 + random.below(5) as u32, next });
        self.loops = true;
    }

    fn push_call(&mut self, random: &mut Random, index: usize, callee: &Function) {
        let args = callee.params.iter().map(|ty| self.pick_any(random, *ty)).collect();
        let types = &callee.result_types;
        self.loops |= callee.loops;
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
        self.loops |= callee.loops;
    }
}

/// The access, or one of the type's own width.
fn whole(narrow: Narrow, ty: Type, random: &mut Random) -> Narrow {
    let bytes = if ty.is_float() || random.below(2) == 0 { ty.bytes() } else { narrow.bytes };
    Narrow { bytes, signed: narrow.signed || bytes == ty.bytes() }
}

/// Every condition of an integer comparison.
pub const CONDITIONS: [IntCC; 10] = [
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
