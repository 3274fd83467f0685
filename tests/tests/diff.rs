//! `cargo xtask diff` as a process: which editions it finds, what it prints of them, and its exit codes.

use crate::xtask;
use expect_test::expect;
use integration_tests::{Finished, Scratch, bakery};
use serde_json::{Value, json};
use std::process::Command;

/// The bakery, whose orders have one more field.
pub(crate) fn with_a_field() -> String {
    bakery().replace(r#"\"count\": 0"#, r#"\"count\": 0, \"gift\": true"#)
}

/// A workspace with `old` committed as its collection, and `new` in its place since.
pub(crate) fn repository(old: &str, new: &str) -> Scratch {
    let scratch = Scratch::workspace(old).unwrap();
    scratch.write("spec/overlay.toml", "").unwrap();
    git(&scratch, &["init", "--quiet"]);
    git(&scratch, &["symbolic-ref", "HEAD", "refs/heads/main"]);
    git(&scratch, &["add", "."]);
    git(&scratch, &["commit", "--quiet", "--message", "A spec"]);
    scratch.write("spec/bakery.postman_collection.json", new).unwrap();
    scratch
}

/// Runs git with nothing of this machine's configuration.
pub(crate) fn git(scratch: &Scratch, words: &[&str]) {
    let who = [
        "-c",
        "user.name=A Tester",
        "-c",
        "user.email=tester@example.org",
        "-c",
        "commit.gpgsign=false",
    ];
    let mut command = Command::new("git");
    command.args(who).args(words).current_dir(scratch.path());
    let nothing = if cfg!(windows) { "NUL" } else { "/dev/null" };
    command.env("GIT_CONFIG_GLOBAL", nothing).env("GIT_CONFIG_SYSTEM", nothing);
    let done = command.output().unwrap();
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
}

pub(crate) fn diff(scratch: &Scratch, words: &[&str]) -> Finished {
    xtask(scratch.path(), &[&["diff"], words].concat())
}

#[test]
fn a_revision_beside_the_working_tree() {
    let scratch = repository(&bakery(), &with_a_field());
    let before = scratch.files("").unwrap();
    let told = diff(&scratch, &["HEAD"]);
    expect![[r#"
        HEAD -> the working tree
        1 additive; a patch step: 0.1.0 -> 0.1.1

        additive[field-added]: The field `gift` is new
          orders::CreateOrder::gift    (POST /api/orders body.gift)
          wire additive, source additive, request, by the collection
          old HEAD:spec/bakery.postman_collection.json:95:5
          new spec/bakery.postman_collection.json:95:5
    "#]]
    .assert_eq(&told.out);
    assert_eq!((told.code, told.err.as_str()), (Some(0), ""));
    assert_eq!(scratch.files("").unwrap(), before, "no checkout is touched");
}

#[test]
fn a_field_has_the_key_that_the_overlay_knows_it_by() {
    let collection = |body: &str| {
        let response = json!({"name": "ok", "code": 200, "body": body});
        let request = json!({"method": "GET", "url": "https://sea.test/boats/:id"});
        let item = json!({"name": "Get a boat", "request": request, "response": [response]});
        let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
        json!({"info": {"name": "Sea", "schema": schema}, "item": [item]}).to_string()
    };
    let scratch = Scratch::workspace(&collection(r#"{"id": 1}"#)).unwrap();
    scratch.write("new.json", collection(r#"{"id": 1, "name": "x", "a.b": 2}"#)).unwrap();
    let told = diff(&scratch, &["spec/bakery.postman_collection.json", "new.json"]).out;
    for key in ["(/boats .name)", r#"(/boats ."a.b")"#] {
        assert!(told.contains(key), "{key}: {told}");
    }
}

#[test]
fn descriptions_are_counted_or_told_and_quiet_is_quiet() {
    let told = bakery().replacen(
        "\"name\": \"Create an order\",",
        "\"name\": \"Create an order\", \"description\": \"Said anew.\",",
        1,
    );
    let scratch = repository(&bakery(), &told);
    let brief = diff(&scratch, &["HEAD"]);
    assert!(brief.out.ends_with("\nDescriptions changed in 1 place.\n"), "{brief:?}");
    let all = diff(&scratch, &["HEAD", "-v"]);
    assert!(all.out.contains("none[docs-changed]: What is said of `orders()"), "{all:?}");
    assert!(!all.out.contains("Descriptions changed in"), "{all:?}");
    let quiet = diff(&scratch, &["HEAD", "-q", "--fail-on", "any"]);
    assert_eq!((quiet.code, quiet.out.as_str()), (Some(1), ""));
}

#[test]
fn two_revisions_read_no_working_tree() {
    let scratch = repository(&bakery(), &with_a_field());
    git(&scratch, &["commit", "--quiet", "--all", "--message", "A field"]);
    scratch.write("spec/bakery.postman_collection.json", "broken").unwrap();
    let told = diff(&scratch, &["main~1", "main"]);
    assert!(told.out.starts_with("main~1 -> main\n1 additive;"), "{told:?}");
    let back = diff(&scratch, &["main", "main~1"]);
    assert!(back.out.contains("breaking[field-removed]: The field `gift` is gone"), "{back:?}");
    assert_eq!((told.code, back.code), (Some(0), Some(0)));
}

#[test]
fn folders_and_collections() {
    let scratch = repository(&bakery(), &with_a_field());
    scratch.write("old/a.json", bakery()).unwrap();
    scratch.write("old/overlay.toml", "[client]\nname = \"bread\"\n").unwrap();
    let folder = diff(&scratch, &["old", "spec"]);
    assert!(folder.out.contains("[package-renamed]: The package `bread` is now"), "{folder:?}");
    assert!(folder.out.contains("source breaking, by the overlay"), "{folder:?}");
    assert!(folder.out.contains("source additive, request, by the collection"), "{folder:?}");
    let file = diff(&scratch, &["old/a.json", "spec/bakery.postman_collection.json"]);
    assert!(file.out.contains("1 additive;"), "{file:?}");
    let same = diff(&scratch, &["old/a.json", "old/a.json", "--fail-on", "any"]);
    assert_eq!(same.out, "old/a.json -> old/a.json\nno changes\n");
    assert_eq!(same.code, Some(0));
}

#[test]
fn a_collection_of_files_in_a_revision() {
    let scratch = Scratch::new().unwrap();
    scratch.write("xtask/Cargo.toml", "").unwrap();
    let definition = "$kind: collection\nname: Bakery\n";
    scratch.write("spec/bread/.resources/definition.yaml", definition).unwrap();
    let request =
        "$kind: http-request\nname: List loaves\nmethod: GET\nurl: https://bakery.example/loaves\n";
    scratch.write("spec/bread/list.request.yaml", request).unwrap();
    git(&scratch, &["init", "--quiet"]);
    git(&scratch, &["add", "."]);
    git(&scratch, &["commit", "--quiet", "--message", "A spec"]);
    scratch.write("spec/bread/list.request.yaml", request.replace("GET", "POST")).unwrap();
    let told = diff(&scratch, &["HEAD"]);
    assert!(told.out.contains("[method-changed]: The method `GET` is now `POST`"), "{told:?}");
    assert!(told.out.contains("old HEAD:spec/bread/list.request.yaml:1:1"), "{told:?}");
}

#[test]
fn a_version_that_hides_a_change_is_drift() {
    let scratch = repository(&with_a_field(), &bakery());
    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    let check = |words: &[&str]| xtask(scratch.path(), &[&["codegen", "--check"], words].concat());
    assert_eq!(check(&[]).code, Some(0));
    let hidden = check(&["--against", "HEAD", "--report", "report.json"]);
    assert_eq!(hidden.code, Some(1), "{hidden:?}");
    let said = "error: version 0.1.0 of bakery hides changes that are breaking: set `version = \"0.2.0\"` or more in [client] of its overlay\n";
    assert_eq!(hidden.err, said);
    let report = std::fs::read_to_string(scratch.join("report.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    let version = json!({
        "package": "bakery", "version": "0.1.0", "needs": "0.2.0",
        "verdict": "breaking", "outcome": "drift",
    });
    assert_eq!((&report["outcome"], &report["versions"]), (&json!("drift"), &json!([version])));
    for (version, code) in [("0.1.1", 1), ("0.2.0", 0), ("0.10.0", 0), ("1.0.0-beta.1", 0)] {
        scratch.write("spec/overlay.toml", format!("[client]\nversion = \"{version}\"\n")).unwrap();
        assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
        assert_eq!(check(&["--against", "HEAD"]).code, Some(code), "{version}");
    }
    assert_eq!(check(&["--against", "nothing"]).code, Some(2));
    assert_eq!(xtask(scratch.path(), &["codegen", "--against", "HEAD"]).code, Some(2));
}

#[test]
fn the_verdict_that_fails() {
    let scratch = repository(&bakery(), &with_a_field());
    let code = |words: &[&str]| diff(&scratch, words).code;
    assert_eq!(code(&["HEAD", "--fail-on", "breaking"]), Some(0));
    assert_eq!(code(&["HEAD", "--fail-on", "additive"]), Some(1));
    assert_eq!(code(&["HEAD", "--fail-on", "any"]), Some(1));
    assert_eq!(code(&["spec", "HEAD", "--fail-on", "breaking"]), Some(1));
}

#[test]
fn what_cannot_be_read_is_not_without_changes() {
    let scratch = repository(&bakery(), "{");
    scratch.write("good.json", bakery()).unwrap();
    scratch.write("two/a.json", bakery()).unwrap();
    scratch.write("two/b.json", bakery()).unwrap();
    for (words, message) in [
        (&["good.json"][..], "error[postman::syntax]: not JSON: "),
        (&["spec", "good.json"], "error: spec cannot be read, so nothing was compared"),
        (&["good.json", "spec"], "error: spec cannot be read, so nothing was compared"),
        (&["nowhere"], "error: nowhere: neither a path that exists nor a git revision"),
        (&["good.json", "--help-me"], "error: invalid option '--help-me'"),
        (&["good.json", "good.json", "good.json"], "error: unexpected argument"),
        (&["two", "good.json"], "error: two: several collections: two/a.json, two/b.json"),
        (&["xtask", "good.json"], "error: xtask: there is no collection in xtask/, neither"),
        (&[], "error: an edition is missing"),
        (&["good.json", "--format", "xml"], "the formats are text, markdown and json"),
    ] {
        let failed = diff(&scratch, words);
        assert_eq!((failed.code, failed.out.as_str()), (Some(2), ""), "{words:?}: {}", failed.err);
        assert!(failed.err.contains(message), "{words:?}: {}", failed.err);
    }
}

#[test]
fn a_revision_without_a_collection() {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    git(&scratch, &["init", "--quiet"]);
    git(&scratch, &["add", "xtask"]);
    git(&scratch, &["commit", "--quiet", "--message", "Nothing"]);
    let failed = diff(&scratch, &["HEAD"]);
    expect![[r#"
        error: HEAD: there is no collection in spec/, neither *.json nor a folder of YAML; name one with --spec FILE
    "#]]
    .assert_eq(&failed.err);
    assert_eq!(failed.code, Some(2));
}

#[test]
fn a_generator_that_changed_is_a_note() {
    let scratch = repository(&bakery(), &bakery());
    let written = xtask(scratch.path(), &["codegen"]);
    assert_eq!(written.code, Some(0), "{}", written.err);
    git(&scratch, &["add", "."]);
    git(&scratch, &["commit", "--quiet", "--message", "A client"]);
    assert_eq!(diff(&scratch, &["HEAD"]).out, "HEAD -> the working tree\nno changes\n");
    let list = scratch.files("generated-client").unwrap();
    let list = String::from_utf8(list[".generated-files"].clone()).unwrap();
    let older = list.replacen("API.md ", "API.md 0000000000000000\n# ", 1);
    scratch.write("generated-client/.generated-files", older).unwrap();
    git(&scratch, &["commit", "--quiet", "--all", "--message", "An older client"]);
    let told = diff(&scratch, &["HEAD"]);
    assert!(told.out.contains("note: Of the "), "{told:?}");
    assert!(told.out.contains(" 1 are not what was written then"), "{told:?}");
}

/// A workspace with two collections: the bakery, and in `spec/oven` a bakery with another title.
fn two(old: &str) -> Scratch {
    let scratch = repository(&bakery(), &bakery());
    scratch.write("spec/oven/oven.json", old).unwrap();
    scratch.write("spec/oven/overlay.toml", "[client]\nname = \"oven\"\n").unwrap();
    git(&scratch, &["add", "."]);
    git(&scratch, &["commit", "--quiet", "--message", "Another spec"]);
    scratch
}

#[test]
fn all_collections_of_a_workspace_are_compared() {
    let scratch = two(&with_a_field());
    scratch.write("spec/oven/oven.json", bakery()).unwrap();
    let told = diff(&scratch, &["HEAD", "--fail-on", "breaking"]);
    expect![[r#"
        HEAD:spec -> spec
        no changes

        HEAD:spec/oven -> spec/oven
        1 breaking; a minor step: 0.1.0 -> 0.2.0

        breaking[field-removed]: The field `gift` is gone
          orders::CreateOrder::gift    (POST /api/orders body.gift)
          wire breaking, source breaking, request, by the collection
          old HEAD:spec/oven/oven.json:95:5
          new spec/oven/oven.json:95:5
    "#]]
    .assert_eq(&told.out);
    assert_eq!(told.code, Some(1), "{}", told.err);
    let json = diff(&scratch, &["HEAD", "HEAD", "--format", "json"]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json["clients"].as_array().unwrap().len(), &json["verdict"]), (2, &json!("none")));
    let markdown = diff(&scratch, &["HEAD", "--format", "markdown"]).out;
    assert_eq!(markdown.matches("## Changes of `").count(), 2, "{markdown}");
    for (words, clients) in [
        (&["HEAD", "--collection", "oven"][..], "HEAD:spec/oven -> spec/oven\n1 breaking"),
        (&["HEAD", "spec/oven"], "HEAD:spec/oven -> spec/oven\n1 breaking"),
        (&["spec/oven", "HEAD"], "spec/oven -> HEAD:spec/oven\n1 additive"),
        (&["HEAD", "--collection", "spec"], "HEAD:spec -> spec\nno changes"),
    ] {
        let told = diff(&scratch, words);
        assert!(told.out.starts_with(clients), "{words:?} {told:?}");
        assert_eq!(told.out.matches(" -> HEAD").count() + told.out.matches(" -> spec").count(), 1);
    }
    scratch.write("other.json", bakery()).unwrap();
    let unclear = diff(&scratch, &["HEAD", "other.json"]);
    assert!(unclear.err.contains("HEAD: HEAD:spec, HEAD:spec/oven; say with"), "{unclear:?}");
    let unknown = diff(&scratch, &["HEAD", "--collection", "stove"]);
    assert!(unknown.err.contains("no collection is called `stove`"), "{unknown:?}");
    assert_eq!((unclear.code, unknown.code), (Some(2), Some(2)));
}

#[test]
fn a_collection_more_or_less() {
    let scratch = two(&bakery());
    let more = diff(&scratch, &["HEAD~1"]);
    assert!(more.out.contains("\n1 additive; a new package, 0.1.0\n"), "{more:?}");
    assert!(more.out.contains("additive[client-added]: The client `oven` is new"), "{more:?}");
    let less = diff(&scratch, &["HEAD", "HEAD~1", "--fail-on", "breaking"]);
    assert!(less.out.contains("breaking[client-removed]: The client `oven` is gone"), "{less:?}");
    assert_eq!((more.code, less.code), (Some(0), Some(1)));
}

#[test]
fn a_collection_that_cannot_be_read_keeps_no_other_from_being_compared() {
    let scratch = two(&bakery());
    scratch.write("spec/bakery.postman_collection.json", with_a_field()).unwrap();
    std::fs::remove_file(scratch.join("spec/oven/oven.json")).unwrap();
    for (format, said) in [
        ("text", "spec/oven could not be compared\n"),
        ("markdown", "## `spec/oven` could not be compared\n"),
        ("json", "\"failed\": [\n    \"spec/oven\"\n  ]"),
    ] {
        let told = diff(&scratch, &["HEAD", "--format", format]);
        assert_eq!(told.code, Some(2));
        assert!(told.out.contains("field-added") && told.out.contains(said), "{told:?}");
        assert!(told.err.contains("error: spec/oven: there is no collection in"), "{told:?}");
    }
}

#[test]
fn the_shape_for_machines() {
    let scratch = repository(&bakery(), &with_a_field());
    let told = diff(&scratch, &["HEAD", "--format", "json"]);
    let mut all: Value = serde_json::from_str(&told.out).unwrap();
    let mut told = all["clients"][0].take();
    let frame = json!({
        "version": 2, "old": "HEAD", "new": "the working tree",
        "verdict": "additive", "clients": [null], "failed": [],
    });
    assert_eq!(all, frame);
    let place = |file: &str| {
        json!({
            "file": file, "line": 95, "column": 5,
            "pointer": "/item/1/item/0", "trail": ["Orders", "Create an order"],
        })
    };
    let changes = told.as_object_mut().unwrap().remove("changes").unwrap();
    let change = json!({
        "kind": "field-added",
        "key": "POST /api/orders body.gift",
        "rust": "orders::CreateOrder::gift",
        "direction": "request",
        "wire": "additive",
        "source": "additive",
        "sentence": "The field `gift` is new.",
        "cause": "collection",
        "old": place("HEAD:spec/bakery.postman_collection.json"),
        "new": place("spec/bakery.postman_collection.json"),
    });
    assert_eq!(changes, json!([change]));
    let frame = json!({
        "package": "bakery",
        "old": {"edition": "HEAD", "version": "0.1.0"},
        "new": {"edition": "the working tree", "version": "0.1.0"},
        "verdict": "additive",
        "step": "patch",
        "needs": "0.1.1",
        "counts": {"breaking": 0, "warning": 0, "additive": 1, "none": 0},
        "notes": [],
    });
    assert_eq!(told, frame);
}
