//! Measurements as a table for people, and as JSON.

use std::fmt::Write as _;

use super::kernels::Language;
use super::measure::{Engine, Figures, Row};
use super::native::{Compiler, Level};

/// The geometric mean; `None` of nothing.
pub fn geomean(ratios: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0);
    for ratio in ratios {
        sum += ratio.ln();
        count += 1;
    }
    (count > 0).then(|| (sum / f64::from(count)).exp())
}

fn ratio(ours: &Figures, native: &Figures) -> f64 {
    ours.instructions as f64 / native.instructions.max(1) as f64
}

fn ours(row: &Row, level: Level) -> Option<&Figures> {
    row.figures(Engine::Sandgrain, level)
}

/// A number for each row that has both sides, as a ratio.
fn ratios<'r>(rows: &'r [Row], native: impl Fn(&'r Row) -> Option<&'r Figures>) -> Vec<f64> {
    rows.iter().filter_map(|row| Some(ratio(ours(row, Level::Speed)?, native(row)?))).collect()
}

fn count(value: Option<u64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

fn fixed(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"))
}

/// The table of one board.
pub fn text(board: &str, empty_call: u64, rows: &[Row]) -> String {
    let mut out = String::new();
    let _ =
        writeln!(out, "{board}: executed instructions of run(n), every check on; native is gcc for C, rustc for Rust");
    let _ = writeln!(out, "a call into a module takes {empty_call} instructions beside, which are not among them");
    let _ = writeln!(
        out,
        "{:<12} {:<5}{:>6} {:>10} {:>10} {:>10} {:>10} {:>10} {:>7} {:>7}  {:>8} {:>8} {:>8} {:>8} {:>9}",
        "kernel",
        "",
        "n",
        "native O3",
        "native Os",
        "clang O3",
        "clang Os",
        "ours",
        "/native",
        "/best",
        "code",
        "code Os",
        "nat. O3",
        "nat. Os",
        "start"
    );
    for row in rows {
        let figures = |engine, level| row.figures(engine, level).map(|figures| figures.instructions);
        let native = |level| row.native(level).map(|figures| figures.instructions);
        let clang = |level| match row.kernel.language {
            Language::C => figures(Engine::Native(Compiler::Clang), level),
            _ => None,
        };
        let mine = ours(row, Level::Speed);
        let code = |figures: Option<&Figures>| count(figures.map(|figures| u64::from(figures.code_bytes)));
        let _ = writeln!(
            out,
            "{:<12} {:<5}{:>6} {:>10} {:>10} {:>10} {:>10} {:>10} {:>7} {:>7}  {:>8} {:>8} {:>8} {:>8} {:>9}",
            row.kernel.name,
            row.kernel.language.name(),
            row.kernel.argument,
            count(native(Level::Speed)),
            count(native(Level::Size)),
            count(clang(Level::Speed)),
            count(clang(Level::Size)),
            count(mine.map(|figures| figures.instructions)),
            fixed(mine.zip(row.native(Level::Speed)).map(|(mine, native)| ratio(mine, native))),
            fixed(mine.zip(row.best_native()).map(|(mine, native)| ratio(mine, native))),
            code(mine),
            code(ours(row, Level::Size)),
            code(row.native(Level::Speed)),
            code(row.native(Level::Size)),
            count(mine.and_then(|figures| figures.start_instructions)),
        );
    }
    let sum = |figures: &dyn Fn(&Row) -> Option<u32>| rows.iter().filter_map(figures).map(u64::from).sum::<u64>();
    let bytes = |level| {
        let mine = sum(&|row| ours(row, level).map(|f| f.code_bytes));
        (mine, sum(&|row| row.native(level).map(|f| f.code_bytes)))
    };
    for (what, language) in [("C", Some(Language::C)), ("Rust", Some(Language::Rust)), ("all", None)] {
        let some: Vec<Row> =
            rows.iter().filter(|row| language.is_none_or(|wanted| row.kernel.language == wanted)).cloned().collect();
        let against = geomean(ratios(&some, |row| row.native(Level::Speed)));
        let best = geomean(ratios(&some, Row::best_native));
        if against.is_some() {
            let _ =
                writeln!(out, "geomean, {what}: {} of native -O3, {} of the best native", fixed(against), fixed(best));
        }
    }
    let ((fast, native_fast), (small, native_small)) = (bytes(Level::Speed), bytes(Level::Size));
    let _ = writeln!(
        out,
        "code bytes, sum: {fast} from -O3, {small} from -Os; native -O3 {native_fast}, native -Os {native_small}"
    );
    for row in rows {
        for measurement in &row.measurements {
            if let Err(why) = &measurement.figures {
                let (engine, level) = (measurement.engine.name(), measurement.level.name());
                let _ = writeln!(out, "FAILED {} by {engine} {level}: {}", row.kernel.name, why.trim());
            }
        }
    }
    out
}

/// The measurements of one board, an object each.
pub fn json(board: &str, target: &str, rows: &[Row]) -> Vec<serde_json::Value> {
    let mut all = Vec::new();
    for row in rows {
        for measurement in &row.measurements {
            let mut value = serde_json::json!({
                "board": board,
                "target": target,
                "kernel": row.kernel.name,
                "language": row.kernel.language.name(),
                "argument": row.kernel.argument,
                "engine": measurement.engine.name(),
                "level": measurement.level.name(),
            });
            match &measurement.figures {
                Ok(figures) => {
                    value["result"] = figures.result.into();
                    value["instructions"] = figures.instructions.into();
                    value["start_instructions"] = figures.start_instructions.into();
                    value["code_bytes"] = figures.code_bytes.into();
                    value["flash_bytes"] = figures.flash_bytes.into();
                }
                Err(why) => value["error"] = why.as_str().into(),
            }
            all.push(value);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_geometric_mean_of_a_ratio_and_its_inverse_is_one() {
        assert_eq!(geomean([]), None);
        assert!((geomean([4.0, 0.25]).unwrap() - 1.0).abs() < 1e-12);
        assert!((geomean([2.0, 8.0]).unwrap() - 4.0).abs() < 1e-12);
    }
}
