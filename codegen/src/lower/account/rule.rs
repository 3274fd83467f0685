//! The vocabulary of the formats' grammars: kinds of objects, their members, and what becomes of each.

/// What becomes of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It reaches the output.
    Used,
    /// It has no effect, for this reason.
    Ignored(&'static str),
    /// It should have an effect, and has none.
    Unsupported(&'static str),
}

/// The kinds of objects. An array of a kind is a list of such objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A collection, or what wraps one.
    Document,
    /// `info`.
    Info,
    /// A folder or a request.
    Item,
    /// A folder.
    Folder,
    /// A request's item.
    RequestItem,
    /// `request`.
    Request,
    /// `originalRequest`: only its body counts.
    OriginalRequest,
    /// `url`.
    Url,
    /// A `urlObject`.
    UrlObject,
    /// User name and password of a URL.
    Userinfo,
    /// A query entry, a header, a form field.
    Field,
    /// A part of a form with files.
    Part,
    /// A variable, of the path or of the collection.
    Variable,
    /// An auth block.
    Auth,
    /// A parameter of an auth block.
    Parameter,
    /// A parameter's object in format v2.0.
    Parameters,
    /// A body.
    Body,
    /// `options` of a body.
    BodyOptions,
    /// `raw` of a body's options.
    RawOptions,
    /// A file as a body.
    File,
    /// A GraphQL request.
    GraphQl,
    /// A saved response.
    Response,
    /// A header of a saved response.
    ResponseHeader,
    /// A description with its markup.
    Description,
    /// `protocolProfileBehavior`.
    Profile,
    /// A collection of format v1.
    DocumentV1,
    /// A folder of format v1.
    FolderV1,
    /// A request of format v1.
    RequestV1,
    /// A saved response of format v1.
    ResponseV1,
    /// `responseCode` of format v1.
    Code,
    /// A query parameter of format v1.
    QueryV1,
    /// The request that a saved response of format v1 answers.
    OriginalV1,
    /// A collection of format v3: its files by path.
    FilesV3,
    /// The definition of such a collection.
    DefinitionV3,
    /// The definition of a folder of format v3.
    FolderV3,
    /// A request of format v3.
    RequestV3,
    /// The request that an example of format v3 answers.
    OriginalV3,
    /// An auth block of format v3.
    AuthV3,
    /// A body of format v3.
    BodyV3,
    /// A saved response of format v3, with its request.
    ExampleV3,
    /// What came back.
    AnswerV3,
    /// The body of what came back.
    AnswerBodyV3,
    /// `{name: value}`.
    Values,
    /// A value that is taken as a whole.
    Opaque,
}

impl Kind {
    /// Whether it is a folder.
    pub(super) fn is_folder(self) -> bool {
        matches!(self, Self::Folder | Self::FolderV1 | Self::FolderV3)
    }

    /// Whether it is the request of a saved response.
    pub(super) fn is_original(self) -> bool {
        matches!(self, Self::OriginalRequest | Self::OriginalV1 | Self::OriginalV3)
    }

    /// Whether it is a request.
    pub(super) fn is_request(self) -> bool {
        matches!(self, Self::RequestItem | Self::RequestV1 | Self::RequestV3)
    }

    /// Whether people know such objects by their `name`.
    pub(super) fn is_named(self) -> bool {
        matches!(
            self,
            Self::Folder | Self::RequestItem | Self::FolderV1 | Self::RequestV1 | Self::Response
        ) || matches!(self, Self::FolderV3 | Self::RequestV3)
    }
}

/// What the grammar says of a member.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Its name.
    pub(super) key: &'static str,
    /// What becomes of it.
    pub(super) fate: Fate,
    /// What it holds.
    pub(super) inside: Kind,
}

/// A member that is used as a whole.
pub(super) const fn used(key: &'static str) -> Rule {
    Rule { key, fate: Fate::Used, inside: Kind::Opaque }
}

/// A member that is used and holds objects of a kind.
pub(super) const fn holds(key: &'static str, inside: Kind) -> Rule {
    Rule { key, fate: Fate::Used, inside }
}

/// A member without an effect.
pub(super) const fn ignored(key: &'static str, reason: &'static str) -> Rule {
    Rule { key, fate: Fate::Ignored(reason), inside: Kind::Opaque }
}

/// Identifiers and times of Postman's own.
pub(super) const BOOKKEEPING: &str = "bookkeeping of Postman's";
/// Scripts.
pub(super) const SCRIPTS: &str = "scripts are never run";
/// Values of credentials.
pub(super) const SECRET: &str = "values of credentials are never kept";
/// Settings of the sending program.
pub(super) const SETTINGS: &str = "how to send is the client's business";
/// Metadata of saved responses.
pub(super) const RECORDING: &str = "says how a saved response was recorded, not what it holds";
/// Bodies of a mode that is not in use.
pub(super) const OTHER_MODE: &str = "another mode of the body is in use";
/// What the parts of a URL say already.
pub(super) const SPELLING: &str = "another spelling of what is used";
