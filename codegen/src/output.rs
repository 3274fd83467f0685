//! The emitted files as a value, and how they differ from what lies on disk. Pure; `disk` alone touches files.

use std::collections::BTreeMap;

/// Paths below the crate (with `/`) and their texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree(pub BTreeMap<String, String>);
