//! A sentence of our words and the collection's, kept apart so that who prints it can escape the latter.

/// Longest text of the collection in a sentence, in characters.
const MOST: usize = 120;

/// One sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(pub Vec<Word>);

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Words of ours.
    Ours(&'static str),
    /// A name or a text of the client or the collection, raw.
    Theirs(String),
}

impl Sentence {
    /// The text, with what is not ours as `quoted` gives it.
    pub fn with(&self, quoted: impl Fn(&str) -> String) -> String {
        let word = |word: &Word| match word {
            Word::Ours(text) => (*text).to_owned(),
            Word::Theirs(text) => quoted(text),
        };
        self.0.iter().map(word).collect()
    }
}

/// A sentence with `values` in the places of `{}`.
pub(super) fn say(words: &'static str, values: &[&str]) -> Sentence {
    tell(words, values.iter().map(|value| Word::Theirs(cut(value))).collect())
}

/// A value, or words of ours that are none.
pub(super) fn value_or(value: Option<&str>, ours: &'static str) -> Word {
    value.map_or(Word::Ours(ours), |value| Word::Theirs(cut(value)))
}

/// A sentence with `values` in the places of `{}`, some of which are words of ours.
pub(super) fn tell(words: &'static str, values: Vec<Word>) -> Sentence {
    let mut values = values.into_iter();
    let mut sentence = Sentence::default();
    for (at, part) in words.split("{}").enumerate() {
        if at > 0 {
            sentence.0.push(values.next().unwrap_or(Word::Ours("")));
        }
        if !part.is_empty() {
            sentence.0.push(Word::Ours(part));
        }
    }
    sentence
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
