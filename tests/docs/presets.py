"""Writes docs/reference/presets.md: ``python tests/docs/presets.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/presets.md"

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from salesfunnel.interop.mapping.mapping import KNOWN, FileMapping, load_mapping  # noqa: E402 - the path
from salesfunnel.interop.mapping.mapping_choice import Kind, mapping_of_kind  # noqa: E402 - after the path

NOUNS: dict[Kind, str] = {
    "lead": "leads",
    "opportunity": "deals",
    "account": "accounts",
    "person": "contacts",
    "activity": "activities",
}
HEAD = """# presets: the mappings by name

Each of these reads and writes the lists of a system. A list is read under any of its labels, in any
language; it is written under those of the name: `load_mapping("vtiger")` in English,
`load_mapping("vtiger.fr")` in French, `load_mapping("vtiger.api")` under the names that the
system gives its fields inside. A column without a label in a language keeps its own. Words in
cells, such as statuses, are those that the system stores, in every language.

The columns named here are **demanded** when the system imports such a list; writing one tells
how many rows lack them. A dash means that nothing is. What a preset was checked against
is on [its page](../explanation/mappings.md); a mapping of your own [extends
one](../how-to/read-your-own-file.md#grow-a-mapping) and may add `labels`, `required` and
`lists`.

This page is written by `python tests/docs/presets.py`, and a test holds it to the mappings.
"""


def page() -> str:
    """Write the whole page."""
    return "\n".join([HEAD, *_table()]) + "\n"


def _table() -> Iterator[str]:
    yield f"| preset | {' | '.join(NOUNS.values())} | other labels |"
    yield "|---" * (len(NOUNS) + 2) + "|"
    for mapping in map(load_mapping, KNOWN):
        cells = [_demanded(mapping, kind) for kind in NOUNS]
        others = ", ".join(mapping.variants) or "–"
        yield f"| `{mapping.name}` | {' | '.join(cells)} | {others} |"


def _demanded(mapping: FileMapping, kind: Kind) -> str:
    noun = mapping_of_kind(mapping, kind)
    either = [[noun.headers[field][0] for field in fields] for fields in noun.required]
    return ", ".join(" or ".join(headers) for headers in either) or "–"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
