//! What a change is about, said once for all changes there.

use super::sentence::Sentence;
use super::{Change, Direction, Kind, Review, Verdict};
use crate::api::OperationId;
use crate::origin::Origin;

/// What a change is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
    pub(super) key: String,
    pub(super) rust: String,
    pub(super) direction: Direction,
    pub(super) old: Option<Origin>,
    pub(super) new: Option<Origin>,
}

impl Spot {
    /// Something of the client itself.
    pub(super) fn of(key: impl Into<String>, rust: impl Into<String>) -> Self {
        Self { key: key.into(), rust: rust.into(), ..Self::default() }
    }

    /// The same about messages of one direction.
    pub(super) fn about(&self, direction: Direction) -> Self {
        Self { direction, ..self.clone() }
    }

    /// Something that stands there, with its own key and Rust name.
    pub(super) fn part(&self, key: String, rust: String) -> Self {
        Self { key, rust, ..self.clone() }
    }

    /// A change there: verdicts on the wire and on the source.
    pub(super) fn change(
        &self,
        kind: Kind,
        (wire, source): (Verdict, Verdict),
        sentence: Sentence,
    ) -> Change {
        let Self { key, rust, direction, old, new } = self.clone();
        let causes = super::Causes::default();
        Change { kind, key, rust, direction, wire, source, sentence, old, new, causes }
    }
}

/// Which operation is meant: of the old side, of the new one, or one of both.
pub(super) type Ends = (Option<OperationId>, Option<OperationId>);

impl Review<'_> {
    /// An operation; the key and the call are the old ones, as its users know it.
    pub(super) fn operation(&self, (old, new): Ends) -> Spot {
        let of = |id: Option<OperationId>, side: &super::Side<'_>| {
            let operation = side.api.operations.get(id?.0)?;
            Some((operation.key.to_string(), side.call(id?), operation.origin.clone()))
        };
        let (old, new) = (of(old, self.old), of(new, self.new));
        let named = old.as_ref().or(new.as_ref());
        let (key, rust) =
            named.map(|(key, rust, _)| (key.clone(), rust.clone())).unwrap_or_default();
        let origin = |end: Option<(String, String, Origin)>| end.map(|(_, _, origin)| origin);
        Spot { key, rust, direction: Direction::None, old: origin(old), new: origin(new) }
    }
}
