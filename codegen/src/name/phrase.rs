//! The name of a request, taken apart: its verb and its object.
//!
//! In: the words of a request and of the folder around it. Out: a [`Phrase`]. Knows no identifiers and nothing of what is taken.

use super::english::{self, Sense};

/// A request's name in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The verb in short: `list` for `Get all users`.
    pub verb: String,
    /// The verb as written: `search`.
    pub written: String,
    /// What it is about, without what the folder says.
    pub short: Vec<String>,
    /// What it is about, the folder's words included.
    pub full: Vec<String>,
    /// Whether it is about the folder's own thing.
    pub own: bool,
}

/// What is known of a request besides its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    /// Words of the folder around it, empty at the top.
    pub folder: &'a [String],
    /// Words of the folders around that one.
    pub around: &'a [String],
    /// HTTP method in upper case.
    pub method: &'a str,
    /// Words of its path parameters.
    pub parameters: &'a [Vec<String>],
    /// Whether the path ends with a parameter.
    pub ends_with_parameter: bool,
}

/// Takes the name apart; `None` where it has no word.
pub(super) fn read(name: &[String], setting: &Setting<'_>) -> Option<Phrase> {
    let first = name.first()?;
    let followed =
        name.get(1).is_some_and(|word| english::is_filler(word) || english::is_preposition(word));
    let known = english::verb(first).filter(|_| name.len() > 1 || !is_noun(first, setting));
    let (written, sense, rest) = match known {
        Some((verb, sense)) => (verb.to_owned(), sense, name.get(1..).unwrap_or_default()),
        None if followed => (first.clone(), Sense::Other, name.get(1..).unwrap_or_default()),
        None => (String::new(), Sense::Other, name),
    };
    let (sense, rest) = alternatives(sense, rest);
    let (sense, rest) = quantity(sense, rest);
    let full = without_key(clean(rest, sense), setting);
    let short = without_folder(&full, setting);
    let own = short.is_empty();
    let plural = full.last().is_some_and(|word| english::is_plural(word));
    let verb = short_verb(&written, sense, own, plural, setting);
    let full = if full.is_empty() { singular_tail(setting.folder) } else { full };
    Some(Phrase { verb, written, short, full, own })
}

fn is_noun(word: &str, setting: &Setting<'_>) -> bool {
    setting.folder.iter().any(|said| english::same(said, word))
}

/// `List or search users`, `Create and send` stay one verb where both mean the same.
fn alternatives(sense: Sense, rest: &[String]) -> (Sense, &[String]) {
    if let [joint, second, tail @ ..] = rest
        && (joint == "or" || joint == "and")
        && let Some((_, other)) = english::verb(second)
    {
        let lists = |sense| matches!(sense, Sense::List | Sense::Search | Sense::Get);
        if lists(sense) && lists(other) && !tail.is_empty() {
            return (Sense::List, tail);
        }
        if sense == other && sense != Sense::Other {
            return (sense, tail);
        }
    }
    (sense, rest)
}

/// `Get all users`, `Get a list of users`.
fn quantity(sense: Sense, rest: &[String]) -> (Sense, &[String]) {
    let lists = matches!(sense, Sense::Get | Sense::List | Sense::Search);
    let start = rest.iter().position(|word| !english::is_filler(word)).unwrap_or(0);
    let rest_from = rest.get(start..).unwrap_or_default();
    match rest_from {
        [all, of, tail @ ..] if lists && all == "all" && of == "of" => (Sense::List, tail),
        [all, tail @ ..] if lists && all == "all" => (Sense::List, tail),
        [list, of, tail @ ..] if lists && list == "list" && of == "of" => (Sense::List, tail),
        _ => (sense, rest),
    }
}

fn clean(words: &[String], sense: Sense) -> Vec<String> {
    let creates = matches!(sense, Sense::Create | Sense::Add);
    words
        .iter()
        .enumerate()
        .filter(|(at, word)| {
            let new = *at < 2 && creates && *word == "new";
            let all = *at < 2 && *word == "all";
            !(new || all || english::is_filler(word))
        })
        .map(|(_, word)| word.clone())
        .collect()
}

/// Drops a final `by id` where the path asks for it anyway.
fn without_key(mut words: Vec<String>, setting: &Setting<'_>) -> Vec<String> {
    let Some(by) = words.iter().rposition(|word| word == "by" || word == "with") else {
        return words;
    };
    let tail = words.get(by + 1..).unwrap_or_default();
    let asked = |parameter: &Vec<String>| {
        parameter == tail
            || tail.last().is_some_and(|word| word == "id") && parameter.last() == tail.last()
    };
    if !tail.is_empty() && setting.parameters.iter().any(asked) {
        words.truncate(by);
    }
    words
}

/// Drops what the folder says, at the start of the object, at its end, or as `for a user`.
fn without_folder(words: &[String], setting: &Setting<'_>) -> Vec<String> {
    let mut kept = words.to_vec();
    let folder = [setting.around, setting.folder].concat();
    for start in 0..folder.len() {
        let said = folder.get(start..).unwrap_or_default();
        if starts_with(&kept, said) {
            kept.drain(..said.len());
            return kept;
        }
        if let Some(head) = head_before(&kept, said) {
            kept.truncate(head);
            return kept;
        }
    }
    kept
}

fn starts_with(words: &[String], said: &[String]) -> bool {
    words.len() >= said.len()
        && words.iter().zip(said).all(|(word, part)| english::same(word, part))
}

/// Where `words` end with `said`: the length before it and before its preposition.
fn head_before(words: &[String], said: &[String]) -> Option<usize> {
    let at = words.len().checked_sub(said.len())?;
    if !starts_with(words.get(at..)?, said) {
        return None;
    }
    let before = at.checked_sub(1)?;
    let joined = words.get(before).is_some_and(|word| english::is_preposition(word));
    Some(if joined { before } else { at })
}

fn short_verb(
    written: &str,
    sense: Sense,
    own: bool,
    plural: bool,
    setting: &Setting<'_>,
) -> String {
    let word = match sense {
        Sense::List => "list",
        Sense::Search if own => "list",
        Sense::Get if own && plural && !setting.ends_with_parameter => "list",
        Sense::Get => "get",
        Sense::Create => "create",
        Sense::Add if own => "create",
        Sense::Update => "update",
        Sense::Delete => "delete",
        Sense::Remove if own => "delete",
        Sense::Search | Sense::Add | Sense::Remove | Sense::Other => written,
    };
    if word.is_empty() && own { method_verb(setting, plural).to_owned() } else { word.to_owned() }
}

/// The verb of a request whose name has none.
pub(super) fn method_verb(setting: &Setting<'_>, plural: bool) -> &'static str {
    match setting.method {
        "GET" if plural && !setting.ends_with_parameter => "list",
        "GET" => "get",
        "POST" => "create",
        "PUT" => "replace",
        "PATCH" => "update",
        "DELETE" => "delete",
        "HEAD" => "head",
        "OPTIONS" => "options",
        _ => "send",
    }
}

/// `words` with the last one in the singular.
pub(super) fn singular_tail(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = english::singular(last);
    }
    words
}
