//! [`Names`] as text, for snapshots and people: one line a thing, what it names beside it.

use super::Names;
use crate::api::Api;
use std::fmt::Write as _;

/// All names of `api`.
#[must_use]
pub fn dump(api: &Api, names: &Names) -> String {
    let mut out = format!("package {} {}\n", names.package, names.version);
    for (variable, name) in api.variables.iter().zip(&names.variables) {
        let _ = writeln!(out, "variable {} = {name}", variable.name);
    }
    for name in &names.servers {
        let _ = writeln!(out, "server {name}");
    }
    for (credential, name) in api.credentials.iter().zip(&names.credentials) {
        let parts = name.parts.join(", ");
        let _ = writeln!(out, "credential {} = {}({parts})", credential.key, name.setter);
        if let Some(tokens) = &name.tokens {
            let _ = writeln!(out, "tokens {} = {tokens}(id, secret)", credential.key);
        }
        if let Some(temporary) = &name.temporary {
            let _ =
                writeln!(out, "temporary {} = {temporary}({parts}, session_token)", credential.key);
        }
        if let Some(signer) = &name.signer {
            let _ = writeln!(out, "signer {} = {signer}(signer)", credential.key);
        }
    }
    for (group, name) in api.groups.iter().zip(&names.groups) {
        let place = name.parent.map_or("client", |_| "parent");
        let _ = writeln!(
            out,
            "group {} = {}::{} by {place}.{}(), feature {}",
            group.trail.join(" › "),
            name.module.join("::"),
            name.handle,
            name.accessor,
            name.feature
        );
    }
    operations(&mut out, api, names);
    for (def, name) in api.types.0.iter().zip(&names.types) {
        let members = name.members.join(", ");
        let module = name.module.join("::");
        let _ = write!(out, "{} = {module}::{} {{ {members} }}", def.key, name.ident);
        let _ = match &name.required {
            Some(required) => writeln!(out, " of {required}"),
            None => writeln!(out),
        };
    }
    out
}

fn operations(out: &mut String, api: &Api, names: &Names) {
    for (operation, name) in api.operations.iter().zip(&names.operations) {
        let module = operation.group.and_then(|id| names.groups.get(id.0));
        let module = module.map(|names| names.module.join("::")).unwrap_or_default();
        let mut arguments = name.path.clone();
        arguments.extend(operation.body.is_some().then(|| name.body.clone()));
        let _ = write!(
            out,
            "{} = {module}.{}({}) {}",
            operation.key,
            name.method,
            arguments.join(", "),
            name.request
        );
        for (title, list) in [("query", &name.query), ("headers", &name.headers)] {
            if !list.is_empty() {
                let _ = write!(out, " {title} {}", list.join(", "));
            }
        }
        out.push('\n');
    }
}
