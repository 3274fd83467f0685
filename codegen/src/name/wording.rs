//! The ways to say one operation, from short to long.
//!
//! In: an operation and its phrase. Out: [`Wording`]s in the order in which a clash walks through them. Knows nothing of what is taken.

use super::phrase::Phrase;
use super::template_words::{path_words, text};
use super::{english, title, words};
use crate::api::Operation;

/// One way to say an operation: as a method beside its folder, and as a type that stands alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wording {
    /// Words of the method.
    pub method: Vec<String>,
    /// Words of types: verb and noun.
    pub alone: Vec<String>,
}

/// The first of all wordings.
pub(super) fn first(phrase: &Phrase) -> Wording {
    Wording {
        method: [&word(&phrase.verb)[..], &phrase.short].concat(),
        alone: [&word(&phrase.acting)[..], &phrase.full].concat(),
    }
}

/// All wordings of `operation`; a pinned one has but one.
pub(super) fn wordings(
    operation: &Operation,
    phrase: &Phrase,
    path: &[String],
    pinned: bool,
) -> Vec<Wording> {
    // Nothing that a copy says tells it from its original: it takes a number.
    if pinned || phrase.is_copy {
        return vec![first(phrase)];
    }
    let (short, full) = (&phrase.short, &phrase.full);
    let verb = word(&phrase.verb);
    let acting = word(&phrase.acting);
    let written = if phrase.written.is_empty() { acting.clone() } else { word(&phrase.written) };
    let method = operation.method.to_lowercase();
    // A method is any token (RFC 9110 §9.1), and a token need not be a word.
    let method = if method == phrase.acting { Vec::new() } else { words::split(&method) };
    let by = by_parameters(operation);
    let rest = rest(operation, path, full);
    let said = |method: &[&[String]], alone: &[&[String]]| Wording {
        method: method.concat(),
        alone: alone.concat(),
    };
    let other = phrase.alias.as_deref().map_or_else(|| verb.clone(), word);
    let other_alone = if phrase.alias.is_some() { other.clone() } else { acting.clone() };
    let title = title::whole(&operation.name);
    let asides = title::gist(&operation.name) != title;
    let whole = if asides { without_articles(&words::split(&title)) } else { Vec::new() };
    let spelled = words::spell(&operation.name);
    vec![
        first(phrase),
        said(&[&other, short], &[&other_alone, full]),
        said(&[&written, full], &[&acting, full]),
        said(&[&whole], &[&whole]),
        said(&[&verb, short, &rest], &[&acting, full, &rest]),
        said(&[&verb, short, &by], &[&acting, full, &by]),
        said(&[&verb, short, &rest, &by], &[&acting, full, &rest, &by]),
        said(&[&acting, &rest, &by], &[&acting, &rest, &by]),
        said(&[&method, &verb, short, &rest, &by], &[&method, &acting, full, &rest, &by]),
        said(&[&spelled], &[&spelled]),
    ]
}

fn without_articles(words: &[String]) -> Vec<String> {
    words.iter().filter(|word| !english::is_article(word)).cloned().collect()
}

/// The words of the path that the phrase does not say; those that most paths begin with only where there are no others.
fn rest(operation: &Operation, path: &[String], full: &[String]) -> Vec<String> {
    let fresh = |words: &[String]| -> Vec<String> {
        words.iter().filter(|word| is_new(word, full)).cloned().collect()
    };
    let rest = fresh(path);
    if rest.is_empty() { fresh(&path_words(&operation.path, &[])) } else { rest }
}

fn word(word: &str) -> Vec<String> {
    if word.is_empty() { Vec::new() } else { vec![word.to_owned()] }
}

fn is_new(word: &str, said: &[String]) -> bool {
    !said.iter().any(|other| english::same(word, other))
}

fn by_parameters(operation: &Operation) -> Vec<String> {
    let mut by: Vec<String> = Vec::new();
    for parameter in &operation.path_parameters {
        by.push(if by.is_empty() { "by" } else { "and" }.to_owned());
        by.extend(words::split(&text(&parameter.name)));
    }
    by
}
