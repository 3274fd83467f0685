//! Percent-encoding of what callers give (RFC 3986), and base64 for basic authentication.

use super::error::Error;

/// `value` as one path segment: everything outside of the unreserved characters is encoded.
///
/// # Errors
///
/// `""`, `"."` and `".."`: servers and proxies would read another path than was meant, encoded or not.
pub(super) fn segment(name: &str, value: &str) -> Result<String, Error> {
    if matches!(value, "" | "." | "..") {
        return Err(Error::invalid_input(format!(
            "the path argument `{name}` must not be {value:?}"
        )));
    }
    Ok(component(value))
}

/// `value` as it is configured, a prefix of several segments perhaps: only what would end a path is encoded.
///
/// # Errors
///
/// A segment `"."` or `".."`, as for [`segment`].
pub(super) fn segments(name: &str, value: &str) -> Result<String, Error> {
    match value.split('/').find(|part| matches!(*part, "." | "..")) {
        Some(part) => {
            Err(Error::invalid_input(format!("the path's `{name}` must not hold {part:?}")))
        }
        None => {
            Ok(encode(value, |byte| byte.is_ascii_graphic() && !b"\"#<>?`{}\\".contains(&byte)))
        }
    }
}

/// `value` with everything outside of the unreserved characters encoded.
pub(super) fn component(value: &str) -> String {
    encode(value, |byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// `value` for the query: encodes what would end the value or be read as something else.
pub(super) fn query_value(value: &str) -> String {
    encode(value, |byte| byte.is_ascii_graphic() && !b"\"#'<>&%+".contains(&byte))
}

/// `name` for the query: as a value, and `=` too.
pub(super) fn query_name(name: &str) -> String {
    encode(name, |byte| byte.is_ascii_graphic() && !b"\"#'<>&%+=".contains(&byte))
}

fn encode(text: &str, keep: impl Fn(u8) -> bool) -> String {
    const HEX: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if keep(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend(HEX.get(usize::from(byte >> 4)));
            out.extend(HEX.get(usize::from(byte & 15)));
        }
    }
    out
}

/// Base64 with padding (RFC 4648 §4).
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4_usize {
            let digit = (bits >> (18 - 6 * index)) & 63;
            let known = DIGITS.get(digit as usize).filter(|_| index <= group.len());
            out.push(known.map_or('=', |digit| char::from(*digit)));
        }
    }
    out
}

/// A text of a query without its percent-encoding; what is none stays.
pub(super) fn decoded(text: &str) -> String {
    let (mut bytes, mut out) = (text.bytes(), Vec::with_capacity(text.len()));
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let mut digit = || ahead.next().and_then(|byte| char::from(byte).to_digit(16));
        let code = if byte == b'%' { digit().zip(digit()) } else { None };
        match code.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(code) => {
                out.push(code);
                bytes = ahead;
            }
            None => out.push(if byte == b'+' { b' ' } else { byte }),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
