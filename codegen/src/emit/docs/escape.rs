//! Raw text -> Markdown that shows exactly this text, on lines that [`super::wrap`] breaks.

use crate::visible::{is_hidden, is_plain};

/// One line with hidden characters replaced; blanks of any kind are blanks.
pub(crate) fn visible(text: &str) -> String {
    if text.bytes().all(is_plain) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => shown.push_str("    "),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => shown.push(' '),
            // How the sign before it is drawn: an emoji stays one without.
            '\u{FE00}'..='\u{FE0F}' | '\u{200D}' => {}
            c if is_hidden(c) => shown.push(char::REPLACEMENT_CHARACTER),
            c => shown.push(c),
        }
    }
    shown
}

/// Text of one line, hidden characters replaced, blanks joined, cut where it is very long.
pub(crate) fn plain(text: &str) -> String {
    const LONGEST: usize = 300;
    let shown = visible(text);
    let mut line = String::new();
    for word in shown.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.chars().count() > LONGEST {
            return line.chars().take(LONGEST).chain(['…']).collect();
        }
    }
    line
}

/// Text with everything escaped that Markdown or rustdoc might read as more; `with_links` makes links of addresses.
pub(crate) fn escaped(text: &str, with_links: bool) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    while let Some((before, address, after)) = next_address(rest).filter(|_| with_links) {
        escape(before, &mut out);
        out.push_str(&format!("<{address}>"));
        rest = after;
    }
    escape(rest, &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    let mut before = ' ';
    let mut left = text.chars().peekable();
    while let Some(c) = left.next() {
        let after = left.peek().copied().unwrap_or(' ');
        let is_inside_word = before.is_alphanumeric() && after.is_alphanumeric();
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '_' => !is_inside_word,
            '&' => after.is_alphanumeric() || after == '#',
            '#' => !before.is_alphanumeric(),
            // What is left of an address that cannot be a link.
            ':' => after == '/',
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

/// The first address in a text, with what stands before and after it.
fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("http")) {
        let start = from + found;
        let rest = text.get(start..)?;
        let length = rest.find(|c| !is_address_char(c)).unwrap_or(rest.len());
        let address =
            rest.get(..length)?.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        if host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric())) {
            return Some((text.get(..start)?, address, rest.get(address.len()..)?));
        }
        from = start + "http".len();
    }
    None
}

fn is_address_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()+,;=%".contains(c)
}

/// The target of a link between angle brackets, where it is an address of the web or of mail.
pub(crate) fn target(address: &str) -> Option<String> {
    const LONGEST: usize = 2_000;
    let address = address.trim();
    let lower = address.get(..8.min(address.len())).unwrap_or_default().to_ascii_lowercase();
    let is_web = ["https://", "http://", "mailto:"].iter().any(|start| lower.starts_with(start));
    if !is_web || address.len() > LONGEST {
        return None;
    }
    let mut target = String::new();
    for c in address.chars() {
        match c {
            c if is_address_char(c) => target.push(c),
            c => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    target.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
    Some(target)
}

/// A code span of one line; nothing where there is nothing to show.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text);
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let fence = fence([text], 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Backticks, more than stand together anywhere in `lines`, at least `least`.
pub(crate) fn fence<'a>(lines: impl IntoIterator<Item = &'a str>, least: usize) -> String {
    let longest_run = |line: &str| line.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let longest = lines.into_iter().map(longest_run).max().unwrap_or_default();
    "`".repeat((longest + 1).max(least))
}
