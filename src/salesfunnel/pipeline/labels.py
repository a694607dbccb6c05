"""What people call the codes that stand in events: stages, reasons, roles, kinds of activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..values.frozen_map import FrozenMap
from .codes import Codes
from .stage import Stage


def labels_of(
    stages: Iterable[Stage], reasons: Mapping[str, Codes], roles: Codes, kinds: Codes
) -> FrozenMap[str, Codes]:
    """
    List the labels of a pipeline by the field of an event in which their codes stand.

    >>> stages = [Stage("open", label="Offen"), Stage("won", kind="won")]
    >>> labels_of(stages, {}, Codes(), Codes())["to_stage"]["open"]
    'Offen'
    """
    known = tuple(stages)
    titles = Codes({stage.name: stage.title for stage in known})
    lists = (*reasons.values(), *(stage.reasons for stage in known))
    named = Codes({code: label for each in lists for code, label in each.items()})
    return FrozenMap(
        {"from_stage": titles, "to_stage": titles, "reason": named, "role": roles, "kind": kinds}
    )
