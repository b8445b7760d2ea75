"""Descriptions of any size, made of the same parts: a resource with its list, its creation and its nested objects."""
import json


def schemas(number):
    name = f"Resource{number}"
    ref = {"$ref": f"#/components/schemas/{name}Owner"}
    text = {"type": "string", "description": "What it is called, as its owner wrote it."}
    properties = {
        "id": {"type": "string", "format": "uuid", "description": "Its identity."},
        "name": {**text, "maxLength": 200},
        "state": {"type": "string", "enum": ["open", "closed", f"state_{number}"], "description": "Where it stands."},
        "created_at": {"type": "string", "format": "date-time"},
        "count": {"type": "integer", "format": "int64", "minimum": 0},
        "labels": {"type": "array", "items": {"type": "string"}},
        "owner": ref,
        "settings": {"type": "object", "properties": {f"flag_{number}": {"type": "boolean"}, "limit": {"type": "number"}}},
    }
    owner = {"login": text, "email": {"type": "string", "format": "email"}, "admin": {"type": "boolean"}}
    return {
        name: {"type": "object", "required": ["id", "name", "owner"], "properties": properties},
        f"{name}Owner": {"type": "object", "required": ["login"], "properties": owner},
    }


def paths(number):
    name = f"Resource{number}"
    ref = {"$ref": f"#/components/schemas/{name}"}
    tag = [f"group-{number // 50}"]
    answer = lambda schema: {"description": "Done.", "content": {"application/json": {"schema": schema}}}
    param = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}}
    body = {"required": True, "content": {"application/json": {"schema": ref}}}

    def operation(verb, code, schema, **more):
        return {
            "operationId": f"{verb}_resource_{number}",
            "summary": f"{verb} resource {number}",
            "description": "Needs the permission to see what belongs to the owner of the resource.",
            "tags": tag,
            "responses": {code: answer(schema)},
            **more,
        }

    return {
        f"/resources-{number}": {
            "get": operation("list", "200", {"type": "array", "items": ref}, parameters=[limit]),
            "post": operation("create", "201", ref, requestBody=body),
        },
        f"/resources-{number}/{{id}}": {"get": operation("get", "200", ref, parameters=[param])},
    }


def document(count):
    whole = {"openapi": "3.0.3", "info": {"title": "Synthetic", "version": "1.0.0"}, "paths": {}, "components": {"schemas": {}}}
    for number in range(count):
        whole["paths"].update(paths(number))
        whole["components"]["schemas"].update(schemas(number))
    return json.dumps(whole, indent=1)


def synthetic(size):
    """A description of about `size` bytes."""
    one = (len(document(40)) - len(document(20))) / 20
    return document(max(1, round(size / one)))
