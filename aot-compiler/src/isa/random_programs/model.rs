//! What random functions give, by Rust's own arithmetic.

use super::super::float_reference;
use super::{
    Binary, Calling, End, Function, I32, Memories, Narrow, Node, Op, Program, Unary, precision, unsigned, words, wrap,
};
use crate::isa::Precision;
use cranelift_codegen::ir::Type;
use cranelift_codegen::ir::condcodes::IntCC;
use sandgrain_abi::TrapKind;
impl Program {
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
        let mut args = args.to_vec();
        let rounds = function.repeat.as_ref().map_or(1, |repeat| repeat.rounds);
        let mut values = self.round(function, &args, memories, instance)?;
        for _ in 1..rounds {
            let next = function.repeat.iter().flat_map(|repeat| &repeat.next);
            args = next.map(|node| values[*node]).collect();
            values = self.round(function, &args, memories, instance)?;
        }
        match &function.end {
            End::Return(results) => Ok(results.iter().map(|node| values[*node]).collect()),
            End::TailCall(_, callee, args) => {
                let args: Vec<i64> = args.iter().map(|node| values[*node]).collect();
                self.values(*callee, &args, memories, instance)
            }
        }
    }

    /// The values of all nodes, gone through once.
    fn round(
        &self,
        function: &Function,
        args: &[i64],
        memories: &mut Memories,
        instance: usize,
    ) -> Result<Vec<i64>, TrapKind> {
        let mut values: Vec<i64> = Vec::new();
        let mut results: Vec<Vec<i64>> = vec![vec![]; function.nodes.len()];
        for (i, (op, ty)) in function.nodes.iter().enumerate() {
            let at = |node: &Node| values[*node];
            let bits = |node: &Node| unsigned(function.nodes[*node].1, values[*node]);
            let value = match op {
                Op::Param(i) => args[*i],
                Op::Const(value) => *value,
                Op::Unary(op, a) => unary(*op, *ty, at(a)),
                Op::Binary(op, a, b) => binary(*op, *ty, at(a), at(b))?,
                Op::Compare(cond, a, b) => i64::from(compare(*cond, function.nodes[*a].1, at(a), at(b))),
                Op::Select(c, a, b) | Op::Branch(c, a, b) => at(if at(c) != 0 { a } else { b }),
                Op::Table(c, targets) => at(targets[1..].get(at(c) as u32 as usize).unwrap_or(&targets[0])),
                Op::FloatUnary(op, a) => float_reference::unary(*op, format(*ty), bits(a)) as i64,
                Op::FloatAlu(op, a, b) => float_reference::alu(*op, format(*ty), bits(a), bits(b)) as i64,
                Op::FloatCompare(cond, a, b) => {
                    float_reference::compare(*cond, format(function.nodes[*a].1), bits(a), bits(b)).into()
                }
                Op::FromInt(signed, a) => float_reference::from_int(*signed, format(*ty), at(a) as u32) as i64,
                Op::ToInt(signed, a) => float_reference::to_int(*signed, format(function.nodes[*a].1), bits(a)).into(),
                Op::Convert(a) => float_reference::convert(format(*ty), bits(a)) as i64,
                Op::Bitcast(a) => at(a),
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
        Ok(values)
    }
}

/// The format of a node that is a float.
fn format(ty: Type) -> Precision {
    precision(ty).expect("operations on floats have floats")
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
