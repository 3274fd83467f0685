//! The comparison: lines of the driver against lines of the truth, field by field.
//!
//! Header names compare without case and headers without order, JSON bodies as values, no `?` is not an empty query. What a typed client does differently on purpose is counted under the name of its [`Rule`]; anything else is wrong.

#[cfg(test)]
mod tests;

use super::line::{Line, Sent};
pub use super::rule::Rule;
use super::rules;
use super::{frozen, lenient, stand_ins};
use crate::json;
use std::collections::{BTreeMap, BTreeSet};

/// What tells which lines belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The item's JSON pointer.
    Pointer,
    /// The request's place: for the first format, whose items have other pointers once converted.
    Index,
}

/// What came out of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Lines that are equal in every field.
    pub equal: usize,
    /// Lines that differ on purpose, by the names of the rules joined with `+`.
    pub differing: BTreeMap<String, usize>,
    /// Lines that neither side sends.
    pub unsent: usize,
    /// Everything else, field by field.
    pub wrong: Vec<Wrong>,
}

/// A field that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line's place among all requests.
    pub index: u64,
    /// The item's pointer.
    pub pointer: String,
    /// The request's name.
    pub name: String,
    /// Which field.
    pub field: &'static str,
    /// What the client does.
    pub ours: String,
    /// What Postman does.
    pub theirs: String,
}

impl Comparison {
    /// Lines that both sides could have sent.
    #[must_use]
    pub fn compared(&self) -> usize {
        self.equal + self.differing.values().sum::<usize>() + self.wrong_lines()
    }

    /// Lines with a wrong field.
    #[must_use]
    pub fn wrong_lines(&self) -> usize {
        self.wrong.iter().map(|wrong| wrong.index).collect::<BTreeSet<_>>().len()
    }
}

/// Compares the driver's lines with the truth's.
#[must_use]
pub fn compare(ours: &[Line], truth: &[Line], by: By) -> Comparison {
    let mut out = Comparison::default();
    for theirs in truth {
        let found = ours.iter().find(|line| match by {
            By::Pointer => line.pointer == theirs.pointer,
            By::Index => line.index == theirs.index,
        });
        one(&mut out, found, theirs);
    }
    out
}

fn one(out: &mut Comparison, ours: Option<&Line>, truth: &Line) {
    let wrong = |field, ours: &str, theirs: &str| Wrong {
        index: truth.index,
        pointer: truth.pointer.clone(),
        name: truth.name.clone(),
        field,
        ours: ours.to_owned(),
        theirs: theirs.to_owned(),
    };
    let missing = Err("there is no such operation".to_owned());
    match (ours.map_or(&missing, |line| &line.sent), &truth.sent) {
        (Err(_), Err(_)) => out.unsent += 1,
        (Ok(sent), Err(_)) => count(out, &BTreeSet::from([lenient::unsendable(sent)])),
        (Err(error), Ok(theirs)) => {
            out.wrong.push(wrong("error", error, &format!("{} {}", theirs.method, theirs.path)));
        }
        (Ok(sent), Ok(theirs)) => match fields((ours.unwrap_or(truth), sent), theirs, truth) {
            Ok(rules) => count(out, &rules),
            Err(found) => out.wrong.extend(found.into_iter().map(|(f, a, b)| wrong(f, &a, &b))),
        },
    }
}

fn count(out: &mut Comparison, rules: &BTreeSet<Rule>) {
    if rules.is_empty() {
        out.equal += 1;
        return;
    }
    let name = rules.iter().map(|rule| rule.name()).collect::<Vec<_>>().join("+");
    *out.differing.entry(name).or_default() += 1;
}

type Mismatch = (&'static str, String, String);

fn fields(
    (line, ours): (&Line, &Sent),
    theirs: &Sent,
    truth: &Line,
) -> Result<BTreeSet<Rule>, Vec<Mismatch>> {
    let (mut ours, mut theirs) = (ours.clone(), theirs.clone());
    let mut met = BTreeSet::new();
    if line.retyped && is_json(&ours.body) {
        theirs.body.clone_from(&ours.body);
        met.insert(Rule::BodyIsTyped);
    }
    rules::strip_signature(&mut ours, truth, &mut theirs, &mut met);
    rules::untransport(&mut ours, &mut theirs, &mut met);
    rules::unrepeat(&ours, &mut theirs, &mut met);
    rules::unbound(&mut ours, &theirs, &mut met);
    stand_ins::unsend(&ours, &mut theirs, &mut met);
    stand_ins::retype(&ours, &mut theirs, &line.given, &mut met);
    lenient::restore(&ours, &mut theirs, &mut met);
    let found = differences(&ours, &theirs, &line.given, &mut met);
    if found.is_empty() {
        return Ok(met);
    }
    let mut frozen = met.clone();
    freeze(&mut ours, &theirs, line.random);
    if differences(&ours, &theirs, &line.given, &mut frozen).is_empty() {
        frozen.insert(Rule::GeneratedPerCall);
        return Ok(frozen);
    }
    Err(found)
}

/// Whether a body is JSON, and no body is none.
fn is_json(body: &[u8]) -> bool {
    std::str::from_utf8(body).is_ok_and(|text| json::read(text).is_ok())
}

/// Puts the truth's stand-ins into what was made anew; `random` says that integers were, too.
fn freeze(sent: &mut Sent, theirs: &Sent, random: bool) {
    let frozen = |ours: &str, theirs: &str| {
        if ours == theirs {
            return ours.to_owned();
        }
        let ours = frozen::frozen(ours);
        if random { frozen::with_integers(&ours, theirs) } else { ours }
    };
    sent.path = frozen(&sent.path, &theirs.path);
    let query = theirs.query.as_deref().unwrap_or_default();
    sent.query = sent.query.as_deref().map(|ours| frozen(ours, query));
    for (name, value) in &mut sent.headers {
        let mut same = theirs.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        *value = frozen(value, same.next().map_or("", |(_, value)| value));
    }
    let equal = rules::bodies(&sent.body, &theirs.body).is_some();
    if let (Ok(text), false) = (std::str::from_utf8(&sent.body), equal) {
        let theirs = std::str::from_utf8(&theirs.body).unwrap_or_default();
        sent.body = frozen(text, theirs).into_bytes();
    }
}

fn differences(
    ours: &Sent,
    theirs: &Sent,
    given: &[String],
    met: &mut BTreeSet<Rule>,
) -> Vec<Mismatch> {
    let mut found = Vec::new();
    let mut check = |field, ours: &str, theirs: &str| {
        if ours != theirs {
            found.push((field, ours.to_owned(), theirs.to_owned()));
        }
    };
    check("method", &ours.method, &theirs.method);
    check("scheme", &ours.scheme, &theirs.scheme);
    check("host", &ours.host, &theirs.host);
    if ours.path != theirs.path || ours.query != theirs.query {
        match rules::escaped(ours, theirs, given) {
            Some(rules) => met.extend(rules),
            None if rules::objects_in_path(ours, theirs) => {
                met.insert(Rule::SegmentIsItsValue);
            }
            None if rules::unencoded(ours, theirs) => {
                met.insert(Rule::UrlIsEncoded);
            }
            None => {
                check("path", &ours.path, &theirs.path);
                check("query", &shown(ours.query.as_ref()), &shown(theirs.query.as_ref()));
            }
        }
    }
    check("headers", &headers(ours, theirs), &headers(theirs, theirs));
    match rules::bodies(&ours.body, &theirs.body) {
        Some(rules) => met.extend(rules),
        None => check("body", &readable(&ours.body), &readable(&theirs.body)),
    }
    found
}

fn shown(query: Option<&String>) -> String {
    query.map_or("no `?`".to_owned(), |query| format!("?{query}"))
}

/// Bytes that are not text are shown as such, so that unequal bodies never look equal.
fn readable(body: &[u8]) -> String {
    match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => body.escape_ascii().to_string(),
    }
}

/// Headers a client sets by itself: compared only where the collection sets them too.
const NOISE: [&str; 3] = ["accept", "cache-control", "user-agent"];

fn headers(sent: &Sent, theirs: &Sent) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (name, value) in &sent.headers {
        let name = name.to_ascii_lowercase();
        let set = theirs.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name));
        if set || !NOISE.contains(&name.as_str()) {
            lines.push(format!("{name}: {}", value.trim_matches([' ', '\t'])));
        }
    }
    lines.sort();
    lines.join("\n")
}
