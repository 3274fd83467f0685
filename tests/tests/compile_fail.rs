//! What must not compile in a program that uses the committed client, and what the compiler says of it.
//!
//! The messages are those of the compiler named in `tests/compile-fail/README.md`; `TRYBUILD=overwrite` writes them again.

#[test]
fn misuse_is_refused_with_a_readable_message() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("compile-fail/*.rs");
}
