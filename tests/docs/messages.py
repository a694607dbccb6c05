"""Writes docs/reference/messages.md, the list of all texts: ``python tests/docs/messages.py``."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/messages.md"

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.architecture.source import TEXTS as SOURCE  # noqa: E402 - after the path is set
from tests.architecture.source import station  # noqa: E402 - likewise
from tests.architecture.texts import TEXTS  # noqa: E402 - likewise

HEAD = """# messages: every sentence, by its code

Each refusal, objection and problem, and each error about a value, a history or a file, says a
sentence of this list with its parameters filled in: `message == template.format(**params)`. One
code is one sentence, so a translation is a table by code. A guard of yours says your sentence.

This page is written by `python tests/docs/messages.py`, and a test holds it to the code.
"""


def page() -> str:
    """List all texts by station and code."""
    by_station: dict[str, list[str]] = defaultdict(list)
    for text, files in TEXTS.items():
        home = min(files, key=lambda file: (f'"{text.code}"' not in SOURCE[file], file))
        cells = (f"`{text.code}`", text.template, text.remedy)
        row = " | ".join(cell.replace("|", "\\|") for cell in cells)
        by_station[station(home)].append(f"| {row} |")
    parts = [HEAD]
    for name, rows in sorted(by_station.items()):
        parts.append(f"## {name}\n\n| code | sentence | remedy |\n|---|---|---|")
        parts.append("\n".join(sorted(rows)) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
