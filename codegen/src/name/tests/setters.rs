//! Setters of the builder: none differs from one of the builder's own by `_` alone.

use super::{api, name};
use crate::api::{Api, Server, Variable};
use crate::docs::Docs;
use crate::overlay::ClientTable;
use crate::template::{Piece, Template};

/// The setters of variables, in a client with this base URL, where `{}` is the first of them.
fn setters(base: &str, variables: &[&str]) -> Vec<String> {
    let mut api = api(&[]);
    let (before, after) = base.split_once("{}").unwrap();
    let text = |text: &str| (!text.is_empty()).then(|| Piece::Text(text.to_owned()));
    let pieces = [text(before), Some(Piece::Variable(variables[0].to_owned())), text(after)];
    api.servers = vec![Server { base: Template(pieces.into_iter().flatten().collect()) }];
    let variable =
        |name: &&str| Variable { name: (*name).to_owned(), default: None, docs: Docs::default() };
    api.variables = variables.iter().map(variable).collect();
    named(&api)
}

fn named(api: &Api) -> Vec<String> {
    let (names, found) = name(api, &ClientTable::default(), &[]);
    assert_eq!(found, []);
    names.variables
}

#[test]
fn a_variable_that_is_the_base_url_is_set_by_its_setter() {
    for variable in ["baseUrl", "base_url", "BASE-URL", "baseurl"] {
        assert_eq!(setters("{}", &[variable]), ["base_url"], "{variable}");
        assert_eq!(setters("https://{}", &[variable]), ["base_url"], "{variable}");
    }
}

#[test]
fn one_that_is_a_part_of_it_has_another_name() {
    assert_eq!(setters("https://{}.example.com", &["base_url"]), ["base_url_variable"]);
    assert_eq!(setters("https://{}:8443", &["baseurl"]), ["baseurl_variable"]);
    // Only one can be the base URL.
    let both = setters("{}", &["base_url", "baseUrl"]);
    assert_eq!(both, ["base_url", "base_url_variable"]);
}

#[test]
fn the_builders_own_setters_are_told_apart_by_a_word() {
    let all = ["host", "timeout", "User-Agent", "transport"];
    let named = setters("https://{}", &all);
    assert_eq!(named, ["host", "timeout_variable", "user_agent_variable", "transport_variable"]);
}
