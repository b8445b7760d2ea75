//! Sequences: answers that are one item after the other, and whose schema says what an item is.
//!
//! OpenAPI 3.2 has `itemSchema` for this. It describes a server-sent event by its fields; what stands in `data` is what a
//! caller wants. In the view, such an answer is a list of that. What has only fields of events in a `schema` is an event
//! too.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostic};
use crate::load::origins::Origins;
use crate::load::{media_types, references};
use crate::media_type::essence;
use crate::pointer::Pointer;
use crate::source;

/// How the items of a sequence are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sequence {
    /// Server-sent events.
    Events,
    /// A JSON text for each.
    Lines,
}

impl Sequence {
    /// What a media type is; `None` where it is one whole.
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        match essence(media_type).as_str() {
            "text/event-stream" => Some(Self::Events),
            "application/jsonl"
            | "application/x-ndjson"
            | "application/json-seq"
            | "application/geo+json-seq"
            | "application/ndjson"
            | "application/x-jsonlines"
            | "application/jsonlines"
            | "application/stream+json"
            | "application/x-json-stream" => Some(Self::Lines),
            _ => None,
        }
    }
}

/// Which properties what has `data` can have beside it, if it is an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fields {
    Any,
    Known,
}

/// The fields of an event.
const FIELDS: &[&str] = &["comment", "data", "event", "id", "retry"];

/// How many references and unions may be around the fields of an event.
const MOST: usize = 8;

type Trees = IndexMap<String, Value>;

/// A media type, what its items are, and where that stands: in the text, and in the view.
struct Found {
    media: Pointer,
    item: Value,
    moves: Vec<(Pointer, Pointer)>,
}

/// Gives sequences a list for a schema.
pub(super) fn convert(trees: &mut Trees, origins: &mut Origins, findings: &mut Vec<Diagnostic>) {
    let (sequences, others): (Vec<_>, Vec<_>) =
        media_types::collect(trees).into_iter().partition(|(at, _)| Sequence::of(&at.last()).is_some());
    for (at, _) in others.iter().filter(|(_, media)| media.get("itemSchema").is_some()) {
        findings.push(Diagnostic::at(&at.join("itemSchema"), Code::IgnoredKeyword("itemSchema".to_owned())));
    }
    let found: Vec<Found> = sequences.iter().filter_map(|(at, media)| read(trees, at, media)).collect();
    for Found { media, item, moves } in found {
        let tree = trees.get_mut(media.document());
        if let Some(Value::Object(entries)) = tree.and_then(|tree| references::node_mut(tree, &media)) {
            entries.shift_remove("itemSchema");
            entries.insert("schema".to_owned(), json!({"type": "array", "items": item}));
            for (source, view) in moves {
                origins.moved(&source, &view);
            }
        }
    }
}

fn read(trees: &Trees, at: &Pointer, media: &Value) -> Option<Found> {
    let sequence = Sequence::of(&at.last())?;
    let view = at.join("schema").join("items");
    let of_item = media.get("itemSchema").map(|schema| (at.join("itemSchema"), schema));
    let (source, schema) = of_item.or_else(|| Some((at.join("schema"), media.get("schema")?)))?;
    let fields = if media.get("itemSchema").is_some() { Fields::Any } else { Fields::Known };
    let mut moves = Vec::new();
    let data = match sequence {
        Sequence::Events => data(trees, (&source, schema), &view, &mut moves, (fields, MOST)),
        Sequence::Lines => None,
    };
    let item = match data {
        Some(data) => data,
        // The schema is that of an item, or a list of them, already.
        None if media.get("itemSchema").is_none() => return None,
        None => {
            moves = vec![(source, view)];
            schema.clone()
        }
    };
    Some(Found { media: at.clone(), item, moves })
}

/// The schema of an event's data, where the schema is that of an event with its fields.
fn data(
    trees: &Trees,
    (at, schema): (&Pointer, &Value),
    view: &Pointer,
    moves: &mut Vec<(Pointer, Pointer)>,
    (fields, left): (Fields, usize),
) -> Option<Value> {
    let left = (fields, left.checked_sub(1)?);
    if let Some(Value::String(reference)) = schema.get("$ref") {
        let target = Pointer::parse(reference);
        let schema = source::node(trees.get(target.document())?, &target)?;
        return data(trees, (&target, schema), view, moves, left);
    }
    if let Some(Value::Object(properties)) = schema.get("properties") {
        let is_event = fields == Fields::Any || properties.keys().all(|name| FIELDS.contains(&name.as_str()));
        return if is_event { data_field(properties, at, view, moves) } else { None };
    }
    let keyword = ["oneOf", "anyOf"].into_iter().find(|keyword| schema.get(*keyword).is_some())?;
    let branches = schema.get(keyword)?.as_array()?.iter().enumerate().map(|(index, branch)| {
        let (at, view) = (at.join(keyword).join_index(index), view.join(keyword).join_index(index));
        data(trees, (&at, branch), &view, moves, left)
    });
    Some(json!({keyword: branches.collect::<Option<Vec<Value>>>()?}))
}

fn data_field(
    properties: &Map<String, Value>,
    at: &Pointer,
    view: &Pointer,
    moves: &mut Vec<(Pointer, Pointer)>,
) -> Option<Value> {
    let data = properties.get("data")?;
    let at = at.join("properties").join("data");
    let (at, schema) = match (data.get("contentSchema"), data.get("contentMediaType")) {
        (Some(content), _) => (at.join("contentSchema"), content.clone()),
        (None, Some(Value::String(media_type))) if media_type.ends_with("json") => (at, json!({})),
        (None, _) => (at, data.clone()),
    };
    moves.push((at, view.clone()));
    Some(schema)
}
