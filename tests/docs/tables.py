"""Writes docs/reference/tables.md: ``python tests/docs/tables.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/tables.md"

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from salesfunnel.storage import ROW_COLUMNS, TYPES, create_table  # noqa: E402 - after the path

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mysql": "MySQL"}
HEAD = """# tables: what a database needs

`storage.create_table()` writes these statements, with a prefix if you like, and with the personal
columns if you ask for them. The table of events is the truth; its key lets only one of two editors
in. Rows are copies to look things up in.

**Everything overdue is one query**, with the moment and the day of those who ask:

```sql
SELECT id FROM opportunity
WHERE stage_kind = 'open' AND (
    due_at < :now
    OR next_step_due_at < :now OR (next_step_due_at IS NULL AND next_step_due < :today)
    OR held_until_at < :now OR (held_until_at IS NULL AND held_until < :today)
)
```

For leads, the last line is `OR nurture_until < :now`. SQLite keeps moments as texts in UTC that
sort; `storage.sqlite_file.plain()` writes them. MySQL has no zones: keep its moments in UTC. The
tests run the statements for SQLite, for PostgreSQL, and, on MariaDB, those for MySQL.

This page is written by `python tests/docs/tables.py`, and a test holds it to the code.
"""


def page() -> str:
    """Write the statements of all tables for each database."""
    return "\n".join([HEAD, *_parts()])


def _parts() -> Iterator[str]:
    for dialect in TYPES:
        yield f"## {NAMES[dialect]}\n\n```sql"
        for table in (*ROW_COLUMNS, "event", "pipeline"):
            for statement in create_table(table, dialect=dialect):
                yield f"{statement};"
        yield "```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
