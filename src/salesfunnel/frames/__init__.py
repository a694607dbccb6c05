"""
The same scorecards on other people's engines: polars, pandas, pyarrow, DuckDB and Spark.

Needs ``salesfunnel[frames]``. A frame goes in and a frame of the same kind comes out; what is lazy
stays lazy, and the answer is the one that the library gives about each row as an object.
"""

from __future__ import annotations

from .assessing import assess

__all__ = ["assess"]
