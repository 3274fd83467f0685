//! Puts a credential into a request, just before it is sent.

use super::client::{CredentialValue, Inner};
use super::encode::{base64, component, query_name};
use super::error::Error;
use super::request::latin1;
use super::secret::Secret;
use super::spec::SchemeSpec;
use super::transport::HttpRequest;
use http::header::{AUTHORIZATION, HeaderName};

/// Authenticates `request` with the client's credential for the scheme `index`.
pub(super) fn authenticate(
    inner: &Inner,
    index: usize,
    request: &mut HttpRequest,
) -> Result<(), Error> {
    let Some(spec) = inner.api.credentials.get(index) else {
        return Ok(());
    };
    let given = inner.credentials.iter().find(|(setter, _)| *setter == spec.setter);
    let Some((_, credential)) = given else {
        let message = format!("the client has no credential: give the builder `{}`", spec.setter);
        return Err(Error::Auth { message });
    };
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
        (CredentialValue::Token(_), SchemeSpec::Basic | SchemeSpec::Custom { .. }) => {
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
    let mut value = latin1(&value).ok_or_else(wrong)?;
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
