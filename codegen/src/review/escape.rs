//! Texts of a collection as parts of what is printed: no terminal, no Markdown and no HTML takes them for its own.

use crate::visible::in_line;

/// In one line, and without what a terminal or an editor does not show as what it is: such characters are printed as Rust escapes.
pub(super) fn visible(text: &str) -> String {
    in_line(text).into_owned()
}

/// A span of code in Markdown: fenced by more backticks than the text has in a row.
pub(super) fn code(text: &str) -> String {
    let text = visible(text);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A backtick or a space at an end would be taken for the fence.
    let ends = |c| text.starts_with(c) || text.ends_with(c);
    let pad = if ends('`') || ends(' ') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out() {
        assert_eq!(visible("a\u{1b}[31mb\nc\u{202e}d"), "a\\u{1b}[31mb\\u{a}c\\u{202e}d");
        assert_eq!(visible("a\u{ad}\u{e0041}\u{3164}"), r"a\u{ad}\u{e0041}\u{3164}");
        for (text, want) in [
            ("", "(empty)"),
            ("a", "`a`"),
            ("[x](http://h) <b>", "`[x](http://h) <b>`"),
            ("a``b", "```a``b```"),
            ("`", "`` ` ``"),
            (" a", "`  a `"),
            ("x\n</details>", "`x\\u{a}</details>`"),
        ] {
            assert_eq!(code(text), want);
        }
    }
}
