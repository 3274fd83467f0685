//! The hot stages of the generator, one by one: `cargo xtask bench stages`.

use benches::scaled::collection;
use divan::{Bencher, black_box};
use postman_codegen::evidence::Evidence;
use postman_codegen::infer::Reasoning;
use postman_codegen::pipeline::{Analysis, Input, Lowered};
use postman_codegen::{lower, postman};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 2] = [680, 6_800];

fn main() {
    divan::main();
}

fn input(spec: &str) -> Input<'_> {
    Input { spec_name: "scaled.json", spec, package: Some("scaled"), ..Input::default() }
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn json(bencher: Bencher<'_, '_>, size: usize) {
    let spec = collection(size);
    bencher.bench(|| postman::document(black_box(&spec)).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn secrets(bencher: Bencher<'_, '_>, size: usize) {
    let document = postman::document(&collection(size)).unwrap();
    bencher.with_inputs(|| document.clone()).bench_refs(postman::redact);
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn mirror(bencher: Bencher<'_, '_>, size: usize) {
    let document = postman::document(&collection(size)).unwrap();
    bencher.bench(|| postman::collection(black_box(&document)).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn lowering(bencher: Bencher<'_, '_>, size: usize) {
    let (collection, _) = postman::parse(&collection(size)).unwrap();
    bencher.bench(|| lower::lower(black_box(&collection)));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn inference(bencher: Bencher<'_, '_>, size: usize) {
    let spec = collection(size);
    let lowered = Lowered::new(&input(&spec)).unwrap();
    bencher.bench(|| lowered.infer(&Evidence::default(), Reasoning::Left));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn naming(bencher: Bencher<'_, '_>, size: usize) {
    let spec = collection(size);
    let lowered = Lowered::new(&input(&spec)).unwrap();
    let api = lowered.infer(&Evidence::default(), Reasoning::Left).api;
    bencher.bench(|| lowered.name(black_box(&api)));
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn printing(bencher: Bencher<'_, '_>, size: usize) {
    let spec = collection(size);
    let analysis = Analysis::new(&input(&spec), Reasoning::Left).unwrap();
    bencher.bench(|| analysis.files("scaled.json").unwrap());
}
