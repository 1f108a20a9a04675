//! What is wrong with an input, where, and whose turn it is to fix it.

use core::fmt;

/// Whose fault an [`Error`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    /// Not a valid WebAssembly module, or one that would trap whenever it is instantiated.
    Malformed,
    /// A valid module that needs something this version does not have for the target.
    Unsupported,
    /// A valid module that is larger than a documented limit.
    Limit,
    /// A defect of the compiler itself: worth a report with the module attached.
    Internal,
}

/// Why a module was not compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    category: Category,
    what: String,
    why: Option<String>,
    offset: Option<u64>,
}

/// Result of a compiler phase.
pub type Result<T, E = Error> = core::result::Result<T, E>;

impl Error {
    /// The module is not valid: `what` is wrong at byte `offset` of the file.
    pub fn malformed(what: impl Into<String>, offset: u64) -> Error {
        Error { category: Category::Malformed, what: what.into(), why: None, offset: Some(offset) }
    }

    /// `what`, at byte `offset` of the file, cannot be compiled, for the reason `why`.
    pub fn unsupported(what: impl Into<String>, offset: u64, why: impl Into<String>) -> Error {
        Error { category: Category::Unsupported, what: what.into(), why: Some(why.into()), offset: Some(offset) }
    }

    /// `what` cannot be done to the module as a whole, for the reason `why`.
    pub fn unsupported_module(what: impl Into<String>, why: impl Into<String>) -> Error {
        Error { category: Category::Unsupported, what: what.into(), why: Some(why.into()), offset: None }
    }

    /// `what` exceeds `limit`, both as a reader would say them ("70,000 functions", "65,536").
    pub fn limit(what: impl Into<String>, offset: Option<u64>, limit: impl fmt::Display) -> Error {
        let why = format!("this compiler's limit is {limit}");
        Error { category: Category::Limit, what: what.into(), why: Some(why), offset }
    }

    /// An invariant of the compiler does not hold.
    pub fn internal(what: impl Into<String>) -> Error {
        let why = "this is a defect of the compiler: please report it with the module".to_owned();
        Error { category: Category::Internal, what: what.into(), why: Some(why), offset: None }
    }

    /// The same error, placed at byte `offset` of the file unless it already has a place.
    #[must_use]
    pub fn or_at(mut self, offset: u64) -> Error {
        self.offset.get_or_insert(offset);
        self
    }

    /// Whose fault it is.
    pub fn category(&self) -> Category {
        self.category
    }

    /// Byte offset in the .wasm file, where one place is to blame.
    pub fn offset(&self) -> Option<u64> {
        self.offset
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if let Some(offset) = self.offset {
            write!(f, " at offset {offset:#x}")?;
        }
        match &self.why {
            Some(why) => write!(f, ": {why}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

impl From<wasmparser::Error> for Error {
    /// For code behind the parser, which says more about what the validator refuses.
    fn from(e: wasmparser::Error) -> Error {
        Error::malformed(e.message(), e.offset())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_a_sentence() {
        let e = Error::unsupported("f64.add", 0x1a3, "floating point is not supported yet by target rv32imac");
        assert_eq!(e.to_string(), "f64.add at offset 0x1a3: floating point is not supported yet by target rv32imac");
        assert_eq!(e.category(), Category::Unsupported);
        assert_eq!(Error::internal("x").or_at(3).offset(), Some(3));
    }
}
