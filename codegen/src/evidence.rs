//! What traffic taught: shapes and counts per endpoint, never a value.

/// Evidence of all sources, joined.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {}
