//! `cargo xtask corpus`: a folder of collections, generated, compiled and compared with the truth; a table and JSON lines.

mod expect;
mod row;
mod stability;
mod table;
mod types;

use crate::scratch::{Complaints, Scratch};
use crate::terminal::{Verbosity, print};
use crate::{source, workspace};
use anyhow::{Context as _, bail};
use cpu_time::ProcessTime;
use lexopt::Parser;
use lexopt::prelude::*;
use postman_codegen::output::disk;
use postman_codegen::visible::{escaped, escaped_json};
use postman_codegen::wire::scratch::{Client, Member, driver_package, outputs, workspace as files};
use postman_codegen::wire::{By, Driver, DriverInput, Vars, compare, driver, read_lines};
use postman_codegen::{Generated, Input};
use row::Row;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Flags of `corpus`.
#[derive(Default)]
pub(crate) struct Flags {
    folder: PathBuf,
    check: bool,
    doc: bool,
    wire: bool,
    truth: Option<PathBuf>,
    jobs: Option<usize>,
    report: Option<PathBuf>,
    expect: Option<PathBuf>,
    types: Option<PathBuf>,
    stability: bool,
    seed: u64,
    pub(crate) verbosity: Verbosity,
}

/// Reads the flags.
pub(crate) fn parse(mut parser: Parser) -> Result<Flags, lexopt::Error> {
    let mut flags = Flags::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("check") => flags.check = true,
            Long("stability") => flags.stability = true,
            Long("seed") => flags.seed = parser.value()?.parse()?,
            Long("doc") => flags.doc = true,
            Long("wire") => flags.wire = true,
            Long("truth") => flags.truth = Some(parser.value()?.into()),
            Long("jobs") => flags.jobs = Some(parser.value()?.parse()?),
            Long("expect") => flags.expect = Some(parser.value()?.into()),
            Long("types") => flags.types = Some(parser.value()?.into()),
            Long("report") => flags.report = Some(parser.value()?.into()),
            Value(path) if flags.folder.as_os_str().is_empty() => flags.folder = path.into(),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    if flags.folder.as_os_str().is_empty() {
        return Err("the folder of collections is missing".into());
    }
    if flags.wire && flags.truth.is_none() {
        return Err("--wire needs --truth DIR".into());
    }
    Ok(flags)
}

/// Collections that are built together: few enough for one program to run them all.
const BATCH: usize = 48;

/// A collection on its way through.
#[derive(Default)]
struct Entry {
    id: String,
    stem: String,
    spec: String,
    generated: Option<Generated>,
    driver: Option<Driver>,
    row: Row,
}

/// Runs the command.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let root = workspace::root()?;
    let files = collections(&flags.folder)?;
    if flags.stability {
        return stay(&files, flags.seed);
    }
    let mut rows = Vec::new();
    for (at, batch) in files.chunks(BATCH).enumerate() {
        let mut entries = Vec::new();
        for file in batch {
            progress(rows.len() + entries.len(), files.len(), file);
            entries.push(generate(file, rows.len() + entries.len(), flags)?);
        }
        if flags.check || flags.doc || flags.wire {
            progress(rows.len(), files.len(), Path::new("(compiling)"));
            let scratch = Scratch::new(&root, &format!("corpus-{at}"), flags.jobs)?;
            build(&scratch, &mut entries, flags)?;
        }
        rows.extend(entries.into_iter().map(|entry| entry.row));
        progress(rows.len(), files.len(), Path::new(""));
    }
    if std::io::stderr().is_terminal() {
        eprint!("\r\u{1b}[K");
    }
    let told = |text: &str| match flags.verbosity {
        Verbosity::Quiet => Ok(()),
        Verbosity::Brief | Verbosity::Verbose => print(text),
    };
    told(&table::table(&rows))?;
    if let Some(path) = &flags.report {
        let lines: String = rows.iter().map(Row::json).collect();
        disk::file(path, escaped_json(&lines).as_bytes())?;
    }
    let mut bad = rows.iter().any(Row::is_bad);
    if let Some(path) = &flags.expect {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let (text, all) = expect::judged(&expect::read(&text), &rows);
        told(&text)?;
        bad = !all;
    }
    if flags.types.is_some() {
        let (text, all) = types::judged(&rows);
        told(&text)?;
        bad |= !all;
    }
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Says whether names stay when requests are added.
fn stay(files: &[PathBuf], seed: u64) -> anyhow::Result<ExitCode> {
    let specs = files.iter().enumerate().map(|(at, file)| {
        progress(at, files.len(), file);
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, source::read(file, &|path| path.display().to_string())?))
    });
    let (text, lost) = stability::report(specs, seed)?;
    print(&text)?;
    Ok(if lost > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn collections(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if is_json || source::is_folder(&path) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn progress(done: usize, all: usize, file: &Path) {
    if !std::io::stderr().is_terminal() {
        return;
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let filled = (done * 20).checked_div(all).unwrap_or_default();
    eprint!(
        "\r\u{1b}[K[{}{}] {done}/{all} {}",
        "#".repeat(filled),
        " ".repeat(20 - filled),
        escaped(&name)
    );
    let _ = std::io::stderr().flush();
}

fn generate(file: &Path, number: usize, flags: &Flags) -> anyhow::Result<Entry> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = name.trim_end_matches(".json").to_owned();
    let id = format!("c{number:03}");
    let mut row = Row { file: name.clone(), compile: "skipped", ..Row::default() };
    let unread = |row| Entry { id: id.clone(), stem: stem.clone(), row, ..Entry::default() };
    let spec = match source::read(file, &|path| path.display().to_string()) {
        Ok(text) => text,
        Err(error) => {
            let found = format!("{error:#}");
            row.is_located = found.contains(": not UTF-8");
            row.error = Some(found);
            return Ok(unread(row));
        }
    };
    row.bytes = spec.len();
    let input = Input { spec_name: &name, spec: &spec, package: Some(&id), ..Input::default() };
    let generated = timed(&input, &mut row);
    let mut driver = None;
    if let Some(generated) = &generated {
        row.count(generated);
        if let Some(folder) = &flags.types {
            row.types = types::expected(folder, &stem, generated)?;
        }
        match driven(&spec, generated, &stem, flags) {
            Ok(made) => driver = made,
            Err(error) => row.driver_error = Some(format!("{error:#}")),
        }
    }
    Ok(Entry { id, stem, spec, generated, driver, row })
}

/// Generates a client, and notes the time it took and why there is none.
fn timed(input: &Input<'_>, row: &mut Row) -> Option<Generated> {
    let start = ProcessTime::now();
    let result = std::panic::catch_unwind(|| postman_codegen::generate(input));
    row.generate_ms = start.elapsed().as_secs_f64() * 1000.0;
    match result {
        Ok(Ok(generated)) => Some(generated),
        Ok(Err(found)) => {
            row.failed(&found, input.spec_name, input.spec);
            None
        }
        Err(_) => {
            row.panicked = true;
            row.error = Some("panicked".to_owned());
            None
        }
    }
}

fn driven(
    spec: &str,
    generated: &Generated,
    stem: &str,
    flags: &Flags,
) -> anyhow::Result<Option<Driver>> {
    let (true, Some(truth)) = (flags.wire, &flags.truth) else { return Ok(None) };
    let path = truth.join(format!("{stem}.vars.json"));
    if flags.expect.is_some() && !path.exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let vars = Vars::read(&text).map_err(|why| anyhow::anyhow!("{}: {why}", path.display()))?;
    let Generated { api, names, .. } = generated;
    let subject = DriverInput { spec, api, names };
    driver(&subject, &vars).map(Some).map_err(anyhow::Error::msg)
}

fn build(scratch: &Scratch, entries: &mut [Entry], flags: &Flags) -> anyhow::Result<()> {
    scratch.write(&files(&members(entries), &[]))?;
    let mut complaints =
        scratch.cargo(&[if flags.wire { "build" } else { "check" }, "--workspace"])?;
    if flags.doc {
        complaints.extend(documented(scratch, entries)?);
    }
    let mut run = Vec::new();
    for entry in entries.iter_mut().filter(|entry| entry.generated.is_some()) {
        let own = complaints.get(&format!("clients/{}", entry.id));
        entry.row.compiled(own.map(Vec::as_slice).unwrap_or_default());
        let driver = complaints.get(&format!("drivers/{}", entry.id)).cloned().unwrap_or_default();
        let broken = driver.iter().find(|message| message.starts_with("error"));
        match (broken, entry.row.compile) {
            (Some(message), _) => entry.row.driver_error = Some(message.clone()),
            (None, "ok") if entry.driver.is_some() => run.push(entry.id.clone()),
            (None, _) => {}
        }
    }
    if run.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = run.iter().map(String::as_str).collect();
    scratch.write(&files(&members(entries), &ids))?;
    let printed = scratch.run(None)?;
    let parts = outputs(&printed);
    for entry in entries.iter_mut().filter(|entry| run.contains(&entry.id)) {
        let lines = parts.get(entry.id.as_str()).copied().unwrap_or_default();
        if let Err(error) = compared(entry, lines, flags) {
            entry.row.driver_error = Some(format!("{error:#}"));
        }
    }
    Ok(())
}

/// What rustdoc complains about in the clients.
fn documented(scratch: &Scratch, entries: &[Entry]) -> anyhow::Result<Complaints> {
    let mut words = vec!["doc", "--no-deps"];
    for generated in entries.iter().filter_map(|entry| entry.generated.as_ref()) {
        words.extend(["--package", &generated.names.package]);
    }
    if words.len() == 2 { Ok(Complaints::new()) } else { scratch.cargo(&words) }
}

fn members(entries: &[Entry]) -> Vec<Member<'_>> {
    let mut members = Vec::new();
    for entry in entries {
        if let Some(generated) = &entry.generated {
            members.push(Member {
                id: &entry.id,
                package: &generated.names.package,
                client: Client::Emitted(&generated.files),
                driver: entry.driver.as_ref(),
            });
        }
    }
    members
}

fn compared(entry: &mut Entry, lines: &str, flags: &Flags) -> anyhow::Result<()> {
    let Some(truth) = &flags.truth else { return Ok(()) };
    let path = truth.join(format!("{}.jsonl", entry.stem));
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let truth = read_lines(&text).map_err(|why| anyhow::anyhow!("{}: {why}", path.display()))?;
    if truth.is_empty() && entry.row.requests > 0 {
        bail!("{} is empty", path.display());
    }
    let ours =
        read_lines(lines).map_err(|why| anyhow::anyhow!("{}: {why}", driver_package(&entry.id)))?;
    let by =
        if postman_codegen::wire::is_first_format(&entry.spec) { By::Index } else { By::Pointer };
    entry.row.wire = Some(compare(&ours, &truth, by));
    Ok(())
}
