"""The stage to which cohorts are asked to come."""

from __future__ import annotations

from collections.abc import Collection

from ..errors import InvalidValue, Text
from ..pipeline.codes import meant

_NO_STAGE = Text("goal_without_stage", "{field} is not a stage of {pipeline}{meant}", "{stages}")


def check_goal(to: str, stages: Collection[str], *, pipeline: str) -> None:
    """
    Refuse a stage that there is not: no one would ever get there. Without a name all is well.

    >>> check_goal("propsal", ["meeting", "proposal"], pipeline="opportunity")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: to is not a stage of opportunity (did you mean proposal?); ...
    """
    if to and to not in stages:
        said = {"pipeline": pipeline, "meant": meant(to, stages), "stages": ", ".join(stages)}
        raise InvalidValue("to", _NO_STAGE, said)
