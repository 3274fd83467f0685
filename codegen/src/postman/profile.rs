//! `protocolProfileBehavior`: how Postman is told to send; nearer settings win one by one.

use super::located::Located;
use crate::json::Value;

/// The settings that change bytes on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Send bodies with GET and its like.
    pub keep_body: Option<bool>,
    /// Send a body without the `Content-Type` that no header gives it.
    pub omit_content_type: Option<bool>,
}

impl Profile {
    /// These settings over those of what encloses them.
    #[must_use]
    pub fn over(self, outer: Self) -> Self {
        Self {
            keep_body: self.keep_body.or(outer.keep_body),
            omit_content_type: self.omit_content_type.or(outer.omit_content_type),
        }
    }
}

/// Reads the member `protocolProfileBehavior` of `place`.
pub(super) fn member(place: &Located<'_>) -> Profile {
    let Some(profile) = place.get("protocolProfileBehavior") else { return Profile::default() };
    let keep = profile.get("disableBodyPruning");
    let silent = profile.get("disabledSystemHeaders");
    Profile {
        keep_body: keep.map(|inner| inner.node.value == Value::Bool(true)),
        // Names count as Postman's program writes them.
        omit_content_type: silent.map(|inner| inner.flag("content-type")),
    }
}
