//! Where a broker is.

use std::fmt;
use std::str::FromStr;

/// `mqtts://[user[:password]@]host[:port]`, or `mqtt://…` without TLS. Ports are 8883 and 1883 unless given.
#[derive(Clone, PartialEq, Eq)]
pub struct BrokerUrl {
    tls: bool,
    host: String,
    port: u16,
    credentials: Option<(String, String)>,
}

impl BrokerUrl {
    /// Whether it is spoken to with TLS.
    pub fn is_tls(&self) -> bool {
        self.tls
    }

    /// Name or address; an IPv6 address without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// User and password, if there are any.
    pub fn credentials(&self) -> Option<(&str, &str)> {
        self.credentials.as_ref().map(|(user, password)| (user.as_str(), password.as_str()))
    }
}

impl FromStr for BrokerUrl {
    type Err = String;

    fn from_str(url: &str) -> Result<BrokerUrl, String> {
        let what = "a broker is given as mqtts://[user[:password]@]host[:port], or as mqtt://… without TLS";
        let (tls, rest) = match url.split_once("://") {
            Some(("mqtts", rest)) => (true, rest),
            Some(("mqtt", rest)) => (false, rest),
            _ => return Err(what.to_owned()),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (credentials, server) = match rest.rsplit_once('@') {
            Some((login, server)) => {
                let (user, password) = login.split_once(':').unwrap_or((login, ""));
                (Some((user.to_owned(), password.to_owned())), server)
            }
            None => (None, rest),
        };
        // An IPv6 address has colons of its own, and brackets round them.
        let (host, port) = match server.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port),
            _ => (server, if tls { "8883" } else { "1883" }),
        };
        let host = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
        let port = port.parse().map_err(|_| format!("`{port}` is no port; {what}"))?;
        if host.is_empty() || host.contains(['/', '[', ']']) {
            return Err(what.to_owned());
        }
        Ok(BrokerUrl { tls, host: host.to_owned(), port, credentials })
    }
}

/// Without user and password.
impl fmt::Display for BrokerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls { "mqtts" } else { "mqtt" };
        let brackets = if self.host.contains(':') { ["[", "]"] } else { ["", ""] };
        write!(f, "{scheme}://{}{}{}:{}", brackets[0], self.host, brackets[1], self.port)
    }
}

impl fmt::Debug for BrokerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BrokerUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read() {
        let url = |text: &str| BrokerUrl::from_str(text);
        let full = url("mqtt://me:se@cret:x@host.example:99/").unwrap();
        assert_eq!(full.credentials(), Some(("me", "se@cret:x")));
        assert_eq!((full.host(), full.port(), full.is_tls()), ("host.example", 99, false));
        assert_eq!(full.to_string(), "mqtt://host.example:99");
        assert!(!format!("{full:?}").contains("cret"));
        let short = url("mqtt://10.0.0.1").unwrap();
        assert_eq!((short.credentials(), short.port()), (None, 1883));
        let tls = url("mqtts://broker").unwrap();
        assert_eq!((tls.is_tls(), tls.port(), tls.to_string().as_str()), (true, 8883, "mqtts://broker:8883"));
        let six = url("mqtt://[::1]:1884").unwrap();
        assert_eq!((six.host(), six.port(), six.to_string().as_str()), ("::1", 1884, "mqtt://[::1]:1884"));
        assert_eq!(url("mqtts://[::1]").unwrap().port(), 8883);
        for bad in ["", "host", "mqtt://", "mqtt://:1883", "mqtt://h:port", "mqtts://h:70000", "http://h", "mqtt://h/p"]
        {
            assert!(url(bad).is_err(), "{bad}");
        }
    }
}
