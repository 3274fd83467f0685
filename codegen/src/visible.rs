//! Characters that a terminal, an editor or a reviewer does not show as what they are, and texts without them.
//!
//! In: any text, of a collection or of a file. Out: a text that is safe to print. A terminal obeys control characters: what a stranger wrote must not colour, move or erase what is printed around it.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether `c` is a control character, a bidirectional mark or override, or an invisible filler.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            u32::from(c),
            0xAD | 0x34F
                | 0x61C
                | 0x115F..=0x1160
                | 0x17B4..=0x17B5
                | 0x180B..=0x180F
                | 0x200B..=0x200F
                | 0x2028..=0x202E
                | 0x2060..=0x206F
                | 0x3164
                | 0xFEFF
                | 0xFFA0
                | 0xFFF0..=0xFFFB
                | 0x1D173..=0x1D17A
                | 0xE0000..=0xE0FFF
        )
}

/// Whether a byte is a character of ASCII that is shown: most texts hold no other, which is found out without reading characters.
pub(crate) fn is_plain(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

/// `text` for a terminal: line feeds and tabs stay, other hidden characters are written as Rust writes them (`\u{1b}`).
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    replaced(text, |out, c| {
        let _ = write!(out, "{}", c.escape_unicode());
    })
}

/// `text`, which is JSON, for a terminal: the same JSON, with hidden characters written as `\u001b`.
#[must_use]
pub fn escaped_json(text: &str) -> Cow<'_, str> {
    replaced(text, |out, c| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    })
}

/// `text` within a line: line feeds and tabs are escaped too, so that it cannot make a line that looks like one of ours.
#[must_use]
pub fn in_line(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_plain) || !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

fn replaced(text: &str, escape: impl Fn(&mut String, char)) -> Cow<'_, str> {
    // A joiner stays: it makes one sign of several emoji.
    let is_unsafe = |c: char| is_hidden(c) && !matches!(c, '\n' | '\t' | '\u{200D}');
    let is_shown = |byte: u8| is_plain(byte) || byte == b'\n' || byte == b'\t';
    if text.bytes().all(is_shown) || !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unsafe(c) { escape(&mut out, c) } else { out.push(c) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_obeys_nothing_of_a_text() {
        let hostile = "a\u{1b}[2J\r\u{9b}31m\u{202e}b\u{7}\tc\nd\u{2028}";
        let shown = r"a\u{1b}[2J\u{d}\u{9b}31m\u{202e}b\u{7}".to_owned() + "\tc\nd\\u{2028}";
        assert_eq!(escaped(hostile), shown);
        assert!(matches!(escaped("plain\n\té › 👩\u{200D}🚀"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_stays_the_same_json() {
        let text = "{\"a\": \"x\u{9b}\u{e0001}y\"}\n";
        let shown = escaped_json(text);
        assert_eq!(shown, "{\"a\": \"x\\u009b\\udb40\\udc01y\"}\n");
        let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(parsed(&shown), parsed(text));
    }
}
