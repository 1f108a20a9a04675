//! How values travel: an i32 or f32 as one 32-bit word, an i64 or f64 as two, low word first, a reference as many as a
//! pointer has (sandgrain-abi's calling convention).

use core::num::NonZeroUsize;

use sandgrain_artifact::{ValType, ValTypes};

use crate::arch::POINTER_BYTES;

/// Words of a value.
fn words_of(ty: ValType) -> usize {
    ty.bytes(POINTER_BYTES) as usize / 4
}

/// Words of all values. Out of line, since it is used in many places and never where time matters.
#[inline(never)]
pub(crate) fn words(types: ValTypes<'_>) -> usize {
    types.iter().map(words_of).sum()
}

/// A value, for calls whose signature is not known at compile time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Val {
    /// 32-bit integer.
    I32(i32),
    /// 64-bit integer.
    I64(i64),
    /// Bits of a single-precision float.
    F32(u32),
    /// Bits of a double-precision float.
    F64(u64),
    /// Reference to a function, `None` for null.
    FuncRef(Option<FuncRef>),
    /// Reference to something of the host, a number that the guest cannot look at; `None` for null. All but `u32::MAX`
    /// can be passed.
    ExternRef(Option<u32>),
}

/// A function of an instance in a store. It means something in that store only, which checks what it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FuncRef(NonZeroUsize);

impl FuncRef {
    /// The reference with this address, which [`address`](Self::address) has given; `None` for 0.
    pub const fn from_address(address: usize) -> Option<FuncRef> {
        match NonZeroUsize::new(address) {
            Some(address) => Some(FuncRef(address)),
            None => None,
        }
    }

    /// A number that stands for the function as long as its store lives.
    pub const fn address(self) -> usize {
        self.0.get()
    }
}

impl Val {
    /// Its type.
    pub const fn ty(self) -> ValType {
        match self {
            Val::I32(_) => ValType::I32,
            Val::I64(_) => ValType::I64,
            Val::F32(_) => ValType::F32,
            Val::F64(_) => ValType::F64,
            Val::FuncRef(_) => ValType::FuncRef,
            Val::ExternRef(_) => ValType::ExternRef,
        }
    }

    pub(crate) fn store(self, sink: &mut dyn FnMut(u32)) {
        match self {
            Val::I32(v) => Values::store(v, sink),
            Val::I64(v) => Values::store(v, sink),
            Val::F32(bits) => Values::store(bits, sink),
            Val::F64(bits) => Values::store(bits, sink),
            Val::FuncRef(function) => store_pointer(function.map_or(0, FuncRef::address), sink),
            Val::ExternRef(value) => store_pointer(value.map_or(0, |value| value.wrapping_add(1)) as usize, sink),
        }
    }

    pub(crate) fn load(ty: ValType, source: &mut dyn FnMut() -> u32) -> Val {
        match words_of(ty) {
            2 => Val::from_bits(ty, <u64 as Values>::load(source)),
            _ => Val::from_bits(ty, source().into()),
        }
    }

    /// The value with these bits; the high ones are ignored for a type of one word.
    pub(crate) fn from_bits(ty: ValType, bits: u64) -> Val {
        match ty {
            ValType::I32 => Val::I32(bits as i32),
            ValType::I64 => Val::I64(bits as i64),
            ValType::F32 => Val::F32(bits as u32),
            ValType::F64 => Val::F64(bits),
            ValType::FuncRef => Val::FuncRef(FuncRef::from_address(bits as usize)),
            ValType::ExternRef => Val::ExternRef((bits as u32).checked_sub(1)),
        }
    }
}

fn store_pointer(value: usize, sink: &mut dyn FnMut(u32)) {
    match POINTER_BYTES {
        4 => sink(value as u32),
        _ => Values::store(value as u64, sink),
    }
}

mod sealed {
    pub trait Sealed {}
}

/// A Rust type that is a wasm value. Unsigned integers have the same bits.
pub trait WasmTy: Values {
    /// Its wasm type.
    const TYPE: ValType;
}

/// Parameters or results: nothing, one value, or a tuple of up to 12.
pub trait Values: sealed::Sealed + Copy {
    /// Their types.
    const TYPES: &'static [ValType];
    /// Gives their words to `sink`, in order.
    #[doc(hidden)]
    fn store(self, sink: &mut dyn FnMut(u32));
    /// Takes as many words from `source`.
    #[doc(hidden)]
    fn load(source: &mut dyn FnMut() -> u32) -> Self;
}

/// The values of a tuple, one by one.
#[cfg(feature = "interpreter")]
pub(crate) struct Vals {
    values: [Val; MAX_VALUES],
    len: usize,
}

/// Most values of a tuple.
#[cfg(feature = "interpreter")]
pub(crate) const MAX_VALUES: usize = 12;

#[cfg(feature = "interpreter")]
impl Vals {
    pub(crate) fn of<V: Values>(tuple: V) -> Vals {
        let mut words = [0; 2 * MAX_VALUES];
        let mut places = words.iter_mut();
        tuple.store(&mut |word| {
            if let Some(place) = places.next() {
                *place = word;
            }
        });
        let mut words = words.into_iter();
        let mut values = [Val::I32(0); MAX_VALUES];
        for (place, ty) in values.iter_mut().zip(V::TYPES) {
            *place = Val::load(*ty, &mut || words.next().unwrap_or(0));
        }
        Vals { values, len: V::TYPES.len() }
    }

    /// The tuple of these values, which have its types.
    pub(crate) fn to<V: Values>(values: impl Iterator<Item = Val>) -> V {
        let mut words = [0; 2 * MAX_VALUES];
        let mut places = words.iter_mut();
        for value in values {
            value.store(&mut |word| {
                if let Some(place) = places.next() {
                    *place = word;
                }
            });
        }
        let mut words = words.into_iter();
        V::load(&mut || words.next().unwrap_or(0))
    }
}

#[cfg(feature = "interpreter")]
impl core::ops::Deref for Vals {
    type Target = [Val];

    fn deref(&self) -> &[Val] {
        self.values.get(..self.len).unwrap_or(&[])
    }
}

macro_rules! scalar {
    ($($rust:ty as $bits:ty, $ty:ident;)*) => {$(
        impl sealed::Sealed for $rust {}

        impl WasmTy for $rust {
            const TYPE: ValType = ValType::$ty;
        }

        impl Values for $rust {
            const TYPES: &'static [ValType] = &[ValType::$ty];

            fn store(self, sink: &mut dyn FnMut(u32)) {
                let bits = self as $bits;
                sink(bits as u32);
                if size_of::<$bits>() == 8 {
                    sink((u64::from(bits) >> 32) as u32);
                }
            }

            fn load(source: &mut dyn FnMut() -> u32) -> Self {
                let low = source();
                let high = if size_of::<$bits>() == 8 { source() } else { 0 };
                (u64::from(high) << 32 | u64::from(low)) as $rust
            }
        }
    )*};
}

scalar! {
    i32 as u32, I32;
    u32 as u32, I32;
    i64 as u64, I64;
    u64 as u64, I64;
}

/// A float is its bits.
macro_rules! float {
    ($($rust:ty as $bits:ty, $ty:ident;)*) => {$(
        impl sealed::Sealed for $rust {}

        impl WasmTy for $rust {
            const TYPE: ValType = ValType::$ty;
        }

        impl Values for $rust {
            const TYPES: &'static [ValType] = &[ValType::$ty];

            fn store(self, sink: &mut dyn FnMut(u32)) {
                Values::store(self.to_bits(), sink);
            }

            fn load(source: &mut dyn FnMut() -> u32) -> Self {
                Self::from_bits(<$bits as Values>::load(source))
            }
        }
    )*};
}

float! {
    f32 as u32, F32;
    f64 as u64, F64;
}

macro_rules! tuple {
    ($($name:ident)*) => {
        impl<$($name),*> sealed::Sealed for ($($name,)*) {}

        impl<$($name: WasmTy),*> Values for ($($name,)*) {
            const TYPES: &'static [ValType] = &[$($name::TYPE),*];

            #[allow(non_snake_case, unused_variables)]
            fn store(self, sink: &mut dyn FnMut(u32)) {
                let ($($name,)*) = self;
                $($name.store(sink);)*
            }

            #[allow(unused_variables, clippy::unused_unit)]
            fn load(source: &mut dyn FnMut() -> u32) -> Self {
                ($($name::load(source),)*)
            }
        }
    };
}

/// Calls `$m` once for each arity from 0 to 12 with as many type names.
macro_rules! for_each_arity {
    ($m:ident) => {
        $m!();
        $m!(A);
        $m!(A B);
        $m!(A B C);
        $m!(A B C D);
        $m!(A B C D E);
        $m!(A B C D E F);
        $m!(A B C D E F G);
        $m!(A B C D E F G H);
        $m!(A B C D E F G H I);
        $m!(A B C D E F G H I J);
        $m!(A B C D E F G H I J K);
        $m!(A B C D E F G H I J K L);
    };
}
pub(crate) use for_each_arity;

for_each_arity!(tuple);

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn words_are_low_first_and_round_trip() {
        let values = (-2i32, 0x1122_3344_5566_7788u64, u32::MAX, i64::MIN);
        let mut words = Vec::new();
        Values::store(values, &mut |w| words.push(w));
        assert_eq!(words, [0xffff_fffe, 0x5566_7788, 0x1122_3344, u32::MAX, 0, 0x8000_0000]);
        let mut rest = words.iter().copied();
        let back = <(i32, u64, u32, i64) as Values>::load(&mut || rest.next().unwrap());
        assert_eq!(back, values);
        assert_eq!(rest.next(), None);
        assert_eq!(<(i32, u64) as Values>::TYPES, [ValType::I32, ValType::I64]);
    }

    #[test]
    fn floats_are_their_bits() {
        let mut words = Vec::new();
        Values::store((1.5f32, f64::from_bits(0x7FF0_0000_0000_0001)), &mut |w| words.push(w));
        assert_eq!(words, [0x3FC0_0000, 1, 0x7FF0_0000]);
        let mut rest = words.iter().copied();
        assert_eq!(Val::load(ValType::F32, &mut || rest.next().unwrap()), Val::F32(0x3FC0_0000));
        assert_eq!(Val::load(ValType::F64, &mut || rest.next().unwrap()), Val::F64(0x7FF0_0000_0000_0001));
    }
}
