//! One that wants a name, on its way through its candidates.
//!
//! In: what it may be called, as that becomes known. Out: what it is called now, and whether it can go on. Knows nothing of the others.

use std::borrow::Cow;
use std::cmp::Reverse;

/// Something that wants a name, and how far it is.
pub(super) struct Runner<'e> {
    /// Its stable key.
    pub(super) key: &'e str,
    /// The lower it is, the better the claim; 0 is a pin.
    pub(super) rank: u8,
    /// How often it is met.
    pub(super) places: usize,
    /// What it can be called, from short to long.
    pub(super) names: Vec<Cow<'e, str>>,
    /// Whether these are all it can be called.
    pub(super) is_whole: bool,
    /// Which of these it is called now.
    pub(super) level: usize,
    /// Whether all its candidates are lost, so that it takes a number.
    pub(super) is_spent: bool,
    /// Whether its first name was pinned or published: whatever is kept or taken meanwhile, that one is its own.
    pub(super) is_given: bool,
    /// Whether only an equal name clashes with its first one, not one that differs in `_`.
    pub(super) is_firm: bool,
}

impl<'e> Runner<'e> {
    /// The name it would have if nothing else wanted one.
    pub(super) fn first(&self) -> &str {
        self.names.first().map_or("", Cow::as_ref)
    }

    /// The name it has now.
    pub(super) fn name(&self) -> &str {
        self.names.get(self.level).map_or("", Cow::as_ref)
    }

    /// What decides between two: the lesser one has the better claim.
    pub(super) fn claim(&self) -> (u8, Reverse<usize>, &'e str) {
        (self.rank, Reverse(self.places), self.key)
    }

    /// Whether it has a name that was pinned or published.
    pub(super) fn is_given(&self) -> bool {
        self.is_given && self.level == 0
    }

    /// Whether only an equal name clashes with the one it has.
    pub(super) fn is_firm(&self) -> bool {
        self.is_firm && self.level == 0
    }

    /// Whether there is another name to go on to.
    pub(super) fn can_advance(&self) -> bool {
        self.level + 1 < self.names.len()
    }

    /// Adds those candidates that are free and not among its names.
    pub(super) fn lengthen(
        &mut self,
        candidates: impl Iterator<Item = Cow<'e, str>>,
        is_free: impl Fn(&str) -> bool,
    ) {
        for candidate in candidates {
            let is_new = !self.names.iter().any(|name| name.eq_ignore_ascii_case(&candidate));
            if is_new && is_free(&candidate) {
                self.names.push(candidate);
            }
        }
    }
}
