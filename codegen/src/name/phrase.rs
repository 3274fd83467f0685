//! The name of a request, taken apart: its verb and its object.
//!
//! In: the words of a request and of the folder around it. Out: a [`Phrase`]. Knows no identifiers and nothing of what is taken.

use super::english::{self, Sense};
use super::folder_words::{self, Short};
use super::setting::Setting;

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
    /// The verb for names that stand alone: one of its own where a noun is read.
    pub acting: String,
    /// The verb it has besides, so that it steps back in a clash: `search` beside `list`, `replace` beside `update`.
    pub alias: Option<String>,
    /// Whether the verb is the method's, since the one written cannot be.
    pub is_doubtful: bool,
    /// Whether the request is a copy of another, and called like it.
    pub is_copy: bool,
}

impl Phrase {
    /// The lower, the better the claim on the plain name: copies have none.
    pub(super) fn rank(&self) -> u8 {
        if self.is_copy { 2 } else { u8::from(self.alias.is_some() || self.is_doubtful) }
    }
}

/// Takes the name apart; `None` where it has no word.
pub(super) fn read(name: &[String], setting: &Setting<'_>) -> Option<Phrase> {
    let is_alone = name.len() == 1;
    let name = without_topic(without_preamble(without_quantity(name)), setting);
    let first = name.first()?;
    let followed =
        name.get(1).is_some_and(|word| english::is_filler(word) || english::is_preposition(word));
    let known = english::verb(first).filter(|_| !is_alone || !is_noun(first, setting));
    let (written, sense, rest) = match known {
        Some(("put", _)) if setting.method == "PUT" => {
            ("replace".to_owned(), Sense::Other, name.get(1..).unwrap_or_default())
        }
        Some((verb, sense)) => (verb.to_owned(), sense, name.get(1..).unwrap_or_default()),
        None if followed => (first.clone(), Sense::Other, name.get(1..).unwrap_or_default()),
        None => (String::new(), Sense::Other, name),
    };
    let contradicted = contradicted(sense, &written, rest, setting);
    let (sense, written) = match contradicted {
        Some((verb, sense)) => (sense, verb.to_owned()),
        None => (meant(sense, &written, setting), written),
    };
    let (sense, rest) = alternatives(sense, rest);
    let (sense, rest) = quantity(sense, rest);
    let full = without_key(clean(rest, sense, !written.is_empty()), setting);
    let Short { words: short, is_own: own } = folder_words::without(&full, setting);
    let plural = full.last().is_some_and(|word| english::is_plural(word));
    let verb = short_verb(&written, sense, own, plural, setting);
    let alias = match sense {
        Sense::Search | Sense::Add | Sense::Remove if own && verb != written => {
            Some(written.clone())
        }
        Sense::Update if setting.method == "PUT" => Some("replace".to_owned()),
        Sense::Get
        | Sense::List
        | Sense::Search
        | Sense::Create
        | Sense::Add
        | Sense::Update
        | Sense::Delete
        | Sense::Remove
        | Sense::Other => None,
    };
    let reads = verb.is_empty() && setting.method == "GET";
    let acting = if reads { method_verb(setting, plural).to_owned() } else { verb.clone() };
    let full = if full.is_empty() { own_thing(&verb, setting) } else { full };
    let is_doubtful = contradicted.is_some();
    Some(Phrase { verb, written, short, full, acting, alias, is_doubtful, is_copy: false })
}

/// A name after a method in capitals: `POST shops` is a creation, `POST Merge shops` says its verb itself.
pub(super) fn marked(name: &[String], setting: &Setting<'_>) -> Option<Phrase> {
    let first = name.first()?;
    let is_verb = english::verb(first).is_some_and(|(_, sense)| match sense {
        Sense::Other => setting.method != "GET",
        _ => name.len() > 1,
    });
    if is_verb && !is_noun(first, setting) {
        return read(name, setting);
    }
    let plural = name.last().is_some_and(|word| english::is_plural(word));
    let verb = method_verb(setting, plural).to_owned();
    read(&[&[verb], name].concat(), setting)
}

/// `Single shop` names the shop.
fn without_quantity(name: &[String]) -> &[String] {
    match name {
        [single, rest @ ..] if single == "single" && !rest.is_empty() => rest,
        _ => name,
    }
}

/// Drops what only says that this is a request: `API to list shops`, `This endpoint lists shops`, `2 List shops`.
fn without_preamble(name: &[String]) -> &[String] {
    let is_verb =
        |word: &String| english::verb(word).is_some_and(|(_, sense)| sense != Sense::Other);
    let Some(at) = name.iter().position(is_verb).filter(|at| *at > 0) else { return name };
    let (before, rest) = name.split_at(at);
    let is_bare = |word: &String| {
        PREAMBLE.contains(&word.as_str()) || word.chars().all(|it| it.is_ascii_digit())
    };
    if before.iter().all(is_bare) { rest } else { name }
}

/// Words that say that a request is one.
const PREAMBLE: &[&str] = &[
    "a",
    "allows",
    "an",
    "api",
    "call",
    "can",
    "endpoint",
    "example",
    "for",
    "how",
    "is",
    "method",
    "operation",
    "request",
    "service",
    "that",
    "the",
    "this",
    "to",
    "us",
    "use",
    "used",
    "will",
    "you",
];

/// What is meant where name and method cannot both be right, and nothing in path and query speaks for the name.
fn contradicted(
    sense: Sense,
    written: &str,
    rest: &[String],
    setting: &Setting<'_>,
) -> Option<(&'static str, Sense)> {
    let reads = matches!(sense, Sense::List | Sense::Get) && !matches!(written, "show" | "return");
    let wrong = match setting.method {
        "GET" | "HEAD" => matches!(sense, Sense::Create | Sense::Update | Sense::Delete),
        "DELETE" => reads || matches!(sense, Sense::Create | Sense::Add | Sense::Update),
        "PUT" | "PATCH" => reads,
        _ => false,
    };
    if !wrong || english::has_verb(setting.sent, written) {
        return None;
    }
    let plural = rest.last().is_some_and(|word| english::is_plural(word));
    let verb = method_verb(setting, plural);
    Some((verb, english::verb(verb).map_or(Sense::Other, |(_, sense)| sense)))
}

/// `Teams: get all teams` begins with its topic: words before the verb go where folder, path or the rest say them too.
fn without_topic<'a>(name: &'a [String], setting: &Setting<'_>) -> &'a [String] {
    let is_verb = |(at, word): (usize, &String)| {
        // Most words for doing something are things as well, so those need the topic once more.
        let again = || {
            let (topic, rest) = name.split_at(at);
            topic.iter().all(|word| rest.iter().any(|other| english::same(word, other)))
        };
        english::verb(word)
            .is_some_and(|(verb, sense)| verb == word && (sense != Sense::Other || again()))
    };
    let at = name.iter().enumerate().position(is_verb);
    let Some(at) = at.filter(|at| *at > 0) else { return name };
    let (topic, rest) = name.split_at(at);
    let said = || setting.folder.iter().chain(setting.around).chain(setting.path).chain(rest);
    let is_said = topic.iter().all(|word| said().any(|other| english::same(word, other)));
    let joined = topic.concat();
    if is_said || said().any(|word| *word == joined) { rest } else { name }
}

/// A pinned method as a phrase: what it is called decides what its types are called.
pub(super) fn pinned(name: &[String], setting: &Setting<'_>) -> Phrase {
    let verb = name.first().cloned().unwrap_or_default();
    let short: Vec<String> = name.get(1..).unwrap_or_default().to_vec();
    let full = if short.is_empty() { own_thing(&verb, setting) } else { short.clone() };
    Phrase { written: verb.clone(), acting: verb.clone(), verb, short, full, ..Phrase::default() }
}

/// A name without words: method and path parse_names.
pub(super) fn unnamed_request(path: &[String], setting: &Setting<'_>) -> Phrase {
    let plural = path.last().is_some_and(|word| english::is_plural(word));
    let verb = method_verb(setting, plural).to_owned();
    let object = if verb == "list" { path.to_vec() } else { singular_tail(path) };
    // `GET /get` says its verb once.
    let object = if object == [verb.as_str()] { Vec::new() } else { object };
    let short = folder_words::without(&object, setting).words;
    let full = if object.is_empty() { own_thing(&verb, setting) } else { object };
    Phrase { written: verb.clone(), acting: verb.clone(), verb, short, full, ..Phrase::default() }
}

/// The folder's own thing: several where they are listed.
fn own_thing(verb: &str, setting: &Setting<'_>) -> Vec<String> {
    if verb == "list" { setting.folder.to_vec() } else { singular_tail(setting.folder) }
}

fn is_noun(word: &str, setting: &Setting<'_>) -> bool {
    setting.folder.iter().any(|said| english::same(said, word))
}

/// A word for reading that names a request which changes something means something else: `Return a book`, `Show order history` of a `DELETE`.
fn meant(sense: Sense, written: &str, setting: &Setting<'_>) -> Sense {
    let changes = matches!(setting.method, "DELETE" | "PUT" | "PATCH");
    let returns = written == "return" && setting.method != "GET";
    match sense {
        Sense::Get if changes || returns => Sense::Other,
        same => same,
    }
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
        [head @ .., thing, list] if lists && list == "list" && english::is_plural(thing) => {
            (Sense::List, rest_from.get(..head.len() + 1).unwrap_or_default())
        }
        _ => (sense, rest),
    }
}

/// Drops articles, and after a verb also words like `existing` and `new`.
fn clean(words: &[String], sense: Sense, acts: bool) -> Vec<String> {
    let creates = matches!(sense, Sense::Create | Sense::Add);
    words
        .iter()
        .enumerate()
        .filter(|(at, word)| {
            let new = *at < 2 && creates && *word == "new";
            let all = *at < 2 && *word == "all";
            !(new || all || english::is_article(word) || acts && english::is_filler(word))
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

fn short_verb(
    written: &str,
    sense: Sense,
    own: bool,
    plural: bool,
    setting: &Setting<'_>,
) -> String {
    let lists = setting.method == "GET" && !setting.ends_with_parameter;
    let word = match sense {
        Sense::List => "list",
        Sense::Search if own => "list",
        Sense::Get if own && plural && lists => "list",
        Sense::Get => "get",
        Sense::Create => "create",
        Sense::Add if own => "create",
        Sense::Update => "update",
        Sense::Delete => "delete",
        Sense::Remove if own => "delete",
        Sense::Other if own && written == "post" && setting.method == "POST" => "create",
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
