//! The differences that are meant, each with its name: what a typed client sends otherwise than Postman on purpose.

/// A difference that is meant; every one is counted under its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Postman sends nothing (no URL, a method or header it refuses), the client does.
    PostmanSendsNothing,
    /// A value in the path is encoded as one segment; Postman splices it in as it is.
    PathValueIsOneSegment,
    /// A value in the query is encoded as one value; Postman leaves `%`, `+` and `&` as they are.
    QueryValueIsOneValue,
    /// Postman sends comments and trailing commas, which are not JSON; the client sends JSON.
    BodyIsStrictJson,
    /// A key in the query that the collection gives no value goes out with an empty one.
    KeyHasAValue,
    /// Postman strips what looks like a comment out of a text that is no JSON; the client sends the text.
    TextIsNotStripped,
    /// A number beyond what `f64` and 64-bit integers hold is sent rounded.
    NumberIsRounded,
    /// A value made anew for each call (`{{$guid}}`, `{{$timestamp}}`).
    GeneratedPerCall,
    /// The scheme's signature is the user's signer's business, or is one of other bytes.
    SignedByHook,
    /// A URL is percent-encoded even where the collection switches that off: the bytes could not be sent.
    UrlIsEncoded,
    /// A header the HTTP library alone may set (`Content-Length`, `Connection`, …).
    TransportHeader,
    /// A path segment written as an object: Postman sends `[object Object]`, the client its value.
    SegmentIsItsValue,
    /// A URL without a host goes to the base URL the builder is given; Postman sends nothing, or takes the path's first segment for the host.
    BaseUrlIsGiven,
    /// A body that is one variable is typed as its siblings are; Postman sends whatever text the variable holds.
    BodyIsTyped,
    /// An argument of the path is a number, since the collection says so, and the value it is compared with is none.
    ArgumentIsTyped,
    /// Parts of one name stand together, in their order; Postman keeps other parts between them.
    PartsOfOneNameTogether,
    /// A quote in a part's name is escaped; Postman's ends the name early.
    PartNameIsEscaped,
    /// A credential stands in the headers several times; the client sends the first.
    OneCredential,
    /// A placeholder that names a type (`<string>`) is absent until set, or given as a value of its type; Postman sends its text.
    PlaceholderNotSent,
    /// Postman sends parts without the `Content-Type` that names their boundary; the client names it.
    BoundaryIsNamed,
}

impl Rule {
    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PostmanSendsNothing => "postman-sends-nothing",
            Self::PathValueIsOneSegment => "path-value-is-one-segment",
            Self::QueryValueIsOneValue => "query-value-is-one-value",
            Self::BodyIsStrictJson => "body-is-strict-json",
            Self::KeyHasAValue => "key-has-a-value",
            Self::TextIsNotStripped => "text-is-not-stripped",
            Self::NumberIsRounded => "number-is-rounded",
            Self::GeneratedPerCall => "generated-per-call",
            Self::SignedByHook => "signed-by-hook",
            Self::UrlIsEncoded => "url-is-always-encoded",
            Self::TransportHeader => "transport-header",
            Self::SegmentIsItsValue => "segment-is-its-value",
            Self::BaseUrlIsGiven => "base-url-is-given",
            Self::BodyIsTyped => "body-is-typed",
            Self::ArgumentIsTyped => "argument-is-typed",
            Self::PartsOfOneNameTogether => "parts-of-one-name-together",
            Self::PartNameIsEscaped => "part-name-is-escaped",
            Self::OneCredential => "one-credential",
            Self::PlaceholderNotSent => "placeholder-not-sent",
            Self::BoundaryIsNamed => "boundary-is-named",
        }
    }
}
