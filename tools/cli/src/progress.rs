//! A line that says how far a long compilation is, for people at a terminal.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use sandgrain_compiler::Progress;

/// What is done by then is not worth a line.
const PATIENCE: Duration = Duration::from_secs(1);

/// Time between two drawings.
const PERIOD: Duration = Duration::from_millis(200);

/// Back to the start of the line, and clears it (ECMA-48, EL).
const CLEAR: &str = "\r\x1b[K";

/// A line on a terminal, drawn by a thread of its own so that a single long function has one too. It goes when this is
/// dropped.
pub struct ProgressLine {
    latest: Arc<Mutex<Option<Progress>>>,
    /// Nothing where nobody watches. The thread ends with the channel.
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

impl ProgressLine {
    /// A line on standard error; none if that is not a terminal, or the output is for a program (`json`).
    pub fn on_stderr(json: bool) -> Self {
        let stderr = std::io::stderr();
        let watched = stderr.is_terminal() && !json;
        Self::new(watched.then_some(stderr), PATIENCE)
    }

    fn new(out: Option<impl Write + Send + 'static>, patience: Duration) -> Self {
        let latest = Arc::new(Mutex::new(None));
        let drawing = out.map(|out| {
            let (stop, stopped) = channel();
            let latest = Arc::clone(&latest);
            (stop, std::thread::spawn(move || draw(out, &stopped, patience, &latest)))
        });
        ProgressLine { latest, drawing }
    }

    /// What the line says from now on.
    pub fn show(&self, progress: Progress) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.drawing.take() {
            drop(stop);
            // It can only have failed to draw.
            let _ = thread.join();
        }
    }
}

/// Draws after `patience` and from then on each [`PERIOD`]. A terminal that is gone takes no line, and the compilation
/// goes on.
fn draw(mut out: impl Write, stopped: &Receiver<()>, patience: Duration, latest: &Mutex<Option<Progress>>) {
    let mut drawn = false;
    while stopped.recv_timeout(if drawn { PERIOD } else { patience }) == Err(RecvTimeoutError::Timeout) {
        let line = match *latest.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(Progress { functions, of }) => format!("{CLEAR}compiling: {functions} of {of} functions"),
            None => format!("{CLEAR}compiling"),
        };
        let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
        drawn = true;
    }
    if drawn {
        let _ = out.write_all(CLEAR.as_bytes()).and_then(|()| out.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal whose contents can be read.
    #[derive(Clone, Default)]
    struct Terminal(Arc<Mutex<Vec<u8>>>);

    impl Terminal {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_long_compilation_has_a_line_that_goes_again() {
        let terminal = Terminal::default();
        let line = ProgressLine::new(Some(terminal.clone()), Duration::ZERO);
        while !terminal.text().contains("compiling") {
            std::thread::yield_now();
        }
        line.show(Progress { functions: 2, of: 3 });
        while !terminal.text().ends_with("\r\x1b[Kcompiling: 2 of 3 functions") {
            std::thread::yield_now();
        }
        drop(line);
        assert!(terminal.text().ends_with("functions\r\x1b[K"));
    }

    #[test]
    fn a_short_one_has_none() {
        let terminal = Terminal::default();
        let line = ProgressLine::new(Some(terminal.clone()), Duration::from_secs(3600));
        line.show(Progress { functions: 2, of: 3 });
        drop(line);
        assert_eq!(terminal.text(), "");
    }

    #[test]
    fn a_program_gets_none() {
        assert!(ProgressLine::on_stderr(true).drawing.is_none());
    }
}
