//! Places as people know them: those of the text, where the view has others.

use crate::ir;
use crate::load::Origins;
use crate::pointer::Pointer;

/// Gives every part of the client its place in the text.
pub(super) fn name_as_written(api: &mut ir::Api, origins: &Origins) {
    let to_source = |origin: &mut Pointer| *origin = origins.source(origin);
    for def in &mut api.types.list {
        to_source(&mut def.origin);
        match &mut def.kind {
            ir::TypeKind::Struct(strukt) | ir::TypeKind::Multipart(ir::Multipart { strukt, .. }) => {
                strukt.fields.iter_mut().for_each(|field| to_source(&mut field.origin));
            }
            ir::TypeKind::Union(union) => union.variants.iter_mut().for_each(|variant| to_source(&mut variant.origin)),
            ir::TypeKind::Answers(cases) => cases.iter_mut().for_each(|case| to_source(&mut case.origin)),
            ir::TypeKind::Enum(_) | ir::TypeKind::Newtype(_) | ir::TypeKind::Alias(_) | ir::TypeKind::Choice(_) => {}
        }
    }
    for operation in &mut api.operations {
        to_source(&mut operation.origin);
        operation.params.iter_mut().for_each(|param| to_source(&mut param.origin));
        operation.body.iter_mut().for_each(|body| to_source(&mut body.origin));
        let cases = operation.responses.success.iter_mut().chain(&mut operation.responses.failure);
        cases.for_each(|case| to_source(&mut case.origin));
    }
    api.server.templates.iter_mut().for_each(|server| to_source(&mut server.origin));
    api.headers.iter_mut().for_each(|header| to_source(&mut header.origin));
    api.skipped.iter_mut().for_each(|operation| to_source(&mut operation.origin));
    api.schemes.iter_mut().for_each(|scheme| to_source(&mut scheme.origin));
}
