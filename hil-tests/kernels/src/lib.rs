#![no_std]
#![forbid(unsafe_code)]
//! Small computations that tests count with, as modules. The benchmark has its own, in `hil-tests/bench`.
//!
//! Each is `(i32) -> i32`; the argument scales the work, the result depends on all of it.

/// A kernel.
pub type Kernel = fn(i32) -> i32;

/// Every kernel, by name.
pub const ALL: &[(&str, Kernel)] = &[("fib", fib), ("crc32", crc32), ("matmul", matmul)];

/// The `n`th Fibonacci number modulo 2^32, by double recursion: calls and little else.
#[inline(never)]
pub fn fib(n: i32) -> i32 {
    if n < 2 { n } else { fib(n - 1).wrapping_add(fib(n - 2)) }
}

/// Polynomial of CRC-32/ISO-HDLC, reflected.
const POLYNOMIAL: u32 = 0xEDB8_8320;

static CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut crc = i as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ POLYNOMIAL } else { crc >> 1 };
            bit += 1;
        }
        table[i] = crc;
        i += 1;
    }
    table
};

fn crc(start: u32, bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!start, |crc, byte| CRC_TABLE[(crc as u8 ^ byte) as usize] ^ crc >> 8)
}

/// Next of a sequence that looks random (Marsaglia's xorshift).
fn xorshift(state: &mut u32) -> u32 {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    *state
}

/// CRC-32 of `n` times 1 KiB: byte loads, table look-ups, shifts.
#[inline(never)]
pub fn crc32(n: i32) -> i32 {
    let mut state = 1;
    let block: [u8; 1024] = core::array::from_fn(|_| xorshift(&mut state) as u8);
    (0..n).fold(0, |sum, _| crc(sum, &block)) as i32
}

/// Rows and columns of [`matmul`]'s matrices.
const N: usize = 16;

type Matrix = [[i32; N]; N];

fn product(a: &Matrix, b: &Matrix, c: &mut Matrix) {
    for (row, out) in a.iter().zip(c) {
        for (column, out) in out.iter_mut().enumerate() {
            *out = row.iter().zip(b).fold(0i32, |sum, (x, y)| sum.wrapping_add(x.wrapping_mul(y[column])));
        }
    }
}

/// `2n` products of 16 × 16 matrices: multiplications and strided loads.
#[inline(never)]
pub fn matmul(n: i32) -> i32 {
    let mut state = 1;
    // Filled in place: three matrices are most of the stack that a small module has.
    let (mut a, mut b, mut c) = ([[0; N]; N], [[0; N]; N], [[0; N]; N]);
    for x in a.iter_mut().chain(&mut b).flatten() {
        *x = xorshift(&mut state) as i32;
    }
    for _ in 0..n {
        product(&a, &b, &mut c);
        product(&c, &b, &mut a);
    }
    a.iter().flatten().fold(0, |sum, &x| sum.rotate_left(1).wrapping_add(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc_has_its_check_value() {
        assert_eq!(crc(0, b"123456789"), 0xCBF4_3926);
        assert_eq!(crc(crc(0, b"1234"), b"56789"), 0xCBF4_3926);
    }

    #[test]
    fn fib_is_fib() {
        assert!((0..10).map(fib).eq([0, 1, 1, 2, 3, 5, 8, 13, 21, 34]));
    }

    #[test]
    fn a_product_with_the_unit_matrix_changes_nothing() {
        let a: Matrix = core::array::from_fn(|i| core::array::from_fn(|j| (i * 31 + j * 7) as i32 - 100));
        let unit: Matrix = core::array::from_fn(|i| core::array::from_fn(|j| (i == j) as i32));
        let mut c = [[0; N]; N];
        product(&a, &unit, &mut c);
        assert_eq!(c, a);
        product(&a, &a, &mut c);
        assert_eq!(c[2][3], (0..N).map(|k| a[2][k] * a[k][3]).sum::<i32>());
        assert_ne!(matmul(1), matmul(2));
    }
}
