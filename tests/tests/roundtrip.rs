//! The law of samples: every body of the collection decodes into its emitted type with nothing left over, and encodes back to equal JSON.

use crate::wire::{sent, truth};
use postman_codegen::json;
use postman_codegen::wire::{By, compare};

#[test]
fn every_sample_body_lands_in_typed_fields_and_comes_back() {
    let truth = truth();
    let with_body: Vec<_> = truth
        .iter()
        .filter(|line| line.sent.as_ref().is_ok_and(|it| !it.body.is_empty()))
        .collect();
    let (mut whole, mut wrong) = (0, Vec::new());
    for theirs in &with_body {
        let ours = sent().iter().find(|line| line.pointer == theirs.pointer).cloned().unwrap();
        let text = String::from_utf8(ours.sent.clone().unwrap().body).unwrap();
        let same = compare(std::slice::from_ref(&ours), &[(*theirs).clone()], By::Pointer);
        let decoded = ours.typed == Some(true) && json::read(&text).is_ok();
        if decoded && same.equal == 1 {
            whole += 1;
        } else {
            wrong.push((ours.name, ours.typed, same.wrong));
        }
    }
    println!("sample bodies: {whole}/{}", with_body.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!((whole, with_body.len()), (24, 24));
}
