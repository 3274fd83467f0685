//! One line of a lock: `KIND KEY = NAME`, `KIND KEY "MEMBER" = NAME`, and after the name what more there is to it.
//!
//! A key is what the collection says, so it may hold anything, ` = ` included: what is no plain text is escaped, and the name is what follows the last ` = `.

use super::{Kind, Path};
use crate::api::Likeness;
use crate::name::reserved;
use crate::visible::is_hidden;
use std::fmt::{self, Write as _};

/// The longest name.
const LONGEST: usize = 128;

/// Between key and name.
const IS: &str = " = ";

/// The longest version.
const LONGEST_VERSION: usize = 64;

/// What a line says of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It is the name.
    Own,
    /// It is the name, and the collection calls the thing otherwise by now.
    Renamed,
    /// It is found there too.
    Also,
    /// It was found there until this version of the client.
    Deprecated(String),
}

impl Mark {
    /// Reads the words after a name.
    fn parse(words: &[&str], kind: Kind) -> Option<Self> {
        match words {
            [] => Some(Self::Own),
            ["renamed"] if matches!(kind, Kind::Folder | Kind::Operation) => Some(Self::Renamed),
            ["also"] if kind == Kind::Type => Some(Self::Also),
            ["deprecated", version]
                if is_version(version) && (kind.has_type() || kind == Kind::Type) =>
            {
                Some(Self::Deprecated((*version).to_owned()))
            }
            [..] => None,
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => Ok(()),
            Self::Renamed => f.write_str(" renamed"),
            Self::Also => f.write_str(" also"),
            Self::Deprecated(version) => write!(f, " deprecated {version}"),
        }
    }
}

fn is_version(text: &str) -> bool {
    let is_such = |it: u8| it.is_ascii_alphanumeric() || b".-+".contains(&it);
    text.len() <= LONGEST_VERSION
        && text.starts_with(|it: char| it.is_ascii_digit())
        && text.bytes().all(is_such)
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) kind: Kind,
    pub(super) key: String,
    pub(super) member: Option<String>,
    pub(super) path: Path,
    /// What a request was like.
    pub(super) likeness: Option<Likeness>,
    pub(super) mark: Mark,
}

impl Line {
    /// What has the name; `None` for where it is found besides, which several lines may say.
    pub(super) fn address(&self) -> Option<(Kind, String, Option<String>)> {
        let is_name = matches!(self.mark, Mark::Own | Mark::Renamed);
        is_name.then(|| (self.kind, self.key.clone(), self.member.clone()))
    }

    /// Reads a line, or says why it is none.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let (word, rest) = text.split_once(' ').ok_or("this is no name")?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word);
        let kind = kind
            .ok_or("a line begins with credential, folder, operation, server, type or variable")?;
        let (key, name) = rest.rsplit_once(IS).ok_or("there is no ` = ` before a name")?;
        let (key, member) = split_member(key);
        let key = unescaped(key).ok_or("the key has a `\\` that begins no escape")?;
        let mut words = name.split(' ').peekable();
        let first = words.next().unwrap_or_default();
        let mut line = Self {
            kind,
            key,
            member: member
                .map(|it| unescaped(it).ok_or("the key has a `\\` that begins no escape"))
                .transpose()?,
            path: Path::default(),
            likeness: None,
            mark: Mark::Own,
        };
        if line.member.is_some() {
            line.path.name = first.to_owned();
            let is_name = is_snake(first) || is_camel(first) && kind == Kind::Type;
            return if is_name && words.next().is_none() { Ok(line) } else { Err(NO_NAME) };
        }
        let mut segments: Vec<String> = first.split(kind.joint()).map(str::to_owned).collect();
        line.path.name = segments.pop().unwrap_or_default();
        line.path.around = segments;
        if kind.has_type() {
            let ty = words.next().filter(|ty| !ty.is_empty());
            line.path.ty = ty.ok_or("the name of its type is missing")?.to_owned();
        }
        let required = words.next_if(|word| kind == Kind::Type && is_camel(word));
        required.iter().for_each(|ty| line.path.ty = (*ty).to_owned());
        let is_likeness = |word: &&str| kind == Kind::Operation && Likeness::parse(word).is_some();
        line.likeness = words.next_if(is_likeness).and_then(Likeness::parse);
        let words: Vec<&str> = words.collect();
        line.mark = Mark::parse(&words, kind).ok_or("something follows the name")?;
        if line.is_named() { Ok(line) } else { Err(NO_NAME) }
    }

    fn is_named(&self) -> bool {
        let Path { around, name, ty } = &self.path;
        let own = if self.kind == Kind::Type { is_camel(name) } else { is_snake(name) };
        own && around.iter().all(|segment| is_snake(segment)) && (ty.is_empty() || is_camel(ty))
    }
}

const NO_NAME: &str = "this is no name that can stand in Rust: methods, setters and modules are in snake_case, types in UpperCamelCase, and neither is a keyword";

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.word(), escaped(&self.key))?;
        if let Some(member) = &self.member {
            write!(f, " \"{}\"", escaped(member))?;
        }
        write!(f, "{IS}{}", self.path.shown(self.kind))?;
        let ty = Some(&self.path.ty).filter(|ty| !ty.is_empty());
        ty.iter().try_for_each(|ty| write!(f, " {ty}"))?;
        self.likeness.iter().try_for_each(|it| write!(f, " {it}"))?;
        write!(f, "{}", self.mark)
    }
}

/// The key, and the member in quotes that it ends with, if any: inside, quotes are escaped.
fn split_member(key: &str) -> (&str, Option<&str>) {
    let inner = key.strip_suffix('"').and_then(|inner| inner.rsplit_once(" \""));
    inner.map_or((key, None), |(key, member)| (key, Some(member)))
}

/// `text` without quotes, line breaks and what else is not shown.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if is_hidden(letter) => {
                let _ = write!(out, "{}", letter.escape_unicode());
            }
            letter => out.push(letter),
        }
    }
    out
}

fn unescaped(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next()? {
            'u' => {
                letters.next().filter(|open| *open == '{')?;
                let digits: String = letters.by_ref().take_while(|it| *it != '}').collect();
                out.push(char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?);
            }
            quoted => out.push(quoted),
        }
    }
    Some(out)
}

fn is_snake(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    name.starts_with(|it: char| it.is_ascii_lowercase()) && is_identifier(name, inner)
}

fn is_camel(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.starts_with(|it: char| it.is_ascii_uppercase()) && is_identifier(name, inner)
}

fn is_identifier(name: &str, inner: impl Fn(u8) -> bool) -> bool {
    name.len() <= LONGEST && name.bytes().all(inner) && !reserved::is_keyword(name)
}
