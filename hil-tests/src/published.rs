//! Modules that others have published on npm, doing their job: a hash of known text, the parse of an HTTP request, the
//! decoding of a picture.
//!
//! Each job is rehearsed on wasmi, step by step, since what one step returns (an address, mostly) goes into the next; the
//! script that comes of it is then executed elsewhere, with equal outcomes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use sandgrain_run_protocol::{MAX_READ, Value};

use crate::executor::{Executor, Wasmi};
use crate::script::{Outcome, Script, Step};

/// Longest time that a download may take.
const DOWNLOAD: Duration = Duration::from_secs(120);

/// A job, rehearsed.
#[derive(Debug, Clone)]
pub struct Job {
    /// The package's name and version.
    pub package: &'static str,
    /// What is done, in words.
    pub what: String,
    /// The steps; module 0 is the published one.
    pub script: Script,
    /// What wasmi made of them.
    pub outcomes: Vec<Outcome>,
}

/// Every job; packages are kept in `folder`.
///
/// # Errors
/// If a package cannot be had, or a job's result is not what it has to be.
pub fn jobs(folder: &Path) -> Result<Vec<Job>, String> {
    Ok(vec![hash(folder)?, parse(folder)?, decode(folder)?])
}

/// Where a file of an npm package is, fetched if it is not in `folder` yet. No script of the package is run.
///
/// # Errors
/// What npm or tar say.
pub fn fetch(folder: &Path, package: &str, file: &str) -> Result<PathBuf, String> {
    let place = folder.join(package.replace(['@', '/'], "-"));
    let path = place.join("package").join(file);
    if !path.is_file() {
        std::fs::create_dir_all(&place).map_err(|e| format!("{}: {e}", place.display()))?;
        let mut npm = Command::new("npm");
        npm.args(["pack", "--ignore-scripts", "--silent", package]).current_dir(&place);
        let packed = run(npm)?;
        let archive = packed.lines().last().unwrap_or_default().trim().to_owned();
        let mut tar = Command::new("tar");
        tar.args(["-xzf", &archive]).current_dir(&place);
        run(tar)?;
    }
    std::path::absolute(&path).map_err(|e| format!("{}: {e}", path.display()))
}

fn read(folder: &Path, package: &str, file: &str) -> Result<Vec<u8>, String> {
    let path = fetch(folder, package, file)?;
    std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))
}

fn run(command: Command) -> Result<String, String> {
    let program = PathBuf::from(command.get_program());
    let captured = sandgrain_proc::capture(command, DOWNLOAD).map_err(|e| e.to_string())?;
    if !captured.status.success() {
        let why = String::from_utf8_lossy(&captured.stderr);
        return Err(format!("{} failed: {}", program.display(), why.trim()));
    }
    Ok(String::from_utf8_lossy(&captured.stdout).into_owned())
}

/// A rehearsal: every step is carried out at once, together with those before it.
struct Rehearsal {
    script: Script,
    outcomes: Vec<Outcome>,
}

impl Rehearsal {
    /// With the host's module, if there is one, registered as "env".
    fn new(wasm: Vec<u8>, env: Option<&str>) -> Rehearsal {
        let mut modules = vec![wasm];
        modules.extend(env.map(|text| wat::parse_str(text).expect("the host's module is one")));
        Rehearsal { script: Script { modules, ..Script::default() }, outcomes: Vec::new() }
    }

    fn step(&mut self, step: Step) -> Result<Outcome, String> {
        self.script.steps.push(step);
        self.outcomes = Wasmi.execute(&self.script);
        match self.outcomes.last() {
            Some(Outcome::Refused(why)) => Err(why.clone()),
            Some(outcome) => Ok(outcome.clone()),
            None => Err("no outcome".to_owned()),
        }
    }

    fn call(&mut self, instance: usize, function: &str, arguments: &[i32]) -> Result<i32, String> {
        let arguments = arguments.iter().map(|v| Value::I32(*v)).collect();
        let function = function.to_owned();
        match self.step(Step::Call { instance, function, arguments })? {
            Outcome::Returned(values) => match values[..] {
                [Value::I32(v)] => Ok(v),
                _ => Ok(0),
            },
            other => Err(format!("{other:?}")),
        }
    }

    fn global(&mut self, instance: usize, name: &str) -> Result<i32, String> {
        match self.step(Step::Global { instance, name: name.to_owned() })? {
            Outcome::Returned(values) => match values[..] {
                [Value::I32(v)] => Ok(v),
                _ => Err(format!("{name} is {values:?}")),
            },
            other => Err(format!("{other:?}")),
        }
    }

    fn read(&mut self, instance: usize, at: i32, len: usize) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        while bytes.len() < len {
            let part = (len - bytes.len()).min(MAX_READ) as u32;
            match self.step(Step::Read { instance, at: at as u32 + bytes.len() as u32, len: part })? {
                Outcome::Bytes(read) => bytes.extend(read),
                other => return Err(format!("{other:?}")),
            }
        }
        Ok(bytes)
    }

    fn write(&mut self, instance: usize, at: i32, bytes: &[u8]) -> Result<(), String> {
        self.step(Step::Write { instance, at: at as u32, bytes: bytes.to_vec() }).map(drop)
    }

    fn finish(self, package: &'static str, what: String) -> Job {
        Job { package, what, script: self.script, outcomes: self.outcomes }
    }
}

/// SHA-256 of texts whose digests FIPS 180-2 lists (B.1, B.3).
fn hash(folder: &Path) -> Result<Job, String> {
    const PACKAGE: &str = "@chainsafe/as-sha256@1.2.5";
    const ENV: &str = r#"(module (func (export "abort") (param i32 i32 i32 i32) unreachable))"#;
    let mut r = Rehearsal::new(read(folder, PACKAGE, "build/optimized.wasm")?, Some(ENV));
    r.step(Step::Instantiate { module: 1 })?;
    r.step(Step::Register { instance: 0, name: "env".to_owned() })?;
    r.step(Step::Instantiate { module: 0 })?;
    let (input, output) = (r.global(1, "input")?, r.global(1, "output")?);
    let room = r.global(1, "INPUT_LENGTH")? as usize;
    let mut digest = |text: &[u8]| -> Result<String, String> {
        r.call(1, "init", &[])?;
        for part in text.chunks(room) {
            r.write(1, input, part)?;
            r.call(1, "update", &[input, part.len() as i32])?;
        }
        r.call(1, "final", &[output])?;
        Ok(r.read(1, output, 32)?.iter().map(|byte| format!("{byte:02x}")).collect())
    };
    for (text, expected) in [
        (b"abc".to_vec(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (vec![b'a'; 10_000], "27dd1f61b867b6a0f6e9d8a41c43231de52107e53ae424de8f847b821db4b711"),
    ] {
        let found = digest(&text)?;
        if found != expected {
            return Err(format!("SHA-256 of {} bytes: {found}, expected {expected}", text.len()));
        }
    }
    Ok(r.finish(PACKAGE, "SHA-256 of 3 and 10,000 bytes".to_owned()))
}

/// A request, through a parser whose callbacks are counted by what they are and how much they are about.
fn parse(folder: &Path) -> Result<Job, String> {
    const PACKAGE: &str = "undici@5.29.0";
    const ENV: &str = r#"(module
      (global $hash (export "hash") (mut i32) (i32.const 0))
      (global $calls (export "calls") (mut i32) (i32.const 0))
      (func $note (param i32 i32) (result i32)
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (global.set $hash (i32.add (i32.mul (global.get $hash) (i32.const 31))
                                   (i32.add (i32.mul (local.get 0) (i32.const 1009)) (local.get 1))))
        (i32.const 0))
      (func (export "wasm_on_message_begin") (param i32) (result i32) (call $note (i32.const 1) (i32.const 0)))
      (func (export "wasm_on_url") (param i32 i32 i32) (result i32) (call $note (i32.const 2) (local.get 2)))
      (func (export "wasm_on_status") (param i32 i32 i32) (result i32) (call $note (i32.const 3) (local.get 2)))
      (func (export "wasm_on_header_field") (param i32 i32 i32) (result i32) (call $note (i32.const 4) (local.get 2)))
      (func (export "wasm_on_header_value") (param i32 i32 i32) (result i32) (call $note (i32.const 5) (local.get 2)))
      (func (export "wasm_on_headers_complete") (param i32 i32 i32 i32) (result i32)
        (call $note (i32.const 6) (local.get 3)))
      (func (export "wasm_on_body") (param i32 i32 i32) (result i32) (call $note (i32.const 7) (local.get 2)))
      (func (export "wasm_on_message_complete") (param i32) (result i32) (call $note (i32.const 8) (i32.const 0))))"#;
    const REQUEST: &[u8] = b"POST /readings/42?unit=mC HTTP/1.1\r\nHost: gateway.local\r\nContent-Type: text/plain\r\n\
        Content-Length: 11\r\nConnection: keep-alive\r\n\r\ntemperature";
    /// llhttp's number of a parser for requests, and of the method POST.
    const TYPE_REQUEST: i32 = 1;
    const METHOD_POST: i32 = 3;
    let mut r = Rehearsal::new(read(folder, PACKAGE, "lib/llhttp/llhttp.wasm")?, Some(ENV));
    r.step(Step::Instantiate { module: 1 })?;
    r.step(Step::Register { instance: 0, name: "env".to_owned() })?;
    r.step(Step::Instantiate { module: 0 })?;
    r.call(1, "_initialize", &[])?;
    let parser = r.call(1, "llhttp_alloc", &[TYPE_REQUEST])?;
    let text = r.call(1, "malloc", &[REQUEST.len() as i32])?;
    r.write(1, text, REQUEST)?;
    let error = r.call(1, "llhttp_execute", &[parser, text, REQUEST.len() as i32])?;
    let method = r.call(1, "llhttp_get_method", &[parser])?;
    let minor = r.call(1, "llhttp_get_http_minor", &[parser])?;
    let keep_alive = r.call(1, "llhttp_should_keep_alive", &[parser])?;
    let calls = r.global(0, "calls")?;
    r.global(0, "hash")?;
    // Begin, URL, four headers of two parts, their end, the body, the end.
    let expected = (0, METHOD_POST, 1, 1, 13);
    if (error, method, minor, keep_alive, calls) != expected {
        return Err(format!("{:?}, expected {expected:?}", (error, method, minor, keep_alive, calls)));
    }
    Ok(r.finish(PACKAGE, format!("an HTTP request of {} bytes", REQUEST.len())))
}

/// A picture that the module has encoded itself, decoded to the same pixels.
fn decode(folder: &Path) -> Result<Job, String> {
    const PACKAGE: &str = "@cwasm/lodepng@0.1.9";
    const SIDE: usize = 24;
    let wasm = read(folder, PACKAGE, "lodepng.wasm")?;
    let pixels: Vec<u8> =
        (0..SIDE * SIDE).flat_map(|i| [(i % SIDE * 10) as u8, (i / SIDE * 10) as u8, 77, 255]).collect();

    let mut encoder = Rehearsal::new(wasm.clone(), None);
    encoder.step(Step::Instantiate { module: 0 })?;
    encoder.call(0, "_initialize", &[])?;
    let source = encoder.call(0, "malloc", &[pixels.len() as i32])?;
    encoder.write(0, source, &pixels)?;
    let places = encoder.call(0, "malloc", &[8])?;
    let error = encoder.call(0, "lodepng_encode32", &[places, places + 4, source, SIDE as i32, SIDE as i32])?;
    let made = words(&encoder.read(0, places, 8)?);
    if error != 0 {
        return Err(format!("lodepng_encode32 gives {error}"));
    }
    let png = encoder.read(0, made[0], made[1] as usize)?;

    let mut r = Rehearsal::new(wasm, None);
    r.step(Step::Instantiate { module: 0 })?;
    r.call(0, "_initialize", &[])?;
    let source = r.call(0, "malloc", &[png.len() as i32])?;
    r.write(0, source, &png)?;
    let places = r.call(0, "malloc", &[12])?;
    let error = r.call(0, "lodepng_decode32", &[places, places + 4, places + 8, source, png.len() as i32])?;
    let made = words(&r.read(0, places, 12)?);
    let decoded = r.read(0, made[0], pixels.len())?;
    if (error, made[1], made[2]) != (0, SIDE as i32, SIDE as i32) || decoded != pixels {
        return Err(format!("lodepng_decode32 gives {error}, {} by {}, other pixels", made[1], made[2]));
    }
    Ok(r.finish(PACKAGE, format!("a PNG of {} bytes, {SIDE} by {SIDE}", png.len())))
}

fn words(bytes: &[u8]) -> Vec<i32> {
    bytes.as_chunks::<4>().0.iter().map(|word| i32::from_le_bytes(*word)).collect()
}
