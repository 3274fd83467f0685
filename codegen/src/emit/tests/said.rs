//! What the docs of operations and types say beside the collection's own words.

use super::{everything, names, texts};
use crate::api::{Api, Content, CredentialId, Message, ServerId, TextFormat, TypeKind, TypeOrigin};
use crate::emit::provenance;

fn client(api: &Api) -> String {
    let all = texts(api, &names(api));
    all.into_iter().find(|(path, _)| path == "src/client.rs").unwrap().1
}

/// The sentences of the docs of `Ping`, and those of all operations, after a change.
fn with_ping(change: impl Fn(&mut Api, usize)) -> String {
    let mut api = everything();
    api.operations.iter_mut().for_each(|it| it.auth = Some(CredentialId(1)));
    let ping = api.operations.iter().position(|it| it.name == "Ping").unwrap();
    api.operations[ping].server = ServerId(0);
    change(&mut api, ping);
    client(&api)
}

#[test]
fn an_operation_says_what_only_it_does() {
    let usual = with_ping(|_, _| {});
    assert!(!usual.contains("Sent to") && !usual.contains("Authenticated"), "{usual}");
    let elsewhere = with_ping(|api, at| api.operations[at].server = ServerId(1));
    let said = "Sent to `https://files.example`, or where `files_base_url` of the builder leads.";
    assert_eq!(elsewhere.matches(said).count(), 1, "{elsewhere}");
    let signed = with_ping(|api, at| api.operations[at].auth = Some(CredentialId(3)));
    assert_eq!(signed.matches("Authenticated by `key`.").count(), 1, "{signed}");
    let open = with_ping(|api, at| api.operations[at].auth = None);
    assert_eq!(open.matches("Sent without a credential.").count(), 1, "{open}");
}

#[test]
fn without_a_usual_credential_each_operation_names_its_own() {
    let said = with_ping(|api, _| {
        for (at, operation) in api.operations.iter_mut().enumerate() {
            operation.auth = Some(CredentialId(at % 3));
        }
    });
    let operations = everything().operations.iter().filter(|it| it.group.is_none()).count();
    assert_eq!(said.matches("Authenticated by `").count(), operations, "{said}");
}

#[test]
fn a_type_says_which_message_it_is() {
    let said = |place: &str, content, is_recorded, more: usize| {
        let mut api = everything();
        let definition = api.types.0.iter_mut().find(|it| it.key.to_string() == place).unwrap();
        let message = Message { request: "POST /a".to_owned(), content, is_recorded };
        let message = TypeOrigin::Message(message);
        definition.provenance = vec![message; more + 1];
        provenance::docs(definition).join(" ")
    };
    let body = "POST /a body";
    assert_eq!(said(body, Content::Body, false, 0), "Body of `POST /a`.");
    assert_eq!(said(body, Content::Body, true, 0), "Body of `POST /a`.");
    assert_eq!(said(body, Content::Body, false, 1), "Body of `POST /a`, and one more place.");
    let part = "/a .node";
    let response = Content::Response(200);
    let three = "In the response of `POST /a`, and 2 more places.";
    assert_eq!(said(part, response, true, 2), three);
    let refused = Content::Response(404);
    assert_eq!(said(part, refused, false, 0), "In the response 404 of `POST /a`.");
    assert_eq!(said("POST /form form", Content::Form, false, 0), "Form of `POST /a`.");
}

#[test]
fn a_field_says_its_format_after_its_key() {
    let mut api = everything();
    let definition = api.types.0.iter_mut().find(|it| it.key.to_string() == "/a .node").unwrap();
    let TypeKind::Struct(node) = &mut definition.kind else { panic!("a struct") };
    let field = node.fields.iter_mut().find(|field| field.key == "type").unwrap();
    field.format = Some(TextFormat::DateTime);
    let said = "JSON key `type`. Date and time (RFC 3339).";
    let models = |api: &Api| {
        let all = texts(api, &names(api));
        all.into_iter().filter(|(_, text)| text.contains(said)).count()
    };
    assert_eq!(models(&api), 1);
}

#[test]
fn a_credential_says_which_operations_use_it() {
    let said = |others: usize, more: &str| {
        let mut api = everything();
        for name in ["Pong", "Peng"] {
            let mut more = api.operations.iter().find(|it| it.name == "Ping").unwrap().clone();
            (more.name, more.key.name) = (name.to_owned(), name.to_owned());
            api.operations.push(more);
        }
        assert_eq!(api.operations.len(), 13, "six are neither few nor all but few");
        for (at, operation) in api.operations.iter_mut().enumerate() {
            operation.auth = Some(CredentialId(if at < others { 3 } else { 0 }));
        }
        let text = client(&api);
        assert!(text.contains(more), "{others}: {text}");
    };
    said(0, "All operations use it.");
    said(0, "No operation uses it by itself.");
    said(1, "All operations use it but `");
    said(1, "Used by `");
    said(6, "6 of 13 operations use it.");
    said(6, "7 of 13 operations use it.");
}

#[test]
fn the_numbers_of_a_tutorial_are_no_docs() {
    let mut api = everything();
    let ping = api.operations.iter_mut().find(|it| it.name == "Ping").unwrap();
    ping.name = "2b. Ping".to_owned();
    let said = client(&api);
    assert!(said.contains("\" Ping.\\n") && !said.contains("2b"), "{said}");
}

#[test]
fn a_name_that_is_the_path_is_said_once() {
    for name in ["/ping/:id", "GET /ping"] {
        let mut api = everything();
        let ping = api.operations.iter_mut().find(|it| it.name == "Ping").unwrap();
        ping.name = name.to_owned();
        assert!(!client(&api).contains(name), "{name}");
    }
    let mut api = everything();
    let ping = api.operations.iter_mut().find(|it| it.name == "Ping").unwrap();
    ping.name = "Flush /ping".to_owned();
    assert!(client(&api).contains("Flush /ping."));
}
