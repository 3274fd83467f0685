//! Why each place has its type: the rule that decided, and the samples it looked at.
//!
//! Kept only where somebody asks for it: a plain run records nothing. Knows neither files nor evidence by source; who explains puts these beside.

pub use super::samples::SamplePlace;
use crate::api::{Place, Step};
use crate::evidence::Shape;
use crate::evidence::shape::{Kind, Source};
use std::collections::BTreeMap;

/// Everything that was decided, by place.
#[derive(Clone, Debug, Default)]
pub struct Reasons {
    /// Why each place has its type; a place is written as keys are.
    pub places: BTreeMap<Place, Reason>,
    /// The samples, in the order of stable keys, evidence after the collection.
    pub samples: Vec<SamplePlace>,
    /// Where the record stands in each endpoint's response that is an object around one: `.users[]`, `.user`.
    pub pages: BTreeMap<String, Vec<Step>>,
    /// The places of the types that each shared type stands for besides its own.
    pub shared: BTreeMap<String, Vec<String>>,
}

/// Why a place has its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What decided.
    pub rule: Rule,
    /// Indices into [`Reasons::samples`]: what was looked at.
    pub samples: Vec<usize>,
}

/// A rule of `infer::decide`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A hint of the overlay says that the keys are data.
    HintMap,
    /// A hint of the overlay says that anything may stand here.
    HintOpaque,
    /// It lies too deep.
    TooDeep,
    /// No sample says anything of it.
    Unseen,
    /// Only null, or lists without elements, were seen: what equal keys hold, or what the name says.
    Likely,
    /// Values of one kind, which is the type.
    OneKind(Kind),
    /// Text under a key that is called like a credential.
    Secret,
    /// An object with fields.
    Struct,
    /// An object whose keys are data by how they look, or how rarely each is there.
    Map,
    /// An object that is called like one whose keys are data.
    FreeMap,
    /// Values of several kinds.
    Union,
    /// The response is the resource of its path.
    Resource,
    /// The response is an object around a listing of the resource.
    Page,
    /// The response is an object around the resource.
    Envelope,
    /// A list of the resource.
    Listing,
    /// The response is something of its own.
    Apart,
    /// Nobody saw a response: it is what another endpoint of its path answers.
    Sibling,
    /// A parameter or a form's field: values of its name, in any request.
    SameName,
    /// A parameter, a header or a form's field: placeholders name its type.
    Placeholder,
    /// A parameter or a form's field that a variable gives a value.
    Variable,
    /// A parameter or a form's field of which no value says a type.
    Unsaid,
    /// A form's field whose default is no value of the type that its name has elsewhere.
    Sent,
    /// A part of a form that is a file.
    File,
    /// A header.
    Header,
    /// An argument of the path.
    Argument,
}

impl Rule {
    /// The rule's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HintMap => "hint-map",
            Self::HintOpaque => "hint-opaque",
            Self::TooDeep => "too-deep",
            Self::Unseen => "unseen",
            Self::Likely => "likely",
            Self::OneKind(_) => "one-kind",
            Self::Secret => "secret",
            Self::Struct => "struct",
            Self::Map => "map",
            Self::FreeMap => "free-map",
            Self::Union => "union",
            Self::Resource => "resource",
            Self::Page => "page",
            Self::Envelope => "envelope",
            Self::Listing => "listing",
            Self::Apart => "apart",
            Self::Sibling => "sibling",
            Self::SameName => "same-name",
            Self::Placeholder => "placeholder",
            Self::Variable => "variable",
            Self::Unsaid => "unsaid",
            Self::Sent => "sent",
            Self::File => "file",
            Self::Header => "header",
            Self::Argument => "argument",
        }
    }

    /// What it says, as half a sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::HintMap => "a hint of the overlay says that the keys are data",
            Self::HintOpaque => "a hint of the overlay says that anything may stand here",
            Self::TooDeep => "it lies too deep to be typed",
            Self::Unseen => "only null, {}, [] or variables were seen, which say nothing",
            Self::Likely => {
                "only null, or a list without elements, was seen: the type is what equal keys hold, or what the name says"
            }
            Self::OneKind(Kind::Bool) => "every value was true or false",
            Self::OneKind(Kind::Number) => {
                "every value was a number; the type holds all that were seen"
            }
            Self::OneKind(Kind::Text) => "every value was text",
            Self::OneKind(Kind::List) => "every value was a list; its elements have a place []",
            Self::OneKind(Kind::Object) => "every value was an object",
            Self::Secret => "every value was text, and the key ends like that of a credential",
            Self::Struct => "an object whose keys are fields",
            Self::Map => "an object whose keys are data: by how they look, or how rare each is",
            Self::FreeMap => "an object that is called like one whose keys are data",
            Self::Union => "values of several kinds were seen: the type reads them all",
            Self::Resource => "the answer is the resource of its path",
            Self::Page => "the answer is an object around a listing of the resource",
            Self::Envelope => "the answer is an object around the resource",
            Self::Listing => "a list of the resource",
            Self::Apart => "the answer is unlike all others of its path: a type of its own",
            Self::Sibling => {
                "nobody saw an answer: most likely it is what others of its path answer, or anything else"
            }
            Self::SameName => "the type that holds all values of this name, in whatever request",
            Self::Placeholder => "no value was seen, and a placeholder names the type",
            Self::Variable => "a variable gives its value, which may be any text",
            Self::Unsaid => "text, since no value says anything else",
            Self::Sent => {
                "text, since what the collection sends is no value of the type that the name has elsewhere"
            }
            Self::File => "a part that is a file",
            Self::Argument => {
                "an argument of the path is text unless a placeholder names another type"
            }
            Self::Header => "a header is text unless a placeholder names another type",
        }
    }
}

impl Reasons {
    /// Notes why `place` has its type; what is said last of a place holds.
    pub(crate) fn note(&mut self, place: &Place, rule: Rule, shape: &Shape) {
        let index = |source: &Source| usize::try_from(source.0).ok();
        let samples = shape.sources.iter().filter_map(index).collect();
        self.places.insert(place.clone(), Reason { rule, samples });
    }
}
