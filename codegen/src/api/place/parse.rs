//! Text -> place: what [`Display`](std::fmt::Display) prints, and what people write for it.

use super::{Caller, Family, Outcome, Place, Root, Step};
use crate::api::key::{Endpoint, OperationKey};

/// Words for where a parameter stands.
const PARAMETERS: [&str; 3] = ["query", "header", "path"];

/// Between the folders of a trail.
const TRAIL: &str = " › ";

/// How many digits a digest has.
const DIGEST: usize = 16;

impl Place {
    /// Reads a place; `None` where the text is none. Paths and names that hold what separates parts are cut at the first separator after which the rest can be read, unless they stand in quotes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(steps) = text.strip_prefix("errors").and_then(steps) {
            return Some(Self { root: Root::Errors, steps });
        }
        quoted_root(text).or_else(|| message(text)).or_else(|| resource(text))
    }

    /// Reads the steps of a place, which follow its root (`.options`, `[].id`).
    #[must_use]
    pub fn steps(text: &str) -> Option<Vec<Step>> {
        steps(text)
    }
}

fn steps(text: &str) -> Option<Vec<Step>> {
    let mut rest = text;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, after) = step(rest)?;
        let is_object = step == Step::Object;
        steps.push(step);
        rest = after;
        if is_object && let Some((key, after)) = key(rest) {
            steps.push(Step::Field(key));
            rest = after;
        }
    }
    Some(steps)
}

/// The first step of a text, and what follows it.
fn step(text: &str) -> Option<(Step, &str)> {
    let words = [
        (" .", Step::Object),
        (" |", Step::Arm),
        ("[]", Step::Item),
        ("{}", Step::Value),
        ("'", Step::Twin),
    ];
    for (word, step) in words {
        if let Some(rest) = text.strip_prefix(word) {
            return Some((step, rest));
        }
    }
    let (key, rest) = key(text.strip_prefix('.')?)?;
    Some((Step::Field(key), rest))
}

/// The key that a text begins with, plain or in quotes.
fn key(text: &str) -> Option<(String, &str)> {
    if text.starts_with('"') {
        return quoted(text);
    }
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let end = text.bytes().position(|byte| !is_inner(byte)).unwrap_or(text.len());
    let (key, rest) = text.split_at_checked(end)?;
    super::is_plain(key).then(|| (key.to_owned(), rest))
}

/// The text in quotes that `text` begins with, as `{:?}` writes it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut out = String::new();
    let mut letters = inner.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((out, inner.get(at + 1..)?)),
            '\\' => out.push(escaped(&mut letters)?),
            letter => out.push(letter),
        }
    }
    None
}

fn escaped(letters: &mut std::str::CharIndices<'_>) -> Option<char> {
    Some(match letters.next()?.1 {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        'u' => {
            letters.next().filter(|(_, open)| *open == '{')?;
            let digits = letters.map_while(|(_, letter)| (letter != '}').then_some(letter));
            char::from_u32(u32::from_str_radix(&digits.collect::<String>(), 16).ok()?)?
        }
        letter => letter,
    })
}

/// A place whose root stands in quotes.
fn quoted_root(text: &str) -> Option<Place> {
    let (first, rest) = quoted(text)?;
    let Some((server, rest)) = rest.strip_prefix(' ').and_then(quoted) else {
        return family(&first, rest);
    };
    let (path, rest) = quoted(rest.strip_prefix(' ')?)?;
    let endpoint = Endpoint { path, method: first, server };
    match rest.strip_prefix(" [") {
        Some(bracket) => {
            let (key, rest) = quoted_bracket(endpoint, bracket)?;
            part(&Caller::Operation(key), rest.strip_prefix(' ')?)
        }
        None => part(&Caller::Endpoint(endpoint), rest.strip_prefix(' ')?),
    }
}

fn quoted_bracket(endpoint: Endpoint, text: &str) -> Option<(OperationKey, &str)> {
    let (mut name, mut rest) = quoted(text)?;
    let mut trail = Vec::new();
    while let Some((next, after)) = rest.strip_prefix(TRAIL).and_then(quoted) {
        trail.push(std::mem::replace(&mut name, next));
        rest = after;
    }
    let (digest, rest) = match rest.strip_prefix(" #").and_then(quoted) {
        Some((digest, rest)) => (Some(digest), rest),
        None => (None, rest),
    };
    Some((OperationKey { endpoint, trail, name, digest }, rest.strip_prefix(']')?))
}

/// A place of a message or parameter, its root without quotes.
fn message(text: &str) -> Option<Place> {
    let (method, address) = text.split_once(' ')?;
    let is_method = !method.is_empty() && !method.contains(['/', ':', '.', '{']);
    address.match_indices(' ').filter(|_| is_method).find_map(|(at, _)| {
        let (head, rest) = address.split_at_checked(at)?;
        part(&caller(method, head), rest.get(1..)?)
    })
}

/// The operation or endpoint that `head` writes.
fn caller(method: &str, head: &str) -> Caller {
    let bracket = head.strip_suffix(']').and_then(|head| head.split_once(" ["));
    let Some((address, inside)) = bracket else {
        return Caller::Endpoint(endpoint(method, head));
    };
    let (inside, digest) = match inside.rsplit_once(" #") {
        Some((inside, digest)) if is_digest(digest) => (inside, Some(digest.to_owned())),
        Some(_) | None => (inside, None),
    };
    let mut trail: Vec<String> = inside.split(TRAIL).map(str::to_owned).collect();
    let name = trail.pop().unwrap_or_default();
    Caller::Operation(OperationKey { endpoint: endpoint(method, address), trail, name, digest })
}

fn is_digest(text: &str) -> bool {
    text.len() == DIGEST && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The server ends where the path begins: at the first `/` after its scheme.
fn endpoint(method: &str, address: &str) -> Endpoint {
    let scheme = address.find("://").map_or(0, |at| at + "://".len());
    let host = address.get(scheme..).unwrap_or_default();
    let cut = scheme + host.find('/').unwrap_or(host.len());
    let (server, path) = address.split_at_checked(cut).unwrap_or(("", address));
    Endpoint { path: path.to_owned(), method: method.to_owned(), server: server.to_owned() }
}

/// A part of an operation and the steps into it.
fn part(caller: &Caller, text: &str) -> Option<Place> {
    let place = |root: Root, rest: &str| Some(Place { root, steps: steps(rest)? });
    let found = |word: &str| text.strip_prefix(word).filter(|rest| steps(rest).is_some());
    if let Some(rest) = found("body") {
        return place(Root::Request(caller.clone()), rest);
    }
    if let Some(rest) = found("error") {
        return place(Root::Failure(caller.clone()), rest);
    }
    if let (Caller::Operation(key), Some(rest)) = (caller, found("form")) {
        return place(Root::Form(key.clone()), rest);
    }
    if let (Caller::Operation(key), Some(rest)) = (caller, found("variables")) {
        return place(Root::Variables(key.clone()), rest);
    }
    if let Some(rest) = text.strip_prefix("->") {
        return response(caller, rest.trim_start_matches(' '), rest);
    }
    PARAMETERS.into_iter().find_map(|word| {
        let name = text.strip_prefix(word)?.strip_prefix('.')?;
        parameter(caller, word, name)
    })
}

/// A response, whose status may be left out; a blank before its steps does no harm.
fn response(caller: &Caller, text: &str, whole: &str) -> Option<Place> {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (status, rest) = text.split_at_checked(end)?;
    let outcome = match status {
        "2xx" | "" => Outcome::Success,
        status => Outcome::Status(status.parse().ok().filter(|_| !status.starts_with('0'))?),
    };
    let rest = if status.is_empty() { whole } else { rest };
    let listed = rest.trim_start_matches(' ');
    let rest = if listed.starts_with(['[', '{']) { listed } else { rest };
    Some(Place { root: Root::Response(caller.clone(), outcome), steps: steps(rest)? })
}

/// A parameter; its name ends at the first steps that reach to the end.
fn parameter(caller: &Caller, word: &str, text: &str) -> Option<Place> {
    let root = |name: String| Root::Parameter(caller.clone(), word.to_owned(), name);
    if let Some((name, rest)) = quoted(text) {
        return Some(Place { root: root(name), steps: steps(rest)? });
    }
    let cuts = text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]);
    cuts.into_iter().find_map(|at| {
        let (name, rest) = text.split_at_checked(at)?;
        Some(Place { root: root(name.to_owned()), steps: steps(rest)? })
    })
}

/// A place of a resource, its root without quotes.
fn resource(text: &str) -> Option<Place> {
    let cuts = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]);
    cuts.into_iter().find_map(|at| {
        let (path, rest) = text.split_at_checked(at)?;
        family(path, rest)
    })
}

/// A place of a family's resource, or of its requests.
fn family(path: &str, rest: &str) -> Option<Place> {
    let family = Family(path.to_owned());
    match rest.strip_prefix(" body").map(steps) {
        Some(Some(steps)) => Some(Place { root: Root::Sent(family), steps }),
        Some(None) | None => Some(Place { root: Root::Resource(family), steps: steps(rest)? }),
    }
}
