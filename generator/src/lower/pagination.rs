//! Lists that come in pages: recognised by the names of parameters and properties, or said by the configuration.
//!
//! Takes operations whose types are there. What is not recognised is an ordinary call, and no finding.

use std::collections::VecDeque;

use crate::ir;
use crate::lower::Lowerer;
use crate::resolve;

mod names;
mod said;
mod shapes;

use names::{Words, is_one_of, rank};
use said::Said;
use shapes::Shapes;

/// How deep in an answer the next page is looked for.
const DEEPEST: usize = 3;

impl Lowerer<'_> {
    /// Finds the operations that give a list in pages, once all types are there.
    pub(super) fn find_pagination(&mut self, operations: &mut [ir::Operation]) {
        let spec = self.spec;
        for (operation, node) in operations.iter_mut().zip(&spec.operations) {
            let route = format!("{} {}", operation.method.as_str(), operation.path);
            let names = [operation.id.as_str(), route.as_str()];
            let shapes = Shapes(&self.types);
            let said = self.overrides.pagination(&names, |text| shapes.said(operation, text));
            operation.pagination = match said {
                Some(Said::Whole) => None,
                Some(Said::Paged(pagination)) => Some(pagination),
                None => shapes.recognised(operation, node),
            };
        }
    }
}

impl<'t> Shapes<'t> {
    fn recognised(self, operation: &'t ir::Operation, node: &resolve::Operation) -> Option<ir::Pagination> {
        if operation.method != ir::Method::Get {
            return None;
        }
        let output = output(operation)?;
        let items = self.items(output)?;
        let size = self.parameter(operation, Words::SIZE);
        let total = self.place(output, Words::TOTAL, |ty| self.is_number(ty)).unwrap_or_default();
        let next = self.next(operation, node, output, size.is_some() || !total.is_empty())?;
        self.pagination(operation, next, items, size, total)
    }

    fn next(
        self,
        operation: &'t ir::Operation,
        node: &resolve::Operation,
        output: &'t ir::TypeRef,
        has_an_end: bool,
    ) -> Option<ir::NextPage> {
        let number = self.parameter(operation, Words::NUMBER);
        let offset = self.parameter(operation, Words::OFFSET);
        let cursor = self.cursor_parameter(operation);
        let pages = number.is_some() || offset.is_some() || cursor.is_some() || has_an_end;
        if pages && has_link(node) {
            return Some(ir::NextPage::Link);
        }
        if let Some(parameter) = cursor
            && let Some(place) = self.place(output, Words::CURSOR_PLACE, |ty| self.is_text(ty))
        {
            return Some(ir::NextPage::Cursor { parameter, place });
        }
        let counted = number
            .map(|parameter| {
                let first = first_page(operation, &parameter);
                ir::NextPage::Number { parameter, first }
            })
            .or(offset.map(ir::NextPage::Offset));
        if counted.is_some() && has_an_end {
            return counted;
        }
        let url = if pages { self.place(output, Words::URL_PLACE, |ty| self.is_text(ty)) } else { None };
        url.map(ir::NextPage::Url).or(counted)
    }

    /// What the answers must have for it, put together.
    fn pagination(
        self,
        operation: &'t ir::Operation,
        next: ir::NextPage,
        items: Vec<String>,
        size: Option<String>,
        total: Vec<String>,
    ) -> Option<ir::Pagination> {
        let item = self.item(self.at(output(operation)?, &items)?)?.clone();
        Some(ir::Pagination { next, items, item, size, total })
    }

    /// The properties that lead to the list in an answer; none where the answer is the list.
    fn items(self, output: &'t ir::TypeRef) -> Option<Vec<String>> {
        if self.item(output).is_some() {
            return Some(Vec::new());
        }
        if let Some(list) = self.list(output) {
            return Some(vec![list.to_owned()]);
        }
        let holders = self.fields(output).iter().filter(|field| is_one_of(&field.wire, Words::ITEMS));
        holders.map(|holder| Some(vec![holder.wire.clone(), self.list(&holder.ty)?.to_owned()])).next()?
    }

    /// The property of a struct that is its list: by its name, or because there is no other one.
    fn list(self, ty: &'t ir::TypeRef) -> Option<&'t str> {
        let lists = self.fields(ty).iter().filter(|field| self.item(&field.ty).is_some());
        let lists: Vec<&'t ir::Field> = lists.filter(|field| !is_one_of(&field.wire, Words::NO_ITEMS)).collect();
        let by_name = lists.iter().filter_map(|field| Some((rank(&field.wire, Words::ITEMS)?, *field)));
        let best = by_name.min_by_key(|(rank, _)| *rank).map(|(_, field)| field);
        best.or(if let [only] = lists.as_slice() { Some(*only) } else { None }).map(|field| field.wire.as_str())
    }

    /// The nearest property with one of these names, within what holds such things.
    fn place(
        self,
        output: &'t ir::TypeRef,
        words: &[&str],
        fits: impl Fn(&'t ir::TypeRef) -> bool,
    ) -> Option<Vec<String>> {
        let mut open = VecDeque::from([(output, Vec::<String>::new())]);
        while let Some((ty, way)) = open.pop_front() {
            let fields = self.fields(ty);
            let fitting = fields.iter().filter(|field| fits(&field.ty));
            let ranked = fitting.filter_map(|field| Some((rank(&field.wire, words)?, field)));
            let step = |field: &'t ir::Field| way.iter().cloned().chain([field.wire.clone()]).collect::<Vec<_>>();
            if let Some((_, field)) = ranked.min_by_key(|(rank, _)| *rank) {
                return Some(step(field));
            }
            if way.len() + 1 < DEEPEST {
                let holders = fields.iter().filter(|field| is_one_of(&field.wire, Words::HOLDER));
                open.extend(holders.map(|field| (&field.ty, step(field))));
            }
        }
        None
    }

    /// A query parameter with one of these names that is a number.
    fn parameter(self, operation: &'t ir::Operation, words: &[&str]) -> Option<String> {
        let params = query(operation).filter(|param| self.is_number(&param.ty));
        params.filter_map(|param| Some((rank(&param.wire, words)?, param))).min_by_key(|(rank, _)| *rank).map(name)
    }

    fn cursor_parameter(self, operation: &'t ir::Operation) -> Option<String> {
        let params = query(operation).filter(|param| self.is_text(&param.ty));
        let ranked = params.filter_map(|param| Some((rank(&param.wire, Words::CURSOR)?, param)));
        ranked.min_by_key(|(rank, _)| *rank).map(name)
    }
}

/// What a page is, where there is one kind of success, in JSON.
fn output(operation: &ir::Operation) -> Option<&ir::TypeRef> {
    match operation.responses.success.as_slice() {
        [ir::Case { content: ir::Content::Json(ty), .. }] => Some(ty),
        _ => None,
    }
}

fn query(operation: &ir::Operation) -> impl Iterator<Item = &ir::Param> {
    operation.params.iter().filter(|param| matches!(param.place, ir::Place::Query(_)))
}

fn name((_, param): (usize, &ir::Param)) -> String {
    param.wire.clone()
}

/// Whether a success has the header `Link`.
fn has_link(node: &resolve::Operation) -> bool {
    let successes = node.responses.iter().filter(|(status, _)| *status == ir::Status::Exact(200));
    successes.flat_map(|(_, response)| response.node.headers.keys()).any(|name| name.eq_ignore_ascii_case("link"))
}

/// The number of the first page: as declared; else an index begins with 0, and a number with 1.
fn first_page(operation: &ir::Operation, parameter: &str) -> u64 {
    let param = query(operation).find(|param| param.wire == parameter);
    let default = param.and_then(|param| param.docs.default.as_ref()).and_then(serde_json::Value::as_u64);
    default.unwrap_or(u64::from(!parameter.to_lowercase().contains("index")))
}
