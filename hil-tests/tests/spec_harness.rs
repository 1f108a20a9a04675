//! The harness of the specification's tests, on an engine that is known to pass them: what fails here is the harness's
//! fault.

use sandgrain_hil_tests::executor::Wasmi;
use sandgrain_hil_tests::script::Step;
use sandgrain_hil_tests::spec::{self, Plan};

#[test]
fn wasmi_passes_what_the_plans_ask_for() {
    let mut tally = spec::Tally::default();
    for file in spec::files() {
        let plan = Plan::of(&file);
        tally.add(spec::check(&plan, &Wasmi));
    }
    println!("{tally}");
    assert!(tally.failures.is_empty(), "{} failures:\n{}", tally.failures.len(), tally.failures.join("\n"));
    // Version 2.0 without SIMD has 26,710 assertions, 2,771 of them about refused modules; the proposals add to that.
    assert!(tally.executed > 23_900, "only {} executed", tally.executed);
}

#[test]
fn instances_are_forgotten_when_nothing_needs_them() {
    for file in spec::files() {
        let plan = Plan::of(&file);
        let mut alive = 0;
        let mut most = 0;
        for planned in &plan.steps {
            match planned.step {
                Step::Forget => alive = 0,
                Step::Instantiate { .. } => alive += 1,
                _ => {}
            }
            most = most.max(alive);
        }
        println!("{most:4} {}", plan.file);
        assert!(most <= 128, "{} keeps {most} instances", plan.file);
    }
}
