//! rustc on one crate at a time, which only checks it: cargo builds the dependencies once, and says where they lie.

use integration_tests::{bakery, root};
use postman_codegen::output::FileTree;
use postman_codegen::output::disk::{self, Edits};
use postman_codegen::{Input, generate};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The compiler, with the dependencies of every client.
pub(super) struct Rustc {
    folder: PathBuf,
    /// `--extern name=file` for each direct dependency, and where theirs lie.
    flags: Vec<String>,
}

/// A client's metadata.
pub(super) struct Compiled {
    root: String,
    folder: PathBuf,
    file: PathBuf,
}

/// What the compiler says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    Warning(String),
    Error(String),
}

impl Rustc {
    /// Builds the dependencies of any client.
    pub(super) fn new() -> Self {
        let folder = root().join("target/compiled");
        let client = folder.join("dependencies");
        let spec = bakery();
        let input = Input { spec_name: "bakery.json", spec: &spec, ..Input::default() };
        write(&client, &generate(&input).unwrap().files);
        std::fs::copy(root().join("Cargo.lock"), client.join("Cargo.lock")).unwrap();
        let manifest = std::fs::read_to_string(client.join("Cargo.toml")).unwrap();
        // A workspace of its own: the folder lies in ours.
        std::fs::write(client.join("Cargo.toml"), format!("{manifest}\n[workspace]\n")).unwrap();
        let flags = externs(&manifest, &built(&folder, &client));
        Self { folder, flags }
    }

    /// Compiles the client called `name` with `features`.
    pub(super) fn client(
        &self,
        id: &str,
        name: &str,
        files: &FileTree,
        features: &BTreeSet<String>,
    ) -> Compiled {
        let folder = self.folder.join(id);
        write(&folder, files);
        let file = folder.join(format!("lib{name}.rmeta"));
        let mut words = self.words(name, &file);
        words.extend(features.iter().map(|it| format!("--cfg=feature={it:?}")));
        words.extend(["--cap-lints=allow".to_owned(), "src/lib.rs".to_owned()]);
        let said = run(&folder, &words);
        assert_eq!(said, Said::Nothing, "{id}");
        Compiled { root: name.to_owned(), folder, file }
    }

    /// Compiles a caller of a client.
    pub(super) fn caller(&self, text: &str, client: &Compiled) -> Said {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("caller{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let file = client.folder.join(format!("{name}.rs"));
        std::fs::write(&file, text).unwrap();
        let mut words = self.words(&name, &file.with_extension("rmeta"));
        words.push(format!("--extern={}={}", client.root, client.file.display()));
        words.push(file.display().to_string());
        run(&client.folder, &words)
    }

    fn words(&self, name: &str, file: &Path) -> Vec<String> {
        let mut words = vec![
            "--crate-type=lib".to_owned(),
            format!("--crate-name={name}"),
            "--edition=2024".to_owned(),
            "--emit=metadata".to_owned(),
            "--error-format=short".to_owned(),
            format!("-o{}", file.display()),
        ];
        words.extend(self.flags.iter().cloned());
        words
    }
}

fn write(folder: &Path, files: &FileTree) {
    std::fs::create_dir_all(folder).unwrap();
    disk::sync(folder, files, Edits::Overwrite).unwrap();
}

/// Has cargo check a client, and returns what it said in JSON.
fn built(folder: &Path, client: &Path) -> String {
    let words = ["check", "--no-default-features", "--message-format=json", "--config"];
    let output = Command::new(env!("CARGO"))
        .args(words)
        .arg("profile.dev.debug=false")
        .current_dir(client)
        .env("CARGO_TARGET_DIR", folder.join("build"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The flags for the dependencies that a manifest always has.
fn externs(manifest: &str, said: &str) -> Vec<String> {
    let (_, dependencies) = manifest.split_once("[dependencies]").unwrap();
    let (dependencies, _) = dependencies.split_once("\n\n").unwrap();
    let needed = dependencies.lines().filter(|line| !line.contains("optional = true"));
    let needed: BTreeSet<String> =
        needed.filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_"))).collect();
    let mut flags = Vec::new();
    for line in said.lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = message["target"]["name"].as_str().unwrap_or_default().replace('-', "_");
        if message["reason"] != "compiler-artifact" || !needed.contains(&name) {
            continue;
        }
        let file = message["filenames"][0].as_str().unwrap();
        let folder = Path::new(file).parent().unwrap().display();
        flags.push(format!("--extern={name}={file}"));
        flags.push(format!("-Ldependency={folder}"));
    }
    flags
}

fn run(folder: &Path, words: &[String]) -> Said {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(words).current_dir(folder).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.success() {
        false => Said::Error(text.lines().take(3).collect::<Vec<_>>().join("\n")),
        true if text.is_empty() => Said::Nothing,
        true => Said::Warning(text),
    }
}
