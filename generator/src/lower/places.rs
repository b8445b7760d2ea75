//! Places as people know them: those of the text, where the view has others.

use crate::ir;
use crate::load::Origins;
use crate::pointer::Pointer;

/// Gives every part of the client its place in the text.
pub(super) fn name_as_written(api: &mut ir::Api, origins: &Origins) {
    rename(api, |origin| *origin = origins.source(origin));
}

/// Gives every part of the client its place in the view, as far as it has one of its own there.
#[cfg(feature = "cli")]
pub(crate) fn name_as_viewed(api: &mut ir::Api, origins: &Origins) {
    rename(api, |origin| {
        if let Some(view) = origins.view(origin.as_str()) {
            *origin = Pointer::parse(&view);
        }
    });
}

fn rename(api: &mut ir::Api, change: impl Fn(&mut Pointer)) {
    for def in &mut api.types.list {
        change(&mut def.origin);
        match &mut def.kind {
            ir::TypeKind::Struct(strukt) | ir::TypeKind::Multipart(ir::Multipart { strukt, .. }) => {
                strukt.fields.iter_mut().for_each(|field| change(&mut field.origin));
                strukt.extends.iter_mut().for_each(|extends| change(&mut extends.origin));
            }
            ir::TypeKind::Union(union) => union.variants.iter_mut().for_each(|variant| change(&mut variant.origin)),
            ir::TypeKind::Answers(cases) => cases.iter_mut().for_each(|case| change(&mut case.origin)),
            ir::TypeKind::Enum(_) | ir::TypeKind::Newtype(_) | ir::TypeKind::Alias(_) | ir::TypeKind::Choice(_) => {}
        }
    }
    for operation in &mut api.operations {
        change(&mut operation.origin);
        operation.params.iter_mut().for_each(|param| change(&mut param.origin));
        operation.body.iter_mut().for_each(|body| change(&mut body.origin));
        let cases = operation.responses.success.iter_mut().chain(&mut operation.responses.failure);
        cases.for_each(|case| change(&mut case.origin));
    }
    api.server.templates.iter_mut().for_each(|server| change(&mut server.origin));
    api.headers.iter_mut().for_each(|header| change(&mut header.origin));
    api.skipped.iter_mut().for_each(|operation| change(&mut operation.origin));
    api.schemes.iter_mut().for_each(|scheme| change(&mut scheme.origin));
}
