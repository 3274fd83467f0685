//! A sentence as tokens, and the lists of names in it.

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word in lower case.
    Word(String),
    /// A text between backticks, as written.
    Code(String),
    /// A text between quotation marks, as written.
    Quoted(String),
    /// Anything else.
    Mark(char),
}

/// Longest text between quotation marks that is one thing.
const LONGEST_QUOTE: usize = 60;

impl Token {
    /// Whether this is one of `words`.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        matches!(self, Self::Word(word) if words.contains(&word.as_str()))
    }

    /// The text that its author marked as a name.
    pub(super) fn marked(&self) -> Option<&str> {
        match self {
            Self::Code(text) | Self::Quoted(text) => Some(text),
            Self::Word(_) | Self::Mark(_) => None,
        }
    }
}

/// Cuts a sentence.
pub(super) fn tokens(sentence: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = sentence;
    let mut before = ' ';
    while let Some(letter) = rest.chars().next() {
        let (token, length) = if letter == '`' {
            match rest.get(1..).and_then(|inner| inner.split_once('`')) {
                Some((code, _)) => (Some(Token::Code(code.to_owned())), code.len() + 2),
                None => (None, 1),
            }
        } else if let Some((text, length)) = quoted(rest, before) {
            (Some(Token::Quoted(text)), length)
        } else if letter.is_alphanumeric() {
            let length = word_length(rest);
            let word = rest.get(..length).unwrap_or_default();
            (Some(Token::Word(word.to_lowercase())), length)
        } else {
            ((!letter.is_whitespace()).then_some(Token::Mark(letter)), letter.len_utf8())
        };
        found.extend(token);
        let (taken, left) = rest.split_at_checked(length).unwrap_or((rest, ""));
        before = taken.chars().last().unwrap_or(' ');
        rest = left;
    }
    found
}

/// A word goes on over `-`, `_`, `'`, `:` and `.` inside.
fn word_length(text: &str) -> usize {
    let inner = |letter: char| "-_':.".contains(letter);
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let goes_on = letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !(letter.is_alphanumeric() || (inner(letter) && goes_on)) {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

/// A short text between quotation marks, and its length with them. An apostrophe is no quotation mark.
fn quoted(text: &str, before: char) -> Option<(String, usize)> {
    let open = text.chars().next()?;
    let close = match open {
        '"' => '"',
        '“' => '”',
        '‘' => '’',
        '\'' if !before.is_alphanumeric() => '\'',
        _ => return None,
    };
    let inner = text.get(open.len_utf8()..)?;
    let end = inner.find(close)?;
    let content = inner.get(..end)?;
    let after = inner.get(end + close.len_utf8()..)?.chars().next().unwrap_or(' ');
    let fits =
        !content.trim().is_empty() && content.len() <= LONGEST_QUOTE && !after.is_alphanumeric();
    fits.then(|| (content.to_owned(), open.len_utf8() + end + close.len_utf8()))
}

/// Names in a row from `start` on, `a, b and c`, with the index after the last.
pub(super) fn names(tokens: &[Token], start: usize) -> (Vec<String>, usize) {
    let mut found: Vec<String> = Vec::new();
    let mut at = start;
    let mut end = start;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Code(text) | Token::Quoted(text) => {
                if !found.contains(text) {
                    found.push(text.clone());
                }
                end = at + 1;
            }
            Token::Mark(',' | ';' | '/' | '|') if end > start => {}
            Token::Word(word) if end > start && ["and", "or", "&"].contains(&word.as_str()) => {}
            Token::Mark('&') if end > start => {}
            Token::Word(_) | Token::Mark(_) => break,
        }
        at += 1;
    }
    (found, end)
}

/// Whether what a sentence says at `at` holds under a condition only, or not at all: by the words before it.
pub(super) fn is_conditional(tokens: &[Token], at: usize) -> bool {
    let before = tokens.get(..at).unwrap_or_default();
    let words = [
        "if",
        "when",
        "unless",
        "while",
        "case",
        "cases",
        "instance",
        "instances",
        "example",
        "not",
        "never",
        "without",
        "longer",
        "some",
        "certain",
        "either",
        "may",
        "might",
        "depending",
        "otherwise",
        "except",
        "no",
        "isn't",
        "aren't",
        "doesn't",
        "don't",
        "e.g",
        "whether",
        "nor",
        "neither",
        "previously",
        "once",
        "where",
        "only",
    ];
    before.iter().any(|token| token.is(&words))
}

/// Whether a condition follows at `at`.
pub(super) fn condition_follows(tokens: &[Token], at: usize) -> bool {
    let words = ["if", "when", "unless", "for", "only", "while", "where", "except", "in"];
    tokens.get(at).is_some_and(|token| token.is(&words))
}

#[cfg(test)]
mod tests {
    use super::super::passage::of_text;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_code_and_quotations() {
        let code = |text: &str| Token::Code(text.to_owned());
        let quoted = |text: &str| Token::Quoted(text.to_owned());
        let word = |text: &str| Token::Word(text.to_owned());
        let found = tokens("It's `a`,`b` and “c d”, not 'e' read:x");
        let (names, end) = names(&found, 1);
        assert_eq!((names.join(" "), end), ("a b c d".to_owned(), 6));
        assert_eq!(found.first(), Some(&word("it's")));
        let wanted = [code("a"), Token::Mark(','), code("b"), word("and"), quoted("c d")];
        assert_eq!(found.get(1..6), Some(wanted.as_slice()));
        let wanted = [word("not"), quoted("e"), word("read:x")];
        assert_eq!(found.get(7..), Some(wanted.as_slice()));
    }

    proptest! {
        #[test]
        fn any_text_can_be_cut(text in "[a-z` \"'“”‘’.,:\\n\u{202e}é(]{0,40}") {
            for passage in of_text(&text) {
                let found = tokens(&passage.text);
                (0..=found.len()).for_each(|start| prop_names(&found, start));
            }
        }
    }

    fn prop_names(found: &[Token], start: usize) {
        let (_, end) = names(found, start);
        assert!(start <= end && end <= found.len());
    }
}
