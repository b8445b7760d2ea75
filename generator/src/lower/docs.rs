//! What is said of a schema in its documentation.

use std::collections::BTreeSet;

use openapiv3 as oas;
use serde_json::Value;

use crate::diagnostic::Code;
use crate::ir;
use crate::lower::items::{items, values};
use crate::lower::parts::{Node, Part, branches};
use crate::lower::schema::constrains_only;
use crate::lower::view::View;
use crate::lower::{Lowerer, enums};

/// How many references are followed for a text: what is said at the end of more is said of something else.
const FARTHEST: usize = 16;

impl<'a> Lowerer<'a> {
    /// The documentation of the parts, taken together: the last to say something wins.
    pub(super) fn docs(&mut self, parts: &[Part<'a>]) -> ir::Docs {
        let description = self.last_said(parts, |data| data.description.clone());
        let title = self.last_said(parts, |data| data.title.clone());
        let example = self.last_said(parts, |data| data.example.clone());
        let default = self.last_said(parts, |data| data.default.clone().filter(|default| !default.is_null()));
        let own: Vec<View<'a>> = parts.iter().filter_map(|part| self.followed(part)?.view()).collect();
        let extensions = own.iter().flat_map(|view| &view.data.extensions);
        let facts = self.overrides.facts(extensions);
        let views = self.flatten(parts);
        let mut remarks = self.remarks(&own);
        remarks.extend(self.alike_remarks(&views));
        ir::Docs {
            summary: if description.is_some() { None } else { title },
            description,
            deprecated: own.iter().any(|view| view.data.deprecated),
            checks: self.checks(&views),
            each: self.docs_of_each(&views),
            default,
            example,
            facts,
            remarks,
        }
    }

    /// What holds for each item of a list, or each value of a map, unless that has a type that says so itself.
    fn docs_of_each(&mut self, views: &[View<'a>]) -> Option<Box<ir::Docs>> {
        let part = items(views).into_iter().chain(values(views)).next()?;
        let view = part.view().filter(|view| view.union().is_none())?;
        let remarks = self.remarks(std::slice::from_ref(&view));
        let checks = self.checks(std::slice::from_ref(&view));
        let each = self.docs_of_each(std::slice::from_ref(&view));
        Some(Box::new(ir::Docs { checks, each, remarks, ..ir::Docs::default() }))
    }

    /// What the last part says, or the first of its `allOf`, or what it refers to; else the part before it, and so on.
    pub(super) fn last_said<T>(&self, parts: &[Part<'a>], say: impl Fn(&oas::SchemaData) -> Option<T>) -> Option<T> {
        let mut seen = BTreeSet::new();
        let mut open = parts.to_vec();
        while let Some(part) = open.pop() {
            if let Node::Reference(reference) = part.node {
                if seen.len() < FARTHEST && seen.insert(reference) {
                    open.extend(self.followed(&part));
                }
            } else if let Some(said) = part.data().and_then(&say) {
                return Some(said);
            } else {
                open.extend(part.members().into_iter().rev());
            }
        }
        None
    }

    /// Sentences on keywords that no type holds; those that change nothing for the client are reported.
    fn remarks(&mut self, views: &[View<'a>]) -> Vec<String> {
        let mut remarks = Vec::new();
        for view in views {
            if let Some(format) = view.format.as_deref().filter(|format| self.formats.is_telling(view.ty, format)) {
                remarks.push(format!("Format: `{format}`."));
            }
            let values: Vec<&Value> = view.enumeration.iter().filter(|value| !value.is_null()).collect();
            // Texts and integers have names, which say so.
            if values.iter().any(|value| !value.is_string() && enums::integer(value).is_none()) {
                let digits =
                    |value: &Value| enums::integer(value).map_or_else(|| value.to_string(), |value| value.to_string());
                let values: Vec<String> = values.iter().map(|value| format!("`{}`", digits(value))).collect();
                let is_only = if values.len() == 1 { "Always" } else { "One of" };
                remarks.push(format!("{is_only} {}.", values.join(", ")));
            }
            remarks.extend(view.data.external_docs.as_ref().map(see_also));
            remarks.extend(choice_remark(view));
            if view.not {
                self.report(&view.at.join("not"), Code::IgnoredKeyword("not".to_owned()));
            }
        }
        remarks
    }
}

/// A sentence on a union that says only which properties must be there.
fn choice_remark(view: &View<'_>) -> Option<String> {
    let (keyword, schemas) = view.union().filter(|(_, schemas)| constrains_only(schemas))?;
    let choices = branches(&view.at, keyword, schemas).into_iter().filter_map(|branch| {
        let names: Vec<String> = branch.view()?.required.iter().map(|name| format!("`{name}`")).collect();
        (!names.is_empty()).then(|| names.join(" and "))
    });
    let choices: Vec<String> = choices.collect();
    let count = if keyword == "oneOf" { "Exactly one" } else { "At least one" };
    (!choices.is_empty()).then(|| format!("{count} of these must be there: {}.", choices.join("; ")))
}

/// A sentence that leads to documentation elsewhere.
pub(super) fn see_also(docs: &oas::ExternalDocumentation) -> String {
    match &docs.description {
        Some(text) => format!("See also: [{text}]({}).", docs.url),
        None => format!("See also: <{}>.", docs.url),
    }
}
