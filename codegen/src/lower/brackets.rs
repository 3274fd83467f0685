//! Holes of a path in other notations than Postman's own: `{accountId}`, `[admin_id]`, `<id>`, percent-encoded or not.
//!
//! Postman sends them as they are written, which no service means: they are arguments, as `:id` is.

/// Longest name of a hole; longer texts in brackets are prose.
const LONGEST: usize = 64;

/// A hole in a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bracketed {
    /// What stands before it.
    pub(super) before: String,
    /// The name in the brackets.
    pub(super) name: String,
    /// Brackets and name, as a caller would have to give them to send what Postman sends.
    pub(super) written: String,
    /// What follows it.
    pub(super) after: String,
}

/// The first hole of a segment: braces anywhere in it, other brackets around all of it. None if the segment has a `{{variable}}`, whose braces they would be.
pub(super) fn bracketed(segment: &str) -> Option<Bracketed> {
    // Most segments have none, and what stands for one begins with a percent sign.
    if !segment.contains(['{', '[', '<', '%']) || segment.contains("{{") {
        return None;
    }
    let plain = with_brackets(segment);
    let whole = [('[', ']'), ('<', '>')].into_iter().find_map(|(open, close)| {
        let name = plain.strip_prefix(open)?.strip_suffix(close)?;
        let (name, written) = (name.to_owned(), plain.clone());
        let (before, after) = (String::new(), String::new());
        is_name(&name).then_some(Bracketed { before, name, written, after })
    });
    whole.or_else(|| braced(&plain))
}

/// The segment with the escapes of brackets taken off, all others kept.
fn with_brackets(segment: &str) -> String {
    let escapes =
        [("%7b", "{"), ("%7d", "}"), ("%5b", "["), ("%5d", "]"), ("%3c", "<"), ("%3e", ">")];
    let mut plain = segment.to_owned();
    for (escape, bracket) in escapes {
        plain = plain.replace(escape, bracket).replace(&escape.to_ascii_uppercase(), bracket);
        let (head, tail) = escape.split_at(2);
        plain = plain.replace(&format!("{head}{}", tail.to_ascii_uppercase()), bracket);
    }
    plain
}

/// The first braces with a name in them.
fn braced(text: &str) -> Option<Bracketed> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    is_name(name).then(|| Bracketed {
        before: before.to_owned(),
        name: name.to_owned(),
        written: format!("{{{name}}}"),
        after: after.to_owned(),
    })
}

/// Whether a text in brackets is a parameter's name: words, no value.
fn is_name(text: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | ' ');
    text.len() <= LONGEST && text.starts_with(char::is_alphabetic) && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_in_other_notations() {
        let check = |segment: &str, expected: Option<(&str, &str, &str, &str)>| {
            let found = bracketed(segment);
            let parts = found.as_ref().map(|it| {
                (it.before.as_str(), it.name.as_str(), it.written.as_str(), it.after.as_str())
            });
            assert_eq!(parts, expected, "{segment}");
        };
        check("{boatId}", Some(("", "boatId", "{boatId}", "")));
        check("%7BboatId%7d", Some(("", "boatId", "{boatId}", "")));
        check("[boat_id]", Some(("", "boat_id", "[boat_id]", "")));
        check("%3Cid%3E", Some(("", "id", "<id>", "")));
        check("a%2Fb-{id}", Some(("a%2Fb-", "id", "{id}", "")));
        check("boat-{id}.json", Some(("boat-", "id", "{id}", ".json")));
        for plain in ["boats", "{{boat}}", "[]", "{1}", "a[b]", "<a/b>", "{}"] {
            check(plain, None);
        }
    }
}
