//! Replaced once the runtime stands.
