//! The objects of format v2 and its published variant (POSTMAN.md §1 to §9).

use super::rule::{
    BOOKKEEPING, Fate, Kind, RECORDING, Rule, SCRIPTS, SECRET, SETTINGS, SPELLING, holds, ignored,
    used,
};

/// Types of auth that Postman knows.
pub(super) const AUTH_TYPES: &[&str] = &[
    "apikey", "asap", "awsv4", "basic", "bearer", "digest", "edgegrid", "hawk", "jwt", "noauth",
    "ntlm", "oauth1", "oauth2",
];

/// The members of a kind of object; `None` for kinds of other formats.
pub(super) fn table(kind: Kind) -> Option<&'static [Rule]> {
    Some(match kind {
        Kind::Document => DOCUMENT,
        Kind::Info => INFO,
        Kind::Item | Kind::Folder => FOLDER,
        Kind::RequestItem => REQUEST_ITEM,
        Kind::Request => REQUEST,
        Kind::OriginalRequest => ORIGINAL_REQUEST,
        Kind::Url | Kind::UrlObject => URL,
        Kind::Userinfo => USERINFO,
        Kind::Field => FIELD,
        Kind::Part => PART,
        Kind::Variable => VARIABLE,
        Kind::Parameter => PARAMETER,
        Kind::Body => BODY,
        Kind::BodyOptions => BODY_OPTIONS,
        Kind::RawOptions => RAW_OPTIONS,
        Kind::File => FILE,
        Kind::GraphQl => GRAPHQL,
        Kind::Response => RESPONSE,
        Kind::ResponseHeader => RESPONSE_HEADER,
        Kind::Description => DESCRIPTION,
        Kind::Profile => PROFILE,
        Kind::DocumentV1 | Kind::FolderV1 | Kind::RequestV1 => return None,
        Kind::ResponseV1 | Kind::Code | Kind::QueryV1 | Kind::OriginalV1 => return None,
        Kind::FilesV3 | Kind::DefinitionV3 | Kind::FolderV3 | Kind::RequestV3 => return None,
        Kind::OriginalV3 | Kind::AuthV3 | Kind::BodyV3 => return None,
        Kind::ExampleV3 | Kind::AnswerV3 | Kind::AnswerBodyV3 => return None,
        Kind::Auth | Kind::Parameters | Kind::Values | Kind::Opaque => return None,
    })
}

const DOCUMENT: &[Rule] = &[
    holds("collection", Kind::Document),
    holds("info", Kind::Info),
    holds("item", Kind::Item),
    holds("auth", Kind::Auth),
    holds("variable", Kind::Variable),
    holds("variables", Kind::Variable),
    holds("protocolProfileBehavior", Kind::Profile),
    holds("description", Kind::Description),
    ignored("event", SCRIPTS),
    ignored("events", SCRIPTS),
    ignored("id", BOOKKEEPING),
    ignored("_postman_id", BOOKKEEPING),
    ignored("uid", BOOKKEEPING),
];

const INFO: &[Rule] = &[
    used("name"),
    used("schema"),
    holds("description", Kind::Description),
    used("publishedId"),
    ignored("_postman_id", BOOKKEEPING),
    ignored("id", BOOKKEEPING),
    ignored("uid", BOOKKEEPING),
    ignored("_exporter_id", BOOKKEEPING),
    ignored("_collection_link", BOOKKEEPING),
    ignored("version", BOOKKEEPING),
    ignored("createdAt", BOOKKEEPING),
    ignored("updatedAt", BOOKKEEPING),
    ignored("lastUpdatedBy", BOOKKEEPING),
    ignored("fork", BOOKKEEPING),
    ignored("toc", BOOKKEEPING),
    ignored("owner", BOOKKEEPING),
    ignored("team", BOOKKEEPING),
    ignored("collectionId", BOOKKEEPING),
    ignored("public", BOOKKEEPING),
    ignored("customColor", BOOKKEEPING),
    ignored("publishDate", BOOKKEEPING),
];

const FOLDER: &[Rule] = &[
    used("name"),
    holds("item", Kind::Item),
    holds("description", Kind::Description),
    holds("auth", Kind::Auth),
    holds("protocolProfileBehavior", Kind::Profile),
    ignored("request", "a folder's own request is ignored, as Postman does"),
    ignored("response", "a folder has no responses"),
    ignored("event", SCRIPTS),
    ignored("events", SCRIPTS),
    ignored("variable", "variables of folders and requests are not used, as in Postman"),
    ignored("id", BOOKKEEPING),
    ignored("_postman_id", BOOKKEEPING),
    ignored("uid", BOOKKEEPING),
    ignored("_postman_isSubFolder", BOOKKEEPING),
    ignored("createdAt", BOOKKEEPING),
    ignored("updatedAt", BOOKKEEPING),
];

const REQUEST_ITEM: &[Rule] = &[
    used("name"),
    holds("request", Kind::Request),
    holds("response", Kind::Response),
    holds("responses", Kind::Response),
    holds("description", Kind::Description),
    holds("auth", Kind::Auth),
    holds("protocolProfileBehavior", Kind::Profile),
    ignored("item", "neither a folder's list nor part of a request"),
    ignored("event", SCRIPTS),
    ignored("events", SCRIPTS),
    ignored("variable", "variables of folders and requests are not used, as in Postman"),
    ignored("id", BOOKKEEPING),
    ignored("_postman_id", BOOKKEEPING),
    ignored("uid", BOOKKEEPING),
    ignored("createdAt", BOOKKEEPING),
    ignored("updatedAt", BOOKKEEPING),
];

const REQUEST: &[Rule] = &[
    used("method"),
    holds("url", Kind::Url),
    holds("urlObject", Kind::UrlObject),
    holds("header", Kind::Field),
    holds("body", Kind::Body),
    holds("auth", Kind::Auth),
    holds("description", Kind::Description),
    ignored("isInherited", SPELLING),
    ignored("proxy", SETTINGS),
    ignored("certificate", SETTINGS),
    ignored("id", BOOKKEEPING),
    ignored("name", BOOKKEEPING),
];

/// Of the request of a saved response only the body is a sample.
const ORIGINAL: &str = "of a saved response's request only the body counts";

const ORIGINAL_REQUEST: &[Rule] = &[
    holds("body", Kind::Body),
    ignored("method", ORIGINAL),
    ignored("url", ORIGINAL),
    ignored("urlObject", ORIGINAL),
    ignored("header", ORIGINAL),
    ignored("auth", ORIGINAL),
    ignored("description", ORIGINAL),
    ignored("proxy", ORIGINAL),
    ignored("certificate", ORIGINAL),
    ignored("id", ORIGINAL),
    ignored("name", ORIGINAL),
];

const URL: &[Rule] = &[
    ignored("raw", SPELLING),
    used("protocol"),
    used("host"),
    used("port"),
    used("path"),
    holds("query", Kind::Field),
    holds("variable", Kind::Variable),
    holds("auth", Kind::Userinfo),
    ignored("hash", "fragments are never sent"),
];

const USERINFO: &[Rule] = &[ignored("user", SECRET), ignored("password", SECRET)];

const FIELD: &[Rule] = &[
    used("key"),
    used("value"),
    used("disabled"),
    used("enabled"),
    holds("description", Kind::Description),
    ignored("name", SPELLING),
    ignored("type", SPELLING),
    ignored("equals", SPELLING),
    ignored("system", SPELLING),
    ignored("warning", BOOKKEEPING),
    ignored("id", BOOKKEEPING),
    ignored("uuid", BOOKKEEPING),
    ignored("fieldNameId", BOOKKEEPING),
];

const PART: &[Rule] = &[
    used("key"),
    used("value"),
    used("type"),
    used("src"),
    used("contentType"),
    used("disabled"),
    used("enabled"),
    holds("description", Kind::Description),
    ignored("name", SPELLING),
    ignored("fileName", "the caller names the file"),
    ignored("fileNotInWorkingDirectoryWarning", BOOKKEEPING),
    ignored("filesNotInWorkingDirectory", BOOKKEEPING),
    ignored("warning", BOOKKEEPING),
    ignored("id", BOOKKEEPING),
    ignored("uuid", BOOKKEEPING),
];

const VARIABLE: &[Rule] = &[
    used("key"),
    used("id"),
    used("value"),
    used("type"),
    used("disabled"),
    holds("description", Kind::Description),
    ignored("name", SPELLING),
    ignored("enabled", SPELLING),
    ignored("system", SPELLING),
    ignored("secret", SPELLING),
    ignored("initialValue", SPELLING),
    ignored("uuid", BOOKKEEPING),
];

const PARAMETER: &[Rule] = &[
    used("key"),
    ignored("value", SECRET),
    ignored("type", SPELLING),
    ignored("disabled", SPELLING),
    ignored("enabled", SPELLING),
    ignored("description", SPELLING),
];

const BODY: &[Rule] = &[
    used("mode"),
    used("raw"),
    holds("urlencoded", Kind::Field),
    holds("formdata", Kind::Part),
    holds("file", Kind::File),
    holds("graphql", Kind::GraphQl),
    holds("options", Kind::BodyOptions),
    used("disabled"),
];

const BODY_OPTIONS: &[Rule] = &[
    holds("raw", Kind::RawOptions),
    ignored("urlencoded", SETTINGS),
    ignored("formdata", SETTINGS),
    ignored("file", SETTINGS),
    ignored("graphql", SETTINGS),
    ignored("params", SETTINGS),
    ignored("binary", SETTINGS),
];

const RAW_OPTIONS: &[Rule] =
    &[used("language"), ignored("headerFamily", SPELLING), ignored("contentType", SPELLING)];

const FILE: &[Rule] =
    &[used("src"), ignored("content", "the caller brings the bytes"), ignored("name", SPELLING)];

const GRAPHQL: &[Rule] = &[used("query"), used("operationName"), used("variables")];

const RESPONSE: &[Rule] = &[
    used("code"),
    used("body"),
    holds("header", Kind::ResponseHeader),
    holds("headers", Kind::ResponseHeader),
    used("_postman_previewlanguage"),
    holds("originalRequest", Kind::OriginalRequest),
    ignored("name", RECORDING),
    ignored("status", RECORDING),
    ignored("description", RECORDING),
    ignored("cookie", RECORDING),
    ignored("responseTime", RECORDING),
    ignored("timings", RECORDING),
    ignored("type", RECORDING),
    ignored("id", BOOKKEEPING),
    ignored("_postman_id", BOOKKEEPING),
    ignored("uid", BOOKKEEPING),
    ignored("createdAt", BOOKKEEPING),
    ignored("updatedAt", BOOKKEEPING),
    ignored("_postman_previewtype", RECORDING),
    ignored("responseSize", RECORDING),
];

const RESPONSE_HEADER: &[Rule] = &[
    used("key"),
    used("value"),
    ignored("name", SPELLING),
    ignored("description", RECORDING),
    ignored("disabled", RECORDING),
    ignored("enabled", RECORDING),
    ignored("type", RECORDING),
    ignored("system", RECORDING),
];

const DESCRIPTION: &[Rule] = &[used("content"), used("type"), ignored("version", BOOKKEEPING)];

const PROFILE: &[Rule] = &[
    used("disableBodyPruning"),
    Rule {
        key: "disabledSystemHeaders",
        fate: Fate::Unsupported(
            "of the headers that Postman sends by itself only the body's can be left out",
        ),
        inside: Kind::Opaque,
    },
    Rule {
        key: "disableUrlEncoding",
        fate: Fate::Unsupported("URLs are always percent-encoded"),
        inside: Kind::Opaque,
    },
    ignored("followRedirects", SETTINGS),
    ignored("followOriginalHttpMethod", SETTINGS),
    ignored("followAuthorizationHeader", SETTINGS),
    ignored("removeRefererHeaderOnRedirect", SETTINGS),
    ignored("maxRedirects", SETTINGS),
    ignored("strictSSL", SETTINGS),
    ignored("insecureHTTPParser", SETTINGS),
    ignored("disableCookies", SETTINGS),
    ignored("tlsPreferServerCiphers", SETTINGS),
    ignored("tlsDisabledProtocols", SETTINGS),
    ignored("tlsCipherSelection", SETTINGS),
    ignored("protocolVersion", SETTINGS),
    ignored("useWhatWGUrlParser", SETTINGS),
    ignored("verbose", SETTINGS),
];
