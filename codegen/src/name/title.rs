//! What of a title is a name: ordinals, tags, asides and second sentences left out.
//!
//! In: the name of a folder or request as written. Out: the part of it that a person would say. Knows no words and no cases.

/// A title of more words than this is cut at its first comma or stop.
const LONG: usize = 8;

/// `7. Real-time monitoring` -> `Real-time monitoring`; `[bot] Send a card (large)` -> `Send a card`; a title that is nothing else stays.
pub(super) fn gist(title: &str) -> &str {
    let title = title.trim();
    let mut gist = title;
    loop {
        let shorter = without_aside(without_tag(without_ordinal(gist)));
        if shorter == gist {
            break;
        }
        gist = shorter;
    }
    if gist.split_whitespace().count() > LONG {
        let end = [", ", "; ", ". ", ": "].iter().filter_map(|stop| gist.find(stop)).min();
        gist = end.and_then(|end| gist.get(..end)).unwrap_or(gist);
    }
    if gist.chars().any(char::is_alphanumeric) { gist } else { title }
}

/// `2b. `, `3) `, `1.2.3 `, `4_` and the like; `2FA` and `3 things` stay.
fn without_ordinal(title: &str) -> &str {
    let digits = title.trim_start_matches(|it: char| it.is_ascii_digit());
    if digits.len() == title.len() {
        return title;
    }
    let many = digits.trim_start_matches(|it: char| it.is_ascii_digit() || it == '.');
    let is_outline = digits.starts_with('.') && many.starts_with(' ');
    let mut letters = digits.chars();
    let lettered = match (letters.next(), letters.next()) {
        (Some(letter), Some('.' | ')')) if letter.is_ascii_lowercase() => letters.as_str(),
        _ => digits,
    };
    let marked = lettered.strip_prefix(['.', ')', '_', ':']).unwrap_or(digits);
    let dashed = digits.strip_prefix(" - ");
    let rest = match dashed {
        Some(rest) => rest,
        None if is_outline => many,
        None if lettered != digits => lettered.trim_start_matches(['.', ')']),
        None if marked.starts_with(|it: char| it.is_ascii_digit()) => title,
        None if marked != digits => marked,
        None => title,
    };
    named_or(rest.trim_start(), title)
}

/// `[bot] `.
fn without_tag(title: &str) -> &str {
    let after = title.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    named_or(after.map_or(title, |(_, rest)| rest.trim_start()), title)
}

/// ` (large)`.
fn without_aside(title: &str) -> &str {
    let before = title.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    named_or(before.map_or(title, |(rest, _)| rest.trim_end()), title)
}

fn named_or<'a>(shorter: &'a str, title: &'a str) -> &'a str {
    if shorter.chars().any(char::is_alphabetic) { shorter } else { title }
}

/// Whether a title is an address, which says less than method and path do.
pub(super) fn is_address(title: &str) -> bool {
    let title = title.trim();
    let after =
        title.split_once(' ').filter(|(first, _)| first.chars().all(|it| it.is_ascii_uppercase()));
    let address = after.map_or(title, |(_, rest)| rest.trim());
    let is_word = !address.contains(char::is_whitespace);
    is_word && (address.starts_with('/') || address.starts_with("{{") || address.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::{gist, is_address};

    #[test]
    fn knows_an_address() {
        for title in ["/users/:id", "GET /users", "https://shop.example/x?y=z", "{{url}}/users"] {
            assert!(is_address(title), "{title}");
        }
        for title in ["Get a user", "GET users", "Users / all", "/users or /people", ""] {
            assert!(!is_address(title), "{title}");
        }
    }

    #[test]
    fn keeps_what_a_person_would_say() {
        for (title, kept) in [
            ("Get a user", "Get a user"),
            ("7. Real-time monitoring", "Real-time monitoring"),
            ("2b. Create account", "Create account"),
            ("3) Pay", "Pay"),
            ("1.2.3 Deployment", "Deployment"),
            ("4_Low", "Low"),
            ("1 - Start", "Start"),
            ("2FA settings", "2FA settings"),
            ("3 wishes", "3 wishes"),
            ("1.5x speed", "1.5x speed"),
            ("200", "200"),
            ("1.", "1."),
            ("[bot] Send a card (large)", "Send a card"),
            ("(draft)", "(draft)"),
            ("[x]", "[x]"),
            ("Drops the key, makes a fresh one and answers with it", "Drops the key"),
            ("", ""),
            ("?", "?"),
        ] {
            assert_eq!(gist(title), kept);
        }
    }
}
