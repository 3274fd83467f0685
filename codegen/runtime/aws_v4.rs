//! AWS Signature Version 4: signs a request as it is sent, by the crate `aws-sigv4` of AWS itself.

use super::error::Error;
use super::header::put_secret;
use super::secret::Secret;
use super::transport::HttpRequest;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode, sign as signed,
};
use aws_sigv4::sign::v4;
use http::header::ACCEPT;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use std::fmt;
use std::time::SystemTime;
use tracing::dispatcher::{Dispatch, with_default};

/// An access key with its secret, for AWS Signature Version 4.
#[derive(Clone)]
pub struct AwsCredentials {
    access_key: String,
    secret_key: Secret,
    session_token: Option<Secret>,
}

impl fmt::Debug for AwsCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AwsCredentials([REDACTED])")
    }
}

impl AwsCredentials {
    /// The texts of it that nobody should read.
    pub(super) fn secrets(&self) -> Vec<String> {
        let secrets = [Some(&self.secret_key), self.session_token.as_ref()];
        secrets.into_iter().flatten().map(|secret| secret.expose().to_owned()).collect()
    }

    /// Credentials that do not expire.
    pub fn new(access_key: impl Into<String>, secret_key: impl Into<Secret>) -> Self {
        let (access_key, secret_key) = (access_key.into(), secret_key.into());
        Self { access_key, secret_key, session_token: None }
    }

    /// The token that belongs to temporary credentials.
    #[must_use]
    pub fn session_token(mut self, token: impl Into<Secret>) -> Self {
        self.session_token = Some(token.into());
        self
    }
}

/// Signs `request` for a service in a region, at the time `now`.
///
/// # Errors
///
/// A body that is read while it is sent, for another service than S3; texts that no header can hold.
pub(super) fn sign(
    request: &mut HttpRequest,
    credentials: &AwsCredentials,
    (service, region): (&str, &str),
    now: SystemTime,
) -> Result<(), Error> {
    let settings = settings(request, is_storage(service));
    let token = credentials.session_token.as_ref().map(|token| token.expose().to_owned());
    let (id, secret) = (&credentials.access_key, credentials.secret_key.expose());
    let identity = Credentials::new(id, secret, token, None, "client").into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(service)
        .time(now)
        .settings(settings)
        .build()
        .map_err(|_| unsigned())?
        .into();
    // Headers that say nothing of the request may change on their way.
    let headers = request.headers.iter().filter(|(name, _)| *name != ACCEPT);
    let headers = headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let method = request.method.as_str();
    let url = if is_storage(service) { as_verified(&request.url) } else { request.url.clone() };
    let signable = SignableRequest::new(method, url, headers, body(request, service)?);
    let signable = signable.map_err(|_| unsigned())?;
    // The library traces URL and headers: nobody is to see these.
    let output = with_default(&Dispatch::none(), || signed(signable, &parameters));
    let (instructions, _) = output.map_err(|_| unsigned())?.into_parts();
    let (headers, _) = instructions.into_parts();
    headers.into_iter().try_for_each(|it| put_secret(request, it.name(), it.value().to_owned()))
}

/// What S3 encodes of a path that it verifies.
const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The URL as S3 verifies it: the path is decoded, `+` as a blank, and encoded again.
fn as_verified(url: &str) -> String {
    let (path, query) = url.split_once('?').map_or((url, None), |(one, two)| (one, Some(two)));
    let Some((scheme, rest)) = path.split_once("://") else { return url.to_owned() };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path: Vec<u8> = percent_decode_str(&path.replace('+', " ")).collect();
    let mut out = format!("{scheme}://{authority}/{}", percent_encode(&path, RESERVED));
    if let Some(query) = query {
        out.push('?');
        out.push_str(query);
    }
    out
}

/// S3 reads a path as it stands, and wants to know the digest of every body.
fn settings(request: &HttpRequest, is_storage: bool) -> SigningSettings {
    let mut settings = SigningSettings::default();
    if is_storage {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    if is_storage || !request.body.is_empty() {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    settings
}

fn body<'a>(request: &'a HttpRequest, service: &str) -> Result<SignableBody<'a>, Error> {
    match &request.upload {
        None => Ok(SignableBody::Bytes(&request.body)),
        Some(_) if is_storage(service) => Ok(SignableBody::UnsignedPayload),
        Some(_) => {
            let message = "an upload is read while it is sent, and its signature stands before it: give the body as bytes";
            Err(Error::auth(message))
        }
    }
}

/// Whether the service is S3 or one of its kin, which take bodies that are not signed.
fn is_storage(service: &str) -> bool {
    service == "s3" || service.starts_with("s3-") || service == "s3express"
}

fn unsigned() -> Error {
    Error::auth("the request cannot be signed for AWS")
}
