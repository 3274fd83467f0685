//! The few calls that the front page and the example programs show, and the client they are made on.
//!
//! In: the whole API. Out: which operations a person would try first (a listing, its pages, something new), by rules that know no API, and the lines that make a client for them.

use super::{Crate, credential};
use crate::api::{
    Body, CredentialId, GroupId, Operation, OperationId, Parameter, Presence, Response, Scheme,
    ServerId, Type, TypeId, TypeKind,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The operations that are shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Tour {
    /// The credential that most operations use.
    pub(super) credential: Option<CredentialId>,
    /// What a person calls first: a listing if any, else what reads with the least arguments.
    pub(super) first: Option<OperationId>,
    /// A listing that goes on over pages.
    pub(super) pages: Option<OperationId>,
    /// What makes something new.
    pub(super) create: Option<OperationId>,
}

impl Tour {
    /// Chooses the operations.
    pub(super) fn new(of: &Crate<'_>) -> Self {
        let credential = common_credential(of);
        let choice = Choice { of, credential, groups: sizes(of) };
        let first = choice.least(|_, _| true, |at, it| choice.reads_first((at, it)));
        let pages =
            choice.least(|at, _| choice.is_paged(at), |at, it| choice.reads_first((at, it)));
        let home = first.and_then(|id| of.api.operations.get(id.0)).map(|it| it.group);
        let create =
            choice.least(|_, it| creates(it), |at, it| choice.creates_first((at, it), home));
        Self { credential, first, pages, create }
    }

    /// The listing that shows best how one reads: in pages, or whole.
    pub(super) fn listing(&self, of: &Crate<'_>) -> Option<OperationId> {
        let is_listing = |id: &OperationId| {
            let operation = of.api.operations.get(id.0);
            operation.is_some_and(|it| it.method == "GET" && kind(of, *id, it) <= Kind::List)
        };
        self.pages.or(self.first.filter(is_listing))
    }
}

/// The credential of most operations; of equals the first.
fn common_credential(of: &Crate<'_>) -> Option<CredentialId> {
    let mut counts: BTreeMap<CredentialId, usize> = BTreeMap::new();
    let used = of.api.operations.iter().filter_map(|it| it.auth);
    used.for_each(|id| *counts.entry(id).or_default() += 1);
    counts.into_iter().max_by_key(|(id, count)| (*count, Reverse(*id))).map(|(id, _)| id)
}

/// How many operations each folder has.
fn sizes(of: &Crate<'_>) -> BTreeMap<Option<GroupId>, usize> {
    of.layout.operations.iter().map(|(group, own)| (*group, own.len())).collect()
}

/// What a success carries, the better to begin with the less.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Pages,
    List,
    Typed,
    Untyped,
}

fn kind(of: &Crate<'_>, id: OperationId, operation: &Operation) -> Kind {
    match &operation.response {
        _ if of.layout.paged.contains(&id) => Kind::Pages,
        Response::Json { ty, .. } if is_list(of, ty) => Kind::List,
        Response::Json { ty: Type::Unknown, .. } | Response::Unknown => Kind::Untyped,
        Response::Json { .. } | Response::Text | Response::Bytes | Response::Empty => Kind::Typed,
    }
}

fn is_list(of: &Crate<'_>, ty: &Type) -> bool {
    let Type::Named(id) = ty else { return matches!(ty, Type::List(_)) };
    match of.api.types.get(*id).map(|it| &it.kind) {
        Some(TypeKind::Union(union)) => {
            union.arms.iter().any(|arm| matches!(arm.ty, Type::List(_)))
        }
        Some(TypeKind::Struct(_) | TypeKind::Enumeration(_)) | None => false,
    }
}

/// What operations are compared by.
struct Choice<'a> {
    of: &'a Crate<'a>,
    credential: Option<CredentialId>,
    groups: BTreeMap<Option<GroupId>, usize>,
}

impl Choice<'_> {
    fn least<K: Ord>(
        &self,
        may: impl Fn(usize, &Operation) -> bool,
        key: impl Fn(usize, &Operation) -> K,
    ) -> Option<OperationId> {
        let all = self.of.api.operations.iter().enumerate().filter(|(at, it)| may(*at, it));
        all.min_by_key(|(at, it)| key(*at, it)).map(|(at, _)| OperationId(at))
    }

    /// Whether nobody should call it, or a client with the common credential may not.
    fn is_odd(&self, operation: &Operation) -> [bool; 2] {
        let is_other = operation.auth.is_some() && operation.auth != self.credential;
        [operation.deprecated.is_some(), is_other]
    }

    /// Whether the call tells nothing of that client: it goes elsewhere, or without the credential.
    fn is_aside(&self, operation: &Operation) -> [bool; 2] {
        let lacks_credential = self.credential.is_some() && operation.auth.is_none();
        [operation.server != ServerId(0), lacks_credential]
    }

    fn is_paged(&self, at: usize) -> bool {
        self.of.layout.paged.contains(&OperationId(at))
    }

    fn reads_first(&self, (at, operation): (usize, &Operation)) -> impl Ord + use<> {
        let is_read = operation.method == "GET" && operation.body.is_none();
        let size = self.groups.get(&operation.group).copied().unwrap_or_default();
        let kind = kind(self.of, OperationId(at), operation);
        let (odd, aside) = (self.is_odd(operation), self.is_aside(operation));
        (odd, !is_read, aside, arguments(operation), kind, Reverse(size))
    }

    /// In the folder of the first call where one can; what its verb says creates before others.
    fn creates_first(
        &self,
        (at, operation): (usize, &Operation),
        home: Option<Option<GroupId>>,
    ) -> impl Ord + use<> {
        let own = self.of.names.operations.get(at);
        let (verb, method) = own.map_or(("", ""), |own| (own.verb.as_str(), own.method.as_str()));
        let is_creation = matches!(verb, "create" | "add");
        let is_elsewhere = home != Some(operation.group);
        let (odd, aside) = (self.is_odd(operation), self.is_aside(operation));
        (odd, !is_creation, aside, is_elsewhere, arguments(operation), method.len())
    }
}

/// Whether an operation makes something of a body whose parts are known.
fn creates(operation: &Operation) -> bool {
    let is_built = match &operation.body {
        Some(Body::Json { ty, .. }) => matches!(ty, Type::Named(_)),
        Some(Body::Form { .. } | Body::Multipart { .. }) => true,
        Some(Body::Text { .. } | Body::Bytes { .. } | Body::GraphQl { .. }) | None => false,
    };
    operation.method == "POST" && is_built
}

/// How many arguments a call has, its body apart.
fn arguments(operation: &Operation) -> usize {
    let required = |it: &&Parameter| it.presence == Presence::Required;
    operation.path_parameters.len()
        + operation.query.iter().chain(&operation.headers).filter(required).count()
}

/// Where the parts of a credential come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Secrets {
    /// The process's environment.
    Environment,
    /// The program's text: nothing is sent.
    Written,
}

impl Tour {
    /// The credential of a client that calls `id`: what the operation takes, else what most take, where a program can give it.
    pub(super) fn signed_by(&self, of: &Crate<'_>, id: OperationId) -> Option<CredentialId> {
        let own = of.api.operations.get(id.0).and_then(|it| it.auth);
        own.or(self.credential.filter(|id| !of.is_custom(*id)))
    }

    /// Lines that bind `client` to a client that can call `id`; `more` are further lines of the chain.
    pub(super) fn client(
        &self,
        of: &Crate<'_>,
        id: OperationId,
        (secrets, more): (Secrets, &[&str]),
    ) -> Vec<String> {
        let mut lines = vec!["let client = Client::builder()".to_owned()];
        if of.is_plain_http() && secrets == Secrets::Environment {
            lines.push("    // The collection's service has no TLS.".to_owned());
            lines.push("    .allow_http()".to_owned());
        }
        if of.api.servers.first().is_some_and(|server| server.base.0.is_empty()) {
            lines.push("    .base_url(\"https://api.example.org\")".to_owned());
        }
        let needed = of.needed_variables(id);
        for (variable, setter) in of.api.variables.iter().zip(&of.names.variables) {
            if variable.default.is_none() && needed.contains(variable.name.as_str()) {
                let value = of.variable_example(&variable.name, setter);
                lines.push(format!("    .{setter}({value:?})"));
            }
        }
        let signed = self.signed_by(of, id).map(|id| credential_lines(of, id, secrets));
        lines.extend(signed.into_iter().flatten());
        lines.extend(more.iter().map(|line| format!("    {line}")));
        match lines.as_mut_slice() {
            [only] => only.push_str(".build()?;"),
            _ => lines.push("    .build()?;".to_owned()),
        }
        lines
    }

    /// The features that a program needs which calls `id` and imports `uses`.
    pub(super) fn features(
        &self,
        of: &Crate<'_>,
        id: OperationId,
        uses: &[Vec<String>],
    ) -> BTreeSet<String> {
        let group = of.api.operations.get(id.0).and_then(|it| it.group);
        let group = group.and_then(|id| of.names.groups.get(id.0)?.module.first());
        let types = uses.iter().filter_map(|path| path.get(1));
        let tops = group.into_iter().chain(types);
        let folders = tops.filter_map(|top| of.layout.features.get(top)).cloned();
        let scheme = self.signed_by(of, id).and_then(|id| of.api.credentials.get(id.0));
        let scheme = scheme.and_then(|it| credential::feature(&it.scheme)).map(str::to_owned);
        folders.chain(scheme).collect()
    }
}

impl Crate<'_> {
    /// Whether a credential signs in a way that only its user knows.
    pub(super) fn is_custom(&self, id: CredentialId) -> bool {
        let scheme = self.api.credentials.get(id.0).map(|it| &it.scheme);
        matches!(scheme, Some(Scheme::Custom { .. }))
    }
}

/// The lines of the chain that give a client its credential.
fn credential_lines(of: &Crate<'_>, id: CredentialId, secrets: Secrets) -> Vec<String> {
    let Some(own) = of.names.credentials.get(id.0) else { return Vec::new() };
    let setter = &own.setter;
    if of.is_custom(id) {
        return vec![format!("    // `.{setter}(…)` takes a `Signer` of yours.")];
    }
    let parts = own.parts.iter().map(|part| match secrets {
        Secrets::Written => format!("{part:?}"),
        Secrets::Environment if own.parts.len() == 1 => {
            format!("std::env::var(\"{}\")?", setter.to_uppercase())
        }
        Secrets::Environment => {
            format!("std::env::var(\"{}_{}\")?", setter.to_uppercase(), part.to_uppercase())
        }
    });
    let parts: Vec<_> = parts.collect();
    match parts.as_slice() {
        [_, _, ..] if secrets == Secrets::Environment => {
            let parts = parts.iter().map(|part| format!("        {part},"));
            let first = [format!("    .{setter}(")].into_iter();
            first.chain(parts).chain(["    )".to_owned()]).collect()
        }
        _ => vec![format!("    .{setter}({})", parts.join(", "))],
    }
}

/// JSON that reads as a `ty`; `None` where that takes more than an empty object.
pub(super) fn least_json(of: &Crate<'_>, ty: &Type) -> Option<&'static str> {
    match ty {
        Type::List(_) => Some("[]"),
        Type::Unknown | Type::Map(_) => Some("{}"),
        Type::Bool => Some("true"),
        Type::Integer | Type::Unsigned | Type::Number => Some("1"),
        Type::Text | Type::Secret => Some("\"text\""),
        Type::Nullable(_) => Some("null"),
        Type::File => None,
        Type::Named(id) => least_named(of, *id),
    }
}

fn least_named(of: &Crate<'_>, id: TypeId) -> Option<&'static str> {
    match &of.api.types.get(id)?.kind {
        TypeKind::Struct(own) => (!super::layout::has_required(own)).then_some("{}"),
        TypeKind::Enumeration(_) => Some("\"text\""),
        TypeKind::Union(union) => {
            let is_list = union.arms.iter().any(|arm| matches!(arm.ty, Type::List(_)));
            Some(if is_list { "[]" } else { "{}" })
        }
    }
}
