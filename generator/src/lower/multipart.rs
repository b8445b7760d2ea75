//! Bodies of several parts: a struct whose fields are parts, for the schema of an object.

use indexmap::IndexMap;
use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::lower::Lowerer;
use crate::lower::bodies::Media;
use crate::lower::items::items;
use crate::lower::parts::{Part, branches};
use crate::lower::schema::Class;
use crate::lower::unions::is_null;
use crate::lower::view::View;
use crate::pointer::Pointer;

/// How the fields of a struct are written.
#[derive(Clone, Copy)]
pub(super) enum Notation<'a> {
    Json,
    /// As parts, encoded as the media type says.
    Parts(&'a IndexMap<String, oas::Encoding>),
}

/// How many lists and unions may be around a file.
const MOST_WITHIN: usize = 4;

impl<'a> Lowerer<'a> {
    /// The type of a multipart body; `None` where its parts are not described, so that the caller puts them together.
    pub(super) fn lower_multipart(
        &mut self,
        at: &Pointer,
        media: &'a oas::MediaType,
        wanted: &str,
    ) -> Option<ir::TypeRef> {
        let oas::MediaType { schema, example: _, examples: _, encoding, extensions: _ } = media;
        let parts = [Part::new(at.join("schema"), schema.as_ref()?)];
        let target = self.sole_reference(&parts);
        let origin = target.clone().unwrap_or_else(|| at.join("schema"));
        if let Some(id) = self.multiparts.get(&origin) {
            return Some(ir::TypeRef::Named(*id));
        }
        let views = self.settled(&parts);
        if self.classify(&views) != Class::Struct {
            return None;
        }
        let name = match target.as_ref().and_then(|target| self.reserved.get(target)) {
            Some(name) => name.clone(),
            None => self.inline_name(&origin, wanted),
        };
        let docs = self.docs(&parts);
        let mut strukt = self.lower_struct(&views, name.as_str(), Notation::Parts(encoding));
        strukt.fields.retain(|field| field.access != ir::Access::ReadOnly);
        for field in &mut strukt.fields {
            field.presence = match field.presence {
                ir::Presence::Required => ir::Presence::Required,
                // A part can be missing, and cannot be null.
                ir::Presence::RequiredNullable
                | ir::Presence::Optional
                | ir::Presence::OptionalNullable
                | ir::Presence::Defaulted(_) => ir::Presence::Optional,
            };
        }
        let content_types = self.content_types(&at.join("encoding"), encoding, &strukt);
        let kind = ir::TypeKind::Multipart(ir::Multipart { strukt, content_types });
        let id = self.define(name, &origin, docs, kind);
        self.multiparts.insert(origin, id);
        Some(ir::TypeRef::Named(id))
    }

    /// A component that stands for a JSON document too is two types, and the one of parts has another name.
    pub(super) fn rename_multiparts(&mut self) {
        let mut taken: Vec<ir::TypeId> =
            self.multiparts.iter().filter(|(at, _)| self.ids.contains_key(at)).map(|(_, id)| *id).collect();
        taken.sort_unstable();
        for id in taken {
            let Some((name, at)) = self.types.get(id.0).map(|def| (def.name.to_string(), def.origin.clone())) else {
                continue;
            };
            let claim = self.names.claim_type(&format!("{name}Parts"));
            let name = self.granted(&at, claim);
            if let Some(def) = self.types.get_mut(id.0) {
                def.name = name;
            }
        }
    }

    /// The type of a property that is a part for the caller to make: a file, or something that is not said to be
    /// text or JSON.
    pub(super) fn part_type(&mut self, parts: &[Part<'a>], encoding: Option<&oas::Encoding>) -> Option<ir::TypeRef> {
        self.part_within(parts, encoding, &mut Vec::new())
    }

    /// `way` has the lists and unions that lead here: what contains itself is no file.
    fn part_within(
        &mut self,
        parts: &[Part<'a>],
        encoding: Option<&oas::Encoding>,
        way: &mut Vec<Pointer>,
    ) -> Option<ir::TypeRef> {
        let views = self.settled(parts);
        let place = views.first().map(|view| view.at.clone());
        if parts.is_empty() || way.len() >= MOST_WITHIN || place.as_ref().is_some_and(|place| way.contains(place)) {
            return None;
        }
        way.extend(place);
        match self.classify(&views) {
            Class::Any if views.iter().all(View::is_blank) => Some(ir::TypeRef::FormPart),
            Class::Any | Class::Scalar(_) if is_binary(&views) => Some(ir::TypeRef::FormPart),
            Class::List => {
                let item = self.part_within(&items(&views), encoding, way)?;
                (item == ir::TypeRef::FormPart).then(|| ir::TypeRef::List(Box::new(item)))
            }
            Class::Union => self.part_of_union(&views, way),
            // Nothing here writes XML.
            Class::Struct | Class::Map if encoding.is_some_and(is_foreign) => Some(ir::TypeRef::FormPart),
            Class::Struct | Class::Map | Class::Enum(..) | Class::Scalar(_) | Class::Any => None,
        }
    }

    /// A file or something else is for the caller to make; a file or several of them are several.
    fn part_of_union(&mut self, views: &[View<'a>], way: &[Pointer]) -> Option<ir::TypeRef> {
        let view = views.iter().find(|view| view.union().is_some())?;
        let (keyword, schemas) = view.union()?;
        let branches = branches(&view.at, keyword, schemas).into_iter().filter(|branch| !is_null(branch));
        let types: Vec<ir::TypeRef> =
            branches.filter_map(|branch| self.part_within(&[branch], None, &mut way.to_vec())).collect();
        types.iter().find(|ty| **ty != ir::TypeRef::FormPart).or(types.first()).cloned()
    }

    /// The content types of the parts, where there is no choice.
    fn content_types(
        &mut self,
        at: &Pointer,
        encoding: &'a IndexMap<String, oas::Encoding>,
        strukt: &ir::Struct,
    ) -> Vec<(String, String)> {
        let mut content_types = Vec::new();
        for (property, encoding) in encoding {
            let at = at.join(property);
            if !strukt.fields.iter().any(|field| field.wire == *property) {
                self.report(&at, Code::IgnoredKeyword(property.clone()));
                continue;
            }
            let oas::Encoding { content_type, headers, style, explode: _, allow_reserved: _, extensions: _ } = encoding;
            if !headers.is_empty() {
                let message = "the headers of a part are written where the caller gives a `FormPart` with them";
                self.report(&at.join("headers"), Code::Unsupported(message.to_owned()));
            }
            if style.is_some() {
                let message = "a list is a part for each item, and an object is JSON, whatever the `style`";
                self.report(&at.join("style"), Code::Unsupported(message.to_owned()));
            }
            let choices: Vec<&str> = content_type.iter().flat_map(|text| text.split(',')).map(str::trim).collect();
            match choices.as_slice() {
                _ if choices.iter().any(|choice| is_json(choice)) => {
                    content_types.push((property.clone(), "application/json".to_owned()));
                }
                [only] if !only.is_empty() && !only.contains('*') => {
                    content_types.push((property.clone(), (*only).to_owned()));
                }
                _ => {}
            }
        }
        content_types
    }
}

fn is_binary(views: &[View<'_>]) -> bool {
    views.iter().any(|view| view.format.as_deref() == Some("binary"))
}

fn is_json(media_type: &str) -> bool {
    !media_type.contains('*') && Media::of(media_type) == Media::Json
}

/// Whether all content types that are allowed are others than JSON.
fn is_foreign(encoding: &oas::Encoding) -> bool {
    encoding.content_type.as_deref().is_some_and(|text| !text.split(',').any(|choice| is_json(choice.trim())))
}
