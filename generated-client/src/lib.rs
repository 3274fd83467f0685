//! Placeholder until the first emission.
