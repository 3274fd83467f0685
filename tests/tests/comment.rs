//! `cargo xtask diff --format markdown`: the comment on a pull request, whatever the names in it are, and however many changes there are.

use crate::diff::{diff, repository, with_a_field};
use expect_test::expect;
use integration_tests::bakery;
use serde_json::{Value, json};

#[test]
fn the_comment_on_a_pull_request() {
    let scratch = repository(&bakery(), &with_a_field());
    let told = diff(&scratch, &["spec", "HEAD", "--format", "markdown"]);
    expect![[r#"
        ## Changes of `bakery`

        `spec` → `HEAD`: a minor step: 0.1.0 → 0.2.0.

        | verdict | changes |
        |---|---|
        | breaking | 1 |
        | warning | 0 |
        | additive | 0 |
        | none | 0 |

        Places are of `spec/bakery.postman_collection.json` (old) and `HEAD:spec/bakery.postman_collection.json` (new).

        <details open>
        <summary><b>breaking</b>: 1</summary>

        - **field-removed** `orders::CreateOrder::gift` The field `gift` is gone.
          <sub>`POST /api/orders body.gift` · wire breaking, source breaking, request, by the collection · old `95:5` · new `95:5`</sub>

        </details>
    "#]].assert_eq(&told.out);
}

/// The bakery with a folder of `count` requests whose names and fields are `name`.
fn hostile(name: &str, count: usize) -> String {
    let mut spec: Value = serde_json::from_str(&bakery()).unwrap();
    let request = |at: usize| {
        json!({
            "name": format!("{name} {at}"),
            "request": {
                "method": "POST",
                "url": format!("https://bakery.example/{at}/ovens"),
                "body": {"mode": "raw", "raw": json!({ name: at }).to_string()},
            },
        })
    };
    let requests: Vec<Value> = (0..count).map(request).collect();
    let folder = json!({"name": name, "item": requests});
    spec["item"].as_array_mut().unwrap().push(folder);
    spec.to_string()
}

#[test]
fn names_that_would_be_markup() {
    let name = "a\u{1b}[31m [x](http://evil.example) <img src=x> `` | @all </details>\n# b\u{202e}";
    let scratch = repository(&bakery(), &hostile(name, 1));
    for words in [&["HEAD"][..], &["spec", "HEAD"]] {
        let text = diff(&scratch, words).out;
        let is_plain = |c: char| c == '\n' || (!c.is_control() && c != '\u{202e}');
        assert!(text.chars().all(is_plain), "{text}");
        assert!(text.contains("a\\u{1b}[31m [x](http://evil.example)"), "{text}");
        let markdown = diff(&scratch, &[words, &["--format", "markdown"]].concat()).out;
        assert!(markdown.chars().all(is_plain), "{markdown}");
        let mut told = 0;
        for line in markdown.lines() {
            let outside = without_code(line);
            let ours = [
                "<details",
                "</details>",
                "<summary>",
                "</summary>",
                "<sub>",
                "</sub>",
                "<b>",
                "</b>",
            ];
            let outside = ours.iter().fold(outside, |rest, tag| rest.replace(tag, ""));
            for mark in ["[x]", "](", "<img", "@all", "# b"] {
                assert!(!outside.contains(mark), "{mark} in {line}");
                told += usize::from(line.contains(mark));
            }
        }
        assert!(told > 3, "the names are there: {markdown}");
        assert_eq!(
            markdown.matches("\n</details>\n").count(),
            markdown.matches("<details").count()
        );
    }
}

/// A line of Markdown without its spans of code: each ends where as many backticks come again.
fn without_code(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some(start) = rest.find('`') {
        out.push_str(&rest[..start]);
        let fence: String = rest[start..].chars().take_while(|c| *c == '`').collect();
        let inside = &rest[start + fence.len()..];
        let mut at = 0;
        let end = loop {
            let next = at + inside[at..].find('`').expect("a span ends");
            let run = inside[next..].chars().take_while(|c| *c == '`').count();
            if run == fence.len() {
                break next;
            }
            at = next + run;
        };
        rest = &inside[end + fence.len()..];
    }
    out.push_str(rest);
    out
}

#[test]
fn a_comment_is_no_longer_than_it_may_be() {
    let scratch = repository(&hostile("Bake many things at once", 400), &bakery());
    // Each change alone: what is said of several places is told once otherwise.
    let told = diff(&scratch, &["HEAD", "--format", "markdown", "-v"]).out;
    let count = told.chars().count();
    assert!((50_000..=60_000).contains(&count), "{count}");
    assert!(told.contains(" more, which do not fit here; `cargo xtask diff` prints them all."));
    assert_eq!(told.matches("<details").count(), told.matches("</details>").count());
    let breaking = told.lines().find(|line| line.starts_with("| breaking | ")).unwrap();
    let breaking: usize = breaking[13..].trim_end_matches(" |").parse().unwrap();
    let shown = told.lines().filter(|line| line.starts_with("- **")).count();
    let left = told.lines().find_map(|line| line.strip_prefix("- … and ")).unwrap();
    let left: usize = left.split(' ').next().unwrap().parse().unwrap();
    assert_eq!(shown + left, breaking);
}
