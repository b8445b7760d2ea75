//! The words for servers, and for the headers of what comes back from them.
#![expect(missing_docs, reason = "most names are OpenAPI's own, and a sentence would only repeat them")]

use crate::ir::{Docs, TypeRef};
use crate::naming::{FieldName, MethodName};
use crate::pointer::Pointer;

/// Where calls go unless the caller says otherwise.
#[derive(Debug)]
pub struct Server {
    /// The first one, with the defaults of its variables.
    pub url: String,
    pub env: Option<String>,
    /// What is said of the others that have no variables.
    pub others: Vec<(String, Docs)>,
    /// Those that have variables.
    pub templates: Vec<ServerTemplate>,
}

/// A server whose URL has variables.
#[derive(Debug)]
pub struct ServerTemplate {
    pub name: MethodName,
    pub origin: Pointer,
    pub docs: Docs,
    pub url: String,
    pub pieces: Vec<ServerPiece>,
    pub variables: Vec<ServerVariable>,
}

/// A part of a server's URL.
#[derive(Debug)]
pub enum ServerPiece {
    Text(String),
    Variable(FieldName),
}

#[derive(Debug)]
pub struct ServerVariable {
    pub name: FieldName,
    pub docs: Docs,
    /// The values that it may have; any if there are none.
    pub values: Vec<String>,
}

/// A header of answers.
#[derive(Debug)]
pub struct Header {
    pub name: MethodName,
    pub wire: String,
    pub origin: Pointer,
    pub docs: Docs,
    /// A scalar, or a list of them.
    pub ty: TypeRef,
}
