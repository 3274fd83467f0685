//! Fault 7: what a service says of waiting, sense and nonsense: the wait is in [0, 60 s] and never past the deadline.

use crate::harness::client::{client, get};
use crate::harness::clock::Jumping;
use crate::runtime::Error;
use crate::runtime::test_util::{Reply, replay};
use std::time::Duration;

/// The test clock's time of day: 1700000000, Tue, 14 Nov 2023 22:13:20 GMT.
const DATE: (&str, &str) = ("date", "Tue, 14 Nov 2023 22:13:20 GMT");

type Headers = &'static [(&'static str, &'static str)];

/// Headers of a 429, and the least and the most milliseconds that are waited for them.
const TABLE: &[(Headers, u128, u128)] = &[
    (&[], 0, 500),
    (&[("retry-after", "0")], 0, 0),
    (&[("retry-after", "1")], 1_000, 1_250),
    (&[("retry-after", " 7 ")], 7_000, 8_750),
    (&[("retry-after", "60")], 60_000, 60_000),
    (&[("retry-after", "61")], 60_000, 60_000),
    (&[("retry-after", "1000000000")], 60_000, 60_000),
    (&[("retry-after", "18446744073709551615")], 60_000, 60_000),
    (&[("retry-after", "18446744073709551616")], 0, 500),
    (&[("retry-after", "-1")], 0, 500),
    (&[("retry-after", "1.5")], 0, 500),
    (&[("retry-after", "soon")], 0, 500),
    (&[("retry-after", "")], 0, 500),
    (&[("retry-after", "5"), ("retry-after", "9")], 0, 500),
    (&[("retry-after", "Tue, 14 Nov 2023 22:13:25 GMT")], 5_000, 6_250),
    (&[("retry-after", "Tue, 14 Nov 2023 22:13:15 GMT")], 0, 0),
    (&[("retry-after", "Fri, 01 Jan 2100 00:00:00 GMT")], 60_000, 60_000),
    (&[("retry-after", "Thu, 01 Jan 1970 00:00:00 GMT")], 0, 0),
    // The service's clock is ten minutes ahead, and says so.
    (
        &[
            ("retry-after", "Tue, 14 Nov 2023 22:23:25 GMT"),
            ("date", "Tue, 14 Nov 2023 22:23:20 GMT"),
        ],
        5_000,
        6_250,
    ),
    (&[("retry-after", "Tue, 99 Nov 2023 22:13:25 GMT")], 0, 500),
    (&[("x-ratelimit-reset", "1700000010"), DATE], 10_000, 12_500),
    (&[("x-ratelimit-reset", "1700000000"), DATE], 0, 0),
    (&[("x-ratelimit-reset", "1600000000"), DATE], 0, 0),
    (&[("x-ratelimit-reset", "9999999999999"), DATE], 60_000, 60_000),
    (&[("x-ratelimit-reset", "18446744073709551615"), DATE], 0, 60_000),
    (&[("x-ratelimit-reset", "1700000010")], 0, 500),
    (&[("x-ratelimit-reset", "tomorrow"), DATE], 0, 500),
    (&[("x-ratelimit-reset", "-5"), DATE], 0, 500),
    (&[("retry-after", "2"), ("x-ratelimit-reset", "1700000010"), DATE], 2_000, 2_500),
    (&[("retry-after", "soon"), ("x-ratelimit-reset", "1700000010"), DATE], 10_000, 12_500),
    (&[("retry-after", "\u{7f}")], 0, 500),
];

fn busy(headers: &[(&str, &str)]) -> Reply {
    let busy = Reply::status(429);
    headers.iter().fold(busy, |reply, (name, value)| reply.header(name, value))
}

#[tokio::test]
async fn fault_07_hints_are_kept_within_a_minute() {
    for (headers, least, most) in TABLE {
        let clock = Jumping::new();
        let client = client("https://pets.example").clock(clock.clone());
        let client = client.transport(replay([busy(headers), Reply::json(200, "{}")]));
        get(&client.build().unwrap(), "1").send().await.unwrap();
        let waited = clock.waits()[0].as_millis();
        assert!((least..=most).contains(&&waited), "{headers:?}: {waited} ms");
    }
    println!("fault 7: {} rows", TABLE.len());
}

#[tokio::test]
async fn fault_07_no_wait_goes_past_the_deadline() {
    for (headers, least, most) in TABLE {
        let clock = Jumping::new();
        let client = client("https://pets.example").clock(clock.clone());
        let client = client.transport(replay([busy(headers), Reply::json(200, "{}")]));
        let limit = Duration::from_secs(4);
        let response = get(&client.build().unwrap(), "1").timeout(limit).send().await;
        let waited = clock.waits().iter().sum::<Duration>();
        assert!(waited < limit, "{headers:?}: {waited:?}");
        if *least >= 4_000 {
            match response.unwrap_err() {
                Error::Status { retry_after: Some(wait), .. } => {
                    assert!(wait <= Duration::from_secs(60), "{headers:?}: {wait:?}");
                }
                error => panic!("{headers:?}: {error:?}"),
            }
        } else if *most < 4_000 {
            response.unwrap();
        }
    }
}
