//! What `./dev` calls: set up, build, test.

mod bench;
mod compile_time;
mod deep;
mod demo;
mod firmware;
mod paths;
mod sandgrain;
mod setup;
mod sizes;
mod step;
mod suite;
mod tidy;
mod toolchain;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use firmware::Board;
use setup::Purpose;

const EXAMPLES: &str = "\
Examples:
  ./dev demo                       the main job, on two emulated devices
  ./dev setup --check              what is here and what is missing
  ./dev test                       everything, from nothing; ./dev test --list
  ./dev test fmt tidy              two stages of it
  ./dev firmware --board qemu-riscv32-virt
  ./dev spec --all                 the specification's tests, executed on every target
  ./dev fuzz --target rv32imac --runs 2000
  ./dev mutants                    deliberate miscompiles, and which suite notices each
  ./dev bench                      modules beside native code: executed instructions, bytes
  ./dev powercut                   the slot store, with the power cut at every flash operation
  ./dev firmware --target rv32imc  what runs modules on a part beside the demo's two
  ./dev sandgrain --help           the tool itself, built first if need be

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 something has to be installed by you (the message says what).";

/// Everything that a developer of Sandgrain runs. What a command needs and the machine lacks is installed first.
#[derive(Parser)]
#[command(name = "./dev", bin_name = "./dev", after_help = EXAMPLES, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing (Debian, Ubuntu) or name it (elsewhere), and say what was found
    Setup {
        /// Change nothing: exit with code 3 if something is missing
        #[arg(long)]
        check: bool,
    },
    /// The main job on emulated devices: deploy, replace live, revert, refuse
    Demo {
        /// Only this board (may be repeated)
        #[arg(long = "board", value_name = "BOARD")]
        boards: Vec<String>,
        /// Switch a protection off (signature, revert or quarantine) to see the demo notice: it exits 1
        #[arg(long = "break", value_name = "PROTECTION")]
        without: Option<String>,
        /// Show the devices' logs
        #[arg(long)]
        logs: bool,
    },
    /// Run the quick suite, or some of its stages and what they need
    Test {
        /// Only say which stages there are
        #[arg(long)]
        list: bool,
        #[arg(value_name = "STAGE")]
        stages: Vec<String>,
    },
    /// Build the firmwares of the demo's boards, or those that are named
    Firmware {
        /// Only this board (may be repeated)
        #[arg(long = "board", value_name = "BOARD")]
        boards: Vec<String>,
        /// As this part, of those that `sandgrain boards` lists, and not as the board's default one
        #[arg(long, value_name = "TARGET")]
        target: Option<String>,
        /// Every board as every part
        #[arg(long, conflicts_with_all = ["boards", "target"])]
        all: bool,
        /// The network-free firmware with the interpreter in it, once without validation and once with it
        #[arg(long, conflicts_with_all = ["target", "all"])]
        interpreter: bool,
        /// The network-free firmware that contains modules by MPU or PMP
        #[arg(long, conflicts_with_all = ["target", "all", "interpreter"])]
        containment: bool,
    },
    /// Execute the WebAssembly specification's tests on emulated targets; last line: TARGET passed/total
    Spec(deep::Spec),
    /// Compare random modules on a target with wasmi; last line: TARGET runs=N differences=D
    Fuzz(deep::Fuzz),
    /// Open and instantiate mutated artifacts; prints how far they got
    FuzzArtifact(deep::FuzzArtifact),
    /// Have modules published on npm do their job on emulated targets, with the same outcomes as on wasmi
    Modules(deep::Modules),
    /// Make, use and give up instances for an hour of the boards' time; fails if a call ends otherwise or RAM is not flat
    Soak(deep::Soak),
    /// Count how often the suites take each of the compiler's lowering rules; fails if one is never taken
    Rules,
    /// Plant each deliberate fault of the compiler and list which suite notices; fails if one survives
    Mutants(deep::Mutants),
    /// Take the power away at every flash operation of an update, and of the recovery; --help says what else
    #[command(disable_help_flag = true)]
    Powercut {
        /// Kill the RV32 board's QEMU at so many random moments of updates instead, its flash a file
        #[arg(long, value_name = "N")]
        qemu: Option<u32>,
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGS")]
        args: Vec<String>,
    },
    /// Executed instructions and bytes of kernels as modules, beside native code of the same source
    Bench(bench::Bench),
    /// Time and peak memory of compiling a 700 KB module, beside Wasmtime
    CompileTime(compile_time::CompileTime),
    /// Build the wasm modules that tests and the demo run
    Guests,
    /// Build the library for C, and a firmware in C on it, and run that
    CFirmware,
    /// Flash and RAM of the firmwares by groups of crates, against tools/xtask/budgets.toml
    Sizes {
        /// Only this board (may be repeated)
        #[arg(long = "board", value_name = "BOARD")]
        boards: Vec<String>,
    },
    /// Check the tree's invariants: dependencies of device crates, unsafe, file sizes, licences, ARCHITECTURE.md
    Tidy,
    /// Build the `sandgrain` command and run it with these arguments
    #[command(disable_help_flag = true)]
    Sandgrain {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGS")]
        args: Vec<String>,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = sandgrain_proc::kill_children_on_signals().map_err(Into::into).and_then(|()| run(cli.command));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            if error.is::<setup::ForTheUser>() { ExitCode::from(3) } else { ExitCode::FAILURE }
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Setup { check } => setup::run(check),
        Task::Demo { boards, without, logs } => demo::run(&demo::Options { boards, without, logs }),
        Task::Test { list: true, .. } => {
            suite::list();
            Ok(())
        }
        Task::Test { stages, .. } => suite::run(&stages),
        Task::Firmware { boards, interpreter: true, .. } => {
            setup::ensure(&[Purpose::Build])?;
            firmware::build_interpreter(&Board::named(&boards)?)
        }
        Task::Firmware { boards, containment: true, .. } => {
            setup::ensure(&[Purpose::Build])?;
            firmware::build_containment(&Board::named(&boards)?)
        }
        Task::Firmware { boards, target, all, .. } => {
            let boards = match target {
                _ if all => Board::all()?,
                Some(target) => Board::with_target(&boards, &target)?,
                None => Board::named(&boards)?,
            };
            let others = boards.iter().any(|board| !board.has_network).then_some(Purpose::BuildOthers);
            setup::ensure(&[Purpose::Build].into_iter().chain(others).collect::<Vec<_>>())?;
            firmware::build(&boards)?;
            for board in boards {
                for firmware in board.firmwares()? {
                    println!("{board}: {}", board.output(&firmware).display());
                }
            }
            Ok(())
        }
        Task::Spec(options) => deep::spec(&options),
        Task::Fuzz(options) => deep::fuzz(&options),
        Task::FuzzArtifact(options) => deep::fuzz_artifact(&options),
        Task::Modules(options) => deep::modules(&options),
        Task::Soak(options) => deep::soak(&options),
        Task::Rules => deep::rules(),
        Task::Mutants(options) => deep::mutants(&options),
        Task::Powercut { qemu: Some(rounds), .. } => deep::powercut_qemu(rounds),
        Task::Powercut { args, .. } => deep::powercut(&args),
        Task::Bench(options) => bench::run(&options),
        Task::CompileTime(options) => compile_time::run(&options),
        Task::Guests => {
            setup::ensure(&[Purpose::Build])?;
            firmware::build_guests()?;
            println!("{}", firmware::guest_output().display());
            Ok(())
        }
        Task::CFirmware => deep::c_firmware(),
        Task::Sizes { boards } => {
            let boards = Board::named(&boards)?;
            setup::ensure(&[Purpose::Build])?;
            firmware::build(&boards)?;
            firmware::build_interpreter(&boards)?;
            sizes::run(&boards)
        }
        Task::Tidy => tidy::run(),
        Task::Sandgrain { args } => sandgrain::exec(&args),
    }
}
