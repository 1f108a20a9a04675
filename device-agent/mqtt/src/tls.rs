//! TLS from PEM files.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

/// The files that TLS is made of. All PEM.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TlsFiles {
    /// Certificates of the authorities of which one must have issued the broker's.
    pub ca: Option<PathBuf>,
    /// This side's certificate, then those that lead to its authority.
    pub certificate: Option<PathBuf>,
    /// The certificate's secret key: PKCS #8, SEC 1 or PKCS #1.
    pub key: Option<PathBuf>,
}

/// Why there is no TLS to be had.
#[derive(Debug)]
pub enum TlsError {
    /// `mqtts://`, and nobody who says which broker is the right one.
    NoAuthority,
    /// A certificate without its key, or a key without its certificate.
    Half {
        /// The one that is missing.
        missing: &'static str,
    },
    /// `mqtt://`, and files that would not be used.
    WithoutTls,
    /// A file cannot be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file does not hold what it should.
    Content {
        /// Which.
        path: PathBuf,
        /// What is wanted.
        expected: &'static str,
        /// What was found out.
        why: String,
    },
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TlsError::NoAuthority => {
                write!(f, "mqtts:// needs the certificate of the broker's authority: name its file with `ca`")
            }
            TlsError::Half { missing } => {
                write!(f, "`tls-cert` and `tls-key` belong together: {missing} is missing; name both files or neither")
            }
            TlsError::WithoutTls => {
                write!(f, "certificates are given, but the broker is mqtt://, without TLS: name it as mqtts://…")
            }
            TlsError::Unreadable { path, source } => {
                write!(f, "cannot read {}: {source}; name another file, or let this user read it", path.display())
            }
            TlsError::Content { path, expected, why } => {
                write!(f, "{} is not {expected} in PEM form: {why}", path.display())
            }
        }
    }
}

impl std::error::Error for TlsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            TlsError::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl TlsFiles {
    /// Whether no file is named.
    pub fn is_empty(&self) -> bool {
        *self == TlsFiles::default()
    }

    /// Reads the files: TLS 1.3 or 1.2, with the broker's certificate checked for its host's name against `ca` alone.
    ///
    /// # Errors
    /// [`TlsError`], but [`TlsError::WithoutTls`].
    pub fn read(&self) -> Result<Arc<ClientConfig>, TlsError> {
        let ca = self.ca.as_deref().ok_or(TlsError::NoAuthority)?;
        let content = |path: &Path, expected, why: String| TlsError::Content { path: path.into(), expected, why };
        let mut roots = RootCertStore::empty();
        for certificate in certificates(ca)? {
            roots.add(certificate).map_err(|e| content(ca, "a certificate of an authority", e.to_string()))?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = builder.map_err(|e| content(ca, "usable", e.to_string()))?.with_root_certificates(roots);
        let config = match (self.certificate.as_deref(), self.key.as_deref()) {
            (None, None) => builder.with_no_client_auth(),
            (Some(_), None) => return Err(TlsError::Half { missing: "`tls-key`" }),
            (None, Some(_)) => return Err(TlsError::Half { missing: "`tls-cert`" }),
            (Some(chain), Some(key_file)) => {
                let key = PrivateKeyDer::from_pem_file(key_file).map_err(|e| pem_error(key_file, "a secret key", e))?;
                let config = builder.with_client_auth_cert(certificates(chain)?, key);
                config.map_err(|e| content(key_file, "the key of the certificate", e.to_string()))?
            }
        };
        Ok(Arc::new(config))
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let failed = |e| pem_error(path, "a certificate", e);
    let all = CertificateDer::pem_file_iter(path).map_err(failed)?;
    let all: Vec<_> = all.collect::<Result<_, _>>().map_err(failed)?;
    if all.is_empty() { Err(failed(pem::Error::NoItemsFound)) } else { Ok(all) }
}

fn pem_error(path: &Path, expected: &'static str, error: pem::Error) -> TlsError {
    match error {
        pem::Error::Io(source) => TlsError::Unreadable { path: path.into(), source },
        pem::Error::NoItemsFound => {
            TlsError::Content { path: path.into(), expected, why: "there is none in it".into() }
        }
        other => TlsError::Content { path: path.into(), expected, why: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_wrong_with_which_file_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            Some(path)
        };
        let mine = rcgen::generate_simple_self_signed(["me".to_owned()]).unwrap();
        let other = rcgen::KeyPair::generate().unwrap();
        let good = TlsFiles {
            ca: write("ca.pem", &mine.cert.pem()),
            certificate: write("me.pem", &mine.cert.pem()),
            key: write("me.key", &mine.signing_key.serialize_pem()),
        };
        good.read().unwrap();
        let said = |files: &TlsFiles| files.read().unwrap_err().to_string();

        assert!(said(&TlsFiles { ca: None, ..good.clone() }).contains("`ca`"));
        assert!(said(&TlsFiles { key: None, ..good.clone() }).contains("`tls-key` is missing"));
        assert!(said(&TlsFiles { certificate: None, ..good.clone() }).contains("`tls-cert` is missing"));
        let absent = TlsFiles { ca: Some(folder.path().join("absent.pem")), ..good.clone() };
        assert!(said(&absent).contains("cannot read") && said(&absent).contains("absent.pem"));
        let empty = TlsFiles { certificate: write("empty.pem", "\n"), ..good.clone() };
        assert!(said(&empty).contains("empty.pem is not a certificate"), "{}", said(&empty));
        let swapped = TlsFiles { key: good.certificate.clone(), ..good.clone() };
        assert!(said(&swapped).contains("me.pem is not a secret key"), "{}", said(&swapped));
        let foreign = TlsFiles { key: write("other.key", &other.serialize_pem()), ..good.clone() };
        assert!(said(&foreign).contains("other.key is not the key of the certificate"), "{}", said(&foreign));
    }

    #[test]
    fn url_and_files_have_to_agree() {
        let files = TlsFiles { ca: Some("ca.pem".into()), ..TlsFiles::default() };
        let plain = "mqtt://h".parse().unwrap();
        let error = crate::client("c", &plain, &files).unwrap_err();
        assert!(error.to_string().contains("mqtts://"), "{error}");
        assert!(crate::client("c", &plain, &TlsFiles::default()).is_ok());
        let error = crate::client("c", &"mqtts://h".parse().unwrap(), &TlsFiles::default()).unwrap_err();
        assert!(error.to_string().contains("`ca`"), "{error}");
    }
}
