//! Whether the fuzzer's modules do anything: without a board.

use sandgrain_hil_tests::fuzz::{Histogram, Sample};

#[test]
fn samples_run_far_and_mostly_return() {
    let mut histogram = Histogram::default();
    for seed in 0..400 {
        histogram.add(&Sample::new(seed));
    }
    let (median, never) = (histogram.median(), histogram.never_executed());
    println!("{median} operators in the median, {} of {} calls return", histogram.returned, histogram.calls);
    println!("never executed: {never:?}");
    assert!(median >= 1_000, "{median}");
    assert!(histogram.returned * 10 >= histogram.calls * 7, "{} of {}", histogram.returned, histogram.calls);
    assert!(never.is_empty(), "{never:?}");
}
