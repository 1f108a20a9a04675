//! An artifact whose code may run.

use sandgrain_abi::Target;
use sandgrain_artifact::{Artifact, CONTENT_ALIGN, Content, CpuFeatures, DeviceProfile};

use crate::arch::{self, POINTER_BYTES};
use crate::helpers;
use crate::trap::{InstantiateError, OpenError};

/// What this build offers to code on the part `target`; `None` if it has no engine for that part.
///
/// A triple of Rust's stands for several parts: which one it is, the firmware has to say. One that does so in a constant
/// does not compile for a triple that is wrong for it. Features that only some processors have are not in it: see
/// [`cpu_features`](crate::cpu_features).
pub const fn this_device(target: Target) -> Option<DeviceProfile> {
    if arch::runs(target) {
        Some(DeviceProfile { target, features: CpuFeatures::NONE, helpers: helpers::GROUPS })
    } else {
        None
    }
}

/// A checked artifact, lying where its code will run. A copy of it is a copy of a few slices.
#[derive(Debug, Clone, Copy)]
pub struct Module<'a> {
    artifact: Artifact<'a>,
    target: Target,
}

impl<'a> Module<'a> {
    /// Opens the artifact at the start of `bytes` for `device`, in time linear in its tables. Nothing is copied: the
    /// code runs inside `bytes`, so they must be executable memory.
    ///
    /// Hostile bytes are refused, or give a module that refers to nothing outside of them; they never cause a panic.
    /// What cannot be checked here is the machine code.
    ///
    /// # Errors
    /// [`OpenError::Artifact`] with the first thing that does not fit; [`OpenError::Misaligned`].
    ///
    /// # Safety
    /// If an instance of the module is called, then the artifact's code must be what the Sandgrain compiler made for
    /// `device`, and `device` must describe this part and this firmware. Checking the signature and the chunk digests
    /// ([`sandgrain_artifact`]) against a trusted key establishes the first; it need be done only once for bytes that
    /// nobody else can write.
    pub unsafe fn open(bytes: &'a [u8], device: &DeviceProfile) -> Result<Module<'a>, OpenError> {
        let artifact = Artifact::open(bytes, device)?;
        if !artifact.content().text().as_ptr().addr().is_multiple_of(CONTENT_ALIGN) {
            return Err(OpenError::Misaligned { address: bytes.as_ptr().addr() });
        }
        Ok(Module { artifact, target: device.target })
    }

    /// The artifact.
    pub fn artifact(&self) -> &Artifact<'a> {
        &self.artifact
    }

    /// What instances are made from.
    pub fn content(&self) -> &Content<'a> {
        self.artifact.content()
    }

    /// Whether instances of it are laid out for pointers of this part's size.
    pub(crate) fn check_pointers(&self) -> Result<(), InstantiateError<'a>> {
        match self.target.pointer_bytes() == POINTER_BYTES {
            true => Ok(()),
            false => Err(InstantiateError::WrongPart { target: self.target }),
        }
    }

    /// What its code was compiled for.
    pub fn target(&self) -> Target {
        self.target
    }
}
