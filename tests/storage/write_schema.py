"""Writes the JSON Schema file of the package: ``python tests/storage/write_schema.py``."""

from __future__ import annotations

import json
from pathlib import Path

from salesfunnel.storage import schema

FILE = Path(schema.__file__).with_name("documents.schema.json")


def text() -> str:
    """Write the schema so that people can read it."""
    return json.dumps(schema.json_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
