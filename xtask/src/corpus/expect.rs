//! What is expected of each collection of a folder, read from a table in Markdown, and whether it holds.

use super::row::Row;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Milliseconds in which a collection is generated…
const LIMIT_MS: f64 = 10_000.0;
/// …and one of more bytes than this has longer.
const LARGE: (usize, f64) = (10_000_000, 60_000.0);

/// What should become of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A client that compiles and sends what Postman sends.
    Client,
    /// An error with its place, or a request left out with a finding at its place.
    Refusal,
}

/// The rows `| name | generate or error | why |` of a table, by name; a folder's name ends with `/`.
pub(super) fn read(text: &str) -> BTreeMap<String, Wanted> {
    let mut wanted = BTreeMap::new();
    for line in text.lines() {
        let mut cells = line.split('|').skip(1).map(str::trim);
        let (Some(name), Some(word)) = (cells.next(), cells.next()) else { continue };
        let word = match word {
            "generate" => Wanted::Client,
            "error" => Wanted::Refusal,
            _ => continue,
        };
        wanted.insert(name.trim_end_matches('/').to_owned(), word);
    }
    wanted
}

/// How many expectations hold, after a line for each that does not.
pub(super) fn judged(wanted: &BTreeMap<String, Wanted>, rows: &[Row]) -> (String, bool) {
    let mut out = String::new();
    let mut held = 0_usize;
    for (name, wanted) in wanted {
        let row = rows.iter().find(|row| row.file == *name);
        match row.map_or(Err("it is not in the folder".to_owned()), |row| judge(*wanted, row)) {
            Ok(()) => held += 1,
            Err(why) => {
                let _ = writeln!(out, "does not hold: {name} ({wanted:?}): {why}");
            }
        }
    }
    let _ = writeln!(out, "expectations {held}/{} hold", wanted.len());
    (out, held == wanted.len())
}

/// Whether a collection did as expected, or why not.
fn judge(wanted: Wanted, row: &Row) -> Result<(), String> {
    let limit = if row.bytes > LARGE.0 { LARGE.1 } else { LIMIT_MS };
    if row.generate_ms > limit {
        return Err(format!("generated in {:.0} ms", row.generate_ms));
    }
    if row.panicked {
        return Err("it panicked".to_owned());
    }
    match (wanted, &row.error) {
        (Wanted::Client, Some(error)) => Err(error.lines().next().unwrap_or_default().to_owned()),
        (Wanted::Client, None) if row.is_bad() => Err("it sends something else".to_owned()),
        (Wanted::Client, None) => Ok(()),
        (Wanted::Refusal, Some(_)) if row.is_located => Ok(()),
        (Wanted::Refusal, Some(error)) => Err(format!("an error without a place: {error}")),
        (Wanted::Refusal, None) if !row.skipped.is_empty() => Ok(()),
        (Wanted::Refusal, None) => Err("it was generated without a word".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_and_what_became_of_its_rows() {
        let table = "# T\n\n| file | expect | why |\n| --- | --- | --- |\n| a.json | generate | x |\n| b.json | error | y |\n| c/ | generate | z |\n";
        let wanted = read(table);
        assert_eq!(wanted.len(), 3);
        let row = |file: &str| Row { file: file.to_owned(), ..Row::default() };
        let located = Row { error: Some("b.json:1:2".into()), is_located: true, ..row("b.json") };
        let (text, all) = judged(&wanted, &[row("a.json"), located, row("c")]);
        assert_eq!((text.as_str(), all), ("expectations 3/3 hold\n", true));
        let lost = Row { error: Some("somewhere".into()), ..row("b.json") };
        let slow = Row { generate_ms: 11_000.0, ..row("a.json") };
        let (text, all) = judged(&wanted, &[slow, lost]);
        assert!(!all && text.contains("c (Client): it is not in the folder"), "{text}");
        assert!(text.contains("an error without a place: somewhere"), "{text}");
        assert!(text.contains("generated in 11000 ms") && text.contains("0/3"), "{text}");
    }
}
