//! What a request says, in twelve digits: enough to know it again among others of its endpoint, whatever it is called, and also where it was edited.
//!
//! In: hashes of what it says. Out: a [`Likeness`], which prints and parses. Knows nothing of requests.

use crate::hash::Fnv;
use std::fmt;

/// How many places a sketch has, a hexadecimal digit each.
const PLACES: u32 = 8;

/// How many digits a likeness is printed with.
const DIGITS: usize = 12;

/// The likeness of a request; the default is that of one that says nothing but its endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Likeness {
    /// A digest of all that was said, in order.
    digest: u16,
    /// A digit a place: the least of the hashes under one of several orders (MinHash). Two requests agree in as many places as they have words in common.
    sketch: u32,
}

impl Likeness {
    /// The nearness of equal ones.
    pub const SAME: u32 = PLACES + 1;

    /// From this nearness on, two requests are one that was edited.
    pub const NEAR: u32 = PLACES / 2;

    /// The likeness of what says these things, hashed one by one.
    #[must_use]
    pub fn of(said: &[u64]) -> Self {
        let mut digest = Fnv::default();
        said.iter().for_each(|it| digest.update(&it.to_le_bytes()));
        let digest = if said.is_empty() { 0 } else { low_bits(mixed(digest.finish())) };
        let place = |at: u32| {
            let order = mixed(u64::from(at) + 1);
            said.iter().map(|it| mixed(it ^ order)).min().unwrap_or_default() & 0xf
        };
        let sketch = (0..PLACES).fold(0, |sketch, at| sketch << 4 | place(at));
        Self { digest, sketch: u32::try_from(sketch).unwrap_or_default() }
    }

    /// Whether it says anything.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// How much two have in common: [`Likeness::SAME`] where they are equal, else the places in which they agree. What says nothing is near nothing else.
    #[must_use]
    pub fn nearness(self, other: Self) -> u32 {
        if self == other {
            return Self::SAME;
        }
        if self.is_nothing() || other.is_nothing() {
            return 0;
        }
        let agrees = |at: &u32| (self.sketch ^ other.sketch) >> (4 * at) & 0xf == 0;
        (0..PLACES).map(|at| u32::from(agrees(&at))).sum()
    }

    /// Reads what is printed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
        let is_such = text.len() == DIGITS && text.bytes().all(is_digit);
        let (digest, sketch) = text.split_at_checked(4).filter(|_| is_such)?;
        let digest = u16::from_str_radix(digest, 16).ok()?;
        Some(Self { digest, sketch: u32::from_str_radix(sketch, 16).ok()? })
    }
}

impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}{:08x}", self.digest, self.sketch)
    }
}

fn low_bits(hash: u64) -> u16 {
    u16::try_from(hash & 0xffff).unwrap_or_default()
}

/// The finalizer of SplitMix64: each bit of the input changes half of the output's.
const fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The likeness of words.
    fn of(text: &str) -> Likeness {
        let said = text.split(' ').map(|word| Fnv::of(word.as_bytes()).finish());
        Likeness::of(&said.collect::<Vec<_>>())
    }

    #[test]
    fn what_is_printed_is_read() {
        for it in [of("mast keel"), of("rudder"), Likeness::default()] {
            assert_eq!(it.to_string().len(), DIGITS);
            assert_eq!(Likeness::parse(&it.to_string()), Some(it));
        }
        for wrong in ["", "00000000000", "0000000000000", "00000000000G", "+0000000000f", "ééé"]
        {
            assert_eq!(Likeness::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_edit_leaves_it_near_and_another_text_does_not() {
        let boat = of("name length mast keel sail harbour anchor rudder crew");
        let edited = of("name length mast keel sail harbour anchor rudder berth");
        let other = of("title price currency invoice paid due");
        assert_eq!(boat.nearness(boat), Likeness::SAME);
        assert!((Likeness::NEAR..Likeness::SAME).contains(&boat.nearness(edited)));
        assert!(boat.nearness(other) < Likeness::NEAR);
        // Another order is another text of the same words.
        assert_eq!(of("mast keel").nearness(of("keel mast")), PLACES);
    }

    #[test]
    fn what_says_nothing_is_near_nothing_else() {
        let nothing = Likeness::of(&[]);
        assert!(nothing.is_nothing());
        assert_eq!(nothing.nearness(of("mast")), 0);
        assert_eq!(nothing.nearness(nothing), Likeness::SAME);
    }
}
