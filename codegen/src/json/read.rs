//! The reader: one pass over the bytes, a recursive descent bounded by [`MAX_DEPTH`].

use super::build::{Build, Tree};
use super::{MAX_DEPTH, Node, Value};
use crate::origin::Span;

/// Why a text is not JSON, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// One sentence without a final dot.
    pub message: String,
    /// Where reading stopped.
    pub span: Span,
}

/// What [`read_leniently`] put up with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leniency {
    /// `//` or `/* */`.
    pub comments: bool,
    /// A comma before `]` or `}`.
    pub trailing_commas: bool,
    /// A `{{variable}}` where a value belongs.
    pub variables: bool,
}

/// Reads a JSON document (RFC 8259).
///
/// # Errors
///
/// The first place where the text is not JSON, nests deeper than [`MAX_DEPTH`], or goes on after the document.
pub fn read(text: &str) -> Result<Node, SyntaxError> {
    read_with(text, Tree)
}

/// Reads a JSON document (RFC 8259) into what `build` makes of it, without a tree of it.
///
/// # Errors
///
/// As [`read`].
pub fn read_with<B: Build>(text: &str, build: B) -> Result<B::Value, SyntaxError> {
    Reader::new(text, false, build).document()
}

/// Reads what people type into a body editor: JSON with comments, trailing commas and unquoted `{{variables}}`, and says which of these it met.
///
/// # Errors
///
/// As [`read`].
pub fn read_leniently(text: &str) -> Result<(Node, Leniency), SyntaxError> {
    let mut reader = Reader::new(text, true, Tree);
    let node = reader.document()?;
    Ok((node, reader.met))
}

struct Reader<'a, B> {
    text: &'a str,
    build: B,
    at: usize,
    lenient: bool,
    met: Leniency,
}

impl<'a, B: Build> Reader<'a, B> {
    fn new(text: &'a str, lenient: bool, build: B) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, build, at, lenient, met: Leniency::default() }
    }

    fn document(&mut self) -> Result<B::Value, SyntaxError> {
        self.blanks()?;
        let node = self.value(0)?;
        self.blanks()?;
        match self.peek() {
            None => Ok(node),
            Some(_) => Err(self.error("the document ended here, but the text goes on")),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn error(&self, message: impl Into<String>) -> SyntaxError {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        SyntaxError {
            message: message.into(),
            span: Span { start: self.at, end: self.at + length },
        }
    }

    fn unexpected(&self, wanted: &str) -> SyntaxError {
        match self.rest().chars().next() {
            None => self.error(format!("expected {wanted}, but the text ends here")),
            Some(found) => {
                self.error(format!("expected {wanted}, found `{}`", found.escape_debug()))
            }
        }
    }

    fn blanks(&mut self) -> Result<(), SyntaxError> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/') if self.lenient => self.comment()?,
                Some(byte) if self.lenient && byte >= 0x80 => {
                    match self
                        .rest()
                        .chars()
                        .next()
                        .filter(|c| c.is_whitespace() || *c == '\u{feff}')
                    {
                        Some(blank) => self.at += blank.len_utf8(),
                        None => return Ok(()),
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    fn comment(&mut self) -> Result<(), SyntaxError> {
        let rest = self.rest();
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/")
                .map(|end| end + 2)
                .ok_or_else(|| self.error("this comment never ends"))?
        } else {
            return Err(self.unexpected("a value"));
        };
        self.met.comments = true;
        self.at += length;
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Result<B::Value, SyntaxError> {
        if depth > MAX_DEPTH {
            return Err(self.error(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') if self.lenient && self.rest().starts_with("{{") => self.variable()?,
            Some(b'{') => return self.object(depth),
            Some(b'[') => return self.array(depth),
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(self.build.scalar(Span { start, end: self.at }, value))
    }

    fn variable(&mut self) -> Result<Value, SyntaxError> {
        let inner = self.rest().get(2..).unwrap_or_default();
        let name = inner.split("}}").next().filter(|name| name.len() < inner.len());
        match name.filter(|name| !name.contains(['{', '}', '"', '\n'])) {
            Some(name) => {
                self.met.variables = true;
                self.at += name.len() + 4;
                Ok(Value::Variable(name.to_owned()))
            }
            None => Err(self.unexpected("a value")),
        }
    }

    fn word(&mut self) -> Result<Value, SyntaxError> {
        for (word, value) in
            [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))]
        {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.unexpected("a value"))
    }

    fn object(&mut self, depth: usize) -> Result<B::Value, SyntaxError> {
        let start = self.at;
        self.at += 1;
        let mut object = self.build.object(depth);
        let mut is_empty = true;
        loop {
            self.blanks()?;
            match self.peek() {
                Some(b'}') if is_empty || self.lenient => {
                    self.met.trailing_commas |= !is_empty;
                    self.at += 1;
                    break;
                }
                Some(b'"') => self.member(depth, &mut object)?,
                _ => return Err(self.unexpected("a key in double quotes")),
            }
            is_empty = false;
            if self.separator(b'}')? {
                break;
            }
        }
        Ok(self.build.closed(Span { start, end: self.at }, object))
    }

    fn member(&mut self, depth: usize, object: &mut B::Object) -> Result<(), SyntaxError> {
        let start = self.at;
        let key = self.string()?;
        let key_span = Span { start, end: self.at };
        self.blanks()?;
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.at += 1;
        self.blanks()?;
        let value = self.value(depth + 1)?;
        self.build.member(object, (key, key_span), value);
        Ok(())
    }

    fn array(&mut self, depth: usize) -> Result<B::Value, SyntaxError> {
        let start = self.at;
        self.at += 1;
        let mut list = self.build.list(depth);
        let mut is_empty = true;
        loop {
            self.blanks()?;
            if self.peek() == Some(b']') && (is_empty || self.lenient) {
                self.met.trailing_commas |= !is_empty;
                self.at += 1;
                break;
            }
            let value = self.value(depth + 1)?;
            self.build.element(&mut list, value);
            is_empty = false;
            if self.separator(b']')? {
                break;
            }
        }
        Ok(self.build.listed(Span { start, end: self.at }, list))
    }

    /// Reads `,` (false) or the closing bracket (true).
    fn separator(&mut self, close: u8) -> Result<bool, SyntaxError> {
        self.blanks()?;
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(false)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(true)
            }
            _ => Err(self.unexpected(if close == b'}' { "`,` or `}`" } else { "`,` or `]`" })),
        }
    }

    fn number(&mut self) -> Result<Value, SyntaxError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Value::Number(self.text.get(start..self.at).unwrap_or_default().to_owned()))
    }

    fn digits(&mut self) -> Result<(), SyntaxError> {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        self.at += count;
        if count == 0 { Err(self.unexpected("a digit")) } else { Ok(()) }
    }

    fn string(&mut self) -> Result<String, SyntaxError> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.find(|c| matches!(c, '"' | '\\') || (c < ' ' && !self.lenient));
            let Some(plain) = plain else {
                self.at = self.text.len();
                return Err(self.unexpected("`\"`"));
            };
            text.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return Err(self.error("a control character inside a text")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, SyntaxError> {
        self.at += 1;
        let escaped = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.unexpected("an escape")),
        };
        self.at += 1;
        Ok(escaped)
    }

    fn unicode(&mut self) -> Result<char, SyntaxError> {
        let first = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&first) || !self.rest().starts_with("\\u") {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        self.at += 1;
        let second = self.four_digits()?;
        if (0xdc00..0xe000).contains(&second) {
            let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        self.at = before;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    /// Reads `uXXXX`.
    fn four_digits(&mut self) -> Result<u32, SyntaxError> {
        self.at += 1;
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(code) => {
                self.at += 4;
                Ok(code)
            }
            None => Err(self.unexpected("four hexadecimal digits")),
        }
    }
}

#[cfg(test)]
mod tests;
