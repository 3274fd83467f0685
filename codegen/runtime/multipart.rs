//! `multipart/form-data` bodies (RFC 7578).

use super::form::texts;
use super::media_type::by_extension;
use super::secret::Secret;
use bytes::Bytes;
use serde_json::Value;
use std::fmt;
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

/// A file to send.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    file_name: Option<String>,
    content_type: Option<String>,
    content: Bytes,
    /// Whether it goes out without a type where none is given.
    is_text: bool,
}

impl FilePart {
    /// A file made of bytes.
    #[must_use]
    pub fn bytes(file_name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { file_name: Some(file_name.into()), ..Self::unnamed(content) }
    }

    /// Bytes without a file name.
    #[must_use]
    pub fn unnamed(content: impl Into<Bytes>) -> Self {
        Self { file_name: None, content_type: None, content: content.into(), is_text: false }
    }

    /// A text in the place of a file, as a part of its own kind: without a file name and without a type.
    #[must_use]
    pub fn text(content: impl Into<String>) -> Self {
        Self { is_text: true, ..Self::unnamed(content.into()) }
    }

    /// A file read from disk, under its own name.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn read(path: impl AsRef<Path>) -> std::io::Result<Self> {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(Self::bytes(name.unwrap_or_default(), std::fs::read(path)?))
    }

    /// Says what the file is.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.file_name.as_deref().unwrap_or_default();
        write!(f, "FilePart({name:?}, {} bytes)", self.content.len())
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

/// The `Content-Type` with its boundary, and the body.
pub(super) fn encode(parts: &[PartField]) -> (String, Bytes) {
    let boundary = format!("----{:032x}", fastrand::u128(..));
    let mut body = Vec::new();
    for part in parts {
        let name = quoted(&part.name);
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
        let mut content_type = part.content_type;
        let content = match &part.value {
            PartValue::Text(text) => text.as_bytes(),
            PartValue::File(file) => {
                if let Some(name) = &file.file_name {
                    head.push_str(&format!("; filename=\"{}\"", quoted(name)));
                }
                let guessed = || content_type.or_else(|| guess(file.file_name.as_deref()));
                let given = file.content_type.as_deref();
                content_type = if file.is_text { given } else { given.or_else(guessed) };
                &file.content
            }
        };
        if let Some(content_type) = content_type {
            head.push_str(&format!("\r\nContent-Type: {}", one_line(content_type)));
        }
        head.push_str("\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body.into())
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
