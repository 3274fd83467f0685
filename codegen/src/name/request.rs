//! What a request's name says, read with its method and path.
//!
//! In: an operation, and the folders around it in words. Out: its [`Phrase`]. Knows nothing of what is taken.

use super::phrase::{self, Phrase};
use super::setting::Setting;
use super::template_words::text;
use super::{title, words};
use crate::api::Operation;
use crate::template::{Piece, Template};

/// The folders around a request.
pub(super) struct Trail {
    /// Their words, from the outside in; `Shops / Doors` is a folder in a folder.
    pub levels: Vec<Vec<String>>,
    /// Whether the last one is called after several things.
    pub has_several: bool,
}

impl Trail {
    /// Reads the names of folders.
    pub(super) fn read(names: &[String]) -> Self {
        let titles: Vec<String> = names.iter().map(|name| title::folder(name)).collect();
        let last = titles.last().map_or("", |title| title.as_str());
        let last = last.rsplit(" / ").next().unwrap_or(last);
        let joins = |word: &str| matches!(word.to_lowercase().as_str(), "&" | "+" | "and");
        let has_several = last.contains(',') || last.split_whitespace().any(joins);
        let levels = titles.iter().flat_map(|title| title.split(" / ")).map(words::split);
        Self { levels: levels.filter(|words| !words.is_empty()).collect(), has_several }
    }
}

/// Takes the name of `operation` apart, or the name that the user pinned.
pub(super) fn phrase(
    operation: &Operation,
    pin: Option<&str>,
    trail: &Trail,
    path: &[String],
) -> Phrase {
    let parameters: Vec<Vec<String>> = operation
        .path_parameters
        .iter()
        .map(|parameter| words::split(&text(&parameter.name)))
        .collect();
    let levels = &trail.levels;
    let (folder, around) =
        levels.split_last().map_or((&[][..], &[][..]), |(last, before)| (last.as_slice(), before));
    let setting = Setting {
        folder,
        has_several: trail.has_several,
        around: &around.concat(),
        path,
        sent: &sent(operation, path),
        method: &operation.method,
        parameters: &parameters,
        owners: &owners(&operation.path),
        ends_with_parameter: matches!(operation.path.0.last(), Some(Piece::Argument(_))),
    };
    match pin {
        Some(pin) => phrase::pinned(&words::split(pin), &setting),
        None => said(operation, &setting),
    }
}

fn said(operation: &Operation, setting: &Setting<'_>) -> Phrase {
    let copies = |word: &String| matches!(word.as_str(), "copy" | "copies" | "duplicate");
    let original = title::without_copy(&operation.name);
    let original = original.filter(|_| !setting.path.iter().any(copies));
    let phrase = of_title(original.unwrap_or(&operation.name), operation, setting);
    Phrase { is_copy: original.is_some(), ..phrase }
}

fn of_title(title: &str, operation: &Operation, setting: &Setting<'_>) -> Phrase {
    let unnamed_request = || phrase::unnamed_request(setting.path, setting);
    let title = title::whole(title);
    let marked = title::without_method(&title);
    let said = marked.unwrap_or(&title);
    if title::is_nameless(said) || title::is_address(said) {
        return unnamed_request();
    }
    let is_path = marked.is_some() || said.contains('/') && !said.contains(char::is_whitespace);
    if is_path && let Some(literal) = tail(&words::split(said), &operation.path) {
        return phrase::unnamed_request(&literal, setting);
    }
    let gist = words::split(&title::gist(said));
    let read = match marked {
        Some(_) => phrase::marked(&gist, setting),
        None => phrase::read(&gist, setting),
    };
    read.unwrap_or_else(unnamed_request)
}

/// Words that the request sends outside its body: where a verb stands among them, the method says less than the name.
fn sent(operation: &Operation, path: &[String]) -> Vec<String> {
    let names = operation.query.iter().map(|parameter| &parameter.name);
    let values = operation.query.iter().flat_map(|parameter| parameter.default.iter().flatten());
    let query = names.chain(values).flat_map(|template| words::split(&text(template)));
    path.iter().cloned().chain(query).collect()
}

/// The literal words of the end of `path`, where `said` is nothing else, with its variables or without.
fn tail(said: &[String], path: &Template) -> Option<Vec<String>> {
    let said = said.concat();
    let segments = segments(path);
    (0..segments.len()).find_map(|start| {
        let tail = segments.get(start..)?;
        let literal: Vec<String> =
            tail.iter().filter(|it| it.1).flat_map(|it| it.0.clone()).collect();
        let all: String = tail.iter().flat_map(|(words, _)| words.clone()).collect();
        let is_same = !literal.is_empty() && (said == all || said == literal.concat());
        is_same.then_some(literal)
    })
}

/// The words before each parameter of a path that goes on after it.
fn owners(path: &Template) -> Vec<Vec<String>> {
    let segments = segments(path);
    let owner = |three: &[(Vec<String>, bool)]| match three {
        [(words, true), (_, false), _] => Some(words.clone()),
        _ => None,
    };
    segments.windows(3).filter_map(owner).collect()
}

/// The segments of a path in words, and whether they are literal.
fn segments(path: &Template) -> Vec<(Vec<String>, bool)> {
    let mut joined = String::new();
    for piece in &path.0 {
        match piece {
            Piece::Text(part) => joined.push_str(part),
            Piece::Argument(name) | Piece::Variable(name) => {
                joined.extend(["\u{0}", &name.replace('/', " "), "\u{0}"]);
            }
            Piece::Dynamic(_) => joined.push('\u{0}'),
        }
    }
    let segment =
        |segment: &str| (words::split(&segment.replace('\u{0}', " ")), !segment.contains('\u{0}'));
    joined.split('/').filter(|it| !it.is_empty()).map(segment).collect()
}
