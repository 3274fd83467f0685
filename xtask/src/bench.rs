//! `bench` and `fuzz`: starts the package that measures. It is built by cargo then, so that this program does not carry it.

use crate::workspace;
use anyhow::Context as _;
use lexopt::prelude::*;
use lexopt::{Error, Parser};
use std::process::{Command, ExitCode};

/// What is measured by which target of which package, in the order of `all`.
const TARGETS: [(&str, &str, &str); 6] = [
    ("generate", "benches", "process"),
    ("scale", "benches", "process"),
    ("compile", "benches", "process"),
    ("runtime", "integration-tests", "request"),
    ("decode", "benches", "decode"),
    ("stages", "benches", "stages"),
];

/// What to start: a target of a package, with its arguments.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags {
    runs: Vec<(&'static str, &'static str, Vec<String>)>,
}

/// Reads what is to be measured; everything where nobody says.
pub(crate) fn parse(mut parser: Parser) -> Result<Flags, Error> {
    let (mut wanted, mut more) = (Vec::new(), Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("rounds") => more.push(parser.value()?.parse::<u32>()?.to_string()),
            Long("large") => more.push("large".to_owned()),
            Value(word) => wanted.push(word.string()?),
            Short(_) | Long(_) => return Err(argument.unexpected()),
        }
    }
    let all = wanted.is_empty() || wanted.iter().any(|word| word == "all");
    let known = |word: &String| word == "all" || TARGETS.iter().any(|(name, ..)| name == word);
    if let Some(other) = wanted.iter().find(|word| !known(word)) {
        return Err(format!("there is no measurement {other:?}").into());
    }
    let chosen = TARGETS.iter().filter(|(name, ..)| all || wanted.iter().any(|word| word == name));
    let runs = chosen.map(|(name, package, target)| {
        let own = match *target {
            "process" => [vec![(*name).to_owned()], more.clone()].concat(),
            _ => Vec::new(),
        };
        (*package, *target, own)
    });
    Ok(Flags { runs: runs.collect() })
}

/// Reads how long each target of the fuzzer runs, with which seed, and which one alone.
pub(crate) fn parse_fuzz(mut parser: Parser) -> Result<Flags, Error> {
    let (mut seconds, mut seed, mut target) = (None, 1, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("seed") => seed = parser.value()?.parse::<u64>()?,
            Long("target") => target = Some(parser.value()?.string()?),
            Value(word) if seconds.is_none() => seconds = Some(word.parse::<u64>()?),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    let seconds = seconds.ok_or("how many seconds each target runs is missing")?;
    let words = [seconds.to_string(), seed.to_string()].into_iter().chain(target);
    Ok(Flags { runs: vec![("benches", "fuzz", words.collect())] })
}

/// Starts one after the other; the exit code of the first that fails.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let root = workspace::root()?;
    for (package, target, words) in &flags.runs {
        let mut cargo = Command::new("cargo");
        cargo.args(["bench", "--quiet", "--package", package, "--bench", target, "--"]);
        let status =
            cargo.args(words).current_dir(&root).status().context("cargo cannot be run")?;
        if !status.success() {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            return Ok(ExitCode::from(code.unwrap_or(crate::FAILED)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str], parse: fn(Parser) -> Result<Flags, Error>) -> Option<Flags> {
        parse(Parser::from_args(words)).ok()
    }

    #[test]
    fn words_choose_targets() {
        let flags = parsed(&["decode", "scale", "--rounds", "3"], parse).unwrap();
        let scale = ("benches", "process", vec!["scale".to_owned(), "3".to_owned()]);
        assert_eq!(flags.runs, [scale, ("benches", "decode", Vec::new())]);
        assert_eq!(parsed(&["all"], parse), parsed(&[], parse));
        assert_eq!(parsed(&["speed"], parse), None);
    }

    #[test]
    fn the_fuzzer_takes_seconds_a_seed_and_a_target() {
        let flags = parsed(&["9", "--seed", "7", "--target", "url"], parse_fuzz).unwrap();
        assert_eq!(
            flags.runs,
            [("benches", "fuzz", ["9", "7", "url"].map(str::to_owned).to_vec())]
        );
        assert_eq!((parsed(&[], parse_fuzz), parsed(&["x"], parse_fuzz)), (None, None));
    }
}
