//! Licences of all dependencies, against a list.

use serde::Deserialize;

use super::Finding;
use super::manifests::Metadata;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    allowed: Vec<String>,
    #[serde(default)]
    exception: Vec<Exception>,
}

/// A package that may be used under a licence that is not allowed in general.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    package: String,
    licence: String,
    /// For the reader of tidy.toml.
    #[serde(rename = "why")]
    _why: String,
}

pub fn refused(metadata: &Metadata, rules: &Rules) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &metadata.packages {
        let allowed = |licence: &str| {
            let excepted = |e: &Exception| e.package == package.name && e.licence == licence;
            rules.allowed.iter().any(|a| a == licence) || rules.exception.iter().any(excepted)
        };
        let place = format!("{} {}", package.name, package.version);
        match &package.license {
            None => findings.push(Finding::new(place, "has no licence in its manifest")),
            Some(expression) => match satisfied(expression, &allowed) {
                Some(true) => {}
                Some(false) => findings.push(Finding::new(
                    place,
                    format!("its licence `{expression}` is not among those in tools/xtask/tidy.toml"),
                )),
                None => findings.push(Finding::new(place, format!("`{expression}` is no SPDX licence expression"))),
            },
        }
    }
    findings
}

/// Whether an SPDX expression (version 2.3, annex D; also the old `A/B` for `A OR B`) can be met with allowed licences.
/// `None` if it is malformed. AND binds tighter than OR.
fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Parser { tokens: &tokens, allowed };
    let value = parser.any()?;
    parser.tokens.is_empty().then_some(value)
}

struct Parser<'a> {
    tokens: &'a [&'a str],
    allowed: &'a dyn Fn(&str) -> bool,
}

impl<'a> Parser<'a> {
    fn any(&mut self) -> Option<bool> {
        let mut value = self.all()?;
        while self.take("OR") {
            value |= self.all()?;
        }
        Some(value)
    }

    fn all(&mut self) -> Option<bool> {
        let mut value = self.one()?;
        while self.take("AND") {
            value &= self.one()?;
        }
        Some(value)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let value = self.any()?;
            return self.take(")").then_some(value);
        }
        let name = self.word()?;
        if self.take("WITH") {
            let exception = self.word()?;
            return Some((self.allowed)(&format!("{name} WITH {exception}")));
        }
        Some((self.allowed)(name))
    }

    fn word(&mut self) -> Option<&'a str> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        (!["(", ")", "AND", "OR", "WITH"].contains(first)).then_some(*first)
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.tokens.first() == Some(&token);
        if found {
            self.tokens = &self.tokens[1..];
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::manifests::Package;
    use super::*;

    #[test]
    fn expressions() {
        let allowed = |licence: &str| ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"].contains(&licence);
        for (expression, expected) in [
            ("MIT", Some(true)),
            ("GPL-3.0-only", Some(false)),
            ("MIT OR GPL-3.0-only", Some(true)),
            ("MIT AND GPL-3.0-only", Some(false)),
            ("GPL-3.0-only OR MIT AND Apache-2.0", Some(true)),
            ("(GPL-3.0-only OR MIT) AND Unicode-3.0", Some(false)),
            ("MIT/Apache-2.0", Some(true)),
            ("Apache-2.0 WITH LLVM-exception", Some(true)),
            ("MIT WITH LLVM-exception", Some(false)),
            ("MIT OR", None),
            ("(MIT", None),
            ("MIT Apache-2.0", None),
            ("", None),
        ] {
            assert_eq!(satisfied(expression, &allowed), expected, "{expression}");
        }
    }

    #[test]
    fn a_refused_and_a_missing_licence_are_found() {
        let package = |name: &str, license: Option<&str>| Package::for_test(name, license);
        let metadata = Metadata::for_test(vec![
            package("good", Some("MIT")),
            package("viral", Some("AGPL-3.0-only")),
            package("weak", Some("MPL-2.0")),
            package("other", Some("MPL-2.0")),
            package("mute", None),
        ]);
        let exception =
            Exception { package: "weak".to_owned(), licence: "MPL-2.0".to_owned(), _why: "host only".to_owned() };
        let rules = Rules { allowed: vec!["MIT".to_owned()], exception: vec![exception] };
        let places: Vec<_> = refused(&metadata, &rules).into_iter().map(|f| f.place).collect();
        assert_eq!(places, ["viral 1.0.0", "other 1.0.0", "mute 1.0.0"]);
    }
}
