//! What a body is called that several requests send.
//!
//! In: the operations whose body is one type. Out: the words that its name begins with, if they agree on any. Knows nothing of what is taken.

use super::context::Context;
use super::english;
use super::operations::ParsedName;
use std::collections::BTreeMap;

/// What all of the senders of the type at `at` begin with, else most of them.
pub(super) fn stem(context: &Context<'_>, at: usize) -> Option<Vec<String>> {
    let senders = context.uses.senders.get(at)?;
    let senders: Vec<_> = senders.iter().filter_map(|at| context.parsed.get(*at)).collect();
    common(&senders).or_else(|| usual(&senders))
}

/// What all begin with, verb and noun, up to where a phrase of its own begins: `DeleteRules` of `delete_rules_by_id` and `delete_rules_by_name`.
fn common(senders: &[&ParsedName]) -> Option<Vec<String>> {
    let said: Vec<&Vec<String>> = senders.iter().map(|parsed| &parsed.said.alone).collect();
    let (first, others) = said.split_first()?;
    let is_shared = |length: usize| others.iter().all(|it| it.get(..length) == first.get(..length));
    let ends_there = |it: &[String], length: usize| {
        it.get(length).is_none_or(|word| english::is_preposition(word))
    };
    let mut lengths = (2..first.len()).rev();
    let length = lengths
        .find(|length| is_shared(*length) && said.iter().all(|it| ends_there(it, *length)))?;
    (!others.is_empty()).then(|| first.get(..length).unwrap_or_default().to_vec())
}

/// What more than half begin with, up to the thing of their path: `CreateMessage` of many that go on to say what the message holds.
fn usual(senders: &[&ParsedName]) -> Option<Vec<String>> {
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for parsed in senders {
        let (thing, said) = (parsed.path.last(), &parsed.said.alone);
        let is_thing = |word: &String| thing.is_some_and(|thing| english::same(word, thing));
        if let Some(end @ 1..) = said.iter().rposition(is_thing) {
            *counts.entry(said.iter().take(end + 1).cloned().collect()).or_default() += 1;
        }
    }
    let usual = counts.into_iter().find(|(_, count)| count * 2 > senders.len());
    usual.filter(|_| senders.len() > 2).map(|(said, _)| said)
}
