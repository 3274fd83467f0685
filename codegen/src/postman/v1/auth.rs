//! Authentication of format v1: `currentHelper` with `helperAttributes`, or `auth`.

use crate::diagnostic::Diagnostic;
use crate::json;
use crate::postman::auth::{self, Auth, AuthChoice};
use crate::postman::field::{self, Field};
use crate::postman::located::{Located, Notes};

/// `auth`, unless a helper stands beside it, as older files have it: Postman believes that one, be it `null`.
pub(super) fn auth(place: &Located<'_>, notes: &mut Notes) -> AuthChoice {
    let auth = auth::member(place, notes);
    let attributes = place.get("helperAttributes").filter(Located::is_truthy);
    if place.member("currentHelper").is_none() && attributes.is_none() {
        return auth;
    }
    let helper = helper(place, attributes, notes);
    if contradicts(&auth, &helper) {
        let message = "`auth` is ignored, as in Postman: `currentHelper` and `helperAttributes` say otherwise";
        let origin = place.get("auth").unwrap_or_else(|| place.clone()).origin();
        notes.push(Diagnostic::warning("postman::helper", message, origin));
    }
    helper
}

fn contradicts(auth: &AuthChoice, helper: &AuthChoice) -> bool {
    match (auth, helper) {
        (AuthChoice::Inherit, _) | (AuthChoice::None, AuthChoice::None) => false,
        (AuthChoice::Own(auth), AuthChoice::Own(helper)) => {
            let other = |field: &Field| {
                helper.parameter(&field.name).is_some_and(|value| *value != field.value)
            };
            auth.kind != helper.kind || auth.parameters.iter().any(other)
        }
        (AuthChoice::None | AuthChoice::Own(_), _) => true,
    }
}

fn helper(place: &Located<'_>, attributes: Option<Located<'_>>, notes: &mut Notes) -> AuthChoice {
    let helper = place.get("currentHelper").filter(Located::is_truthy);
    let Some(name) = helper.and_then(|helper| helper.scalar()) else {
        return AuthChoice::Inherit;
    };
    let kind = match name.as_str() {
        "normal" => return AuthChoice::Inherit,
        "noauth" => return AuthChoice::None,
        "basicAuth" => "basic",
        "bearerAuth" => "bearer",
        "apikeyAuth" => "apikey",
        "digestAuth" => "digest",
        "oAuth1" => "oauth1",
        "oAuth2" => "oauth2",
        "hawkAuth" => "hawk",
        "awsSigV4" => "awsv4",
        "ntlmAuth" => "ntlm",
        "jwtAuth" => "jwt",
        "asapAuth" => "asap",
        "edgegridAuth" => "edgegrid",
        // No helper's name: Postman takes no parameters for it.
        other => {
            let (kind, origin) = (other.to_owned(), place.origin());
            return AuthChoice::Own(Auth { kind, parameters: Vec::new(), origin });
        }
    };
    let origin = attributes.as_ref().unwrap_or(place).origin();
    let Some(mut parameters) = attributes.map_or_else(|| Some(Vec::new()), parameters) else {
        let message = "`helperAttributes` is no JSON; the helper is ignored, as in Postman";
        notes.push(Diagnostic::warning("postman::helper", message, origin));
        return AuthChoice::Inherit;
    };
    // Postman reads the prefix of a token from `auth` alone.
    parameters.retain(|field| kind != "oauth2" || field.name != "headerPrefix");
    AuthChoice::Own(Auth { kind: kind.to_owned(), parameters, origin })
}

/// The parameters of a helper: an object, which the oldest files hold as text; `None` where that cannot be read.
fn parameters(place: Located<'_>) -> Option<Vec<Field>> {
    let fields = |place: &Located<'_>| -> Vec<Field> {
        place.entries().iter().map(|(name, inner)| field::named(name, inner)).collect()
    };
    let json::Value::Text(text) = &place.node.value else { return Some(fields(&place)) };
    let node = json::read(text).ok()?;
    let mut parameters = fields(&Located::root(&node));
    for parameter in &mut parameters {
        parameter.origin = place.origin();
    }
    Some(parameters)
}
