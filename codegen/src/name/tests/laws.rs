//! Laws: whatever a collection says, names are valid and unique.

use super::{add, api, name};
use crate::api::{Api, Parameter};
use crate::name::Names;
use crate::overlay::ClientTable;
use crate::template::Template;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z]{0,3}[ _.-]?[A-Z]{0,2}",
        "(get|list|type|self|Self|new|con|CON|json|users?|Users|body|query|send|[0-9]{1,3})",
        "[a-z]{1,200}",
    ]
}

fn parameters(names: &[String]) -> Vec<Parameter> {
    let distinct: BTreeSet<&String> = names.iter().collect();
    let parameter = |name: &&String| Parameter {
        name: Template::literal(name.as_str()),
        ..super::parameter("")
    };
    distinct.iter().map(parameter).collect()
}

fn build(requests: &[(Vec<String>, String, String)], keys: &[String]) -> Api {
    let mut api = api(&[]);
    for (trail, path, name) in requests {
        let trail: Vec<&str> = trail.iter().map(String::as_str).collect();
        add(&mut api, &trail, "GET", &format!("/{path}"), name);
    }
    if let Some(operation) = api.operations.first_mut() {
        operation.query = parameters(keys);
        operation.headers = parameters(keys);
    }
    api
}

fn all_valid(names: &[&String]) {
    for name in names {
        assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{name:?} is no identifier");
    }
    let folded: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), names.len(), "{names:?} clash");
}

pub(super) fn holds(api: &Api, names: &Names) {
    let modules: BTreeSet<&Vec<String>> = names.groups.iter().map(|group| &group.module).collect();
    assert_eq!(modules.len(), names.groups.len());
    for segment in names.groups.iter().flat_map(|group| &group.module) {
        assert!(segment.len() <= 64 && syn::parse_str::<syn::Ident>(segment).is_ok(), "{segment}");
    }
    for handle in std::iter::once(None).chain((0..api.groups.len()).map(Some)) {
        let methods = api.operations.iter().zip(&names.operations);
        let methods = methods.filter(|(operation, _)| operation.group.map(|id| id.0) == handle);
        let accessors = names.groups.iter().filter(|it| it.parent.map(|id| id.0) == handle);
        let operations: Vec<_> = methods.map(|(_, names)| names).collect();
        let constants = operations.iter().map(|names| &names.constant);
        assert!(constants.clone().all(|it| !it.contains(|c: char| c.is_lowercase())));
        all_valid(&constants.collect::<Vec<_>>());
        let taken = |name: &String| operations.iter().any(|it| it.constant == *name);
        assert!(!operations.iter().any(|names| taken(&names.method)));
        let methods = operations.iter().map(|names| &names.method);
        all_valid(&methods.chain(accessors.map(|names| &names.accessor)).collect::<Vec<_>>());
    }
    let tops: BTreeSet<&String> =
        names.groups.iter().filter_map(|group| group.module.first()).collect();
    for top in tops {
        let handles = names.groups.iter().filter(|group| group.module.first() == Some(top));
        let requests = api.operations.iter().zip(&names.operations).filter(|(operation, _)| {
            operation.group.is_some_and(|id| names.groups[id.0].module.first() == Some(top))
        });
        let requests = requests.map(|(_, names)| &names.request);
        all_valid(&handles.map(|group| &group.handle).chain(requests).collect::<Vec<_>>());
    }
    for names in &names.operations {
        all_valid(
            &names.query.iter().chain(&names.headers).chain([&names.body]).collect::<Vec<_>>(),
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_valid_unique_names(
        requests in prop::collection::vec((prop::collection::vec(text(), 0..5), "[a-z]{0,3}", text()), 0..12),
        keys in prop::collection::vec(text(), 0..8),
    ) {
        let api = build(&requests, &keys);
        let (names, _) = name(&api, &ClientTable::default(), &[]);
        holds(&api, &names);
    }
}
