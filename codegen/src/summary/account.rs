//! The account for people and machines: what became of every request, parameter, script, variable and other member, folder by folder.
//!
//! In: the entries of the account, the operations that came of the requests, and what was found. Out: text, Markdown, JSON.

use crate::diagnostic::{Diagnostic, place};
use crate::draft::Draft;
use crate::json::Node;
use crate::lower::account::{Entry, Outcome, Subject, entries};
use crate::origin::Origin;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The version of the JSON's shape.
const VERSION: u64 = 1;

/// How many places of one reason are printed, unless all are to be.
const PLACES: usize = 3;

/// The account of a collection.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    entries: Vec<Entry>,
    file: &'a str,
    text: &'a str,
}

/// Members by what they are a part of and what became of them.
type Counts<'e> = BTreeMap<(Subject, String), Vec<&'e Entry>>;

impl<'a> Report<'a> {
    /// Takes the account of `document`, which `text` of `file` is; of a request that is not in `draft`, `found` says why.
    #[must_use]
    pub fn new(
        document: &Node,
        draft: &Draft,
        found: &[Diagnostic],
        (file, text): (&'a str, &'a str),
    ) -> Self {
        let lowered: BTreeSet<&str> =
            draft.operations.iter().map(|it| it.origin.pointer.as_str()).collect();
        let mut entries = entries(document);
        for entry in entries.iter_mut().filter(|it| it.subject == Subject::Request) {
            let pointer = entry.origin.pointer.as_str();
            if !lowered.contains(pointer) {
                // What the account itself found is told by its own entries.
                let about = |it: &&Diagnostic| {
                    let is_inside = it.origin.pointer.as_str().starts_with(pointer);
                    is_inside && !it.code.starts_with("account::")
                };
                let why = found.iter().find(about).map(|it| it.message.clone());
                let why = why.unwrap_or_else(|| "it has no request that can be sent".to_owned());
                entry.outcome = Outcome::Unsupported(why);
            }
        }
        Self { entries, file, text }
    }

    /// For a terminal; every place where `is_whole`.
    #[must_use]
    pub fn text(&self, is_whole: bool) -> String {
        let mut out = format!("{}: {}\n", self.file, totals(&self.entries));
        for (folder, entries) in self.folders() {
            let _ = writeln!(out, "\n{}", shown(&folder));
            for ((subject, fate), entries) in counts(&entries) {
                let count = amount(subject, &entries);
                let _ = writeln!(out, "  {count} {} {fate}", subject.plural());
                if fate == USED {
                    continue;
                }
                let most = if is_whole { entries.len() } else { PLACES };
                for entry in entries.iter().take(most) {
                    let _ = writeln!(out, "    {}", self.place(&entry.origin));
                }
                let more = entries.len().saturating_sub(most);
                if more > 0 {
                    let _ = writeln!(out, "    and {more} more, -v shows all");
                }
            }
        }
        out
    }

    /// A table a folder.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n{}\n", cell(self.file), totals(&self.entries));
        for (folder, entries) in self.folders() {
            let _ = writeln!(out, "\n## {}\n", cell(&shown(&folder)));
            out += "| what | count | became | first place |\n|---|---:|---|---|\n";
            for ((subject, fate), entries) in counts(&entries) {
                let first = entries.first().filter(|_| fate != USED);
                let first = first.map(|it| self.place(&it.origin)).unwrap_or_default();
                let (what, count) = (subject.plural(), amount(subject, &entries));
                let _ = writeln!(out, "| {what} | {count} | {} | {} |", cell(&fate), cell(&first));
            }
        }
        out
    }

    /// Every member with its place.
    #[must_use]
    pub fn json(&self) -> Value {
        let entry = |entry: &Entry| {
            let (outcome, reason) = match &entry.outcome {
                Outcome::Used => ("used", None),
                Outcome::Ignored(why) => ("ignored", Some((*why).to_owned())),
                Outcome::Unsupported(why) => ("unsupported", Some(why.clone())),
                Outcome::Unknown => ("unknown", None),
            };
            json!({
                "what": entry.subject.word(),
                "folder": entry.folder(),
                "pointer": entry.origin.pointer.as_str(),
                "place": self.place(&entry.origin),
                "outcome": outcome,
                "reason": reason,
                "members": entry.members,
            })
        };
        json!({
            "version": VERSION,
            "spec": self.file,
            "total": self.entries.iter().map(|it| it.members).sum::<usize>(),
            "entries": self.entries.iter().map(entry).collect::<Vec<_>>(),
        })
    }

    fn folders(&self) -> BTreeMap<Vec<String>, Vec<&Entry>> {
        let mut folders: BTreeMap<Vec<String>, Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            folders.entry(entry.folder().to_vec()).or_default().push(entry);
        }
        folders
    }

    fn place(&self, origin: &Origin) -> String {
        let pointer = origin.pointer.as_str();
        let at = origin.span.map(|span| place(self.file, self.text, span) + " ");
        format!("{}#{pointer}", at.unwrap_or_default())
    }
}

const USED: &str = "used";

fn fate(entry: &Entry) -> String {
    match &entry.outcome {
        Outcome::Used => USED.to_owned(),
        Outcome::Ignored(why) => format!("ignored: {why}"),
        Outcome::Unsupported(why) => format!("unsupported: {why}"),
        Outcome::Unknown => "unknown to every format of Postman's".to_owned(),
    }
}

fn counts<'e>(entries: &[&'e Entry]) -> Counts<'e> {
    let mut counts = Counts::new();
    for entry in entries {
        counts.entry((entry.subject, fate(entry))).or_default().push(entry);
    }
    counts
}

/// How many there are: requests as such, of all else the members.
fn amount(subject: Subject, entries: &[&Entry]) -> usize {
    match subject {
        Subject::Request => entries.len(),
        Subject::Parameter | Subject::Script | Subject::Variable | Subject::Key => {
            entries.iter().map(|it| it.members).sum()
        }
    }
}

/// One line for the whole.
fn totals(entries: &[Entry]) -> String {
    let requests: Vec<_> = entries.iter().filter(|it| it.subject == Subject::Request).collect();
    let lowered = requests.iter().filter(|it| it.outcome == Outcome::Used).count();
    let sum = |is_such: fn(&Outcome) -> bool| -> usize {
        entries.iter().filter(|it| is_such(&it.outcome)).map(|it| it.members).sum()
    };
    format!(
        "{lowered} of {} requests became operations; of {} members {} are used, {} ignored, {} unsupported, {} unknown",
        requests.len(),
        entries.iter().map(|it| it.members).sum::<usize>(),
        sum(|it| *it == Outcome::Used),
        sum(|it| matches!(it, Outcome::Ignored(_))),
        sum(|it| matches!(it, Outcome::Unsupported(_))),
        sum(|it| *it == Outcome::Unknown),
    )
}

fn shown(folder: &[String]) -> String {
    match folder {
        [] => "The collection itself".to_owned(),
        trail => trail.join(" › "),
    }
}

/// A text that ends no cell and begins no markup.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '|' | '`' | '<' | '>' | '[' | ']' | '*' | '_' | '#' | '\\' | '&' | '@' => {
                out.push('\\');
                out.push(letter);
            }
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::pipeline::Input;
    use crate::questions::account;
    use expect_test::expect;

    const SPEC: &str = r#"{
  "info": {"name": "Port", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/"},
  "item": [{"name": "Boats | <b>", "item": [
    {"name": "List", "event": [{"listen": "test"}], "request": {"method": "GET", "url": "https://port.test/boats"}},
    {"name": "None", "request": {"method": "GET", "url": "ftp://port.test/x"}, "colour": "red"}
  ]}]
}"#;

    #[test]
    fn what_became_of_everything_is_told_by_folder_with_places() {
        let input = Input { spec: SPEC, ..Input::default() };
        let report = account(&input, "port.json").unwrap();
        expect![[r#"
            port.json: 1 of 2 requests became operations; of 17 members 14 are used, 2 ignored, 0 unsupported, 1 unknown

            The collection itself
              4 other members used

            Boats | <b>
              1 requests unsupported: `ftp` is neither http nor https; the request is left out
                port.json:3:36 #/item/0/item/1
              1 requests used
              2 members of scripts ignored: scripts are never run
                port.json:4:22 #/item/0/item/0/event
              1 other members unknown to every format of Postman's
                port.json:5:80 #/item/0/item/1/colour
              10 other members used
        "#]].assert_eq(&report.text(false));
        let markdown = report.markdown();
        assert!(markdown.contains("\n## Boats \\| \\<b\\>\n"), "{markdown}");
        let json = report.json();
        assert_eq!(json["version"], 1);
        let members: u64 = json["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["members"].as_u64().unwrap())
            .sum();
        assert_eq!(json["total"].as_u64(), Some(members));
    }
}
