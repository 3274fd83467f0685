//! What has to hold of everything that comes out, whatever went in.

use super::table::MARK;
use postman_codegen::visible::is_hidden;
use postman_codegen::{Generated, Input, generate};
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{Event, Parser, Tag};

/// Runs the whole pipeline, the gate included, and checks what it made or found. The operations, or the pointers of what stopped it.
pub(crate) fn run(spec: &str) -> Result<usize, Vec<String>> {
    let input =
        Input { spec_name: "sample.json", spec, package: Some("sample"), ..Input::default() };
    match generate(&input) {
        Ok(made) => {
            files(&made);
            made.diagnostics.iter().for_each(|it| shown(&it.render("sample.json", spec)));
            shown(&made.account.to_string());
            made.lock.lines().for_each(|line| shown(&line));
            Ok(made.api.operations.len())
        }
        Err(found) => {
            assert!(
                !found
                    .iter()
                    .any(|it| it.code.starts_with("format::") || it.code.starts_with("name::")),
                "a bug of ours: {found:#?}"
            );
            found.iter().for_each(|it| shown(&it.render("sample.json", spec)));
            Err(found.iter().map(|it| it.origin.pointer.as_str().to_owned()).collect())
        }
    }
}

/// That a terminal shows every character.
fn shown(text: &str) {
    let hidden = text.chars().find(|c| is_hidden(*c) && !"\n\t\u{200d}".contains(*c));
    assert_eq!(hidden, None, "{}", text.escape_debug());
}

fn files(made: &Generated) {
    for (path, text) in &made.files.0 {
        if !text.contains(MARK) {
            continue;
        }
        shown(text);
        assert!(!path.starts_with("src/runtime/"), "{path} holds a text of the collection");
        if path.ends_with(".rs") {
            code(path, text);
        } else if path.ends_with(".md") {
            markdown(path, text);
        } else {
            let manifest: toml_edit::DocumentMut = text.parse().unwrap();
            let description = manifest["package"]["description"].as_str().unwrap_or_default();
            let within = description.matches(MARK).count();
            assert_eq!(
                within,
                text.matches(MARK).count(),
                "{path}: outside of the description\n{text}"
            );
        }
    }
}

/// That the mark stands in string literals and docs alone: as often there as in the whole file.
fn code(path: &str, text: &str) {
    let tokens: TokenStream = text.parse().unwrap_or_else(|why| panic!("{path}: {why}\n{text}"));
    let mut within = 0;
    literals(path, tokens, &mut within);
    assert_eq!(within, text.matches(MARK).count(), "{path}: outside of literals and docs\n{text}");
}

fn literals(path: &str, tokens: TokenStream, within: &mut usize) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => literals(path, group.stream(), within),
            TokenTree::Ident(name) => {
                // The end of a word before it, as in `EtcAnArY`, makes the mark anew: that is a name of ours.
                let name = name.to_string();
                let is_made = |at: usize| name[..at].ends_with(|it: char| it.is_ascii_lowercase());
                let found = name.find(MARK);
                assert!(found.is_none_or(is_made), "{path}: {name} is code");
                *within += usize::from(found.is_some());
            }
            TokenTree::Literal(literal) => *within += literal.to_string().matches(MARK).count(),
            TokenTree::Punct(_) => {}
        }
    }
}

/// That the mark makes no HTML, and no link but to where people go.
fn markdown(path: &str, text: &str) {
    for event in Parser::new(text) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                assert!(!html.contains(MARK), "{path}: {html}");
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let known =
                    ["http://", "https://", "mailto:"].iter().any(|it| dest_url.starts_with(it));
                assert!(known || !dest_url.contains(MARK), "{path}: {dest_url}");
            }
            _ => {}
        }
    }
}
