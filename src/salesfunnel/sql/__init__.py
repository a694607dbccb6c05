"""
The same scorecards and funnels as SQL text, for a database of your own.

Text alone: nothing is connected to, nothing is installed. DuckDB, PostgreSQL and SQLite each get
their own spelling of names and values, and the query gives what the library gives about objects.
"""

from __future__ import annotations

from .columns import SqlColumn
from .funnel import FunnelRows, funnel_sql
from .history import SqlHistory
from .policy import policy_sql

__all__ = ["FunnelRows", "SqlColumn", "SqlHistory", "funnel_sql", "policy_sql"]
