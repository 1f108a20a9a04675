//! An artifact whose code may run.

use sandgrain_abi::Target;
#[cfg(feature = "interpreter")]
use sandgrain_artifact::Carried;
use sandgrain_artifact::{CONTENT_ALIGN, Content, CpuFeatures, DeviceProfile, Error};

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

/// A module that instances can be made of: an artifact, lying where its code will run, or WebAssembly for the interpreter.
/// A copy of it is a copy of a few slices.
#[derive(Debug, Clone, Copy)]
pub struct Module<'a>(Source<'a>);

#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    feature = "interpreter",
    allow(clippy::large_enum_variant, reason = "there is no heap to put the larger on")
)]
enum Source<'a> {
    Code(Content<'a>, Target),
    #[cfg(feature = "interpreter")]
    Wasm(&'a [u8]),
}

impl<'a> Module<'a> {
    /// Opens the artifact at the start of `bytes` for `device`, in time linear in its tables. Nothing is copied: the
    /// code runs inside `bytes`, so they must be executable memory. Header and content are checked, signature, manifest and
    /// digests are not looked at: they are for whoever verifies the bytes.
    ///
    /// Hostile bytes are refused, or give a module that refers to nothing outside of them; they never cause a panic.
    /// What cannot be checked here is the machine code.
    ///
    /// # Errors
    /// [`OpenError::Artifact`] with the first thing that does not fit; [`OpenError::Misaligned`].
    ///
    /// # Safety
    /// If an instance of the module is made, then the artifact's code must be what the Sandgrain compiler made for
    /// `device`, and `device` must describe this part and this firmware; the WebAssembly that it carries must be what
    /// that code was made from, unless the feature `validate` checks it. Checking the signature and the chunk digests
    /// ([`sandgrain_artifact`]) against a trusted key establishes the first; it need be done only once for bytes that
    /// nobody else can write.
    pub unsafe fn open(bytes: &'a [u8], device: &DeviceProfile) -> Result<Module<'a>, OpenError> {
        let content = match Content::open(bytes, device) {
            Ok(content) => content,
            Err(error) => return Self::without_code(bytes, error),
        };
        if !content.text().as_ptr().addr().is_multiple_of(CONTENT_ALIGN) {
            return Err(OpenError::Misaligned { address: bytes.as_ptr().addr() });
        }
        Ok(Module(Source::Code(content, device.target)))
    }

    /// What can be made of an artifact with other code than this device's.
    fn without_code(_bytes: &'a [u8], error: Error) -> Result<Module<'a>, OpenError> {
        #[cfg(feature = "interpreter")]
        if let Error::AbiVersion { .. } | Error::Target { .. } | Error::CpuFeatures { .. } | Error::Helpers { .. } =
            error
            && let Ok(carried) = Carried::open(_bytes)
        {
            return Ok(Module(Source::Wasm(carried.wasm())));
        }
        Err(error.into())
    }

    /// WebAssembly for the interpreter, from anywhere: making an instance validates it.
    #[cfg(feature = "validate")]
    pub fn from_wasm(bytes: &'a [u8]) -> Module<'a> {
        Module(Source::Wasm(bytes))
    }

    /// What instances are made from, if its code is to run.
    pub fn content(&self) -> Option<&Content<'a>> {
        match &self.0 {
            Source::Code(content, _) => Some(content),
            #[cfg(feature = "interpreter")]
            Source::Wasm(_) => None,
        }
    }

    /// The WebAssembly, if it is to be interpreted.
    #[cfg(feature = "interpreter")]
    pub(crate) fn interpreted(&self) -> Option<&'a [u8]> {
        match self.0 {
            Source::Code(..) => None,
            Source::Wasm(bytes) => Some(bytes),
        }
    }

    /// The content and what it was compiled for, if instances of it are laid out for pointers of this part's size.
    pub(crate) fn code(&self) -> Result<(&Content<'a>, Target), InstantiateError<'a>> {
        match &self.0 {
            Source::Code(content, target) if target.pointer_bytes() == POINTER_BYTES => Ok((content, *target)),
            Source::Code(_, target) => Err(InstantiateError::WrongPart { target: *target }),
            #[cfg(feature = "interpreter")]
            Source::Wasm(_) => Err(InstantiateError::Wasm {
                why: "the WebAssembly cannot be interpreted: only an Instance can be, no Store",
            }),
        }
    }
}
