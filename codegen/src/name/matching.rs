//! Lines of the lock and requests that may be the same -> which line is whose.
//!
//! In: pairs, each with what speaks for it. Out: those that hold, so that each line and each request has one partner at most. Knows neither keys nor requests.

use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Most pairs that are looked at, so that thousands of requests of one endpoint cost no square of them.
const MOST: usize = 4096;

/// A line and a request that may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair<'a> {
    /// The key of the line.
    pub key: &'a str,
    /// The index of the request.
    pub at: usize,
    /// How near what they send is.
    pub nearness: u32,
    /// What else speaks for it, where others are as near.
    pub hints: usize,
}

impl Pair<'_> {
    const fn weight(&self) -> (u32, usize) {
        (self.nearness, self.hints)
    }
}

/// The pairs that hold, the nearest first and of equal ones the first; each with whether nothing else that was still to be had speaks as much for either side.
pub(super) fn matched(mut pairs: Vec<Pair<'_>>) -> Vec<(Pair<'_>, bool)> {
    pairs.truncate(MOST);
    // Stable, so that of equal ones the first stays the first.
    pairs.sort_by_key(|it| Reverse(it.weight()));
    let (mut lines, mut requests) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for (place, pair) in pairs.iter().enumerate() {
        if lines.contains(pair.key) || requests.contains(&pair.at) {
            continue;
        }
        let equal = pairs.iter().skip(place + 1).take_while(|it| it.weight() == pair.weight());
        let is_free = |it: &&Pair<'_>| !lines.contains(it.key) && !requests.contains(&it.at);
        let mut rivals =
            equal.filter(is_free).filter(|it| (it.key == pair.key) != (it.at == pair.at));
        found.push((*pair, rivals.next().is_none()));
        lines.insert(pair.key);
        requests.insert(pair.at);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(key: &str, at: usize, nearness: u32, hints: usize) -> Pair<'_> {
        Pair { key, at, nearness, hints }
    }

    #[test]
    fn the_nearest_have_each_other_and_the_rest_what_is_left() {
        let pairs =
            [pair("a", 0, 3, 0), pair("a", 1, 9, 0), pair("b", 0, 1, 0), pair("b", 1, 8, 5)];
        assert_eq!(matched(pairs.to_vec()), [(pairs[1], true), (pairs[2], true)]);
    }

    #[test]
    fn of_equal_ones_hints_decide_and_else_it_is_the_first_and_a_choice() {
        let pairs = [pair("a", 0, 4, 1), pair("a", 1, 4, 2)];
        assert_eq!(matched(pairs.to_vec()), [(pairs[1], true)]);
        let pairs = [pair("a", 0, 4, 1), pair("a", 1, 4, 1)];
        assert_eq!(matched(pairs.to_vec()), [(pairs[0], false)]);
    }
}
