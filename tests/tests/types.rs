//! The types of small collections, each of one kind that is easily typed wrong, are what is expected of them.

use crate::xtask;
use integration_tests::root;
use std::fs;

/// The collections, and beside each what is expected.
const CASES: &str = "tests/fixtures/types";

#[test]
fn all_cases_have_the_types_expected() {
    let finished = xtask(&root(), &["corpus", CASES, "--types", CASES]);
    let last = finished.out.lines().last().unwrap_or_default();
    println!("{last}");
    let files = fs::read_dir(root().join(CASES)).unwrap();
    let extensions = files.map(|file| file.unwrap().path().extension().unwrap().to_owned());
    let all = extensions.filter(|extension| extension == "json").count();
    assert_eq!(last, format!("types {all} of {all} right"), "{}", finished.out);
    assert_eq!((finished.code, all >= 8), (Some(0), true), "{}", finished.err);
}
