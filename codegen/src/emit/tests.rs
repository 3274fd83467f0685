use super::manifest::DEPENDENCIES;
use super::runtime::{SOURCES, face};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn every_source_of_the_runtime_is_emitted() {
    let mut on_disk = BTreeSet::new();
    for entry in fs::read_dir(root().join("runtime")).unwrap() {
        on_disk.insert(entry.unwrap().file_name().into_string().unwrap());
    }
    let place = |path: &str| match path.strip_prefix("src/runtime/") {
        Some(name) => name.to_owned(),
        None => path.replace("src/runtime.rs", "lib.rs"),
    };
    let emitted: BTreeSet<String> = SOURCES.iter().map(|(path, _)| place(path)).collect();
    assert_eq!(emitted, on_disk, "add the file to SOURCES in emit/runtime.rs");
    for (path, source) in SOURCES {
        let text = fs::read_to_string(root().join("runtime").join(place(path))).unwrap();
        assert_eq!(*source, text, "{path}");
    }
}

#[test]
fn the_manifest_has_what_the_runtime_is_tested_with() {
    let text = fs::read_to_string(root().join("../tests/runtime/Cargo.toml")).unwrap();
    let manifest: toml_edit::DocumentMut = text.parse().unwrap();
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
        assert_eq!(features.as_deref(), dependency.features, "{}", dependency.name);
        let is_optional = tested.get("optional").is_some_and(|it| it.as_bool() == Some(true));
        assert_eq!(is_optional, dependency.gate.is_some(), "{}", dependency.name);
    }
}

#[test]
fn the_root_shows_what_the_runtime_shows() {
    let names: Vec<String> = face().iter().map(|(_, name)| name.to_string()).collect();
    for name in ["ReqwestTransport", "Bytes", "Client", "Error", "Patch", "Value"] {
        assert!(names.iter().any(|known| known == name), "{name}");
    }
    assert!(face().iter().any(|(gates, name)| name == "ReqwestTransport" && !gates.is_empty()));
}
