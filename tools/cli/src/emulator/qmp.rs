//! QEMU's control protocol (QMP: one JSON object a line).

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::failure::{Failure, Result};

/// How long QEMU may take to open its socket, and to answer a command.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection, ready for commands. QEMU serves one at a time.
pub struct Qmp {
    stream: BufReader<UnixStream>,
}

impl Qmp {
    /// Connects to the socket at `path`, waiting until it is there.
    ///
    /// # Errors
    /// If it does not come to be, or what answers is not QEMU.
    pub fn connect(path: &Path) -> Result<Qmp> {
        let deadline = Instant::now() + PATIENCE;
        let stream = loop {
            match UnixStream::connect(path) {
                Ok(stream) => break stream,
                Err(error) if Instant::now() >= deadline => return Err(failed(error)),
                Err(_) => thread::sleep(Duration::from_millis(5)),
            }
        };
        stream.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
        stream.set_write_timeout(Some(PATIENCE)).map_err(failed)?;
        let mut qmp = Qmp { stream: BufReader::new(stream) };
        if qmp.receive()?.get("QMP").is_none() {
            return Err(failed("no greeting"));
        }
        qmp.execute("qmp_capabilities", json!({}))?;
        Ok(qmp)
    }

    /// Executes a command and returns what it returns.
    ///
    /// # Errors
    /// With QEMU's own words if it refuses.
    pub fn execute(&mut self, command: &str, arguments: Value) -> Result<Value> {
        let request = json!({ "execute": command, "arguments": arguments });
        self.stream.get_mut().write_all(format!("{request}\n").as_bytes()).map_err(failed)?;
        loop {
            let mut answer = self.receive()?;
            if let Some(error) = answer.get("error") {
                return Err(failed(format_args!("{command}: {}", error["desc"].as_str().unwrap_or("refused"))));
            }
            if let Some(value) = answer.get_mut("return") {
                return Ok(value.take());
            }
            // Anything else is an event.
        }
    }

    fn receive(&mut self) -> Result<Value> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).map_err(failed)? == 0 {
            return Err(failed("it has hung up"));
        }
        serde_json::from_str(&line).map_err(failed)
    }
}

fn failed(why: impl std::fmt::Display) -> Failure {
    Failure::failed(format_args!("the emulator's control socket: {why}"))
}
