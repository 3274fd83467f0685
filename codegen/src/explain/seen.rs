//! What each source of evidence showed at a place: counts, kinds and formats.

use super::ExplainInput;
use crate::api::{Place, Root, Step};
use crate::evidence::shape::{Format, Kind};
use crate::evidence::{BodyEvidence, Exchanges, Shape};
use crate::infer::reasons::{Reason, SamplePlace};
use std::fmt::Write as _;

/// One line a source and message that showed `place`.
pub(super) fn bodies(subject: &ExplainInput<'_>, place: &Place, reason: &Reason) -> Vec<String> {
    let Some(is_pooled) = is_pooled(place) else { return Vec::new() };
    let samples = reason.samples.iter().filter_map(|index| subject.reasons.samples.get(*index));
    let recorded: Vec<&SamplePlace> = samples.filter(|sample| !sample.is_written()).collect();
    let mut lines = Vec::new();
    for (file, evidence) in subject.evidence {
        for sample in &recorded {
            let Some(exchanges) = evidence.endpoints.get(&sample.endpoint) else { continue };
            let Some(body) = message(exchanges, sample.status()) else { continue };
            let page = subject.reasons.pages.get(&sample.endpoint);
            let mut found = Occurrence::default();
            let around = page.filter(|_| is_pooled).map_or(&[][..], Vec::as_slice);
            if is_pooled {
                found.walk(&body.json, &[Step::Item], &place.steps);
            }
            found.walk(&body.json, around, &place.steps);
            if found.count > 0 {
                let part =
                    sample.status().map_or("body".to_owned(), |status| format!("-> {status}"));
                lines.push(format!("{file}  {} {part}: {}", sample.endpoint, found.text()));
            }
        }
    }
    lines
}

/// One line a source that showed a query parameter.
pub(super) fn query(subject: &ExplainInput<'_>, endpoint: &str, name: &str) -> Vec<String> {
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
pub(super) fn exchanges(subject: &ExplainInput<'_>, endpoint: &str) -> Vec<String> {
    let line = |file: &str, exchanges: &Exchanges| {
        let responses = exchanges.responses.iter().map(|(status, body)| {
            let count = body.json.total() + body.empty + body.other;
            format!("{status} ×{count}")
        });
        let responses: Vec<_> = responses.collect();
        format!("{file}  {} exchanges, answered {}", exchanges.count, responses.join(", "))
    };
    let seen = subject.evidence.iter();
    seen.filter_map(|(file, evidence)| Some(line(file, evidence.endpoints.get(endpoint)?)))
        .collect()
}

fn message(exchanges: &Exchanges, status: Option<u16>) -> Option<&BodyEvidence> {
    match status {
        None => Some(&exchanges.request),
        Some(status) => exchanges.responses.get(&status),
    }
}

/// Whether it is a place of a resource, which stands in several messages; `None` where it stands in none.
fn is_pooled(place: &Place) -> Option<bool> {
    match place.root {
        Root::Resource(_) => Some(true),
        Root::Errors | Root::Sent(_) | Root::Request(_) | Root::Response(..) => Some(false),
        Root::Failure(_) | Root::Form(_) | Root::Variables(_) | Root::Parameter(..) => None,
    }
}

/// What was found at a place.
#[derive(Default)]
struct Occurrence {
    count: u64,
    of: u64,
    shape: Shape,
}

impl Occurrence {
    /// Adds what `shape` shows at `prefix` and then `steps`.
    fn walk(&mut self, shape: &Shape, prefix: &[Step], steps: &[Step]) {
        let steps = [prefix, steps].concat();
        self.step(shape, &steps, shape.total(), shape.total());
    }

    fn step(&mut self, shape: &Shape, steps: &[Step], count: u64, of: u64) {
        let Some((step, rest)) = steps.split_first() else {
            self.count += count;
            self.of += of;
            return self.shape.join(shape.clone());
        };
        match step {
            Step::Object | Step::Arm | Step::Twin => self.step(shape, rest, count, of),
            Step::Item => {
                if let Some(elements) = shape.elements() {
                    self.step(elements, rest, elements.total(), elements.total());
                }
            }
            Step::Value => {
                let keys = shape.objects.keys.values().map(|key| &*key.shape);
                for value in keys.chain(shape.objects.other.as_deref()) {
                    self.step(value, rest, value.total(), value.total());
                }
            }
            Step::Field(name) => {
                if let Some(key) = shape.objects.keys.get(name) {
                    self.step(&key.shape, rest, key.count, shape.objects.seen.count);
                }
            }
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
