//! Fault test 16: pages end whatever the service says, and give every item before an error.

use crate::harness::client::{ByAnyPage, ByCursor, ByLink, ByOffset, ByPage, client, list};
use crate::runtime::test_util::{Replay, Reply, replay};
use crate::runtime::{Client, Error, Json, Paged, RetryPolicy};
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::pin;

fn built(replies: &[&str]) -> (Client, Replay) {
    let replay = replay(replies.iter().map(|body| match *body {
        "500" => Reply::status(500),
        body => Reply::json(200, body.to_owned()),
    }));
    let client = client("https://pets.example").transport(replay.clone());
    (client.retry(RetryPolicy::never()).build().unwrap(), replay)
}

/// What the items were, how it ended, and the queries that were sent.
async fn walk<O: Paged<Response = Json, Item = i64>>(
    replies: &[&str],
) -> (Vec<i64>, Option<Error>, String) {
    let (client, replay) = built(replies);
    let mut items = list(&client).items::<O>();
    let (mut seen, mut failure) = (Vec::new(), None);
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => seen.push(item),
            Err(error) => assert!(failure.replace(error).is_none(), "an error is given once"),
        }
    }
    assert!(items.next().await.is_none());
    let sent = replay.sent();
    let query = |url: &str| url.split_once('?').map_or("-", |(_, query)| query).to_owned();
    let queries = sent.iter().map(|request| query(&request.url)).collect::<Vec<_>>();
    (seen, failure, queries.join(" "))
}

async fn ends<O: Paged<Response = Json, Item = i64>>(
    replies: &[&str],
    wanted: &[i64],
    queries: &str,
) {
    let (items, failure, sent) = walk::<O>(replies).await;
    assert_eq!((items.as_slice(), sent.as_str()), (wanted, queries), "{replies:?}");
    assert!(failure.is_none(), "{failure:?}");
}

#[tokio::test]
async fn ends_after_the_last_page() {
    let two = [r#"{"items": [1, 2], "total": 3}"#, r#"{"items": [3], "total": 3}"#];
    ends::<ByPage>(&two, &[1, 2, 3], "- page=1").await;
    ends::<ByOffset>(&two, &[1, 2, 3], "- offset=2").await;
    let two = [r#"{"items": [1], "next": "a b"}"#, r#"{"items": [2], "next": ""}"#];
    ends::<ByCursor>(&two, &[1, 2], "take=2 cursor=a%20b&take=2").await;
    ends::<ByCursor>(&[r#"{"items": [1]}"#], &[1], "take=2").await;
}

#[tokio::test]
async fn ends_where_a_service_would_never_end() {
    let empty = r#"{"items": []}"#;
    ends::<ByPage>(&[r#"{"items": [1]}"#, empty], &[1], "- page=1").await;
    // A page may be short for any reason where nobody knows what was asked for.
    let short = [r#"{"items": [1, 2]}"#, r#"{"items": [3]}"#, empty];
    ends::<ByPage>(&short, &[1, 2, 3], "- page=1 page=2").await;
    // The total shrinks below what was given.
    let shrinks = [r#"{"items": [1, 2], "total": 9}"#, r#"{"items": [3], "total": 2}"#];
    ends::<ByPage>(&shrinks, &[1, 2, 3], "- page=1").await;
    // A service without pages gives the same answer again.
    let same = r#"{"items": [1, 2]}"#;
    ends::<ByPage>(&[same, same, same], &[1, 2], "- page=1").await;
    // A page without items may lie between others where a cursor leads on.
    let gap = [r#"{"items": [], "next": "a"}"#, r#"{"items": [1]}"#];
    ends::<ByCursor>(&gap, &[1], "take=2 cursor=a&take=2").await;
}

#[tokio::test]
async fn gives_the_items_before_an_error() {
    let pages = [r#"{"items": [1]}"#, r#"{"items": [2]}"#, "500"];
    let (items, failure, _) = walk::<ByPage>(&pages).await;
    assert_eq!(items, [1, 2]);
    assert_eq!(failure.unwrap().to_string(), "GET /pets answered 500 after 1 attempt");
    let (items, failure, _) = walk::<ByPage>(&[r#"{"items": [1]}"#, "<html>"]).await;
    assert_eq!(items, [1]);
    assert!(matches!(failure, Some(Error::Decode { .. })), "{failure:?}");
    // What holds no list is no empty page: the walk would end as if all had been given.
    let (items, failure, _) = walk::<ByPage>(&[r#"{"items": [1]}"#, r#"{"items": "gone"}"#]).await;
    assert_eq!(items, [1]);
    assert_eq!(
        failure.unwrap().to_string(),
        "GET /pets: cannot read the response: this is no page"
    );
}

#[tokio::test]
async fn begins_where_the_caller_says() {
    let (client, replay) = built(&[r#"{"items": [1]}"#, r#"{"items": [2], "total": 2}"#]);
    let mut pages = pin!(list(&client).set_query(0, 4).query("size", 1).pages::<ByPage>());
    let mut count = 0;
    while let Some(page) = poll_fn(|context| pages.as_mut().poll_next(context)).await {
        count += page.unwrap().items.len();
    }
    assert_eq!(count, 2);
    let sent = replay.sent();
    assert!(sent[0].url.ends_with("?page=4&size=1"), "{}", sent[0].url);
    assert!(sent[1].url.ends_with("?page=5&size=1"), "{}", sent[1].url);
}

#[tokio::test]
async fn what_the_service_says_of_the_end_comes_before_the_length_of_a_page() {
    // A page may be short where a total, or a word, says that more comes.
    let total = [
        r#"{"items": [1, 2], "total": 4}"#,
        r#"{"items": [3], "total": 4}"#,
        r#"{"items": [4], "total": 4}"#,
    ];
    ends::<ByPage>(&total, &[1, 2, 3, 4], "- page=1 page=2").await;
    ends::<ByOffset>(&total, &[1, 2, 3, 4], "- offset=2 offset=3").await;
    let word = [
        r#"{"items": [1, 2], "more": true}"#,
        r#"{"items": [3], "more": true}"#,
        r#"{"items": [4], "more": false}"#,
    ];
    ends::<ByOffset>(&word, &[1, 2, 3, 4], "- offset=2 offset=3").await;
    let link = [
        r#"{"items": [1, 2], "next": "x"}"#,
        r#"{"items": [3], "next": "y"}"#,
        r#"{"items": [4, 5]}"#,
    ];
    ends::<ByPage>(&link, &[1, 2, 3, 4, 5], "- page=1 page=2").await;
    // A cursor that leads nowhere: the service says that nothing comes.
    let over = [r#"{"items": [1], "next": "a", "more": false}"#];
    ends::<ByCursor>(&over, &[1], "take=2").await;
}

#[tokio::test]
async fn a_cursor_that_comes_back_is_an_error() {
    let turns = [
        r#"{"items": [1], "next": "a"}"#,
        r#"{"items": [2], "next": "b"}"#,
        r#"{"items": [3], "next": "a"}"#,
    ];
    let (items, failure, sent) = walk::<ByCursor>(&turns).await;
    assert_eq!((items.as_slice(), sent.matches("take=2").count()), (&[1, 2, 3][..], 3));
    let message =
        "GET /pets: cannot walk through the pages: the next page is one that was asked for before";
    assert_eq!(failure.unwrap().to_string(), message);
    // The same page for another cursor: its items are not given twice.
    let same = r#"{"items": [1], "next": "a"}"#;
    let (items, failure, _) = walk::<ByCursor>(&[same, same, same]).await;
    assert_eq!(items, [1]);
    assert_eq!(failure.unwrap().to_string(), message);
    let link = r#"{"items": [1], "next": "/pets?page=2"}"#;
    let (items, failure, _) = walk::<ByLink>(&[link, link]).await;
    assert_eq!((items.as_slice(), failure.unwrap().to_string().as_str()), (&[1][..], message));
}

#[tokio::test]
async fn follows_the_query_of_a_link_and_nothing_else_of_it() {
    let pages = [
        r#"{"items": [1], "next": "https://elsewhere.example/pets?page=2&seen=a%20b%2B#top"}"#,
        r#"{"items": [2], "next": "/pets?page=3"}"#,
        r#"{"items": [3], "next": null}"#,
    ];
    ends::<ByLink>(&pages, &[1, 2, 3], "- page=2&seen=a%20b%2B page=3").await;
    let (client, replay) = built(&pages);
    let mut pages = list(&client).pages::<ByLink>();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    let hosts = |url: &str| url.starts_with("https://pets.example/pets");
    assert!(replay.sent().iter().all(|sent| hosts(&sent.url)), "{:?}", replay.sent()[1].url);
    // Where a cursor is asked for, a service may give the whole link.
    let whole = [r#"{"items": [1], "next": "/pets?cursor=b"}"#, r#"{"items": [2]}"#];
    ends::<ByCursor>(&whole, &[1, 2], "take=2 cursor=b&take=2").await;
    let (items, failure, _) = walk::<ByLink>(&[r#"{"items": [1], "next": "/pets/2"}"#]).await;
    assert_eq!(items, [1]);
    assert!(failure.unwrap().to_string().ends_with("the link to the next page has no query"));
}

#[tokio::test]
async fn finds_out_whether_pages_count_from_zero() {
    let (one, two, end) = (r#"{"items": [1, 2]}"#, r#"{"items": [3]}"#, r#"{"items": []}"#);
    ends::<ByAnyPage>(&[one, two, end], &[1, 2, 3], "- page=1 page=2").await;
    ends::<ByAnyPage>(&[one, one, two, end], &[1, 2, 3], "- page=1 page=2 page=3").await;
    ends::<ByAnyPage>(&[one, one, one], &[1, 2], "- page=1 page=2").await;
}
