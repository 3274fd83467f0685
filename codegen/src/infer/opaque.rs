//! What the docs show of a body that has no type: the text that the collection sends.
//!
//! In: a request and its body. Out: blocks of docs. Knows no emitter.

use crate::api::Body;
use crate::credential::{is_credential, is_secret};
use crate::docs::{Block, Inline};
use crate::draft;

/// Lines of a sample that are shown.
const MOST_LINES: usize = 30;

/// The sample of a body of text, unless a word of it may name a credential, whose value would be shown too.
pub(crate) fn sample(operation: &draft::Operation, body: Option<&Body>) -> Vec<Block> {
    let (Some(Body::Text { .. }), Some(draft::Body::Raw { samples, .. })) = (body, &operation.body)
    else {
        return Vec::new();
    };
    let text = samples.first().map(|sample| sample.text.trim()).unwrap_or_default();
    if text.is_empty() || names_credential(text) {
        return Vec::new();
    }
    let mut shown: Vec<&str> = text.lines().take(MOST_LINES).collect();
    shown.extend(text.lines().nth(MOST_LINES).map(|_| "…"));
    let said = Inline::Text("The collection sends:".to_owned());
    vec![Block::Paragraph(vec![said]), Block::Code(shown.join("\n"))]
}

fn names_credential(text: &str) -> bool {
    let is_between = |it: char| !it.is_alphanumeric() && !matches!(it, '_' | '-' | '.');
    text.split(is_between).any(|word| is_secret(word) || is_credential(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Sample;
    use crate::infer::tests::{request, sends};
    use crate::origin::Origin;

    fn shown(text: &str) -> Vec<Block> {
        let operation = sends(request("POST", "/boats", "Create"), text);
        let body = Body::Text { content_type: "application/xml".to_owned() };
        sample(&operation, Some(&body))
    }

    #[test]
    fn a_body_without_a_type_is_shown() {
        let said = Block::Paragraph(vec![Inline::Text("The collection sends:".to_owned())]);
        assert_eq!(shown(" <boat/>\n"), [said, Block::Code("<boat/>".to_owned())]);
        let long: Vec<String> = (0..31).map(|line| line.to_string()).collect();
        let Some(Block::Code(cut)) = shown(&long.join("\n")).pop() else { panic!("a sample") };
        assert!(cut.ends_with("29\n…"), "{cut}");
    }

    #[test]
    fn nothing_is_shown_that_may_be_a_credential_or_has_a_type() {
        for text in ["", "<password>pw</password>", "a=1&api_key=k", "Authorization: Basic eA=="] {
            assert_eq!(shown(text), [], "{text}");
        }
        let mut operation = request("POST", "/boats", "Create");
        operation.body = Some(draft::Body::Raw {
            samples: vec![Sample { text: "<boat/>".to_owned(), origin: Origin::default() }],
            content_type: "application/xml".to_owned(),
            declared_json: false,
        });
        assert_eq!(sample(&operation, None), []);
    }
}
