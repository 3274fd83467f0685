//! Collections of format v3 as folders on disk: found, read, watched by their files, and refused with a place.

use crate::{XTASK, xtask};
use expect_test::expect;
use integration_tests::{Running, Scratch};

const LIST: &str =
    "$kind: http-request\nname: List loaves\nmethod: GET\nurl: 'https://bread.test/loaves'\n";

/// A workspace whose collection is a folder.
fn bakery() -> Scratch {
    let scratch = Scratch::new().unwrap();
    scratch.write("xtask/Cargo.toml", "").unwrap();
    scratch.write("spec/Bakery/.resources/definition.yaml", "$kind: collection\n").unwrap();
    scratch.write("spec/Bakery/Loaves/List.request.yaml", LIST).unwrap();
    scratch
}

#[test]
fn a_folder_is_the_collection() {
    let scratch = bakery();
    let done = xtask(scratch.path(), &["codegen"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    assert!(done.out.starts_with("spec/Bakery\n  1 of 1 requests are operations"), "{}", done.out);
    let surface = std::fs::read_to_string(scratch.join("generated-client/API.md")).unwrap();
    assert!(surface.contains("from Bakery."), "{surface}");
    let line = "- `loaves().list()` · `GET /loaves` · List loaves → `Json`";
    assert!(surface.contains(line), "{surface}");

    let more = LIST.replace("List loaves", "List crumbs").replace("/loaves", "/crumbs");
    scratch.write("spec/Bakery/Loaves/Crumbs.request.yml", more).unwrap();
    scratch.write("spec/Bakery/.git/x.request.yaml", "[").unwrap();
    let stale = xtask(scratch.path(), &["codegen", "--check"]);
    assert_eq!(stale.code, Some(1));
    assert!(stale.out.contains("+- `loaves().list_crumbs()`"), "{}", stale.out);

    let report = scratch.join("report.jsonl");
    let report = report.to_str().unwrap();
    let corpus = xtask(scratch.path(), &["corpus", "spec", "--report", report]);
    assert_eq!(corpus.code, Some(0), "{}", corpus.err);
    let report = std::fs::read_to_string(report).unwrap();
    assert!(report.starts_with(r#"{"file":"Bakery","requests":2,"operations":2,"#), "{report}");
}

#[test]
fn what_is_wrong_has_a_file_a_line_and_a_path() {
    let scratch = bakery();
    scratch.write("spec/Bakery/Loaves/A.request.yaml", "url: {{base}}/x\n").unwrap();
    scratch.write("spec/Bakery/Loaves/B.request.yaml", "a: 1\na: 2\n").unwrap();
    let refused = xtask(scratch.path(), &["codegen"]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    expect![[r#"
        error[postman::syntax]: not YAML: a list or a mapping cannot be a key; a text that begins with `{{` or `[` has to stand in quotes
          at spec/Bakery/Loaves/A.request.yaml:1:7 #/url
        error[postman::syntax]: not YAML: the key `a` stands here a second time
          at spec/Bakery/Loaves/B.request.yaml:2:1 #
        nothing was written; generated-client is as it was
    "#]].assert_eq(&refused.err);

    scratch.write("spec/Bakery/Loaves/A.request.yaml", "url: ftp://x/y\nheaders: 5\n").unwrap();
    scratch
        .write(
            "spec/Bakery/Loaves/B.request.yaml",
            "url: http://x\nbody: {type: zip, content: z}\n",
        )
        .unwrap();
    scratch
        .write("spec/Bakery/.resources/C.resources/examples/d.example.yaml", "order: x\n")
        .unwrap();
    let found = xtask(scratch.path(), &["codegen"]);
    assert_eq!(found.code, Some(0));
    expect![[r#"
        warning[postman::misfit]: a number stands where a list belongs; it is ignored
          at Loaves › A    (spec/Bakery/Loaves/A.request.yaml:2:10 #/headers)
        warning[postman::body-type]: no body is known to be of type `zip`; its text is sent
          at Loaves › B    (spec/Bakery/Loaves/B.request.yaml:2:14 #/body/type)
        warning[postman::example]: no request's `examples` leads to this file; it is ignored
          at spec/Bakery/.resources/C.resources/examples/d.example.yaml:1:1 #
        warning[lower::scheme]: `ftp` is neither http nor https; the request is left out
          at Loaves › A    (spec/Bakery/Loaves/A.request.yaml:1:6 #/url)
    "#]]
    .assert_eq(&found.err);
}

#[test]
fn every_file_of_the_folder_is_watched() {
    let scratch = bakery();
    let watch = Running::start(XTASK, scratch.path(), &["codegen", "--watch"]).unwrap();
    let inputs = "spec/Bakery, spec/overlay.toml, spec/evidence";
    assert_eq!(watch.line().unwrap(), format!("watching {inputs}; ctrl-c ends"));
    assert!(watch.line().unwrap().starts_with("[1] 1 operation, "));
    scratch
        .write("spec/Bakery/More/Crumbs.request.yaml", LIST.replace("loaves", "crumbs"))
        .unwrap();
    assert!(watch.line().unwrap().starts_with("[2] 2 operations, "));
    scratch.write("spec/Bakery/More/Crumbs.request.yaml", "url: [").unwrap();
    let said = watch.line().unwrap();
    let place = "spec/Bakery/More/Crumbs.request.yaml:1:7 #/url/0";
    assert!(said.starts_with("[3] generated-client is kept: ") && said.contains(place), "{said}");
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_folder_is_read() {
    let scratch = bakery();
    scratch.write("secret/x.request.yaml", LIST).unwrap();
    let (to, link) = (scratch.join("secret"), scratch.join("spec/Bakery/More"));
    std::os::unix::fs::symlink(to, link).unwrap();
    let refused = xtask(scratch.path(), &["codegen"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("spec/Bakery/More is a link"), "{}", refused.err);
}
