use std::println;

use super::*;

fn quiet(_: usize, _: usize) {}

fn tell(report: &Report) {
    for Loss { case, why } in &report.losses {
        println!("{case}: {why}");
        if let Err((story, _)) = replay(case, None) {
            story.iter().for_each(|line| println!("{line}"));
        }
    }
}

#[test]
fn nothing_is_lost_wherever_the_power_fails() {
    let report = explore(&Plan::short(), &quiet);
    tell(&report);
    let total = report.total();
    assert_eq!(total.lost, 0, "see above; `./dev powercut --replay CASE` does it again");
    assert_eq!(report.tallies.len(), Geometry::ALL.len() * Path::ALL.len());
    assert!(report.tallies.values().all(|tally| tally.single > 5 && tally.double > 0), "{report:?}");
    assert!(total.single > 4000 && total.double > 1000, "{total:?}");
}

#[test]
fn cases_are_read_as_they_are_written() {
    let text = "8B-2K/revert/room=1/seed=7/17:flicker/4:ecc";
    let case = Case::parse(text).unwrap();
    assert_eq!(case.to_string(), text);
    assert_eq!(case.first, Some(Cut { at: 17, tear: Tear::Flicker }));
    for wrong in ["", "8B", "8B-2K", "8B-2K/x", "8B-2K/revert/room=x", "8B-2K/revert/1", "8B-2K/revert/1:x"] {
        assert!(Case::parse(wrong).is_err(), "{wrong}");
    }
    assert!(Case::parse("8B-2K/revert/1:ecc/2:ecc/3:ecc").is_err());
}

#[test]
fn a_case_is_a_run() {
    let case = Case::parse("8B-2K/update/room=2/seed=3/60:burst/9:flicker").unwrap();
    let stories = [0, 1].map(|_| replay(&case, None).unwrap());
    assert!(stories[0] == stories[1] && stories[0].len() > 50);
}

#[test]
fn every_fault_is_found() {
    for fault in Fault::ALL {
        let paths = match fault {
            Fault::CommitBeforeVerify => Path::Defect,
            Fault::EraseBeforeCopy => Path::Update,
            Fault::MarkBeforeChunk => Path::Download,
            Fault::CounterAtInstall => Path::Confirm,
            Fault::QuarantineAfterRevert => Path::Revert,
            Fault::KeysOneByOne => Path::Rotate,
        };
        let geometries = [Geometry::Word8].to_vec();
        let plan = Plan { first_step: 1, second_step: 50, paths: [paths].to_vec(), geometries, ..Plan::short() };
        let sound = explore(&plan, &quiet);
        assert_eq!(sound.total().lost, 0, "{fault:?}: {:?}", sound.losses);
        let report = explore(&Plan { fault: Some(fault), ..plan }, &quiet);
        assert!(report.total().lost > 0, "{fault:?} is not found");
        // The case that is named does it again, and tells why.
        let Loss { case, why } = &report.losses[0];
        let (story, again) = replay(case, Some(fault)).unwrap_err();
        assert!(again == *why && story.len() > 3, "{case}: {why}, and then {again}");
        assert!(replay(case, None).is_ok());
    }
}
