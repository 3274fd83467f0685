//! `protocolProfileBehavior`: how Postman is told to send; nearer settings win one by one.

use super::place::Place;
use crate::json::Value;

/// The settings that change bytes on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Send bodies with GET and its like.
    pub keep_body: Option<bool>,
    /// Leave URLs unencoded.
    pub raw_url: Option<bool>,
    /// Lower-case names of headers that Postman must not add.
    pub without_headers: Option<Vec<String>>,
}

impl Profile {
    /// These settings over those of what encloses them.
    #[must_use]
    pub fn over(&self, outer: &Self) -> Self {
        Self {
            keep_body: self.keep_body.or(outer.keep_body),
            raw_url: self.raw_url.or(outer.raw_url),
            without_headers: self.without_headers.clone().or_else(|| outer.without_headers.clone()),
        }
    }
}

/// Reads the member `protocolProfileBehavior` of `place`.
pub(super) fn member(place: &Place<'_>) -> Profile {
    let Some(profile) = place.get("protocolProfileBehavior") else { return Profile::default() };
    let flag = |key: &str| profile.get(key).map(|inner| inner.node.value == Value::Bool(true));
    let disabled = profile.get("disabledSystemHeaders").map(|headers| {
        let entries = headers.entries().into_iter();
        let set = entries.filter(|(_, inner)| inner.node.value == Value::Bool(true));
        set.map(|(name, _)| name.to_ascii_lowercase()).collect()
    });
    Profile {
        keep_body: flag("disableBodyPruning"),
        raw_url: flag("disableUrlEncoding"),
        without_headers: disabled,
    }
}
