//! A firmware's log: defmt frames from its UART, decoded with its ELF file.

use std::fmt;
use std::io::Read;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use defmt_decoder::{DecodeError, StreamDecoder, Table};

use crate::failure::{Failure, Result};

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// Time since the device's start, as its firmware prints it: seconds with six decimals.
    pub time: String,
    /// `trace`, `debug`, `info`, `warn` or `error`; empty for `println!`.
    pub level: &'static str,
    /// The text.
    pub text: String,
}

impl fmt::Display for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>12} {:<5} {}", self.time, self.level, self.text)
    }
}

/// What is needed to decode the log of one firmware.
pub struct LogFormat(Table);

impl LogFormat {
    /// Takes the format strings from a firmware's ELF file.
    ///
    /// # Errors
    /// If the file is no ELF file or holds none.
    pub fn of(firmware: &Path) -> Result<LogFormat> {
        let bytes = std::fs::read(firmware)
            .map_err(|e| Failure::failed(format_args!("cannot read the firmware {}: {e}", firmware.display())))?;
        let table = Table::parse(&bytes).map_err(|e| Failure::from(e).about(firmware.display()))?;
        table.map(LogFormat).ok_or_else(|| {
            Failure::failed("no log formats in it; give the ELF file as the linker wrote it").about(firmware.display())
        })
    }

    /// Decodes a whole log; what is damaged is left out.
    pub fn decode(&self, bytes: &[u8]) -> Vec<LogLine> {
        let mut decoder = self.0.new_stream_decoder();
        decoder.received(bytes);
        let mut lines = Vec::new();
        drain(decoder.as_mut(), &mut |line| lines.push(line));
        lines
    }

    /// Decodes a log as it arrives, on a thread that ends with the pipe. Messages wait in the channel, however many.
    pub fn follow(self, mut pipe: impl Read + Send + 'static) -> Receiver<LogLine> {
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let mut decoder = self.0.new_stream_decoder();
            let mut buffer = [0; 4096];
            // The pipe is read to its end even if nobody listens, or the emulator would stop on a full pipe.
            while let Ok(count @ 1..) = pipe.read(&mut buffer) {
                decoder.received(&buffer[..count]);
                drain(decoder.as_mut(), &mut |line| {
                    let _ = sender.send(line);
                });
            }
        });
        receiver
    }
}

/// Takes every whole frame out of `decoder`.
fn drain(decoder: &mut dyn StreamDecoder, sink: &mut dyn FnMut(LogLine)) {
    loop {
        match decoder.decode() {
            Ok(frame) => sink(LogLine {
                time: frame.display_timestamp().map(|t| t.to_string()).unwrap_or_default(),
                level: frame.level().map_or("", |level| level.as_str()),
                text: frame.display_message().to_string(),
            }),
            Err(DecodeError::UnexpectedEof) => return,
            // Frames have end marks: the decoder goes on behind the damaged one.
            Err(DecodeError::Malformed) => {}
        }
    }
}
