//! What an entry's `at` points at: an operation, a parameter, a field, a body, a response, an error, a credential.

use super::Entry;
use super::address::Addresses;
use super::nearest::{did_you_mean, nearest};
use super::spots::{Spot, spots};
use crate::api::{
    Api, Body, Caller, CredentialId, Operation, OperationId, Parameter, Place, Response, Root,
    Step, Type, TypeId, TypeKind, Types,
};
use crate::diagnostic::Diagnostic;

/// What can be patched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// An operation.
    Operation(OperationId),
    /// A parameter of an operation, by its name.
    Parameter(OperationId, Location, String),
    /// A field of a struct, by its key.
    Field(TypeId, String),
    /// What an operation carries.
    Body(OperationId),
    /// What its successes carry.
    Response(OperationId),
    /// What its failures carry.
    Error(OperationId),
    /// A credential.
    Credential(CredentialId),
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

impl Location {
    /// The word for it in keys.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// Type of the failures of the whole API.
const ERRORS: &str = "errors .";

const ADD: &str = "add it with `add = true` and a `type`, or delete the entry";

const DUMP: &str = "`cargo xtask dump --stage infer` lists all places; else delete the entry";

/// Finds what `entry` is about: things that are there, or where it `adds`, one that is not.
pub(super) fn find(
    api: &Api,
    addresses: &Addresses,
    entry: &Entry,
    adds: bool,
) -> Result<Vec<Target>, Diagnostic> {
    let finder = Finder { api, entry, adds };
    if let Some(id) = api.credentials.iter().position(|it| it.key == entry.at) {
        return Ok(vec![Target::Credential(CredentialId(id))]);
    }
    if let Some(found) = addresses.operations(&entry.at) {
        return finder.in_operations(addresses, &found.operations, found.rest);
    }
    if let Some(path) = entry.at.strip_prefix(ERRORS) {
        let errors = Place::errors();
        let roots = api.types.iter().filter(|(_, def)| def.key == errors);
        let roots = roots.map(|(id, _)| Type::Named(id)).collect::<Vec<_>>();
        return finder.fields(&roots, &format!(".{path}"));
    }
    if let Some(found) = addresses.resource(&entry.at) {
        let roots = resource(api, &found.operations, &entry.at);
        let fields = finder.fields(&roots, found.rest);
        return fields.or_else(|error| finder.in_type().unwrap_or(Err(error)));
    }
    if let Some(targets) = finder.in_type().or_else(|| finder.quoted_parameter()) {
        return targets;
    }
    let help = nearest_place(api, addresses, &entry.at);
    Err(finder.dead(format!("`{}` is no place of this API", entry.at)).with_help(help))
}

/// The help for an `at` that begins with nothing known: the nearest operation, resource or credential.
fn nearest_place(api: &Api, addresses: &Addresses, at: &str) -> String {
    let begins = |words: usize| at.splitn(words + 1, ' ').take(words).collect::<Vec<_>>().join(" ");
    let operation = nearest(&begins(2), addresses.endpoints());
    let credentials = api.credentials.iter().map(|credential| credential.key.as_str());
    let resources = addresses.families().chain(["errors"]);
    let found = match at.starts_with('/') {
        true => nearest(&begins(1), resources),
        false => nearest(at, credentials).or(operation).or_else(|| nearest(&begins(1), ["errors"])),
    };
    found.map_or_else(|| DUMP.to_owned(), |right| format!("did you mean `{right}`? {DUMP}"))
}

/// The types that show the resource of some operations of one family: their bodies, and what answers show of it.
fn resource(api: &Api, operations: &[OperationId], at: &str) -> Vec<Type> {
    let operations = operations.iter().filter_map(|id| api.operations.get(id.0));
    let bodies = operations.filter_map(body_type).map(|ty| match ty {
        Type::List(item) => *item,
        ty => ty,
    });
    let responses = api.types.iter().filter(|(_, def)| {
        matches!((&def.key.root, def.key.steps.as_slice()), (Root::Resource(family), [Step::Object])
            if at.strip_prefix(&family.0).is_some_and(|rest| rest.starts_with(' ')))
    });
    bodies.chain(responses.map(|(id, _)| Type::Named(id))).collect()
}

struct Finder<'a> {
    api: &'a Api,
    entry: &'a Entry,
    adds: bool,
}

impl Finder<'_> {
    fn dead(&self, message: String) -> Diagnostic {
        self.entry.error("overlay::dead", message)
    }

    /// The fields of the type whose key `at` begins with, if it begins with one.
    fn in_type(&self) -> Option<Result<Vec<Target>, Diagnostic>> {
        let begun = self.api.types.iter().filter_map(|(id, def)| {
            let rest = self.entry.at.strip_prefix(&def.key.to_string())?;
            rest.starts_with(['.', '[', '{']).then_some((id, rest))
        });
        let (id, rest) = begun.min_by_key(|(_, rest)| rest.len())?;
        Some(self.fields(&[Type::Named(id)], rest))
    }

    /// The parameter of a key whose parts are in quotes: its name would read otherwise as a place inside it.
    fn quoted_parameter(&self) -> Option<Result<Vec<Target>, Diagnostic>> {
        let Place { root: Root::Parameter(caller, word, name), steps } =
            Place::parse(&self.entry.at)?
        else {
            return None;
        };
        let all = [Location::Path, Location::Query, Location::Header];
        let location = all.into_iter().find(|it| it.word() == word).filter(|_| steps.is_empty())?;
        let is_it = |operation: &Operation| match &caller {
            Caller::Endpoint(endpoint) => operation.key.endpoint == *endpoint,
            Caller::Operation(key) => operation.key == *key,
        };
        let at = self.api.operations.iter().position(is_it)?;
        let operation = self.api.operations.get(at)?;
        Some(self.parameter(OperationId(at), operation, location, &name))
    }

    /// What `rest` is in the operations that an `at` may mean: only one of them, or the same thing in all.
    fn in_operations(
        &self,
        addresses: &Addresses,
        operations: &[OperationId],
        rest: &str,
    ) -> Result<Vec<Target>, Diagnostic> {
        let mut meant: Vec<Vec<Target>> = Vec::new();
        let mut refused = None;
        for id in operations {
            match self.in_operation(*id, rest) {
                Ok(targets) if !meant.contains(&targets) => meant.push(targets),
                Ok(_) => {}
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        let all = || meant.iter().flatten();
        match (meant.as_slice(), refused) {
            ([targets], _) => Ok(targets.clone()),
            ([], Some(error)) => Err(error),
            ([], None) => {
                let help = did_you_mean("", addresses.endpoints(), DUMP);
                Err(self
                    .dead(format!("`{}` is no request of this API", self.entry.at))
                    .with_help(help))
            }
            (_, _) if all().all(|it| matches!(it, Target::Response(_) | Target::Error(_))) => {
                Ok(all().cloned().collect())
            }
            (_, _) => Err(self.ambiguous(operations)),
        }
    }

    fn ambiguous(&self, operations: &[OperationId]) -> Diagnostic {
        let keys = operations.iter().filter_map(|id| self.api.operations.get(id.0));
        let keys = keys.map(|operation| format!("`{}`", operation.key)).collect::<Vec<_>>();
        let message = format!("`{}` means several operations", self.entry.at);
        let help = format!("begin with one of {}", keys.join(", "));
        self.entry.error("overlay::ambiguous", message).with_help(help)
    }

    fn in_operation(&self, id: OperationId, rest: &str) -> Result<Vec<Target>, Diagnostic> {
        let gone = || self.dead("this operation is gone".to_owned());
        let operation = self.api.operations.get(id.0).ok_or_else(gone)?;
        if rest.is_empty() {
            return Ok(vec![Target::Operation(id)]);
        }
        let locations =
            [("query.", Location::Query), ("header.", Location::Header), ("path.", Location::Path)];
        for (prefix, location) in locations {
            if let Some(name) = rest.strip_prefix(prefix) {
                return self.parameter(id, operation, location, name);
            }
        }
        // Dumps name the types of forms and of GraphQL variables so.
        let whole = ["body", "form", "variables"];
        if let Some(path) = whole.iter().find_map(|word| rest.strip_prefix(word)) {
            let body = operation.body.as_ref().ok_or_else(|| {
                self.dead("this operation has no body".to_owned())
                    .with_help("give it one with `body = \"json\"`, or delete the entry")
            })?;
            return self.within(body_of(body), path, Target::Body(id));
        }
        let error = operation.error.clone();
        if let Some(path) = rest.strip_prefix("error") {
            return self.within(error, path.trim_start(), Target::Error(id));
        }
        let Some((status, path)) = rest.strip_prefix("->").map(status) else {
            let message = format!("`{rest}` is no part of an operation");
            let help = "the parts are query.NAME, header.NAME, path.NAME, body, error and ->";
            return Err(self.dead(message).with_help(help));
        };
        if !status.is_empty() && !status.starts_with('2') {
            return self.within(error, path, Target::Error(id));
        }
        let response = match &operation.response {
            Response::Json { ty, .. } => Some(ty.clone()),
            Response::Unknown | Response::Empty | Response::Text | Response::Bytes => None,
        };
        self.within(response, path, Target::Response(id))
    }

    /// A message as a whole, or a field in it.
    fn within(
        &self,
        ty: Option<Type>,
        path: &str,
        whole: Target,
    ) -> Result<Vec<Target>, Diagnostic> {
        if path.is_empty() {
            return Ok(vec![whole]);
        }
        let unknown = || {
            self.dead(format!("nothing is known of what is inside `{}`", self.entry.at))
                .with_help("say its `type` first, in an entry for the whole")
        };
        self.fields(&[ty.ok_or_else(unknown)?], path)
    }

    fn parameter(
        &self,
        id: OperationId,
        operation: &Operation,
        location: Location,
        name: &str,
    ) -> Result<Vec<Target>, Diagnostic> {
        let all = match location {
            Location::Path => &operation.path_parameters,
            Location::Query => &operation.query,
            Location::Header => &operation.headers,
        };
        let known = all.iter().find(|known| is_called(known, location, name));
        let spelled = known.and_then(|known| known.name.as_literal()).unwrap_or(name);
        match (known, self.adds) {
            (Some(_), true) => Err(self.is_there()),
            (None, true) | (Some(_), false) => {
                Ok(vec![Target::Parameter(id, location, spelled.to_owned())])
            }
            (None, false) => {
                let names = all.iter().filter_map(|known| known.name.as_literal());
                let help = did_you_mean(name, names, ADD);
                Err(self.dead(format!("there is no parameter `{name}`")).with_help(help))
            }
        }
    }

    /// The fields at `path` in any of `roots`.
    fn fields(&self, roots: &[Type], path: &str) -> Result<Vec<Target>, Diagnostic> {
        let mut all: Vec<Spot> = Vec::new();
        for spot in roots.iter().flat_map(|root| spots(&self.api.types, root, path)) {
            if !all.contains(&spot) {
                all.push(spot);
            }
        }
        let there = all.iter().filter(|spot| spot.exists).map(target).collect::<Vec<_>>();
        match (there.is_empty(), self.adds, all.as_slice()) {
            (false, false, _) => Ok(there),
            (false, true, _) => Err(self.is_there()),
            (true, true, [spot]) => Ok(vec![target(spot)]),
            (true, true, [_, _, ..]) => {
                let message = format!("several types could have `{path}`");
                let help = "write the key of one operation's body or answer";
                Err(self.entry.error("overlay::ambiguous", message).with_help(help))
            }
            (true, _, spots) => Err(self.no_field(path, spots)),
        }
    }

    fn no_field(&self, path: &str, spots: &[Spot]) -> Diagnostic {
        let message = format!("there is no field `{}`", path.strip_prefix('.').unwrap_or(path));
        let Some(spot) = spots.first() else {
            return self.dead(message).with_help(DUMP);
        };
        let known = spots.iter().flat_map(|spot| keys(&self.api.types, spot.owner));
        self.dead(message).with_help(did_you_mean(&spot.key, known, ADD))
    }

    fn is_there(&self) -> Diagnostic {
        let message = format!("`{}` is there already", self.entry.at);
        let help = "the spec, or what was learned, says this itself now: delete the entry, or its `add` where the rest is still needed";
        self.entry.error("overlay::redundant", message).with_help(help)
    }
}

fn target(spot: &Spot) -> Target {
    Target::Field(spot.owner, spot.key.clone())
}

fn keys(types: &Types, id: TypeId) -> impl Iterator<Item = &str> {
    let fields = match types.get(id).map(|def| &def.kind) {
        Some(TypeKind::Struct(object)) => object.fields.as_slice(),
        Some(TypeKind::Enumeration(_) | TypeKind::Union(_)) | None => &[],
    };
    fields.iter().map(|field| field.key.as_str())
}

/// Splits what follows `->` into a status (`200`, `2xx`) and a path (`.id`).
fn status(response: &str) -> (&str, &str) {
    let response = response.trim_start();
    let end =
        response.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(response.len());
    let (status, path) = response.split_at_checked(end).unwrap_or((response, ""));
    (status, path.trim_start())
}

/// Whether a parameter has this name; header names are equal in any case.
pub(super) fn is_called(parameter: &Parameter, location: Location, name: &str) -> bool {
    parameter.name.as_literal().is_some_and(|known| match location {
        Location::Header => known.eq_ignore_ascii_case(name),
        Location::Path | Location::Query => known == name,
    })
}

fn body_type(operation: &Operation) -> Option<Type> {
    body_of(operation.body.as_ref()?)
}

fn body_of(body: &Body) -> Option<Type> {
    match body {
        Body::Json { ty, .. } => Some(ty.clone()),
        Body::Form { ty, .. } | Body::Multipart { ty, .. } => Some(Type::Named(*ty)),
        Body::GraphQl { variables, .. } => variables.clone(),
        Body::Text { .. } | Body::Bytes { .. } => None,
    }
}
