//! The front page and the example programs: which calls they show, and only what the API has.

use super::{everything, names, texts};
use crate::api::{
    Api, CredentialId, Nullability, Operation, PageBy, Pagination, Response, ServerId, Type,
    TypeKind,
};
use expect_test::expect;

fn file(api: &Api, path: &str) -> Option<String> {
    texts(api, &names(api)).into_iter().find(|(own, _)| own == path).map(|(_, text)| text)
}

/// The titles of the README's sections.
fn sections(api: &Api) -> Vec<String> {
    let readme = file(api, "README.md").unwrap();
    readme.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect()
}

/// With pages in its listing.
fn paged() -> Api {
    let mut api = everything();
    let listing = api.operations.iter_mut().find(|it| it.name == "List things").unwrap();
    let Response::Json { ty, .. } = listing.response.clone() else { unreachable!() };
    listing.response = Response::Json { ty, may_be_empty: false };
    listing.deprecated = None;
    listing.pagination = Some(Pagination {
        by: PageBy::Number { page: "page".into(), size: None, first: None, totals: None },
        items: vec!["items".to_owned()],
        total: None,
        next: None,
        more: None,
    });
    api
}

#[test]
fn a_section_stands_where_there_is_something_to_show() {
    let all = sections(&everything());
    assert!(!all.iter().any(|it| it == "Page by page" || it == "Credentials"), "{all:?}");
    for title in ["First call", "Something new", "Responses without a type"] {
        assert!(all.iter().any(|it| it == title), "{all:?}");
    }
    assert!(sections(&paged()).iter().any(|it| it == "Page by page"));

    let mut bare = everything();
    bare.credentials = Vec::new();
    for operation in &mut bare.operations {
        operation.auth = None;
        operation.response = Response::Text;
        operation.method = "GET".to_owned();
    }
    let all = sections(&bare);
    assert!(all.iter().any(|it| it == "Credentials"), "{all:?}");
    let readme = file(&bare, "README.md").unwrap();
    assert!(readme.contains("builder.default_header(\"X-Api-Key\", key)"), "{readme}");
    assert!(readme.contains("`signer` takes a `Signer` of yours"), "{readme}");
    for title in ["Something new", "Responses without a type"] {
        assert!(!all.iter().any(|it| it == title), "{all:?}");
    }
}

#[test]
fn a_change_sets_one_field_and_deletes_another() {
    let readme = file(&everything(), "README.md").unwrap();
    let (_, after) = readme.split_once("## Something changed").unwrap();
    let (_, code) = after.split_once("```rust,no_run\n").unwrap();
    let (code, _) = code.split_once("```").unwrap();
    expect![[r#"
        use everything::Patch;
        use everything::a::UpdateThing;

        let body = UpdateThing::new().size(1.0).name(Patch::Null);
    "#]]
    .assert_eq(code);

    let mut plain = everything();
    for definition in &mut plain.types.0 {
        if let TypeKind::Struct(own) = &mut definition.kind {
            own.fields.iter_mut().for_each(|it| it.nullability = Nullability::Plain);
        }
    }
    assert!(!sections(&plain).iter().any(|it| it == "Something changed"));
}

#[test]
fn the_quick_start_has_the_credential_of_most_operations() {
    let mut api = everything();
    for (at, operation) in api.operations.iter_mut().enumerate() {
        operation.auth = Some(CredentialId(if at < 3 { 0 } else { 3 }));
    }
    let readme = file(&api, "README.md").unwrap();
    let first = readme.split("## ").nth(1).unwrap();
    assert!(first.contains(".key(std::env::var(\"KEY\")?)"), "{first}");
    assert!(!first.contains("    .basic"), "{first}");
    let others = "Some operations take another credential: `basic_auth` for `ping()`, ";
    assert!(first.contains(others), "{first}");
    // What no operation takes is not told of.
    assert!(!first.contains("`token`"), "{first}");
}

#[test]
fn the_first_call_goes_where_most_go_with_what_most_take() {
    let first = |change: &dyn Fn(&mut Operation)| {
        let mut api = everything();
        let mut pong = api.operations.iter().find(|it| it.name == "Ping").unwrap().clone();
        (pong.name, pong.key.name) = ("Pong".to_owned(), "Pong".to_owned());
        api.operations.push(pong);
        for operation in &mut api.operations {
            (operation.auth, operation.server) = (Some(CredentialId(3)), ServerId(0));
        }
        api.operations.iter_mut().filter(|it| it.name == "Ping").for_each(change);
        let readme = file(&api, "README.md").unwrap();
        readme.split("## ").nth(1).unwrap().contains("client.ping()")
    };
    assert!(first(&|_| {}));
    assert!(!first(&|operation| operation.server = ServerId(1)));
    assert!(!first(&|operation| operation.auth = None));
}

#[test]
fn many_takers_of_a_credential_are_told_by_their_folders() {
    let mut api = everything();
    for operation in &mut api.operations {
        operation.auth = Some(CredentialId(if operation.method == "GET" { 3 } else { 4 }));
    }
    let readme = file(&api, "README.md").unwrap();
    let others = "another credential: `key` for `ping()`, `a().list_things()`.";
    assert!(readme.contains(others), "{readme}");
    for (at, operation) in api.operations.iter_mut().enumerate() {
        operation.auth = Some(CredentialId(if at % 2 == 0 { 3 } else { 0 }));
    }
    let readme = file(&api, "README.md").unwrap();
    let others = "`basic_auth` for operations of `a()`, `a().inner()`.";
    assert!(readme.contains(others), "{readme}");
}

#[test]
fn a_program_signs_as_its_call_does() {
    let mut api = everything();
    for operation in &mut api.operations {
        operation.auth = Some(CredentialId(if operation.method == "POST" { 3 } else { 0 }));
    }
    let create = file(&api, "examples/create.rs").unwrap();
    assert!(create.contains(".key(std::env::var(\"KEY\")?)"), "{create}");
    let offline = file(&api, "examples/offline.rs").unwrap();
    assert!(offline.contains(".basic_auth(\"username\", \"password\")"), "{offline}");
}

#[test]
fn who_signs_in_a_way_of_their_own_needs_their_own_test() {
    let mut api = everything();
    api.operations.iter_mut().for_each(|it| it.auth = Some(CredentialId(2)));
    assert_eq!(file(&api, "examples/offline.rs"), None);
    assert!(!sections(&api).iter().any(|it| it == "Tests without a network"));
    assert!(file(&api, "examples/create.rs").unwrap().contains("takes a `Signer` of yours"));
    // A call that is not signed needs no signer.
    api.operations.iter_mut().filter(|it| it.method == "GET").for_each(|it| it.auth = None);
    let offline = file(&api, "examples/offline.rs").unwrap();
    assert!(!offline.contains("Signer"), "{offline}");
}

#[test]
fn a_listing_comes_before_other_reads() {
    let mut api = everything();
    let mut ping = api.operations.iter().find(|it| it.name == "Ping").unwrap().clone();
    ping.name = "Zoo".to_owned();
    ping.key.name = "Zoo".to_owned();
    ping.server = ServerId(0);
    ping.response = Response::Json { ty: Type::List(Box::new(Type::Text)), may_be_empty: false };
    api.operations.push(ping);
    let list = file(&api, "examples/list.rs").unwrap();
    assert!(list.contains("client.zoo().send()"), "{list}");
    assert_eq!(file(&everything(), "examples/list.rs"), None);
}

#[test]
fn pages_are_walked_in_the_listing() {
    expect![[r#"
        // @generated by `cargo xtask codegen` from everything.json.
        // Edits are lost: correct spec/overlay.toml instead, and run the command again.

        //! Prints each item of `a().list_things()`, page after page: `cargo run --example list`.

        use everything::Client;
        use everything::shared::Kind;

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let client = Client::builder()
                .host("api.example.org")
                .token(std::env::var("TOKEN")?)
                .build()?;

            let mut items = client.a().list_things(Kind::One, vec![1]).items();
            while let Some(item) = items.next().await {
                println!("{:?}", item?);
            }
            Ok(())
        }
    "#]]
    .assert_eq(&file(&paged(), "examples/list.rs").unwrap());
}

#[test]
fn a_creation_tells_refusals_from_other_failures() {
    expect![[r#"
        // @generated by `cargo xtask codegen` from everything.json.
        // Edits are lost: correct spec/overlay.toml instead, and run the command again.

        //! Calls `a().create_thing()`, and tells a refusal from other failures: `cargo run --example create`.

        use everything::{Client, Error};
        use everything::shared::CreateThing;

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let client = Client::builder()
                .host("api.example.org")
                .token(std::env::var("TOKEN")?)
                .build()?;

            let result = client.a().create_thing(CreateThing::new("name")).send().await;
            match result {
                Ok(response) => println!("{} {:?}", response.status(), *response),
                // The service answered, and refused.
                Err(error @ Error::Status { .. }) => {
                    println!("{error}");
                }
                // No response, or one that could not be decoded.
                Err(error) => return Err(error.into()),
            }
            Ok(())
        }
    "#]].assert_eq(&file(&everything(), "examples/create.rs").unwrap());
}

#[test]
fn a_service_lists_creates_and_changes_with_one_client() {
    expect![[r#"
        // @generated by `cargo xtask codegen` from everything.json.
        // Edits are lost: correct spec/overlay.toml instead, and run the command again.

        //! What a service does: limits, all pages, and failures told apart: `cargo run --example service`.

        use everything::{Client, Error, Patch, RetryPolicy};
        use everything::a::UpdateThing;
        use everything::shared::{CreateThing, Kind};

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let client = Client::builder()
                .host("api.example.org")
                .token(std::env::var("TOKEN")?)
                .user_agent("our-service/1.0")
                .timeout(std::time::Duration::from_secs(20))
                .retry(RetryPolicy::default().attempts(4))
                .build()?;

            // One request a page; an error comes once, after all items before it.
            let mut items = client.a().list_things(Kind::One, vec![1]).items();
            while let Some(item) = items.next().await {
                println!("{:?}", item?);
            }

            let result = client.a().create_thing(CreateThing::new("name")).send().await;
            match result {
                Ok(response) => println!("{} after {} attempts", response.status(), response.attempts()),
                // May succeed later: put it back into the queue.
                Err(error) if error.is_retryable() => println!("later: {error}"),
                // Refused: the same will be refused again.
                Err(error @ Error::Status { .. }) => {
                    println!("refused: {error}, request {:?}", error.request_id());
                }
                Err(error) => return Err(error.into()),
            }

            // What is not set stays as it is; null deletes.
            let body = UpdateThing::new().size(1.0).name(Patch::Null);
            client.a().update_thing("a_id", body).send().await?;
            Ok(())
        }
    "#]].assert_eq(&file(&paged(), "examples/service.rs").unwrap());
    // Another credential for what creates: one client cannot do both.
    let mut api = paged();
    for operation in &mut api.operations {
        operation.auth = Some(CredentialId(if operation.method == "POST" { 3 } else { 0 }));
    }
    assert_eq!(file(&api, "examples/service.rs"), None);
}

#[test]
fn the_manifest_tells_registries_and_docs_rs() {
    let api = everything();
    let mut own = names(&api);
    let manifest = |own: &crate::name::Names| {
        texts(&api, own).into_iter().find(|(path, _)| path == "Cargo.toml").unwrap().1
    };
    let plain = manifest(&own);
    assert!(!plain.contains("repository") && !plain.contains("keywords"), "{plain}");
    assert!(plain.contains("[package.metadata.docs.rs]\nall-features = true\n"), "{plain}");
    own.repository = Some("https://git.example/a/b".to_owned());
    own.keywords = vec!["books".to_owned(), "c++".to_owned()];
    own.categories = vec!["api-bindings".to_owned()];
    let told = manifest(&own);
    for line in [
        "repository = \"https://git.example/a/b\"",
        "keywords = [\"books\", \"c++\"]",
        "categories = [\"api-bindings\"]",
    ] {
        assert!(told.contains(&format!("\n{line}\n")), "{told}");
    }
}

#[test]
fn a_test_needs_no_network() {
    expect![[r#"
        // @generated by `cargo xtask codegen` from everything.json.
        // Edits are lost: correct spec/overlay.toml instead, and run the command again.

        //! Tests code that calls `ping()`, without a network: `cargo run --example offline --features test_util`.

        use everything::Client;
        use everything::test_util::{Reply, replay};

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let log = replay([Reply::status(200).body("text")]);
            let client = Client::builder()
                .host("api.example.org")
                .token("token")
                .transport(log.clone())
                .build()?;

            let response = client.ping().send().await?;
            println!("{} {:?}", response.status(), *response);
            assert_eq!(log.sent().len(), 1);
            Ok(())
        }
    "#]].assert_eq(&file(&everything(), "examples/offline.rs").unwrap());
}
