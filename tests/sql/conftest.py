"""Each test of SQL asks for a database, and runs on all three."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sql.databases import DATABASES, Database, opened


@pytest.fixture(scope="module", params=DATABASES)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Provide each of the databases in turn."""
    with opened(request.param) as found:
        yield found
