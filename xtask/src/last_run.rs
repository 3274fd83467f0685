//! What the last run was made of and what it said: a run that would do the same again only says so.
//!
//! Kept in cargo's target folder, never in a committed file: what is trusted here was seen by this machine, a merge cannot combine it wrongly, and a new build of the generator changes no line of a review. Nothing depends on it: a record that is gone, foreign or broken costs one whole run.
//!
//! It holds while nothing changed that a run reads: the texts, the flags, the program itself, the list of written files, and every file that the list names, by their bytes. `--check` does not ask it and always compares with what is generated anew.

use crate::codegen::Target;
use crate::job::Texts;
use crate::terminal::Verbosity;
use postman_codegen::hash::Fnv;
use postman_codegen::output::disk::{self, Intact};
use postman_codegen::pipeline::Input;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

/// The folder of the records, below the target folder.
const FOLDER: &str = "codegen-cache";

/// What a run printed, apart from what became of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// The findings, to standard error.
    pub(crate) findings: String,
    /// The summary, to standard output.
    pub(crate) summary: Vec<String>,
}

/// The last run, where this one would be the same.
pub(crate) fn same(
    target: &Target,
    texts: &Texts,
    verbosity: Verbosity,
) -> Option<(Said, disk::Report)> {
    let (folder, name) = record(target)?;
    let record = std::fs::read(folder.join(name)).ok()?;
    let (key, said) = parse(&record)?;
    let Intact { report, list } = disk::intact(&target.out).ok()??;
    (key == self::key(target, texts, verbosity, list)?).then_some((said, report))
}

/// Keeps what a run said whose files lie there now; where that cannot be kept, the next run is a whole one.
pub(crate) fn keep(target: &Target, texts: &Texts, verbosity: Verbosity, said: &Said) {
    let Ok(Some(Intact { list, .. })) = disk::intact(&target.out) else { return };
    let Some(key) = key(target, texts, verbosity, list) else { return };
    let Said { findings, summary } = said;
    let text = json!({ "key": key, "findings": findings, "summary": summary }).to_string();
    let Some((folder, name)) = record(target) else { return };
    if std::fs::read(folder.join(&name)).is_ok_and(|old| old == text.as_bytes()) {
        return;
    }
    let write = |name: &str, text: &str| disk::replace(&folder, name, text);
    let _ = write(".gitignore", "*\n").and_then(|()| write(&name, &text));
}

/// The folder and the name of the record: of the client by its path.
fn record(target: &Target) -> Option<(PathBuf, String)> {
    let Target { job, out } = target;
    let out = std::path::absolute(out).ok()?;
    let cargo = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let name = Fnv::of(out.as_os_str().as_encoded_bytes()).finish();
    Some((job.root.join(cargo).join(FOLDER), format!("{name:016x}.json")))
}

fn parse(record: &[u8]) -> Option<(String, Said)> {
    let record: Value = serde_json::from_slice(record).ok()?;
    let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
    let summary = record.get("summary")?.as_array()?.iter().map(text).collect::<Option<_>>()?;
    let said = Said { findings: text(record.get("findings")?)?, summary };
    Some((text(record.get("key")?)?, said))
}

/// All that a run reads and is told, as one number: each part behind its length, so that no two ways to cut the same bytes are one.
fn key(target: &Target, texts: &Texts, verbosity: Verbosity, list: u64) -> Option<String> {
    let Target { job, out } = target;
    // All of it: whatever an input gains has to be decided on here.
    let Input { spec_name, spec, overlay, evidence, lock, renaming, package } = job.input(texts);
    let mut hash = Fnv::default();
    let mut add = |part: &[u8]| {
        hash.update(&part.len().to_le_bytes());
        hash.update(part);
    };
    program()?.iter().for_each(|part| add(&part.to_le_bytes()));
    for part in [spec_name, spec] {
        add(part.as_bytes());
    }
    add(&[u8::from(renaming.accept), u8::from(renaming.keep_deprecated)]);
    for part in [overlay, lock, package] {
        add(&[u8::from(part.is_some())]);
        add(part.unwrap_or_default().as_bytes());
    }
    for (path, text) in evidence {
        add(path.as_bytes());
        add(text.as_bytes());
    }
    // As they are printed in findings.
    let paths = [Some(&job.spec), job.overlay.as_ref(), job.lock.as_ref(), Some(out)];
    for path in paths {
        add(path.map(|path| job.shown(path)).unwrap_or_default().as_bytes());
    }
    add(format!("{verbosity:?}").as_bytes());
    add(&list.to_le_bytes());
    Some(format!("{:016x}", hash.finish()))
}

/// The program that runs: by the path, length and time of its file, as cargo too tells a new build from an old one. Reading it whole costs more than all the rest where it is a debug build.
fn program() -> Option<[u64; 4]> {
    let path = std::env::current_exe().ok()?;
    let file = path.metadata().ok()?;
    let time = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let name = Fnv::of(path.as_os_str().as_encoded_bytes()).finish();
    Some([name, file.len(), time.as_secs(), time.subsec_nanos().into()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_is_broken_is_none() {
        let record = json!({ "key": "k", "findings": "f", "summary": ["s"] }).to_string();
        let said = Said { findings: "f".into(), summary: vec!["s".into()] };
        assert_eq!(parse(record.as_bytes()), Some(("k".to_owned(), said)));
        for broken in ["", "{}", "[1]", &record.replace("\"s\"", "1"), &record[1..]] {
            assert_eq!(parse(broken.as_bytes()), None, "{broken}");
        }
    }
}
