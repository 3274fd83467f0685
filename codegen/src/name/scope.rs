//! One collision domain.
