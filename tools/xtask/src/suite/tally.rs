//! Counting tests from what libtest prints.

/// What was counted in a stage.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    /// Why each thing that was left out was left out.
    pub skipped: Vec<String>,
}

impl Tally {
    /// Adds a line of a test binary's output, if it is the closing one.
    pub fn add_line(&mut self, line: &str) {
        // test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
        let Some(rest) = line.strip_prefix("test result: ") else { return };
        for (count, what) in rest.split(['.', ';']).filter_map(|part| part.trim().split_once(' ')) {
            match (count.parse::<usize>(), what) {
                (Ok(count), "passed") => self.passed += count,
                (Ok(count), "failed") => self.failed += count,
                _ => {}
            }
        }
    }

    /// Adds a line of a test binary's standard error, if it says that something is left out: see
    /// `sandgrain_hil_tests::bench`.
    pub fn add_skipped(&mut self, line: &str) {
        line.strip_prefix("SKIPPED ").into_iter().for_each(|what| self.skip(what.to_owned()));
    }

    /// Notes what is left out, once.
    pub fn skip(&mut self, what: String) {
        if !self.skipped.contains(&what) {
            self.skipped.push(what);
        }
    }

    /// ` (3 tests)`, empty for less than two.
    pub fn in_brackets(&self) -> String {
        match self.passed + self.failed {
            0 | 1 => String::new(),
            all if self.failed == 0 => format!(" ({all} tests)"),
            all => format!(" ({} of {all} tests)", self.failed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_added_up() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.05s",
            "test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.25s",
            "test passed ... ok",
        ] {
            tally.add_line(line);
        }
        assert_eq!((tally.passed, tally.failed), (7, 2));
    }
}
