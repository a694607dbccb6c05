"""A transfer of many, tried before anything is written: how many go where, and who cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import attrs

from ..errors import Refusal, WrongKind
from ..values import converters
from ..values.instants import instant
from .pipeline import Pipeline
from .transferring import Transferable, against_transfer, is_along, new_names


@attrs.frozen(kw_only=True)
class TransferPlan:
    """
    What a transfer of many would do: how many go from which stage to which, who cannot, and why.

    ``counts`` has a stage, its new name and how many stand there; ``refused`` the id and the
    refusal of each that stays behind; ``already`` says how many go along that pipeline as it is.

    >>> TransferPlan(pipeline="ours", version="2", counts=(), refused=(), already=0).is_complete
    True
    """

    pipeline: str
    version: str
    counts: tuple[tuple[str, str, int], ...]
    refused: tuple[tuple[str, Refusal], ...]
    already: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing stays behind."""
        return not self.refused

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for JSON.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> from salesfunnel.pipeline import FIVE_STAGES
        >>> plan_transfer([], FIVE_STAGES, at=monday).as_data()["stages"]
        []
        """
        return {
            "pipeline": self.pipeline,
            "version": self.version,
            "stages": [{"from": old, "to": new, "count": n} for old, new, n in self.counts],
            "already": self.already,
            "refused": [{"id": whose, **refusal.as_data()} for whose, refusal in self.refused],
        }

    def __str__(self) -> str:
        """Say how many go where, a line each, and then each that cannot."""
        count = sum(number for _, _, number in self.counts)
        go = "goes" if count == 1 else "go"
        lines = [f"{count:,} {go} on along {self.pipeline} {self.version}"]
        lines += [f"  {old} → {new}: {number:,}" for old, new, number in self.counts]
        if self.already:
            lines.append(f"  along it already: {self.already:,}")
        lines += [f"  {whose}: {refusal}" for whose, refusal in self.refused]
        return "\n".join(lines)


def plan_transfer(
    nouns: Iterable[Transferable],
    pipeline: Pipeline,
    *,
    stages: Mapping[str, str] | None = None,
    at: datetime,
) -> TransferPlan:
    """
    Try a transfer of many leads or deals, and write nothing; each is judged as by `transfer`.

    Args:
        nouns: leads, or deals; each is looked at once, and none is kept.
        pipeline: along which they would go on.
        stages: the new name of each stage by the old one; the same name needs no word.
        at: when.

    >>> from datetime import UTC
    >>> from salesfunnel.opportunities import Opportunity
    >>> from salesfunnel.pipeline import HUBSPOT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deals = [Opportunity.open(id=id, at=monday) for id in ("7", "8")]
    >>> deals.append(deals[0].move("propose", at=monday))
    >>> print(plan_transfer(deals, HUBSPOT, stages={"meeting": "qualifiedtobuy"}, at=monday))
    2 go on along hubspot 1
      meeting → qualifiedtobuy: 2
      7: cannot transfer: hubspot has no stage proposal, where it stands or may come back to (...)
    """
    converters.one(Pipeline, pipeline, "pipeline")
    if isinstance(nouns, (str, Mapping)) or not hasattr(nouns, "__iter__"):
        raise WrongKind.of("nouns", nouns, wanted="several leads, or several deals")
    names, moment = new_names(stages), instant(at)
    counts: Counter[tuple[str, str]] = Counter()
    refused: list[tuple[str, Refusal]] = []
    already = 0
    for noun in nouns:
        if is_along(noun, pipeline, names):
            already += 1
        elif objections := against_transfer(noun, pipeline, names, at=moment):
            refused.append((noun.id, Refusal("transfer", noun.stage, objections)))
        else:
            counts[noun.stage, names.get(noun.stage, noun.stage)] += 1
    order = [stage.name for stage in pipeline.stages]
    found = sorted(counts.items(), key=lambda item: (order.index(item[0][1]), item[0][0]))
    return TransferPlan(
        pipeline=pipeline.name,
        version=pipeline.version,
        counts=tuple((old, new, number) for (old, new), number in found),
        refused=tuple(refused),
        already=already,
    )
