//! Types that no one operation gives its name to: a body of several requests, and what an error holds.

use super::api;
use super::types::{check, define, json, object, response};
use crate::api::Type;
use expect_test::expect;

#[test]
fn a_body_of_several_requests_is_called_what_all_of_them_begin_with() {
    let mut api = api(&[
        "Gates | POST /gates | Close gates by id",
        "Gates | POST /gates | Close gates by name",
        "Gates | PUT /gates | Open gates",
        "Gates | PATCH /gates | Open all",
        "Gates | POST /gates/oil | Oil gate hinges by name of maker",
        "Gates | POST /gates/oil | Oil gate hinges by name of owner",
        "Gates | POST /gates/paint | Paint gate posts",
        "Gates | POST /gates/paint | Paint gate bars",
    ]);
    let [close, open, oil, paint] =
        ["close", "open", "oil", "paint"].map(|key| define(&mut api, key, object(&[])));
    let bodies = [&close, &close, &open, &open, &oil, &oil, &paint, &paint];
    for (operation, body) in api.operations.iter_mut().zip(bodies) {
        operation.body = Some(json(body));
    }
    check(
        &api,
        |line| line.ends_with('}'),
        &expect![[r#"
            close = gates::CloseGates {  }
            open = gates::OpenGates {  }
            oil = gates::OilGateHingesByName {  }
            paint = gates::PaintGatePosts {  }
        "#]],
    );
}

#[test]
fn a_body_of_many_requests_is_called_what_most_of_them_do() {
    let mut api = api(&[
        "Gates | POST /gates | Create gate 24 wide",
        "Gates | POST /gates | Create gate of oak",
        "Gates | POST /gates | Create gate and bolt it",
        "Gates | PUT /gates/:id | Move a gate",
        "Walls | POST /walls | Create wall of brick",
        "Walls | POST /walls | Raise wall",
        "Walls | PUT /walls/:id | Move a wall",
    ]);
    let [gate, wall] = ["gate", "wall"].map(|key| define(&mut api, key, object(&[])));
    let bodies = [&gate, &gate, &gate, &gate, &wall, &wall, &wall];
    for (operation, body) in api.operations.iter_mut().zip(bodies) {
        operation.body = Some(json(body));
    }
    check(
        &api,
        |line| line.ends_with('}'),
        &expect![[r#"
        gate = gates::CreateGate {  }
        wall = walls::CreateWallOfBrick {  }
    "#]],
    );
}

#[test]
fn what_a_body_and_an_answer_wrap_says_what_became_of_it() {
    let mut api = api(&[
        "Gates | GET /gates/:id | Get a gate",
        "Gates | POST /gates | Create a gate",
        "Gates | DELETE /gates/:id | Delete a gate",
    ]);
    let wrap = |api: &mut crate::api::Api, key: &str, fields: &[(&str, Type)]| {
        let inner = define(api, &format!("{key} .gate"), object(fields));
        define(api, &format!("{key} ."), object(&[("gate", inner)]))
    };
    let got = wrap(&mut api, "got", &[("id", Type::Text), ("a", Type::Text)]);
    let sent = wrap(&mut api, "sent", &[("a", Type::Text)]);
    let deleted = wrap(&mut api, "deleted", &[("id", Type::Text)]);
    api.operations[0].response = response(&got);
    api.operations[1].body = Some(json(&sent));
    api.operations[2].response = response(&deleted);
    check(
        &api,
        |line| line.ends_with('}'),
        &expect![[r#"
            got .gate = gates::Gate { id, a }
            got . = gates::GateResponse { gate }
            sent .gate = gates::NewGate { a }
            sent . = gates::CreateGate { gate }
            deleted .gate = gates::DeletedGate { id }
            deleted . = gates::DeleteGateResponse { gate }
        "#]],
    );
}

#[test]
fn what_an_error_holds_is_called_after_no_operation() {
    let mut api = api(&["Gates | GET /gates/:id | Open a gate"]);
    let inner = define(&mut api, "errors .error", object(&[("code", Type::Text)]));
    let hint = define(&mut api, "errors .error.info", object(&[("url", Type::Text)]));
    let outer = define(&mut api, "errors .", object(&[("error", inner), ("info", hint)]));
    api.operations[0].error = Some(outer);
    check(
        &api,
        |line| line.ends_with('}'),
        &expect![[r#"
        errors .error = gates::ErrorDetails { code }
        errors .error.info = gates::ApiErrorInfo { url }
        errors . = gates::ApiError { error, info }
    "#]],
    );
}
