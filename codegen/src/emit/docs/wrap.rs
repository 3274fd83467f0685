//! Breaks a paragraph into lines, and keeps a word that starts one from opening a block.

/// Widest line of docs, without `///` and indentation.
const WIDTH: usize = 80;

/// A line break the author asked for; no text holds one, since controls are replaced.
pub(crate) const HARD_BREAK: char = '\u{1}';

/// A blank at which no line is broken.
const FIXED_BLANK: char = '\u{2}';

/// A text in which no line is broken.
pub(crate) fn unbreakable(text: &str) -> String {
    text.replace(' ', &FIXED_BLANK.to_string())
}

/// An unbroken text as it is shown.
pub(crate) fn shown(text: &str) -> String {
    text.replace([FIXED_BLANK, HARD_BREAK], " ")
}

/// The lines of a paragraph.
pub(crate) fn wrapped(text: &str) -> Vec<String> {
    let parts = text.split(HARD_BREAK).map(str::trim).filter(|part| !part.is_empty());
    let mut lines = Vec::new();
    for part in parts {
        if let Some(last) = lines.last_mut() {
            let last: &mut String = last;
            last.push('\\');
        }
        lines.extend(filled(part));
    }
    lines
}

fn filled(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split([' ', '\u{A0}']).filter(|word| !word.is_empty()) {
        let word = shown(word);
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(&word);
            }
            Some(_) | None => lines.push(at_start(&word)),
        }
    }
    lines
}

/// The first word of a line, escaped where it would open a list, a quotation, a heading or an underline.
fn at_start(word: &str) -> String {
    if word.starts_with(['-', '+', '=', '>', ':']) {
        return format!("\\{word}");
    }
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < word.len() && rest.starts_with(['.', ')']) {
        let (number, rest) = word.split_at(word.len() - rest.len());
        return format!("{number}\\{rest}");
    }
    word.to_owned()
}
