//! What a builder takes as a credential, and the seam for schemes that this crate does not know.

#[cfg(feature = "aws_v4")]
use super::aws_v4::AwsCredentials;
#[cfg(feature = "digest")]
use super::digest::DigestCredentials;
use super::encode::base64;
use super::error::Error;
use super::oauth::ClientCredentials;
use super::secret::Secret;
use super::transport::HttpRequest;
use std::fmt;
use std::sync::Arc;

/// A credential as the builder takes it.
#[derive(Clone)]
#[non_exhaustive]
pub enum CredentialValue {
    /// A token or key.
    Token(Secret),
    /// A user and a password.
    Basic {
        /// The user.
        username: String,
        /// The password.
        password: Secret,
    },
    /// A client's id and secret, changed for tokens when they are needed.
    ClientCredentials(ClientCredentials),
    /// A user and a password that are never sent: they answer the service's challenges.
    #[cfg(feature = "digest")]
    Digest(DigestCredentials),
    /// Keys that sign each request.
    #[cfg(feature = "aws_v4")]
    AwsV4(AwsCredentials),
    /// Anything else: signs each request.
    Signer(Arc<dyn Signer>),
}

impl From<Secret> for CredentialValue {
    fn from(token: Secret) -> Self {
        Self::Token(token)
    }
}

impl From<ClientCredentials> for CredentialValue {
    fn from(credentials: ClientCredentials) -> Self {
        Self::ClientCredentials(credentials)
    }
}

impl From<&str> for CredentialValue {
    fn from(token: &str) -> Self {
        Self::Token(token.into())
    }
}

impl From<String> for CredentialValue {
    fn from(token: String) -> Self {
        Self::Token(token.into())
    }
}

impl fmt::Debug for CredentialValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[REDACTED]")
    }
}

impl CredentialValue {
    /// The texts of it that nobody should read.
    pub(super) fn secrets(&self) -> Vec<String> {
        match self {
            Self::Token(token) => vec![token.expose().to_owned()],
            Self::Basic { username, password } => {
                let password = password.expose();
                let sent = base64(format!("{username}:{password}").as_bytes());
                vec![password.to_owned(), sent]
            }
            Self::ClientCredentials(credentials) => vec![credentials.secret().to_owned()],
            #[cfg(feature = "digest")]
            Self::Digest(credentials) => vec![credentials.password().to_owned()],
            #[cfg(feature = "aws_v4")]
            Self::AwsV4(credentials) => credentials.secrets(),
            Self::Signer(_) => Vec::new(),
        }
    }
}

/// Signs requests in a way this crate does not know.
///
/// ```text
/// struct Stamped { key: String }
///
/// impl Signer for Stamped {
///     fn sign(&self, request: &mut HttpRequest) -> Result<(), Error> {
///         let stamp = stamp_of(&self.key, &request.body);
///         let value = stamp.parse().map_err(|_| Error::auth("the stamp is no header value"))?;
///         request.headers.insert("x-stamp", value);
///         Ok(())
///     }
/// }
/// ```
pub trait Signer: Send + Sync + 'static {
    /// Changes `request`, usually by adding a header.
    ///
    /// # Errors
    ///
    /// Where the request cannot be signed: it is not sent.
    fn sign(&self, request: &mut HttpRequest) -> Result<(), Error>;
}
