"""The labels that a picture or a page is given: what people call a stage, a reason or a group."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import WrongKind
from ..values.converters import one, visible_line
from ..values.text import shown

_LONGEST_SHOWN = 40


def given_labels(labels: Mapping[str, str] | None) -> dict[str, str]:
    """
    Let in labels by their codes, or none. Raises `InvalidValue` for one that is blank, by its code.

    >>> given_labels({"visit": ""})
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: labels.visit is blank; allowed: a text with ...
    """
    given: object = {} if labels is None else labels
    if not isinstance(given, Mapping):
        raise WrongKind.of("labels", given, wanted="what people call a stage, by its name")
    return {
        one(str, code, "labels"): visible_line(label, f"labels.{shown(code, limit=_LONGEST_SHOWN)}")
        for code, label in given.items()
    }
