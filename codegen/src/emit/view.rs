//! An operation with its names, as the parts of the emitter look at it.

use super::Crate;
use super::scope::Scope;
use crate::api::{Operation, OperationId, Parameter, Response, Type};
use crate::name::OperationNames;
use proc_macro2::TokenStream;
use quote::quote;

/// An operation with its names, and where its method stands.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(super) of: &'a Crate<'a>,
    pub(super) id: OperationId,
    pub(super) operation: &'a Operation,
    pub(super) own: &'a OperationNames,
    /// The type that has the method: a handle, or `Client`.
    pub(super) handle: &'a str,
}

impl<'a> View<'a> {
    /// The operation `id` of `handle`.
    pub(crate) fn new(of: &'a Crate<'a>, id: OperationId, handle: &'a str) -> Option<Self> {
        let (operation, own) = (of.api.operations.get(id.0)?, of.names.operations.get(id.0)?);
        Some(Self { of, id, operation, own, handle })
    }

    /// How a person says it: `users.get`.
    pub(super) fn call_path(self) -> String {
        let mut accessors = self.of.names.accessors(self.operation.group);
        accessors.push(&self.own.method);
        accessors.join(".")
    }

    /// The type of a response.
    pub(super) fn response(self, scope: &mut Scope<'_>) -> TokenStream {
        let runtime = |scope: &mut Scope<'_>, name| {
            let name = scope.runtime(name);
            quote!(#name)
        };
        let response = &self.operation.response;
        match (response.decoded(), response) {
            (Some((Type::Unknown, _)), _) => runtime(scope, "Json"),
            (Some((ty, may_be_empty)), _) => {
                let ty = scope.ty(ty);
                if may_be_empty { quote!(Option<#ty>) } else { ty }
            }
            (None, Response::Text) => runtime(scope, "Text"),
            (None, Response::Bytes) => runtime(scope, "Bytes"),
            (None, Response::Empty | Response::Unknown | Response::Json { .. }) => quote!(()),
        }
    }

    /// Parameters of the query and the headers, with names and slots; nobody can say what an optional one without a name is for.
    pub(super) fn given(self) -> Vec<Given<'a>> {
        let operation = self.operation;
        let query = operation.query.iter().zip(&self.own.query).enumerate();
        let query = query.filter_map(|(index, (parameter, name))| {
            let slot = operation.query_slot(index)?;
            Some(Given { parameter, name, slot, place: ParameterLocation::Query })
        });
        let headers = operation.headers.iter().zip(&self.own.headers).enumerate();
        let headers = headers.map(|(index, (parameter, name))| {
            let slot = operation.header_slot(index);
            Given { parameter, name, slot, place: ParameterLocation::Header }
        });
        let query = query.filter(|given| given.parameter.is_settable());
        query.chain(headers.filter(|given| given.parameter.is_settable_header())).collect()
    }
}

/// A parameter of the query or the headers.
pub(super) struct Given<'a> {
    pub(super) parameter: &'a Parameter,
    pub(super) name: &'a str,
    pub(super) slot: usize,
    pub(super) place: ParameterLocation,
}

/// Where a parameter goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ParameterLocation {
    Query,
    Header,
}

impl ParameterLocation {
    /// The runtime's method that takes a value.
    pub(super) const fn setter(self) -> &'static str {
        match self {
            Self::Query => "set_query",
            Self::Header => "set_header",
        }
    }
}
