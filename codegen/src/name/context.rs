//! What types are named from.

use super::held::Held;
use super::operations::ParsedName;
use super::pins::Pins;
use super::uses::Uses;
use crate::api::Api;

/// What the domains of types are made of.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The API.
    pub api: &'a Api,
    /// Its operations in words.
    pub parsed: &'a [ParsedName],
    /// The words of the names of each folder and of those around it, by folder.
    pub trails: &'a [Vec<String>],
    /// Where its types are used.
    pub uses: &'a Uses,
    /// The outermost folder around each folder, or itself.
    pub tops: &'a [usize],
    /// The user's pins.
    pub pins: &'a Pins,
    /// What was published.
    pub held: &'a Held<'a>,
}
