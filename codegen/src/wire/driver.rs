//! The driver: a program that makes every operation's example call, written as Rust.
//!
//! In goes a collection with what the pipeline made of it, and values for its variables; out come the sources of a package. Its output says only what emitted code did: labels apart, nothing of the draft reaches it but through a call of the client.

mod body;
mod values;

use super::lenient::NO_HOST;
use super::sample::Spec;
use super::vars::Vars;
use crate::api::{Api, Operation, OperationId};
use crate::draft;
use crate::emit::example::{self, Expr};
use crate::lower::{self, Revealed};
use crate::name::Names;
use crate::origin::Pointer;
use crate::postman::{self, Collection, Item};
use crate::template::{DynamicVariable, Piece, Template};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// A collection and what the pipeline made of it.
#[derive(Clone, Copy, Debug)]
pub struct DriverInput<'a> {
    /// The collection's text.
    pub spec: &'a str,
    /// What the client offers.
    pub api: &'a Api,
    /// How it is called.
    pub names: &'a Names,
}

/// The sources of a driver; the client is its dependency `client`.
#[derive(Clone, Debug)]
pub struct Driver {
    /// `calls.rs`: one function per operation, and `run` that calls them in order.
    pub calls: String,
    /// How many calls there are.
    pub count: usize,
}

/// The part of every driver that no collection changes: the recording transport and the printer of lines.
pub const RECORD: &str = include_str!("../../driver/record.rs");

/// Writes the driver of a collection.
///
/// # Errors
///
/// The collection is not JSON: then there was nothing to generate a client from either.
pub fn driver(subject: &DriverInput<'_>, vars: &Vars) -> Result<Driver, String> {
    let root = postman::document(subject.spec).map_err(|_| "neither JSON nor a bundle of YAML")?;
    let spec = Spec::new(&root);
    let mut vars = vars.clone();
    vars.or_collection(spec.definition());
    let (collection, _) = postman::collection(&root).map_err(|_| "not a collection")?;
    let Revealed { draft: revealed, credentials } = lower::reveal(&collection);
    let (api, names) = (subject.api, subject.names);
    let cx = Context { api, names, spec, vars: &vars, credentials: &credentials };
    let indices = indices(&collection);
    let mut calls: Vec<(usize, TokenStream)> = Vec::new();
    for (at, operation) in subject.api.operations.iter().enumerate() {
        let pointer = &operation.origin.pointer;
        let Some(draft) = revealed.operations.iter().find(|it| it.origin.pointer == *pointer)
        else {
            continue;
        };
        for index in indices.get(pointer.as_str()).into_iter().flatten().copied() {
            let call = cx.function(index, OperationId(at), operation, draft);
            calls.extend(call.map(|call| (index, call)));
        }
    }
    calls.sort_by_key(|(index, _)| *index);
    Ok(Driver { count: calls.len(), calls: cx.source(&calls) })
}

/// The places of each request among all that Postman shows, those without a URL included, as the truth numbers them; the others come after.
fn indices(collection: &Collection) -> BTreeMap<&str, Vec<usize>> {
    let mut all = Vec::new();
    requests(&collection.items, &mut all);
    let order: Vec<&Pointer> = match &collection.shown {
        Some(shown) => {
            let known = BTreeSet::from_iter(shown);
            let others = all.into_iter().filter(|pointer| !known.contains(pointer));
            shown.iter().chain(others).collect()
        }
        None => all,
    };
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, pointer) in order.into_iter().enumerate() {
        places.entry(pointer.as_str()).or_default().push(index);
    }
    places
}

/// Pointers of all requests in order.
fn requests<'a>(items: &'a [Item], out: &mut Vec<&'a Pointer>) {
    for item in items {
        match item {
            Item::Folder(folder) => requests(&folder.items, out),
            Item::Request(request) => out.push(&request.origin.pointer),
        }
    }
}

#[derive(Clone, Copy)]
struct Context<'a> {
    api: &'a Api,
    names: &'a Names,
    spec: Spec<'a>,
    vars: &'a Vars,
    credentials: &'a BTreeMap<Pointer, Vec<String>>,
}

impl Context<'_> {
    /// `fn call_7(to: &Recorder) { … }`.
    fn function(
        self,
        index: usize,
        id: OperationId,
        operation: &Operation,
        draft: &draft::Operation,
    ) -> Option<TokenStream> {
        let (given, told) = self.url_and_headers(operation, draft);
        let body = self.body(operation, draft);
        let given = example::Given { body: body.arguments, ..given };
        let call = example::call(self.api, self.names, id, Expr::name("client"), given)?.tokens();
        let name = function_name(index);
        let credentials = self.credentials(operation);
        let base = self.base_url(operation);
        let label = Literal::usize_unsuffixed(index);
        let (pointer, title) = (self.spec.inside(&operation.origin.pointer), &operation.name);
        let before = body.before;
        let (random, retyped) = (makes_integers(operation), body.retyped);
        Some(quote! {
            fn #name(to: &Recorder) {
                let label = Label { index: #label, pointer: #pointer, name: #title, given: &[#(#told),*], random: #random, retyped: #retyped };
                let Some(client) = to.client(&label, builder() #base #credentials) else { return };
                #before
                to.call(&label, #call.send());
            }
        })
    }

    /// `.base_url("…")`, where the collection does not say it.
    fn base_url(self, operation: &Operation) -> Option<TokenStream> {
        let server = self.api.servers.get(operation.server.0)?;
        let setter = self.names.servers.get(operation.server.0)?;
        let setter = Ident::new(setter, Span::call_site());
        let url = format!("http://{NO_HOST}");
        server.base.0.is_empty().then(|| quote!(.#setter(#url)))
    }

    fn source(self, calls: &[(usize, TokenStream)]) -> String {
        let setters = self.api.variables.iter().zip(&self.names.variables).filter_map(
            |(variable, setter)| {
                let mut value = self.vars.value(&variable.name)?;
                if self.names.servers.first() == Some(setter) && !value.contains("://") {
                    // What Postman takes a base URL without a scheme for.
                    value = format!("http://{value}");
                }
                let setter = Ident::new(setter, Span::call_site());
                Some(quote!(.#setter(#value)))
            },
        );
        let names = calls.iter().map(|(index, _)| function_name(*index));
        let functions = calls.iter().map(|(_, call)| call);
        let file = quote! {
            use super::{Label, Recorder, no_signature};

            pub fn run(to: &Recorder) {
                #(#names(to);)*
            }

            fn builder() -> client::ClientBuilder {
                client::Client::builder() #(#setters)*
            }

            #(#functions)*
        };
        file.to_string()
    }
}

/// Whether the client makes a random integer for an operation.
fn makes_integers(operation: &Operation) -> bool {
    let made = |template: &Template| template.0.contains(&Piece::Dynamic(DynamicVariable::Integer));
    let entries = operation.query.iter().chain(&operation.headers);
    let mut values = entries.flat_map(|it| it.default.iter().flatten().chain([&it.name]));
    made(&operation.path) || values.any(made)
}

fn function_name(index: usize) -> Ident {
    Ident::new(&format!("call_{index}"), Span::call_site())
}

#[cfg(test)]
mod tests {
    use super::{Context, indices, postman};
    use crate::api::{Api, Type};
    use crate::name::Names;
    use crate::wire::sample::Spec;
    use crate::wire::vars::Vars;
    use std::collections::BTreeMap;

    #[test]
    fn a_text_that_is_no_value_of_its_type_compiles_all_the_same() {
        let (root, api, names) =
            (postman::document("{}").unwrap(), Api::default(), Names::default());
        let (vars, credentials) = (Vars::default(), BTreeMap::new());
        let (api, names, spec) = (&api, &names, Spec::new(&root));
        let context = Context { api, names, spec, vars: &vars, credentials: &credentials };
        for (ty, good) in [(Type::Integer, "7"), (Type::Bool, "true"), (Type::Number, "0.5")] {
            assert_eq!(context.value(good, &ty).tokens().to_string(), good);
            let some = context.value("", &ty).tokens().to_string();
            assert!(!some.contains('"'), "{ty:?}: {some}");
        }
    }

    #[test]
    fn a_request_that_leads_nowhere_has_a_number_too() {
        let first = r#"{"order": ["b"], "folders": [{"id": "f", "order": ["a", "c"]}, {"id": "g", "order": ["a"]}], "folders_order": ["f", "g"],
            "requests": [{"id": "a", "url": ""}, {"id": "b", "url": "x.test"}, {"id": "c", "url": "x.test"}, {"id": "d", "folder": "f"}]}"#;
        let second = r#"{"item": [{"item": [{"request": {}}, {"request": "x.test"}]}, {"name": "n"}, null, {"request": "x.test"}]}"#;
        for (text, wanted) in [
            (first, "/requests/0 [0, 2], /requests/1 [3], /requests/2 [1], /requests/3 [4]"),
            (second, "/item/0/item/0 [0], /item/0/item/1 [1], /item/1 [2], /item/3 [3]"),
        ] {
            let (collection, _) = postman::collection(&postman::document(text).unwrap()).unwrap();
            let found = indices(&collection).into_iter();
            let found = found.map(|(pointer, places)| format!("{pointer} {places:?}"));
            assert_eq!(found.collect::<Vec<_>>().join(", "), wanted, "{text}");
        }
    }
}
