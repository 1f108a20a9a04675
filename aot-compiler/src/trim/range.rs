//! Sets of integers that are runs modulo a power of two: `first, first + 1, …, first + span`.
//!
//! A run may pass zero, so `-40..=-4` and "anything but 7" are runs as well, whatever sign the operators see in them
//! (Navas, Schachte, Søndergaard, Stuckey: Signedness-agnostic program analysis, APLAS 2012). Every operation gives a
//! set that contains all results of the operation on members of its operands.

/// A set that is not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Of the integers: at most 64.
    bits: u32,
    first: u64,
    /// Members less one.
    span: u64,
}

impl Range {
    /// Everything that so many bits hold.
    pub fn full(bits: u32) -> Range {
        Range { bits, first: 0, span: mask(bits) }
    }

    /// One integer, modulo 2^bits.
    pub fn constant(bits: u32, value: u64) -> Range {
        Range { bits, first: value & mask(bits), span: 0 }
    }

    /// From `first` up to `last`, passing zero if `last` is less; both modulo 2^bits.
    pub fn between(bits: u32, first: u64, last: u64) -> Range {
        Range { bits, first: first & mask(bits), span: last.wrapping_sub(first) & mask(bits) }.canonical()
    }

    /// What comparing as equal leaves out: all but `value`.
    pub fn without(bits: u32, value: u64) -> Range {
        Range::between(bits, value.wrapping_add(1), value.wrapping_sub(1))
    }

    /// One form for the set of everything.
    fn canonical(self) -> Range {
        if self.is_full() { Range::full(self.bits) } else { self }
    }

    pub fn bits(self) -> u32 {
        self.bits
    }

    pub fn is_full(self) -> bool {
        self.span == self.mask()
    }

    /// The only member.
    pub fn single(self) -> Option<u64> {
        (self.span == 0).then_some(self.first)
    }

    /// Members less one.
    pub fn span(self) -> u64 {
        self.span
    }

    fn mask(self) -> u64 {
        mask(self.bits)
    }

    pub fn first(self) -> u64 {
        self.first
    }

    pub fn last(self) -> u64 {
        self.first.wrapping_add(self.span) & self.mask()
    }

    /// How far `value` is behind the first member.
    fn distance(self, value: u64) -> u64 {
        value.wrapping_sub(self.first) & self.mask()
    }

    pub fn contains(self, value: u64) -> bool {
        self.distance(value) <= self.span
    }

    /// Whether all members of `other` are in this set.
    pub fn includes(self, other: Range) -> bool {
        let end = self.distance(other.first).checked_add(other.span);
        self.is_full() || end.is_some_and(|end| end <= self.span)
    }

    /// Least and greatest member as unsigned integers.
    pub fn unsigned(self) -> (u64, u64) {
        if self.first <= self.last() { (self.first, self.last()) } else { (0, self.mask()) }
    }

    /// Least and greatest member as signed integers.
    pub fn signed(self) -> (i64, i64) {
        let extend = |value: u64| (value << (64 - self.bits)) as i64 >> (64 - self.bits);
        let (first, last) = (extend(self.first), extend(self.last()));
        if first <= last { (first, last) } else { (extend(1 << (self.bits - 1)), (self.mask() >> 1) as i64) }
    }

    /// A smallest run with all members of both.
    pub fn join(self, other: Range) -> Range {
        if self.includes(other) {
            return self;
        }
        if other.includes(self) {
            return other;
        }
        let hulls = [(self, other), (other, self)].map(|(a, b)| Range::between(self.bits, a.first, b.last()));
        let covering = hulls.into_iter().filter(|hull| hull.includes(self) && hull.includes(other));
        covering.min_by_key(|hull| hull.span).unwrap_or(Range::full(self.bits))
    }

    /// A small run with all that is in both; `None` if nothing is.
    pub fn meet(self, other: Range) -> Option<Range> {
        if self.includes(other) {
            return Some(other);
        }
        if other.includes(self) {
            return Some(self);
        }
        let overlap = |a: Range, b: Range| Range { span: b.span.min(a.span - a.distance(b.first)), ..b };
        match (self.contains(other.first), other.contains(self.first)) {
            (true, false) => Some(overlap(self, other)),
            (false, true) => Some(overlap(other, self)),
            (false, false) => None,
            // Two pieces, one at each end.
            (true, true) => Some(if self.span <= other.span { self } else { other }),
        }
    }

    pub fn add(self, other: Range) -> Range {
        let first = self.first.wrapping_add(other.first) & self.mask();
        self.spread(first, self.span.checked_add(other.span))
    }

    pub fn sub(self, other: Range) -> Range {
        let first = self.first.wrapping_sub(other.last()) & self.mask();
        self.spread(first, self.span.checked_add(other.span))
    }

    fn spread(self, first: u64, span: Option<u64>) -> Range {
        match span {
            Some(span) if span < self.mask() => Range { first, span, ..self },
            _ => Range::full(self.bits),
        }
    }

    /// All that is reached from members by `steps` steps of `step`, signed, or fewer.
    pub fn walk(self, step: i64, steps: u64) -> Range {
        let Some(far) = step.unsigned_abs().checked_mul(steps).filter(|far| *far < self.mask()) else {
            return Range::full(self.bits);
        };
        let first = if step < 0 { self.first.wrapping_sub(far) & self.mask() } else { self.first };
        self.spread(first, self.span.checked_add(far))
    }

    /// Of a product whose factors are never so large that it wraps; everything otherwise.
    pub fn mul(self, other: Range) -> Range {
        let ((a, b), (c, d)) = (self.unsigned(), other.unsigned());
        match b.checked_mul(d) {
            Some(most) if most <= self.mask() => Range::between(self.bits, a * c, most),
            _ => Range::full(self.bits),
        }
    }

    pub fn and(self, other: Range) -> Range {
        Range::between(self.bits, 0, self.unsigned().1.min(other.unsigned().1))
    }

    pub fn or(self, other: Range) -> Range {
        let ((a, b), (c, d)) = (self.unsigned(), other.unsigned());
        Range::between(self.bits, a.max(c), ones(b | d))
    }

    pub fn xor(self, other: Range) -> Range {
        Range::between(self.bits, 0, ones(self.unsigned().1 | other.unsigned().1))
    }

    /// By an amount that is taken modulo the width, as the operators do.
    pub fn shl(self, amount: Range) -> Range {
        let (low, high) = self.unsigned();
        match amount.single().map(|amount| amount % u64::from(self.bits)) {
            Some(amount) if high <= self.mask() >> amount => Range::between(self.bits, low << amount, high << amount),
            _ => Range::full(self.bits),
        }
    }

    pub fn shr(self, amount: Range) -> Range {
        let (low, high) = self.unsigned();
        match amount.single().map(|amount| amount % u64::from(self.bits)) {
            Some(amount) => Range::between(self.bits, low >> amount, high >> amount),
            None => Range::between(self.bits, 0, high),
        }
    }

    pub fn sar(self, amount: Range) -> Range {
        let (low, high) = self.signed();
        match amount.single().map(|amount| amount % u64::from(self.bits)) {
            Some(amount) => Range::between(self.bits, (low >> amount) as u64, (high >> amount) as u64),
            None => Range::between(self.bits, low.min(0) as u64, high.max(0) as u64),
        }
    }

    pub fn udiv(self, other: Range) -> Range {
        let ((low, high), (least, most)) = (self.unsigned(), other.unsigned());
        // A divisor of 0 traps.
        Range::between(self.bits, low / most.max(1), high / least.max(1))
    }

    pub fn urem(self, other: Range) -> Range {
        let (high, most) = (self.unsigned().1, other.unsigned().1);
        Range::between(self.bits, 0, high.min(most.saturating_sub(1)))
    }

    /// The low bits.
    pub fn reduce(self, bits: u32) -> Range {
        if self.span >= mask(bits) {
            return Range::full(bits);
        }
        Range { bits, first: self.first & mask(bits), span: self.span }
    }

    /// With zeros above.
    pub fn zero_extend(self, bits: u32) -> Range {
        let (low, high) = self.unsigned();
        Range::between(bits, low, high)
    }

    /// With copies of the sign above.
    pub fn sign_extend(self, bits: u32) -> Range {
        let (low, high) = self.signed();
        Range::between(bits, low as u64, high as u64)
    }

    /// A set with all of this one and of `grown`, which includes it: each end that has moved is moved on to the next of
    /// `landmarks`, so that it can do so only as often as there are any.
    pub fn widen(self, grown: Range, landmarks: &[u64]) -> Range {
        let mask = self.mask();
        let before = self.first.wrapping_sub(grown.first) & mask;
        let behind = grown.last().wrapping_sub(self.last()) & mask;
        let mut wide = grown;
        if behind > 0 {
            let more = landmarks.iter().map(|mark| grown.distance(*mark)).filter(|span| *span >= grown.span).min();
            wide.span = more.unwrap_or(mask);
        }
        if before > 0 {
            let back = |mark: &u64| grown.first.wrapping_sub(*mark) & mask;
            let more = landmarks.iter().map(back).filter_map(|back| wide.span.checked_add(back)).min();
            let span = more.filter(|span| *span < mask).unwrap_or(mask);
            wide.first = wide.first.wrapping_sub(span - wide.span) & mask;
            wide.span = span;
        }
        wide.canonical()
    }
}

fn mask(bits: u32) -> u64 {
    u64::MAX >> (64 - bits)
}

/// `value` with every bit below its highest one set.
fn ones(value: u64) -> u64 {
    match value {
        0 => 0,
        value => u64::MAX >> value.leading_zeros(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BITS: u32 = 3;
    const ALL: u64 = (1 << BITS) - 1;

    fn all() -> Vec<Range> {
        let mut all = vec![Range::full(BITS)];
        for first in 0..=ALL {
            all.extend((0..ALL).map(|span| Range { bits: BITS, first, span }));
        }
        all
    }

    fn members(range: Range) -> Vec<u64> {
        (0..=ALL).filter(|value| range.contains(*value)).collect()
    }

    fn signed(value: u64) -> i64 {
        (value as i64) << (64 - BITS) >> (64 - BITS)
    }

    /// Every pair of sets of 3-bit integers, every pair of their members.
    #[test]
    fn results_are_members() {
        type Case = (&'static str, fn(Range, Range) -> Range, fn(u64, u64) -> Option<u64>);
        let cases: [Case; 12] = [
            ("add", Range::add, |a, b| Some(a + b)),
            ("sub", Range::sub, |a, b| Some(a.wrapping_sub(b))),
            ("mul", Range::mul, |a, b| Some(a * b)),
            ("and", Range::and, |a, b| Some(a & b)),
            ("or", Range::or, |a, b| Some(a | b)),
            ("xor", Range::xor, |a, b| Some(a ^ b)),
            ("shl", Range::shl, |a, b| Some(a << (b % u64::from(BITS)))),
            ("shr", Range::shr, |a, b| Some(a >> (b % u64::from(BITS)))),
            ("sar", Range::sar, |a, b| Some((signed(a) >> (b % u64::from(BITS))) as u64)),
            ("udiv", Range::udiv, |a, b| a.checked_div(b)),
            ("urem", Range::urem, |a, b| a.checked_rem(b)),
            ("join", Range::join, |a, _| Some(a)),
        ];
        for a in all() {
            let (low, high) = a.unsigned();
            let (least, most) = a.signed();
            for x in members(a) {
                assert!((low..=high).contains(&x) && (least..=most).contains(&signed(x)), "{a:?}");
                assert!(a.zero_extend(8).contains(x) && a.sign_extend(8).contains(signed(x) as u64 & 0xff), "{a:?}");
                assert!(a.reduce(2).contains(x & 3), "{a:?}");
                for (step, steps) in [(3i64, 2), (-2, 3), (1, 0)] {
                    let walked = a.walk(step, steps);
                    assert!((0..=steps as i64).all(|n| walked.contains((x as i64 + n * step) as u64 & ALL)), "{a:?}");
                }
            }
            for b in all() {
                assert!(a.join(b).includes(a) && a.join(b).includes(b), "{a:?} {b:?}");
                let both: Vec<u64> = members(a).into_iter().filter(|x| b.contains(*x)).collect();
                let meet = a.meet(b);
                assert!(both.iter().all(|x| meet.is_some_and(|meet| meet.contains(*x))), "{a:?} {b:?} {meet:?}");
                assert!(meet.is_none() == both.is_empty(), "{a:?} {b:?} {meet:?}");
                if b.includes(a) {
                    assert!(a.widen(b, &[3, 5]).includes(b), "{a:?} {b:?}");
                }
                for (name, set, of) in cases {
                    let set = set(a, b);
                    for x in members(a) {
                        for y in members(b) {
                            let is = of(x, y).is_none_or(|value| set.contains(value & ALL));
                            assert!(is, "{name} of {x} in {a:?} and {y} in {b:?} is not in {set:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn edges_of_a_set_can_be_taken_away() {
        let range = Range::between(32, 0, 10).meet(Range::without(32, 10));
        assert_eq!(range, Some(Range::between(32, 0, 9)));
        assert_eq!(Range::between(32, u64::MAX - 39, 0).add(Range::constant(32, 1064)), Range::between(32, 1024, 1064));
    }
}
