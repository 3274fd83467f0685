//! Puts a credential into a request, just before it is sent.

#[cfg(feature = "aws_v4")]
use super::aws_v4;
use super::client::Inner;
use super::credential::CredentialValue;
#[cfg(feature = "digest")]
use super::digest;
use super::dynamic::configured;
use super::encode::{base64, component, query_name};
use super::error::Error;
use super::header::put_secret;
use super::oauth::TokenFailure;
use super::prepared::Prepared;
use super::request::Unauthenticated;
use super::response::RawResponse;
use super::retry::{Again, Failed};
use super::secret::Secret;
use super::spec::{CredentialSpec, SchemeSpec};
use super::token::TokenSource;
use super::transport::HttpRequest;
use http::StatusCode;
use http::header::AUTHORIZATION;
use std::sync::Arc;

/// Authenticates a request with the client's credential for the scheme `index`.
pub(super) async fn authenticate(
    inner: &Inner,
    index: usize,
    unauthenticated: &mut Unauthenticated,
) -> Result<UsedCredential, Failed> {
    let Some(spec) = inner.api.credentials.get(index) else {
        return Ok(UsedCredential::Fixed);
    };
    match inner.tokens.iter().find(|(setter, _)| *setter == spec.setter) {
        Some((_, source)) => {
            let token = source.token().await.map_err(no_token)?;
            put(unauthenticated, spec, &CredentialValue::Token(token.clone()))?;
            Ok(UsedCredential::Token(Arc::clone(source), token))
        }
        None => with_given(inner, spec, unauthenticated),
    }
}

/// Authenticates a request with a credential that needs no token of its own.
fn with_given(
    inner: &Inner,
    spec: &'static CredentialSpec,
    unauthenticated: &mut Unauthenticated,
) -> Result<UsedCredential, Failed> {
    let given = inner.credentials.iter().find(|(setter, _)| *setter == spec.setter);
    let Some((_, credential)) = given else {
        return Err(Error::auth(no_credential(spec)).into());
    };
    match credential {
        #[cfg(feature = "digest")]
        CredentialValue::Digest(credentials) => {
            return Ok(UsedCredential::Digest(credentials.answer(&mut unauthenticated.request)?));
        }
        #[cfg(feature = "aws_v4")]
        CredentialValue::AwsV4(credentials) => {
            sign_for_aws(inner, &mut unauthenticated.request, spec, credentials)?;
        }
        CredentialValue::Token(_)
        | CredentialValue::Basic { .. }
        | CredentialValue::ClientCredentials(_)
        | CredentialValue::Signer(_) => put(unauthenticated, spec, credential)?,
    }
    Ok(UsedCredential::Fixed)
}

/// What authenticates a call.
pub(super) enum Authentication {
    None,
    /// The client's credential for the scheme at this index.
    Scheme(usize),
    /// A credential of the caller's, and the index of the scheme if any.
    Own(OwnCredential),
}

/// A credential that a call brings, and the scheme of its operation if any.
pub(super) struct OwnCredential {
    credential: CredentialValue,
    scheme: Option<usize>,
}

impl Inner {
    /// What authenticates this call: its own credential, the client's, or a signer for whatever has no scheme.
    pub(super) fn authentication(&self, prepared: &Prepared) -> Authentication {
        // A call of no operation takes the first credential that the client has.
        let is_given =
            |spec: &CredentialSpec| self.credentials.iter().any(|it| it.0 == spec.setter);
        let first = || self.api.credentials.iter().position(is_given);
        let scheme =
            prepared.operation.auth.or_else(|| prepared.raw.as_ref().and_then(|_| first()));
        let own = |credential| Authentication::Own(OwnCredential { credential, scheme });
        match (&prepared.auth, scheme, &self.signer) {
            _ if prepared.without_auth => Authentication::None,
            (Some(credential), _, _) => own(credential.clone()),
            (None, Some(index), _) => Authentication::Scheme(index),
            (None, None, Some(signer)) => own(CredentialValue::Signer(Arc::clone(signer))),
            (None, None, None) => Authentication::None,
        }
    }
}

/// Where an operation has no scheme, the one of the API's first credential is meant; else a bearer token.
const USUAL: CredentialSpec =
    CredentialSpec { setter: "with_auth", scheme: SchemeSpec::Bearer { prefix: "Bearer" } };

/// Authenticates a request with a credential of the call's own.
pub(super) fn with_own(
    inner: &Inner,
    own: &OwnCredential,
    unauthenticated: &mut Unauthenticated,
) -> Result<UsedCredential, Failed> {
    let schemes = inner.api.credentials;
    let spec = own.scheme.and_then(|index| schemes.get(index)).or(schemes.first());
    put(unauthenticated, spec.unwrap_or(&USUAL), &own.credential)?;
    Ok(UsedCredential::Fixed)
}

fn no_credential(spec: &CredentialSpec) -> String {
    let setter = spec.setter;
    let feature = match spec.scheme {
        SchemeSpec::Digest if cfg!(not(feature = "digest")) => "digest",
        SchemeSpec::AwsV4 { .. } if cfg!(not(feature = "aws_v4")) => "aws_v4",
        SchemeSpec::Digest | SchemeSpec::AwsV4 { .. } | SchemeSpec::Custom { .. } => "",
        SchemeSpec::Bearer { .. } | SchemeSpec::Basic => "",
        SchemeSpec::HeaderKey { .. } | SchemeSpec::QueryKey { .. } => "",
    };
    if feature.is_empty() {
        return format!("the client has no credential: give the builder `{setter}`");
    }
    format!(
        "the client has no credential: turn on the feature `{feature}` for the builder's `{setter}`, or give it a signer"
    )
}

/// The credential that a request was sent with.
pub(super) enum UsedCredential {
    /// One that stays as it is.
    Fixed,
    /// The response to a challenge.
    #[cfg(feature = "digest")]
    Digest(digest::ChallengeResponse),
    /// A token, and where it is from.
    Token(Arc<TokenSource>, Secret),
}

impl UsedCredential {
    /// Takes note of what the service answered.
    pub(super) fn observe_response(&self, answered: &RawResponse) {
        match (self, answered) {
            #[cfg(feature = "digest")]
            (Self::Digest(answer), answered) => answer.observe_response(answered),
            (Self::Token(..) | Self::Fixed, _) => {}
        }
    }

    /// Whether `error` says that the service refused what may be accepted when it is given anew: a token, which is forgotten then, or the response to a challenge.
    pub(super) fn is_refused(&self, error: &Error) -> bool {
        if error.status() != Some(StatusCode::UNAUTHORIZED) {
            return false;
        }
        match self {
            Self::Token(source, token) => {
                source.refused(token);
                true
            }
            #[cfg(feature = "digest")]
            Self::Digest(answer) => answer.is_outdated(),
            Self::Fixed => false,
        }
    }
}

#[cfg(feature = "aws_v4")]
fn sign_for_aws(
    inner: &Inner,
    request: &mut HttpRequest,
    spec: &CredentialSpec,
    credentials: &aws_v4::AwsCredentials,
) -> Result<(), Error> {
    let SchemeSpec::AwsV4 { service, region } = spec.scheme else {
        return Err(of_another_kind(spec));
    };
    let resolved = |parts| configured(parts, |name| inner.variable(name));
    let place = (&*resolved(service)?, &*resolved(region)?);
    aws_v4::sign(request, credentials, place, inner.clock.today())
}

/// Nothing of the call was sent: what may pass is tried again, whatever the call does.
fn no_token(failure: TokenFailure) -> Failed {
    let wait = failure.wait;
    let error = failure.into_error();
    Failed { again: Again::unsent(&error), error, wait }
}

fn put(
    unauthenticated: &mut Unauthenticated,
    spec: &CredentialSpec,
    credential: &CredentialValue,
) -> Result<(), Error> {
    let Unauthenticated { request, api_key_position } = unauthenticated;
    match (credential, spec.scheme) {
        (CredentialValue::Signer(signer), _) => signer.sign(request),
        (CredentialValue::Token(token), SchemeSpec::Bearer { prefix: "" }) => {
            put_secret(request, AUTHORIZATION.as_str(), token.expose().to_owned())
        }
        (CredentialValue::Token(token), SchemeSpec::Bearer { prefix }) => {
            put_secret(request, AUTHORIZATION.as_str(), format!("{prefix} {}", token.expose()))
        }
        (CredentialValue::Token(token), SchemeSpec::HeaderKey { name }) => {
            put_secret(request, name, token.expose().to_owned())
        }
        (CredentialValue::Token(token), SchemeSpec::QueryKey { name }) => {
            push_key(&mut request.url, *api_key_position, name, token);
            request.key_in_query = Some(name);
            Ok(())
        }
        (CredentialValue::Basic { username, password }, _) => {
            let plain = format!("{username}:{}", password.expose());
            let value = format!("Basic {}", base64(plain.as_bytes()));
            put_secret(request, AUTHORIZATION.as_str(), value)
        }
        (CredentialValue::Token(_), SchemeSpec::Basic | SchemeSpec::Digest)
        | (CredentialValue::Token(_), SchemeSpec::AwsV4 { .. } | SchemeSpec::Custom { .. })
        | (CredentialValue::ClientCredentials(_), _) => Err(of_another_kind(spec)),
        #[cfg(feature = "digest")]
        (CredentialValue::Digest(_), _) => Err(of_another_kind(spec)),
        #[cfg(feature = "aws_v4")]
        (CredentialValue::AwsV4(_), _) => Err(of_another_kind(spec)),
    }
}

fn of_another_kind(spec: &CredentialSpec) -> Error {
    Error::auth(format!("the credential `{}` is of another kind", spec.setter))
}

/// Puts a key into the query, before what stands at `at` in the URL.
fn push_key(url: &mut String, at: usize, name: &str, key: &Secret) {
    let after = url.split_off(at);
    url.push(if url.contains('?') { '&' } else { '?' });
    url.push_str(&query_name(name));
    url.push('=');
    url.push_str(&component(key.expose()));
    match after.strip_prefix('?') {
        Some(query) => {
            url.push('&');
            url.push_str(query);
        }
        None => url.push_str(&after),
    }
}
