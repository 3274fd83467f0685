//! What a person wants to hear after a run: how much of the collection became how much of a client.
//!
//! In: the stages' results. Out: counts, and their text. Knows nothing of files.

pub mod account;
mod repeats;

use crate::api::{Api, Body, Operation, Response, Type};
use crate::draft::Draft;
use crate::lower::Account;
use crate::origin::Origin;
use std::collections::BTreeSet;
use std::fmt;

/// Counts of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Operations of the client.
    pub operations: usize,
    /// Folders that hold operations.
    pub groups: usize,
    /// Operations to which the collection gives a body.
    pub bodies: usize,
    /// Those whose body has a type.
    pub typed_bodies: usize,
    /// Operations whose response has a type.
    pub typed_responses: usize,
    /// Named types.
    pub types: usize,
    /// Structs among them.
    pub structs: usize,
    /// Structs of four fields and more that repeat another one field by field.
    pub repeats: usize,
    /// What became of every member of the input.
    pub account: Account,
}

impl Summary {
    /// Counts.
    #[must_use]
    pub fn of(draft: &Draft, api: &Api, account: &Account) -> Self {
        // What only traffic or the overlay shows is no body of the collection.
        let carriers = draft.operations.iter().filter(|it| it.body.is_some());
        let written: BTreeSet<&str> = carriers.map(|it| it.origin.pointer.as_str()).collect();
        let is_written = |it: &&Operation| written.contains(it.origin.pointer.as_str());
        let carrying = api.operations.iter().filter(is_written);
        let bodies: Vec<&Body> = carrying.filter_map(|operation| operation.body.as_ref()).collect();
        let used: BTreeSet<usize> =
            api.operations.iter().filter_map(|it| it.group).map(|id| id.0).collect();
        let (structs, repeats) = repeats::repeats(api);
        Self {
            structs,
            repeats,
            operations: api.operations.len(),
            groups: used.len(),
            bodies: bodies.len(),
            typed_bodies: bodies.iter().filter(|body| is_typed(body)).count(),
            typed_responses: api.operations.iter().filter(|o| has_type(&o.response)).count(),
            types: api.types.0.len(),
            account: account.clone(),
        }
    }
}

/// Whether a response is JSON of a known type; text, bytes and no body have none.
fn has_type(response: &Response) -> bool {
    matches!(response, Response::Json { ty, .. } if *ty != Type::Unknown)
}

/// Text and bytes are what they are; JSON of an unknown type is not.
fn is_typed(body: &Body) -> bool {
    match body {
        Body::Json { ty, .. } => *ty != Type::Unknown,
        Body::GraphQl { variables, .. } => *variables != Some(Type::Unknown),
        Body::Text { .. } | Body::Bytes { .. } => true,
        Body::Form { .. } | Body::Multipart { .. } => true,
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operations, groups, bodies, typed_bodies, account, .. } = self;
        let groups = counted(*groups, "group");
        writeln!(f, "{operations} of {} requests are operations, in {groups}", account.requests)?;
        writeln!(
            f,
            "{typed_bodies} of {bodies} bodies and {} of {operations} answers are typed, by {}",
            self.typed_responses,
            counted(self.types, "type")
        )?;
        accounted(account, f)
    }
}

/// The sum, and every member that a person should know of.
fn accounted(account: &Account, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Account { requests: _, total, used, ignored, unsupported, unknown } = account;
    let by_reason = ignored;
    let ignored: usize = by_reason.iter().map(|(_, count)| count).sum();
    let sum = used + ignored + unsupported.len() + unknown.len();
    writeln!(
        f,
        "{sum} of {total} members of the collection are accounted for ({}): {used} used, {ignored} ignored, {} unsupported, {} unknown",
        percent(sum, *total),
        unsupported.len(),
        unknown.len()
    )?;
    by_reason.iter().try_for_each(|(why, count)| writeln!(f, "  {count} ignored: {why}"))?;
    let mut member = |kind, origin: &Origin, why: &str| {
        let trail = origin.trail.join(" › ");
        let space = if trail.is_empty() { "" } else { " " };
        writeln!(f, "  {kind}: {trail}{space}{}{why}", origin.pointer)
    };
    for (origin, why) in unsupported {
        member("unsupported", origin, &format!(": {why}"))?;
    }
    unknown.iter().try_for_each(|origin| member("unknown", origin, ""))
}

/// A count and what is counted: `1 file`, `2 files`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Never rounds up to 100 %.
fn percent(part: usize, whole: usize) -> String {
    if part == whole {
        return "100 %".to_owned();
    }
    let tenths = part.saturating_mul(1000).checked_div(whole).unwrap_or_default();
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::Pointer;
    use expect_test::expect;

    #[test]
    fn percentages_are_honest() {
        for (part, whole, want) in
            [(0, 0, "100 %"), (9999, 10000, "99.9 %"), (1, 3, "33.3 %"), (5, 5, "100 %")]
        {
            assert_eq!(percent(part, whole), want, "{part} of {whole}");
        }
    }

    #[test]
    fn says_what_became_of_the_collection() {
        let place = |key: &str, folder: &str| Origin {
            pointer: Pointer::root().key("item").index(0).key(key),
            span: None,
            trail: if folder.is_empty() { Vec::new() } else { vec![folder.to_owned()] },
        };
        let account = Account {
            requests: 3,
            total: 10,
            used: 5,
            ignored: vec![("looks only", 2)],
            unsupported: vec![(place("auth", "Orders"), "no signer".to_owned())],
            unknown: vec![place("invented", "")],
        };
        let summary = Summary { operations: 2, groups: 1, account, ..Summary::default() };
        expect![[r#"
            2 of 3 requests are operations, in 1 group
            0 of 0 bodies and 0 of 2 answers are typed, by 0 types
            9 of 10 members of the collection are accounted for (90.0 %): 5 used, 2 ignored, 1 unsupported, 1 unknown
              2 ignored: looks only
              unsupported: Orders #/item/0/auth: no signer
              unknown: #/item/0/invented
        "#]].assert_eq(&summary.to_string());
    }
}
