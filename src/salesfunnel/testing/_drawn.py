"""What the walks draw: names, notes, answers, days …, each strategy made once."""

from __future__ import annotations

from datetime import timedelta

import attrs
from hypothesis import strategies as st

from ..activities.consents import LegalBasis
from ..pipeline.move import Destination, Move
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets.code_lists import CONTACT_ROLES, DISQUALIFICATION_REASONS, LOSS_REASONS
from ..pipeline.presets.standard import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from ..values.lines import Line
from ..values.money import Money
from ..values.source import Source
from . import strategies

lines = st.just("") | st.sampled_from(strategies.NASTY_NAMES)
names, notes, people, companies = (
    strategies.names(),
    strategies.notes(),
    strategies.people(),
    strategies.companies(),
)
moneys, days, instants, answers = (
    strategies.moneys(),
    strategies.days(),
    strategies.instants(),
    strategies.answers(),
)
maybe_people, maybe_companies = st.none() | people, st.none() | companies
offers = st.lists(
    st.builds(
        Line,
        st.sampled_from(["pump", "پمپ"]),
        strategies.moneys(currency="EUR").map(Money.rounded),
        quantity=st.integers(0, 9),
        discount=st.sampled_from(["0", "0.1", "1"]),
    ),
    max_size=2,
)
maybe_moneys, maybe_days = st.none() | moneys, st.none() | days
crowd, points = st.lists(people, max_size=2), st.lists(strategies.contact_points(), max_size=2)
ids = st.lists(names, max_size=2)
details = st.dictionaries(names, notes, max_size=2)
questions = st.sampled_from(["need", "budget", "timing", "authority", "purchase_process"]).map(str)
answers_by_question = st.dictionaries(questions, answers, max_size=3)
gaps = st.timedeltas(timedelta(), timedelta(days=40))
sources, roles = st.sampled_from(Source), st.sampled_from([*CONTACT_ROLES])
lead_roles = st.sampled_from(["", "adviser", "user"])
rejections, reasons = (
    st.sampled_from([*codes]) for codes in (DISQUALIFICATION_REASONS, LOSS_REASONS)
)
why = strategies.notes().filter(bool)
also = st.lists(reasons, max_size=1)
competitors = st.sampled_from(["", "Faradis", ("Faradis", "سارا")])
maybe_booleans = st.none() | st.booleans()
kinds = st.sampled_from(["call", "email", "sms", "meeting", "visit", "فکس"])
activity_ids = st.sampled_from(["", "", "", "m1", "m2", "پیام ۳"])
further_plans = st.sampled_from(["keep", "keep", "move", "drop", "do"])
second_thoughts = st.sampled_from(["keep", "keep", "correct", "withdraw"])
outcomes, campaigns = st.sampled_from(["", "no_answer"]), st.sampled_from(["", "", "spring"])
owners = st.sampled_from(["", "Ani", "Reza", "سارا"])
channels, purposes = st.sampled_from(["email", "sms"]), st.sampled_from(["marketing", "service"])
bases = st.sampled_from(LegalBasis)
tokens = st.sampled_from(["", "request 7"])
hand_off_answers = st.sampled_from(["accept", "decline", "withdraw", "wait"])
win_reasons = st.sampled_from(["", "price", "quality"])
facts = st.dictionaries(st.sampled_from(["number", "sum"]), st.integers(0, 9) | moneys, max_size=2)
merges = st.sampled_from(["fill", "add", "replace", "keep"])
versions = st.sampled_from(["1", "2"])
chances, booleans = st.sampled_from(["0", "0.1", "0.9", "1"]), st.booleans()


def _reminding(pipeline: Pipeline) -> Pipeline:
    """Add a move to a pipeline that leaves the stage as it is."""
    here = [stage.name for stage in pipeline.stages if stage.is_open]
    remind = Move("remind", here, Destination.STAYS)
    return attrs.evolve(pipeline, name="with reminders", moves=(*pipeline.moves, remind))


lead_pipelines = st.sampled_from([LEAD_PIPELINE, _reminding(LEAD_PIPELINE)])
deal_pipelines = st.sampled_from([OPPORTUNITY_PIPELINE, _reminding(OPPORTUNITY_PIPELINE)])
