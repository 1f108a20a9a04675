//! An interpreter for a stack machine, dispatched through a table of functions: indirect calls, loads and stores. Its program
//! counts the primes below 200, n times.
#![no_std]

use base::{kernel, mix};

const STACK: usize = 16;
const LOCALS: usize = 4;

struct Machine {
    program: &'static [u8],
    pc: usize,
    stack: [i32; STACK],
    depth: usize,
    locals: [i32; LOCALS],
    steps: u32,
}

type Operation = fn(&mut Machine) -> bool;

impl Machine {
    fn operand(&mut self) -> u8 {
        let byte = self.program[self.pc];
        self.pc += 1;
        byte
    }

    fn push(&mut self, value: i32) {
        self.stack[self.depth % STACK] = value;
        self.depth += 1;
    }

    fn pop(&mut self) -> i32 {
        self.depth -= 1;
        self.stack[self.depth % STACK]
    }

    fn binary(&mut self, operation: impl Fn(i32, i32) -> i32) -> bool {
        let (right, left) = (self.pop(), self.pop());
        self.push(operation(left, right));
        true
    }
}

const CONST: u8 = 0;
const GET: u8 = 1;
const SET: u8 = 2;
const ADD: u8 = 3;
const MUL: u8 = 4;
const REM: u8 = 5;
const LESS: u8 = 6;
const JUMP: u8 = 7;
const JUMP_IF_ZERO: u8 = 8;
const HALT: u8 = 9;

static OPERATIONS: [Operation; 10] = [
    |m| {
        let value = m.operand();
        m.push(i32::from(value));
        true
    },
    |m| {
        let local = m.operand() as usize;
        m.push(m.locals[local % LOCALS]);
        true
    },
    |m| {
        let local = m.operand() as usize;
        m.locals[local % LOCALS] = m.pop();
        true
    },
    |m| m.binary(i32::wrapping_add),
    |m| m.binary(i32::wrapping_mul),
    |m| m.binary(i32::wrapping_rem),
    |m| m.binary(|a, b| i32::from(a < b)),
    |m| {
        m.pc = m.operand() as usize;
        true
    },
    |m| {
        let to = m.operand() as usize;
        if m.pop() == 0 {
            m.pc = to;
        }
        true
    },
    |_| false,
];

/// Locals: 0 the candidate, 1 the divisor, 2 how many primes there were.
#[rustfmt::skip]
static PRIMES: [u8; 61] = [
    /*  0 */ CONST, 2, SET, 0,
    /*  4 */ GET, 0, CONST, 200, LESS, JUMP_IF_ZERO, 60,
    /* 11 */ CONST, 2, SET, 1,
    /* 15 */ GET, 1, GET, 1, MUL, GET, 0, CONST, 1, ADD, LESS, JUMP_IF_ZERO, 44,
    /* 28 */ GET, 0, GET, 1, REM, JUMP_IF_ZERO, 51,
    /* 35 */ GET, 1, CONST, 1, ADD, SET, 1, JUMP, 15,
    /* 44 */ GET, 2, CONST, 1, ADD, SET, 2,
    /* 51 */ GET, 0, CONST, 1, ADD, SET, 0, JUMP, 4,
    /* 60 */ HALT,
];

fn count(n: i32) -> i32 {
    let mut sum = 0;
    for _ in 0..n {
        let mut machine =
            Machine { program: &PRIMES, pc: 0, stack: [0; STACK], depth: 0, locals: [0; LOCALS], steps: 0 };
        loop {
            let operation = machine.operand() as usize;
            machine.steps += 1;
            if !OPERATIONS[operation % OPERATIONS.len()](&mut machine) {
                break;
            }
        }
        sum = mix(sum, machine.steps ^ machine.locals[2] as u32);
    }
    sum as i32
}

kernel!(count);
