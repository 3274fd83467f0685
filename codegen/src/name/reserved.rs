//! Words that may not be used as they are.
