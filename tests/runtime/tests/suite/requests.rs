//! Requests with setters: what each kind of row sends, what can be taken back, and that they own what they need.
#![allow(dead_code, reason = "a test calls a few of the methods that a request has")]

use crate::harness::client::{Pet, client};
use crate::runtime::test_util::{Replay, Reply, replay};
use crate::runtime::{
    Call, Client, HeaderSlot, HttpRequest, Json, Operation, Page, Paged, Paging, Part, QuerySlot,
    Secret, Value, request_builder,
};

const SEARCH: Operation = Operation::new("pets.search", "POST", "/pets/search")
    .query(&[
        QuerySlot::plain("page"),
        QuerySlot::plain("tag%5B%5D").or("cat"),
        QuerySlot::plain("age").or("1"),
        QuerySlot::plain("tag%5B%5D").or("dog"),
        QuerySlot::plain("exact").name_alone(),
        QuerySlot::parts(&[Part::Variable("host"), Part::Text("-id")]).or("7"),
        QuerySlot::plain("gone").or_parts(&[Part::Variable("nobody")]),
    ])
    .headers(&[
        HeaderSlot::plain("If-Match").or("*"),
        HeaderSlot::plain("x-key").or_parts(&[Part::Variable("nobody")]),
    ])
    .json();

request_builder! {
    /// A search.
    pub struct Search -> Json, pages of i64 {
        query 0 page(i64),
        /// Only these.
        query 1 tags(each text),
        query 2 ages(each i64),
        query 4 exact(text),
        query 5 id(into String),
        query 6 gone(each into String),
        header 0 if_match(text),
        header 1 key(into Secret),
        body body(Pet),
    }
}

impl Paged for Search {
    type Response = Json;
    type Item = i64;
    const PAGING: Paging = Paging::number(0, Some(1), None);

    fn page(response: Json) -> Option<Page<i64>> {
        let items = response.as_array()?;
        Some(Page::of(items.iter().filter_map(Value::as_i64).collect()))
    }
}

const TAGGED: Operation = Operation::new("pets.tagged", "GET", "/pets").headers(&[
    HeaderSlot::plain("Prefer").or("wait=1"),
    HeaderSlot::plain("If-Match").or("*"),
    HeaderSlot::plain("Prefer").or("safe"),
]);

request_builder! {
    /// A request with a header that is sent twice.
    pub struct Tagged -> Json {
        header 0 prefer(each text),
    }
}

fn built(replies: &[&'static str]) -> (Client, Replay) {
    let replay = replay(replies.iter().map(|body| Reply::json(200, *body)));
    let client = client("https://pets.example").transport(replay.clone());
    (client.variable("host", "h".to_owned()).build().unwrap(), replay)
}

fn search(client: &Client) -> Search {
    Search(Call::new(client, &SEARCH))
}

async fn sent(set: impl FnOnce(Search) -> Search) -> Result<HttpRequest, String> {
    let (client, replay) = built(&["[]"]);
    set(search(&client)).send().await.map_err(|error| error.to_string())?;
    Ok(replay.sent().pop().unwrap())
}

fn query(request: &HttpRequest) -> &str {
    request.url.split_once('?').map_or("", |(_, query)| query)
}

/// Takes back the two defaults that a variable without a value is part of.
fn bare(request: Search) -> Search {
    request.without_query("gone").without_header("X-KEY")
}

#[tokio::test]
async fn a_row_sends_what_it_says() {
    let set = |it: Search| it.page(2).tags(["a", "b", "c"]).ages([3]).exact("yes").id("x&y");
    let request = sent(|it| set(it).gone(["g", "h"]).if_match(5).key("k")).await.unwrap();
    assert_eq!(
        query(&request),
        "page=2&tag%5B%5D=a&age=3&tag%5B%5D=b&tag%5B%5D=c&exact=yes&h-id=x%26y&gone=g&gone=h"
    );
    assert_eq!(request.headers["if-match"], "5");
    assert_eq!(request.headers["x-key"], "k");
    let pet = Pet { name: Some("Rex".into()), ..Pet::default() };
    let request = sent(|it| bare(it).body(pet)).await.unwrap();
    assert_eq!(&*request.body, br#"{"name":"Rex"}"#);
    assert_eq!(query(&request), "tag%5B%5D=cat&age=1&tag%5B%5D=dog&exact&h-id=7");
}

#[tokio::test]
async fn a_value_replaces_all_that_a_header_sends_by_itself() {
    let (client, replay) = built(&["[]", "[]"]);
    let tagged = || Tagged(Call::new(&client, &TAGGED));
    tagged().send().await.unwrap();
    tagged().prefer(["wait=9"]).send().await.unwrap();
    let prefer = |request: &HttpRequest| -> Vec<String> {
        let values = request.headers.get_all("prefer").iter();
        values.map(|value| value.to_str().unwrap().to_owned()).collect()
    };
    let sent: Vec<_> = replay.sent().iter().map(prefer).collect();
    assert_eq!(sent, [vec!["wait=1", "safe"], vec!["wait=9"]]);
}

#[tokio::test]
async fn defaults_can_be_taken_back() {
    let missing = sent(|it| it).await.unwrap_err();
    assert_eq!(missing, "the client has no `nobody`: give it to the builder");
    let less = |it: Search| bare(it).without_query("tag[]").without_query("exact");
    let request = sent(|it| less(it).without_header("if-match")).await.unwrap();
    assert_eq!(query(&request), "age=1&h-id=7");
    assert!(!request.headers.contains_key("if-match") && !request.headers.contains_key("x-key"));
    // By the name that the client's values make.
    let request = sent(|it| less(it).without_query("h-id").without_query("age")).await.unwrap();
    assert_eq!(query(&request), "");
    assert_eq!(request.headers["if-match"], "*");
    // What every request has of its own goes as well.
    let own = |it: Search| bare(it).without_header("Accept").without_header("content-type");
    let request = sent(|it| own(it).without_header("user-agent")).await.unwrap();
    let names: Vec<&str> = request.headers.keys().map(|name| name.as_str()).collect();
    assert_eq!(names, ["if-match"]);
}

#[tokio::test]
async fn what_is_set_after_a_default_was_taken_back_is_sent() {
    let again = |it: Search| bare(it).ages([4]).query("age", 5).without_query("age");
    assert!(!query(&sent(again).await.unwrap()).contains("age"));
    let request = sent(|it| again(it).ages([6]).query("age", 7)).await.unwrap();
    assert!(query(&request).ends_with("age=6&tag%5B%5D=dog&exact&h-id=7&age=7"), "{}", request.url);
    let header = |it: Search| bare(it).if_match("a").header("If-Match", "b");
    let request = sent(|it| header(it).without_header("if-match").if_match("c")).await.unwrap();
    assert_eq!(request.headers["if-match"], "c");
    // The walk through pages sets the number that was taken back.
    let (client, replay) = built(&["[1]", "[2]", "[]"]);
    let mut items = bare(search(&client)).page(9).without_query("page").items();
    while let Some(item) = items.next().await {
        item.unwrap();
    }
    let pages: Vec<bool> = replay.sent().iter().map(|it| query(it).contains("page=")).collect();
    assert_eq!(pages, [false, true, true]);
}

#[tokio::test]
async fn a_request_outlives_its_client_and_is_sent_from_another_task() {
    let (client, replay) = built(&["[]", "[]", "[1]"]);
    let request = bare(search(&client));
    drop(client);
    let (first, second) = (request.clone().page(1), request.clone().page(2));
    let first = tokio::spawn(first.send());
    first.await.unwrap().unwrap();
    tokio::spawn(async move { second.send_raw().await }).await.unwrap().unwrap();
    let mut pages = request.page(3).pages();
    assert_eq!(
        tokio::spawn(async move { pages.next().await }).await.unwrap().unwrap().unwrap().items,
        [1]
    );
    let pages: Vec<String> =
        replay.sent().iter().map(|it| query(it).split('&').next().unwrap().to_owned()).collect();
    assert_eq!(pages, ["page=1", "page=2", "page=3"]);
}
