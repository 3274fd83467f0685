//! Values of headers that hold more than ASCII, or a credential.

use super::error::Error;
use super::secret::is_secret_name;
use super::transport::HttpRequest;
use http::header::{HeaderName, HeaderValue};

/// Sets a header that holds a credential.
pub(super) fn put_secret(
    request: &mut HttpRequest,
    name: &str,
    value: String,
) -> Result<(), Error> {
    let wrong = || Error::auth("a credential holds characters no header can");
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
    let value = if value.is_ascii() { HeaderValue::try_from(value).ok() } else { latin1(&value) };
    let mut value = value.ok_or_else(wrong)?;
    value.set_sensitive(true);
    request.headers.insert(name, value);
    Ok(())
}

/// A header value; characters up to U+00FF are sent as one byte each.
pub(super) fn latin1(value: &str) -> Option<HeaderValue> {
    if value.is_ascii() {
        return HeaderValue::from_str(value).ok();
    }
    let bytes = value.chars().map(|c| u8::try_from(u32::from(c))).collect::<Result<Vec<_>, _>>();
    HeaderValue::from_bytes(&bytes.ok()?).ok()
}

/// A header that a caller gives; sensitive by its name.
pub(super) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let wrong = || Error::invalid_input(format!("the header {name:?} cannot be sent"));
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
    let mut value = latin1(value).ok_or_else(wrong)?;
    value.set_sensitive(is_secret_name(name.as_str()));
    Ok((name, value))
}
