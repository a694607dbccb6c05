"""Days, events and strategies that the tests of the timeline share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
from hypothesis import strategies as st

from salesfunnel import Lead, Opportunity
from salesfunnel.history import StageEntered

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + n * DAY for n in range(1, 5))
NEVER = datetime(9999, 12, 31, tzinfo=UTC)

MOMENTS = st.integers(-99, 99).map(lambda n: WEDNESDAY + n * timedelta(hours=7)) | st.sampled_from(
    [MONDAY, TUESDAY, WEDNESDAY]
)
STAGES = st.sampled_from(["meeting", "proposal", "lost"])


def entered(stage: str, at: datetime, *, leaving: str = "") -> StageEntered:
    """Write one line of a stage history."""
    return StageEntered(at=at, from_stage=leaving, to_stage=stage)


@st.composite
def paths(draw: st.DrawFn) -> tuple[StageEntered, ...]:
    """Draw a way through stages that begins somewhere; half of its steps share an instant."""
    at, events = MONDAY, [entered(draw(STAGES), MONDAY)]
    for stage in draw(st.lists(STAGES, max_size=8)):
        at += draw(st.sampled_from([0 * DAY, 0 * DAY, timedelta(microseconds=1), 3 * DAY]))
        events.append(entered(stage, at, leaving=events[-1].to_stage))
    return tuple(events)


@st.composite
def leads(draw: st.DrawFn) -> Lead:
    """Draw a lead that its verbs have led through some of its life."""
    at = MONDAY
    lead = Lead.capture(company="Novin Tejarat", at=at)
    for verb in draw(
        st.lists(st.sampled_from(["log", "nurture", "disqualify", "reopen"]), max_size=6)
    ):
        at += draw(st.sampled_from([0 * DAY, DAY]))
        if verb == "log":
            lead = lead.log("call", inbound=True, at=at)
        elif lead.decide(verb, reason="no_need", at=at):
            lead = lead.move(verb, reason="no_need" if verb == "disqualify" else "", at=at)
    return lead


def a_deal(**details) -> Opportunity:
    """Open an opportunity on Monday."""
    return Opportunity.open(id="7", at=MONDAY, **details)


def without_timeline(entity: object) -> dict[str, object]:
    """List all fields of an entity but its timeline."""
    fields = attrs.asdict(entity, recurse=False)
    return {name: value for name, value in fields.items() if name != "timeline"}


CLOSE_DATES = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))
