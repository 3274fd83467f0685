//! Corrections of a credential: where its tokens come from, or what its signatures are for.

use super::context::PatchContext;
use crate::api::{CredentialId, Scheme, Variable};
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::overlay::nearest::did_you_mean;
use crate::overlay::{Auth, Change};
use crate::template::{Piece, Template};

/// Corrects a credential; whether anything changed.
pub(super) fn correct(
    context: &mut PatchContext<'_>,
    id: CredentialId,
) -> Result<bool, Diagnostic> {
    let patch_key = context.patch_key;
    let misplaced = context.misplaced();
    let known = context.api.credentials.get(id.0).ok_or_else(|| misplaced.clone())?;
    let known = known.scheme.clone();
    let scheme = match (&patch_key.change, &known) {
        (
            Change::Auth(Auth::OAuth2 { token_url, audience }),
            Scheme::Bearer { prefix } | Scheme::OAuth2 { prefix, .. },
        ) => {
            let audience = audience.as_ref().map(|text| template(context, text)).transpose()?;
            let token_url = Some(template(context, token_url)?);
            Scheme::OAuth2 { prefix: prefix.clone(), token_url, audience }
        }
        (
            Change::Auth(Auth::AwsV4 { service, region }),
            Scheme::AwsV4 { service: s, region: r },
        ) => {
            let mut said = |text: &Option<String>, known: &Template| match text {
                Some(text) => configured(context, text),
                None => known.clone(),
            };
            Scheme::AwsV4 { service: said(service, s), region: said(region, r) }
        }
        (_, _) => return Err(misplaced),
    };
    let fired = known != scheme;
    if let Some(credential) = context.api.credentials.get_mut(id.0) {
        credential.scheme = scheme;
    }
    Ok(fired)
}

/// A text with `{{holes}}` for variables of the client.
fn template(context: &PatchContext<'_>, text: &str) -> Result<Template, Diagnostic> {
    let template = holes(text);
    let known = || context.api.variables.iter().map(|variable| variable.name.as_str());
    for piece in &template.0 {
        if let Piece::Variable(name) = piece
            && !known().any(|variable| variable == name)
        {
            let message = format!("`{name}` is no variable of the client");
            let help = did_you_mean(name, known(), "write the text itself");
            return Err(context.unfit(message).with_help(help));
        }
    }
    Ok(template)
}

/// A text whose `{{holes}}` configure the client, whether it knew them or not.
fn configured(context: &mut PatchContext<'_>, text: &str) -> Template {
    let template = holes(text);
    for piece in &template.0 {
        if let Piece::Variable(name) = piece
            && !context.api.variables.iter().any(|variable| variable.name == *name)
        {
            let variable = Variable { name: name.clone(), default: None, docs: Docs::default() };
            context.api.variables.push(variable);
        }
    }
    context.api.variables.sort_by(|one, other| one.name.cmp(&other.name));
    template
}

fn holes(text: &str) -> Template {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        pieces.extend(Template::literal(before).0);
        pieces.push(Piece::Variable(name.to_owned()));
        rest = after;
    }
    pieces.extend(Template::literal(rest).0);
    Template(pieces)
}
