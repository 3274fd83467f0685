//! Draft + evidence + hints -> [`Api`]: observe, pool, decide.
//!
//! Comes in: raw samples of a collection, and shapes of recorded traffic. Goes out: one typed surface, ordered by stable keys. Must not know Postman's formats or any Rust name.

mod actions;
mod arena;
mod bodies;
mod codes;
pub mod coverage;
mod decide;
mod enumerations;
mod envelopes;
mod errors;
mod folders;
pub mod forget;
mod formats;
mod forms;
mod hints;
mod json;
mod keys;
mod kinds;
#[cfg(test)]
mod laws;
mod likely;
mod likeness;
mod maps;
mod numbers;
pub mod observe;
mod opaque;
pub mod paging;
mod params;
mod paths;
mod pool;
pub mod reasons;
#[cfg(test)]
mod record_tests;
mod records;
mod responses;
mod samples;
mod scalars;
mod surface;
#[cfg(test)]
mod tests;
mod unify;
mod unseen;
mod words;

pub use enumerations::still_text;

use crate::api::{Api, Caller, Operation, OperationKey, Parameter, Place, Root, Variable};
use crate::diagnostic::Diagnostic;
use crate::draft::Draft;
use crate::evidence::{Evidence, Shape};
use crate::overlay::Hint;
use decide::Decider;
use keys::Keyed;
use kinds::Kinds;
use paths::Shown;
use pool::Pool;
use reasons::{Reasons, Rule};
use samples::Samples;
use surface::Surface;

/// A place whose texts look like an enumeration: its key, and the texts seen.
pub type Candidate = (String, Vec<String>);

/// What inference gives.
#[derive(Clone, Debug)]
pub struct Inferred {
    /// The typed surface.
    pub api: Api,
    /// What was found on the way.
    pub found: Vec<Diagnostic>,
    /// Places whose texts look like enumerations. Only evidence that was learned in this process, not read from a file, still has texts.
    pub candidates: Vec<Candidate>,
    /// Why each place has its type.
    pub reasons: Reasons,
}

/// Whether the reason of each place's type is noted, which costs time and memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reasoning {
    /// Noted, for somebody who asks.
    Kept,
    /// Not noted.
    Left,
}

/// Types everything in `draft`. One bad operation never costs the rest. The base URL that keys say nothing of is `first_server`, where somebody published such keys, else the most used one.
#[must_use]
pub fn infer(
    draft: &Draft,
    evidence: &Evidence,
    hints: &[Hint],
    reasoning: Reasoning,
    first_server: Option<&str>,
) -> Inferred {
    let mut found = Vec::new();
    let surface = surface::surface(draft, first_server, &mut found);
    let keyed = keys::keyed(draft, &surface);
    let samples = samples::samples(&keyed, evidence, &mut found);
    let pool = pool::pool(&samples);
    let mut arguments = Shown::default();
    keyed.iter().for_each(|keyed| arguments.add(keyed.operation));
    let mut context = OperationContext {
        surface: &surface,
        evidence,
        samples: &samples,
        pool: &pool,
        kinds: kinds(&keyed, evidence),
        arguments,
        decider: Decider::new(&samples, hints),
    };
    context.decider.reasons = (reasoning == Reasoning::Kept).then(Reasons::default);
    let mut operations: Vec<_> = keyed.iter().map(|keyed| context.operation(keyed)).collect();
    let error = errors::error(&mut context.decider, &samples);
    operations.iter_mut().for_each(|operation| operation.error.clone_from(&error));
    let apart = context.decider.kept_apart();
    found.append(&mut context.decider.found);
    let Decider { arena, enumerations: words, reasons, mut hints, .. } = context.decider;
    let reasons = Reasons { pages: pool.pages(), ..reasons.unwrap_or_default() };
    let mut api = Api {
        title: draft.title.clone(),
        docs: draft.docs.clone(),
        variables: variables(draft),
        operations,
        servers: surface.servers,
        credentials: surface.credentials,
        groups: surface.folders.groups,
        ..Api::default()
    };
    arena.finish(&mut api);
    let unified = unify::unify(&mut api, &apart);
    hints.kept_apart(&unified.kept_apart);
    found.extend(hints.dead());
    let reasons = Reasons { samples: samples.sources, shared: unified.shared, ..reasons };
    let drafted: Vec<_> = keyed.iter().map(|keyed| keyed.operation).collect();
    paging::paging(&mut api, &drafted);
    let candidates = enumerations::still_text(&api, words.into_iter().collect());
    Inferred { api, found, candidates, reasons }
}

/// What is at hand while operations are typed.
struct OperationContext<'a, 's> {
    surface: &'s Surface,
    evidence: &'a Evidence,
    samples: &'a Samples,
    pool: &'a Pool,
    kinds: Kinds,
    arguments: Shown,
    decider: Decider<'a>,
}

/// The kinds that all requests together say of the names in their queries and forms.
fn kinds(keyed: &[Keyed<'_>], evidence: &Evidence) -> Kinds {
    let mut kinds = Kinds::default();
    for Keyed { key, operation } in keyed {
        let seen = evidence.endpoints.get(&key.endpoint.to_string());
        let query = params::query(&operation.query, None, seen, &Kinds::default());
        for (parameter, said) in query.parameters.iter().zip(&query.said) {
            kinds.add(&parameter.name, said);
        }
        for group in forms::groups(operation.body.as_ref()) {
            kinds.add(&group.name(), &group.said());
        }
    }
    kinds
}

impl OperationContext<'_, '_> {
    fn operation(&mut self, keyed: &Keyed<'_>) -> Operation {
        let Keyed { key, operation } = keyed;
        let seen = self.evidence.endpoints.get(&key.endpoint.to_string());
        let query = params::query(&operation.query, operation.api_key_position, seen, &self.kinds);
        let headers = params::headers(&operation.headers);
        let (path_parameters, rules): (Vec<_>, Vec<_>) =
            paths::arguments(operation, &self.arguments).into_iter().unzip();
        self.because(key, "path", &path_parameters, &rules);
        self.because(key, "query", &query.parameters, &query.rules);
        self.because(key, "header", &headers.parameters, &headers.rules);
        let body = bodies::body(&mut self.decider, &self.kinds, self.samples, self.pool, keyed);
        let mut docs = operation.docs.clone();
        docs.0.extend(opaque::sample(operation, body.as_ref()));
        Operation {
            key: key.clone(),
            likeness: likeness::likeness(operation, self.surface),
            origin: operation.origin.clone(),
            name: operation.name.clone(),
            docs,
            group: self.surface.group(operation.folder),
            method: operation.method.clone(),
            server: self.surface.server(operation.server),
            path: operation.path.clone(),
            path_parameters,
            query: query.parameters,
            query_order: query.order,
            api_key_position: query.api_key_position,
            headers: headers.parameters,
            auth: operation.auth.and_then(|id| self.surface.credential(id)),
            body,
            omit_content_type: operation.omit_content_type,
            response: responses::response(
                &mut self.decider,
                self.samples,
                self.pool,
                &key.endpoint,
            ),
            error: None,
            pagination: None,
            deprecated: None,
            scopes: Vec::new(),
        }
    }

    /// Notes why the parameters of an operation have their types.
    fn because(
        &mut self,
        key: &OperationKey,
        location: &str,
        parameters: &[Parameter],
        rules: &[Rule],
    ) {
        for (parameter, rule) in parameters.iter().zip(rules) {
            let (location, name) = (location.to_owned(), parameter.name.written());
            let place = Place::at(Root::Parameter(Caller::from(key), location, name));
            self.decider.because(&place, *rule, &Shape::default());
        }
    }
}

fn variables(draft: &Draft) -> Vec<Variable> {
    let mut variables: Vec<_> = draft
        .variables
        .iter()
        .map(|variable| Variable {
            name: variable.name.clone(),
            default: variable.default.clone(),
            docs: variable.docs.clone(),
        })
        .collect();
    variables.sort_by(|one, other| one.name.cmp(&other.name));
    variables
}
