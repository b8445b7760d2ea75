//! Examples: a call of each operation as a user would write it, compiled as a test of the documentation.

use crate::emit::structs::{Wrapping, is_argument, is_settable, wrapping};
use proc_macro2::TokenStream;

use crate::emit::{Cx, choices, enums, operations, scalars};
use crate::ir;

/// A code block with a call of the operation; `None` where a value cannot be made up.
pub(super) fn emit_example(cx: Cx<'_>, operation: &ir::Operation) -> Option<String> {
    let package = cx.package.replace('-', "_");
    let mut arguments = Vec::new();
    for param in operation.params.iter().filter(|param| param.need == ir::Need::Required) {
        let value = example(cx, &param.ty, param.docs.example.as_ref(), &param.wire, 0)?;
        arguments.push(if needs_reference(cx, &param.ty) { format!("&{value}") } else { value });
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.need == ir::Need::Required) {
        arguments.push(body_example(cx, &body.content)?);
    }
    let deprecated = if operation.docs.deprecated { " #[allow(deprecated)]" } else { "" };
    Some(format!(
        "```no_run\n# use {package}::{{runtime::*, *}};{deprecated} \
         async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {{\n{}\n# Ok(()) }}\n```",
        call(operation.name.as_str(), &arguments)
    ))
}

fn body_example(cx: Cx<'_>, body: &ir::Body) -> Option<String> {
    Some(match body {
        ir::Body::Json(ty, _) => {
            let value = example(cx, ty, None, "body", 0)?;
            if needs_reference(cx, ty) { format!("&{value}") } else { value }
        }
        ir::Body::Form(ty, _) | ir::Body::Multipart(Some(ty), _) => format!("&{}", example(cx, ty, None, "body", 0)?),
        ir::Body::Multipart(None, _) => "&Form::new()".to_owned(),
        ir::Body::Text(_) => "\"text\"".to_owned(),
        ir::Body::Bytes(_) => "\"bytes\"".to_owned(),
        ir::Body::Choice(ty) => {
            let (first, name) = (choices::of(cx, ty).first()?, cx.ty(ty, &TokenStream::new()));
            let value = body_example(cx, &first.body)?;
            let is_plain = choices::conversions(cx, choices::of(cx, ty)).contains(&first);
            if is_plain { value } else { format!("types::{name}::{}({value}.into())", first.name) }
        }
    })
}

/// The call, on one line where it fits.
fn call(name: &str, arguments: &[String]) -> String {
    let line = format!("let response = client.{name}({}).await?;", arguments.join(", "));
    if line.chars().count() <= 90 {
        return line;
    }
    let arguments = arguments.join(",\n        ");
    format!("let response = client\n    .{name}(\n        {arguments},\n    )\n    .await?;")
}

/// Whether an argument of the type is given by reference, and its example is not one yet.
fn needs_reference(cx: Cx<'_>, ty: &ir::TypeRef) -> bool {
    let is_text = matches!(cx.unaliased(ty), ir::TypeRef::Scalar(ir::Scalar::String));
    !is_text && !operations::is_copy(cx, ty)
}

/// An expression of the type. Text comes as `&str`.
fn example(
    cx: Cx<'_>,
    ty: &ir::TypeRef,
    given: Option<&serde_json::Value>,
    name: &str,
    depth: usize,
) -> Option<String> {
    if depth > 6 {
        return None;
    }
    match ty {
        ir::TypeRef::Scalar(scalar) => scalars::example(*scalar, given, name),
        ir::TypeRef::Boxed(id) => example(cx, &ir::TypeRef::Named(*id), given, name, depth + 1),
        ir::TypeRef::Named(id) => named_example(cx, *id, given, name, depth),
        ir::TypeRef::List(item) => {
            let first = given.and_then(|given| given.get(0));
            let value = example(cx, item, first, name, depth + 1)?;
            let is_text = matches!(cx.unaliased(item), ir::TypeRef::Scalar(ir::Scalar::String));
            Some(if is_text { format!("vec![{value}.to_owned()]") } else { format!("vec![{value}]") })
        }
        ir::TypeRef::Map(_) => Some("std::collections::BTreeMap::new()".to_owned()),
        ir::TypeRef::Nullable(_) => Some("None".to_owned()),
        ir::TypeRef::Any | ir::TypeRef::Parameter => None,
        ir::TypeRef::FormPart => Some("FormPart::file(\"name.bin\", \"content\")".to_owned()),
    }
}

fn named_example(
    cx: Cx<'_>,
    id: ir::TypeId,
    given: Option<&serde_json::Value>,
    name: &str,
    depth: usize,
) -> Option<String> {
    let def = cx.def(id)?;
    let given = given.or(def.docs.example.as_ref());
    match &def.kind {
        ir::TypeKind::Alias(ty) => example(cx, ty, given, name, depth + 1),
        ir::TypeKind::Newtype(newtype) => {
            let value = example(cx, &newtype.inner, given, name, depth + 1)?;
            let is_checked = matches!(newtype.inner, ir::TypeRef::Scalar(_));
            Some(format!("types::{}::new({value}){}", def.name, if is_checked { "?" } else { "" }))
        }
        ir::TypeKind::Enum(enum_) => {
            let given = given.and_then(|given| enum_.variants.iter().find(|variant| enums::stands_for(variant, given)));
            let variant = given.or(enum_.variants.first())?;
            Some(format!("types::{}::{}", def.name, variant.name))
        }
        ir::TypeKind::Union(union) => {
            let variant = union.variants.first()?;
            let value = example(cx, &variant.ty, None, name, depth + 1)?;
            let is_text = matches!(cx.unaliased(&variant.ty), ir::TypeRef::Scalar(ir::Scalar::String));
            let value = if is_text { format!("{value}.to_owned()") } else { value };
            let value = if matches!(variant.ty, ir::TypeRef::Boxed(_)) { format!("Box::new({value})") } else { value };
            Some(format!("types::{}::{}({value})", def.name, variant.name))
        }
        ir::TypeKind::Struct(strukt) => struct_example(cx, def, strukt, given, depth),
        ir::TypeKind::Multipart(multipart) => struct_example(cx, def, &multipart.strukt, given, depth),
        ir::TypeKind::Choice(_) | ir::TypeKind::Answers(_) => None,
    }
}

/// `new` with what is required, then the fields that the description gives an example of.
fn struct_example(
    cx: Cx<'_>,
    def: &ir::TypeDef,
    strukt: &ir::Struct,
    given: Option<&serde_json::Value>,
    depth: usize,
) -> Option<String> {
    let of = |field: &ir::Field| {
        given.and_then(|given| given.get(&field.wire)).cloned().or_else(|| field.docs.example.clone())
    };
    let mut arguments = Vec::new();
    for field in strukt.fields.iter().filter(|field| is_argument(cx, field)) {
        let is_nullable = field.presence == ir::Presence::RequiredNullable;
        let value = example(cx, &field.ty, of(field).as_ref(), &field.wire, depth + 1)?;
        arguments.push(if is_nullable { "None".to_owned() } else { value.trim_end_matches(".into()").to_owned() });
    }
    let mut text = format!("types::{}::new({})", def.name, arguments.join(", "));
    for field in strukt.fields.iter().filter(|field| is_settable(field) && wrapping(def, field) != Wrapping::Bare) {
        let is_plain = matches!(
            field.ty,
            ir::TypeRef::Scalar(
                ir::Scalar::String | ir::Scalar::Bool | ir::Scalar::I32 | ir::Scalar::I64 | ir::Scalar::F64
            )
        );
        let given = of(field).filter(|given| given.is_string() || given.is_boolean() || given.is_number());
        if let Some(given) = given.filter(|_| is_plain) {
            let value = scalar_of(&field.ty).and_then(|scalar| scalars::example(scalar, Some(&given), &field.wire));
            let setter = field.name.setter();
            text = format!("{text}.{setter}({})", value?);
        }
    }
    Some(text)
}

fn scalar_of(ty: &ir::TypeRef) -> Option<ir::Scalar> {
    match ty {
        ir::TypeRef::Scalar(scalar) => Some(*scalar),
        ir::TypeRef::Named(_)
        | ir::TypeRef::Boxed(_)
        | ir::TypeRef::List(_)
        | ir::TypeRef::Map(_)
        | ir::TypeRef::Nullable(_)
        | ir::TypeRef::Any
        | ir::TypeRef::FormPart
        | ir::TypeRef::Parameter => None,
    }
}

/// Text as a string literal that no reader of Markdown, Rust or a format string takes for more than text.
pub(super) fn literal(text: &str) -> String {
    format!("{:?}", text.chars().filter(|c| !c.is_control() && *c != '`').collect::<String>())
}
