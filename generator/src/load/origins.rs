//! Origins: where nodes of a tree stand in the text, where that is another place.
//!
//! Swagger 2.0 puts things elsewhere than OpenAPI 3.0. Inside, places are those of the 3.0 view; what people see (and
//! write into a configuration) are those of their own text.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::pointer::Pointer;

/// Which places have moved, and whither. What stands below a place moves with it.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    /// From the view to the text.
    sources: BTreeMap<String, String>,
    /// From the text to the view.
    views: BTreeMap<String, String>,
}

impl Origins {
    /// Notes that what the text has at `source` is found at `view`. The first place that is noted for either counts.
    pub(super) fn moved(&mut self, source: &Pointer, view: &Pointer) {
        if source != view {
            self.made(source, view);
            self.views.entry(source.to_string()).or_insert_with(|| view.to_string());
        }
    }

    /// Notes that what is found at `view` was made of what the text has at `source`.
    pub(super) fn made(&mut self, source: &Pointer, view: &Pointer) {
        self.sources.entry(view.to_string()).or_insert_with(|| source.to_string());
    }

    /// The place in the text.
    #[must_use]
    pub(crate) fn source(&self, view: &Pointer) -> Pointer {
        moved(&self.sources, view.as_str()).map_or_else(|| view.clone(), |text| Pointer::parse(&text))
    }

    /// The place in the view that a reference means; `None` where it is the same one.
    #[must_use]
    pub(crate) fn view(&self, reference: &str) -> Option<String> {
        moved(&self.views, reference)
    }

    /// Tells a finding in the words of the text.
    #[must_use]
    pub(super) fn told(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if self.sources.is_empty() {
            return diagnostic;
        }
        if let Place::Node(at) = &mut diagnostic.at {
            *at = self.source(at);
        }
        if let Code::ReferenceCycle(places) = &mut diagnostic.code {
            for place in places {
                *place = self.source(place);
            }
        }
        if let Code::UnresolvedReference(reference) | Code::MissingSchema(reference) = &mut diagnostic.code
            && let Some(source) = moved(&self.sources, reference)
        {
            *reference = source;
        }
        diagnostic
    }
}

/// `place` with its longest known beginning replaced.
fn moved(places: &BTreeMap<String, String>, place: &str) -> Option<String> {
    if places.is_empty() {
        return None;
    }
    let ends = place.match_indices('/').map(|(end, _)| end).chain([place.len()]);
    let ends: Vec<usize> = ends.filter(|end| place.get(..*end).is_some_and(|start| start.contains('#'))).collect();
    ends.into_iter().rev().find_map(|end| {
        let (start, rest) = place.split_at_checked(end)?;
        places.get(start).map(|to| format!("{to}{rest}"))
    })
}
