//! Daemons, modules for them, and a controller.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use sandgrain_artifact::{SigningKey, keys};
use sandgrain_cli::boards::Board;
use sandgrain_cli::controller::{Deed, Session, Sight};
use sandgrain_cli::deploy::{Audience, Follow, Line, Outcome, Package, Request, deploy};
use sandgrain_cli::module_file::ModuleFile;
use sandgrain_proc::{Output, Process, tools};
use tempfile::TempDir;
use tokio::time::Instant;

/// Name of every test's module.
pub const SLOT: &str = "app";
/// How long anything may take.
pub const LIMIT: Duration = Duration::from_secs(30);

/// Signs what the daemons trust.
pub fn fleet_key() -> SigningKey {
    SigningKey::from_bytes(&[0x51; 32])
}

/// How a daemon's program is started, up to its arguments.
#[derive(Debug, Clone)]
pub struct Program(Vec<OsString>);

impl Program {
    /// The one for this computer.
    pub fn own() -> Program {
        Program(vec![env!("CARGO_BIN_EXE_sandgrain-agentd").into()])
    }

    /// Those for other processors that QEMU runs as processes. `./dev test parts` builds them and sets
    /// SANDGRAIN_REQUIRE_PARTS; otherwise they are passed over, since what lies there may be old.
    ///
    /// # Panics
    /// If one or its emulator is missing then.
    pub fn others() -> Vec<(&'static str, Program)> {
        let mut boards: Vec<_> = Board::all().iter().filter(|b| b.emulator.process).collect();
        boards.retain(|board| !board.emulator.is_this_computer());
        if std::env::var_os("SANDGRAIN_REQUIRE_PARTS").is_none_or(|value| value != "1") {
            for board in &boards {
                let _ =
                    writeln!(std::io::stderr(), "SKIPPED the agent on {board}: `./dev test parts` builds and runs it");
            }
            return Vec::new();
        }
        let program = |board: &&'static Board| {
            let emulator = tools::find_program(&board.emulator.program).expect("`./dev setup` installs it");
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../boards/target");
            let daemon = folder.join(&board.triple).join("release/sandgrain-agentd");
            assert!(daemon.is_file(), "there is no {}: `./dev test parts` builds it", daemon.display());
            let machine = board.emulator.machine.iter().map(Into::into);
            (board.name, Program([emulator.into()].into_iter().chain(machine).chain([daemon.into()]).collect()))
        };
        boards.iter().map(program).collect()
    }

    /// A command without the daemon's arguments.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.0[0]);
        command.args(&self.0[1..]);
        command
    }
}

/// A daemon's files, and its process while it runs.
pub struct Daemon {
    name: &'static str,
    program: Program,
    folder: TempDir,
    arguments: Vec<String>,
    process: Option<Process>,
    log: Arc<Mutex<String>>,
}

impl Daemon {
    /// A new device with these options beside those that every test needs, not started.
    pub fn new(name: &'static str, program: Program, arguments: &[&str]) -> Daemon {
        let folder = tempfile::tempdir().unwrap();
        let public = keys::public_key_text(&keys::public_key(&fleet_key()));
        fs::write(folder.path().join("fleet.pub"), public).unwrap();
        let file = format!(
            "device = '{name}'\ntrust = ['fleet.pub']\nstate = 'state'\nheartbeat = 1\ntrial = 5\nperiod = 20\ncall-limit = 300\n"
        );
        fs::write(folder.path().join("agentd.toml"), file).unwrap();
        let arguments = arguments.iter().map(|a| (*a).to_owned()).collect();
        Daemon { name, program, folder, arguments, process: None, log: Arc::default() }
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Starts it, with what it had when it ended last.
    pub fn start(&mut self) {
        let mut command = self.program.command();
        command.arg("--config").arg(self.path().join("agentd.toml")).args(&self.arguments);
        let mut process = Process::spawn(command, Output::Piped).unwrap();
        for pipe in [process.take_stderr().map(lines), process.take_stdout().map(lines)].into_iter().flatten() {
            let log = Arc::clone(&self.log);
            thread::spawn(move || pipe.for_each(|line| log.lock().unwrap().push_str(&(line + "\n"))));
        }
        self.process = Some(process);
    }

    /// Ends it as systemd does.
    pub fn terminate(&mut self) -> ExitStatus {
        let mut process = self.process.take().expect("it was started");
        process.terminate().unwrap();
        process.wait_for(LIMIT).unwrap()
    }

    /// Pulls the plug.
    pub fn kill(&mut self) {
        self.process.take().expect("it was started").kill();
    }

    /// What it has said so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until it has said something.
    pub async fn until_said(&self, what: &str) {
        let deadline = Instant::now() + LIMIT;
        while !self.log().contains(what) {
            assert!(Instant::now() < deadline, "{}: {what:?} was not said:\n{}", self.name, self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The files in its store.
    pub fn stored(&self) -> Vec<PathBuf> {
        let folder = self.path().join("state").join(format!("{SLOT}.module"));
        fs::read_dir(folder).map(|all| all.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("-- {} said:\n{}", self.name, self.log());
        }
    }
}

fn lines(pipe: impl std::io::Read + Send + 'static) -> Box<dyn Iterator<Item = String> + Send> {
    Box::new(BufReader::new(pipe).lines().map_while(Result::ok))
}

/// A module that publishes `word` under the topic `word` at each tick, with so many bytes of data that it does not use.
pub fn speaks(word: &str, data: usize) -> String {
    let (len, more) = (word.len(), "x".repeat(data));
    format!(
        r#"(module
             (import "env" "publish" (func $publish (param i32 i32 i32 i32) (result i32)))
             (memory (export "memory") 8)
             (data (i32.const 16) "word{word}") (data (i32.const 4096) "{more}")
             (func (export "on_tick")
               (drop (call $publish (i32.const 16) (i32.const 4) (i32.const 20) (i32.const {len})))))"#
    )
}

/// A module that does this at each tick.
pub fn does(code: &str) -> String {
    format!(
        r#"(module (func $deep (param i32) (if (local.get 0) (then {code}))) (func (export "on_tick") (call $deep (i32.const 1))))"#
    )
}

/// What to deploy of a module in text form, signed by the fleet's key.
pub fn package(wat: &str, counter: u32) -> Package {
    Package {
        path: "test.wat".into(),
        module: ModuleFile::Wasm(wat::parse_str(wat).unwrap()),
        slot: SLOT.into(),
        version: None,
        counter: Some(counter),
        key: Some(fleet_key()),
    }
}

/// Remembers what it was told.
#[derive(Default)]
pub struct Story {
    pub lines: Vec<String>,
}

impl Audience for Story {
    fn line(&mut self, device: &str, line: &Line) {
        self.lines.push(format!("{device}: {}", line.text));
    }
}

/// Deploys to one device, whose twin's topics have this namespace.
pub async fn deploy_to(session: &mut Session, package: &Package, device: &str) -> (Follow, Story) {
    let devices = [device.to_owned()];
    let request = Request { namespace: Some("default"), devices: &devices, target: None, limit: Some(LIMIT) };
    let mut story = Story::default();
    let mut follows = deploy(session, package, &request, &mut story).await.unwrap();
    (follows.remove(0), story)
}

/// Deploys to one device and compares the outcome.
pub async fn expect(session: &mut Session, package: &Package, device: &str, outcome: Outcome) -> Story {
    let (follow, story) = deploy_to(session, package, device).await;
    assert_eq!(follow.outcome, Some(outcome), "{:?}", story.lines);
    story
}

/// Waits for the device's module to say this.
pub async fn hear(session: &mut Session, device: &str, word: &str) {
    let deadline = Instant::now() + LIMIT;
    loop {
        let sight = session.next(deadline).await.unwrap();
        let Some(sight) = sight else { panic!("{device}'s module does not say {word:?}") };
        if let Sight::Device { device: from, what: Deed::Data { topic, payload } } = sight
            && (from.as_str(), topic.as_str(), &payload[..]) == (device, "word", word.as_bytes())
        {
            return;
        }
    }
}
