//! Which operation each exchange of a recording belongs to, and whether its query is known.

use crate::api::{Api, Operation, Parameter, Type, TypeKind};
use crate::diagnostic::Diagnostic;
use crate::learn::matched;
use std::fmt::Write as _;

/// A recording, matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Index of each exchange's operation.
    pub operations: Vec<Option<usize>>,
    /// How many query parameters the matched exchanges have.
    pub queries: u64,
    /// How many of them the operation has, with a value of its type.
    pub queries_known: u64,
    /// What did not match, and why.
    pub failures: Vec<String>,
}

impl Plan {
    /// The plan as the program reads it: an index or `-` a line.
    #[must_use]
    pub fn text(&self) -> String {
        self.operations.iter().fold(String::new(), |mut text, operation| {
            let _ = match operation {
                Some(at) => writeln!(text, "{at}"),
                None => writeln!(text, "-"),
            };
            text
        })
    }
}

/// Matches a recording of JSON lines.
///
/// # Errors
///
/// A line that is no exchange.
pub fn plan(name: &str, text: &str, api: &Api) -> Result<Plan, Box<Diagnostic>> {
    let mut plan = Plan::default();
    for exchange in matched(name, text, api)? {
        let at = match &exchange.endpoint {
            Ok(endpoint) => {
                api.operations.iter().position(|it| it.key.endpoint.to_string() == *endpoint)
            }
            Err(reason) => {
                plan.failures.push(format!("{}: {}", exchange.target, reason.as_str()));
                None
            }
        };
        plan.operations.push(at);
        let Some(operation) = at.and_then(|at| api.operations.get(at)) else { continue };
        for (name, value) in &exchange.query {
            plan.queries += 1;
            if is_known(api, operation, name, value) {
                plan.queries_known += 1;
            } else {
                let key = &operation.key.endpoint;
                plan.failures.push(format!("{key}: the query parameter `{name}` is not known"));
            }
        }
    }
    Ok(plan)
}

fn is_known(api: &Api, operation: &Operation, name: &str, value: &str) -> bool {
    let fits = |parameter: &Parameter| match &parameter.ty {
        Type::List(item) => fits(api, item, value),
        ty => fits(api, ty, value),
    };
    let known = operation.query.iter().find(|it| it.name.as_literal() == Some(name));
    known.is_some_and(fits)
}

/// Whether a parameter of this type can be given `value`.
fn fits(api: &Api, ty: &Type, value: &str) -> bool {
    match ty {
        Type::Bool => matches!(value, "true" | "false"),
        Type::Integer => value.parse::<i64>().is_ok(),
        Type::Unsigned => value.parse::<u64>().is_ok(),
        Type::Number => value.parse::<f64>().is_ok(),
        Type::Text | Type::Secret | Type::Unknown => true,
        Type::Nullable(inner) => fits(api, inner, value),
        Type::Named(id) => match api.types.get(*id).map(|def| &def.kind) {
            Some(TypeKind::Enumeration(_) | TypeKind::Union(_)) => true,
            Some(TypeKind::Struct(_)) | None => false,
        },
        Type::List(_) | Type::Map(_) | Type::File => false,
    }
}
