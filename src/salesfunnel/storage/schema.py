"""
The form of all documents as JSON Schema, for programs in other languages.

It follows from the rows that read and write. What it refuses we refuse as well; we refuse more,
such as a stage that a pipeline does not have. The package holds it as a file too:
``documents.schema.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .forms import FORMS


def json_schema() -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of all documents.

    >>> sorted(json_schema()["$defs"])[:3]
    ['ActivityLogged', 'Answer', 'Assessment']
    """
    defs: dict[str, Any] = {}
    documents = [_hoisted(form.schema, defs) for form in FORMS.values()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Documents of salesfunnel",
        "anyOf": documents,
        "$defs": dict(sorted(defs.items())),
    }


def _hoisted(schema: Any, defs: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Describe each titled part once, and refer to it."""
    if isinstance(schema, Mapping):
        parts = {key: _hoisted(part, defs) for key, part in schema.items()}
        title = parts.get("title")
        if not isinstance(title, str):
            return parts
        defs[title] = parts
        return {"$ref": f"#/$defs/{title}"}
    return [_hoisted(part, defs) for part in schema] if isinstance(schema, list) else schema
