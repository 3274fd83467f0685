//! A law of paging: whatever the pages look like, every item comes once, or the walk ends with an error.

use crate::harness::client::{ByCursor, ByLink, ByOffset, ByPage, client, list};
use crate::runtime::{
    BoxFuture, HttpRequest, HttpResponse, Json, Paged, RetryPolicy, Transport, TransportError,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a service says of the pages to come.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Says {
    Nothing,
    Total,
    More,
    Next,
    NextAndTotal,
}

/// What goes wrong at one page.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    /// The page leads back to this one.
    Repeats(usize),
    /// The page does not say where the next one is.
    Vanishes,
    /// The page is the one before, again.
    Same,
}

/// A list of items in pages of these sizes.
#[derive(Clone, Debug)]
struct Service {
    sizes: Vec<usize>,
    says: Says,
    fault: (usize, Fault),
    sent: Arc<AtomicUsize>,
}

impl Service {
    fn total(&self) -> usize {
        self.sizes.iter().sum()
    }

    fn start(&self, page: usize) -> usize {
        self.sizes.iter().take(page).sum()
    }

    /// Which page a query asks for: by number, by offset, or by a cursor or link that holds the number.
    fn asked(&self, url: &str) -> usize {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .find_map(|(name, value)| match name {
                "page" | "cursor" | "at" => value.parse().ok(),
                "offset" => {
                    let offset: usize = value.parse().ok()?;
                    let mut starts = 0..=self.sizes.len();
                    // Several pages begin here where some are empty; the last of them has items.
                    starts.rfind(|page| self.start(*page) == offset)
                }
                _ => None,
            })
            .unwrap_or(0)
    }

    fn answer(&self, asked: usize) -> Value {
        let (at, fault) = self.fault;
        let page =
            if asked == at && fault == Fault::Same { asked.saturating_sub(1) } else { asked };
        let start = self.start(page);
        let size = self.sizes.get(page).copied().unwrap_or(0);
        let items: Vec<usize> = (start..start + size).collect();
        let mut body = Map::from_iter([("items".to_owned(), json!(items))]);
        let more = page + 1 < self.sizes.len();
        if matches!(self.says, Says::Total | Says::NextAndTotal) {
            body.insert("total".to_owned(), self.total().into());
        }
        if self.says == Says::More {
            body.insert("more".to_owned(), more.into());
        }
        let next = match fault {
            Fault::Repeats(to) if at == asked => Some(to),
            Fault::Vanishes if at == asked => None,
            _ => more.then_some(page + 1),
        };
        if let (Says::Next | Says::NextAndTotal, Some(next)) = (self.says, next) {
            body.insert("next".to_owned(), format!("/pets?at={next}").into());
        }
        Value::Object(body)
    }
}

impl Transport for Service {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        let body = self.answer(self.asked(&request.url)).to_string();
        let response = HttpResponse {
            status: http::StatusCode::OK,
            headers: http::HeaderMap::new(),
            body: Box::new(Some(body.into())),
        };
        Box::pin(async move { Ok(response) })
    }
}

/// Walks through all items; says what came, and whether an error ended it.
fn walked<P: Paged<Response = Json, Item = i64>>(
    service: &Service,
    size: Option<usize>,
) -> (Vec<i64>, Option<String>) {
    let built = client("https://pets.example").transport(service.clone());
    let client = built.retry(RetryPolicy::never()).build().unwrap();
    let call = match size {
        Some(size) => list(&client).set_query(3, size),
        None => list(&client),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut items = call.items::<P>();
        let mut seen = Vec::new();
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => seen.push(item),
                Err(error) => return (seen, Some(error.to_string())),
            }
        }
        (seen, None)
    })
}

fn holds<P: Paged<Response = Json, Item = i64>>(service: &Service, size: Option<usize>) {
    let (items, error) = walked::<P>(service, size);
    let all: Vec<i64> = (0..i64::try_from(service.total()).unwrap()).collect();
    assert!(all.starts_with(&items), "{items:?} of {service:?}");
    assert!(error.is_some() || items == all, "lost in silence: {items:?} of {service:?}");
    let sent = service.sent.load(Ordering::Relaxed);
    assert!(sent <= service.sizes.len() + 3, "{sent} requests for {service:?}");
}

fn service(sizes: Vec<usize>, says: Says, fault: (usize, Fault)) -> Service {
    Service { sizes, says, fault, sent: Arc::default() }
}

proptest! {
    #[test]
    fn counted_pages_lose_no_item(
        sizes in prop::collection::vec(0_usize..5, 0..7),
        says in prop::sample::select(vec![Says::Total, Says::More, Says::Next, Says::NextAndTotal]),
        at in 0_usize..7,
        same in any::<bool>(),
        size in prop::option::of(1_usize..6),
    ) {
        let fault = if same { Fault::Same } else { Fault::None };
        holds::<ByPage>(&service(sizes.clone(), says, (at, fault)), size);
        holds::<ByOffset>(&service(sizes, says, (0, Fault::None)), size);
    }

    #[test]
    fn led_pages_lose_no_item(
        sizes in prop::collection::vec(0_usize..5, 0..7),
        at in 0_usize..7,
        repeats in prop::option::of(0_usize..7),
        total in any::<bool>(),
    ) {
        // A cursor that is missing can be told from the last one by the total alone.
        let (says, fault) = match repeats {
            Some(to) if to <= at => (Says::Next, Fault::Repeats(to)),
            Some(_) => (Says::NextAndTotal, Fault::Vanishes),
            None if total => (Says::NextAndTotal, Fault::None),
            None => (Says::Next, Fault::None),
        };
        holds::<ByLink>(&service(sizes.clone(), says, (at, fault)), None);
        holds::<ByCursor>(&service(sizes, says, (at, fault)), None);
    }

    /// Where nothing is said, pages are as large as was asked for, or as a limit of the service's own.
    #[test]
    fn silent_pages_lose_no_item(
        total in 0_usize..90,
        asked in 1_usize..40,
        limit in 10_usize..40,
        tells_size in any::<bool>(),
    ) {
        let full = asked.min(limit);
        let mut sizes = vec![full; total / full];
        sizes.push(total % full);
        holds::<ByPage>(&service(sizes.clone(), Says::Nothing, (0, Fault::None)), Some(asked));
        let size = tells_size.then_some(asked);
        holds::<ByOffset>(&service(sizes, Says::Nothing, (0, Fault::None)), size);
    }
}

#[test]
fn a_short_page_is_not_the_last_where_a_total_says_so() {
    let (items, error) =
        walked::<ByPage>(&service(vec![2, 1, 2], Says::Total, (0, Fault::None)), None);
    assert_eq!((items.as_slice(), error), (&[0, 1, 2, 3, 4][..], None));
}

#[test]
fn one_page_with_fewer_items_than_were_asked_for_is_one_request() {
    let one = service(vec![1], Says::Nothing, (0, Fault::None));
    assert_eq!(walked::<ByPage>(&one, Some(50)), (vec![0], None));
    assert_eq!(one.sent.load(Ordering::Relaxed), 1);
}

#[test]
fn what_contradicts_the_service_is_told() {
    let lost = service(vec![2, 0, 2], Says::Total, (0, Fault::None));
    let (items, error) = walked::<ByPage>(&lost, None);
    assert_eq!(items, [0, 1]);
    assert!(error.unwrap().contains("the service counts 4 items and gave 2"));
    let same = service(vec![2, 2, 2], Says::More, (1, Fault::Same));
    let (items, error) = walked::<ByPage>(&same, None);
    assert_eq!(items, [0, 1]);
    assert!(error.unwrap().contains("gives a page that it gave before"));
}
