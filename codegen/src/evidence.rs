//! What traffic taught: shapes and counts per endpoint, never a value.
//!
//! Comes in from recorded traffic through `learn`, lies under `spec/evidence/` as one file per source, and is joined when read. Knows stable keys, and neither collections nor types.

pub mod file;
pub mod shape;

pub use shape::Shape;

use std::borrow::Cow;
use std::collections::BTreeMap;

/// What all `sources` say together; their order does not matter.
#[must_use]
pub fn joined(sources: &[(String, Evidence)]) -> Cow<'_, Evidence> {
    if let [(_, only)] = sources {
        return Cow::Borrowed(only);
    }
    let mut joined = Evidence::default();
    sources.iter().for_each(|(_, evidence)| joined.join(evidence.clone()));
    Cow::Owned(joined)
}

/// Evidence of all sources, joined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What was seen of each endpoint, by the text of its key (`GET /api/v2/users/{}`).
    pub endpoints: BTreeMap<String, Exchanges>,
}

/// What was seen of one endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchanges {
    /// How many exchanges.
    pub count: u64,
    /// Query parameters by name.
    pub query: BTreeMap<String, QueryEvidence>,
    /// How many query parameters had a name that is not written down.
    pub query_others: u64,
    /// What requests carried.
    pub request: BodyEvidence,
    /// What responses carried, by status.
    pub responses: BTreeMap<u16, BodyEvidence>,
    /// In how many answers each header was, by its name in lower case.
    pub headers: BTreeMap<String, u64>,
}

/// What was seen of one query parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryEvidence {
    /// In how many requests it was.
    pub count: u64,
    /// In how many of them it stood more than once.
    pub repeated: u64,
    /// Its values, all of them texts.
    pub shape: Shape,
}

/// What was seen of bodies at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyEvidence {
    /// How many messages had no body.
    pub empty: u64,
    /// How many had text that is not JSON.
    pub other: u64,
    /// How many had bytes that are no text.
    pub bytes: u64,
    /// The JSON ones.
    pub json: Shape,
}

impl Evidence {
    /// Adds what `other` saw.
    pub fn join(&mut self, other: Evidence) {
        for (endpoint, exchanges) in other.endpoints {
            self.endpoints.entry(endpoint).or_default().join(exchanges);
        }
    }
}

impl Exchanges {
    /// Adds what `other` saw.
    pub fn join(&mut self, other: Exchanges) {
        self.count = self.count.saturating_add(other.count);
        for (name, query) in other.query {
            let mine = self.query.entry(name).or_default();
            mine.count = mine.count.saturating_add(query.count);
            mine.repeated = mine.repeated.saturating_add(query.repeated);
            mine.shape.join(query.shape);
        }
        self.query_others = self.query_others.saturating_add(other.query_others);
        self.request.join(other.request);
        for (status, body) in other.responses {
            self.responses.entry(status).or_default().join(body);
        }
        for (name, count) in other.headers {
            let mine = self.headers.entry(name).or_default();
            *mine = mine.saturating_add(count);
        }
    }
}

impl BodyEvidence {
    /// Adds what `other` saw.
    pub fn join(&mut self, other: BodyEvidence) {
        self.empty = self.empty.saturating_add(other.empty);
        self.other = self.other.saturating_add(other.other);
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.json.join(other.json);
    }
}
