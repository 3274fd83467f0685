//! Puts a credential into a request, just before it is sent.

use super::client::{CredentialValue, Inner};
use super::encode::{base64, component, query_name};
use super::error::Error;
use super::oauth::TokenFailure;
use super::request::latin1;
use super::retry::{Again, Failed};
use super::secret::Secret;
use super::spec::{CredentialSpec, SchemeSpec};
use super::token::TokenSource;
use super::transport::HttpRequest;
use http::StatusCode;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use std::sync::Arc;

/// Authenticates `request` with the client's credential for the scheme `index`.
pub(super) async fn authenticate(
    inner: &Inner,
    index: usize,
    request: &mut HttpRequest,
) -> Result<Given, Failed> {
    let Some(spec) = inner.api.credentials.get(index) else {
        return Ok(Given::Fixed);
    };
    let given = inner.credentials.iter().find(|(setter, _)| *setter == spec.setter);
    let Some((_, credential)) = given else {
        let message = format!("the client has no credential: give the builder `{}`", spec.setter);
        return Err(Error::Auth { message }.into());
    };
    let source = inner.tokens.iter().find(|(setter, _)| *setter == spec.setter);
    if let Some((_, source)) = source {
        let token = source.token().await.map_err(no_token)?;
        put(request, spec, &CredentialValue::Token(token.clone()))?;
        return Ok(Given::Token(Arc::clone(source), token));
    }
    put(request, spec, credential)?;
    Ok(Given::Fixed)
}

/// The credential that a request was sent with.
pub(super) enum Given {
    /// One that stays as it is.
    Fixed,
    /// A token, and where it is from.
    Token(Arc<TokenSource>, Secret),
}

impl Given {
    /// Whether `error` says that the service refused the token, which is forgotten then: with a new one it may not.
    pub(super) fn is_refused(&self, error: &Error) -> bool {
        match self {
            Self::Token(source, token) if error.status() == Some(StatusCode::UNAUTHORIZED) => {
                source.refused(token);
                true
            }
            Self::Token(..) | Self::Fixed => false,
        }
    }
}

/// Nothing of the call was sent: what may pass is tried again, whatever the call does.
fn no_token(failure: TokenFailure) -> Failed {
    let wait = failure.wait;
    let error = failure.into_error();
    Failed { again: Again::unsent(&error), error, wait }
}

fn put(
    request: &mut HttpRequest,
    spec: &CredentialSpec,
    credential: &CredentialValue,
) -> Result<(), Error> {
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
            push_key(request, name, token);
            Ok(())
        }
        (CredentialValue::Basic { username, password }, _) => {
            let plain = format!("{username}:{}", password.expose());
            let value = format!("Basic {}", base64(plain.as_bytes()));
            put_secret(request, AUTHORIZATION.as_str(), value)
        }
        (CredentialValue::Token(_), SchemeSpec::Basic | SchemeSpec::Custom { .. })
        | (CredentialValue::ClientCredentials(_), _) => {
            let message = format!("the credential `{}` is of another kind", spec.setter);
            Err(Error::Auth { message })
        }
    }
}

/// Sets a header that holds a credential.
fn put_secret(request: &mut HttpRequest, name: &str, value: String) -> Result<(), Error> {
    let wrong =
        || Error::Auth { message: "a credential holds characters no header can".to_owned() };
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
    let value = if value.is_ascii() { HeaderValue::try_from(value).ok() } else { latin1(&value) };
    let mut value = value.ok_or_else(wrong)?;
    value.set_sensitive(true);
    request.headers.insert(name, value);
    Ok(())
}

fn push_key(request: &mut HttpRequest, name: &str, key: &Secret) {
    request.url.push(if request.url.contains('?') { '&' } else { '?' });
    request.url.push_str(&query_name(name));
    request.url.push('=');
    request.url.push_str(&component(key.expose()));
}
