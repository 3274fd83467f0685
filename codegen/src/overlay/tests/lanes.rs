//! What each lane of a patch says, and what cannot be said.

use super::{check, patch};
use expect_test::expect;

#[test]
fn enumerations_stand_where_text_does() {
    let wanted = expect![[r#"
        -   age?: unknown ()
        + enum `/pets .age` from overlay: seen
        +   old | young
        +   age?: [`/pets .age`] (overlay)
    "#]];
    patch("POST /pets body.age", "type = 'list<text>'\nenum = ['old', 'young']", wanted);
    check(
        "[[patch]]\nat = 'POST /pets body.age'\nenum = ['a']\nreason = 'r'\n\
         [[patch]]\nat = 'POST /pets body.age'\nenum = ['b']\nreason = 'r'\n",
        expect![[r#"
            -   age?: unknown ()
            + enum `/pets .age` from overlay: r
            +   a
            +   age?: `/pets .age` (overlay)
            error[overlay::twice]: `enum` of `POST /pets body.age` is said twice
              at overlay.toml:7:8 #
              help: the entry at `POST /pets body.age` says it too: keep one of them
        "#]],
    );
    patch(
        "POST /pets body.age",
        "enum = ['a', 'a']",
        expect![[r#"
        error[overlay::value]: `enum` has a text that is blank or stands twice
          at overlay.toml:3:8 #
    "#]],
    );
}

#[test]
fn keys_may_stand_in_quotes() {
    for at in [r#"POST /pets body."owner.s"[].name"#, r#"POST /pets body.owner.s[]."name""#] {
        let wanted = expect![[r#"
            -   name?: text ()
            +   name?: text | null (overlay)
        "#]];
        patch(at, "nullable = true", wanted);
    }
    let wanted = expect![[r#"
        +   a.b c: text (overlay)
    "#]];
    patch(r#"POST /pets body."a.b c""#, "add = true\ntype = 'text'\nrequired = true", wanted);
}

#[test]
fn null_is_a_value_of_what_must_be_given() {
    for says in ["required = true\nnullable = true", "nullable = true\nrequired = true"] {
        let wanted = expect![[r#"
            -   name?: text ()
            +   name: text | null (overlay)
        "#]];
        patch("POST /pets body.owner.s[].name", says, wanted);
    }
}

#[test]
fn new_types_are_built_from_words() {
    check(
        "[[patch]]\nat = 'GET /pets ->'\ntype = 'list<object> | object'\nreason = 'r'\n\
         [[patch]]\nat = 'GET /pets -> 200 .total'\nadd = true\ntype = 'integer'\nreason = 'r'\n\
         [[patch]]\nat = 'GET /pets -> 200 [].id'\nadd = true\ntype = 'text'\nrequired = true\nreason = 'r'\n\
         [[patch]]\nat = 'GET /pets -> 404'\ntype = 'object'\nreason = 'r'\n\
         [[patch]]\nat = 'GET /pets error.code'\nadd = true\ntype = 'text'\nreason = 'r'\n",
        expect![[r#"
            +   answer `GET /pets -> 2xx`
            +   error `GET /pets error`
            + union `GET /pets -> 2xx` from overlay: r
            +   [`GET /pets -> 2xx[]`]
            +   `GET /pets -> 2xx .`
            + struct `GET /pets -> 2xx .` answer from overlay: r
            +   total?: integer (overlay)
            + struct `GET /pets -> 2xx[]` answer from overlay: r
            +   id: text (overlay)
            + struct `GET /pets error` error from overlay: r
            +   code?: text (overlay)
        "#]],
    );
    patch(
        "POST /pets body.age",
        "type = 'integer | text'",
        expect![[r#"
        -   age?: unknown ()
        +   age?: `POST /pets body.age` (overlay)
        + union `POST /pets body.age` from overlay: seen
        +   integer
        +   text
    "#]],
    );
}

#[test]
fn messages_are_corrected_as_a_whole() {
    patch(
        "GET /pets",
        "answer = 'none'",
        expect![[r#"
        +   answer nothing
    "#]],
    );
    check(
        "[[patch]]\nat = 'GET /pets'\nanswer = 'json'\nreason = 'r'\n\
         [[patch]]\nat = 'GET /pets ->'\nmay_be_empty = true\nreason = 'r'\n",
        expect![[r#"
            +   answer unknown or nothing
        "#]],
    );
    patch(
        "GET /pets ->",
        "may_be_empty = true",
        expect![[r#"
        error[overlay::misplaced]: `may_be_empty` cannot be said of `GET /pets ->`
          at overlay.toml:3:16 #
          help: spec/README.md lists what can be said where
    "#]],
    );
    patch(
        "POST /pets body",
        "required = false",
        expect![[r#"
        -   body json `POST /pets body` (application/json)
        +   body json? `POST /pets body` (application/json)
    "#]],
    );
    patch(
        "POST /pets body",
        "type = 'map<integer>'\ncontent_type = 'application/x+json'",
        expect![[r#"
            -   body json `POST /pets body` (application/json)
            - struct `/pets .owner` nested from 
            -   name?: text ()
            - struct `POST /pets body` request from 
            -   age?: unknown ()
            -   owner.s?: [`/pets .owner`] ()
            +   body json {integer} (application/x+json)
        "#]],
    );
    check(
        "[[patch]]\nat = 'GET /pets'\nbody = 'multipart'\nreason = 'r'\n\
         [[patch]]\nat = 'GET /pets body.photo'\nadd = true\ntype = 'file'\nrequired = true\nreason = 'r'\n\
         [[patch]]\nat = 'GET /pets body.tags'\nadd = true\ntype = 'list<text>'\nreason = 'r'\n\
         [[patch]]\nat = 'GET /pets body.owner'\nadd = true\ntype = 'object'\nreason = 'r'\n",
        expect![[r#"
            +   body multipart `GET /pets body`
            + struct `GET /pets body` request from overlay: r
            +   photo: file (overlay)
            +   tags?: [text] (overlay)
            error[overlay::type]: an object cannot stand in a parameter or a form
              at overlay.toml:18:7 #
        "#]],
    );
    patch(
        "POST /pets body.age",
        "type = 'file'",
        expect![[r#"
        error[overlay::type]: files stand in multipart bodies only
          at overlay.toml:3:8 #
    "#]],
    );
}

#[test]
fn parameters_are_added_and_corrected() {
    patch(
        "GET /pets query.kind",
        "add = true\ntype = 'text'\nenum = ['cat', 'dog']\nrequired = true\ndocs = 'What kind.'",
        expect![[r#"
            +   query kind: `GET /pets query.kind` (overlay)
            + enum `GET /pets query.kind` from overlay: seen
            +   cat | dog
        "#]],
    );
    patch(
        "GET /pets header.X-Trace",
        "add = true\ntype = 'text'",
        expect![[r#"
        +   header X-Trace?: text (overlay)
    "#]],
    );
    patch(
        "GET /pets header.authorization",
        "add = true\ntype = 'text'",
        expect![[r#"
        error[overlay::type]: `authorization` is not a parameter: the client writes it itself
          at overlay.toml:3:7 #
          help: say `auth` of the operation, or `content_type` of its body
    "#]],
    );
    patch(
        "GET /pets header.a b",
        "add = true\ntype = 'text'",
        expect![[r#"
        error[overlay::type]: `a b` is no header name
          at overlay.toml:3:7 #
    "#]],
    );
    patch(
        "GET /pets query.kind",
        "add = true\ntype = 'map<text>'",
        expect![[r#"
        error[overlay::type]: a parameter, or a field of a form, is text, a number, a bool, or a list of these
          at overlay.toml:3:7 #
    "#]],
    );
    patch(
        "GET /pets path.id",
        "add = true\ntype = 'text'",
        expect![[r#"
        error[overlay::misplaced]: `add` cannot be said of `GET /pets path.id`
          at overlay.toml:3:7 #
          help: spec/README.md lists what can be said where
    "#]],
    );
}

#[test]
fn a_resource_is_corrected_everywhere() {
    patch(
        "/pets .age",
        "type = 'integer'",
        expect![[r#"
        -   age?: unknown ()
        +   age?: integer (overlay)
    "#]],
    );
    patch(
        "/pets .aeg",
        "type = 'integer'",
        expect![[r#"
        error[overlay::dead]: there is no field `aeg`
          at overlay.toml:2:6 #
          help: did you mean `age`? add it with `add = true` and a `type`, or delete the entry
    "#]],
    );
    patch(
        "/pets .owner.s[].name",
        "nullable = true",
        expect![[r#"
        -   name?: text ()
        +   name?: text | null (overlay)
    "#]],
    );
    patch(
        "/pets .owner.nam",
        "nullable = true",
        expect![[r#"
        error[overlay::dead]: there is no field `nam`
          at overlay.toml:2:6 #
          help: did you mean `name`? add it with `add = true` and a `type`, or delete the entry
    "#]],
    );
}

#[test]
fn entries_do_not_contradict_each_other() {
    check(
        "[[patch]]\nat = 'POST /pets body.age'\nrequired = true\nreason = 'r'\n\
         [[patch]]\nat = 'POST /pets [Pets › Add a pet] body.age'\nrequired = false\nreason = 'r'\n",
        expect![[r#"
            -   age?: unknown ()
            +   age: unknown (overlay)
            error[overlay::twice]: `required` of `POST /pets [Pets › Add a pet] body.age` is said twice
              at overlay.toml:7:12 #
              help: the entry at `POST /pets body.age` says it too: keep one of them
        "#]],
    );
    patch(
        "POST /pets body.age",
        "type = 'integer'\nrequired = false",
        expect![[r#"
        -   age?: unknown ()
        +   age?: integer (overlay)
        error[overlay::redundant]: `required` changes nothing at `POST /pets body.age`
          at overlay.toml:4:12 #
          help: the spec says this itself now; delete `required`
    "#]],
    );
    patch(
        "POST /pets body.age",
        "add = true\ntype = 'integer'",
        expect![[r#"
        error[overlay::redundant]: `POST /pets body.age` is there already
          at overlay.toml:2:6 #
          help: the spec, or what was learned, says this itself now: delete the entry, or its `add` where the rest is still needed
    "#]],
    );
    patch(
        "POST /pets body.age",
        "drop = true\nrequired = true",
        expect![[r#"
        error[overlay::value]: what is dropped needs no other correction
          at overlay.toml:1:1 #
    "#]],
    );
    patch(
        "POST /pets body.age",
        "drop = false",
        expect![[r#"
        error[overlay::value]: `drop = false` says nothing; delete it
          at overlay.toml:3:8 #
    "#]],
    );
}

#[test]
fn what_nothing_uses_any_more_goes() {
    patch(
        "POST /pets",
        "drop = true",
        expect![[r#"
        - POST /pets [Pets › Add a pet]
        -   body json `POST /pets body` (application/json)
        - struct `/pets .owner` nested from 
        -   name?: text ()
        - struct `POST /pets body` request from 
        -   age?: unknown ()
        -   owner.s?: [`/pets .owner`] ()
    "#]],
    );
    patch(
        "POST /pets",
        "body = 'text'",
        expect![[r#"
        -   body json `POST /pets body` (application/json)
        - struct `/pets .owner` nested from 
        -   name?: text ()
        - struct `POST /pets body` request from 
        -   age?: unknown ()
        -   owner.s?: [`/pets .owner`] ()
        +   body text (text/plain)
    "#]],
    );
    patch(
        "GET /pets",
        "auth = { kind = 'oauth2', token_url = '/token' }",
        expect![[r#"
        error[overlay::misplaced]: `auth` cannot be said of `GET /pets`
          at overlay.toml:3:8 #
          help: say it of the credential: `at` is its key, `auth` the table
    "#]],
    );
}

#[test]
fn listings_are_paged_by_parameters_that_are_there() {
    let paged = "pagination = { kind = 'offset', page = 'page', per_page = 'size', first = 1 }";
    patch(
        "GET /pets",
        paged,
        expect![[r#"
            +   pagination Pagination { by: Number { page: "page", size: Some("size"), first: Some(1), totals: None }, items: [], total: None, next: None, more: None }
            error[overlay::dead]: there is no query parameter `page` to page by
              at overlay.toml:3:14 #
              help: add it: at = "GET /pets query.page", `add = true` and a `type`
            error[overlay::dead]: there is no query parameter `size` to page by
              at overlay.toml:3:14 #
              help: add it: at = "GET /pets query.size", `add = true` and a `type`
            error[overlay::dead]: the answer has no list to page through
              at overlay.toml:3:14 #
              help: name the key of the list in `items`, or give the answer a `type`
        "#]],
    );
    patch(
        "GET /pets",
        "pagination = { kind = 'offset', page = 'page', first = -1 }",
        expect![[r#"
        error[overlay::value]: this table needs `per_page = "…"`
          at overlay.toml:3:14 #
    "#]],
    );
    patch(
        "GET /pets",
        "pagination = { kind = 'cursor' }",
        expect![[r#"
            error[overlay::value]: `pagination` needs `kind = "offset"`, `"skip"`, `"checkpoint"` or `"link"`
              at overlay.toml:3:14 #
        "#]],
    );
    patch(
        "GET /pets",
        "pagination = { kind = 'checkpoint', fro = 'from' }",
        expect![[r#"
        error[overlay::unknown-key]: `fro` is no key here
          at overlay.toml:3:37 #
          help: did you mean `from`?
        error[overlay::value]: this table needs `from = "…"`
          at overlay.toml:3:14 #
    "#]],
    );
}
