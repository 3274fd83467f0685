//! What is printed: to which stream, how much of it, in which colours.
//!
//! Texts of a collection pass through here on their way to a person, so this is where hidden characters are escaped: a terminal obeys nothing that a stranger wrote.

use anyhow::Context as _;
use postman_codegen::diagnostic::Extent;
use postman_codegen::visible::{escaped, escaped_json};
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::str::FromStr;

/// How much a run says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Verbosity {
    /// Errors alone.
    Quiet,
    /// Long lists are cut.
    #[default]
    Brief,
    /// Everything.
    Verbose,
}

impl Verbosity {
    /// Whether lists are cut.
    pub(crate) fn extent(self) -> Extent {
        match self {
            Self::Quiet | Self::Brief => Extent::Cut("-v shows all"),
            Self::Verbose => Extent::Whole,
        }
    }
}

/// When a diff has colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

impl FromStr for Color {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "auto" => Ok(Self::Auto),
            "always" => Ok(Self::Always),
            "never" => Ok(Self::Never),
            _ => Err("colours are wanted always, never or auto"),
        }
    }
}

impl Color {
    fn is_wanted(self) -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => !is_set("NO_COLOR") && !is_dumb && std::io::stdout().is_terminal(),
        }
    }
}

/// Prints to standard output. That a reader (`| head`) has seen enough is no failure; that a disk is full is one.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    raw(&escaped(text))
}

/// Prints JSON, or lines of it, to standard output.
pub(crate) fn print_json(text: &str) -> anyhow::Result<()> {
    raw(&escaped_json(text))
}

fn raw(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => {
            Err(cause).context("cannot write to standard output")
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints to standard error.
pub(crate) fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(escaped(text).as_bytes());
}

/// Prints a text that holds unified diffs.
pub(crate) fn print_diff(text: &str, color: Color) -> anyhow::Result<()> {
    if !color.is_wanted() {
        return print(text);
    }
    let painted: String = escaped(text).split_inclusive('\n').map(painted).collect();
    raw(&painted)
}

fn painted(line: &str) -> String {
    const STYLES: [(&str, &str); 5] =
        [("--- ", "1"), ("+++ ", "1"), ("@@ ", "36"), ("-", "31"), ("+", "32")];
    let style = STYLES.iter().find(|(start, _)| line.starts_with(start));
    let bare = line.trim_end_matches('\n');
    let end = line.get(bare.len()..).unwrap_or_default();
    style.map_or_else(|| line.to_owned(), |(_, code)| format!("\u{1b}[{code}m{bare}\u{1b}[0m{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_diff_have_their_colour_and_no_other() {
        let shown = |line| painted(line).replace('\u{1b}', "^");
        assert_eq!(shown("+++ b/x\n"), "^[1m+++ b/x^[0m\n");
        assert_eq!(shown("+x\n"), "^[32m+x^[0m\n");
        assert_eq!(shown("-x"), "^[31m-x^[0m");
        assert_eq!(shown("@@ -1 +1 @@\n"), "^[36m@@ -1 +1 @@^[0m\n");
        assert_eq!(shown(" x\n"), " x\n");
        assert_eq!(shown("stale: x\n"), "stale: x\n");
    }
}
