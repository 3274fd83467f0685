//! The files of a folder as one text: what a collection in several files is to the stages above.
//!
//! One text has one offset for each place, so that a span says where something stands however many files there are. Knows no format, and reads no disk.

use crate::origin::Span;

/// Stands before each file's path; no path and no text of a bundle holds it.
const MARK: char = '\0';

/// A file of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File<'a> {
    /// Its path, with `/`; the first part is the folder's name.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Where its path begins in the bundle.
    pub path_start: usize,
    /// Where its text begins in the bundle.
    pub start: usize,
}

impl<'a> File<'a> {
    /// Its path below the folder.
    #[must_use]
    pub fn below(&self) -> &'a str {
        self.path.split_once('/').map_or(self.path, |(_, below)| below)
    }

    /// A span of the bundle as one of this file's text.
    #[must_use]
    pub fn inside(&self, span: Span) -> Span {
        let at = |offset: usize| offset.saturating_sub(self.start).min(self.text.len());
        Span { start: at(span.start), end: at(span.end) }
    }

    /// The file's path in the bundle.
    #[must_use]
    pub fn path_span(&self) -> Span {
        Span { start: self.path_start, end: self.path_start + self.path.len() }
    }
}

/// One text of files, ordered by path.
///
/// # Errors
///
/// One sentence with the path of a file whose path or text no bundle can hold.
pub fn join(files: &[(String, String)]) -> Result<String, String> {
    let mut files: Vec<&(String, String)> = files.iter().collect();
    files.sort();
    let mut out = String::new();
    for (path, text) in files {
        if path.contains([MARK, '\n']) {
            return Err(format!("{path:?}: the file's name has a line break"));
        }
        if let Some(at) = text.find(MARK) {
            return Err(format!("{path}: not a text: the byte at offset {at} is zero"));
        }
        out.push(MARK);
        out.push_str(path);
        out.push('\n');
        out.push_str(text);
    }
    Ok(out)
}

/// The files of a bundle in order; `None` where `text` is none.
#[must_use]
pub fn files(text: &str) -> Option<Vec<File<'_>>> {
    let mut start = text.starts_with(MARK).then_some(0)?;
    let mut files = Vec::new();
    while let Some(file) = file(text, start) {
        start = file.start + file.text.len();
        files.push(file);
    }
    Some(files)
}

/// The file that the byte at `offset` belongs to, where `text` is a bundle.
#[must_use]
pub fn at(text: &str, offset: usize) -> Option<File<'_>> {
    if !text.starts_with(MARK) {
        return None;
    }
    let before = text.as_bytes().get(..=offset.min(text.len().saturating_sub(1)))?;
    file(text, before.iter().rposition(|byte| *byte == 0)?)
}

/// The file whose mark stands at `mark`.
fn file(text: &str, mark: usize) -> Option<File<'_>> {
    let path_start = mark + MARK.len_utf8();
    let rest = text.get(mark..)?.strip_prefix(MARK)?;
    let whole = rest.split(MARK).next()?;
    let (path, text) = whole.split_once('\n').unwrap_or((whole, ""));
    let start = path_start + whole.len() - text.len();
    Some(File { path, text, path_start, start })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(path: &str, text: &str) -> (String, String) {
        (path.to_owned(), text.to_owned())
    }

    #[test]
    fn joins_and_finds_again() {
        let text = join(&[owned("a/y", "é\n"), owned("a/x", ""), owned("a/b/z", "1")]).unwrap();
        let files = files(&text).unwrap();
        let shown: Vec<_> = files.iter().map(|file| (file.path, file.below(), file.text)).collect();
        assert_eq!(shown, [("a/b/z", "b/z", "1"), ("a/x", "x", ""), ("a/y", "y", "é\n")]);
        for file in files {
            for offset in file.path_start - 1..file.start + file.text.len() {
                assert_eq!(at(&text, offset), Some(file), "{offset}");
            }
            assert_eq!(&text[file.path_span().start..file.path_span().end], file.path);
        }
        assert_eq!(at(&text, 1000).map(|file| file.path), Some("a/y"));
        assert_eq!((super::files("{}"), at("{}", 1), at("", 0)), (None, None, None));
    }

    #[test]
    fn refuses_what_it_could_not_find_again() {
        for (path, text) in [("a\nb", ""), ("a", "x\0y")] {
            assert!(join(&[owned(path, text)]).is_err(), "{path:?}");
        }
    }
}
