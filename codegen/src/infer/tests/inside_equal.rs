//! What records hold that are equal.

use super::{request, responses};
use crate::draft::Operation;
use crate::infer::record_tests::{check, types_with};
use crate::overlay::{Entry, Hint, HintKind};
use expect_test::expect;

/// Two records of two families that are equal, with a small object inside.
fn small_inside() -> Vec<Operation> {
    let boat =
        r#"{"id": 1, "name": "a", "length": 2, "rig": {"masts": 1, "sails": [{"of": "x"}]}}"#;
    vec![
        responses(request("GET", "/boats/:id", "Get"), 200, boat),
        responses(request("GET", "/yachts/:id", "Get"), 200, boat),
    ]
}

#[test]
fn what_equal_records_hold_is_one_type_and_none_is_left_unused() {
    check(
        small_inside(),
        expect![[r#"
            struct `/boats .` answer from GET /boats/{id} -> 200; GET /yachts/{id} -> 200
              id?: integer (response)
              name?: text (response)
              length?: integer (response)
              rig?: `/boats .rig` (response)
            struct `/boats .rig` nested from GET /boats/{id} -> 200; GET /yachts/{id} -> 200
              masts?: integer (response)
              sails?: [`/boats .rig.sails[]`] (response)
            struct `/boats .rig.sails[]` nested from GET /boats/{id} -> 200; GET /yachts/{id} -> 200
              of?: text (response)
        "#]],
    );
}

#[test]
fn a_type_is_kept_apart_inside_of_a_record_that_is_equal() {
    let entry = Entry { at: "/yachts .rig".to_owned(), ..Entry::default() };
    let hints = [Hint { entry, kind: HintKind::Apart }];
    let types = types_with(small_inside(), &hints);
    assert!(types.contains("struct `/yachts .rig`"), "{types}");
    assert!(types.contains("  rig?: `/yachts .rig`"), "{types}");
    assert!(types.contains("  rig?: `/boats .rig`"), "{types}");
}
