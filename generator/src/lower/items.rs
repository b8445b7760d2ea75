//! Lists among the branches of a union: what their items look like, and what they are called.

use crate::ir::JsonKind;
use crate::lower::parts::Part;
use crate::lower::schema::Class;
use crate::lower::unions::class_words;
use crate::lower::view::View;
use crate::lower::{Lowerer, probes};

impl<'a> Lowerer<'a> {
    /// The JSON types of a list's items; none where they can have any.
    pub(super) fn item_kinds(&mut self, views: &[View<'a>]) -> Vec<JsonKind> {
        let Some(item) = items(views) else { return Vec::new() };
        let mut kinds = match self.item_class(&item) {
            Class::Struct | Class::Map => vec![JsonKind::Object],
            Class::List => vec![JsonKind::Array],
            Class::Enum(scalar, _) | Class::Scalar(scalar) => vec![probes::kind_of(scalar)],
            Class::Union | Class::Any => return Vec::new(),
        };
        if self.is_nullable(std::slice::from_ref(&item)) {
            kinds.push(JsonKind::Null);
        }
        kinds
    }

    /// What a list is called beside another: the name of its items, or their JSON type, and `List`.
    pub(super) fn list_words(&mut self, views: &[View<'a>]) -> Option<String> {
        let item = items(views)?;
        let name =
            self.sole_reference(std::slice::from_ref(&item)).and_then(|target| self.reserved.get(&target).cloned());
        let class = self.item_class(&item);
        let words = name.map(|name| name.to_string()).or_else(|| class_words(&class).map(str::to_owned))?;
        Some(format!("{words}List"))
    }

    fn item_class(&mut self, item: &Part<'a>) -> Class {
        let views = self.settled(std::slice::from_ref(item));
        self.classify(&views)
    }
}

fn items<'a>(views: &[View<'a>]) -> Option<Part<'a>> {
    views.iter().find_map(|view| Some(Part::boxed(view.at.join("items"), view.items?)))
}
