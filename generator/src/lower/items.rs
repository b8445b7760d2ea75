//! Items of lists and values of maps; what lists among the branches of a union look like, and what they are called.

use openapiv3 as oas;

use crate::ir::JsonKind;
use crate::lower::parts::Part;
use crate::lower::schema::Class;
use crate::lower::unions::class_words;
use crate::lower::view::View;
use crate::lower::{Lowerer, probes};

impl<'a> Lowerer<'a> {
    /// The JSON types of a list's items; none where they can have any.
    pub(super) fn item_kinds(&mut self, views: &[View<'a>]) -> Vec<JsonKind> {
        let items = items(views);
        let mut kinds = match self.item_class(&items) {
            Class::Struct | Class::Map => vec![JsonKind::Object],
            Class::List => vec![JsonKind::Array],
            Class::Enum(scalar, _) | Class::Scalar(scalar) => vec![probes::kind_of(scalar)],
            Class::Union | Class::Any => return Vec::new(),
        };
        if self.is_nullable(&items) {
            kinds.push(JsonKind::Null);
        }
        kinds
    }

    /// What a list is called beside another: the name of its items, or their JSON type, and `List`.
    pub(super) fn list_words(&mut self, views: &[View<'a>]) -> Option<String> {
        let items = items(views);
        let name = self.sole_reference(&items).and_then(|target| self.reserved.get(&target).cloned());
        let class = self.item_class(&items);
        let words = name.map(|name| name.to_string()).or_else(|| class_words(&class).map(str::to_owned))?;
        Some(format!("{words}List"))
    }

    fn item_class(&mut self, items: &[Part<'a>]) -> Class {
        let views = self.settled(items);
        self.classify(&views)
    }
}

/// What holds for each item of a list.
pub(super) fn items<'a>(views: &[View<'a>]) -> Vec<Part<'a>> {
    views.iter().filter_map(|view| Some(Part::boxed(view.at.join("items"), view.items?))).collect()
}

/// What holds for each undeclared property.
pub(super) fn values<'a>(views: &[View<'a>]) -> Vec<Part<'a>> {
    let value = |view: &View<'a>| match view.additional? {
        oas::AdditionalProperties::Schema(schema) => Some(Part::new(view.at.join("additionalProperties"), schema)),
        oas::AdditionalProperties::Any(_) => None,
    };
    views.iter().filter_map(value).collect()
}
