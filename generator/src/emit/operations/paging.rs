//! How the pages of a list are asked for, and where their items are.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::operations::prefix;
use crate::emit::structs::{Wrapping, wrapping};
use crate::emit::{Cx, ident};
use crate::ir;

/// Whether an operation gives its list page by page.
pub(in crate::emit) fn is_paged(cx: Cx<'_>, operation: &ir::Operation) -> bool {
    operation.pagination.as_ref().is_some_and(|pagination| way(cx, operation, pagination).is_some())
}

pub(super) fn emit_paging(cx: Cx<'_>, operation: &ir::Operation) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let fields = way(cx, operation, pagination)?;
    let marker = ident(operation.marker.as_str());
    let item = cx.ty(&pagination.item, &prefix());
    let paging = emit_rule(pagination);
    let items = emit_items(&fields);
    Some(quote!(paged!(#marker { #paging, page => #items, #item });))
}

fn emit_rule(pagination: &ir::Pagination) -> TokenStream {
    let next = match &pagination.next {
        ir::NextPage::Number { parameter, first } => {
            let first = proc_macro2::Literal::u64_unsuffixed(*first);
            quote!(number(#parameter, #first))
        }
        ir::NextPage::Offset(parameter) => quote!(offset(#parameter)),
        ir::NextPage::Cursor { parameter, place } => quote!(cursor(#parameter, &[#(#place),*])),
        ir::NextPage::Url(place) => quote!(url(&[#(#place),*])),
        ir::NextPage::Link => quote!(link()),
    };
    let (items, total) = (&pagination.items, &pagination.total);
    let items = (!items.is_empty()).then(|| quote!(.items(&[#(#items),*])));
    let is_counted = matches!(pagination.next, ir::NextPage::Number { .. } | ir::NextPage::Offset(_));
    let size = pagination.size.as_ref().filter(|_| is_counted).map(|size| quote!(.size(#size)));
    let total = (is_counted && !total.is_empty()).then(|| quote!(.total(&[#(#total),*])));
    quote!(Paging::#next #items #size #total)
}

/// The list of a page, by the fields that lead to it; what may be missing makes it empty.
fn emit_items(fields: &[(&ir::Field, Wrapping)]) -> TokenStream {
    let mut may_be_missing = false;
    let way = fields.iter().fold(quote!(page), |way, (field, wrapping)| {
        let name = ident(field.name.as_str());
        let is_option = *wrapping == Wrapping::Option;
        let step = match (may_be_missing, is_option) {
            (false, _) => quote!(#way.#name),
            (true, false) => quote!(#way.map(|within| within.#name)),
            (true, true) => quote!(#way.and_then(|within| within.#name)),
        };
        may_be_missing |= is_option;
        step
    });
    if may_be_missing { quote!(#way.unwrap_or_default()) } else { way }
}

/// The fields that lead to the list; none where a value on the way can be more than there or not.
fn way<'a>(
    cx: Cx<'a>,
    operation: &'a ir::Operation,
    pagination: &'a ir::Pagination,
) -> Option<Vec<(&'a ir::Field, Wrapping)>> {
    let [ir::Case { content: ir::Content::Json(output), .. }] = operation.responses.success.as_slice() else {
        return None;
    };
    let mut ty = cx.unaliased(output);
    let mut fields = Vec::new();
    for name in &pagination.items {
        let (ir::TypeRef::Named(id) | ir::TypeRef::Boxed(id)) = ty else { return None };
        let def = cx.def(*id)?;
        let ir::TypeKind::Struct(strukt) = &def.kind else { return None };
        let field = strukt.fields.iter().find(|field| field.wire == *name)?;
        let wrapping = wrapping(def, field);
        if wrapping == Wrapping::Patch {
            return None;
        }
        ty = cx.unaliased(&field.ty);
        fields.push((field, wrapping));
    }
    matches!(ty, ir::TypeRef::List(_)).then_some(fields)
}
