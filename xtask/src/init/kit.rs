//! The files of a new workspace, from the templates beside this package's sources.

use super::Plan;
use super::generator::Generator;
use anyhow::{Context as _, bail};
use std::collections::BTreeMap;
use std::path::Path;
use toml_edit::{DocumentMut, Item, Value, value};

/// Path in the workspace, and text.
const FILES: [(&str, &str); 4] = [
    (".github/workflows/clients.yml", include_str!("../../templates/workflow.yml")),
    ("spec/README.md", include_str!("../../templates/spec.md")),
    ("xtask/src/main.rs", include_str!("../../templates/main.rs")),
    ("xtask/tests/freshness.rs", include_str!("../../templates/freshness.rs")),
];

/// The same of what a workspace may have already, and what is then missing in it.
const OPTIONAL: [(&str, &str, &str); 3] = [
    (
        ".cargo/config.toml",
        include_str!("../../templates/config.toml"),
        "add the alias `xtask = \"run --quiet --package workspace-xtask --\"` to it",
    ),
    (
        ".gitattributes",
        include_str!("../../templates/gitattributes"),
        "`generated-client/** linguist-generated` folds a client in reviews, `**/.generated-files merge=union` merges two branches",
    ),
    (".gitignore", "/target\n", "it should name /target"),
];

const MANIFEST: &str = "Cargo.toml";

/// Everything but the manifest of the workspace and what belongs to a collection.
pub(super) fn files(
    root: &Path,
    generator: &Generator,
) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files: BTreeMap<String, Vec<u8>> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_owned())).collect();
    let mut manifest: DocumentMut = include_str!("../../templates/xtask.toml").parse()?;
    let dependency = generator.dependency(&root.join("xtask"))?;
    set(manifest.get_mut("dependencies"), "xtask", dependency);
    files.insert("xtask/Cargo.toml".to_owned(), manifest.to_string().into_bytes());
    let missing = OPTIONAL.iter().filter(|(path, ..)| !root.join(path).exists());
    files.extend(missing.map(|(path, text, _)| ((*path).to_owned(), text.as_bytes().to_owned())));
    Ok(files)
}

/// What is there already and stays as it is, and what a person has to see to: a line each.
pub(super) fn kept(root: &Path) -> Vec<String> {
    let there = OPTIONAL.iter().filter(|(path, ..)| root.join(path).exists());
    there.map(|(path, _, todo)| format!("left {path} as it is: {todo}")).collect()
}

/// The overlay: examples in comments, and the package's name, which stays when the collection's title changes.
pub(super) fn overlay(name: &str) -> String {
    let template = include_str!("../../templates/overlay.toml");
    format!("{template}name = {}\nversion = \"0.1.0\"\n", Value::from(name))
}

fn set(table: Option<&mut Item>, key: &str, to: Value) {
    if let Some(table) = table.and_then(Item::as_table_like_mut) {
        table.insert(key, value(to));
    }
}

/// Adds `members` to the manifest of the workspace, which is new or was there.
pub(super) fn members(root: &Path, members: &[&str], plan: &mut Plan) -> anyhow::Result<()> {
    let path = root.join(MANIFEST);
    let is_new = !path.exists();
    let text = if is_new {
        include_str!("../../templates/workspace.toml").to_owned()
    } else {
        let cannot = || format!("cannot read {}", path.display());
        std::fs::read_to_string(&path).with_context(cannot)?
    };
    let mut manifest: DocumentMut =
        text.parse().with_context(|| format!("{} is not TOML", path.display()))?;
    let list = manifest.get_mut("workspace").and_then(|it| it.get_mut("members"));
    let Some(list) = list.and_then(Item::as_array_mut) else {
        bail!(
            "{} has no list `members` in [workspace] to add the client to; nothing was written",
            path.display()
        );
    };
    for member in members {
        if !list.iter().any(|it| it.as_str() == Some(member)) {
            list.push(*member);
        }
    }
    let text = manifest.to_string();
    if is_new {
        plan.new.insert(MANIFEST.to_owned(), text.into_bytes());
    } else {
        plan.changed.0.insert(MANIFEST.to_owned(), text);
    }
    Ok(())
}
