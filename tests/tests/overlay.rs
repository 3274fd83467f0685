//! A wrong overlay at the command line: each entry is named with file, line and what to do, and nothing is written.

use crate::xtask;
use expect_test::{Expect, expect};
use integration_tests::{Scratch, bakery};

/// What the command line says of an overlay, which it must refuse.
fn refuses(overlay: &str, want: Expect) {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    scratch.write("spec/overlay.toml", overlay).unwrap();
    let before = scratch.files("").unwrap();
    let refused = xtask(scratch.path(), &["codegen"]);
    want.assert_eq(&refused.err);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    assert_eq!(scratch.files("").unwrap(), before);
}

#[test]
fn a_dead_entry() {
    refuses(
        "# Loaves.\n\n[[patch]]\nat = \"POST /api/loafs body.name\"\nrequired = true\nreason = \"seen\"\n",
        expect![[r#"
            error[overlay::dead]: `POST /api/loafs body.name` is no place of this API
              at spec/overlay.toml:4:6 #
              help: did you mean `POST /api/loaves`? `cargo xtask dump --stage infer` lists all places; else delete the entry
            nothing was written; generated-client is as it was
        "#]],
    );
    refuses(
        "[[patch]]\nat = \"POST /api/loaves body.nme\"\nrequired = true\nreason = \"seen\"\n",
        expect![[r#"
            error[overlay::dead]: there is no field `nme`
              at spec/overlay.toml:2:6 #
              help: did you mean `name`? add it with `add = true` and a `type`, or delete the entry
            nothing was written; generated-client is as it was
        "#]],
    );
    refuses(
        "[[hint]]\nat = \"/api/loaves .nots\"\nmap = true\nreason = \"seen\"\n",
        expect![[r#"
            error[infer::dead-hint]: the hint at `/api/loaves .nots` meets no place
              at spec/overlay.toml:2:6 #
              help: did you mean `/api/loaves body.notes`? write the place as `cargo xtask dump --stage infer` prints it, or delete the entry
            nothing was written; generated-client is as it was
        "#]],
    );
    refuses(
        "[[name]]\nat = \"GET /api/loaf/{}\"\nname = \"one\"\nreason = \"short\"\n",
        expect![[r#"
            error[name::unknown-pin]: the pinned name `one` is for `GET /api/loaf/{}`, which nothing is
              at spec/overlay.toml:2:6 #
              help: did you mean `GET /api/loaves/{}`? write the key of an operation, a type or a folder, or remove the entry
            nothing was written; generated-client is as it was
        "#]],
    );
}

#[test]
fn a_redundant_entry() {
    refuses(
        "[[patch]]\nat = \"POST /api/loaves body.grams\"\ntype = \"integer\"\nreason = \"seen\"\n",
        expect![[r#"
            error[overlay::redundant]: `POST /api/loaves body.grams` changes nothing
              at spec/overlay.toml:2:6 #
              help: the spec says this itself now; delete the entry
            nothing was written; generated-client is as it was
        "#]],
    );
    refuses(
        "[[name]]\nat = \"DELETE /api/loaves/{}\"\nname = \"delete\"\nreason = \"short\"\n",
        expect![[r#"
            error[name::redundant-pin]: the pin `delete` changes nothing
              at spec/overlay.toml:2:6 #
              help: this is the name without it now; delete the entry
            nothing was written; generated-client is as it was
        "#]],
    );
}

#[test]
fn a_misspelt_key_and_a_wrong_type() {
    refuses(
        "[[patch]]\nat = \"POST /api/loaves body.name\"\nrequird = true\nreason = \"seen\"\n",
        expect![[r#"
            error[overlay::unknown-key]: `requird` is no key here
              at spec/overlay.toml:3:1 #
              help: did you mean `required`?
            error[overlay::value]: this patch changes nothing: say what is right instead
              at spec/overlay.toml:1:1 #
            nothing was written; generated-client is as it was
        "#]],
    );
    refuses(
        "[[patch]]\nat = \"POST /api/loaves body.name\"\ntype = \"string\"\nreason = \"seen\"\n",
        expect![[r#"
            error[overlay::value]: `string` is no type; the types are: text, secret, bool, integer, unsigned, number, json, object, file, list<…>, map<…>, nullable<…>, … | …, or a type's key in backticks
              at spec/overlay.toml:3:8 #
              help: did you mean `text`?
            nothing was written; generated-client is as it was
        "#]],
    );
    refuses(
        "[[patch]]\nat = \"POST /api/loaves body.name\"\nrequired = \"yes\"\nreason = \"seen\"\n",
        expect![[r#"
            error[overlay::value]: `required` must be true or false
              at spec/overlay.toml:3:12 #
            nothing was written; generated-client is as it was
        "#]],
    );
    refuses(
        "[[patch]]\nat = \"GET /api/loaves query.fresh\"\ntype = \"map<text>\"\nreason = \"seen\"\n",
        expect![[r#"
            error[overlay::type]: a parameter, or a field of a form, is text, a number, a bool, or a list of these
              at spec/overlay.toml:3:8 #
            nothing was written; generated-client is as it was
        "#]],
    );
}
