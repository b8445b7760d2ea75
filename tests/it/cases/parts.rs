//! The client's parts as text: one line for each type, field, variant, parameter and answer.

use std::fmt::Write as _;

use clientwright::ir::{self, Access, Body, Content, Enum, Presence, Rest, Rule, Tagging, TypeKind, TypeRef, Unknown};

pub(super) fn list(api: &ir::Api) -> String {
    let mut text = String::new();
    for id in &api.types.order {
        let def = &api.types.list[id.0];
        let _ = writeln!(text, "{} {} ({:?})", def.name, kind(api, &def.kind), def.direction);
        for line in members(api, &def.kind) {
            let _ = writeln!(text, "    {line}");
        }
    }
    let own: Vec<&ir::Operation> = api.operations.iter().filter(|operation| operation.path != "/it").collect();
    for operation in own {
        let server = operation.server.as_deref().map(|server| format!(" on {server}")).unwrap_or_default();
        let _ = writeln!(text, "{} {:?} {}{server}", operation.name, operation.method, operation.path);
        for line in operation_lines(api, operation) {
            let _ = writeln!(text, "    {line}");
        }
    }
    for group in api.groups.iter().filter(|_| api.groups.len() > 1) {
        let features: Vec<&str> = group.tags.iter().map(|tag| api.tags[*tag].feature.as_str()).collect();
        let operations = group.operations.iter().map(|operation| api.operations[*operation].name.plain());
        let items: Vec<&str> =
            operations.chain(group.types.iter().map(|id| api.types.list[id.0].name.as_str())).collect();
        let _ = writeln!(text, "module {}, by {}: {}", group.module, features.join(" or "), items.join(", "));
    }
    for skipped in &api.skipped {
        let _ = writeln!(text, "left out: {} {}", skipped.method.as_str(), skipped.path);
    }
    for header in &api.headers {
        let _ = writeln!(text, "header {}: {}", named(header.name.as_str(), &header.wire), ty(api, &header.ty));
    }
    for scheme in &api.schemes {
        let _ = writeln!(text, "scheme {}: {:?}, set by {}", scheme.key, scheme.kind, scheme.setter);
    }
    text
}

fn kind(api: &ir::Api, kind: &TypeKind) -> String {
    match kind {
        TypeKind::Struct(strukt) => match strukt.extends.as_ref().and_then(|extends| extends.generic.as_ref()) {
            Some(generic) => format!("struct, an instance of {}", ty(api, generic)),
            None => "struct".to_owned(),
        },
        TypeKind::Enum(Enum { scalar: ir::Scalar::String, .. }) => "enum".to_owned(),
        TypeKind::Enum(enum_) => format!("enum of {:?}", enum_.scalar),
        TypeKind::Union(union) => match &union.tagging {
            Tagging::Property(property) => format!("union by `{property}`"),
            Tagging::Shape => "union by shape".to_owned(),
        },
        TypeKind::Newtype(newtype) => format!("newtype of {}", ty(api, &newtype.inner)),
        TypeKind::Alias(target) => format!("= {}", ty(api, target)),
        TypeKind::Multipart(_) => "multipart".to_owned(),
        TypeKind::Choice(_) => "choice".to_owned(),
        TypeKind::Answers(_) => "answers".to_owned(),
    }
}

fn members(api: &ir::Api, kind: &TypeKind) -> Vec<String> {
    match kind {
        TypeKind::Struct(strukt) | TypeKind::Multipart(ir::Multipart { strukt, .. }) => {
            let rest = match &strukt.rest {
                Rest::Ignore => None,
                Rest::Deny => Some("nothing else".to_owned()),
                Rest::Collect(name, value) => Some(format!("{name}: all others, {}", ty(api, value))),
            };
            strukt.fields.iter().map(|field| field_line(api, field)).chain(rest).collect()
        }
        TypeKind::Enum(enum_) => {
            let is_text = enum_.scalar == ir::Scalar::String;
            let wire = |wire: &str| if is_text { format!("{wire:?}") } else { wire.to_owned() };
            let values = enum_.variants.iter().map(|variant| format!("{}: {}", variant.name, wire(&variant.wire)));
            values.chain(unknown(&enum_.unknown)).collect()
        }
        TypeKind::Union(union) => {
            let variants = union.variants.iter().map(|variant| variant_line(api, union, variant));
            variants.chain(unknown(&union.unknown)).collect()
        }
        TypeKind::Newtype(newtype) => newtype.checks.iter().map(check).collect(),
        TypeKind::Choice(choices) => {
            choices.iter().map(|choice| format!("{}: {}", choice.name, body(api, &choice.body))).collect()
        }
        TypeKind::Answers(cases) => cases.iter().map(|case| case_line(api, case)).collect(),
        TypeKind::Alias(_) => Vec::new(),
    }
}

fn field_line(api: &ir::Api, field: &ir::Field) -> String {
    let mut line = format!("{}: {}", named(field.name.as_str(), &field.wire), ty(api, &field.ty));
    match &field.presence {
        Presence::Required => line.push_str(", required"),
        Presence::RequiredNullable => line.push_str(", required, nullable"),
        Presence::Optional => line.push_str(", optional"),
        Presence::OptionalNullable => line.push_str(", optional, nullable"),
        Presence::Defaulted(value) => line.extend([", ", &value.to_string(), " if absent"]),
    }
    line.push_str(match field.access {
        Access::ReadWrite => "",
        Access::ReadOnly => ", read only",
        Access::WriteOnly => ", write only",
    });
    if let Some(fixed) = &field.fixed {
        let _ = write!(line, ", always {fixed:?}");
    }
    for rule in &field.docs.checks {
        let _ = write!(line, ", {}", check(rule));
    }
    line
}

/// A name, with the one on the wire where that is another.
fn named(name: &str, wire: &str) -> String {
    if name == wire { name.to_owned() } else { format!("{name} ({wire:?})") }
}

fn variant_line(api: &ir::Api, union: &ir::Union, variant: &ir::UnionVariant) -> String {
    let line = format!("{}: {}", variant.name, ty(api, &variant.ty));
    if let Tagging::Property(_) = union.tagging {
        return format!("{line}, tagged {}", variant.tags.join(" or "));
    }
    let ir::Probe { kinds, required, constants, known, items } = &variant.probe;
    let kinds: Vec<String> = kinds.iter().map(|kind| format!("{kind:?}")).collect();
    let mut line = format!("{line}, if {}", kinds.join(" or "));
    if !items.is_empty() {
        let items: Vec<String> = items.iter().map(|kind| format!("{kind:?}")).collect();
        let _ = write!(line, " of {}", items.join(" or "));
    }
    if !required.is_empty() {
        let _ = write!(line, " with {}", required.join(", "));
    }
    for (key, value) in constants {
        let _ = write!(line, ", {key} = {value:?}");
    }
    let others: Vec<&str> = known.iter().filter(|key| !required.contains(key)).map(String::as_str).collect();
    if !others.is_empty() {
        let _ = write!(line, ", perhaps {}", others.join(", "));
    }
    line
}

fn unknown(unknown: &Unknown) -> Option<String> {
    match unknown {
        Unknown::Keep(name) => Some(format!("{name}: all others")),
        Unknown::Never => None,
    }
}

fn check(check: &ir::Check) -> String {
    let rule = rule(&check.rule);
    match &check.enforcement {
        ir::Enforcement::Enforced => rule,
        ir::Enforcement::Documented => format!("{rule} by word"),
        ir::Enforcement::SwitchedOff(_) => format!("{rule} switched off"),
    }
}

fn rule(rule: &Rule) -> String {
    let (name, bound) = match rule {
        Rule::Minimum(bound) => ("Minimum", bound),
        Rule::ExclusiveMinimum(bound) => ("ExclusiveMinimum", bound),
        Rule::Maximum(bound) => ("Maximum", bound),
        Rule::ExclusiveMaximum(bound) => ("ExclusiveMaximum", bound),
        Rule::MultipleOf(bound) => ("MultipleOf", bound),
        Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::Pattern(_)
        | Rule::MinItems(_)
        | Rule::MaxItems(_)
        | Rule::UniqueItems
        | Rule::MinProperties(_)
        | Rule::MaxProperties(_) => return format!("{rule:?}"),
    };
    match bound {
        ir::Bound::Integer(bound) => format!("{name}({bound})"),
        ir::Bound::Float(bound) => format!("{name}({bound:?})"),
    }
}

fn operation_lines(api: &ir::Api, operation: &ir::Operation) -> Vec<String> {
    let params = operation.params.iter().map(|param| {
        let name = named(param.name.as_str(), &param.wire);
        let encoding = match param.encoding {
            ir::Encoding::Style => "",
            ir::Encoding::Reserved => " as it is",
            ir::Encoding::Json => " as JSON",
        };
        format!("{name}: {}{encoding}, {:?} in {:?}", ty(api, &param.ty), param.need, param.place)
    });
    let mut lines: Vec<String> = params.collect();
    if let Some(request) = &operation.body {
        lines.push(format!("body: {}, {:?}", body(api, &request.content), request.need));
    }
    let responses = &operation.responses;
    lines.extend(responses.success.iter().map(|case| format!("success {}", case_line(api, case))));
    lines.extend(responses.failure.iter().map(|case| format!("failure {}", case_line(api, case))));
    lines.extend(
        operation.pagination.as_ref().map(|pages| format!("pages of {}: {}", ty(api, &pages.item), paging(pages))),
    );
    for other in &responses.alternatives {
        lines.push(format!("{}: {} as {}", other.name, content(api, &other.content), other.media_type));
    }
    lines.extend(responses.sequences.iter().map(|sequence| match sequence {
        ir::Sequence::Events(item) => format!("events of {}", ty(api, item)),
        ir::Sequence::Lines(item) => format!("lines of {}", ty(api, item)),
    }));
    let alternatives: Vec<String> = operation.security.iter().map(|schemes| schemes.join(" and ")).collect();
    if !alternatives.is_empty() {
        lines.push(format!("security: {}", alternatives.join(", or ")));
    }
    lines
}

fn body(api: &ir::Api, body: &Body) -> String {
    match body {
        Body::Json(json, None) => ty(api, json),
        Body::Json(json, Some(media_type)) => format!("{}, {media_type}", ty(api, json)),
        Body::Form(form, styles) if styles.is_empty() => format!("{} as a form", ty(api, form)),
        Body::Form(form, styles) => format!("{} as a form, {styles:?}", ty(api, form)),
        Body::Multipart(parts, media_type) => {
            let parts = parts.as_ref().map_or("any parts".to_owned(), |parts| ty(api, parts));
            format!("{parts}, {media_type}")
        }
        Body::Text(media_type) => format!("text, {media_type}"),
        Body::Bytes(media_type) => format!("bytes, {media_type}"),
        Body::Choice(choice) => ty(api, choice),
    }
}

fn paging(pages: &ir::Pagination) -> String {
    let items = if pages.items.is_empty() { "the answer".to_owned() } else { pages.items.join(".") };
    let size = pages.size.as_ref().map(|size| format!(", as many as {size}")).unwrap_or_default();
    let total = if pages.total.is_empty() { String::new() } else { format!(", of {}", pages.total.join(".")) };
    format!("{items}, by {:?}{size}{total}", pages.next)
}

fn case_line(api: &ir::Api, case: &ir::Case) -> String {
    let content = content(api, &case.content);
    let media_type = match case.media_type.as_str() {
        "" | "application/json" => "",
        other => &format!(" as {other}"),
    };
    format!("{}: {content}{media_type}, {:?}", case.name, case.status)
}

fn content(api: &ir::Api, content: &Content) -> String {
    match content {
        Content::Empty => "nothing".to_owned(),
        Content::Json(json) => ty(api, json),
        Content::Text => "text".to_owned(),
        Content::Bytes => "bytes".to_owned(),
    }
}

fn ty(api: &ir::Api, used: &TypeRef) -> String {
    match used {
        TypeRef::Named(id) => api.types.list[id.0].name.to_string(),
        TypeRef::Boxed(id) => format!("Box {}", api.types.list[id.0].name),
        TypeRef::Scalar(scalar) => format!("{scalar:?}").replace("(Jiff)", ""),
        TypeRef::List(item) => format!("List of {}", ty(api, item)),
        TypeRef::Map(value) => format!("Map to {}", ty(api, value)),
        TypeRef::Nullable(inner) => format!("{} or null", ty(api, inner)),
        TypeRef::Any => "Any".to_owned(),
        TypeRef::FormPart => "FormPart".to_owned(),
        TypeRef::Parameter => "what is left open".to_owned(),
    }
}
