//! Decoding a page of 100 users into the emitted type, against derived serde that knows the same fields: `cargo xtask bench decode`.

use auth0_management::users::User;
use divan::{Bencher, black_box};
use serde::Deserialize;

fn main() {
    divan::main();
}

/// What a service might say of a user; every field is known to both.
const USER: &str = r#"{"user_id":"auth0|5f7c8ec7c33c6c004bbafe82","email":"ada@example.org","email_verified":true,"username":"ada","phone_number":"+49301234567","phone_verified":false,"created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-11-02T03:04:05.678Z","identities":[{"connection":"Initial-Connection","user_id":"5f7c8ec7c33c6c004bbafe82","provider":"auth0","isSocial":false}],"picture":"https://example.org/ada.png","name":"Ada Lovelace","nickname":"ada","last_ip":"192.0.2.7","last_login":"2026-11-01T03:04:05.678Z","logins_count":42,"blocked":false,"given_name":"Ada","family_name":"Lovelace"}"#;

/// The same by hand.
#[derive(Deserialize)]
#[allow(dead_code, reason = "reading is what is measured")]
struct Derived {
    user_id: Option<String>,
    email: Option<String>,
    email_verified: Option<bool>,
    username: Option<String>,
    phone_number: Option<String>,
    phone_verified: Option<bool>,
    created_at: Option<String>,
    updated_at: Option<String>,
    identities: Option<Vec<Identity>>,
    picture: Option<String>,
    name: Option<String>,
    nickname: Option<String>,
    last_ip: Option<String>,
    last_login: Option<String>,
    logins_count: Option<i64>,
    blocked: Option<bool>,
    given_name: Option<String>,
    family_name: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "reading is what is measured")]
struct Identity {
    connection: Option<String>,
    user_id: Option<String>,
    provider: Option<String>,
    #[serde(rename = "isSocial")]
    is_social: Option<bool>,
}

fn page() -> String {
    format!("[{}]", vec![USER; 100].join(","))
}

#[divan::bench]
fn emitted(bencher: Bencher<'_, '_>) {
    let page = page();
    bencher.bench(|| serde_json::from_str::<Vec<User>>(black_box(&page)).unwrap());
}

#[divan::bench]
fn derived(bencher: Bencher<'_, '_>) {
    let page = page();
    bencher.bench(|| serde_json::from_str::<Vec<Derived>>(black_box(&page)).unwrap());
}

#[divan::bench]
fn untyped(bencher: Bencher<'_, '_>) {
    let page = page();
    bencher.bench(|| serde_json::from_str::<serde_json::Value>(black_box(&page)).unwrap());
}
