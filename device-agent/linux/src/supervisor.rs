//! What systemd is told: sd_notify(3), a datagram a message.

use std::env;
use std::io;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use crate::log;

/// Whoever has started this program, if it wants to be told.
pub struct Supervisor {
    socket: Option<(UnixDatagram, SocketAddr)>,
    /// How often it wants to hear that all is well.
    pub interval: Option<Duration>,
}

impl Supervisor {
    /// The one that the environment names.
    pub fn from_environment() -> Supervisor {
        let socket = env::var("NOTIFY_SOCKET").ok().and_then(|name| {
            let opened = open(&name);
            opened.inspect_err(|e| log::warning(format_args!("NOTIFY_SOCKET={name}: {e}"))).ok()
        });
        let is_for_us = env::var("WATCHDOG_PID").map_or(true, |pid| pid == std::process::id().to_string());
        let timeout = env::var("WATCHDOG_USEC").ok().filter(|_| is_for_us).and_then(|us| us.parse().ok());
        // Half of what is allowed, as sd_watchdog_enabled(3) advises.
        let interval = timeout.filter(|us| *us > 0).map(|us: u64| Duration::from_micros(us) / 2);
        Supervisor { interval: interval.filter(|_| socket.is_some()), socket }
    }

    /// Tells it something, such as `READY=1`. Nothing depends on whether it hears.
    pub fn tell(&self, message: &str) {
        if let Some((socket, address)) = &self.socket {
            let _ = socket.send_to_addr(message.as_bytes(), address);
        }
    }
}

fn open(name: &str) -> io::Result<(UnixDatagram, SocketAddr)> {
    let address = match name.strip_prefix('@') {
        Some(name) => SocketAddr::from_abstract_name(name)?,
        None => SocketAddr::from_pathname(name)?,
    };
    Ok((UnixDatagram::unbound()?, address))
}
