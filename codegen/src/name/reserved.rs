//! Words that may not be used as they are: the language's, the file system's, and our own.
//!
//! In: an identifier. Out: whether it is free, kind by kind of name. Knows nothing of the API.

/// Every keyword of edition 2024: strict, reserved, and weak where it could confuse.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Types, traits and variants that emitted modules import, or that the prelude gives them.
pub(super) const TYPES: &[&str] = &[
    "ApiSpec",
    "Arc",
    "AsMut",
    "AsRef",
    "AwsCredentials",
    "BTreeMap",
    "Box",
    "Bytes",
    "Call",
    "Client",
    "ClientBuilder",
    "ClientCredentials",
    "Clone",
    "Copy",
    "Credential",
    "CredentialSpec",
    "CredentialValue",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "DigestCredentials",
    "Display",
    "DoubleEndedIterator",
    "Drop",
    "Duration",
    "Eq",
    "Err",
    "Error",
    "ExactSizeIterator",
    "Extend",
    "Extra",
    "FilePart",
    "Fn",
    "FnMut",
    "FnOnce",
    "FormBody",
    "Formatter",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "HeaderMap",
    "HeaderSlot",
    "HttpRequest",
    "HttpResponse",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Items",
    "Iterator",
    "Json",
    "JsonDecoded",
    "JsonFieldVisitorMut",
    "JsonNode",
    "JsonRequired",
    "JsonScalar",
    "JsonFieldVisitor",
    "JsonSlot",
    "JsonView",
    "Map",
    "Method",
    "MultipartBody",
    "None",
    "Number",
    "Ok",
    "Operation",
    "Option",
    "Ord",
    "Page",
    "Paged",
    "Pages",
    "Paging",
    "Part",
    "PartContent",
    "PartField",
    "PartValue",
    "PartialEq",
    "PartialOrd",
    "Patch",
    "QuerySlot",
    "Request",
    "Response",
    "Result",
    "SchemeSpec",
    "Secret",
    "Send",
    "Serde",
    "Serialize",
    "Serializer",
    "ServerSpec",
    "Sized",
    "Some",
    "StatusCode",
    "Stream",
    "String",
    "Sync",
    "Text",
    "ToOwned",
    "ToString",
    "TokenSpec",
    "Transport",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Url",
    "Value",
    "VariableSpec",
    "Vec",
];

/// Modules of ours and crates whose names emitted paths begin with.
pub(super) const MODULES: &[&str] = &[
    "alloc",
    "bytes",
    "calls",
    "client",
    "core",
    "futures",
    "http",
    "json",
    "lib",
    "main",
    "models",
    "reqwest",
    "runtime",
    "serde",
    "serde_json",
    "shared",
    "std",
    "test",
    "tests",
    "tokio",
    "tracing",
];

/// Features of the emitted package that are not folders.
pub(super) const FEATURES: &[&str] = &[
    "aws_v4",
    "blocking",
    "default",
    "digest",
    "http2",
    "native_tls",
    "reqwest",
    "response_cache",
    "rustls",
    "test_util",
    "tracing",
];

/// File names that Windows keeps for devices, with or without extension.
const DEVICES: &[&str] = &[
    "aux", "clock$", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "con", "conin$", "conout$", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6",
    "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Packages that may not be shadowed.
const PACKAGES: &[&str] = &["alloc", "core", "proc_macro", "proc-macro", "std", "test"];

/// Methods of the client; a trait's method that takes it by value would be called before one that borrows it.
pub(super) const CLIENT: &[&str] = &[
    "builder",
    "clone",
    "credential",
    "fmt",
    "into",
    "new",
    "request",
    "send",
    "server",
    "transport",
    "try_into",
    "variable",
];

/// Methods of the client's builder.
pub(super) const BUILDER: &[&str] = &[
    "allow_http",
    "attempt_timeout",
    "base_url",
    "build",
    "clock",
    "clone",
    "connect_timeout",
    "credential",
    "default_header",
    "default_query",
    "fmt",
    "map_client_credentials",
    "max_body",
    "new",
    "on_attempt_end",
    "resolved_servers",
    "resolved_variables",
    "retry",
    "server",
    "signer",
    "timeout",
    "transport",
    "user_agent",
    "variable",
];

/// Methods of a handle.
pub(super) const HANDLE: &[&str] = &["clone", "fmt", "into", "new", "try_into"];

/// Methods of a request.
pub(super) const REQUEST: &[&str] = &[
    "body",
    "clone",
    "fmt",
    "header",
    "idempotent",
    "into",
    "into_future",
    "items",
    "pages",
    "query",
    "retry",
    "send",
    "send_as",
    "send_as_blocking",
    "send_blocking",
    "send_raw",
    "send_raw_blocking",
    "send_stream",
    "send_stream_blocking",
    "send_to",
    "send_to_blocking",
    "timeout",
    "try_into",
    "upload",
    "wait_until",
    "with_auth",
    "with_body",
    "with_json",
    "with_path",
    "without_auth",
    "without_header",
    "without_query",
];

/// Methods and fields of a struct.
pub(super) const STRUCT: &[&str] =
    &["clone", "default", "drift", "eq", "extra", "fmt", "new", "set"];

/// Variants that every enumeration or union has.
pub(super) const VARIANTS: &[&str] = &["Other", "Unknown"];

/// `name`, with a trailing `_` where it is a keyword.
pub(super) fn escaped(name: String) -> String {
    if is_keyword(&name) { format!("{name}_") } else { name }
}

/// Whether `name` is a keyword of edition 2024.
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Whether a file may not be called `stem`.
pub(super) fn is_device(stem: &str) -> bool {
    DEVICES.contains(&stem.to_ascii_lowercase().as_str())
}

/// Whether a package may not be called `name`.
pub(super) fn is_package(name: &str) -> bool {
    PACKAGES.contains(&name) || is_device(name) || is_keyword(name)
}

#[cfg(test)]
mod tests {
    use super::{BUILDER, CLIENT, REQUEST, TYPES};
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;
    use syn::{ImplItem, Item, Type, UseTree};

    /// What the runtime calls its own methods of `owner`, whatever the features.
    fn methods(owner: &str) -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
        let mut methods = BTreeSet::new();
        for entry in fs::read_dir(folder).unwrap() {
            let file = syn::parse_file(&fs::read_to_string(entry.unwrap().path()).unwrap());
            for item in file.unwrap().items {
                let Item::Impl(it) = item else { continue };
                let Type::Path(of) = &*it.self_ty else { continue };
                if it.trait_.is_some() || of.path.segments.last().unwrap().ident != owner {
                    continue;
                }
                for item in it.items {
                    if let ImplItem::Fn(it) = item {
                        methods.insert(it.sig.ident.to_string());
                    }
                }
            }
        }
        methods
    }

    /// What `use` gives its names.
    fn names(tree: &UseTree) -> Vec<String> {
        match tree {
            UseTree::Path(it) => names(&it.tree),
            UseTree::Group(it) => it.items.iter().flat_map(names).collect(),
            UseTree::Name(it) => vec![it.ident.to_string()],
            UseTree::Rename(it) => vec![it.rename.to_string()],
            UseTree::Glob(_) => panic!("a glob imports anything"),
        }
    }

    #[test]
    fn types_beside_the_tables_are_reserved() {
        let support = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/support.rs");
        let file = syn::parse_file(&fs::read_to_string(support).unwrap()).unwrap();
        let uses = file.items.iter().filter_map(|item| match item {
            Item::Use(it) => Some(names(&it.tree)),
            _ => None,
        });
        let mut types: Vec<String> = uses.flatten().collect();
        types.retain(|name| name.starts_with(|c: char| c.is_uppercase()));
        assert!(types.len() > 10, "{types:?}");
        types.retain(|name| !TYPES.contains(&name.as_str()));
        assert!(types.is_empty(), "{types:?}");
    }

    #[test]
    fn methods_of_the_runtime_are_reserved() {
        let mut found = 0;
        for (owner, reserved) in [("Client", CLIENT), ("ClientBuilder", BUILDER)] {
            let free = |name: &&String| !reserved.contains(&name.as_str());
            let methods = methods(owner);
            found += methods.len();
            let free: Vec<&String> = methods.iter().filter(free).collect();
            assert!(free.is_empty(), "{owner}: {free:?}");
        }
        assert!(found > 14, "{found}");
    }

    #[test]
    fn methods_of_requests_are_reserved() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/builder.rs");
        let text = fs::read_to_string(file).unwrap();
        let named = text.lines().filter_map(|line| {
            let line = line.trim().strip_prefix("pub ")?;
            let name = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
            name.split(['(', '<']).next().filter(|name| !name.starts_with('$'))
        });
        let methods: Vec<&str> = named.collect();
        assert!(methods.len() > 14, "{methods:?}");
        let free: Vec<_> = methods.iter().filter(|name| !REQUEST.contains(name)).collect();
        assert!(free.is_empty(), "{free:?}");
    }
}
