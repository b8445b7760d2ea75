//! The words for operations.
#![expect(missing_docs, reason = "most names are OpenAPI's own, and a sentence would only repeat them")]

use crate::ir::{Docs, Presence, TypeId, TypeRef};
use crate::naming::{FieldName, MethodName, TypeName, VariantName};
use crate::pointer::Pointer;

#[derive(Debug)]
pub struct Operation {
    pub name: MethodName,
    /// The type that stands for the operation.
    pub marker: TypeName,
    /// The id in messages: `operationId`, else method and path.
    pub id: String,
    pub origin: Pointer,
    pub docs: Docs,
    pub method: Method,
    /// The path template, as it stands in the description.
    pub path: String,
    /// Its own server, where that is another than the client's.
    pub server: Option<String>,
    pub params: Vec<Param>,
    pub body: Option<RequestBody>,
    pub responses: Responses,
    /// The types of what the service sends because of it.
    pub callbacks: Vec<TypeId>,
    /// The functions for the headers that its answers have.
    pub headers: Vec<MethodName>,
    /// Alternatives; each is a list of scheme keys that go together.
    pub security: Vec<Vec<String>>,
    /// The configuration says that it may be sent twice though its method does not say so.
    pub idempotent: bool,
    /// The field of the answer that is the service's success flag.
    pub success_flag: Option<(FieldName, Presence)>,
    pub pagination: Option<Pagination>,
    pub tags: Vec<String>,
}

/// How a list that comes in pages is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    pub next: NextPage,
    /// The properties that lead to the list; none where the answer is the list.
    pub items: Vec<String>,
    pub item: TypeRef,
    /// The query parameter that says how many items a page has.
    pub size: Option<String>,
    /// The properties that lead to the number of all items, if it comes back.
    pub total: Vec<String>,
}

/// How the page after another is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// A query parameter has its number.
    Number { parameter: String, first: u64 },
    /// A query parameter has the number of items before it.
    Offset(String),
    /// A query parameter has what stands at a place in the page before.
    Cursor { parameter: String, place: Vec<String> },
    /// Its URL stands at a place in the page before.
    Url(Vec<String>),
    /// Its URL is in the header `Link`.
    Link,
}

/// An operation that the description has, and the filters leave out.
#[derive(Clone, Debug)]
pub struct Skipped {
    /// The `operationId`.
    pub id: Option<String>,
    pub method: Method,
    pub path: String,
    pub tags: Vec<String>,
    pub origin: Pointer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
}

impl Method {
    /// As it is written in a request.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
        }
    }
}

#[derive(Debug)]
pub struct Param {
    pub name: FieldName,
    pub wire: String,
    pub origin: Pointer,
    pub docs: Docs,
    pub place: Place,
    pub encoding: Encoding,
    pub ty: TypeRef,
    pub need: Need,
}

/// How a parameter's value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As its place's style says.
    Style,
    /// The same, with reserved characters as they are.
    Reserved,
    /// As a JSON document.
    Json,
}

/// Whether the caller must give something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Path(PathStyle),
    Query(QueryStyle),
    Header(HeaderStyle),
    Cookie,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderStyle {
    Simple,
    SimpleExplode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    Simple,
    SimpleExplode,
    Label,
    LabelExplode,
    Matrix,
    MatrixExplode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    Form,
    FormExplode,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

#[derive(Debug)]
pub struct RequestBody {
    pub origin: Pointer,
    pub docs: Docs,
    pub need: Need,
    pub content: Body,
}

/// What a body is, with its media type where that is not implied.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A JSON document; the media type where it is not `application/json`.
    Json(TypeRef, Option<String>),
    /// `application/x-www-form-urlencoded`; the properties with a style of their own.
    Form(TypeRef, Vec<(String, QueryStyle)>),
    /// Parts of a `multipart/` type; `None` where they are not described.
    Multipart(Option<TypeRef>, String),
    Text(String),
    Bytes(String),
    /// One of several, a `TypeKind::Choice`.
    Choice(TypeRef),
}

/// One of the bodies that a service takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub name: VariantName,
    /// As the description has it.
    pub media_type: String,
    pub body: Body,
}

#[derive(Debug)]
pub struct Responses {
    pub success: Vec<Case>,
    pub failure: Vec<Case>,
    /// The `TypeKind::Answers` of several successes.
    pub output: Option<TypeId>,
    /// The `TypeKind::Answers` of the declared failures.
    pub error: Option<TypeId>,
    /// What a success can be besides what is asked for first.
    pub alternatives: Vec<Alternative>,
    /// What a success can be that comes item by item: at most one of each kind.
    pub sequences: Vec<Sequence>,
}

/// A success that comes item by item.
#[derive(Clone, Debug, PartialEq)]
pub enum Sequence {
    /// Server-sent events, with text as their data where the type is one.
    Events(TypeRef),
    /// JSON texts.
    Lines(TypeRef),
}

impl Sequence {
    /// The type of an item.
    #[must_use]
    pub fn item(&self) -> &TypeRef {
        match self {
            Self::Events(item) | Self::Lines(item) => item,
        }
    }
}

/// Another content type that a success can have, for a caller who asks for it.
#[derive(Debug)]
pub struct Alternative {
    pub name: MethodName,
    pub media_type: String,
    pub content: Content,
}

/// One declared answer.
#[derive(Clone, Debug)]
pub struct Case {
    pub status: Status,
    pub name: VariantName,
    pub origin: Pointer,
    pub docs: Docs,
    pub content: Content,
    /// The media type of the content, to ask for; empty where there is none.
    pub media_type: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Exact(u16),
    /// `4XX` is class 4.
    Class(u8),
    Default,
}

/// The body of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Empty,
    Json(TypeRef),
    Text,
    Bytes,
}
