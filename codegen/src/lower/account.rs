//! The account of the input: every member of the raw JSON is used, ignored with a reason, or unsupported.
//!
//! Counted by walking the raw JSON, independently of the pipeline.

use crate::origin::Origin;

/// What became of every member of the input; the parts add up to [`Account::total`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Members of all objects of the input.
    pub total: usize,
    /// Members that reach the output.
    pub used: usize,
    /// Members without an effect, by reason, with their count.
    pub ignored: Vec<(&'static str, usize)>,
    /// Members that should have an effect and have none, with the reason.
    pub unsupported: Vec<(Origin, String)>,
    /// Members that no format of Postman's knows.
    pub unknown: Vec<Origin>,
}
