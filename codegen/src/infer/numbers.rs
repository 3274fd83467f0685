//! Numbers seen -> the type that holds them all.

use crate::api::Type;
use crate::evidence::shape::Numbers;

/// Whether the numbers seen are read as doubles, and one of them is an integer that no double holds exactly.
pub(crate) fn is_rounded(numbers: &Numbers) -> bool {
    !numbers.infinite && numbers.inexact && number(numbers) == Type::Number
}

/// The type that holds all numbers seen.
pub(crate) fn number(numbers: &Numbers) -> Type {
    match numbers {
        Numbers { infinite: true, .. } => Type::Unknown,
        // Who mixes them reads them as doubles, as JavaScript does; the note says so.
        Numbers { over_signed: true, negative: true, .. } => Type::Number,
        Numbers { fraction: true, .. } => Type::Number,
        Numbers { over_signed: true, .. } => Type::Unsigned,
        Numbers { .. } => Type::Integer,
    }
}
