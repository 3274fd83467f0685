//! Golden cases: one feature each, its whole crate beside it, compiled, and compared with what Postman sends.
//!
//! `UPDATE_EXPECT=1` writes the expected trees again. The runtime's sources are left out of them: they are the same in every crate, and the gate holds them equal to their originals.

use crate::scratch_workspace::Scratch;
use integration_tests::root;
use postman_codegen::diagnostic::Extent;
use postman_codegen::output::FileTree;
use postman_codegen::output::disk::{self, Edits};
use postman_codegen::wire::scratch::{Client, Member, outputs, workspace};
use postman_codegen::wire::{
    By, Driver, DriverInput, Vars, compare, driver, is_first_format, read_lines,
};
use postman_codegen::{Generated, Input, generate};
use std::fs;
use std::path::PathBuf;

struct Case {
    name: String,
    folder: PathBuf,
    spec: String,
    generated: Generated,
}

fn cases() -> Vec<Case> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("tests/golden"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("collection.json").exists())
        .collect();
    folders.sort();
    folders.into_iter().map(case).collect()
}

fn case(folder: PathBuf) -> Case {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let spec = fs::read_to_string(folder.join("collection.json")).unwrap();
    let overlay = fs::read_to_string(folder.join("overlay.toml")).ok();
    let lock = fs::read_to_string(folder.join("names.lock")).ok();
    let input = Input {
        spec_name: "collection.json",
        spec: &spec,
        overlay: overlay.as_deref(),
        lock: lock.as_deref(),
        ..Input::default()
    };
    let generated = generate(&input).unwrap_or_else(|found| panic!("{name}: {found:#?}"));
    Case { name, folder, spec, generated }
}

fn without_runtime(files: &FileTree) -> FileTree {
    let own = files.0.iter().filter(|(path, _)| !path.starts_with("src/runtime"));
    FileTree(own.map(|(path, text)| (path.clone(), text.clone())).collect())
}

#[test]
fn expected_trees() {
    let mut stale = String::new();
    for case in cases() {
        let folder = case.folder.join("expected");
        let files = without_runtime(&case.generated.files);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            disk::sync(&folder, &files, Edits::Overwrite).unwrap();
            continue;
        }
        let drift = disk::check(&folder, &files, Edits::Overwrite).unwrap();
        if !drift.is_empty() {
            let command = "UPDATE_EXPECT=1 cargo test -p integration-tests golden";
            stale += &drift.report(
                &format!("tests/golden/{}/expected", case.name),
                command,
                Extent::Whole,
            );
        }
    }
    assert!(stale.is_empty(), "{stale}");
}

#[test]
fn expected_trees_compile_and_send_what_postman_sends() {
    let cases = cases();
    let drivers: Vec<Driver> = cases.iter().map(driven).collect();
    let members: Vec<Member<'_>> = cases
        .iter()
        .zip(&drivers)
        .map(|(case, driver)| Member {
            id: &case.name,
            package: &case.generated.names.package,
            client: Client::Emitted(&case.generated.files),
            driver: Some(driver),
        })
        .collect();
    let all: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    let scratch = Scratch::new(&root(), "golden", None).unwrap();
    scratch.write(&workspace(&members, &all)).unwrap();
    let complaints = scratch.cargo(&["build", "--workspace"]).unwrap();
    let complaints: Vec<_> = complaints.values().flatten().map(String::as_str).collect();
    assert!(complaints.is_empty(), "{}", complaints.concat());
    let printed = scratch.run(None).unwrap();
    let printed = outputs(&printed);
    let (mut equal, mut all, mut wrong) = (0, 0, String::new());
    for case in &cases {
        let truth = fs::read_to_string(case.folder.join("wire.jsonl")).unwrap();
        let truth = read_lines(&truth).unwrap();
        let ours = read_lines(printed[case.name.as_str()]).unwrap();
        let by = if is_first_format(&case.spec) { By::Index } else { By::Pointer };
        let found = compare(&ours, &truth, by);
        equal += found.equal;
        all += found.compared();
        let expected = differing(&case.folder);
        let rules: Vec<String> =
            found.differing.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        if !found.wrong.is_empty() || rules != expected {
            wrong += &format!("{}: {:#?} {rules:?}\n", case.name, found.wrong);
        }
    }
    println!("golden wire lines: {equal}/{all} equal, the rest by the rules named in their cases");
    assert!(wrong.is_empty(), "{wrong}");
    assert!(all > 0);
}

#[test]
fn programs_of_expected_trees_compile() {
    let cases = cases();
    let members: Vec<Member<'_>> = cases
        .iter()
        .map(|case| Member {
            id: &case.name,
            package: &case.generated.names.package,
            client: Client::Emitted(&case.generated.files),
            driver: None,
        })
        .collect();
    let scratch = Scratch::new(&root(), "programs", None).unwrap();
    scratch.write(&workspace(&members, &[])).unwrap();
    let features: Vec<String> =
        members.iter().map(|member| format!("{}/test_util", member.package)).collect();
    let features = features.join(",");
    let words = ["check", "--workspace", "--examples", "--features", &features];
    let complaints = scratch.cargo(&words).unwrap();
    let complaints: Vec<_> = complaints.values().flatten().map(String::as_str).collect();
    assert!(complaints.is_empty(), "{}", complaints.concat());
}

/// The rules by which a case's lines differ on purpose, with their counts.
fn differing(folder: &std::path::Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("differing")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn driven(case: &Case) -> Driver {
    let vars = fs::read_to_string(case.folder.join("vars.json")).unwrap();
    let Generated { api, names, .. } = &case.generated;
    driver(&DriverInput { spec: &case.spec, api, names }, &Vars::read(&vars).unwrap()).unwrap()
}
