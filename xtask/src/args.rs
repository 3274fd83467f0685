//! Flags -> [`Command`].
//!
//! Read with `lexopt`: it builds in half a CPU second, where clap takes five and a half, and a handful of flags needs no more.

use crate::terminal::{Color, Verbosity};
use crate::{account, bench, corpus, diff, explain, init, learn, lock, replay, suggest, wire};
use lexopt::prelude::*;
use lexopt::{Error, Parser};
use postman_codegen::name::Renaming;
use postman_codegen::pipeline::Stage;
use std::ffi::OsString;
use std::path::PathBuf;

/// What is printed for `--help`, and after a misuse.
pub(crate) const USAGE: &str = "\
usage: cargo xtask <command>
   or: postman-codegen <command>, where it is installed
with -v every list is whole, with -q errors alone are printed
exit codes: 0 done, 1 what was compared differs, 2 failed

  init DIR  make a workspace for a collection, or add one to a workspace
      --spec FILE      the collection, or its folder
      --name CRATE     the crate's name (default: one made of the collection's title)
      --generator-git URL, --generator-rev REV
                       where the workspace takes the generator from, and which commit of it
      --generator-path DIR
                       or a folder (default: the one this program was built in)

  codegen [NAME]  write the client crate from the collection: of all collections, or the one called NAME
      --check          write nothing; print what is stale, missing, orphan or edited by hand, and exit with 1
      --report FILE    with --check: the same as JSON
      --against OLD    with --check: a version that went less far since OLD, an edition as of `diff`,
                       than what changed asks is drift too
      --color WHEN     of diffs: auto | always | never
      --watch          go on, and write it again whenever the collection, the overlay or evidence changes
      --force          overwrite files that were edited by hand
      --spec FILE      the collection, its folder, or a folder like spec/ (default: the one in spec/)
      --overlay FILE   the corrections (default: the overlay.toml beside a collection below spec/)
      --out DIR        the crate's folder (default: generated-client)
      --name CRATE     the crate's name (default: the overlay's, or one made of the collection's title)
      --lock FILE      the names that stay (default: the names.lock beside a collection below spec/)
      --rename         call requests and folders anew that the collection calls otherwise than it did
      --keep-deprecated
                       what is called otherwise by this run is still found under its old name, as
                       deprecated, for one version

  lock [NAME]  say which names are kept for what is gone
      --prune          forget them: others may then have them
      --spec, --overlay, --lock as above

  diff OLD [NEW]  say what changed between two editions, and whether it breaks those who use the client
      OLD, NEW         a git revision, a folder like spec/, or a collection (NEW: the working tree);
                       all collections in them
      --format FORMAT  text | markdown | json
      --collection NAME
                       of several collections this one alone
      --fail-on WHAT   exit with 1 on breaking | additive | any changes; what cannot be read exits with 2

  account   say what became of every request, parameter, script, variable and other member
      --format FORMAT  text | markdown | json
      --spec FILE      as above

  dump      print what a stage of the pipeline hands to the next
      --stage STAGE    lower | infer | overlay | name
      --spec, --overlay, --name, --lock as above

  explain KEY  say why something has its type: samples, evidence, corrections, place in the source
      KEY              as `dump --stage infer` prints it: an operation, a parameter, a field, a type
      --out DIR        the crate's folder, for the paths that are printed
      --spec, --overlay, --name as above

  suggest   print corrections that the collection's words ask for, ready to paste into the overlay
      --spec, --overlay as above

  learn FILE…  keep the shapes of recorded traffic (HAR 1.2 or JSON lines) in spec/evidence
      --dry-run        only say what would be learned
      --host HOST      only from exchanges with this host, where the recording names hosts

  replay FILE  take recorded traffic (JSON lines) through the emitted types
      --report FILE    the totals as JSON

  wire      print what the client sends for each request, one JSON line a request
      COLLECTION       the collection (default: the one in spec/)
      --vars FILE      values of its variables
      --out FILE       where the lines go (default: standard output)
      --overlay FILE   corrections, which change requests on purpose (default: none)
      --client DIR     the crate that sends (default: one emitted for the purpose)
      --to URL         really send, to this server, and print what came of it

  corpus DIR  generate a client from each collection in a folder
      --check          compile them all; a warning is a failure
      --doc            write their docs; a warning is a failure
      --wire           compare what they send with the truth
      --truth DIR      NAME.vars.json and NAME.jsonl for each NAME.json
      --stability      add 50 random requests to each, also take some away and reorder all, and print how many public items are renamed by it
      --seed N         of --stability: other random requests (default: 0)
      --jobs N         how many compilers run at once
      --expect FILE    a table of what is expected of each: `generate` or `error`
      --types DIR      what types are expected of each: NAME.expect, blocks of lines of its dump; prints N of N
      --report FILE    one JSON line a collection

  bench [WHAT…]  measure, here in the generator's own workspace: generate | scale | compile | runtime | decode | stages | all
      --rounds N       how often each process runs (default: 5)
      --large          scale: 68,000 requests too, once

  fuzz SECONDS  run each target of the fuzzer that long, and print how often it ran
      --seed N         where chance begins (default: 1)
      --target NAME    this one alone";

/// What to do.
pub(crate) enum Command {
    /// Make a workspace, or add a collection to one.
    Init(init::Flags),
    /// Write, check or watch the client.
    Codegen(Codegen),
    /// Say which names are kept for what is gone, or forget them.
    Lock(lock::Flags),
    /// Say what became of the collection's members.
    Account(account::Flags),
    /// Compare two editions.
    Diff(diff::Flags),
    /// Print one stage.
    Dump(Dump),
    /// Say why something has its type.
    Explain(explain::Flags),
    /// Print corrections that may be wanted.
    Suggest(Inputs),
    /// Print what the client sends.
    Wire(wire::Flags),
    /// Try many collections.
    Corpus(corpus::Flags),
    /// Learn from recorded traffic.
    Learn(learn::Flags),
    /// Take recorded traffic through the emitted types.
    Replay(replay::Flags),
    /// Measure.
    Bench(bench::Flags),
    /// Try random inputs.
    Fuzz(bench::Flags),
    /// Print the usage.
    Help,
}

/// Which texts go in, and what the crate is called.
#[derive(Default)]
pub(crate) struct Inputs {
    pub(crate) spec: Option<PathBuf>,
    pub(crate) overlay: Option<PathBuf>,
    pub(crate) name: Option<String>,
    pub(crate) lock: Option<PathBuf>,
    /// What becomes of published names that could be others now.
    pub(crate) renaming: Renaming,
    pub(crate) verbosity: Verbosity,
}

/// Flags of `codegen`.
#[derive(Default)]
pub(crate) struct Codegen {
    /// Which collection of the workspace; all of them where nobody says.
    pub(crate) collection: Option<String>,
    pub(crate) inputs: Inputs,
    pub(crate) out: Option<PathBuf>,
    pub(crate) mode: Mode,
    pub(crate) force: bool,
    pub(crate) color: Color,
    pub(crate) report: Option<PathBuf>,
    /// The edition since which the versions have to have gone far enough.
    pub(crate) against: Option<OsString>,
}

/// What `codegen` does with the files.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write them once.
    #[default]
    Write,
    /// Compare them.
    Check,
    /// Write them after every change of the inputs.
    Watch,
}

/// Flags of `dump`.
pub(crate) struct Dump {
    pub(crate) inputs: Inputs,
    pub(crate) stage: Stage,
}

impl Command {
    /// Says how much the command prints.
    fn with(mut self, verbosity: Verbosity) -> Self {
        match &mut self {
            Self::Init(flags) => flags.verbosity = verbosity,
            Self::Codegen(flags) => flags.inputs.verbosity = verbosity,
            Self::Lock(flags) => flags.inputs.verbosity = verbosity,
            Self::Account(flags) => flags.inputs.verbosity = verbosity,
            Self::Dump(flags) => flags.inputs.verbosity = verbosity,
            Self::Explain(flags) => flags.inputs.verbosity = verbosity,
            Self::Suggest(inputs) => inputs.verbosity = verbosity,
            Self::Wire(flags) => flags.inputs.verbosity = verbosity,
            Self::Learn(flags) => flags.inputs.verbosity = verbosity,
            Self::Replay(flags) => flags.inputs.verbosity = verbosity,
            Self::Corpus(flags) => flags.verbosity = verbosity,
            Self::Diff(flags) => flags.verbosity = verbosity,
            Self::Bench(_) | Self::Fuzz(_) | Self::Help => {}
        }
        self
    }
}

/// Reads the program's name and its arguments.
pub(crate) fn parse(mut arguments: Vec<OsString>) -> Result<Command, Error> {
    if arguments.iter().any(|it| it == "-h" || it == "--help") {
        return Ok(Command::Help);
    }
    let mut taken = |short: &str, long: &str| {
        let had = arguments.len();
        arguments.retain(|it| it != short && it != long);
        arguments.len() < had
    };
    let verbosity = match (taken("-v", "--verbose"), taken("-q", "--quiet")) {
        (true, true) => return Err("--verbose and --quiet exclude each other".into()),
        (true, false) => Verbosity::Verbose,
        (false, true) => Verbosity::Quiet,
        (false, false) => Verbosity::Brief,
    };
    Ok(command(Parser::from_iter(arguments))?.with(verbosity))
}

fn command(mut parser: Parser) -> Result<Command, Error> {
    match parser.next()? {
        Some(Value(command)) if command == "init" => init::parse(parser).map(Command::Init),
        Some(Value(command)) if command == "codegen" => codegen(parser),
        Some(Value(command)) if command == "lock" => lock::parse(parser).map(Command::Lock),
        Some(Value(command)) if command == "account" => {
            account::parse(parser).map(Command::Account)
        }
        Some(Value(command)) if command == "diff" => diff::parse(parser),
        Some(Value(command)) if command == "dump" => dump(parser),
        Some(Value(command)) if command == "explain" => explain::parse(parser),
        Some(Value(command)) if command == "suggest" => suggest::parse(parser),
        Some(Value(command)) if command == "wire" => wire::parse(parser).map(Command::Wire),
        Some(Value(command)) if command == "corpus" => corpus::parse(parser).map(Command::Corpus),
        Some(Value(command)) if command == "learn" => learn::parse(parser).map(Command::Learn),
        Some(Value(command)) if command == "replay" => replay::parse(parser).map(Command::Replay),
        Some(Value(command)) if command == "bench" => bench::parse(parser).map(Command::Bench),
        Some(Value(command)) if command == "fuzz" => bench::parse_fuzz(parser).map(Command::Fuzz),
        Some(Value(command)) if command == "help" => Ok(Command::Help),
        Some(argument) => Err(argument.unexpected()),
        None => Err("a command is missing".into()),
    }
}

fn codegen(mut parser: Parser) -> Result<Command, Error> {
    let mut flags = Codegen::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("check") => flags.mode = once(flags.mode, Mode::Check)?,
            Long("watch") => flags.mode = once(flags.mode, Mode::Watch)?,
            Long("force") => flags.force = true,
            Long("rename") => flags.inputs.renaming.accept = true,
            Long("keep-deprecated") => flags.inputs.renaming.keep_deprecated = true,
            Long("report") => flags.report = Some(parser.value()?.into()),
            Long("against") => flags.against = Some(parser.value()?),
            Long("color") => flags.color = parser.value()?.parse()?,
            Long("out") => flags.out = Some(parser.value()?.into()),
            Long("spec") => flags.inputs.spec = Some(parser.value()?.into()),
            Long("overlay") => flags.inputs.overlay = Some(parser.value()?.into()),
            Long("name") => flags.inputs.name = Some(parser.value()?.string()?),
            Long("lock") => flags.inputs.lock = Some(parser.value()?.into()),
            Value(name) if flags.collection.is_none() => flags.collection = Some(name.string()?),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    if flags.report.is_some() && flags.mode != Mode::Check {
        return Err("--report goes with --check".into());
    }
    let Inputs { spec, overlay, name, renaming, .. } = &flags.inputs;
    if *renaming != Renaming::default() && flags.mode != Mode::Write {
        return Err(
            "--rename and --keep-deprecated change the lock: neither goes with --check or --watch"
                .into(),
        );
    }
    if flags.against.is_some() && flags.mode != Mode::Check {
        return Err("--against goes with --check".into());
    }
    if flags.against.is_some() && (spec.is_some() || overlay.is_some() || name.is_some()) {
        return Err("--against is about the workspace as it lies there, without --spec, --overlay and --name".into());
    }
    if flags.collection.is_some() && flags.inputs.spec.is_some() {
        return Err("a collection is named either by --spec or by its name".into());
    }
    Ok(Command::Codegen(flags))
}

fn once(had: Mode, mode: Mode) -> Result<Mode, Error> {
    if had == Mode::Write || had == mode {
        Ok(mode)
    } else {
        Err("--check and --watch exclude each other".into())
    }
}

fn dump(mut parser: Parser) -> Result<Command, Error> {
    let mut inputs = Inputs::default();
    let mut stage = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("stage") => stage = Some(parser.value()?.parse()?),
            Long("spec") => inputs.spec = Some(parser.value()?.into()),
            Long("overlay") => inputs.overlay = Some(parser.value()?.into()),
            Long("name") => inputs.name = Some(parser.value()?.string()?),
            Long("lock") => inputs.lock = Some(parser.value()?.into()),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    let stage = stage.ok_or("--stage is missing: lower, infer, overlay or name")?;
    Ok(Command::Dump(Dump { inputs, stage }))
}
