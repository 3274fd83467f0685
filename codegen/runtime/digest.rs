//! Digest authentication (RFC 7616): keeps a service's challenge, and answers it in every request.
//!
//! What a challenge says and how it is answered is the business of the crate `http-auth`; here is only when.

use super::error::Error;
use super::header::put_secret;
use super::lock::lock;
use super::response::RawResponse;
use super::secret::Secret;
use super::transport::HttpRequest;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, StatusCode};
use http_auth::digest::Qop;
use http_auth::{ChallengeParser, DigestClient, PasswordParams};
use std::fmt;
use std::sync::{Arc, Mutex};

/// A user and a password for digest authentication; neither the password nor anything it could be read from is sent.
///
/// The first request to a server goes out bare and is answered with a challenge; it is repeated with the response to it, which later requests carry at once.
#[derive(Clone)]
pub struct DigestCredentials {
    username: String,
    password: Secret,
    kept: Arc<Mutex<Vec<Kept>>>,
}

/// The last challenge of a server, and how often it was answered.
struct Kept {
    /// `scheme://host:port`.
    server: String,
    challenge: DigestClient,
}

impl fmt::Debug for DigestCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DigestCredentials([REDACTED])")
    }
}

impl DigestCredentials {
    /// Credentials that no server has challenged yet.
    pub fn new(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (username, password) = (username.into(), password.into());
        Self { username, password, kept: Arc::default() }
    }

    pub(super) fn password(&self) -> &str {
        self.password.expose()
    }

    /// Answers the challenge that the request's server gave before; without one the request stays bare.
    ///
    /// # Errors
    ///
    /// A body that can be sent only once and would first meet a challenge; a challenge that has no response.
    pub(super) fn answer(&self, request: &mut HttpRequest) -> Result<ChallengeResponse, Error> {
        let (server, target) = split(&request.url);
        let answer = |nonce| ChallengeResponse {
            credentials: self.clone(),
            server: server.to_owned(),
            nonce,
        };
        let mut kept = lock(&self.kept);
        let Some(at) = kept.iter().position(|it| it.server == server) else {
            if request.upload.as_ref().is_some_and(|upload| !upload.is_repeatable()) {
                return Err(refused(
                    "a reader is read once, and digest authentication meets a challenge first: call another operation before, or give an upload that can be read again",
                ));
            }
            return Ok(answer(None));
        };
        let Some(known) = kept.get_mut(at) else { return Ok(answer(None)) };
        let parameters = PasswordParams {
            username: &self.username,
            password: self.password.expose(),
            uri: target,
            method: request.method.as_str(),
            body: None,
        };
        let Ok(value) = known.challenge.respond(&parameters) else {
            kept.remove(at);
            return Err(refused("the service's digest challenge cannot be answered"));
        };
        let answer = answer(Some(known.challenge.nonce().to_owned()));
        put_secret(request, AUTHORIZATION.as_str(), value)?;
        Ok(answer)
    }
}

/// What a request was sent with.
pub(super) struct ChallengeResponse {
    credentials: DigestCredentials,
    server: String,
    /// The nonce of the challenge that it answers; `None` where it went out bare.
    nonce: Option<String>,
}

impl ChallengeResponse {
    /// Keeps the challenge of a refusal. One with the nonce that is known is the same, and goes on counting.
    pub(super) fn observe_response(&self, answered: &RawResponse) {
        let RawResponse { status, headers, .. } = answered;
        let refused = *status == StatusCode::UNAUTHORIZED;
        let Some(challenge) = challenge(headers).filter(|_| refused) else { return };
        let mut kept = lock(&self.credentials.kept);
        match kept.iter_mut().find(|it| it.server == self.server) {
            Some(known) if known.challenge.nonce() == challenge.nonce() => {}
            Some(known) => known.challenge = challenge,
            None => kept.push(Kept { server: self.server.clone(), challenge }),
        }
    }

    /// Whether another challenge is known than the one that was answered: the response to it may be accepted, that to the same one would be refused again.
    pub(super) fn is_outdated(&self) -> bool {
        let kept = lock(&self.credentials.kept);
        let known = kept.iter().find(|it| it.server == self.server);
        known.is_some_and(|known| self.nonce.as_deref() != Some(known.challenge.nonce()))
    }
}

/// The first digest challenge that can be answered: a service names what it likes best first (RFC 7616 §3.7).
///
/// One that wants the body signed as well cannot: `http-auth` 0.1.10 hashes the body once, where §3.4.3 has its hash hashed.
fn challenge(headers: &HeaderMap) -> Option<DigestClient> {
    let texts = headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
    let challenges = texts.flat_map(|text| ChallengeParser::new(text).map_while(Result::ok));
    let mut digests = challenges.filter_map(|it| DigestClient::try_from(&it).ok());
    digests.find(|challenge| challenge.qop() & Qop::Auth)
}

/// Server, and path with query, exactly as they are sent.
fn split(url: &str) -> (&str, &str) {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let rest = url.get(authority..).unwrap_or_default();
    let target = rest.find(['/', '?']).map_or(url.len(), |at| authority + at);
    url.split_at_checked(target).unwrap_or((url, ""))
}

fn refused(message: &str) -> Error {
    Error::auth(message)
}
