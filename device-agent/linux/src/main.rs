//! `sandgrain-agentd`; everything is in the library.

use std::process::ExitCode;

use clap::Parser;
use sandgrain_agentd::config::Args;
use sandgrain_agentd::session;

/// Wrong options; what systemd need not try again.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let args = Args::parse();
    let check = args.check;
    let setup = match args.setup() {
        Ok(setup) => setup,
        Err(why) => {
            eprintln!("error: {why}");
            return ExitCode::from(USAGE);
        }
    };
    if check {
        println!("{} is well configured", setup.device);
        return ExitCode::SUCCESS;
    }
    match session::run(&setup) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
