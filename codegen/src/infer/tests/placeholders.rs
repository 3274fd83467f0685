//! Placeholders (`<integer>`) are types, and give way to real values; numbers that mix are doubles, and long digits are text.

use super::{check, draft, entry, request, responses, sends, typed};
use crate::api::{Api, TypeKind};
use crate::docs::{Block, Docs, Inline};
use crate::draft::{Body, EntryValue, Operation, Part, PathParameter, PathSource, Sample};
use crate::evidence::Evidence;
use crate::origin::Origin;
use crate::template::Template;
use expect_test::expect;
use std::collections::BTreeSet;

#[test]
fn names_of_types_are_types() {
    let body = r#"{"n": "<long>", "on": "<BOOLEAN>", "w": "<number>", "tags": ["%3Cinteger%3E"], "made": "<dateTime>", "any": "<oneOf>"}"#;
    check(
        vec![sends(request("POST", "/pots", "Create"), body)],
        expect![[r#"
            POST /pots [Create]
              body json `POST /pots body` (application/json)
            struct `POST /pots body` request from POST /pots (body)
              n?: integer (collection)
              on?: bool (collection)
              w?: number (collection)
              tags?: [integer] (collection)
              made?: text (collection)
              any?: unknown (collection)
        "#]],
    );
}

#[test]
fn real_values_decide() {
    let get = |text: &str| responses(request("GET", "/pots/:id", "Get"), 200, text);
    check(
        vec![
            get(r#"{"code": "<integer>", "lid": "<string>", "size": "<integer>"}"#),
            get(r#"{"code": "A7", "lid": {"round": true}, "size": 1.5}"#),
        ],
        expect![[r#"
            GET /pots/{} [Get #843d06123dbe474b]
              answer `/pots .`
            GET /pots/{} [Get #db45e4e57f9a304e]
              answer `/pots .`
            struct `/pots .` answer from GET /pots/{id} -> 200
              code?: text (response)
              lid?: `/pots .lid` (response)
              size?: number (response)
            struct `/pots .lid` nested from GET /pots/{id} -> 200
              round?: bool (response)
        "#]],
    );
}

#[test]
fn parameters_and_fields_take_the_type_and_no_default() {
    let caller = |text: &str| EntryValue::Caller(text.to_owned());
    let mut search = request("POST", "/pots/search", "Search");
    search.query = vec![
        entry("deep", caller("<boolean>"), true),
        entry("size", caller("<number>"), true),
        entry("rows", caller("<string>"), true),
        entry("rows", EntryValue::Default(Template::literal("7")), true),
    ];
    search.headers = vec![entry("If-Match", caller("<string>"), true)];
    search.body = Some(Body::Form(vec![entry("count", caller("<integer>"), true)]));
    check(
        vec![search],
        expect![[r#"
            POST /pots/search [Search]
              query deep?: bool (collection)
              query size?: number (collection)
              query rows?: [integer] = "7" (collection)
              header If-Match?: text (collection)
              body form `POST /pots/search [Search] form`
            struct `POST /pots/search [Search] form` request from POST /pots/search (form)
              count?: integer (collection)
        "#]],
    );
}

#[test]
fn mixed_numbers_are_doubles_and_long_digits_are_text() {
    let body = r#"{"sum": [1, -1, 18446744073709551615], "cost": [0.5, 12345678901234567891]}"#;
    let mut create = sends(request("POST", "/pots", "Create"), body);
    let literal = |text: &str| EntryValue::Default(Template::literal(text));
    create.query = vec![
        entry("phone", literal("4900000000000"), true),
        entry("day", literal("20240101"), true),
    ];
    check(
        vec![create],
        expect![[r#"
            POST /pots [Create]
              query phone?: text = "4900000000000" (collection)
              query day?: integer = "20240101" (collection)
              body json `POST /pots body` (application/json)
            struct `POST /pots body` request from POST /pots (body)
              sum?: [number] (collection)
              cost?: [number] (collection)
            note[infer::number-rounded]: `sum` mixes numbers of which a double rounds some
              at spec.json #
              help: pin it in spec/overlay.toml: at = "/pots body.sum[]"
            note[infer::number-rounded]: `cost` mixes numbers of which a double rounds some
              at spec.json #
              help: pin it in spec/overlay.toml: at = "/pots body.cost[]"
        "#]],
    );
}

#[test]
fn a_part_of_bytes_is_a_file() {
    let part = |name: &str, value: &str| Part {
        entry: entry(name, EntryValue::Caller(value.to_owned()), true),
        file: false,
        content_type: None,
    };
    let mut upload = request("POST", "/pots", "Upload");
    upload.body = Some(Body::Multipart(vec![part("lid", "<binary>"), part("note", "<string>")]));
    check(
        vec![upload],
        expect![[r#"
        POST /pots [Upload]
          body multipart `POST /pots [Upload] form`
        struct `POST /pots [Upload] form` request from POST /pots (form)
          lid?: file (collection)
          note?: text (collection)
    "#]],
    );
}

fn api(operation: Operation) -> Api {
    typed(&draft(vec![operation]), &Evidence::default(), &[]).0
}

/// What the docs of all fields tell, by key.
fn told(api: &Api) -> Vec<String> {
    let fields = api.types.0.iter().flat_map(|definition| match &definition.kind {
        TypeKind::Struct(object) => object.fields.as_slice(),
        TypeKind::Union(_) | TypeKind::Enumeration(_) => &[],
    });
    let told = fields.filter(|field| !field.docs.0.is_empty());
    told.map(|field| format!("{}: {}", field.key, text(&field.docs))).collect()
}

/// Docs as text, a paragraph a line.
fn text(docs: &Docs) -> String {
    let inline = |inline: &Inline| match inline {
        Inline::Text(text) => text.clone(),
        Inline::Code(text) => format!("`{text}`"),
        other => format!("{other:?}"),
    };
    let block = |block: &Block| match block {
        Block::Paragraph(inlines) => inlines.iter().map(inline).collect(),
        other => format!("{other:?}"),
    };
    docs.0.iter().map(block).collect::<Vec<String>>().join("\n")
}

#[test]
fn words_in_brackets_are_told_by_the_docs_of_their_field() {
    let body = r#"{"lid": "<the lid's shape>", "tags": ["<a word>", "<another one>"], "otp": "<CANARY words>", "session": {"token": "<CANARY words>"}, "n": "<integer>", "by": {"0b2e9c1f-6f0c-4b7e-9a53-0d5a3c1e7f10": "<a keeper>"}}"#;
    let answer = r#"{"lid": "<CANARY of an answer>"}"#;
    let api = api(responses(sends(request("POST", "/pots", "Create"), body), 200, answer));
    let lines = [
        "lid: In the collection: `the lid's shape`",
        "tags: In the collection: `a word`, `another one`",
        "by: In the collection: `a keeper`",
    ];
    assert_eq!(BTreeSet::from_iter(told(&api)), BTreeSet::from(lines.map(str::to_owned)));
    assert!(!format!("{api:?}").contains("CANARY"));
}

#[test]
fn words_about_variables_of_graphql_are_told() {
    let mut find = request("POST", "/graphql", "Find");
    let variables = Sample { text: r#"{"first": "<how many>"}"#.into(), origin: Origin::default() };
    find.body = Some(Body::GraphQl {
        query: Template::literal("query($first: Int) { pots(first: $first) { id } }"),
        operation_name: None,
        variables: Some(variables),
    });
    assert_eq!(told(&api(find)), ["first: In the collection: `how many`"]);
}

#[test]
fn words_about_a_whole_body_are_a_finding() {
    check(
        vec![sends(request("POST", "/pots", "Create"), r#"["<a pot>"]"#)],
        expect![[r#"
        POST /pots [Create]
          body json [text] (application/json)
        note[infer::words]: what the body of POST /pots holds is told by nothing but the words `a pot`
          at spec.json #
    "#]],
    );
}

#[test]
fn a_description_is_told_before_words() {
    let said = Docs(vec![Block::Paragraph(vec![Inline::Text("The order.".to_owned())])]);
    let caller = |text: &str| EntryValue::Caller(text.to_owned());
    let mut second = entry("sort", caller("<field name>"), true);
    second.docs = said;
    let mut list = request("GET", "/pots", "List");
    let entries = vec![entry("sort", caller("<field words>"), true), second];
    list.query = entries.clone();
    list.body = Some(Body::Form(entries));
    let api = api(list);
    let wanted = "The order.\nIn the collection: `field name`, `field words`";
    assert_eq!(text(&api.operations[0].query[0].docs), wanted);
    assert_eq!(told(&api), [format!("sort: {wanted}")]);
}

#[test]
fn the_bare_name_of_a_type_is_a_value_under_a_key_of_types() {
    let body = r#"{"schema": {"type": "string", "kind": "<integer>"}, "name": "string"}"#;
    let shape = crate::infer::observe::observe(
        &crate::json::read(body).unwrap(),
        crate::infer::observe::Reading::Written,
        None,
    );
    let under = |key: &str| shape.objects.keys["schema"].shape.objects.keys[key].shape.clone();
    assert!(under("type").stand_ins.is_empty() && !under("kind").stand_ins.is_empty());
    assert!(!shape.objects.keys["name"].shape.stand_ins.is_empty());
}

#[test]
fn an_argument_of_the_path_takes_the_type_that_a_placeholder_names() {
    let get = |path: &str, name: &str, example: Option<&str>, source| {
        let mut operation = request("GET", path, path);
        let (name, example) = (name.to_owned(), example.map(str::to_owned));
        operation.path_parameters =
            vec![PathParameter { name, source, docs: Docs::default(), example }];
        operation
    };
    let segment = |path, name, example| get(path, name, Some(example), PathSource::Segment);
    let operations = vec![
        segment("/a/:id", "id", "<long>"),
        segment("/b/:id", "id", "7"),
        segment("/c/:key", "key", "<integer>"),
        segment("/d/:key", "key", "k7"),
        segment("/e/:lid", "lid", "<integer>"),
        segment("/f/:lid", "lid", "{lid}"),
        segment("/g/:pot", "pot", "<the pot>"),
        get("/h/:lid", "lid", None, PathSource::Variable),
    ];
    let (api, _) = typed(&draft(operations), &Evidence::default(), &[]);
    let dump = crate::api::dump::dump(&api);
    let kinds = dump.lines().filter_map(|line| line.trim().strip_prefix("path "));
    expect![[r#"
        [
            "id: integer (collection)",
            "id: integer (collection)",
            "key: text (collection)",
            "key: text (collection)",
            "lid: integer (collection)",
            "lid: text (collection)",
            "pot: text (collection)",
            "lid: text (collection)",
        ]
    "#]]
    .assert_debug_eq(&kinds.collect::<Vec<_>>());
}
