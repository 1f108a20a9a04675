//! The firmware functions that compiled code calls through its instance, by [`Helper`] index.
//!
//! They run on the guest's stack and can be interrupted and preempted anywhere; in a process, where they say so. Sizes are checked by the caller. Each
//! group but the first is a feature of this crate; a group that is left out has null in the table, and an artifact that
//! needs it is refused before anything of it runs.

#[cfg(feature = "div64")]
mod div64;
#[macro_use]
mod float;
#[cfg(feature = "f64")]
mod double;
mod memory;
#[cfg(feature = "fuel")]
mod metered;
#[cfg(feature = "f32")]
mod single;
#[cfg(feature = "f32-round")]
mod single_round;
mod table;
#[cfg(all(test, feature = "f32", feature = "f32-round", feature = "f64"))]
mod tests;

use core::mem::offset_of;

pub(crate) use memory::fill;
use sandgrain_abi::layout::{MemoryDefinition, TableDefinition};
use sandgrain_abi::{Helper, HelperGroups};

/// Groups that this build contains.
pub(crate) const GROUPS: HelperGroups = {
    const fn if_in(present: bool, group: HelperGroups) -> HelperGroups {
        if present { group } else { HelperGroups(0) }
    }
    HelperGroups::CORE
        .union(if_in(cfg!(feature = "div64"), HelperGroups::DIV64))
        .union(if_in(cfg!(feature = "f32"), HelperGroups::F32))
        .union(if_in(cfg!(feature = "f32-round"), HelperGroups::F32_ROUND))
        .union(if_in(cfg!(feature = "f64"), HelperGroups::F64))
        .union(if_in(cfg!(feature = "fuel"), HelperGroups::FUEL))
};

/// Defines the table with its fields in the order of their helpers' indices, and proves that they lie there.
macro_rules! table {
    ($($present:meta { $($helper:ident = $module:ident::$name:ident as $field:ident: $ty:ty;)* })*) => {
        #[repr(C)]
        pub(crate) struct HelperTable { $($($field: Option<$ty>,)*)* }

        pub(crate) static TABLE: HelperTable = HelperTable {
            $($(
                #[cfg($present)]
                $field: Some($module::$name),
                #[cfg(not($present))]
                $field: None,
            )*)*
        };

        const _: () = {
            $($(assert!(offset_of!(HelperTable, $field) == Helper::$helper as usize * size_of::<usize>());)*)*
            assert!(size_of::<HelperTable>() == Helper::ALL.len() * size_of::<usize>());
        };
    };
}

table! {
    all() {
        MemoryGrow = memory::memory_grow as memory_grow: unsafe extern "C" fn(*mut MemoryDefinition, u32) -> i32;
        MemoryCopy = memory::memory_copy as memory_copy: unsafe extern "C" fn(*mut u8, *const u8, u32);
        MemoryFill = memory::memory_fill as memory_fill: unsafe extern "C" fn(*mut u8, u32, u32);
    }
    feature = "div64" {
        UdivI64 = div64::udiv_i64 as udiv_i64: extern "C" fn(u64, u64) -> u64;
        UremI64 = div64::urem_i64 as urem_i64: extern "C" fn(u64, u64) -> u64;
        SdivI64 = div64::sdiv_i64 as sdiv_i64: extern "C" fn(i64, i64) -> i64;
        SremI64 = div64::srem_i64 as srem_i64: extern "C" fn(i64, i64) -> i64;
    }
    feature = "f32" {
        F32Add = single::add as f32_add: extern "C" fn(u32, u32) -> u32;
        F32Sub = single::sub as f32_sub: extern "C" fn(u32, u32) -> u32;
        F32Mul = single::mul as f32_mul: extern "C" fn(u32, u32) -> u32;
        F32Div = single::div as f32_div: extern "C" fn(u32, u32) -> u32;
        F32Min = single::min as f32_min: extern "C" fn(u32, u32) -> u32;
        F32Max = single::max as f32_max: extern "C" fn(u32, u32) -> u32;
        F32Sqrt = single::sqrt as f32_sqrt: extern "C" fn(u32) -> u32;
        F32Compare = single::compare as f32_compare: extern "C" fn(u32, u32) -> i32;
        F32ConvertI32S = single::convert_i32 as f32_convert_i32_s: extern "C" fn(i32) -> u32;
        F32ConvertI32U = single::convert_u32 as f32_convert_i32_u: extern "C" fn(u32) -> u32;
        I32TruncSatF32S = single::trunc_sat_i32 as i32_trunc_sat_f32_s: extern "C" fn(u32) -> i32;
        I32TruncSatF32U = single::trunc_sat_u32 as i32_trunc_sat_f32_u: extern "C" fn(u32) -> u32;
    }
    feature = "f32-round" {
        F32Ceil = single_round::ceil as f32_ceil: extern "C" fn(u32) -> u32;
        F32Floor = single_round::floor as f32_floor: extern "C" fn(u32) -> u32;
        F32Trunc = single_round::trunc as f32_trunc: extern "C" fn(u32) -> u32;
        F32Nearest = single_round::nearest as f32_nearest: extern "C" fn(u32) -> u32;
        F32ConvertI64S = single_round::convert_i64 as f32_convert_i64_s: extern "C" fn(i64) -> u32;
        F32ConvertI64U = single_round::convert_u64 as f32_convert_i64_u: extern "C" fn(u64) -> u32;
        I64TruncSatF32S = single_round::trunc_sat_i64 as i64_trunc_sat_f32_s: extern "C" fn(u32) -> i64;
        I64TruncSatF32U = single_round::trunc_sat_u64 as i64_trunc_sat_f32_u: extern "C" fn(u32) -> u64;
    }
    feature = "f64" {
        F64Add = double::add as f64_add: extern "C" fn(u64, u64) -> u64;
        F64Sub = double::sub as f64_sub: extern "C" fn(u64, u64) -> u64;
        F64Mul = double::mul as f64_mul: extern "C" fn(u64, u64) -> u64;
        F64Div = double::div as f64_div: extern "C" fn(u64, u64) -> u64;
        F64Min = double::min as f64_min: extern "C" fn(u64, u64) -> u64;
        F64Max = double::max as f64_max: extern "C" fn(u64, u64) -> u64;
        F64Sqrt = double::sqrt as f64_sqrt: extern "C" fn(u64) -> u64;
        F64Compare = double::compare as f64_compare: extern "C" fn(u64, u64) -> i32;
        F64ConvertI32S = double::convert_i32 as f64_convert_i32_s: extern "C" fn(i32) -> u64;
        F64ConvertI32U = double::convert_u32 as f64_convert_i32_u: extern "C" fn(u32) -> u64;
        I32TruncSatF64S = double::trunc_sat_i32 as i32_trunc_sat_f64_s: extern "C" fn(u64) -> i32;
        I32TruncSatF64U = double::trunc_sat_u32 as i32_trunc_sat_f64_u: extern "C" fn(u64) -> u32;
        F64Ceil = double::ceil as f64_ceil: extern "C" fn(u64) -> u64;
        F64Floor = double::floor as f64_floor: extern "C" fn(u64) -> u64;
        F64Trunc = double::trunc as f64_trunc: extern "C" fn(u64) -> u64;
        F64Nearest = double::nearest as f64_nearest: extern "C" fn(u64) -> u64;
        F64ConvertI64S = double::convert_i64 as f64_convert_i64_s: extern "C" fn(i64) -> u64;
        F64ConvertI64U = double::convert_u64 as f64_convert_i64_u: extern "C" fn(u64) -> u64;
        I64TruncSatF64S = double::trunc_sat_i64 as i64_trunc_sat_f64_s: extern "C" fn(u64) -> i64;
        I64TruncSatF64U = double::trunc_sat_u64 as i64_trunc_sat_f64_u: extern "C" fn(u64) -> u64;
        F64PromoteF32 = double::promote as f64_promote_f32: extern "C" fn(u32) -> u64;
        F32DemoteF64 = double::demote as f32_demote_f64: extern "C" fn(u64) -> u32;
    }
    all() {
        TableGrow = table::table_grow as table_grow: unsafe extern "C" fn(*mut TableDefinition, usize, u32) -> i32;
        TableFill = table::table_fill as table_fill: unsafe extern "C" fn(*mut usize, usize, u32);
        TableInit = table::table_init as table_init: unsafe extern "C" fn(*mut usize, *const u32, usize, u32);
    }
    feature = "fuel" {
        MemoryGrowMetered = metered::memory_grow as memory_grow_metered:
            unsafe extern "C" fn(*mut MemoryDefinition, u32, *mut u32) -> i32;
        TableGrowMetered = metered::table_grow as table_grow_metered:
            unsafe extern "C" fn(*mut TableDefinition, usize, u32, *mut u32) -> i32;
    }
}
