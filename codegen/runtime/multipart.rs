//! `multipart/form-data` bodies (RFC 7578).

use super::form::texts;
use super::media_type::by_extension;
use super::secret::Secret;
use super::upload::Upload;
use bytes::Bytes;
use serde_json::Value;
use std::fmt;
use std::io;
use std::mem::take;
use std::path::Path;

/// A body of parts.
pub trait MultipartBody {
    /// The parts in the order they are sent.
    fn parts(&self) -> Vec<PartField>;
}

/// One part.
#[derive(Clone, Debug)]
pub struct PartField {
    /// Its name.
    pub name: String,
    /// Its content.
    pub value: PartValue,
    /// Its own content type.
    pub content_type: Option<&'static str>,
}

/// The content of a part.
#[derive(Clone)]
pub enum PartValue {
    /// A text.
    Text(String),
    /// A file.
    File(FilePart),
}

/// A text may be a password.
impl fmt::Debug for PartValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::File(file) => file.fmt(f),
        }
    }
}

/// A file to send: bytes, a file on disk, or what a reader gives. Only bytes are held in memory.
///
/// Fields of files take any of them: `FilePart::bytes("a.csv", text)`, `FilePart::open("a.csv")?`, `FilePart::upload("a.csv", Upload::new(reader))`, and plain bytes or an [`Upload`], which are called after their field.
///
/// A call with a file on disk is retried as any other, since that can be read again; one with a reader is sent once.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    file_name: FileName,
    content_type: Option<String>,
    content: Upload,
    /// Whether it goes out without a type where none is given.
    is_text: bool,
}

#[derive(Clone, PartialEq, Eq)]
enum FileName {
    Given(String),
    /// As the part.
    OfPart,
    Absent,
}

impl FilePart {
    /// A file made of bytes.
    #[must_use]
    pub fn bytes(file_name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::upload(file_name, Upload::bytes(content))
    }

    /// A file that is read while it is sent.
    #[must_use]
    pub fn upload(file_name: impl Into<String>, content: Upload) -> Self {
        Self { file_name: FileName::Given(file_name.into()), ..content.into() }
    }

    /// Bytes without a file name.
    #[must_use]
    pub fn unnamed(content: impl Into<Bytes>) -> Self {
        Self { file_name: FileName::Absent, ..Upload::bytes(content).into() }
    }

    /// A text in the place of a file, as a part of its own kind: without a file name and without a type.
    #[must_use]
    pub fn text(content: impl Into<String>) -> Self {
        Self { is_text: true, ..Self::unnamed(content.into()) }
    }

    /// A file on disk, under its own name, read while it is sent; see [`Upload::file`].
    ///
    /// # Errors
    ///
    /// Where there is no such file.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        Ok(Self::upload(name_of(path), Upload::file(path)?))
    }

    /// A file read from disk now, under its own name: what becomes of it later does not matter.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn read(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        Ok(Self::bytes(name_of(path), std::fs::read(path)?))
    }

    /// Says what the file is.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

/// The file's own name, without its folder.
fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

impl From<Upload> for FilePart {
    fn from(content: Upload) -> Self {
        Self { file_name: FileName::OfPart, content_type: None, content, is_text: false }
    }
}

macro_rules! parts_of_bytes {
    ($($type:ty)*) => {$(
        impl From<$type> for FilePart {
            fn from(content: $type) -> Self {
                Upload::bytes(content).into()
            }
        }
    )*};
}
parts_of_bytes! { Bytes Vec<u8> &'static [u8] }

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.file_name {
            FileName::Given(name) => name,
            FileName::OfPart | FileName::Absent => "",
        };
        match self.content.known_length() {
            Some(length) => write!(f, "FilePart({name:?}, {length} bytes)"),
            None => write!(f, "FilePart({name:?})"),
        }
    }
}

/// A value of a part: text, file, or several.
pub trait PartContent {
    /// The parts' contents.
    fn to_parts(&self) -> Vec<PartValue>;
}

macro_rules! text_parts {
    ($($type:ty)*) => {$(
        impl PartContent for $type {
            fn to_parts(&self) -> Vec<PartValue> {
                let value = serde_json::to_value(self).unwrap_or_default();
                texts(value).into_iter().map(PartValue::Text).collect()
            }
        }
    )*};
}
text_parts! { bool i64 u64 f64 String Secret Value }

impl<T: PartContent> PartContent for Vec<T> {
    fn to_parts(&self) -> Vec<PartValue> {
        self.iter().flat_map(PartContent::to_parts).collect()
    }
}

impl PartContent for FilePart {
    fn to_parts(&self) -> Vec<PartValue> {
        vec![PartValue::File(self.clone())]
    }
}

/// Adds an optional part.
pub fn push_part(
    parts: &mut Vec<PartField>,
    name: &str,
    content_type: Option<&'static str>,
    value: Option<&impl PartContent>,
) {
    for value in value.map(PartContent::to_parts).unwrap_or_default() {
        parts.push(PartField { name: name.to_owned(), value, content_type });
    }
}

/// Writes `MultipartBody` of structs from their field tables.
macro_rules! multipart_object {
    ($name:ident { $($mode:ident $field:ident: $key:literal $(as $kind:literal)?,)* }) => {
        impl MultipartBody for $name {
            fn parts(&self) -> Vec<PartField> {
                let mut parts = Vec::new();
                $(push_part(
                    &mut parts,
                    $key,
                    None$(.or(Some($kind)))?,
                    multipart_object!(@value $mode self $field),
                );)*
                for (key, value) in &self.extra {
                    push_part(&mut parts, key, None, Some(value));
                }
                parts
            }
        }
    };
    (@value required $self:ident $field:ident) => { Some(&$self.$field) };
    (@value optional $self:ident $field:ident) => { $self.$field.as_ref() };
    (@value patch $self:ident $field:ident) => { $self.$field.value() };
}
pub(crate) use multipart_object;

/// Writes the setter of parts that no field stands for.
macro_rules! part_setter {
    ($name:ident) => {
        impl $name {
            /// Adds a part of a name this crate does not know.
            #[must_use]
            pub fn set(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
                self.extra.insert(key, value);
                self
            }
        }
    };
}
pub(crate) use part_setter;

/// The `Content-Type` with its boundary, and the body: bytes, unless a part is read while it is sent.
pub(super) fn encode(parts: &[PartField]) -> (String, Upload) {
    let boundary = format!("----{:032x}", fastrand::u128(..));
    let (mut uploads, mut body) = (Vec::new(), Vec::new());
    for part in parts {
        body.extend_from_slice(head(part, &boundary).as_bytes());
        match &part.value {
            PartValue::Text(text) => body.extend_from_slice(text.as_bytes()),
            PartValue::File(file) => match file.content.plain() {
                Some(bytes) => body.extend_from_slice(bytes),
                None => {
                    uploads.push(Upload::bytes(take(&mut body)));
                    uploads.push(file.content.clone());
                }
            },
        }
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    let content_type = format!("multipart/form-data; boundary={boundary}");
    if uploads.is_empty() {
        return (content_type, Upload::bytes(body));
    }
    uploads.push(Upload::bytes(body));
    (content_type, Upload::joined(uploads))
}

/// What stands before a part's content.
fn head(part: &PartField, boundary: &str) -> String {
    let name = quoted(&part.name);
    let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
    let mut content_type = part.content_type;
    if let PartValue::File(file) = &part.value {
        let file_name = match &file.file_name {
            FileName::Given(name) => Some(name),
            FileName::OfPart => Some(&part.name),
            FileName::Absent => None,
        };
        if let Some(name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(name)));
        }
        let guessed = || content_type.or_else(|| guess(file_name.map(String::as_str)));
        let given = file.content_type.as_deref();
        content_type = if file.is_text { given } else { given.or_else(guessed) };
    }
    if let Some(content_type) = content_type {
        head.push_str(&format!("\r\nContent-Type: {}", one_line(content_type)));
    }
    head.push_str("\r\n\r\n");
    head
}

/// A name inside quotes, escaped as HTML's form submission does.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// The media type that a file's name suggests; an empty name suggests none.
fn guess(file_name: Option<&str>) -> Option<&'static str> {
    let known = || by_extension(file_name.unwrap_or_default());
    (file_name != Some("")).then(|| known().unwrap_or("application/octet-stream"))
}
