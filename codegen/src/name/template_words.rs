//! What templates say in words: names with holes, and paths.

use super::words;
use crate::template::{Piece, Template};

/// The text of a name, holes included.
pub(super) fn text(template: &Template) -> String {
    let mut text = String::new();
    for piece in &template.0 {
        match piece {
            Piece::Text(part) | Piece::Argument(part) | Piece::Variable(part) => {
                text.push_str(part);
            }
            Piece::Dynamic(_) => {}
        }
        text.push(' ');
    }
    text
}

/// The literal words of a path, without what most paths of the API begin with.
pub(super) fn path_words(path: &Template, shared: &[String]) -> Vec<String> {
    let segments = literal_segments(path);
    let begins = segments.iter().zip(shared).take_while(|(one, other)| one == other).count();
    let kept = segments.get(begins.min(segments.len().saturating_sub(1))..).unwrap_or_default();
    kept.iter().flat_map(|segment| words::split(segment)).collect()
}

/// The segments of a path without a variable.
pub(super) fn literal_segments(path: &Template) -> Vec<String> {
    let mut joined = String::new();
    for piece in &path.0 {
        match piece {
            Piece::Text(part) => joined.push_str(part),
            Piece::Argument(_) | Piece::Variable(_) | Piece::Dynamic(_) => joined.push('\u{0}'),
        }
    }
    let literal = |segment: &&str| !segment.is_empty() && !segment.contains('\u{0}');
    joined.split('/').filter(literal).map(str::to_owned).collect()
}
