"""The OpenAPI document as people read it: flat values for the page, nothing that the document does not say."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse

from govmedia.orgs.rights import SCOPES

_TYPES = {
    "string": "文本", "integer": "整数", "number": "数", "boolean": "true 或 false", "null": "空",
}  # fmt: skip


def shown(document: Mapping[str, Any]) -> dict[str, Any]:
    """Context of the page: the operations and the objects, in the document's order."""
    components = document["components"]
    return {
        "info": document["info"],
        "token_text": components["securitySchemes"]["token"]["description"],
        "operations": list(_operations(document)),
        "objects": [_object(name, schema) for name, schema in components["schemas"].items()],
        "openapi_url": reverse("api:openapi"),
    }


def _operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            given = one.get("requestBody", {}).get("content", {}).get("application/json")
            answer = one["responses"]["200"]["content"]["application/json"]
            yield {
                "id": one["operationId"],
                "method": method.upper(),
                "path": path,
                "summary": one["summary"],
                "text": one["description"],
                "scope": SCOPES[one["x-scope"]].label if "x-scope" in one else "",
                "given": _kind(given["schema"]) if given else "",
                "asked": [_parameter(row) for row in one.get("parameters", [])],
                "answered": _kind(answer["schema"]),
                "given_example": _pretty(given.get("example")) if given else "",
                "answer_example": _pretty(answer.get("example")),
                "answers": [(status, row["description"]) for status, row in one["responses"].items()],
            }


def _parameter(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": row["name"], "kind": _kind(row["schema"]), "text": row["description"]}


def _object(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "title": schema["description"],
        "rows": [
            {"name": key, "kind": _kind(part), "needed": key in schema["required"], "text": part["description"]}
            for key, part in schema["properties"].items()
        ],
    }


def _kind(schema: Mapping[str, Any]) -> str:
    """What a value is, in words: `文本`, `Post 或 列表（最多 100 项，每项是 Post）`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "oneOf" in schema:
        return " 或 ".join(_kind(part) for part in schema["oneOf"])
    if schema["type"] != "array":
        return _TYPES[schema["type"]]
    most = f"最多 {schema['maxItems']} 项，" if "maxItems" in schema else ""
    return f"列表（{most}每项是 {_kind(schema['items'])}）"


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) if value is not None else ""
