//! Text with `{{holes}}` -> [`Template`] (POSTMAN.md §7): names are exact, blanks included.

use crate::template::{DynamicVariable, Piece, Template};

/// The template of `text`: every `{{name}}` a [`Piece::Variable`], dynamic ones that mean one thing a [`Piece::Dynamic`].
pub(super) fn template(text: &str) -> Template {
    let mut pieces = Vec::new();
    push_text(&mut pieces, text);
    Template(pieces)
}

/// Appends the pieces of `text`.
pub(super) fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    let mut rest = text;
    while let Some((literal, name, after)) = next_hole(rest) {
        push_literal(pieces, literal);
        pieces.push(generated(name).map_or_else(|| Piece::Variable(name.into()), Piece::Dynamic));
        rest = after;
    }
    push_literal(pieces, rest);
}

/// Appends literal text, joined to a literal before it.
pub(super) fn push_literal(pieces: &mut Vec<Piece>, text: &str) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        Some(Piece::Argument(_) | Piece::Variable(_) | Piece::Dynamic(_)) | None => {
            pieces.push(Piece::Text(text.to_owned()));
        }
    }
}

/// Names of the variables in `text`, in order, each once; dynamic ones left out.
pub(super) fn variables(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in template(text).0 {
        if let Piece::Variable(name) = piece
            && !name.starts_with('$')
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// The variable that is all of `text`, where it is one.
pub(super) fn only_variable(text: &str) -> Option<String> {
    match template(text.trim()).0.as_slice() {
        [Piece::Variable(name)] => Some(name.clone()),
        _ => None,
    }
}

/// The literal before the first hole, the hole's name, and what follows it. A hole around another one is one hole.
fn next_hole(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find("{{")?;
        let inside = text.get(open + 2..)?;
        match closing(inside) {
            Some(close) => {
                let name = inside.get(..close)?;
                return Some((text.get(..open)?, name, inside.get(close + 2..)?));
            }
            None => from = open + 1,
        }
    }
}

/// Where the hole that was opened before `inside` closes; `None` where a single brace or the end comes first.
fn closing(inside: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        at += inside.get(at..)?.find(['{', '}'])?;
        let rest = inside.get(at..)?;
        if rest.starts_with("}}") {
            match depth.checked_sub(1) {
                None => return Some(at),
                Some(outer) => depth = outer,
            }
        } else if rest.starts_with("{{") && !rest.starts_with("{{{") && at > 0 {
            depth += 1;
        } else {
            return None;
        }
        at += 2;
    }
}

fn generated(name: &str) -> Option<DynamicVariable> {
    match name {
        "$guid" | "$randomUUID" => Some(DynamicVariable::Uuid),
        "$timestamp" => Some(DynamicVariable::Timestamp),
        "$isoTimestamp" => Some(DynamicVariable::IsoTimestamp),
        "$randomInt" => Some(DynamicVariable::Integer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let piece = |piece: Piece| match piece {
            Piece::Text(text) => text,
            Piece::Argument(name) => format!("<:{name}>"),
            Piece::Variable(name) => format!("<{name}>"),
            Piece::Dynamic(kind) => format!("<{kind:?}>"),
        };
        template(text).0.into_iter().map(piece).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn finds_holes() {
        for (text, wanted) in [
            ("a{{b}}c", "a|<b>|c"),
            ("{{ b }}", "< b >"),
            ("{{a}}{{b}}", "<a>|<b>"),
            ("{{}}", "<>"),
            ("{{a", "{{a"),
            ("{{{a}}}", "{|<a>|}"),
            ("{{a{{b}}}}", "<a{{b}}>"),
            ("{{a{b}}", "{{a{b}}"),
            ("{{$guid}}/{{$randomCity}}", "<Uuid>|/|<$randomCity>"),
            ("", ""),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
