//! Walls of the house that a compiler does not hold: who imports whom, how long a file is, what stands nowhere.

use crate::circles::code;
use integration_tests::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Stages below everything: any module may import them.
const BELOW_ALL: &[&str] = &[
    "origin",
    "bundle",
    "credential",
    "hash",
    "percent",
    "diagnostic",
    "template",
    "placeholder",
    "secret",
    "docs",
    "json",
    "visible",
    "yaml",
];

/// Module -> what it may import beyond those below all; the table of `codegen/ARCHITECTURE.md`.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("origin", &[]),
    ("diagnostic", &[]),
    ("template", &[]),
    ("placeholder", &[]),
    ("secret", &[]),
    ("credential", &[]),
    ("docs", &[]),
    ("hash", &[]),
    ("percent", &[]),
    ("json", &[]),
    ("bundle", &[]),
    ("visible", &[]),
    ("yaml", &[]),
    ("postman", &[]),
    ("draft", &[]),
    ("lower", &["postman", "draft"]),
    ("api", &[]),
    ("evidence", &["api"]),
    ("infer", &["draft", "api", "evidence", "overlay"]),
    ("learn", &["evidence", "infer", "api"]),
    ("overlay", &["api"]),
    ("name", &["api", "overlay"]),
    ("emit", &["api", "name"]),
    ("format", &["emit", "output"]),
    ("output", &[]),
    ("wire", &["postman", "draft", "lower", "api", "name", "emit", "output"]),
    ("replay", &["api", "name", "learn"]),
    ("explain", &["draft", "api", "evidence", "infer", "overlay", "name", "output"]),
    ("suggest", &["draft", "api", "overlay"]),
    (
        "pipeline",
        &[
            "postman", "draft", "lower", "api", "evidence", "infer", "overlay", "name", "emit",
            "format", "output",
        ],
    ),
    ("questions", &["explain", "infer", "pipeline", "postman", "suggest", "summary"]),
    ("diff", &["api", "name", "emit"]),
    ("review", &["diff", "infer", "output", "pipeline"]),
    ("summary", &["draft", "api", "lower"]),
];

/// All hand-written files of the workspace, as paths below it.
fn files() -> Vec<String> {
    let (root, mut found) = (root(), Vec::new());
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let below = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                folders.extend((!is_apart(&below)).then_some(path));
            } else {
                found.push(below);
            }
        }
    }
    found.sort();
    found
}

/// Folders whose files nobody here wrote by hand.
fn is_apart(folder: &str) -> bool {
    let name = folder.rsplit('/').next().unwrap_or_default();
    matches!(name, "target" | ".git" | "expected") || folder == "generated-client"
}

fn rust() -> Vec<(String, String)> {
    let rust = files().into_iter().filter(|path| path.ends_with(".rs"));
    rust.map(|path| (text(&path), path)).map(|(text, path)| (path, text)).collect()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// First segments of all paths that begin with `crate::`.
fn imports(code: &str) -> BTreeSet<String> {
    let segment = |path: &str| {
        let end = path.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(path.len());
        path[..end].to_owned()
    };
    let mut found = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => drop(found.insert(segment(after))),
            Some(list) => {
                let (mut depth, mut start) = (1, 0);
                for (at, c) in list.char_indices() {
                    depth += match c {
                        '{' => 1,
                        '}' => -1,
                        _ => 0,
                    };
                    if depth == 0 || (depth == 1 && c == ',') {
                        found.insert(segment(list[start..at].trim()));
                        start = at + 1;
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    found.retain(|name| name.starts_with(char::is_lowercase));
    found
}

#[test]
fn imports_are_read_from_every_spelling() {
    let code = "use crate::a::{B, c::D};\nuse crate::{\n    e::{f, g},\n    h,\n};\nlet x = crate::i::J;\nuse crate::K;";
    assert_eq!(imports(code), ["a", "e", "h", "i"].map(String::from).into());
}

#[test]
fn each_module_imports_what_it_may() {
    let mut broken = Vec::new();
    for (path, text) in rust() {
        let Some(inner) = path.strip_prefix("codegen/src/") else { continue };
        let module = inner.split(['/', '.']).next().unwrap();
        if module == "lib" {
            continue;
        }
        let row = MAY_IMPORT.iter().find(|(name, _)| *name == module);
        let Some((_, may)) = row else {
            broken.push(format!("{path}: `{module}` is not in the table"));
            continue;
        };
        for import in imports(&code(&text)) {
            if import != module && !BELOW_ALL.contains(&&*import) && !may.contains(&&*import) {
                broken.push(format!("{path}: `{module}` may not import `{import}`"));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn the_table_is_the_one_that_people_read() {
    let architecture = text("codegen/ARCHITECTURE.md");
    let names = |cell: &str| -> Vec<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let printed: Vec<_> = architecture
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split('|').collect::<Vec<_>>())
        .map(|cells| (names(cells[1]).concat(), names(cells[2])))
        .collect();
    let held: Vec<_> = MAY_IMPORT
        .iter()
        .filter(|(module, _)| !BELOW_ALL.contains(module))
        .map(|(module, may)| ((*module).to_owned(), may.iter().map(ToString::to_string).collect()))
        .collect();
    assert_eq!(printed, held);
}

/// Code without what stands between quotes on one line: emitted programs may read what the library may not.
fn without_texts(code: &str) -> String {
    let kept = |line: &str| -> String {
        line.replace("\\\"", "").split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
    };
    code.lines().map(kept).collect::<Vec<_>>().join("\n")
}

#[test]
fn texts_are_no_code() {
    let line = r#"let name = f("std::env::var(\"A\")", std::env::var("B"));"#;
    assert_eq!(without_texts(line), r#"let name = f("", std::env::var(""));"#);
}

#[test]
fn the_library_is_a_pure_function_of_texts() {
    let impure = ["HashMap", "HashSet", "std::env", "std::net", "std::time", "std::process"];
    let mut broken = Vec::new();
    for (path, text) in rust() {
        let is_disk = path.starts_with("codegen/src/output/disk");
        let is_test = path.contains("/tests/");
        if !path.starts_with("codegen/src/") || is_disk || is_test {
            continue;
        }
        let code = without_texts(&code(&text));
        for word in impure.iter().chain(&["std::fs"]).filter(|word| code.contains(**word)) {
            broken.push(format!("{path}: {word}"));
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut broken = Vec::new();
    for (path, text) in rust() {
        let lines = text.lines().count();
        if lines > 400 {
            broken.push(format!("{path}: {lines} lines, of 400"));
        }
        if !text.starts_with("//! ") && !path.starts_with("tests/compile-fail/") {
            broken.push(format!("{path}: does not begin with `//!`"));
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn files_are_named_after_their_topic() {
    let vague = ["mod", "util", "utils", "helpers", "common", "misc", "data", "tmp", "info"];
    let stem = |path: &String| Path::new(path).file_stem().unwrap().to_str().unwrap().to_owned();
    let broken: Vec<_> = rust()
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| vague.contains(&&*stem(path)))
        .collect();
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn nothing_is_put_off_or_allowed_without_a_reason() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("#[ig", "nore")];
    let mut broken = Vec::new();
    for (path, text) in rust() {
        for (number, line) in text.lines().enumerate() {
            let lenient =
                line.contains(concat!("#[al", "low(")) || line.contains(concat!("#[exp", "ect("));
            let reasoned = line.contains("reason = \"") || !line.contains(")]");
            if marks.iter().any(|mark| line.contains(mark)) || (lenient && !reasoned) {
                broken.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn dependencies_come_from_one_place() {
    let lock = text("Cargo.lock");
    let sources: BTreeSet<_> = lock.lines().filter(|line| line.starts_with("source")).collect();
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert!(sources.iter().all(|source| source.starts_with("source = \"registry+")), "{sources:?}");
}

#[test]
fn the_client_and_its_generator_stand_alone() {
    let client = text("generated-client/Cargo.toml");
    let client: Vec<_> = client.lines().filter(|line| !line.starts_with('#')).collect();
    let client = client.join("\n");
    for word in ["postman-codegen", "xtask", "client-runtime", "workspace = true", "path = \"../"] {
        assert!(!client.contains(word), "generated-client/Cargo.toml: {word}");
    }
    for path in ["codegen/Cargo.toml", "xtask/Cargo.toml"] {
        assert!(!text(path).contains("generated-client"), "{path}");
    }
}

#[test]
fn paragraphs_that_the_code_names_exist() {
    let (rules, mut named) = (text("codegen/POSTMAN.md"), 0);
    for (path, text) in rust() {
        for after in text.split("POSTMAN.md §").skip(1) {
            let number: String = after.chars().take_while(char::is_ascii_digit).collect();
            named += usize::from(!number.is_empty());
            assert!(
                number.is_empty() || rules.contains(&format!("## §{number} ")),
                "{path}: §{number}"
            );
        }
    }
    assert!(named > 10, "{named}");
}
