//! Text that is never shown.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// A credential: plain on the wire, `[REDACTED]` in `Debug`, without `Display`.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    /// Wraps a credential.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The credential itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// What stands in place of a credential wherever something is shown.
pub(super) const REDACTED: &str = "[REDACTED]";

/// Ends of names, without case and separators, whose values are credentials.
const SECRET_ENDS: [&str; 33] = [
    "accesskey",
    "accesskeyid",
    "apikey",
    "assertion",
    "auth",
    "authentication",
    "authorization",
    "bearer",
    "code",
    "codeverifier",
    "connectionstring",
    "cookie",
    "cookies",
    "credential",
    "credentials",
    "csrf",
    "jwt",
    "key",
    "otp",
    "pass",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pwd",
    "sas",
    "secret",
    "session",
    "sessionid",
    "sig",
    "signature",
    "token",
    "xsrf",
];

/// Whether a header, parameter or key of this name usually holds a credential.
pub(super) fn is_secret_name(name: &str) -> bool {
    SECRET_ENDS.iter().any(|end| {
        let letters = name.bytes().rev().filter(u8::is_ascii_alphanumeric);
        let mut letters = letters.map(|letter| letter.to_ascii_lowercase());
        end.bytes().rev().all(|letter| letters.next() == Some(letter))
    })
}
