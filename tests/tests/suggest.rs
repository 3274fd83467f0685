//! `cargo xtask suggest`: what it reads in descriptions, what it leaves alone, and that all it prints can be pasted.

use crate::xtask;
use expect_test::{Expect, expect};
use integration_tests::{Scratch, bakery, root};
use postman_codegen::overlay::{self, apply};
use postman_codegen::{Input, evidence, generate, infer, lower, postman, suggest};
use serde_json::json;

/// A collection of one request; one that is not described, or that speaks of its crust, has parameters that are.
fn collection(method: &str, path: &str, body: &str, description: &str) -> String {
    let mode = if body.is_empty() { json!(null) } else { json!({"mode": "raw", "raw": body}) };
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    let crust = json!([{"key": "crust", "value": "", "disabled": true, "description": "One of: `thin`, `thick`."}]);
    let oven = json!([{"key": "X-Oven", "value": "2", "description": "(required) Which oven."}]);
    let is_bare = !(description.is_empty() || description.contains("crust"));
    let (query, header) = if is_bare { (json!([]), json!([])) } else { (crust, oven) };
    json!({
        "info": {"name": "Bakery", "schema": schema},
        "item": [{"name": "Bake", "request": {
            "method": method,
            "header": header,
            "url": {
                "raw": format!("https://bakery.test/{path}"),
                "host": ["bakery", "test"],
                "path": path.split('/').collect::<Vec<_>>(),
                "query": query,
            },
            "body": mode,
            "description": description,
        }}],
    })
    .to_string()
}

/// What is suggested for a request that is described so; without comments, and without what its header and query say.
fn suggested(method: &str, path: &str, body: &str, description: &str) -> String {
    let spec = collection(method, path, body, description);
    let input = Input { spec_name: "bakery.json", spec: &spec, ..Input::default() };
    let printed = postman_codegen::suggest(&input, "bakery.json").unwrap();
    let stanzas = printed.trim_start_matches("nothing to suggest\n").split("\n\n").map(|stanza| {
        let said = |line: &&str| !line.starts_with(['#', '[']) && !line.starts_with("reason");
        stanza.lines().filter(said).collect::<Vec<_>>().join("; ")
    });
    let known = ["X-Oven", "query.crust\""];
    stanzas
        .filter(|stanza| !known.iter().any(|known| stanza.contains(known)))
        .collect::<Vec<_>>()
        .join("\n")
}

fn check(method: &str, path: &str, body: &str, description: &str, want: Expect) {
    want.assert_eq(&suggested(method, path, body, description));
}

const LOAF: &str = r#"{"name": "", "grams": 0, "kind": ""}"#;

#[test]
fn what_is_mandatory() {
    for (description, keys) in [
        ("Mandatory attributes are `name` and `grams`.", "name grams"),
        ("The attribute `name` is always mandatory but others may be too.", "name"),
        ("`name`, `kind` and `grams` are required.", "name kind grams"),
        ("Required fields: \"name\", \"kind\"", "name kind"),
        ("The following fields are required: `kind`", "kind"),
        ("You must provide the `name` property.", "name"),
        (
            "The body requires these keys:\n\n- `name`: what it is called\n- `grams`: what it weighs",
            "name grams",
        ),
        ("Fields:\n\n- `name` (required): what it is called\n- `grams`: what it weighs", "name"),
        (
            "| Field | Required | What |\n|---|---|---|\n| name | yes | x |\n| grams | no | y |",
            "name",
        ),
    ] {
        let wanted: Vec<_> = keys
            .split(' ')
            .map(|key| format!("at = \"POST /loaves body.{key}\"; required = true"))
            .collect();
        assert_eq!(
            suggested("POST", "loaves", LOAF, description),
            wanted.join("\n"),
            "{description}"
        );
    }
}

#[test]
fn what_lists_values() {
    for (description, at) in [
        ("Valid kind names are: `rye`, `oat`", "POST /loaves body.kind"),
        ("The `kind` must be one of \"rye\" or \"oat\".", "POST /loaves body.kind"),
        ("Allowed values for `kind` are `rye` and `oat`.", "POST /loaves body.kind"),
        (
            "The loaf's kind could be set to the following values `rye` or `oat`",
            "POST /loaves body.kind",
        ),
        ("- `kind`: Allowed types are `rye` and `oat`.", "POST /loaves body.kind"),
    ] {
        let wanted = format!("at = \"{at}\"; enum = [\"rye\", \"oat\"]");
        assert_eq!(suggested("POST", "loaves", LOAF, description), wanted, "{description}");
    }
}

#[test]
fn what_lists_query_parameters() {
    check(
        "GET",
        "loaves",
        "",
        "A search can use the following parameters:\n\n- **q:** What to look for\n- **page:** The page number. Zero based\n- **warm:** `true` for warm ones only\n- **crust:** known already\n\nFields of a loaf:\n\n- kind: what it is made of",
        expect![[r#"
            at = "GET /loaves query.q"; add = true; type = "text"; docs = "What to look for"
            at = "GET /loaves query.page"; add = true; type = "integer"; docs = "The page number. Zero based"
            at = "GET /loaves query.warm"; add = true; type = "bool"; docs = "`true` for warm ones only""#]],
    );
    check(
        "GET",
        "loaves",
        "",
        "You can limit it using the `take` parameter.",
        expect![[r#"at = "GET /loaves query.take"; add = true; type = "text""#]],
    );
    check(
        "POST",
        "loaves",
        LOAF,
        "Pass the `shop` as a query parameter.",
        expect![[r#"at = "POST /loaves query.shop"; add = true; type = "text""#]],
    );
}

#[test]
fn who_may_call_and_for_how_long() {
    check(
        "GET",
        "loaves",
        "",
        "Needs the `read:loaves` and `read:shops` scopes.",
        expect![[r#"at = "GET /loaves"; scopes = ["read:loaves", "read:shops"]"#]],
    );
    check(
        "GET",
        "loaves",
        "",
        "Required scopes: read:loaves, read:shops",
        expect![[r#"at = "GET /loaves"; scopes = ["read:loaves", "read:shops"]"#]],
    );
    check(
        "GET",
        "loaves",
        "",
        "Call it using Basic authentication.",
        expect![[r#"at = "GET /loaves"; auth = "basic""#]],
    );
    check(
        "GET",
        "loaves",
        "",
        "This endpoint is deprecated. Use another.",
        expect![[r#"at = "GET /loaves"; deprecated = "This endpoint is deprecated.""#]],
    );
}

#[test]
fn what_cannot_work() {
    check(
        "DELETE",
        "shops/:id/bakers",
        "",
        "Deletes a baker by its email (one at a time).",
        expect![[
            r#"at = "DELETE /shops/{}/bakers query.email"; add = true; type = "text"; required = true"#
        ]],
    );
    check(
        "POST",
        "imports",
        "",
        "Imports loaves from a file.",
        expect![[r#"at = "POST /imports"; body = "multipart""#]],
    );
    check(
        "PUT",
        "photos/:id",
        "",
        "Uploads an image of the loaf.",
        expect![[r#"at = "PUT /photos/{}"; body = "bytes""#]],
    );
}

#[test]
fn what_says_less_than_it_seems() {
    for (method, path, body, description) in [
        ("POST", "loaves", LOAF, "If you set `kind`, the `name` is required."),
        ("POST", "loaves", LOAF, "The `name` is required if it is warm."),
        ("POST", "loaves", LOAF, "`name` is not required."),
        ("POST", "loaves", LOAF, "Either `name` or `kind` is required."),
        ("POST", "loaves", LOAF, "You must provide `name` or `kind`."),
        ("POST", "loaves", LOAF, "The `flour` is required."),
        ("POST", "loaves", LOAF, "For instance, brown loaves require `name` and `grams`."),
        ("POST", "loaves", LOAF, "In this case only the `name` param is required in the body."),
        ("POST", "loaves", LOAF, "A permission is required for this."),
        ("POST", "loaves", LOAF, "One of `name` or `grams` is enough."),
        ("POST", "loaves", LOAF, "Possible values of `kind` are for example `rye` and `oat`."),
        ("POST", "loaves", LOAF, "Valid weights are `1` and `2`."),
        ("POST", "loaves", LOAF, "A test with an invalid \"shop\" parameter."),
        ("GET", "loaves/:id", "", "Get a loaf by its id."),
        ("GET", "loaves", "", "Get all loaves sorted by date."),
        ("GET", "loaves", "", "Lists loaves by baker."),
        ("GET", "loaves", "", "Get loaves of a shop, by ID."),
        ("GET", "loaves/:id", "", "Specify it in the `id` parameter of the URL."),
        ("GET", "loaves", "", "Works without the `take` parameter."),
        ("GET", "loaves", "", "Finds templates by their scope and name in the scope."),
        ("GET", "loaves", "", "The `kind` attribute is deprecated."),
        ("GET", "loaves", "", "The answer has no basic authentication."),
        ("POST", "loaves", LOAF, "Imports loaves from a file."),
    ] {
        assert_eq!(suggested(method, path, body, description), "", "{description}");
    }
}

#[test]
fn parameters_say_it_of_themselves() {
    let spec = collection("GET", "loaves", "", "");
    let scratch = Scratch::workspace(&spec).unwrap();
    let printed = xtask(scratch.path(), &["suggest"]);
    assert_eq!((printed.code, printed.err.as_str()), (Some(0), ""));
    expect![[r##"
        # Bake, spec/bakery.postman_collection.json:1:339
        # One of: `thin`, `thick`.
        [[patch]]
        at = "GET /loaves query.crust"
        enum = ["thin", "thick"]
        reason = "the description says: One of: `thin`, `thick`."

        # Bake, spec/bakery.postman_collection.json:1:197
        # (required) Which oven.
        [[patch]]
        at = "GET /loaves header.X-Oven"
        required = true
        reason = "the description says: (required) Which oven."
    "##]]
    .assert_eq(&printed.out);
    assert_eq!(scratch.files("").unwrap().len(), 2, "nothing is written");
    scratch.write("spec/overlay.toml", &printed.out).unwrap();
    let again = xtask(scratch.path(), &["suggest"]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), "nothing to suggest\n"));
}

#[test]
fn a_collection_without_words_asks_for_nothing() {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    assert_eq!(xtask(scratch.path(), &["suggest"]).out, "nothing to suggest\n");
    let misused = xtask(scratch.path(), &["suggest", "all"]);
    assert_eq!(misused.code, Some(2));
}

#[test]
fn each_stanza_is_accepted_and_fires() {
    let path = root().join("spec/auth0-management.postman_collection.json");
    let spec = std::fs::read_to_string(path).unwrap();
    let (collection, _) = postman::parse(&spec).unwrap();
    let (draft, _) = lower::lower(&collection);
    let evidence = evidence::Evidence::default();
    let api = infer::infer(&draft, &evidence, &[], infer::Reasoning::Left, None).api;
    let subject = suggest::SuggestInput {
        spec: ("spec.json", &spec),
        draft: &draft,
        inferred: &api,
        patches: &[],
        api: &api,
    };
    let all = suggest::suggest(&subject);
    assert!(all.len() >= 25, "{}", all.len());
    for suggestion in &all {
        let parsed = overlay::parse(&suggestion.stanza).unwrap();
        let (corrected, found) = apply::apply(api.clone(), &parsed.patches);
        assert_eq!((found, parsed.patches.len()), (vec![], 1), "{}", suggestion.stanza);
        assert_ne!(corrected, api, "{}", suggestion.stanza);
    }
    let overlay = suggest::report(&all);
    let input =
        Input { spec_name: "x.json", spec: &spec, overlay: Some(&overlay), ..Input::default() };
    assert!(generate(&input).is_ok(), "all of them at once");
    assert_eq!(postman_codegen::suggest(&input, "x.json").unwrap(), "nothing to suggest\n");
}

#[test]
fn a_description_cannot_write_entries_of_its_own() {
    let hostile = "`name` is required. \"\nreason = \"x\"\n[[patch]]\nat = \"POST /loaves\"\ndrop = true\n\u{202e}\u{1b}[31m `kind` is mandatory \\";
    let spec = self::collection("POST", "loaves", LOAF, hostile);
    let input = Input { spec_name: "bakery.json", spec: &spec, ..Input::default() };
    let printed = postman_codegen::suggest(&input, "bakery.json").unwrap();
    let parsed = overlay::parse(&printed).unwrap();
    let drops = parsed
        .patches
        .iter()
        .flat_map(|patch| &patch.keys)
        .any(|patch_key| patch_key.key == "drop");
    assert!(!drops && parsed.patches.len() == 2, "{printed}");
    assert!(!printed.contains(['\u{202e}', '\u{1b}']), "{printed}");
}
