//! A scratch workspace of clients and their drivers, as files: what `cargo` needs to build many of them at the price of one set of dependencies.
//!
//! Pure: whoever writes and builds it decides where.

use super::driver::{Driver, RECORD};
use crate::output::FileTree;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A client of the workspace.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Its folder's name, unique in the workspace: letters, digits, `_`, `-`.
    pub id: &'a str,
    /// Its package name, unique in the workspace.
    pub package: &'a str,
    /// Where its sources are.
    pub client: Client<'a>,
    /// Its driver, where one is wanted.
    pub driver: Option<&'a Driver>,
}

/// Where a client's sources are.
#[derive(Clone, Copy, Debug)]
pub enum Client<'a> {
    /// They are written into the workspace.
    Emitted(&'a FileTree),
    /// They lie in this folder.
    At(&'a str),
}

/// Name of the package whose program runs the drivers.
pub const RUNNER: &str = "wire-runner";

/// The package name of a member's driver.
#[must_use]
pub fn driver_package(id: &str) -> String {
    format!("wire-driver-{id}")
}

/// The files of a workspace with all `members`; the runner's program runs the drivers of those in `run`.
#[must_use]
pub fn workspace(members: &[Member<'_>], run: &[&str]) -> FileTree {
    let mut files = BTreeMap::new();
    let mut listed = Vec::new();
    for member in members {
        if let Client::Emitted(tree) = member.client {
            let folder = format!("clients/{}", member.id);
            let own = tree.0.iter().map(|(path, text)| (format!("{folder}/{path}"), text.clone()));
            files.extend(own);
            listed.push(folder);
        }
        if let Some(driver) = member.driver {
            let folder = format!("drivers/{}", member.id);
            files.insert(format!("{folder}/Cargo.toml"), driver_manifest(member));
            files.insert(format!("{folder}/src/lib.rs"), DRIVER.to_owned());
            files.insert(format!("{folder}/src/record.rs"), RECORD.to_owned());
            files.insert(format!("{folder}/src/calls.rs"), driver.calls.clone());
            listed.push(folder);
        }
    }
    if !run.is_empty() {
        files.insert("runner/Cargo.toml".to_owned(), runner_manifest(run));
        files.insert("runner/src/main.rs".to_owned(), runner(run));
        listed.push("runner".to_owned());
    }
    files.insert("Cargo.toml".to_owned(), root_manifest(&listed));
    FileTree(files)
}

const DRIVER: &str = "\
#![allow(dead_code, unused_imports, reason = \"no driver needs all of the recorder\")]

mod calls;
mod record;

use record::{Label, Recorder, no_signature};

pub fn run() {
    calls::run(&Recorder::new());
}
";

fn root_manifest(members: &[String]) -> String {
    let members: Vec<_> = members.iter().map(|member| format!("{member:?}")).collect();
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
        members.join(", ")
    )
}

fn driver_manifest(member: &Member<'_>) -> String {
    let path = match member.client {
        Client::Emitted(_) => format!("../../clients/{}", member.id),
        Client::At(path) => path.to_owned(),
    };
    format!(
        "{}\n[dependencies]\nclient = {{ package = {:?}, path = {path:?} }}\nserde = \"1\"\nserde_json = {{ version = \"1\", features = [\"float_roundtrip\"] }}\ntokio = {{ version = \"1\", features = [\"net\", \"rt\", \"time\"] }}\n",
        package(&driver_package(member.id)),
        member.package,
    )
}

fn runner_manifest(run: &[&str]) -> String {
    let mut text = format!("{}\n[dependencies]\n", package(RUNNER));
    for id in run {
        let _ = writeln!(text, "{} = {{ path = \"../drivers/{id}\" }}", driver_package(id));
    }
    text
}

fn package(name: &str) -> String {
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n"
    )
}

/// Runs one driver or all, each after a line with its name.
fn runner(run: &[&str]) -> String {
    let mut text = "fn main() {\n".to_owned();
    for id in run {
        let krate = driver_package(id).replace('-', "_");
        let _ = writeln!(text, "    println!(\"# {id}\");\n    {krate}::run();");
    }
    text + "}\n"
}

/// The output of the runner, cut into that of its drivers.
#[must_use]
pub fn outputs(text: &str) -> BTreeMap<&str, &str> {
    let mut parts = BTreeMap::new();
    for part in text.split("\n# ").flat_map(|part| part.strip_prefix("# ").or(Some(part))) {
        let (id, lines) = part.split_once('\n').unwrap_or((part, ""));
        parts.insert(id, lines);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_members_client_driver_and_runner() {
        let driver = Driver { calls: "pub fn run(_: &Recorder) {}".into(), count: 0 };
        let client = FileTree([("src/lib.rs".to_owned(), String::new())].into());
        let member = Member {
            id: "a",
            package: "bakery",
            client: Client::Emitted(&client),
            driver: Some(&driver),
        };
        let tree = workspace(&[member], &["a"]);
        let paths: Vec<_> = tree.0.keys().map(String::as_str).collect();
        assert_eq!(
            paths,
            [
                "Cargo.toml",
                "clients/a/src/lib.rs",
                "drivers/a/Cargo.toml",
                "drivers/a/src/calls.rs",
                "drivers/a/src/lib.rs",
                "drivers/a/src/record.rs",
                "runner/Cargo.toml",
                "runner/src/main.rs"
            ]
        );
        assert!(tree.0["drivers/a/Cargo.toml"].contains(r#"path = "../../clients/a""#));
    }

    #[test]
    fn outputs_are_cut_at_their_names() {
        let parts = outputs("# a\n{1}\n{2}\n# b\n# c\n{3}\n");
        assert_eq!(parts["a"], "{1}\n{2}");
        assert_eq!(parts["b"], "");
        assert_eq!(parts["c"], "{3}\n");
    }
}
