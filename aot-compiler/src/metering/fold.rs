//! Numeric operators on constants.

use wasmi_core::{TrapCode, wasm};
use wasmparser::Operator;

/// What an operator makes of the bits of constants; `None` if it traps.
pub enum Numeric {
    Unary(fn(u64) -> Option<u64>),
    Binary(fn(u64, u64) -> Option<u64>),
}

/// A number of wasm from and to its bits.
trait Bits {
    fn of(bits: u64) -> Self;
    fn bits(self) -> u64;
}

macro_rules! bits {
    ($($ty:ty, $bits:ident => $of:expr, $value:ident => $to:expr;)*) => {
        $(impl Bits for $ty {
            fn of($bits: u64) -> Self {
                $of
            }

            fn bits(self) -> u64 {
                let $value = self;
                $to
            }
        })*
    };
}

bits! {
    u32, bits => bits as u32, value => value.into();
    i32, bits => bits as i32, value => (value as u32).into();
    u64, bits => bits, value => value;
    i64, bits => bits as i64, value => value as u64;
    f32, bits => f32::from_bits(bits as u32), value => value.to_bits().into();
    f64, bits => f64::from_bits(bits), value => value.to_bits();
    bool, bits => bits != 0, value => value.into();
}

/// A result that may be a trap.
trait Outcome {
    fn outcome(self) -> Option<u64>;
}

impl<T: Bits> Outcome for T {
    fn outcome(self) -> Option<u64> {
        Some(self.bits())
    }
}

impl<T: Bits> Outcome for Result<T, TrapCode> {
    fn outcome(self) -> Option<u64> {
        self.ok().map(Bits::bits)
    }
}

macro_rules! numeric {
    (unary { $($unary:ident $f:ident,)* } binary { $($binary:ident $g:ident,)* }) => {
        /// The numeric operators; `None` for others.
        pub fn numeric(operator: &Operator<'_>) -> Option<Numeric> {
            Some(match operator {
                $(Operator::$unary => Numeric::Unary(|a| wasm::$f(Bits::of(a)).outcome()),)*
                $(Operator::$binary => Numeric::Binary(|a, b| wasm::$g(Bits::of(a), Bits::of(b)).outcome()),)*
                _ => return None,
            })
        }
    };
}

numeric! {
    unary {
        I32Clz i32_clz, I64Clz i64_clz, I32Ctz i32_ctz, I64Ctz i64_ctz, I32Popcnt i32_popcnt, I64Popcnt i64_popcnt,
        I32Eqz i32_eqz, I64Eqz i64_eqz, F32Abs f32_abs, F64Abs f64_abs, F32Neg f32_neg, F64Neg f64_neg,
        F32Ceil f32_ceil, F64Ceil f64_ceil, F32Floor f32_floor, F64Floor f64_floor, F32Trunc f32_trunc,
        F64Trunc f64_trunc, F32Nearest f32_nearest, F64Nearest f64_nearest, F32Sqrt f32_sqrt, F64Sqrt f64_sqrt,
        I32WrapI64 i32_wrap_i64, I64ExtendI32S i64_extend_i32_s, I64ExtendI32U i64_extend_i32_u,
        F32DemoteF64 f32_demote_f64, F64PromoteF32 f64_promote_f32, I32TruncF32S i32_trunc_f32_s,
        I64TruncF32S i64_trunc_f32_s, I32TruncF32U i32_trunc_f32_u, I64TruncF32U i64_trunc_f32_u,
        I32TruncF64S i32_trunc_f64_s, I64TruncF64S i64_trunc_f64_s, I32TruncF64U i32_trunc_f64_u,
        I64TruncF64U i64_trunc_f64_u, F32ConvertI32S f32_convert_i32_s, F32ConvertI32U f32_convert_i32_u,
        F32ConvertI64S f32_convert_i64_s, F32ConvertI64U f32_convert_i64_u, F64ConvertI32S f64_convert_i32_s,
        F64ConvertI32U f64_convert_i32_u, F64ConvertI64S f64_convert_i64_s, F64ConvertI64U f64_convert_i64_u,
        I32Extend8S i32_extend8_s, I32Extend16S i32_extend16_s, I64Extend8S i64_extend8_s,
        I64Extend16S i64_extend16_s, I64Extend32S i64_extend32_s, I32TruncSatF32S i32_trunc_sat_f32_s,
        I32TruncSatF32U i32_trunc_sat_f32_u, I32TruncSatF64S i32_trunc_sat_f64_s, I32TruncSatF64U i32_trunc_sat_f64_u,
        I64TruncSatF32S i64_trunc_sat_f32_s, I64TruncSatF32U i64_trunc_sat_f32_u, I64TruncSatF64S i64_trunc_sat_f64_s,
        I64TruncSatF64U i64_trunc_sat_f64_u, I32ReinterpretF32 i32_reinterpret_f32,
        I64ReinterpretF64 i64_reinterpret_f64, F32ReinterpretI32 f32_reinterpret_i32,
        F64ReinterpretI64 f64_reinterpret_i64,
    }
    binary {
        I32Add i32_add, I64Add i64_add, I32Sub i32_sub, I64Sub i64_sub, I32Mul i32_mul, I64Mul i64_mul,
        I32And i32_bitand, I64And i64_bitand, I32Or i32_bitor, I64Or i64_bitor, I32Xor i32_bitxor, I64Xor i64_bitxor,
        I32Shl i32_shl, I64Shl i64_shl, I32ShrS i32_shr_s, I64ShrS i64_shr_s, I32ShrU i32_shr_u, I64ShrU i64_shr_u,
        I32Rotl i32_rotl, I64Rotl i64_rotl, I32Rotr i32_rotr, I64Rotr i64_rotr, I32DivS i32_div_s, I64DivS i64_div_s,
        I32DivU i32_div_u, I64DivU i64_div_u, I32RemS i32_rem_s, I64RemS i64_rem_s, I32RemU i32_rem_u,
        I64RemU i64_rem_u, I32Eq i32_eq, I64Eq i64_eq, F32Eq f32_eq, F64Eq f64_eq, I32Ne i32_ne, I64Ne i64_ne,
        F32Ne f32_ne, F64Ne f64_ne, I32LtS i32_lt_s, I64LtS i64_lt_s, I32LtU i32_lt_u, I64LtU i64_lt_u, F32Lt f32_lt,
        F64Lt f64_lt, I32LeS i32_le_s, I64LeS i64_le_s, I32LeU i32_le_u, I64LeU i64_le_u, F32Le f32_le, F64Le f64_le,
        I32GtS i32_gt_s, I64GtS i64_gt_s, I32GtU i32_gt_u, I64GtU i64_gt_u, F32Gt f32_gt, F64Gt f64_gt,
        I32GeS i32_ge_s, I64GeS i64_ge_s, I32GeU i32_ge_u, I64GeU i64_ge_u, F32Ge f32_ge, F64Ge f64_ge,
        F32Add f32_add, F64Add f64_add, F32Sub f32_sub, F64Sub f64_sub, F32Mul f32_mul, F64Mul f64_mul,
        F32Div f32_div, F64Div f64_div, F32Min f32_min, F64Min f64_min, F32Max f32_max, F64Max f64_max,
        F32Copysign f32_copysign, F64Copysign f64_copysign,
    }
}

/// Whether an operator traps for a second operand of 0.
pub fn divides(operator: &Operator<'_>) -> bool {
    use Operator as O;
    matches!(
        operator,
        O::I32DivS | O::I32DivU | O::I32RemS | O::I32RemU | O::I64DivS | O::I64DivU | O::I64RemS | O::I64RemU
    )
}
