//! Texts of which all are in one format.

use super::typed::typed;
use super::{draft, request, sends};
use crate::api::{TextFormat, TypeKind};
use crate::draft::Operation;
use crate::evidence::Evidence;

/// The fields of the one type that the operations have, with their formats.
fn formats(operations: Vec<Operation>) -> Vec<(String, Option<TextFormat>)> {
    let (api, _) = typed(&draft(operations), &Evidence::default(), &[]);
    let [definition] = api.types.0.as_slice() else { panic!("one type for all") };
    let TypeKind::Struct(object) = &definition.kind else { panic!("a struct") };
    object.fields.iter().map(|field| (field.key.clone(), field.format)).collect()
}

#[test]
fn a_field_knows_the_format_of_all_its_texts() {
    let boat = r#"{"built": "2024-01-31T10:00:00Z", "ref": "3f2b8c9e-0000-4000-8000-0123456789ab",
        "day": "2024-01-31", "crew": 2}"#;
    let other = r#"{"built": "2024-01-31T10:00:00Z", "ref": "none", "day": "", "crew": 2}"#;
    let posts = |path: &str, body: &str| sends(request("POST", path, "Create"), body);
    let (time, id) = (Some(TextFormat::DateTime), Some(TextFormat::Uuid));
    let known = |formats: [Option<TextFormat>; 4]| {
        let keys = ["built", "ref", "day", "crew"].map(str::to_owned);
        keys.into_iter().zip(formats).collect::<Vec<_>>()
    };
    assert_eq!(formats(vec![posts("/boats", boat)]), known([time, id, None, None]));
    // One type for all three: `ref` is no UUID in every one of them.
    let three = vec![posts("/boats", boat), posts("/ships", boat), posts("/rafts", other)];
    assert_eq!(formats(three), known([time, None, None, None]));
}
