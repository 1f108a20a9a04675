//! Builds the firmware in C and shows what it says. `./dev c-firmware` builds its library and calls it.

use std::process::ExitCode;

use sandgrain_hil_tests::c_firmware;

fn main() -> ExitCode {
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => {
            eprintln!("error: no temporary folder: {error}");
            return ExitCode::FAILURE;
        }
    };
    match c_firmware::build(folder.path()).and_then(|elf| c_firmware::run(&elf)) {
        Ok(output) => {
            print!("{output}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}
