//! The headers of answers.

use openapiv3 as oas;

use crate::ir;
use crate::load::At;
use crate::lower::Lowerer;
use crate::lower::items::items;
use crate::lower::parts::Part;
use crate::lower::schema::Class;
use crate::naming::{MethodName, Scope};

/// The headers that are known so far, and the names of their functions.
#[derive(Default)]
pub(super) struct Headers {
    scope: Scope,
    pub(super) list: Vec<ir::Header>,
}

impl<'a> Lowerer<'a> {
    /// The functions for the headers that an operation declares. One of the same name and type has one function for
    /// all operations.
    pub(super) fn lower_headers(
        &mut self,
        declared: &'a [(String, At<oas::Header>)],
        headers: &mut Headers,
    ) -> Vec<MethodName> {
        let mut names = Vec::new();
        // OpenAPI says that this one says nothing.
        for (wire, header) in declared.iter().filter(|(wire, _)| !wire.eq_ignore_ascii_case("content-type")) {
            let name = self.lower_header(wire, header, headers);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn lower_header(&mut self, wire: &str, header: &'a At<oas::Header>, headers: &mut Headers) -> MethodName {
        let At { at, node } = header;
        let oas::Header { description, style: _, required: _, deprecated, format, example, examples: _, extensions: _ } =
            node;
        let ty = match format {
            oas::ParameterSchemaOrContent::Schema(schema) => {
                let part = Part::new(at.join("schema"), schema);
                self.header_type(&[part])
            }
            oas::ParameterSchemaOrContent::Content(_) => None,
        };
        let ty = ty.unwrap_or(ir::TypeRef::Scalar(ir::Scalar::String));
        let is_known = |known: &&ir::Header| known.wire.eq_ignore_ascii_case(wire) && known.ty == ty;
        if let Some(known) = headers.list.iter().find(is_known) {
            return known.name.clone();
        }
        let claim = headers.scope.claim_header(&self.overrides.rename(at).unwrap_or_else(|| wire.to_owned()));
        let name = self.granted(at, claim);
        let docs = ir::Docs {
            description: description.clone().filter(|description| !description.trim().is_empty()),
            deprecated: deprecated.unwrap_or_default(),
            example: example.clone(),
            ..ir::Docs::default()
        };
        headers.list.push(ir::Header { name: name.clone(), wire: wire.to_owned(), origin: at.clone(), docs, ty });
        name
    }

    /// A scalar, or a list of them; anything else is text.
    fn header_type(&mut self, parts: &[Part<'a>]) -> Option<ir::TypeRef> {
        let views = self.settled(parts);
        match self.classify(&views) {
            Class::Scalar(scalar) => Some(ir::TypeRef::Scalar(scalar)),
            Class::List => {
                let items = self.settled(&items(&views));
                match self.classify(&items) {
                    Class::Scalar(scalar) => Some(ir::TypeRef::List(Box::new(ir::TypeRef::Scalar(scalar)))),
                    Class::List | Class::Struct | Class::Map | Class::Enum(..) | Class::Union | Class::Any => None,
                }
            }
            Class::Struct | Class::Map | Class::Enum(..) | Class::Union | Class::Any => None,
        }
    }
}
