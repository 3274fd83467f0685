//! A comparison as a comment on a pull request: a table of counts, what breaks, and the rest folded.

use super::escape::{code, visible};
use super::groups::Told;
use super::report::{Report, Reports, facts};
use super::text::{VERDICTS, described, is_told, listed, places, together};
use crate::diagnostic::Extent;
use crate::diff::{Change, Verdict};

impl Reports<'_> {
    /// For a comment on a pull request: never more than 60,000 characters.
    #[must_use]
    pub fn markdown(&self) -> String {
        let failed =
            self.not_compared().map(|(label, what)| format!("## {} {what}\n", code(label)));
        let mut parts: Vec<String> = failed.collect();
        let taken: usize = parts.iter().map(|part| part.chars().count() + 1).sum();
        let mut room = MOST.saturating_sub(taken);
        for (at, report) in self.clients.iter().enumerate() {
            // What the smaller ones leave over, the later ones may have.
            let share = room / (self.clients.len() - at);
            let part = markdown(report, share, self.extent);
            room = room.saturating_sub(part.chars().count() + 1);
            parts.insert(at, part);
        }
        parts.join("\n")
    }
}

/// What a comment holds, in characters; code hosts take 65,536.
const MOST: usize = 60_000;

/// What is kept free for what is said of what was cut.
const RESERVED: usize = 500;

/// The text of one comparison, in `room` characters.
fn markdown(report: &Report<'_>, room: usize, extent: Extent) -> String {
    let mut page = Page { room: room.saturating_sub(RESERVED), ..Page::default() };
    page.add(&head(report));
    for verdict in VERDICTS {
        let changes = report.comparison.changes.iter();
        let changes: Vec<&Change> =
            changes.filter(|it| it.verdict() == verdict && is_told(it, extent)).collect();
        section(&mut page, report, verdict, &together(&changes, extent));
    }
    let silent = report.comparison.changes.iter().filter(|it| !is_told(it, extent)).count();
    if silent > 0 {
        page.add(&format!("\n{}\n", described(silent)));
    }
    page.text
}

/// A text that grows no longer than it may.
#[derive(Default)]
struct Page {
    text: String,
    room: usize,
}

impl Page {
    /// Adds `more` where there is room for all of it.
    fn add(&mut self, more: &str) -> bool {
        let count = more.chars().count();
        let fits = count <= self.room;
        if fits {
            self.room -= count;
            self.text.push_str(more);
        }
        fits
    }
}

fn head(report: &Report<'_>) -> String {
    let comparison = report.comparison;
    let mut out = format!("## Changes of {}\n\n", code(&comparison.package));
    out.push_str(&format!("{} → {}", code(report.old.label), code(report.new.label)));
    if comparison.changes.is_empty() {
        out.push_str(": no changes.\n");
    } else {
        let headline = visible(&report.headline()).replace("->", "→");
        out.push_str(&format!(": {headline}.\n\n| verdict | changes |\n|---|---|\n"));
        for verdict in VERDICTS {
            out.push_str(&format!("| {} | {} |\n", verdict.as_str(), comparison.count(verdict)));
        }
    }
    let files = (code(report.old.file), code(report.new.file));
    if !comparison.changes.is_empty() {
        out.push_str(&format!("\nPlaces are of {} (old) and {} (new).\n", files.0, files.1));
    }
    for note in &comparison.notes {
        out.push_str(&format!("\n> {note}\n"));
    }
    out
}

/// The changes of one verdict: what breaks is open, the rest is folded.
fn section(page: &mut Page, report: &Report<'_>, verdict: Verdict, told: &[Told<'_>]) {
    if told.is_empty() {
        return;
    }
    let (title, count) = (verdict.as_str(), told.iter().map(Told::count).sum::<usize>());
    let is_open = if verdict == Verdict::Breaking { " open" } else { "" };
    let begin = format!("\n<details{is_open}>\n<summary><b>{title}</b>: {count}</summary>\n\n");
    let end = "\n</details>\n";
    // What follows the cut has to fit whatever was cut.
    let closing = end.len() + 100;
    if page.room < begin.chars().count() + closing {
        page.text.push_str(&format!(
            "\n{count} {title} changes do not fit here; `cargo xtask diff` prints them all.\n"
        ));
        return;
    }
    page.add(&begin);
    page.room -= closing;
    let mut left = count;
    for it in told {
        if !page.add(&line(report, it)) {
            break;
        }
        left -= it.count();
    }
    page.room += closing;
    if left > 0 {
        // Nothing that is less harmful takes the room of what was cut.
        page.add(&format!(
            "- … and {left} more, which do not fit here; `cargo xtask diff` prints them all.\n"
        ));
        page.add(end);
        page.room = 0;
    } else {
        page.add(end);
    }
}

/// A place inside an edition, whose file is said once at the top.
fn below<'p>(report: &Report<'_>, which: &str, place: &'p str) -> &'p str {
    let file = if which == "old" { report.old.file } else { report.new.file };
    place.strip_prefix(file).map_or(place, |rest| rest.trim_start_matches([':', '/']))
}

fn line(report: &Report<'_>, it: &Told<'_>) -> String {
    let change = it.change;
    let sentence = change.sentence.with(code);
    let of = match places(it) {
        Some(places) => format!("{places}: {sentence}"),
        // Where the sentence begins with it, it is not said twice.
        None if sentence.contains(&code(&change.rust)) => sentence,
        None => format!("{} {sentence}", code(&change.rust)),
    };
    let mut out = format!("- **{}** {of}\n", change.kind.code());
    let first = (!it.like.is_empty()).then_some(change);
    let like: Vec<&Change> = first.into_iter().chain(it.like.iter().copied()).collect();
    for (intro, list) in [("", &like), ("with ", &it.inside)] {
        if let Some(list) = listed(list, code) {
            out.push_str(&format!("  <sub>{intro}{list}</sub><br>\n"));
        }
    }
    let places = report.places(change);
    let places = places
        .iter()
        .map(|(which, place)| format!(" · {which} {}", code(below(report, which, place))));
    let places: String = places.collect();
    out.push_str(&format!("  <sub>{} · {}{places}</sub>\n", code(&change.key), facts(change)));
    out
}
