//! Modules most of whose addresses have a bound that the compiler can find: masks, comparisons, loops, a stack in memory,
//! pointers that are passed on; and some that trap whatever the size of the memory is. A few have an address that can be
//! anything.
//!
//! Each function mixes what it loads into its result, so that a memory that is too small shows.

use super::generate::SplitMix;

/// A module with a memory of one page that only it can see.
pub(super) fn module(random: &mut SplitMix) -> Vec<u8> {
    let top = 64 + random.below(64) * 16;
    let callees = ["$read", "$write"].map(|name| callee(name, random));
    // One statement alone shows a bound that is too low by a byte, which others would cover.
    let alone = random.below(2) == 0;
    let count = if alone { 1 } else { 1 + random.below(3) };
    let functions: Vec<String> = (0..count).map(|i| function(i, alone, random)).collect();
    let at = if alone { 0 } else { random.below(600) };
    let text = format!(
        r#"(module (memory 1) (global $sp (mut i32) (i32.const {top}))
             (data (i32.const {at}) "sandgrain") {} {})"#,
        callees.concat(),
        functions.concat(),
    );
    wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A function that gets a pointer, and uses some bytes from there on.
fn callee(name: &str, random: &mut SplitMix) -> String {
    let offset = random.below(40);
    format!(
        r#"(func {name} (param i32 i32) (result i32)
             (i32.store8 offset={offset} (local.get 0) (local.get 1))
             (i32.add (i32.load8_u offset={offset} (local.get 0)) (local.get 1)))"#
    )
}

/// An exported function of two numbers, with a frame on the stack in memory. Local 2 is the result, 3 the frame, 4 and 5 are
/// variables of loops, 6 is an index that a comparison bounds.
fn function(number: u64, alone: bool, random: &mut SplitMix) -> String {
    let frame = 16 * random.below(5);
    let statements: Vec<String> =
        (0..if alone { 1 } else { 1 + random.below(4) }).map(|_| statement(frame, random)).collect();
    format!(
        r#"(func (export "f{number}") (param i32 i32) (result i32) (local i32 i32 i32 i32 i32)
             (global.set $sp (local.tee 3 (i32.sub (global.get $sp) (i32.const {frame}))))
             {}
             (global.set $sp (i32.add (local.get 3) (i32.const {frame})))
             (local.get 2))"#,
        statements.concat()
    )
}

fn statement(frame: u64, random: &mut SplitMix) -> String {
    match random.below(12) {
        0 | 1 => access(&address(frame, random), random),
        2 | 3 => guarded(random),
        4..=6 => counted(random),
        7 => {
            let (callee, pointer) = (["$read", "$write"][random.below(2) as usize], address(frame, random));
            mix(&format!("(call {callee} {pointer} (local.get 1))"))
        }
        8 => {
            let (at, mask) = (random.below(900), ones(random));
            format!("(memory.fill (i32.const {at}) (local.get 0) (i32.and (local.get 1) (i32.const {mask})))")
        }
        9 => {
            let (to, from, length) = (random.below(900), random.below(900), random.below(64));
            format!("(memory.copy (i32.const {to}) {} (i32.const {length}))", masked(from, random))
        }
        10 => branched(frame, random),
        _ => format!("(local.set {} {})", random.below(2), value(random)),
    }
}

/// Any number.
fn value(random: &mut SplitMix) -> String {
    let local = format!("(local.get {})", [0, 1, 2][random.below(3) as usize]);
    match random.below(5) {
        0 => format!("(i32.mul {local} (i32.const {}))", random.next() as i32),
        1 => format!("(i32.xor {local} (i32.const {}))", random.next() as i32),
        2 => format!("(i32.sub (i32.const {}) {local})", random.below(100)),
        _ => local,
    }
}

fn ones(random: &mut SplitMix) -> u64 {
    (1 << (1 + random.below(9))) - 1
}

fn masked(from: u64, random: &mut SplitMix) -> String {
    format!("(i32.add (i32.and {} (i32.const {})) (i32.const {from}))", value(random), ones(random))
}

/// An address with a bound, or one in twenty-five without.
fn address(frame: u64, random: &mut SplitMix) -> String {
    let (at, number) = (random.below(900), value(random));
    match random.below(25) {
        0 => number,
        // Beyond any memory of a page.
        1 => format!("(i32.const {})", 65_536 + random.below(1 << 30)),
        2 => format!("(i32.sub (i32.and {number} (i32.const 31)) (i32.const 33))"),
        // Sometimes beyond.
        3 => format!("(i32.sub (i32.and {number} (i32.const 31)) (i32.const 20))"),
        4..=6 => format!("(i32.const {at})"),
        7 | 8 => format!("(i32.rem_u {number} (i32.const {}))", 1 + at),
        9 | 10 => format!("(i32.shr_u {number} (i32.const {}))", 22 + random.below(9)),
        11 => format!("(i32.mul (i32.load8_u (i32.const {at})) (i32.const {}))", random.below(6)),
        12 | 13 => {
            let most = random.below(700);
            format!("(select {number} (i32.const {most}) (i32.lt_u {number} (i32.const {most})))")
        }
        14 | 15 => format!("(i32.shl (i32.and {number} (i32.const {})) (i32.const 2))", ones(random)),
        16..=19 if frame > 0 => format!("(i32.add (local.get 3) (i32.and {number} (i32.const {})))", frame - 1),
        _ => masked(at, random),
    }
}

/// A load or store at `address`.
fn access(address: &str, random: &mut SplitMix) -> String {
    let offset = [0, 4, 8, 60, 200, 65_536][random.below(40).min(5) as usize % 6] * u64::from(random.below(3) > 0);
    match random.below(8) {
        0 => format!("(i32.store offset={offset} {address} (local.get 0))"),
        1 => format!("(i32.store8 offset={offset} {address} (local.get 1))"),
        2 => format!("(i64.store offset={offset} {address} (i64.extend_i32_s (local.get 2)))"),
        3 => mix(&format!("(i32.load8_u offset={offset} {address})")),
        4 => mix(&format!("(i32.load16_s offset={offset} {address})")),
        5 => mix(&format!("(i32.wrap_i64 (i64.load offset={offset} {address}))")),
        _ => mix(&format!("(i32.load offset={offset} {address})")),
    }
}

fn mix(value: &str) -> String {
    format!("(local.set 2 (i32.add (i32.rotl (local.get 2) (i32.const 5)) {value}))")
}

/// An access in the arm of a comparison of its index.
fn guarded(random: &mut SplitMix) -> String {
    let limit = 1 + random.below(40);
    let condition = match random.below(6) {
        0 => format!("(i32.le_u (local.get 6) (i32.const {limit}))"),
        1 => format!("(i32.gt_u (i32.const {limit}) (local.get 6))"),
        2 => format!("(i32.lt_s (local.get 6) (i32.const {limit}))"),
        3 => format!("(i32.eqz (i32.ge_u (local.get 6) (i32.const {limit})))"),
        _ => format!("(i32.lt_u (local.get 6) (i32.const {limit}))"),
    };
    let then = access("(local.get 6)", random);
    // Near the limit often enough, and then also used where the comparison does not hold.
    let (index, otherwise) = match random.below(4) {
        0 => (value(random), String::new()),
        _ => {
            let near = format!("(i32.add (i32.rem_u {} (i32.const 3)) (i32.const {}))", value(random), limit - 1);
            let otherwise = if random.below(2) == 0 { access("(local.get 6)", random) } else { String::new() };
            (near, otherwise)
        }
    };
    format!("(local.set 6 {index}) (if {condition} (then {then}) (else {otherwise}))")
}

/// A loop over an index, with a second variable that has no comparison of its own.
fn counted(random: &mut SplitMix) -> String {
    let (start, step, turns) = (random.below(50), 1 + random.below(4), 1 + random.below(40));
    let end = start + step * turns;
    let (stride, base) = (random.below(6) as i64 - 2, 100 + random.below(300));
    let next = format!("(local.tee 4 (i32.add (local.get 4) (i32.const {step})))");
    let condition = match random.below(4) {
        0 => format!("(i32.ne {next} (i32.const {end}))"),
        1 => format!("(i32.lt_s {next} (i32.const {end}))"),
        2 => format!("(i32.sub {next} (i32.const {end}))"),
        _ => format!("(i32.lt_u {next} (i32.const {end}))"),
    };
    let other = if random.below(2) == 0 { "(local.get 5)" } else { "(local.get 4)" };
    format!(
        "(local.set 4 (i32.const {start})) (local.set 5 (i32.const {base}))
         (loop $l {} {} (local.set 5 (i32.add (local.get 5) (i32.const {stride}))) (br_if $l {condition}))",
        access("(local.get 4)", random),
        access(other, random),
    )
}

/// One of two addresses, by a branch.
fn branched(frame: u64, random: &mut SplitMix) -> String {
    let (one, other) = (address(frame, random), address(frame, random));
    let joined = format!("(if (result i32) {} (then {one}) (else {other}))", value(random));
    access(&joined, random)
}
