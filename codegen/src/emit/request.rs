//! What stands beside an operation's method: the constant that says how it is sent, and a request of its own where there is something to set.

use super::scope::{Scope, doc, ident};
use super::view::{Given, ParameterLocation, View};
use super::{Crate, docs, paging, parameter, spec};
use crate::api::{Body, OperationId, Parameter, Presence};
use crate::template::Piece;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// `const GET: Operation = Operation::new(…)…;`
pub(crate) fn constant(view: View<'_>, scope: &mut Scope<'_>) -> TokenStream {
    let operation = view.operation;
    let (constant, own) = (ident(&view.own.constant), scope.runtime("Operation"));
    let (name, method) = (view.call_path(), &operation.method);
    let path = spec::path(view.of, operation, view.own);
    let server = Some(operation.server.0).filter(|index| *index != 0);
    let server = server.map(Literal::usize_unsuffixed).map(|index| quote!(.server(#index)));
    let auth = operation.auth.map(|id| Literal::usize_unsuffixed(id.0));
    let auth = auth.map(|index| quote!(.auth(#index)));
    let query = spec::query(scope, view.of, operation).map(|rows| quote!(.query(#rows)));
    let headers = spec::headers(scope, view.of, operation).map(|rows| quote!(.headers(#rows)));
    let body = operation.body.as_ref().filter(|_| !operation.omit_content_type);
    let content_type = content_type(body).map(|it| match it {
        "application/json" => quote!(.json()),
        other => quote!(.content_type(#other)),
    });
    quote! {
        const #constant: #own = #own::new(#name, #method, #path)
            #server #auth #query #headers #content_type;
    }
}

fn content_type(body: Option<&Body>) -> Option<&str> {
    match body? {
        Body::Json { content_type, .. } | Body::Text { content_type } => Some(content_type),
        Body::Bytes { content_type } => content_type.as_deref(),
        Body::Form { .. } => Some("application/x-www-form-urlencoded"),
        // The runtime makes it together with the boundary.
        Body::Multipart { .. } => None,
        Body::GraphQl { .. } => Some("application/json"),
    }
}

/// The request with its setters, and how its pages are walked through.
pub(crate) fn item(view: View<'_>, scope: &mut Scope<'_>) -> Option<TokenStream> {
    if !view.of.layout.requests.contains(&view.id) {
        return None;
    }
    let name = ident(&view.own.request);
    let builder = scope.runtime("request_builder");
    let docs = doc(&[format!("A request of [`{}::{}`].", view.handle, view.own.method)]);
    let response = view.response(scope);
    let rows = rows(view, scope);
    let (items, paged) = match paging::paged(scope, view.of, view.operation, &name) {
        Some((item, paged)) => (Some(quote!(, pages of #item)), Some(paged)),
        None => (None, None),
    };
    Some(quote! {
        #builder! {
            #docs
            pub struct #name -> #response #items {
                #(#rows,)*
            }
        }

        #paged
    })
}

/// A row for each optional parameter, and one for a body that may be left out.
fn rows(view: View<'_>, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let is_optional = |given: &Given<'_>| given.parameter.presence == Presence::Optional;
    let given = view.given().into_iter().filter(is_optional);
    let mut rows: Vec<_> = given.map(|given| row(view.of, scope, &given)).collect();
    if let Some(Body::Json { ty, presence: Presence::Optional, .. }) = &view.operation.body {
        let (name, ty) = (ident(&view.own.body), scope.ty(ty));
        rows.push(quote!(body #name(#ty)));
    }
    rows
}

fn row(of: &Crate<'_>, scope: &mut Scope<'_>, given: &Given<'_>) -> TokenStream {
    let Given { parameter, name, slot, place } = given;
    let (setter, slot) = (ident(name), Literal::usize_unsuffixed(*slot));
    let kind = parameter::row(scope, of, &parameter.ty);
    let docs = doc(&setter_docs(parameter, name, *place));
    let place = ident(match place {
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
    });
    quote!(#docs #place #slot #setter(#kind))
}

/// Docs of a setter; none where they would repeat its name.
fn setter_docs(parameter: &Parameter, name: &str, place: ParameterLocation) -> Vec<String> {
    let shown = spec::shown(&parameter.name);
    let described = docs::lines(&parameter.docs);
    let sent = default_docs(parameter);
    if shown == name && described.is_empty() && sent.is_empty() {
        return Vec::new();
    }
    let kind = match place {
        ParameterLocation::Query => "query parameter",
        ParameterLocation::Header => "header",
    };
    let first = format!("Sets the {kind} {}{sent}.", docs::code(&shown));
    docs::paragraphs([vec![first], described])
}

/// What is sent unless the caller says otherwise.
fn default_docs(parameter: &Parameter) -> String {
    if parameter.default.is_empty() {
        return String::new();
    }
    let values = parameter.default.iter().map(|value| match value {
        Some(value) if value.0.is_empty() => "an empty value".to_owned(),
        Some(value) => match value.0.as_slice() {
            [Piece::Variable(name)] => format!("the client's {}", docs::code(name)),
            [Piece::Dynamic(_)] => spec::shown(value),
            _ => docs::code(&spec::shown(value)),
        },
        None => "the name alone".to_owned(),
    });
    let values: Vec<_> = values.collect();
    format!(", sent as {} unless set", values.join(", "))
}

/// The name of an operation's request as a token, for `use` items; `None` where it has none.
pub(crate) fn name(of: &Crate<'_>, id: OperationId) -> Option<Ident> {
    let own = of.names.operations.get(id.0)?;
    of.layout.requests.contains(&id).then(|| ident(&own.request))
}
