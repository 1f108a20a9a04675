//! The imports as the manifest lists them, so that a device can tell before the download what it could not link.
//!
//! A **capability** is the name of a module that is imported from: what a host offers under one name, it grants or does
//! not grant as a whole. The capabilities are sorted by name, the imports of each in the order of the content:
//!
//! ```text
//! capability: name (length, bytes), imports (length, bytes)
//! import:     name (length, bytes), type (length, bytes)
//! type:       00, parameters, 00, results     a function; a byte a value type, core spec 5.3.1 - 5.3.4
//!             01, value type                  a table
//!             02, page size                   a memory; binary logarithm
//!             03, value type, mutable         a global
//! ```
//! Lengths are postcard's: 7 bits a byte, low first. Limits of tables and memories are left out: they are compared with
//! present sizes, which nobody knows before the module is linked.

use core::marker::PhantomData;

use serde::{Deserialize, Serialize};

use crate::content::import_kind;
use crate::fault::Fault;
use crate::{Error, ValType};

/// A module that is imported from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capability<'a> {
    /// Its name.
    pub name: &'a str,
    imports: &'a [u8],
}

impl<'a> Capability<'a> {
    /// What is imported from it.
    pub fn imports(&self) -> impl Iterator<Item = Result<WantedImport<'a>, Error>> + Clone + use<'a> {
        Sequence::new(self.imports)
    }
}

/// One import, without its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedImport<'a> {
    /// Second half of its name.
    pub name: &'a str,
    ty: &'a [u8],
}

impl WantedImport<'_> {
    /// Whether it is a function of exactly this type.
    pub fn is_function(&self, params: &[ValType], results: &[ValType]) -> bool {
        let (params, results) = (params.iter().map(|ty| *ty as u8), results.iter().map(|ty| *ty as u8));
        self.ty.iter().copied().eq([import_kind::FUNC].into_iter().chain(params_and_results(params, results)))
    }
}

/// No value type is 0.
fn params_and_results(params: impl Iterator<Item = u8>, results: impl Iterator<Item = u8>) -> impl Iterator<Item = u8> {
    params.chain([0]).chain(results)
}

/// Values of postcard, one behind the other up to the end.
#[derive(Debug, Clone)]
pub(crate) struct Sequence<'a, T> {
    bytes: &'a [u8],
    kind: PhantomData<fn() -> T>,
}

impl<'a, T> Sequence<'a, T> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Sequence { bytes, kind: PhantomData }
    }
}

impl<'a, T: Deserialize<'a>> Iterator for Sequence<'a, T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.bytes.is_empty() {
            return None;
        }
        Some(match postcard::take_from_bytes(self.bytes) {
            Ok((value, rest)) => {
                self.bytes = rest;
                Ok(value)
            }
            Err(_) => {
                self.bytes = &[];
                Err(Error::Manifest { fault: Fault::ManifestImportsDecode })
            }
        })
    }
}

/// The list for a content.
#[cfg(feature = "write")]
pub(crate) fn encode(content: &crate::Content<'_>) -> std::vec::Vec<u8> {
    use crate::ImportType;
    use std::collections::BTreeMap;
    use std::vec::Vec;

    let mut capabilities: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for import in content.imports().iter() {
        let ty = match import.ty {
            ImportType::Func { ty, .. } => {
                let ty = content.types().at(ty).expect("types of a checked content exist");
                let bytes = |types: crate::ValTypes<'_>| types.iter().map(|ty| ty as u8).collect::<Vec<u8>>();
                let signature = params_and_results(bytes(ty.params).into_iter(), bytes(ty.results).into_iter());
                [import_kind::FUNC].into_iter().chain(signature).collect()
            }
            ImportType::Table(ty) => [import_kind::TABLE, ty.element as u8].to_vec(),
            ImportType::Memory(ty) => [import_kind::MEMORY, ty.page_log2].to_vec(),
            ImportType::Global(ty) => [import_kind::GLOBAL, ty.ty as u8, ty.mutable.into()].to_vec(),
        };
        let wanted = WantedImport { name: import.name, ty: &ty };
        capabilities.entry(import.module).or_default().extend(to_vec(&wanted));
    }
    capabilities.into_iter().flat_map(|(name, imports)| to_vec(&Capability { name, imports: &imports })).collect()
}

#[cfg(feature = "write")]
fn to_vec(value: &impl Serialize) -> std::vec::Vec<u8> {
    postcard::to_allocvec(value).expect("strings and bytes always encode into a vector")
}
