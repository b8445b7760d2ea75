//! One part of a form.

use bytes::{BufMut, Bytes, BytesMut};
use http::{HeaderName, HeaderValue};

use crate::json::Json;
use crate::upload::Upload;

/// A part of a form: a file, text, or a JSON document.
///
/// What it holds is in memory, or an [`Upload`]: a file or a stream that is read as the form is sent. A form is sent
/// again only where all its parts can be.
///
/// ```
/// use clientwright_runtime::{FormPart, Upload};
///
/// let in_memory = FormPart::file("cat.png", &b"..."[..]).content_type("image/png");
/// let of_a_file = FormPart::upload(Upload::file("pictures/cat.png")); // goes out as `cat.png`
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct FormPart {
    content: Content,
    file_name: FileName,
    content_type: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// What a part holds.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Content {
    Bytes(Bytes),
    Upload(Upload),
}

/// The name that a part's content has on the sender's side.
#[derive(Clone, Debug, PartialEq, Eq)]
enum FileName {
    Given(String),
    /// Servers take a part for a file by its having one, so the part's own name stands in for it.
    Implied,
    /// It is no file.
    None,
}

impl FormPart {
    /// A file with its name.
    pub fn file(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::bytes(content).file_name(name)
    }

    /// A file that has no name of its own: it goes out under the name of its part.
    pub fn bytes(content: impl Into<Bytes>) -> Self {
        Self::new(Content::Bytes(content.into()), FileName::Implied)
    }

    /// A file whose content is read as it is sent. It has the name of the file that is read; a stream goes out under the
    /// name of its part, unless it is given [one](Self::file_name). Where a stream does not say its length, the whole
    /// form goes out in chunks.
    #[must_use]
    pub fn upload(upload: Upload) -> Self {
        let file_name = upload.file_name().map_or(FileName::Implied, |name| FileName::Given(name.to_owned()));
        Self::new(Content::Upload(upload), file_name)
    }

    /// Text that is no file.
    pub fn text(text: impl Into<String>) -> Self {
        Self { file_name: FileName::None, ..Self::bytes(text.into()) }
    }

    /// A JSON document that is no file.
    #[must_use]
    pub fn json(value: &impl Json) -> Self {
        Self::json_text(value.to_json())
    }

    /// Names the file.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = FileName::Given(name.into());
        self
    }

    /// Says what the content is; a file is `application/octet-stream` unless something else is said.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header to the part.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    fn new(content: Content, file_name: FileName) -> Self {
        Self { content, file_name, content_type: None, headers: Vec::new() }
    }

    pub(crate) fn json_text(text: Vec<u8>) -> Self {
        Self { file_name: FileName::None, ..Self::bytes(text) }.content_type("application/json")
    }

    pub(crate) fn default_content_type(&mut self, content_type: &str) {
        self.content_type.get_or_insert_with(|| content_type.to_owned());
    }

    pub(super) fn content(&self) -> &Content {
        &self.content
    }

    /// The length of what it has in memory, but for a few words.
    pub(super) fn size(&self) -> usize {
        match &self.content {
            Content::Bytes(bytes) => bytes.len(),
            Content::Upload(_) => 0,
        }
    }

    /// Writes what stands before the content, or gives the rule that it breaks, to go on after "a part that".
    pub(super) fn write_head(&self, name: &str, body: &mut BytesMut) -> Result<(), &'static str> {
        let file_name = match &self.file_name {
            FileName::Given(file_name) => Some(file_name.as_str()),
            FileName::Implied => Some(name),
            FileName::None => None,
        };
        let is_file = file_name.is_some();
        let content_type = self.content_type.as_deref().or(is_file.then_some("application/octet-stream"));
        if content_type.is_some_and(|content_type| HeaderValue::from_str(content_type).is_err()) {
            return Err("has a content type that no header can hold");
        }
        put(body, &["Content-Disposition: form-data; name=\"", &quoted(name), "\""]);
        if let Some(file_name) = file_name {
            put(body, &["; filename=\"", &quoted(file_name), "\""]);
        }
        if let Some(content_type) = content_type {
            put(body, &["\r\nContent-Type: ", content_type]);
        }
        for (name, value) in &self.headers {
            put(body, &["\r\n", name.as_str(), ": "]);
            body.put_slice(value.as_bytes());
        }
        body.put_slice(b"\r\n\r\n");
        Ok(())
    }
}

impl From<Vec<u8>> for FormPart {
    fn from(content: Vec<u8>) -> Self {
        Self::bytes(content)
    }
}

impl From<Bytes> for FormPart {
    fn from(content: Bytes) -> Self {
        Self::bytes(content)
    }
}

impl From<Upload> for FormPart {
    fn from(upload: Upload) -> Self {
        Self::upload(upload)
    }
}

/// Shows how long the content is, and not what it is.
impl std::fmt::Debug for FormPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FormPart")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::Upload(upload) => upload.fmt(f),
        }
    }
}

/// A name between quotes, as browsers write it: what would end the quotes or the line is percent-encoded.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn put(body: &mut BytesMut, pieces: &[&str]) {
    for piece in pieces {
        body.put_slice(piece.as_bytes());
    }
}
