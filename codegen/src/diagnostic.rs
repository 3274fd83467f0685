//! What went wrong or was left aside, where, and what to do about it.
//!
//! Stages return diagnostics as data; only the command line prints them.

mod grouped;

pub use grouped::{Extent, grouped};

use crate::bundle;
use crate::origin::{Origin, Span};
use crate::visible::in_line;
use std::fmt::Write as _;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was left aside on purpose; the output is right.
    Note,
    /// The output is usable, but a person should look.
    Warning,
    /// Nothing is written.
    Error,
}

impl Severity {
    fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding of one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable code, `stage::kebab-case`.
    pub code: &'static str,
    /// One sentence, without a final dot.
    pub message: String,
    /// The place it is about; of the file named by `source`.
    pub origin: Origin,
    /// The file the origin points into; `None` is the spec.
    pub source: Option<String>,
    /// What to do, one sentence.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding of the given severity about `origin` in the spec.
    #[must_use]
    pub fn new(
        severity: Severity,
        code: &'static str,
        message: impl Into<String>,
        origin: Origin,
    ) -> Self {
        Self { severity, code, message: message.into(), origin, source: None, help: None }
    }

    /// Something left aside on purpose.
    #[must_use]
    pub fn note(code: &'static str, message: impl Into<String>, origin: Origin) -> Self {
        Self::new(Severity::Note, code, message, origin)
    }

    /// Something a person should look at.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>, origin: Origin) -> Self {
        Self::new(Severity::Warning, code, message, origin)
    }

    /// Something that stops the run.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>, origin: Origin) -> Self {
        Self::new(Severity::Error, code, message, origin)
    }

    /// Says what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says that the origin points into another file than the spec.
    #[must_use]
    pub fn in_source(mut self, source: impl Into<String>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The pointer as printed: in a bundle, from the file on that is named before it.
    fn pointer(&self, text: &str, span: Span) -> String {
        let whole = self.origin.pointer.to_string();
        let inside = bundle::at(text, span.start).and_then(|_| whole.splitn(3, '/').nth(2));
        match inside {
            Some(inside) => format!("#/{inside}"),
            None if text.starts_with('\0') => "#".to_owned(),
            None => whole,
        }
    }

    /// The diagnostic as printed for a person; `file` and `text` are those the origin points into.
    #[must_use]
    pub fn render(&self, file: &str, text: &str) -> String {
        let (severity, message) = (self.severity.as_str(), in_line(&self.message));
        let mut out = format!("{severity}[{}]: {message}\n  at ", self.code);
        let trail = self.origin.trail.join(" › ");
        let place = match self.origin.span {
            Some(span) => {
                format!("{} {}", place(file, text, span), self.pointer(text, span))
            }
            None => format!("{file} {}", self.origin.pointer),
        };
        let _ = if trail.is_empty() {
            writeln!(out, "{}", in_line(&place))
        } else {
            writeln!(out, "{}    ({})", in_line(&trail), in_line(&place))
        };
        if let Some(help) = &self.help {
            let _ = writeln!(out, "  help: {}", in_line(help));
        }
        out
    }
}

/// `file:line:column` of the start of `span` in `text`; where that is a bundle, of the file in the folder `file`.
#[must_use]
pub fn place(file: &str, text: &str, span: Span) -> String {
    match bundle::at(text, span.start) {
        None => {
            let (line, column) = line_and_column(text, span);
            format!("{file}:{line}:{column}")
        }
        Some(part) => {
            let (line, column) = line_and_column(part.text, part.inside(span));
            format!("{}/{}:{line}:{column}", file.trim_end_matches('/'), part.below())
        }
    }
}

/// Line and column (both from 1, columns in characters) of the start of `span` in `text`.
#[must_use]
pub fn line_and_column(text: &str, span: Span) -> (usize, usize) {
    let mut end = span.start.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::Pointer;
    use expect_test::expect;

    #[test]
    fn renders_place_and_help() {
        let text = "{\n  \"é\": 1\n}";
        let origin = Origin {
            pointer: Pointer::root().key("é"),
            span: Some(Span { start: 9, end: 10 }),
            trail: vec!["Users".into(), "Get a user".into()],
        };
        let found = Diagnostic::warning("infer::conflict", "`é` is two things", origin)
            .with_help("pin it")
            .render("spec.json", text);
        expect![[r#"
            warning[infer::conflict]: `é` is two things
              at Users › Get a user    (spec.json:2:7 #/é)
              help: pin it
        "#]]
        .assert_eq(&found);
    }

    #[test]
    fn names_the_file_of_a_bundle() {
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let text = bundle::join(&[file("C/a.yaml", "x: 1\n"), file("C/b/c.yaml", "é:\n  y: 2\n")]);
        let text = text.unwrap();
        let start = text.find("2\n").unwrap();
        let pointer = Pointer::root().key("C/b/c.yaml").key("é").key("y");
        let span = Some(Span { start, end: start + 1 });
        let found = Diagnostic::note("a::b", "odd", Origin { pointer, span, trail: Vec::new() });
        expect![[r#"
            note[a::b]: odd
              at spec/C/b/c.yaml:2:6 #/é/y
        "#]]
        .assert_eq(&found.render("spec/C/", &text));
    }
}
