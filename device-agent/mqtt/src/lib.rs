#![forbid(unsafe_code)]
//! Where a broker is, and whom to believe that it is it: what the agent for Linux and the controller's command share.
//!
//! * [`BrokerUrl`]: `mqtts://host` with TLS, `mqtt://host` without
//! * [`TlsFiles`]: the certificate authority, and the certificate and key of whoever connects, as PEM files
//! * [`client`]: both together as options of rumqttc

mod tls;
mod url;

use rumqttc::{MqttOptions, TlsConfiguration, Transport};

pub use tls::{TlsError, TlsFiles};
pub use url::BrokerUrl;

/// Options of an MQTT 3.1.1 client, so that any broker will do, with a clean session. `files` are read now; without any,
/// `mqtts://` believes no broker.
///
/// # Errors
/// If the files are not what they should be, or URL and files contradict each other: [`TlsError`] names file and remedy.
pub fn client(id: &str, url: &BrokerUrl, files: &TlsFiles) -> Result<MqttOptions, TlsError> {
    let mut options = MqttOptions::new(id, url.host(), url.port());
    if let Some((user, password)) = url.credentials() {
        options.set_credentials(user, password);
    }
    if url.is_tls() {
        options.set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(files.read()?)));
    } else if !files.is_empty() {
        return Err(TlsError::WithoutTls);
    }
    Ok(options)
}
