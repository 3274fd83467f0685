//! `Cargo.toml`: built of values, never of text; no dependency ever comes from the input.

use super::{Crate, aliases, credential, docs, programs};
use std::collections::BTreeSet;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

/// A dependency of the runtime.
pub(super) struct Dependency {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// Without its default features, but with these; `None` is the crate as it comes.
    pub(super) features: Option<&'static [&'static str]>,
    /// The features of the client that turn it on; it is always there if there are none.
    pub(super) gates: &'static [&'static str],
}

const fn whole(name: &'static str, version: &'static str) -> Dependency {
    Dependency { name, version, features: None, gates: &[] }
}

const fn part(
    name: &'static str,
    version: &'static str,
    features: &'static [&'static str],
) -> Dependency {
    Dependency { name, version, features: Some(features), gates: &[] }
}

/// What the runtime needs; a test compares it with the package that compiles the runtime where it lies.
pub(super) const DEPENDENCIES: &[Dependency] = &[
    Dependency { gates: &["aws_v4"], ..part("aws-credential-types", "1.2", &[]) },
    Dependency { gates: &["aws_v4"], ..part("aws-sigv4", "1.3", &["http1", "sign-http"]) },
    whole("bytes", "1"),
    whole("fastrand", "2"),
    part("futures-core", "0.3", &["std"]),
    whole("http", "1"),
    Dependency { gates: &["digest"], ..part("http-auth", "0.1.10", &["digest-scheme"]) },
    whole("httpdate", "1"),
    Dependency { gates: &["aws_v4"], ..part("percent-encoding", "2", &[]) },
    Dependency {
        gates: &["reqwest"],
        ..part("reqwest", "0.13", &["gzip", "stream", "system-proxy"])
    },
    part("serde", "1", &["std"]),
    // Without `float_roundtrip` some doubles change in their last place when they are read.
    part("serde_json", "1", &["float_roundtrip", "std"]),
    part("tokio", "1", &["rt", "sync", "time"]),
    // Signing for AWS is traced by AWS's crate, which has to be kept from it.
    Dependency { gates: &["tracing", "aws_v4"], ..part("tracing", "0.1", &["std"]) },
];

/// Features of the runtime that are on unless a user says otherwise.
const DEFAULT: &[&str] = &["reqwest", "rustls"];

/// Features of the runtime that bring no crate of their own, and what they turn on elsewhere.
const FEATURES: &[(&str, &[&str])] = &[
    ("rustls", &["reqwest", "reqwest/rustls"]),
    ("native_tls", &["reqwest", "reqwest/native-tls"]),
    ("http2", &["reqwest", "reqwest/http2"]),
    ("blocking", &[]),
    ("response_cache", &[]),
    ("test_util", &[]),
];

/// The oldest compiler the emitted crate is built with.
const RUST_VERSION: &str = "1.85";

/// The manifest's text.
pub(crate) fn manifest(of: &Crate<'_>, programs: &[programs::Program]) -> String {
    let mut manifest = DocumentMut::new();
    manifest.insert("package", Item::Table(package(of)));
    let mut library = Table::new();
    library.insert("path", value("src/lib.rs"));
    manifest.insert("lib", Item::Table(library));
    manifest.insert("features", Item::Table(features(of)));
    let mut dependencies = Table::new();
    for Dependency { name, version, features, gates } in DEPENDENCIES {
        dependencies.insert(name, dependency(version, *features, !gates.is_empty()));
    }
    manifest.insert("dependencies", Item::Table(dependencies));
    if !programs.is_empty() {
        manifest.insert("dev-dependencies", Item::Table(for_programs()));
        manifest.insert("example", Item::ArrayOfTables(examples(programs)));
    }
    manifest.to_string()
}

/// What the example programs and the README's need: a runtime to be started by.
fn for_programs() -> Table {
    let mut table = Table::new();
    table.insert("tokio", dependency("1", Some(&["macros", "rt"]), false));
    table
}

/// The example programs, each with the features it needs.
fn examples(programs: &[programs::Program]) -> ArrayOfTables {
    let mut tables = ArrayOfTables::new();
    for program in programs {
        let mut table = Table::new();
        table.insert("name", value(program.name));
        table.insert("required-features", value(program.features.iter().collect::<Array>()));
        tables.push(table);
    }
    tables
}

fn package(of: &Crate<'_>) -> Table {
    let mut package = Table::new();
    package.insert("name", value(of.names.package.as_str()));
    package.insert("version", value(of.names.version.as_str()));
    package.insert("edition", value("2024"));
    package.insert("rust-version", value(RUST_VERSION));
    package.insert("description", value(description(of)));
    if let Some(license) = &of.names.license {
        package.insert("license", value(license.as_str()));
    }
    if let Some(repository) = &of.names.repository {
        package.insert("repository", value(repository.as_str()));
    }
    package.insert("readme", value("README.md"));
    for (key, words) in [("keywords", &of.names.keywords), ("categories", &of.names.categories)] {
        if !words.is_empty() {
            package.insert(key, value(words.iter().collect::<Array>()));
        }
    }
    package.insert("metadata", Item::Table(metadata()));
    package
}

/// How docs.rs builds the documentation: with all features, each item marked with those it needs.
fn metadata() -> Table {
    let mut docs = Table::new();
    docs.insert("all-features", value(true));
    docs.insert("rustdoc-args", value(["--cfg", "docsrs"].into_iter().collect::<Array>()));
    nested("docs", nested("rs", docs))
}

/// A table that only holds another one.
fn nested(key: &str, table: Table) -> Table {
    let mut outer = Table::new();
    outer.set_implicit(true);
    outer.insert(key, Item::Table(table));
    outer
}

/// One line about the crate.
pub(crate) fn description(of: &Crate<'_>) -> String {
    let title = docs::plain(&of.api.title);
    if title.is_empty() { "A client.".to_owned() } else { format!("Client of the {title}.") }
}

/// Features of the runtime that are on unless a user says otherwise: those of authentication schemes where the API has them.
pub(super) fn default_features(of: &Crate<'_>) -> Vec<&'static str> {
    let schemes = of.api.credentials.iter().filter_map(|it| credential::feature(&it.scheme));
    let schemes: BTreeSet<&str> = schemes.collect();
    DEFAULT.iter().copied().chain(schemes).collect()
}

/// One feature a top-level folder, all on.
fn features(of: &Crate<'_>) -> Table {
    let folders: BTreeSet<&str> = of.layout.features.values().map(String::as_str).collect();
    let mut table = Table::new();
    let mut default: Array = default_features(of).into_iter().chain(folders.clone()).collect();
    for item in default.iter_mut() {
        item.decor_mut().set_prefix("\n    ");
    }
    default.set_trailing("\n");
    default.set_trailing_comma(true);
    table.insert("default", value(default));
    for feature in gates() {
        let turned_on = DEPENDENCIES.iter().filter(|it| it.gates.contains(&feature));
        let turned_on: Array = turned_on.map(|it| format!("dep:{}", it.name)).collect();
        table.insert(feature, value(turned_on));
    }
    for (feature, turns_on) in FEATURES {
        table.insert(feature, value(turns_on.iter().copied().collect::<Array>()));
    }
    for folder in folders {
        table.insert(folder, value(Array::new()));
    }
    for (name, feature) in aliases::features(of) {
        let taken = table.contains_key(name);
        let turned_on = (!taken).then(|| std::iter::once(feature).collect::<Array>());
        turned_on.into_iter().for_each(|on| drop(table.insert(name, value(on))));
    }
    table
}

/// The features that turn on dependencies.
fn gates() -> BTreeSet<&'static str> {
    DEPENDENCIES.iter().flat_map(|dependency| dependency.gates).copied().collect()
}

fn dependency(version: &str, features: Option<&[&str]>, is_optional: bool) -> Item {
    let Some(features) = features else { return value(version) };
    let mut table = InlineTable::new();
    table.insert("version", version.into());
    table.insert("default-features", false.into());
    if !features.is_empty() {
        table.insert("features", Value::Array(features.iter().copied().collect()));
    }
    if is_optional {
        table.insert("optional", true.into());
    }
    value(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_manifest_has_what_the_runtime_is_tested_with() {
        let text = fs::read_to_string(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/runtime/Cargo.toml"),
        )
        .unwrap();
        let manifest: DocumentMut = text.parse().unwrap();
        let tested = manifest["dependencies"].as_table().unwrap();
        let names: Vec<&str> = tested.iter().map(|(name, _)| name).collect();
        let emitted: Vec<&str> = DEPENDENCIES.iter().map(|dependency| dependency.name).collect();
        assert_eq!(emitted, names, "change DEPENDENCIES in emit/manifest.rs too");
        for dependency in DEPENDENCIES {
            let tested = &tested[dependency.name];
            let version = tested.as_str().or_else(|| tested["version"].as_str());
            assert_eq!(version, Some(dependency.version), "{}", dependency.name);
            let features = tested.get("features").and_then(|features| features.as_array());
            let features = features
                .map(|features| features.iter().map(|it| it.as_str().unwrap()).collect::<Vec<_>>());
            let wanted = dependency.features.unwrap_or_default();
            assert_eq!(features.unwrap_or_default(), wanted, "{}", dependency.name);
            let is_optional = tested.get("optional").is_some_and(|it| it.as_bool() == Some(true));
            assert_eq!(is_optional, !dependency.gates.is_empty(), "{}", dependency.name);
        }
        for feature in gates() {
            let turned_on = DEPENDENCIES.iter().filter(|it| it.gates.contains(&feature));
            let turned_on: BTreeSet<_> = turned_on.map(|it| format!("dep:{}", it.name)).collect();
            let tested = manifest["features"][feature].as_array().unwrap();
            let tested: BTreeSet<_> =
                tested.iter().map(|it| it.as_str().unwrap().to_owned()).collect();
            assert_eq!(tested, turned_on, "{feature}");
        }
    }
}
