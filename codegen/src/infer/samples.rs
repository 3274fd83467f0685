//! Everything that shows a body, per endpoint: the collection's samples and the evidence.
//!
//! Samples are numbered in the order of stable keys, evidence after the collection, so that the least sample of a place never depends on where a request stands.

use super::json::{RawBody, SavedBody, raw_body, saved_body};
use super::keys::Keyed;
use super::observe::{Reading, observe};
use crate::api::{Content, Endpoint, Message, OperationKey};
use crate::diagnostic::Diagnostic;
use crate::draft::{Body, SavedResponse};
use crate::evidence::{BodyEvidence, Evidence, Exchanges, Shape, shape::Source};
use crate::json::Node;
use crate::origin::Origin;
use crate::template::{Piece, Template};
use std::collections::{BTreeMap, BTreeSet};

/// What all samples show.
#[derive(Debug, Default)]
pub(crate) struct Samples {
    /// Where each [`Source`] stands.
    pub(crate) sources: Vec<SamplePlace>,
    /// What each endpoint's bodies show.
    pub(crate) endpoints: BTreeMap<Endpoint, Bodies>,
    /// The operations whose raw body is JSON, and what their own samples show.
    pub(crate) json: BTreeMap<OperationKey, Shape>,
}

/// Where a sample stands.
#[derive(Clone, Debug)]
pub struct SamplePlace {
    /// Which message it is.
    pub message: Message,
    /// Its place in the collection; the endpoint's least operation for evidence.
    pub origin: Origin,
    /// The endpoint's key as text.
    pub endpoint: String,
}

impl SamplePlace {
    /// Whether it is of the collection.
    #[must_use]
    pub fn is_written(&self) -> bool {
        !self.message.is_recorded
    }

    /// The status, where it is a response.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self.message.content {
            Content::Response(status) => Some(status),
            Content::Body | Content::Form => None,
        }
    }
}

/// What an endpoint's bodies show.
#[derive(Debug, Default)]
pub(crate) struct Bodies {
    /// JSON requests.
    pub(crate) request: Shape,
    /// Whether the collection itself sends JSON.
    pub(crate) request_written: bool,
    /// Whether traffic showed requests.
    pub(crate) request_recorded: bool,
    /// Successes (2xx).
    pub(crate) success: Seen,
    /// Failures (4xx, 5xx) by status.
    pub(crate) failures: BTreeMap<u16, Seen>,
}

impl Bodies {
    /// The responses that one with this status belongs to.
    fn seen(&mut self, status: u16, failed: bool) -> &mut Seen {
        if failed { self.failures.entry(status).or_default() } else { &mut self.success }
    }
}

/// Responses of one outcome.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// JSON ones.
    pub(crate) json: Shape,
    /// How many had no body.
    pub(crate) empty: u64,
    /// How many were text.
    pub(crate) text: u64,
    /// How many were bytes.
    pub(crate) bytes: u64,
}

/// Reads and observes all samples.
pub(crate) fn samples(
    keyed: &[Keyed<'_>],
    evidence: &Evidence,
    found: &mut Vec<Diagnostic>,
) -> Samples {
    let mut samples = Samples::default();
    for keyed in keyed {
        samples.written(keyed, found);
    }
    let endpoints: BTreeMap<String, (Endpoint, String, Origin)> = keyed
        .iter()
        .rev()
        .map(|keyed| {
            let endpoint = keyed.key.endpoint.clone();
            (endpoint.to_string(), (endpoint, label(keyed), keyed.operation.origin.clone()))
        })
        .collect();
    for (key, exchanges) in &evidence.endpoints {
        match endpoints.get(key) {
            Some((endpoint, label, origin)) => {
                samples.recorded(endpoint, label, origin, exchanges);
            }
            None => {
                let message = format!("evidence for `{key}`, which the collection does not have");
                found.push(
                    Diagnostic::note("infer::evidence-unmatched", message, Origin::default())
                        .with_help("learn the traffic again, or delete its file in spec/evidence"),
                );
            }
        }
    }
    samples
}

impl Samples {
    /// The place of a source.
    pub(crate) fn place(&self, source: Source) -> Option<&SamplePlace> {
        self.sources.get(usize::try_from(source.0).ok()?)
    }

    fn source(&mut self, place: SamplePlace) -> Source {
        let source = Source(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        self.sources.push(place);
        source
    }

    fn written(&mut self, keyed: &Keyed<'_>, found: &mut Vec<Diagnostic>) {
        if let Some(Body::Raw { samples, declared_json, .. }) = &keyed.operation.body {
            match raw_body(samples, *declared_json) {
                RawBody::Json(nodes) => {
                    let mut own = Shape::default();
                    for (node, sample) in nodes {
                        let shape =
                            self.observed(written(keyed, Content::Body, &sample.origin), &node);
                        found.extend(untold(keyed, &shape, &sample.origin));
                        own.join(shape.clone());
                        let bodies = self.bodies(&keyed.key.endpoint);
                        bodies.request.join(shape);
                        bodies.request_written = true;
                    }
                    self.json.insert(keyed.key.clone(), own);
                }
                RawBody::Text(None) => {}
                RawBody::Text(Some(why)) => found.push(not_json(keyed, samples, &why)),
            }
        }
        for response in &keyed.operation.responses {
            self.response(keyed, response);
        }
    }

    fn response(&mut self, keyed: &Keyed<'_>, response: &SavedResponse) {
        let Some((status, failed)) = response.status.and_then(outcome) else { return };
        let body = saved_body(response);
        let shape = match &body {
            SavedBody::Json(node) => {
                let content = Content::Response(status);
                self.observed(written(keyed, content, &response.body.origin), node)
            }
            SavedBody::Empty | SavedBody::Text | SavedBody::Bytes => Shape::default(),
        };
        let bodies = self.bodies(&keyed.key.endpoint);
        let seen = bodies.seen(status, failed);
        match body {
            SavedBody::Json(_) => seen.json.join(shape),
            SavedBody::Empty => seen.empty += 1,
            SavedBody::Text => seen.text += 1,
            SavedBody::Bytes => seen.bytes += 1,
        }
    }

    fn observed(&mut self, place: SamplePlace, node: &Node) -> Shape {
        let source = self.source(place);
        observe(node, Reading::Written, Some(source))
    }

    fn bodies(&mut self, endpoint: &Endpoint) -> &mut Bodies {
        self.endpoints.entry(endpoint.clone()).or_default()
    }

    fn recorded(
        &mut self,
        endpoint: &Endpoint,
        label: &str,
        origin: &Origin,
        exchanges: &Exchanges,
    ) {
        let recorded = |content: Content| {
            let (origin, endpoint) = (origin.clone(), endpoint.to_string());
            let message = Message { request: label.to_owned(), content, is_recorded: true };
            SamplePlace { message, origin, endpoint }
        };
        if exchanges.request.json.total() > 0 {
            let source = self.source(recorded(Content::Body));
            let shape = exchanges.request.json.clone().from_source(source);
            let bodies = self.bodies(endpoint);
            bodies.request.join(shape);
            bodies.request_recorded = true;
        }
        for (status, body) in &exchanges.responses {
            let Some((status, failed)) = outcome(*status) else { continue };
            let source = self.source(recorded(Content::Response(status)));
            let bodies = self.bodies(endpoint);
            let seen = bodies.seen(status, failed);
            seen.recorded(body, source);
        }
    }
}

impl Seen {
    fn recorded(&mut self, body: &BodyEvidence, source: Source) {
        if body.json.total() > 0 {
            self.json.join(body.json.clone().from_source(source));
        }
        self.empty += body.empty;
        self.text += body.other;
        self.bytes += body.bytes;
    }
}

/// The place of a sample of the collection.
fn written(keyed: &Keyed<'_>, content: Content, origin: &Origin) -> SamplePlace {
    let (origin, endpoint) = (origin.clone(), keyed.key.endpoint.to_string());
    let message = Message { request: label(keyed), content, is_recorded: false };
    SamplePlace { message, origin, endpoint }
}

/// A status that carries a response of the service's own, and whether it is a failure.
fn outcome(status: u16) -> Option<(u16, bool)> {
    match status {
        200..=299 => Some((status, false)),
        400..=599 => Some((status, true)),
        _ => None,
    }
}

/// `GET /users/{id}`.
pub(crate) fn label(keyed: &Keyed<'_>) -> String {
    let address = format!("{}{}", keyed.key.endpoint.server, path_text(&keyed.operation.path));
    let address = if address.is_empty() { "/" } else { &address };
    format!("{} {address}", keyed.operation.method)
}

/// A path as people write it: `/users/{id}`.
fn path_text(path: &Template) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Argument(name) | Piece::Variable(name) => format!("{{{name}}}"),
        Piece::Dynamic(_) => "{}".to_owned(),
    };
    path.0.iter().map(piece).collect()
}

/// The finding that words about a body as a whole have no field whose docs could tell them.
fn untold(keyed: &Keyed<'_>, shape: &Shape, origin: &Origin) -> Option<Diagnostic> {
    let words: BTreeSet<String> = shape.all_hints().into_iter().map(|(_, words)| words).collect();
    let words = words.into_iter().collect::<Vec<_>>().join("`, `");
    let message = format!(
        "what the body of {} holds is told by nothing but the words `{words}`",
        label(keyed)
    );
    (!words.is_empty()).then(|| Diagnostic::note("infer::words", message, origin.clone()))
}

fn not_json(keyed: &Keyed<'_>, samples: &[crate::draft::Sample], why: &str) -> Diagnostic {
    let origin = samples.first().map(|sample| sample.origin.clone());
    let message = format!("the body is said to be JSON but cannot be read as JSON ({why})");
    Diagnostic::warning(
        "infer::body-not-json",
        message,
        origin.unwrap_or_else(|| keyed.operation.origin.clone()),
    )
    .with_help("the method takes the body as text; correct the sample to have it typed")
}
