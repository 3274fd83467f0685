//! What each source of evidence showed at a place: counts, kinds and formats.

use super::Subject;
use crate::evidence::shape::{Format, Kind};
use crate::evidence::{BodyEvidence, Exchanges, Shape};
use crate::infer::reasons::{Place, Reason};
use std::fmt::Write as _;

/// One line a source and message that showed `place`.
pub(super) fn bodies(subject: &Subject<'_>, place: &str, reason: &Reason) -> Vec<String> {
    let Some(inner) = inner(place) else { return Vec::new() };
    let samples = reason.samples.iter().filter_map(|index| subject.reasons.samples.get(*index));
    let recorded: Vec<&Place> = samples.filter(|sample| !sample.written).collect();
    let mut lines = Vec::new();
    for (file, evidence) in subject.evidence {
        for sample in &recorded {
            let Some(exchanges) = evidence.endpoints.get(&sample.endpoint) else { continue };
            let Some(body) = message(exchanges, sample.status) else { continue };
            let page = subject.reasons.pages.get(&sample.endpoint).map(String::as_str);
            let mut found = Found::default();
            match inner.pooled {
                true => {
                    found.walk(&body.json, "[]", &inner);
                    match page {
                        Some(page) => found.walk(&body.json, page, &inner),
                        None => found.walk(&body.json, "", &inner),
                    }
                }
                false => found.walk(&body.json, "", &inner),
            }
            if found.count > 0 {
                let part = sample.status.map_or("body".to_owned(), |status| format!("-> {status}"));
                lines.push(format!("{file}  {} {part}: {}", sample.endpoint, found.text()));
            }
        }
    }
    lines
}

/// One line a source that showed a query parameter.
pub(super) fn query(subject: &Subject<'_>, endpoint: &str, name: &str) -> Vec<String> {
    let line = |file: &str, exchanges: &Exchanges| {
        let query = exchanges.query.get(name)?;
        let repeated = match query.repeated {
            0 => String::new(),
            repeated => format!(", repeated in {repeated}"),
        };
        let shape = kinds(&query.shape);
        Some(format!(
            "{file}  in {} of {} requests: {shape}{repeated}",
            query.count, exchanges.count
        ))
    };
    let seen = subject.evidence.iter();
    seen.filter_map(|(file, evidence)| line(file, evidence.endpoints.get(endpoint)?)).collect()
}

/// One line a source that showed exchanges of an endpoint.
pub(super) fn exchanges(subject: &Subject<'_>, endpoint: &str) -> Vec<String> {
    let line = |file: &str, exchanges: &Exchanges| {
        let answers = exchanges.answers.iter().map(|(status, body)| {
            let count = body.json.total() + body.empty + body.other;
            format!("{status} ×{count}")
        });
        let answers: Vec<_> = answers.collect();
        format!("{file}  {} exchanges, answered {}", exchanges.count, answers.join(", "))
    };
    let seen = subject.evidence.iter();
    seen.filter_map(|(file, evidence)| Some(line(file, evidence.endpoints.get(endpoint)?)))
        .collect()
}

fn message(exchanges: &Exchanges, status: Option<u16>) -> Option<&BodyEvidence> {
    match status {
        None => Some(&exchanges.request),
        Some(status) => exchanges.answers.get(&status),
    }
}

/// A place inside a message.
struct Inner<'p> {
    /// The way to the object or list that holds it.
    path: &'p str,
    /// Whether it is a place of a resource, which stands in several messages.
    pooled: bool,
}

/// The part of a place that lies inside a message.
fn inner(place: &str) -> Option<Inner<'_>> {
    if let Some((_, path)) = place.split_once(" -> 2xx") {
        return Some(Inner { path: path.trim_start(), pooled: false });
    }
    if let Some((_, path)) = place.split_once(" body") {
        return Some(Inner { path, pooled: false });
    }
    let (head, path) = place.split_once(" .")?;
    let path = place.get(place.len() - path.len() - 1..)?;
    Some(Inner { path: if path == "." { "" } else { path }, pooled: head != "errors" })
}

/// What was found at a place.
#[derive(Default)]
struct Found {
    count: u64,
    of: u64,
    shape: Shape,
}

impl Found {
    /// Adds what `shape` shows at `prefix` and then the place.
    fn walk(&mut self, shape: &Shape, prefix: &str, inner: &Inner<'_>) {
        self.step(shape, &format!("{prefix}{}", inner.path), shape.total(), shape.total());
    }

    fn step(&mut self, shape: &Shape, path: &str, count: u64, of: u64) {
        if path.is_empty() || path == "." {
            self.count += count;
            self.of += of;
            self.shape.join(shape.clone());
        } else if let Some(rest) = path.strip_prefix("[]") {
            if let Some(elements) = shape.elements() {
                self.step(elements, rest, elements.total(), elements.total());
            }
        } else if let Some(rest) = path.strip_prefix("{}") {
            let keys = shape.objects.keys.values().map(|key| &key.shape);
            for value in keys.chain(shape.objects.other.as_deref()) {
                self.step(value, rest, value.total(), value.total());
            }
        } else if let Some(rest) = path.strip_prefix('.') {
            self.member(shape, rest);
        }
    }

    /// Keys may hold dots, so the longest that fits is the one.
    fn member(&mut self, shape: &Shape, path: &str) {
        let begins = |name: &str| path.strip_prefix(name);
        let fits = |rest: &&str| rest.is_empty() || rest.starts_with(['.', '[', '{']);
        let keys = shape.objects.keys.iter();
        let found = keys.filter_map(|(name, key)| Some((key, begins(name).filter(fits)?)));
        if let Some((key, rest)) = found.min_by_key(|(_, rest)| rest.len()) {
            self.step(&key.shape, rest, key.count, shape.objects.seen.count);
        }
    }

    fn text(&self) -> String {
        format!("in {} of {}: {}", self.count, self.of, kinds(&self.shape))
    }
}

/// The kinds and formats of a shape with their counts.
fn kinds(shape: &Shape) -> String {
    let mut out = String::new();
    let mut add = |word: &str, count: u64| {
        if count > 0 {
            let comma = if out.is_empty() { "" } else { ", " };
            let _ = write!(out, "{comma}{word} ×{count}");
        }
    };
    for kind in Kind::ALL {
        let word = match kind {
            Kind::Bool => "bool",
            Kind::Number => "number",
            Kind::Text => "text",
            Kind::List => "list",
            Kind::Object => "object",
        };
        add(word, shape.seen(kind).count);
    }
    add("null", shape.nulls.count);
    let mut formats: Vec<_> =
        shape.texts.formats.iter().map(|(format, n)| (name(*format), *n)).collect();
    formats.push(("empty", shape.texts.blank));
    formats.retain(|(_, count)| *count > 0);
    let formats: Vec<_> = formats.iter().map(|(word, count)| format!("{word} ×{count}")).collect();
    let formats =
        if formats.is_empty() { formats.concat() } else { format!(" ({})", formats.join(", ")) };
    out + &formats
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Boolean => "like a bool",
        Format::Integer => "like an integer",
        Format::Number => "like a number",
        Format::DateTime => "date and time",
        Format::Uuid => "UUID",
    }
}
