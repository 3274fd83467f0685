//! Place -> text, with quotes where the plain text would be read as something else.

use super::{Caller, Outcome, Place, Root, Step, is_plain};
use crate::api::key::{Endpoint, OperationKey};
use std::fmt::{self, Write as _};

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = written(self, false);
        let is_clear = Self::parse(&plain).as_ref() == Some(self);
        f.write_str(&if is_clear { plain } else { written(self, true) })
    }
}

fn written(place: &Place, quotes: bool) -> String {
    let mut out = root(&place.root, quotes);
    let mut after_object = false;
    for step in &place.steps {
        match step {
            Step::Object => out.push_str(" ."),
            Step::Field(key) => {
                out.push_str(if after_object { "" } else { "." });
                out.push_str(&text(key, !is_plain(key)));
            }
            Step::Item => out.push_str("[]"),
            Step::Value => out.push_str("{}"),
            Step::Arm => out.push_str(" |"),
            Step::Twin => out.push('\''),
        }
        after_object = *step == Step::Object;
    }
    out
}

fn root(root: &Root, quotes: bool) -> String {
    match root {
        Root::Resource(family) => text(&family.0, quotes),
        Root::Sent(family) => format!("{} body", text(&family.0, quotes)),
        Root::Errors => "errors".to_owned(),
        Root::Request(caller) => format!("{} body", caller_text(caller, quotes)),
        Root::Response(caller, outcome) => {
            format!("{} -> {outcome}", caller_text(caller, quotes))
        }
        Root::Failure(caller) => format!("{} error", caller_text(caller, quotes)),
        Root::Form(key) => format!("{} form", operation(key, quotes)),
        Root::Variables(key) => format!("{} variables", operation(key, quotes)),
        Root::Parameter(caller, word, name) => {
            format!("{} {word}.{}", caller_text(caller, quotes), text(name, quotes))
        }
    }
}

fn caller_text(caller: &Caller, quotes: bool) -> String {
    match caller {
        Caller::Endpoint(endpoint) => endpoint_text(endpoint, quotes),
        Caller::Operation(key) => operation(key, quotes),
    }
}

fn endpoint_text(endpoint: &Endpoint, quotes: bool) -> String {
    if quotes {
        format!("{:?} {:?} {:?}", endpoint.method, endpoint.server, endpoint.path)
    } else {
        endpoint.to_string()
    }
}

fn operation(key: &OperationKey, quotes: bool) -> String {
    if !quotes {
        return key.to_string();
    }
    let mut out = format!("{} [", endpoint_text(&key.endpoint, true));
    for folder in &key.trail {
        let _ = write!(out, "{folder:?} › ");
    }
    let _ = write!(out, "{:?}", key.name);
    if let Some(digest) = &key.digest {
        let _ = write!(out, " #{digest:?}");
    }
    out + "]"
}

fn text(text: &str, quotes: bool) -> String {
    if quotes { format!("{text:?}") } else { text.to_owned() }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Success => f.write_str("2xx"),
            Self::Status(status) => write!(f, "{status}"),
        }
    }
}
