//! Percent-encoding taken off (RFC 3986 §2.1).
//!
//! In: a piece of a URL. Out: what it says. What is no escape stays as it is written.

/// `text` without its percent-escapes; as it is, where they do not give UTF-8.
#[must_use]
pub fn decode(text: &str) -> String {
    String::from_utf8(bytes(text)).unwrap_or_else(|_| text.to_owned())
}

/// `text` without its percent-escapes; what is no UTF-8 is replaced.
#[must_use]
pub fn decode_lossy(text: &str) -> String {
    String::from_utf8_lossy(&bytes(text)).into_owned()
}

fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match (first, tail) {
            (b'%', [high, low, after @ ..]) => escape(*high, *low).zip(Some(after)),
            (_, _) => None,
        };
        let (byte, after) = escaped.unwrap_or((*first, tail));
        out.push(byte);
        rest = after;
    }
    out
}

/// The byte that two hexadecimal digits stand for.
fn escape(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_escape_stays() {
        for (text, want) in [
            ("a%20b", "a b"),
            ("%C3%A9", "é"),
            ("100%", "100%"),
            ("%4", "%4"),
            ("%zz", "%zz"),
            ("%+f", "%+f"),
            ("%%41", "%A"),
            ("a+b", "a+b"),
            ("é%41", "éA"),
            ("", ""),
        ] {
            assert_eq!(decode(text), want, "{text}");
            assert_eq!(decode_lossy(text), want, "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_kept_as_written_or_replaced() {
        assert_eq!(decode("a%FF"), "a%FF");
        assert_eq!(decode_lossy("a%FF"), "a\u{fffd}");
    }
}
