//! Every hostile text in every place of a collection that holds a text, in every format: nothing becomes code, nothing panics.

mod check;
mod samples;
mod table;

use check::run;
use samples::{FORMATS, collection, places, put, text};
use std::collections::{BTreeMap, BTreeSet};
use table::{PAYLOADS, payload};

/// Texts that between them stop whatever any payload stops: a place that bears these is free.
const PROBES: [&str; 2] = ["\"\u{0}\n#![x]{{x}}/:y?z#%", ""];

fn alone(format: &str, place: &str, payload: &str) -> Result<usize, Vec<String>> {
    let mut document = collection(format);
    put(&mut document, place, payload);
    run(&text(format, &document))
}

/// Puts a payload into each place. What takes an operation away hides what would have come out of it, so that each half is tried then.
fn together(format: &str, given: &[(&String, String)], whole: usize) {
    let mut document = collection(format);
    given.iter().for_each(|(place, payload)| put(&mut document, place, payload));
    if run(&text(format, &document)) != Ok(whole) && given.len() > 1 {
        let (one, other) = given.split_at(given.len() / 2);
        together(format, one, whole);
        together(format, other, whole);
    }
}

/// Free places are tried together, each batch with a payload a place, so that every payload meets every other place, and every place half of the payloads; so are the others, one of a kind at a time.
fn everywhere(format: &str) {
    let whole = run(&text(format, &collection(format))).unwrap();
    assert!(whole >= 2, "{format} has {whole} operations");
    let all = places(&collection(format));
    let is_free =
        |place: &&String| PROBES.iter().all(|probe| alone(format, place, probe) == Ok(whole));
    let (free, bound): (Vec<&String>, Vec<&String>) = all.iter().partition(is_free);
    assert!(free.len() > 10, "{format}: {free:?}");
    // Of places of one kind, such as all methods, each payload meets one.
    let mut kinds: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for place in bound {
        let kind = place.replace(|c: char| c.is_ascii_digit(), "");
        kinds.entry(kind).or_default().push(place);
    }
    for batch in (0..PAYLOADS.len()).step_by(2) {
        let given: Vec<(&String, String)> =
            free.iter().enumerate().map(|(at, place)| (*place, payload(batch + at))).collect();
        together(format, &given, whole);
        let bound = kinds.values().enumerate();
        let bound = bound.map(|(at, places)| (places[(batch + at) % places.len()], batch + at));
        let bound: Vec<(&String, usize)> = bound.collect();
        bound.iter().for_each(|(place, index)| drop(alone(format, place, &payload(*index))));
    }
}

#[test]
fn the_table_is_long_and_says_nothing_twice() {
    let distinct: BTreeSet<&&str> = PAYLOADS.iter().collect();
    assert!(FORMATS.iter().all(|format| places(&collection(format)).len() > 15));
    assert!(PAYLOADS.len() >= 120 && distinct.len() == PAYLOADS.len(), "{}", distinct.len());
}

#[test]
fn no_text_of_format_v1_becomes_code() {
    everywhere("v1");
}

#[test]
fn no_text_of_format_v2_0_becomes_code() {
    everywhere("v2.0");
}

#[test]
fn no_text_of_format_v2_1_becomes_code() {
    everywhere("v2.1");
}

#[test]
fn no_text_of_format_v3_becomes_code() {
    everywhere("v3");
}
