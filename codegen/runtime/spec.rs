//! What the emitted code says of its API, as constants.

/// An API as a whole.
#[derive(Debug)]
pub struct ApiSpec {
    /// Package name, for the `User-Agent`.
    pub name: &'static str,
    /// Package version.
    pub version: &'static str,
    /// Values the client is configured with.
    pub variables: &'static [VariableSpec],
    /// Base URLs; the first is the one `base_url` replaces.
    pub servers: &'static [ServerSpec],
    /// Authentication schemes.
    pub credentials: &'static [CredentialSpec],
}

/// A value the client is configured with.
#[derive(Debug)]
pub struct VariableSpec {
    /// Its name in texts with holes, and of its setter.
    pub name: &'static str,
    /// Its default.
    pub default: Option<&'static str>,
}

/// A base URL.
#[derive(Debug)]
pub struct ServerSpec {
    /// The builder's method that replaces it.
    pub setter: &'static str,
    /// `scheme://host:port`.
    pub base: &'static [Part],
}

/// An authentication scheme.
#[derive(Debug)]
pub struct CredentialSpec {
    /// The builder's method that gives the credential.
    pub setter: &'static str,
    /// How it is put into a request.
    pub scheme: SchemeSpec,
}

/// Where tokens come from, OAuth 2 client credentials.
#[derive(Debug)]
pub struct TokenSpec {
    /// The token endpoint; from its `/` on, where it is on the first server.
    pub url: &'static [Part],
    /// The API the token is for; from its `/` on, likewise.
    pub audience: Option<&'static [Part]>,
}

/// How a credential is put into a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeSpec {
    /// `Authorization: <prefix> <token>`; an empty prefix sends the bare token.
    Bearer {
        /// Usually `Bearer`.
        prefix: &'static str,
    },
    /// User and password, RFC 7617.
    Basic,
    /// A key in a header.
    HeaderKey {
        /// Header name.
        name: &'static str,
    },
    /// A key in the query.
    QueryKey {
        /// Parameter name.
        name: &'static str,
    },
    /// Answers the service's challenge, RFC 7616; feature `digest`.
    Digest,
    /// AWS Signature Version 4; feature `aws_v4`.
    AwsV4 {
        /// The service's name in the signature.
        service: &'static [Part],
        /// The region.
        region: &'static [Part],
    },
    /// Left to a [`Signer`](super::Signer).
    Custom {
        /// The scheme's usual name.
        kind: &'static str,
    },
}

/// A piece of a text with holes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Literal text, already encoded for its place.
    Text(&'static str),
    /// A value the client is configured with.
    Variable(&'static str),
    /// A version 4 UUID.
    Uuid,
    /// Seconds since the epoch.
    Timestamp,
    /// Now, ISO 8601 in UTC with milliseconds.
    IsoTimestamp,
    /// An integer from 0 to 1000.
    Integer,
}
