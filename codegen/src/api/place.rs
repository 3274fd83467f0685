//! A place in what the API's messages carry: where it begins, and the steps from there to a value.
//!
//! Printed places stand in dumps, overlays, evidence and findings; [`Place::parse`] reads them back, and the two are inverse for any key, path and name.

mod parse;
mod print;
#[cfg(test)]
mod tests;

use super::key::{Endpoint, OperationKey};

/// A place: `POST /users body.options`, `GET /users/{} -> 2xx .identities[]`, or of a resource: `/clients .jwt_configuration`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Where it begins.
    pub root: Root,
    /// The way from there.
    pub steps: Vec<Step>,
}

/// Where a place begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Root {
    /// What the messages of one path family describe (`/users`).
    Resource(Family),
    /// What the requests of one path family carry (`/users body`).
    Sent(Family),
    /// The failures of the whole API (`errors`).
    Errors,
    /// What a request carries (`POST /users body`).
    Request(Caller),
    /// What a response carries (`GET /users -> 2xx`).
    Response(Caller, Outcome),
    /// What the failures of one operation carry (`GET /users error`).
    Failure(Caller),
    /// The form of an operation (`POST /users [Users › Create] form`).
    Form(OperationKey),
    /// The variables of a GraphQL operation (`POST /graphql [Users] variables`).
    Variables(OperationKey),
    /// A parameter: the word for where it stands, and its name (`GET /users query.sort`).
    Parameter(Caller, String, String),
}

/// Server and path of a family of endpoints, without trailing parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Family(pub String);

impl Family {
    /// The family of `endpoint`.
    #[must_use]
    pub fn of(endpoint: &Endpoint) -> Self {
        let path = match endpoint.family() {
            "" => "/",
            path => path,
        };
        Self(format!("{}{path}", endpoint.server))
    }
}

/// Whose message it is: of all operations of an endpoint, or of one among twins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Caller {
    /// Any operation of the endpoint.
    Endpoint(Endpoint),
    /// One operation.
    Operation(OperationKey),
}

impl Caller {
    /// The endpoint.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        match self {
            Self::Endpoint(endpoint) => endpoint,
            Self::Operation(key) => &key.endpoint,
        }
    }
}

impl From<&Endpoint> for Caller {
    fn from(endpoint: &Endpoint) -> Self {
        Self::Endpoint(endpoint.clone())
    }
}

impl From<&OperationKey> for Caller {
    fn from(key: &OperationKey) -> Self {
        Self::Operation(key.clone())
    }
}

/// How an exchange ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Any success (`2xx`).
    Success,
    /// One status (`404`).
    Status(u16),
}

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The object itself, among all that may stand there (` .`).
    Object,
    /// The member of an object with this key (`.name`).
    Field(String),
    /// An item of a list (`[]`).
    Item,
    /// A value of a map (`{}`).
    Value,
    /// The union of what may stand there (` |`).
    Arm,
    /// Another definition at a place that has one (`'`).
    Twin,
}

impl Place {
    /// The beginning at `root`.
    #[must_use]
    pub const fn at(root: Root) -> Self {
        Self { root, steps: Vec::new() }
    }

    /// The resource of the endpoint's family.
    #[must_use]
    pub fn resource_of(endpoint: &Endpoint) -> Self {
        Self::at(Root::Resource(Family::of(endpoint))).object()
    }

    /// What requests to the endpoint carry.
    #[must_use]
    pub fn request(caller: impl Into<Caller>) -> Self {
        Self::at(Root::Request(caller.into()))
    }

    /// What the endpoint's successes carry.
    #[must_use]
    pub fn response(caller: impl Into<Caller>) -> Self {
        Self::at(Root::Response(caller.into(), Outcome::Success))
    }

    /// The object that failures of the whole API carry.
    #[must_use]
    pub fn errors() -> Self {
        Self::at(Root::Errors).object()
    }

    /// The form of an operation.
    #[must_use]
    pub fn form(key: &OperationKey) -> Self {
        Self::at(Root::Form(key.clone()))
    }

    /// The variables of a GraphQL operation.
    #[must_use]
    pub fn variables(key: &OperationKey) -> Self {
        Self::at(Root::Variables(key.clone()))
    }

    /// One step further.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        let mut longer = self.clone();
        longer.steps.push(step);
        longer
    }

    /// The object among all that may stand here.
    #[must_use]
    pub fn object(&self) -> Self {
        self.then(Step::Object)
    }

    /// The member called `key` of the object here.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        self.then(Step::Field(key.to_owned()))
    }

    /// An item of the list here.
    #[must_use]
    pub fn item(&self) -> Self {
        self.then(Step::Item)
    }

    /// A value of the map here.
    #[must_use]
    pub fn value(&self) -> Self {
        self.then(Step::Value)
    }

    /// The union of what stands here.
    #[must_use]
    pub fn arm(&self) -> Self {
        self.then(Step::Arm)
    }

    /// The key under which the value stands: the last one, items and values aside.
    #[must_use]
    pub fn field_name(&self) -> Option<&str> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::Field(key) => Some(key.as_str()),
            Step::Object | Step::Item | Step::Value | Step::Arm | Step::Twin => None,
        })
    }

    /// The family whose messages it stands in; of the whole API's failures none.
    #[must_use]
    pub fn family(&self) -> Option<Family> {
        match &self.root {
            Root::Resource(family) | Root::Sent(family) => Some(family.clone()),
            Root::Request(caller) | Root::Response(caller, _) | Root::Failure(caller) => {
                Some(Family::of(caller.endpoint()))
            }
            Root::Form(key) | Root::Variables(key) => Some(Family::of(&key.endpoint)),
            Root::Parameter(caller, ..) => Some(Family::of(caller.endpoint())),
            Root::Errors => None,
        }
    }

    /// The same place without what `is_noise` says at its end.
    #[must_use]
    pub fn without_last(&self, is_noise: impl Fn(&Step) -> bool) -> Self {
        let kept = self.steps.iter().rposition(|step| !is_noise(step)).map_or(0, |last| last + 1);
        let steps = self.steps.iter().take(kept).cloned().collect();
        Self { root: self.root.clone(), steps }
    }

    /// The place of a request in the resource of its `family`.
    fn beside(&self, family: &Family) -> Self {
        let mut resource = Self::at(Root::Resource(family.clone())).object();
        resource.steps.extend(self.steps.iter().cloned());
        resource
    }

    /// The pooling rule: what a message carries at its top, or in the list there, is the resource of its path. Nothing of a place that is no message's.
    #[must_use]
    pub fn resource(&self) -> Option<Self> {
        let caller = match &self.root {
            Root::Request(caller) | Root::Response(caller, _) => caller,
            Root::Resource(_) => return Some(self.clone()),
            Root::Sent(family) => return Some(self.beside(family)),
            Root::Errors | Root::Failure(_) | Root::Form(_) => return None,
            Root::Variables(_) | Root::Parameter(..) => return None,
        };
        let steps = match self.steps.as_slice() {
            [Step::Item, Step::Object, rest @ ..] => rest,
            [Step::Item | Step::Object, rest @ ..] => rest,
            rest => rest,
        };
        let mut resource = Self::resource_of(caller.endpoint());
        resource.steps.extend(steps.iter().cloned());
        Some(resource)
    }

    /// The same place among what the requests of its family carry, of a place of a resource or of a message.
    #[must_use]
    pub fn sent(&self) -> Option<Self> {
        let resource = self.resource()?;
        let Root::Resource(family) = resource.root else { return None };
        let steps = match resource.steps.as_slice() {
            [Step::Object, rest @ ..] => rest,
            rest => rest,
        };
        Some(Self { root: Root::Sent(family), steps: steps.to_vec() })
    }
}

/// Whether a key is written without quotes.
#[must_use]
pub fn is_plain(key: &str) -> bool {
    let mut bytes = key.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
