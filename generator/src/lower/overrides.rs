//! The configuration's overrides, and which of them have matched something.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::config::{Action, Override};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::ir;
use crate::load::{Documents, Origins};
use crate::pointer::Pointer;

pub(super) struct Overrides<'a> {
    list: &'a [Override],
    /// Overrides name places as the text has them.
    origins: &'a Origins,
    used: RefCell<BTreeSet<usize>>,
}

impl<'a> Overrides<'a> {
    pub(super) fn new(list: &'a [Override], documents: &'a Documents) -> Self {
        Self { list, origins: documents.origins(), used: RefCell::new(documents.replaced().clone()) }
    }

    /// The first override that `pick` takes something from; it counts as used.
    fn find<T>(&self, pick: impl Fn(&'a Action) -> Option<T>) -> Option<(T, &'a str)> {
        let (index, found, reason) = self
            .list
            .iter()
            .enumerate()
            .find_map(|(index, entry)| Some((index, pick(&entry.action)?, entry.reason.as_str())))?;
        self.used.borrow_mut().insert(index);
        Some((found, reason))
    }

    /// A component's key without a prefix that is to be stripped.
    pub(super) fn stripped(&self, key: &str) -> String {
        let stripped = self.find(|action| {
            let Action::StripPrefix(prefix) = action else {
                return None;
            };
            key.strip_prefix(prefix.as_str()).filter(|rest| !rest.is_empty())
        });
        stripped.map_or(key, |(rest, _)| rest).to_owned()
    }

    pub(super) fn rename(&self, place: &Pointer) -> Option<String> {
        let place = self.origins.source(place);
        let found = self.find(|action| {
            if let Action::Rename { at, to } = action
                && at == place.as_str()
            {
                Some(to.clone())
            } else {
                None
            }
        });
        found.map(|(to, _)| to)
    }

    /// The reason why the constraint at a place is not enforced.
    pub(super) fn unchecked(&self, place: &Pointer) -> Option<String> {
        let place = self.origins.source(place);
        let found = self.find(|action| {
            if let Action::Unchecked { at } = action
                && at == place.as_str()
            {
                Some(())
            } else {
                None
            }
        });
        found.map(|((), reason)| reason.to_owned())
    }

    pub(super) fn is_secret(&self, place: &Pointer) -> bool {
        let place = self.origins.source(place);
        let found = self.find(|action| {
            if let Action::Secret { at } = action
                && at == place.as_str()
            {
                Some(())
            } else {
                None
            }
        });
        found.is_some()
    }

    /// Whether an operation with one of these names is declared to be idempotent.
    pub(super) fn is_idempotent(&self, names: &[&str]) -> bool {
        let found = self.find(|action| {
            if let Action::Idempotent { operation } = action
                && names.contains(&operation.as_str())
            {
                Some(())
            } else {
                None
            }
        });
        found.is_some()
    }

    /// How an operation with one of these names gives its pages, if that is said and `read` understands it.
    pub(super) fn pagination<T>(&self, names: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = self.find(|action| {
            if let Action::Pagination { operation, text } = action
                && names.contains(&operation.as_str())
            {
                read(text)
            } else {
                None
            }
        });
        found.map(|(pages, _)| pages)
    }

    pub(super) fn credential_env(&self, key: &str) -> Option<String> {
        let found = self.find(|action| {
            if let Action::CredentialEnv { scheme, env } = action
                && scheme == key
            {
                Some(env.clone())
            } else {
                None
            }
        });
        found.map(|(env, _)| env)
    }

    pub(super) fn base_url_env(&self) -> Option<String> {
        let found = self.find(|action| if let Action::BaseUrlEnv(env) = action { Some(env.clone()) } else { None });
        found.map(|(env, _)| env)
    }

    /// The headings of extensions that are documentation, with the extensions' values.
    pub(super) fn facts<'v>(
        &self,
        extensions: impl Iterator<Item = (&'v String, &'v serde_json::Value)>,
    ) -> Vec<(String, Vec<String>)> {
        extensions.filter_map(|(key, value)| Some((self.heading(key)?, fact_lines(value)))).collect()
    }

    fn heading(&self, key: &str) -> Option<String> {
        let found = self.find(|action| {
            if let Action::Document { extension, heading } = action
                && extension == key
            {
                Some(heading.clone())
            } else {
                None
            }
        });
        found.map(|(heading, _)| heading)
    }

    /// The success flag, if this is its name.
    pub(super) fn is_success_flag(&self, property: &str) -> bool {
        let found = self.find(|action| {
            if let Action::SuccessFlag(name) = action
                && name == property
            {
                Some(())
            } else {
                None
            }
        });
        found.is_some()
    }

    pub(super) fn conventions(&self) -> ir::Conventions {
        let success_flag = self.list.iter().find_map(|entry| {
            let Action::SuccessFlag(name) = &entry.action else {
                return None;
            };
            Some(name.clone())
        });
        let header =
            self.find(
                |action| {
                    if let Action::RequestId(header) = action { Some(header.to_ascii_lowercase()) } else { None }
                },
            );
        ir::Conventions { success_flag, request_id: header.into_iter().map(|(header, _)| header).collect() }
    }

    /// The findings for overrides that have matched nothing; of those whose object is left out, it is only noted.
    pub(super) fn unused(&self, is_left_out: impl Fn(&Action) -> bool) -> Vec<Diagnostic> {
        let used = self.used.borrow();
        let unused = self.list.iter().enumerate().filter(|(index, _)| !used.contains(index));
        let finding = |(index, entry): (usize, &Override)| {
            let is_said = self.list.iter().take(index).any(|earlier| earlier.action == entry.action);
            let code = if is_said {
                Code::UnusedOverride("an earlier one says the same".to_owned())
            } else if is_left_out(&entry.action) {
                Code::FilteredOverride(entry.action.to_string())
            } else {
                Code::UnusedOverride(entry.action.to_string())
            };
            Diagnostic { code, at: Place::Configuration(entry.span.clone()) }
        };
        unused.map(finding).collect()
    }
}

fn fact_lines(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Array(items) => items.iter().flat_map(fact_lines).collect(),
        serde_json::Value::String(text) => vec![text.clone()],
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::Object(_) => vec![value.to_string()],
    }
}
