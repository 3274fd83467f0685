//! Method and path as sent -> endpoint: a literal segment beats a parameter.

use super::Reason;
use crate::api::{Api, Operation};
use crate::percent;
use crate::template::{Piece, Template};
use std::collections::BTreeMap;

/// All endpoints of an API, by their number of segments.
pub(super) struct Matcher {
    by_length: BTreeMap<usize, Vec<Pattern>>,
}

struct Pattern {
    /// The endpoint's key as text.
    endpoint: String,
    method: String,
    base: Vec<Part>,
    segments: Vec<Vec<Part>>,
}

/// A piece of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Hole,
}

impl Matcher {
    pub(super) fn new(api: &Api) -> Self {
        let mut by_length: BTreeMap<usize, Vec<Pattern>> = BTreeMap::new();
        let mut last = None;
        for operation in &api.operations {
            if last != Some(&operation.key.endpoint) {
                let pattern = pattern(api, operation);
                by_length.entry(pattern.segments.len()).or_default().push(pattern);
            }
            last = Some(&operation.key.endpoint);
        }
        Self { by_length }
    }

    /// The key of the endpoint that an exchange belongs to.
    pub(super) fn find(
        &self,
        method: &str,
        base: Option<&str>,
        path: &str,
    ) -> Result<&str, Reason> {
        let segments: Vec<String> = path.split('/').skip(1).map(percent::decode_lossy).collect();
        let patterns = self.by_length.get(&segments.len()).map(Vec::as_slice).unwrap_or_default();
        let fitting = |pattern: &&Pattern| {
            let mut pairs = pattern.segments.iter().zip(&segments);
            pairs.all(|(parts, segment)| fits(parts, segment))
        };
        let fitting: Vec<_> = patterns.iter().filter(fitting).collect();
        let on_host = |pattern: &&&Pattern| base.is_none_or(|base| fits(&pattern.base, base));
        let here: Vec<_> = fitting.iter().filter(on_host).collect();
        let best = here.iter().filter(|pattern| pattern.method == method);
        match best.min_by_key(|pattern| looseness(&pattern.segments)) {
            Some(pattern) => Ok(&pattern.endpoint),
            None if !here.is_empty() => Err(Reason::OtherMethod),
            None if !fitting.is_empty() => Err(Reason::OtherHost),
            None => Err(Reason::NoPath),
        }
    }
}

fn pattern(api: &Api, operation: &Operation) -> Pattern {
    let base = api.servers.get(operation.server.0).map(|server| parts(&server.base));
    let mut segments = vec![Vec::new()];
    for part in parts(&operation.path) {
        match part {
            Part::Hole => push(&mut segments, Part::Hole),
            Part::Literal(text) => {
                for (index, segment) in text.split('/').enumerate() {
                    if index > 0 {
                        segments.push(Vec::new());
                    }
                    if !segment.is_empty() {
                        push(&mut segments, Part::Literal(percent::decode_lossy(segment)));
                    }
                }
            }
        }
    }
    segments.remove(0);
    Pattern {
        endpoint: operation.key.endpoint.to_string(),
        method: operation.method.clone(),
        base: base.unwrap_or_default(),
        segments,
    }
}

fn push(segments: &mut [Vec<Part>], part: Part) {
    if let Some(last) = segments.last_mut() {
        last.push(part);
    }
}

fn parts(template: &Template) -> Vec<Part> {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => Part::Literal(text.clone()),
        Piece::Argument(_) | Piece::Variable(_) | Piece::Dynamic(_) => Part::Hole,
    };
    template.0.iter().map(part).collect()
}

/// Whether a text is made of these parts; a hole is at least one character.
fn fits(parts: &[Part], text: &str) -> bool {
    match parts {
        [] => text.is_empty(),
        [Part::Literal(literal), rest @ ..] => {
            text.strip_prefix(literal.as_str()).is_some_and(|text| fits(rest, text))
        }
        [Part::Hole] => !text.is_empty(),
        [Part::Hole, rest @ ..] => {
            let mut ends = text.char_indices().skip(1).map(|(index, _)| index);
            ends.any(|end| text.get(end..).is_some_and(|text| fits(rest, text)))
        }
    }
}

/// How little each segment says, from the left: literal, mixed, parameter.
fn looseness(segments: &[Vec<Part>]) -> Vec<u8> {
    let segment = |parts: &Vec<Part>| match parts.as_slice() {
        [] | [Part::Literal(_)] => 0,
        [Part::Hole] => 2,
        [_, ..] => 1,
    };
    segments.iter().map(segment).collect()
}
