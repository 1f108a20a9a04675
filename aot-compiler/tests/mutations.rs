//! Hostile input: whatever the bytes, the compiler returns. Mutations of valid modules, deterministic.

use sandgrain_compiler::{Category, Options, Target, compile};

/// xorshift64*: good enough to choose bytes, the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../hil-tests/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "wat"));
    paths.sort();
    paths.iter().map(|p| wat::parse_file(p).unwrap()).collect()
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..1 + random.below(4) {
        let at = random.below(bytes.len());
        match random.below(6) {
            0 => bytes[at] = random.below(256) as u8,
            1 => bytes[at] ^= 1 << random.below(8),
            2 => drop(bytes.remove(at)),
            3 => bytes.insert(at, random.below(256) as u8),
            4 => bytes.truncate(at.max(8)),
            _ => {
                let from = random.below(bytes.len());
                bytes[at] = bytes[from];
            }
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
}

#[test]
fn mutated_modules_never_panic_nor_blame_the_compiler() {
    let seeds = seeds();
    let mut random = Random(0x5EED_0001);
    let (mut compiled, mut refused) = (0, 0);
    for round in 0..3000 {
        let mut wasm = seeds[round % seeds.len()].clone();
        mutate(&mut wasm, &mut random);
        let target = Target::ALL[random.below(Target::ALL.len())];
        match compile(&wasm, &Options::new(target)) {
            Ok(_) => compiled += 1,
            Err(e) => {
                refused += 1;
                assert_ne!(e.category(), Category::Internal, "round {round}: {e}");
                assert!(e.offset().is_some() || e.category() == Category::Limit, "round {round}: {e} has no place");
            }
        }
    }
    assert!(
        compiled > 100 && refused > 1000,
        "{compiled} compiled, {refused} refused: mutations are too kind or too wild"
    );
}
