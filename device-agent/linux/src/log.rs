//! Lines on standard error: the journal's under systemd, with their priority in front (sd-daemon(3)).

use std::fmt::Arguments;
use std::sync::LazyLock;

static IS_JOURNAL: LazyLock<bool> = LazyLock::new(|| std::env::var_os("JOURNAL_STREAM").is_some());

/// What an operator may want to know.
pub fn info(line: Arguments<'_>) {
    put(6, "", line);
}

/// What an operator should look after.
pub fn warning(line: Arguments<'_>) {
    put(4, "warning: ", line);
}

fn put(priority: u8, word: &str, line: Arguments<'_>) {
    if *IS_JOURNAL {
        eprintln!("<{priority}>{line}");
    } else {
        eprintln!("{word}{line}");
    }
}
