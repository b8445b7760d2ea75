//! Descriptions that are small and mean much: each must come to an end while somebody waits for it.

use serde_json::{Map, Value, json};

use super::judge::check;

/// A description with an operation on the schema `A0`.
fn description(schemas: impl IntoIterator<Item = (String, Value)>) -> String {
    let schemas: Map<String, Value> = schemas.into_iter().collect();
    let content = json!({ "application/json": { "schema": to(0) } });
    let operation = json!({
        "operationId": "exchange",
        "requestBody": { "required": true, "content": content },
        "responses": { "200": { "description": "It.", "content": content } },
    });
    let info = json!({ "title": "Bomb", "version": "1" });
    json!({ "openapi": "3.0.3", "info": info, "paths": { "/it": { "post": operation } }, "components": { "schemas": schemas } })
        .to_string()
}

fn to(number: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/A{number}") })
}

/// Schemas each of which is made with a reference to the next, the last one being an object.
fn chain(name: &str, length: usize, link: impl Fn(usize, Value) -> Value) {
    let last = json!({ "type": "object", "properties": { "x": { "type": "string" } } });
    let links = (0..length).map(|number| (format!("A{number}"), link(number, to(number + 1))));
    check(name, &description(links.chain([(format!("A{length}"), last)])));
}

#[test]
fn what_doubles() {
    let object = |key: String| json!({ "type": "object", "required": [key], "properties": { key.clone(): { "type": "string" } } });
    chain("allOf", 40, |_, next| json!({ "allOf": [next, next] }));
    chain(
        "allOf with properties",
        40,
        |number, next| json!({ "allOf": [next, { "allOf": [next], "properties": { format!("p{number}"): { "type": "string" } } }] }),
    );
    chain("oneOf", 40, |_, next| json!({ "oneOf": [next, next] }));
    chain("oneOf with lists", 40, |_, next| json!({ "oneOf": [next, { "type": "array", "items": next }] }));
    chain(
        "oneOf in allOf",
        30,
        |number, next| json!({ "allOf": [next, { "oneOf": [object(format!("a{number}")), object(format!("b{number}"))] }] }),
    );
    chain("properties", 100, |_, next| json!({ "type": "object", "properties": { "a": next, "b": next } }));
}

#[test]
fn what_is_long() {
    chain("aliases", 300, |_, next| next);
    chain("allOf", 300, |_, next| json!({ "description": "It.", "allOf": [next] }));
    chain("items", 300, |_, next| json!({ "type": "array", "items": next }));
    chain("values", 300, |_, next| json!({ "type": "object", "additionalProperties": next }));
    chain("properties", 300, |_, next| json!({ "type": "object", "required": ["a"], "properties": { "a": next } }));
    chain("branches", 200, |_, next| json!({ "oneOf": [next, { "type": "integer" }] }));
    chain(
        "branches with properties",
        200,
        |number, next| json!({ "oneOf": [next, { "type": "integer" }], "properties": { format!("p{number}"): { "type": "string" } } }),
    );
    chain("null", 200, |_, next| json!({ "anyOf": [next, { "type": "null" }] }));
}

#[test]
fn what_leads_everywhere() {
    let mesh = |link: fn(usize, Vec<Value>) -> Value| {
        description((0..40).map(move |number| {
            let others = [1, 7, 13].map(|step| to((number + step) % 40)).to_vec();
            (format!("A{number}"), link(number, others))
        }))
    };
    check("unions", &mesh(|_, others| json!({ "oneOf": others })));
    check("lists", &mesh(|_, others| json!({ "type": "array", "items": { "anyOf": others } })));
    check(
        "objects",
        &mesh(|_, others| {
            json!({ "type": "object", "required": ["x", "y", "z"],
        "properties": { "x": others[0], "y": others[1], "z": others[2] } })
        }),
    );
    check("allOf", &mesh(|_, others| json!({ "allOf": others })));
    let layers = (0..40).map(|number| {
        let others: Vec<Value> = (number + 1..(number + 5).min(40)).map(to).collect();
        let own = json!({ "type": "object", "properties": { format!("p{number}"): { "type": "string" } } });
        (format!("A{number}"), if others.is_empty() { own } else { json!({ "allOf": [{ "oneOf": others }, own] }) })
    });
    check("layers", &description(layers));
}

type Wrap = fn(Value) -> Value;

#[test]
fn what_is_deep() {
    let deep: [(&str, usize, Wrap); 6] = [
        ("items", 120, |inner| json!({ "type": "array", "items": inner })),
        ("properties", 60, |inner| json!({ "type": "object", "properties": { "a": inner } })),
        ("values", 120, |inner| json!({ "additionalProperties": inner })),
        ("allOf", 60, |inner| json!({ "allOf": [inner, { "properties": { "z": { "type": "string" } } }] })),
        ("oneOf", 60, |inner| json!({ "oneOf": [inner, { "properties": { "z": { "type": "string" } } }] })),
        ("not", 120, |inner| json!({ "not": inner })),
    ];
    for (name, depth, wrap) in deep {
        let schema = (0..depth).fold(json!({ "type": "string" }), |inner, _| wrap(inner));
        check(name, &description([("A0".to_owned(), schema)]));
    }
}

#[test]
fn what_is_much() {
    let text = || json!({ "type": "string" });
    let object = |properties: Map<String, Value>| {
        description([("A0".to_owned(), json!({ "type": "object", "properties": properties }))])
    };
    check("properties", &object((0..2_000).map(|number| (format!("p{number}"), text())).collect()));
    check(
        "properties of one name",
        &object((0..500).map(|number| (format!("p{}", "_".repeat(number)), text())).collect()),
    );
    let values: Vec<String> = (0..5_000).map(|number| format!("v{number}")).collect();
    check("values", &description([("A0".to_owned(), json!({ "type": "string", "enum": values }))]));
    let long = "a_".repeat(20_000);
    check("a name", &description([("A0".to_owned(), json!({ "properties": { long.clone(): { "enum": [long] } } }))]));
    let branches: Vec<Value> = (1..200).map(to).collect();
    let objects = (1..200).map(|number| (format!("A{number}"), json!({ "properties": { "x": { "type": "string" } } })));
    let union = [("A0".to_owned(), json!({ "oneOf": branches }))];
    check("branches", &description(union.into_iter().chain(objects)));
}

#[test]
fn what_laughs() {
    let laugh = |n: usize| format!("a{n}: &a{n} {{properties: {{x: *a{0}, y: *a{0}}}}}\n", n - 1);
    let laughs: Vec<String> = (1..40).map(laugh).collect();
    let laughs = laughs.concat();
    check("aliases", &format!("openapi: 3.0.3\npaths: {{}}\na0: &a0 {{type: string}}\n{laughs}"));
}
