//! A run for which nothing changed compares digests and says what the last one said; whatever a run reads makes it a whole one again.

use crate::{XTASK, xtask};
use integration_tests::{Finished, Scratch, bakery};
use std::fs::{self, File};
use std::time::{Duration, SystemTime};

const SPEC: &str = "spec/bakery.postman_collection.json";
const CODEGEN: &[&str] = &["codegen"];

/// The last line of a run that generated nothing.
const SAME: &str = "those of the last run, which said the same\n";

fn is_same(run: &Finished) -> bool {
    run.out.ends_with(SAME)
}

/// A workspace whose last two runs were alike, with a finding, an overlay and traffic.
fn settled() -> Scratch {
    let spec = bakery().replace("{{bakery_host}}", "oven.test").replacen(
        "\"info\":",
        "\"unheardOf\": 1, \"info\":",
        1,
    );
    let scratch = Scratch::workspace(&spec).unwrap();
    scratch.write("spec/overlay.toml", "").unwrap();
    let exchange = r#"{"method": "GET", "path": "/api/loaves", "status": 200, "response_body": [{"kneaded": true}]}"#;
    scratch.write("traffic.jsonl", exchange).unwrap();
    for arguments in [CODEGEN, CODEGEN] {
        let run = xtask(scratch.path(), arguments);
        assert!(run.code == Some(0) && !is_same(&run), "{run:?}");
    }
    scratch
}

#[test]
fn a_run_that_changes_nothing_says_what_a_whole_one_says() {
    let scratch = settled();
    let before = scratch.files("generated-client").unwrap();
    let again = xtask(&scratch.join("spec"), CODEGEN);
    assert!(is_same(&again), "{}", again.out);
    assert!(again.err.contains("unheardOf"), "{}", again.err);
    let whole = xtask(scratch.path(), &["codegen", "--force"]);
    assert_eq!((again.code, &again.err), (whole.code, &whole.err));
    assert_eq!(again.out.lines().rev().skip(1).collect::<Vec<_>>(), {
        whole.out.lines().rev().collect::<Vec<_>>()
    });
    assert_eq!(scratch.files("generated-client").unwrap(), before);
}

#[test]
fn whatever_a_run_reads_makes_it_a_whole_one() {
    let scratch = settled();
    let append = |path: &str, text: &str| {
        let old = fs::read_to_string(scratch.join(path)).unwrap_or_default();
        scratch.write(path, old + text).unwrap();
    };
    let changes: [(&str, &dyn Fn()); 7] = [
        ("the collection", &|| append(SPEC, "\n")),
        ("the overlay", &|| append("spec/overlay.toml", "# more\n")),
        ("no overlay", &|| fs::remove_file(scratch.join("spec/overlay.toml")).unwrap()),
        ("an empty overlay", &|| append("spec/overlay.toml", "")),
        ("the lock", &|| append("spec/names.lock", "folder Gone = gone Gone\n")),
        ("a file that is gone", &|| {
            fs::remove_file(scratch.join("generated-client/src/orders.rs")).unwrap();
        }),
        ("the list", &|| append("generated-client/.generated-files", "# more\n")),
    ];
    for (what, change) in changes {
        change();
        let run = xtask(scratch.path(), CODEGEN);
        assert!(run.code == Some(0) && !is_same(&run), "{what}: {run:?}");
        let runs = [xtask(scratch.path(), CODEGEN), xtask(scratch.path(), CODEGEN)];
        assert!(is_same(&runs[1]), "{what}: {runs:?}");
    }
    assert_eq!(xtask(scratch.path(), &["learn", "traffic.jsonl"]).code, Some(0));
    assert!(!is_same(&xtask(scratch.path(), CODEGEN)));
    let flags: [&[&str]; 5] =
        [&["--rename"], &["--keep-deprecated"], &["--name", "oven"], &["-v"], &["--force"]];
    for flags in flags {
        let runs = [xtask(scratch.path(), CODEGEN), xtask(scratch.path(), CODEGEN)];
        assert!(is_same(&runs[1]), "{flags:?}: {runs:?}");
        let flags = [CODEGEN, flags].concat();
        let flags = flags.as_slice();
        let run = xtask(scratch.path(), flags);
        assert!(run.code == Some(0) && !is_same(&run), "{run:?}");
    }
}

#[test]
fn another_build_of_the_generator_runs_whole() {
    let scratch = settled();
    let program = scratch.join("generator").display().to_string();
    fs::copy(XTASK, &program).unwrap();
    let run = || integration_tests::run(&program, scratch.path(), CODEGEN).unwrap();
    assert_eq!([is_same(&run()), is_same(&run())], [false, true]);
    let later = SystemTime::now() + Duration::from_secs(9);
    File::options().append(true).open(&program).unwrap().set_modified(later).unwrap();
    assert_eq!([is_same(&run()), is_same(&run())], [false, true]);
}

#[test]
fn edits_and_strangers_are_seen_as_before() {
    let scratch = settled();
    assert!(is_same(&xtask(scratch.path(), CODEGEN)));
    scratch.write("generated-client/src/mine.rs", "// mine\n").unwrap();
    let run = xtask(scratch.path(), CODEGEN);
    assert!(is_same(&run) && run.out.contains("left src/mine.rs alone"), "{}", run.out);
    scratch.write("generated-client/src/orders.rs", "// mine\n").unwrap();
    let run = xtask(scratch.path(), CODEGEN);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("refusing to overwrite"), "{}", run.err);
    assert_eq!(xtask(scratch.path(), &["codegen", "--check"]).code, Some(1));
}

#[test]
fn two_merged_lists_are_no_last_run() {
    let scratch = settled();
    let list = "generated-client/.generated-files";
    let merged = fs::read_to_string(scratch.join(list)).unwrap() + "src/lib.rs 0000000000000001\n";
    scratch.write(list, merged).unwrap();
    let run = xtask(scratch.path(), CODEGEN);
    assert!(run.code == Some(0) && !is_same(&run), "{run:?}");
    assert!(run.out.contains("wrote .generated-files"), "{}", run.out);
}

#[test]
fn a_record_that_is_broken_is_passed_over() {
    let scratch = settled();
    let records = scratch.files("target/codegen-cache").unwrap();
    let name = records.keys().find(|name| name.ends_with(".json")).unwrap();
    scratch.write(&format!("target/codegen-cache/{name}"), "{").unwrap();
    let runs = [xtask(scratch.path(), CODEGEN), xtask(scratch.path(), CODEGEN)];
    assert!(!is_same(&runs[0]) && is_same(&runs[1]), "{runs:?}");
}
