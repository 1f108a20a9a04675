//! Smaller samples: of the bytes that wasm-smith chose from, as many as possible are cut off or made zero, each of which
//! tends to make the module simpler.

use super::Sample;

/// The smallest sample found of which `differs` still holds.
pub(super) fn minimise(sample: &Sample, differs: impl Fn(&Sample) -> bool) -> Sample {
    let mut best = sample.clone();
    let mut size = best.choices.len() / 2;
    while size > 0 {
        let mut at = best.choices.len().saturating_sub(size);
        loop {
            for candidate in [without(&best.choices, at, size), zeroed(&best.choices, at, size)] {
                let Some(candidate) = candidate.and_then(|choices| Sample::of_choices(best.seed, choices)) else {
                    continue;
                };
                if weight(&candidate) < weight(&best) && differs(&candidate) {
                    best = candidate;
                    break;
                }
            }
            if at == 0 {
                break;
            }
            at = at.min(best.choices.len()).saturating_sub(size);
        }
        size /= 2;
    }
    best
}

/// Bytes of the module, then bytes that decided something.
fn weight(sample: &Sample) -> (usize, usize, usize) {
    let set = sample.choices.iter().filter(|byte| **byte != 0).count();
    (sample.wasm.len(), sample.choices.len(), set)
}

fn without(choices: &[u8], at: usize, size: usize) -> Option<Vec<u8>> {
    let end = at.checked_add(size).filter(|end| *end <= choices.len())?;
    Some([&choices[..at], &choices[end..]].concat())
}

fn zeroed(choices: &[u8], at: usize, size: usize) -> Option<Vec<u8>> {
    let mut zeroed = choices.to_vec();
    zeroed.get_mut(at..at.checked_add(size)?)?.fill(0);
    Some(zeroed)
}
