//! Bytes under construction, with labels, branch forms and relocations.
//!
//! Branches start in their shortest form. A round of emission that leaves a branch out of reach is repeated with
//! that branch in its next form; forms only grow, so this ends.

use crate::isa::{FixupKind, Isa32, RelocTarget};
use sandgrain_abi::TrapKind;

/// A place in the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label(u32);

/// A reference from this function's bytes to something outside of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reloc {
    /// Offset of the instruction in the function.
    pub at: u32,
    pub kind: FixupKind,
    pub target: RelocTarget,
    /// Added to the target's address.
    pub addend: i32,
}

/// What a return address into a function means, and how to get from there to the function's caller. *sp* is what it is
/// when the callee is entered; at a trap, what the runtime reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Offset behind the site's call, in the function.
    pub return_offset: u32,
    pub kind: SiteKind,
    /// Byte offset of the operator in the .wasm.
    pub wasm_offset: u32,
    pub unwind: Unwind,
}

/// Why there is a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteKind {
    /// It goes to a trap stub.
    Trap(TrapKind),
    /// It goes to a function, which pops its stack arguments: so many bytes.
    Call { stack_bytes: u32 },
}

/// Where a function's caller is, in bytes from sp up. On 64-bit parts, where the runtime follows the frame pointers, both
/// are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unwind {
    /// To the word with the function's return address.
    pub link: u32,
    /// To sp behind the function's return: its frame, and the stack arguments that it pops.
    pub frame: u32,
}

struct Fixup {
    at: usize,
    kind: FixupKind,
    label: Label,
    branch: usize,
}

/// Collects a function's bytes.
pub struct Sink {
    bytes: Vec<u8>,
    labels: Vec<Option<usize>>,
    fixups: Vec<Fixup>,
    relocs: Vec<Reloc>,
    sites: Vec<Site>,
    forms: Vec<u8>,
    branches: usize,
}

impl Sink {
    /// A sink whose branches take the given forms (all others the shortest).
    pub(super) fn new(forms: Vec<u8>, labels: usize) -> Sink {
        Sink {
            bytes: Vec::new(),
            labels: vec![None; labels],
            fixups: Vec::new(),
            relocs: Vec::new(),
            sites: Vec::new(),
            forms,
            branches: 0,
        }
    }

    /// For code outside of any function.
    pub fn standalone() -> Sink {
        Sink::new(Vec::new(), 0)
    }

    /// Bytes so far, which is the offset of the next one.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing has been put yet.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Appends a byte.
    pub fn put1(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Appends a halfword, little-endian.
    pub fn put2(&mut self, half: u16) {
        self.bytes.extend(half.to_le_bytes());
    }

    /// Appends a word, little-endian.
    pub fn put4(&mut self, word: u32) {
        self.bytes.extend(word.to_le_bytes());
    }

    /// Appends code that refers to nothing by labels.
    pub(super) fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Pads with zero bytes to a multiple of `align`.
    pub fn align(&mut self, align: usize) {
        self.bytes.resize(self.bytes.len().next_multiple_of(align), 0);
    }

    /// A label that is not bound yet.
    pub fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() as u32 - 1)
    }

    /// The label made `index`-th.
    pub(super) fn nth_label(index: usize) -> Label {
        Label(index as u32)
    }

    /// Binds a label here.
    pub fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = Some(self.bytes.len());
    }

    /// Form (0 = shortest) that the next branch has to take. Call it once a branch, then put that form with
    /// [`Sink::fixup`] for each instruction in it that refers to the label.
    pub fn next_form(&mut self) -> u8 {
        if self.branches == self.forms.len() {
            self.forms.push(0);
        }
        self.branches += 1;
        self.forms[self.branches - 1]
    }

    /// The instruction that comes next refers to a label. It belongs to the branch of the last
    /// [`Sink::next_form`], whose form grows if the label is out of reach.
    pub fn fixup(&mut self, kind: FixupKind, label: Label) {
        let branch = self.branches.checked_sub(1).expect("next_form comes before fixup");
        self.fixups.push(Fixup { at: self.bytes.len(), kind, label, branch });
    }

    /// The instruction that comes next refers to something outside of the function.
    pub fn reloc(&mut self, kind: FixupKind, target: RelocTarget, addend: i32) {
        self.relocs.push(Reloc { at: self.bytes.len() as u32, kind, target, addend });
    }

    /// The bytes so far end with a site's call.
    pub(super) fn site(&mut self, kind: SiteKind, wasm_offset: u32, unwind: Unwind) {
        self.sites.push(Site { return_offset: self.bytes.len() as u32, kind, wasm_offset, unwind });
    }

    /// Patches every fixup.
    ///
    /// # Errors
    /// The forms for the next round, if a label was out of reach of its branch.
    pub(super) fn resolve<I: Isa32>(mut self) -> Result<Resolved, Vec<u8>> {
        let mut grown = false;
        let mut grew = vec![false; self.forms.len()];
        for fixup in &self.fixups {
            let target = self.labels[fixup.label.0 as usize].expect("every label that is used is bound");
            let displacement = target as i64 - fixup.at as i64;
            let (low, high) = I::reach(fixup.kind);
            if displacement < low || displacement > high {
                if !grew[fixup.branch] {
                    self.forms[fixup.branch] += 1;
                    grew[fixup.branch] = true;
                }
                grown = true;
            } else {
                I::patch(fixup.kind, &mut self.bytes[fixup.at..], displacement);
            }
        }
        if grown {
            return Err(self.forms);
        }
        Ok(Resolved { bytes: self.bytes, relocs: self.relocs, sites: self.sites })
    }

    /// Bytes and relocations of code without labels.
    pub fn finish(self) -> (Vec<u8>, Vec<Reloc>) {
        debug_assert!(self.fixups.is_empty());
        (self.bytes, self.relocs)
    }
}

/// A function's bytes, with references to the outside only.
pub(super) struct Resolved {
    pub bytes: Vec<u8>,
    pub relocs: Vec<Reloc>,
    pub sites: Vec<Site>,
}
