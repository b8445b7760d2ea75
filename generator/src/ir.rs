//! The vocabulary: what a client consists of, once every name and every type is decided.
//!
//! All data, no logic. Read it first, like a glossary. `lower` fills it from the description, `analyze` completes it,
//! `emit` prints it; nothing in here knows OpenAPI's model or Rust's tokens. It may change with any release.
#![expect(missing_docs, reason = "most names are OpenAPI's own, and a sentence would only repeat them")]

use serde_json::Value;

use crate::naming::{FieldName, MethodName, TypeName, VariantName};
use crate::pointer::Pointer;

mod operations;
mod scalars;
mod servers;
mod tags;

pub use operations::{
    Alternative, Body, Case, Choice, Content, Encoding, HeaderStyle, Method, Need, NextPage, Operation, Pagination,
    Param, PathStyle, Place, QueryStyle, RequestBody, Responses, Sequence, Skipped, Status,
};
pub use scalars::{Calendar, Nature, Scalar};
pub use servers::{Header, Server, ServerPiece, ServerTemplate, ServerVariable};
pub use tags::{Group, Tag};

/// A whole client.
#[derive(Debug)]
pub struct Api {
    pub info: Info,
    pub server: Server,
    pub schemes: Vec<Scheme>,
    pub types: Types,
    pub operations: Vec<Operation>,
    /// The types of what the service sends unasked.
    pub webhooks: Vec<TypeId>,
    /// The headers that answers are declared to have.
    pub headers: Vec<Header>,
    /// What the filters leave out.
    pub skipped: Vec<Skipped>,
    pub tags: Vec<Tag>,
    /// All operations, by their tags.
    pub groups: Vec<Group>,
    pub conventions: Conventions,
    pub tally: Tally,
}

/// How many operations there must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All that the description has.
    pub declared: usize,
    /// Those that were reported to have no function.
    pub left_out: usize,
}

/// What the description says of itself.
#[derive(Debug)]
pub struct Info {
    pub title: String,
    pub version: String,
    pub docs: Docs,
}

/// What the configuration says of the whole service.
#[derive(Debug, Default)]
pub struct Conventions {
    /// The property that says `false` in an answer that is a failure in spite of its 2xx status.
    pub success_flag: Option<String>,
    /// The response headers that identify a request, the best first.
    pub request_id: Vec<String>,
}

/// A way to say who is calling.
#[derive(Debug)]
pub struct Scheme {
    /// The key under `components.securitySchemes`.
    pub key: String,
    pub setter: MethodName,
    pub origin: Pointer,
    pub docs: Docs,
    pub kind: SchemeKind,
    pub env: Option<String>,
    /// Where OAuth 2's client credentials are exchanged for a token.
    pub token_url: Option<String>,
}

/// Where a credential goes.
#[derive(Debug, PartialEq, Eq)]
pub enum SchemeKind {
    Bearer,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
}

/// All types, by id, and in the order of the output.
#[derive(Debug, Default)]
pub struct Types {
    pub list: Vec<TypeDef>,
    pub order: Vec<TypeId>,
}

/// The place of a [`TypeDef`] in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// The definition of a type. Its use is a [`TypeRef`].
#[derive(Debug)]
pub struct TypeDef {
    pub name: TypeName,
    pub origin: Pointer,
    pub docs: Docs,
    pub kind: TypeKind,
    pub direction: Direction,
    /// Stands for a parameter of an operation.
    pub is_parameter: bool,
}

#[derive(Debug)]
pub enum TypeKind {
    Struct(Struct),
    Enum(Enum),
    Union(Union),
    Newtype(Newtype),
    Alias(TypeRef),
    /// The bodies that a service takes, one of which goes out.
    Choice(Vec<Choice>),
    /// A body of several parts. It is written, and never read.
    Multipart(Multipart),
    /// The answers of an operation, one of which arrives. It is read by status, and never written.
    Answers(Vec<Case>),
}

/// Which way values of a type go; decided by `analyze`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// No operation reaches it.
    #[default]
    Neither,
    Request,
    Response,
    Both,
}

/// An object with declared properties.
#[derive(Debug)]
pub struct Struct {
    pub fields: Vec<Field>,
    pub rest: Rest,
    pub extends: Option<Extends>,
}

/// A component that declares all properties of a struct but one.
#[derive(Clone, Debug)]
pub struct Extends {
    pub base: TypeName,
    pub origin: Pointer,
    /// The place of the struct's own property among its fields.
    pub own: usize,
    /// The generic type that all such structs are instances of; decided by `analyze`.
    pub generic: Option<TypeRef>,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: FieldName,
    /// The property's name in JSON.
    pub wire: String,
    pub origin: Pointer,
    pub docs: Docs,
    pub ty: TypeRef,
    pub presence: Presence,
    pub access: Access,
    /// The text that it has because of the union that its struct is a variant of; decided by `analyze`.
    pub fixed: Option<String>,
}

/// A multipart body: a part for each field.
#[derive(Debug)]
pub struct Multipart {
    pub strukt: Struct,
    /// The content types that are given for parts, by the names of their properties.
    pub content_types: Vec<(String, String)>,
}

/// Whether a property may be absent, and whether it may be null.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    Required,
    RequiredNullable,
    Optional,
    OptionalNullable,
    /// Optional; this value stands for it where it does not come back.
    Defaulted(Value),
}

/// `readOnly` and `writeOnly`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    ReadWrite,
    ReadOnly,
    WriteOnly,
}

/// What becomes of properties that are not declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    Ignore,
    Deny,
    Collect(FieldName, TypeRef),
}

/// A list of values: texts, or integers.
#[derive(Debug)]
pub struct Enum {
    /// What a value is, listed or not: a string or an integer.
    pub scalar: Scalar,
    pub variants: Vec<EnumVariant>,
    pub unknown: Unknown,
}

#[derive(Debug)]
pub struct EnumVariant {
    pub name: VariantName,
    pub origin: Pointer,
    pub docs: Docs,
    /// The text, or the integer's digits.
    pub wire: String,
}

/// What becomes of a value that the description does not list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// It is kept, in this variant.
    Keep(VariantName),
    /// It cannot occur: the type only goes out.
    Never,
}

/// One of several types.
#[derive(Debug)]
pub struct Union {
    pub tagging: Tagging,
    pub variants: Vec<UnionVariant>,
    pub unknown: Unknown,
}

/// How the variant of a JSON value is found.
#[derive(Debug)]
pub enum Tagging {
    /// By the string in this property.
    Property(String),
    /// By what the value looks like.
    Shape,
}

#[derive(Debug)]
pub struct UnionVariant {
    pub name: VariantName,
    pub origin: Pointer,
    pub docs: Docs,
    pub ty: TypeRef,
    /// The discriminator's values, for [`Tagging::Property`].
    pub tags: Vec<String>,
    /// What a value of it looks like, for [`Tagging::Shape`].
    pub probe: Probe,
}

/// What a JSON value of a type looks like from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probe {
    /// The JSON types that it may have.
    pub kinds: Vec<JsonKind>,
    /// Keys that it must have.
    pub required: Vec<String>,
    /// Keys whose string is given.
    pub constants: Vec<(String, String)>,
    /// All keys that are declared.
    pub known: Vec<String>,
    /// The JSON types of a list's items; any if there are none.
    pub items: Vec<JsonKind>,
}

/// The six types of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonKind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// Another type with a name of its own.
#[derive(Debug)]
pub struct Newtype {
    pub inner: TypeRef,
    pub checks: Vec<Check>,
}

/// A constraint.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub rule: Rule,
    pub enforcement: Enforcement,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    MinLength(u64),
    MaxLength(u64),
    Pattern(String),
    Minimum(Bound),
    ExclusiveMinimum(Bound),
    Maximum(Bound),
    ExclusiveMaximum(Bound),
    MultipleOf(Bound),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MinProperties(u64),
    MaxProperties(u64),
}

/// A number in a [`Rule`], exact where it is an integer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    Integer(i64),
    Float(f64),
}

/// Whether a value that breaks a [`Rule`] is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enforcement {
    Enforced,
    /// It is documented, and the service judges.
    Documented,
    /// It is switched off by the configuration, for this reason.
    SwitchedOff(String),
}

/// The use of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeRef {
    Named(TypeId),
    /// A named type that would contain itself without a box; decided by `analyze`.
    Boxed(TypeId),
    Scalar(Scalar),
    List(Box<Self>),
    Map(Box<Self>),
    Nullable(Box<Self>),
    /// Any JSON value.
    Any,
    /// A part of a multipart body, most often a file.
    FormPart,
    /// What a generic struct leaves open.
    Parameter,
}

/// What is said of a node in its documentation, apart from its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    pub summary: Option<String>,
    pub description: Option<String>,
    pub deprecated: bool,
    pub checks: Vec<Check>,
    /// What is said of each item of a list, or each value of a map.
    pub each: Option<Box<Self>>,
    pub default: Option<Value>,
    pub example: Option<Value>,
    /// Extensions that the configuration declares to be documentation, each with its heading.
    pub facts: Vec<(String, Vec<String>)>,
    /// Further sentences: a format that has no type, a schema that was not understood.
    pub remarks: Vec<String>,
}
