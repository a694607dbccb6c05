"""
The same scorecards and funnels on other people's engines: polars, pandas, pyarrow, DuckDB, Spark.

Needs ``salesfunnel[frames]``. A frame is judged into a frame of the same kind, and what is lazy
stays lazy; a stage history is counted. The answer is the one that the library gives about objects.
"""

from __future__ import annotations

from .assessing import assess
from .stage_history import StageHistory

__all__ = ["StageHistory", "assess"]
