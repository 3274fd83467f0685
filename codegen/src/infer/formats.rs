//! Which formats a text is in.

use crate::api::TextFormat;
use crate::evidence::Shape;
use crate::evidence::shape::{Format, Texts};

/// Longest text that can be in a format.
const LONGEST: usize = 40;

/// The formats of `text`.
pub(crate) fn formats(text: &str) -> Vec<Format> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let check = |format: &Format| match format {
        Format::Boolean => matches!(text, "true" | "false"),
        Format::Integer => is_integer(text),
        Format::Number => is_number(text),
        Format::DateTime => is_date_time(text),
        Format::Uuid => is_uuid(text),
    };
    Format::ALL.into_iter().filter(check).collect()
}

/// The format of all texts of a place that are not empty, if it says more than text.
pub(crate) fn text_format(shape: &Shape) -> Option<TextFormat> {
    if all_in(&shape.texts, Format::DateTime) {
        Some(TextFormat::DateTime)
    } else {
        all_in(&shape.texts, Format::Uuid).then_some(TextFormat::Uuid)
    }
}

/// Whether there are texts that are not empty, all of them in `format`.
pub(crate) fn all_in(texts: &Texts, format: Format) -> bool {
    let all = texts.seen.count.saturating_sub(texts.blank);
    texts.formats.get(&format).is_some_and(|count| *count == all && all > 0)
}

/// An integer that is written the way Rust writes it, so that parsing and printing gives the same text.
fn is_integer(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let Some((whole, fraction)) = digits.split_once('.') else { return false };
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(fraction)
}

/// `yyyy-mm-ddThh:mm:ss` with an optional fraction and a zone.
fn is_date_time(text: &str) -> bool {
    let (Some(head), Some(tail)) = (text.get(..19), text.get(19..)) else { return false };
    let fits = head.bytes().zip(b"dddd-dd-ddTdd:dd:dd").all(|(byte, mask)| match mask {
        b'd' => byte.is_ascii_digit(),
        other => byte == *other,
    });
    let zone = tail.strip_prefix('.').map_or(tail, |fraction| {
        fraction.trim_start_matches(|letter: char| letter.is_ascii_digit())
    });
    fits && (zone == "Z" || (zone.len() == 6 && zone.starts_with(['+', '-'])))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_texts() {
        let check = |text: &str, expected: &[Format]| assert_eq!(formats(text), expected, "{text}");
        check("", &[]);
        check("true", &[Format::Boolean]);
        check("0", &[Format::Integer]);
        check("007", &[]);
        check("-1.50", &[Format::Number]);
        check("2024-01-31T10:00:00.123Z", &[Format::DateTime]);
        check("2024-01-31", &[]);
        check("3f2b8c9e-0000-4000-8000-0123456789ab", &[Format::Uuid]);
    }
}
