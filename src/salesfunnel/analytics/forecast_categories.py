"""The category of a deal in a forecast: its own word, else that of its stage."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ..errors import Problem, Text, WrongKind
from ..opportunities.opportunity import Opportunity
from ..pipeline.pipeline import Pipeline
from ..values.converters import choice
from ..values.text import fold

_NO_CATEGORY = Text(
    "unknown_forecast_category",
    "with a forecast category that is not known, and counted by their stage: {count:,}",
)
_NO_STAGE = Text(
    "category_without_stage", "categories name stages that none of the deals can be in: {stages}"
)


class ForecastCategory(StrEnum):
    """
    How sure a deal is held to be; an open deal is in the pipeline unless it is said otherwise.

    >>> ForecastCategory("best_case").name
    'BEST_CASE'
    """

    OMITTED = "omitted"
    PIPELINE = "pipeline"
    BEST_CASE = "best_case"
    COMMIT = "commit"

    @property
    def said(self) -> str:
        """The word for it within a sentence."""
        return self.value.replace("_", " ")


# Salesforce stores a commitment as a forecast.
_BY_WORD = {"forecast": ForecastCategory.COMMIT} | {
    category.value.replace("_", ""): category for category in ForecastCategory
}


class ForecastCategories:
    """The categories by stage that were asked for, and what of them or of the deals is unknown."""

    by_stage: dict[str, ForecastCategory]
    unmet: dict[str, None]
    unknown: int
    is_empty: bool

    def __init__(self, categories: Mapping[str, ForecastCategory | str] | None) -> None:
        """Let in categories by the name of a stage, or none."""
        asked: object = categories
        if asked is not None and not isinstance(asked, Mapping):
            raise WrongKind.of("categories", asked, wanted="a category by the name of a stage")
        self.by_stage = {
            stage: choice(ForecastCategory, word, "categories")
            for stage, word in (categories or {}).items()
        }
        self.unmet = dict.fromkeys(self.by_stage)
        self.unknown, self.is_empty = 0, True

    def know(self, pipeline: Pipeline) -> None:
        """Take in a pipeline through which a deal goes."""
        self.is_empty = False
        for stage in [name for name in self.unmet if pipeline.find_stage(name)]:
            del self.unmet[stage]

    def of(self, deal: Opportunity) -> ForecastCategory:
        """Give the category of an open deal, in whichever letters its own word is written."""
        own = deal.details.get("forecast_category")
        if own is not None:
            found = _BY_WORD.get(fold(str(own)).replace(" ", ""))
            if found is not None:
                return found
            self.unknown += 1
        return self.by_stage.get(deal.stage, ForecastCategory.PIPELINE)

    def problems(self) -> tuple[Problem, ...]:
        """Say how many words were not known, and which stages were named in vain."""
        found = []
        if self.unknown:
            found.append(_NO_CATEGORY.problem(is_error=False, count=self.unknown))
        if self.unmet and not self.is_empty:
            found.append(_NO_STAGE.problem(is_error=False, stages=", ".join(self.unmet)))
        return tuple(found)
