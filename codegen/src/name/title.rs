//! What of a title is a name: ordinals, tags, asides, marks of copies and second sentences left out.
//!
//! In: the name of a folder or request as written. Out: the part of it that a person would say, and what else it shows. Knows no cases.

use super::ordinal::named_or;
use super::{english, markup, ordinal};

/// A title of more words than this is cut at its first comma or stop.
const LONG: usize = 8;

/// Methods that titles begin or end with.
const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// What applications call a request that nobody named.
const NAMELESS: &[&str] =
    &["http request", "new http request", "new request", "request", "untitled", "untitled request"];

/// `7. Real-time monitoring` -> `Real-time monitoring`; `[bot] Send a card (large)` -> `Send a card`; a title that is nothing else stays.
pub(super) fn gist(title: &str) -> String {
    let plain = parsed(title);
    let mut gist = plain.as_str();
    loop {
        let shorter = without_aside(without_tag(ordinal::without(gist)));
        if shorter == gist {
            break;
        }
        gist = shorter;
    }
    if gist.split_whitespace().count() > LONG {
        let end = [", ", "; ", ". ", ": "].iter().filter_map(|stop| gist.find(stop)).min();
        gist = end.and_then(|end| gist.get(..end)).unwrap_or(gist);
    }
    if gist.chars().any(char::is_alphanumeric) { gist.to_owned() } else { plain }
}

/// The gist of a folder's title: path variables in it go too, where something is left.
pub(super) fn folder(title: &str) -> String {
    let title = without_copy(title).unwrap_or(title);
    let mut literal = String::new();
    let mut depth = 0;
    for letter in title.chars() {
        depth += i32::from(matches!(letter, '{' | '<'));
        literal.extend((depth == 0).then_some(letter));
        depth -= i32::from(matches!(letter, '}' | '>'));
    }
    let literal = if depth == 0 { without_colons(&literal) } else { title.to_owned() };
    let is_named = literal.chars().any(char::is_alphabetic);
    gist(if is_named { &literal } else { title })
}

/// `shops/:id/orders` -> `shops//orders`.
fn without_colons(title: &str) -> String {
    let segments = title.split('/').map(|it| if it.trim().starts_with(':') { "" } else { it });
    segments.collect::<Vec<_>>().join("/")
}

/// What a title says without its ordinal, with its tags and asides.
pub(crate) fn whole(title: &str) -> String {
    let plain = parsed(title);
    ordinal::without(&plain).to_owned()
}

/// A title without markup; one that is nothing else stays.
fn parsed(title: &str) -> String {
    let plain = markup::plain(title);
    if plain.chars().any(char::is_alphanumeric) { plain } else { title.trim().to_owned() }
}

/// The title of what this is a copy of: `Get a user Copy 2`, `Get a user (copy)`; `Get a copy` is none.
pub(super) fn without_copy(title: &str) -> Option<&str> {
    let mut original = title.trim();
    while let Some(shorter) = before_copy(original) {
        original = shorter;
    }
    (original != title.trim()).then_some(original)
}

fn before_copy(title: &str) -> Option<&str> {
    let number = |it: char| it.is_ascii_digit() || matches!(it, '(' | ')' | ' ');
    let bare = title.trim_end_matches(number);
    let word = bare.len().checked_sub("copy".len())?;
    if !bare.get(word..)?.eq_ignore_ascii_case("copy") {
        return None;
    }
    let before = bare.get(..word)?;
    let joint = before.chars().next_back()?;
    let before = before.trim_end_matches([' ', '-', '_', '(', '[']);
    let last = before.split([' ', '-', '_']).next_back()?.to_lowercase();
    let is_object = english::is_article(&last)
        || english::is_preposition(&last)
        || before == before.split([' ', '-', '_']).next_back()? && english::verb(&last).is_some();
    let is_apart = matches!(joint, ' ' | '-' | '_' | '(' | '[');
    (is_apart && !is_object && before.chars().any(char::is_alphabetic)).then_some(before)
}

/// Whether nobody named the request.
pub(super) fn is_nameless(title: &str) -> bool {
    let title = title.trim().trim_end_matches(|it: char| it.is_ascii_digit() || it == ' ');
    title.is_empty() || NAMELESS.contains(&title.to_lowercase().as_str())
}

/// The title after or before a method in capitals: `POST shops`, `[POST] shops`, `shops (POST)`, `POST: shops`; a method alone leaves nothing.
pub(super) fn without_method(title: &str) -> Option<&str> {
    let title = title.trim();
    let is_mark =
        |it: char| matches!(it, ' ' | ':' | '-' | '[' | ']' | '(' | ')' | '|' | '_' | '.');
    let opened = title.trim_start_matches(['[', '(']);
    let closed = title.trim_end_matches([']', ')']);
    METHODS.iter().find_map(|method| {
        if let Some(rest) = opened.strip_prefix(method)
            && (rest.is_empty() || rest.starts_with(is_mark) || rest.starts_with(['/', '{']))
        {
            return Some(rest.trim_start_matches(is_mark).trim());
        }
        let rest = closed.strip_suffix(method).filter(|rest| rest.ends_with(is_mark))?;
        let rest = rest.trim_end_matches(is_mark).trim();
        // `Check out with POST` is a sentence.
        let last = rest.split(' ').next_back().unwrap_or_default().to_lowercase();
        (!english::is_preposition(&last)).then_some(rest)
    })
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

/// Whether a title is an address, which says less than method and path do.
pub(super) fn is_address(title: &str) -> bool {
    let title = title.trim();
    let is_method = |it: &str| METHODS.contains(&it.to_uppercase().as_str());
    let after = title.split_once(' ').filter(|(first, _)| is_method(first));
    let address = after.map_or(title, |(_, rest)| rest.trim());
    let is_word = !address.contains(char::is_whitespace);
    is_word && (address.starts_with('/') || address.starts_with("{{") || address.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::{folder, gist, is_address, is_nameless, without_copy, without_method};

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
            ("[bot] Send a card (large)", "Send a card"),
            ("1. [bot] 2) Send a card", "Send a card"),
            ("<b>1.</b> Send a card", "Send a card"),
            ("(draft)", "(draft)"),
            ("[x]", "[x]"),
            ("Drops the key, makes a fresh one and answers with it", "Drops the key"),
            ("\u{1F6D2}", "\u{1F6D2}"),
            ("", ""),
            ("?", "?"),
        ] {
            assert_eq!(gist(title), kept);
        }
    }

    #[test]
    fn path_variables_say_nothing_in_a_folder() {
        for (title, kept) in [
            ("{shop}/ orders", "/ orders"),
            ("orders/{order Id}/lines", "orders//lines"),
            ("shops/:id/orders", "shops//orders"),
            ("{{env}} orders", "orders"),
            ("{order Id}", "{order Id}"),
            ("a < b", "a < b"),
            ("Orders Copy 2", "Orders"),
        ] {
            assert_eq!(folder(title), kept);
        }
    }

    #[test]
    fn a_copy_is_called_like_what_it_is_a_copy_of() {
        for (title, original) in [
            ("Update shop Copy", Some("Update shop")),
            ("Update shop copy 2", Some("Update shop")),
            ("Update shop (copy)", Some("Update shop")),
            ("Update shop - Copy (3)", Some("Update shop")),
            ("Update shop Copy Copy", Some("Update shop")),
            ("shops_copy", Some("shops")),
            ("Download copy", None),
            ("Send a copy", None),
            ("Copy", None),
            ("Photocopy", None),
            ("Update shop 2", None),
        ] {
            assert_eq!(without_copy(title), original, "{title}");
        }
    }

    #[test]
    fn a_method_before_or_after_a_title_is_no_part_of_it() {
        for (title, rest) in [
            ("POST shops", Some("shops")),
            ("[PUT] shops", Some("shops")),
            ("DELETE: shops", Some("shops")),
            ("shops (PATCH)", Some("shops")),
            ("shops - GET", Some("shops")),
            ("GET", Some("")),
            ("Get shops", None),
            ("POSTAL codes", None),
            ("BUDGET", None),
            ("Check out with POST", None),
        ] {
            assert_eq!(without_method(title), rest, "{title}");
        }
    }

    #[test]
    fn a_request_that_nobody_named_is_nameless() {
        for title in ["", " ", "New Request", "Untitled request 3", "New HTTP Request"] {
            assert!(is_nameless(title), "{title}");
        }
        assert!(!is_nameless("Request a shop"));
    }
}
