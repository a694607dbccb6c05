"""Documents of strangers and of broken programs: one error, with the place of each problem."""

from __future__ import annotations

import functools
import json
from datetime import UTC, datetime
from decimal import Decimal

import attrs
import pytest

from salesfunnel.accounts import Account
from salesfunnel.errors import InvalidDocument, InvalidValue, WrongKind
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import (
    LEAD_PIPELINE,
    OPPORTUNITY_PIPELINE,
    Move,
    Pipeline,
    Stage,
    pipeline_from_json,
    transfer,
)
from salesfunnel.qualification import BANT, Criterion
from salesfunnel.storage import (
    create_table,
    definitions,
    from_data,
    from_json,
    news,
    to_data,
    to_json,
    unsaved,
)
from salesfunnel.storage.changed_pipelines import changed
from salesfunnel.storage.references import Reference

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEAD = Lead.capture(id="L7", company="Novin Tejarat", at=MONDAY).log("call", at=MONDAY)
DEAL = Opportunity.open(id="O8", at=MONDAY).move("propose", at=MONDAY)
NEWER = "was written by a newer salesfunnel, in version 2; upgrade, or let it write version 1"
HALL = "enters hall, which opportunity 1 does not have; it has meeting, proposal, negotiation, won"
OURS = Pipeline(
    "ours",
    version="3",
    stages=[Stage("visit"), Stage("won", kind="won"), Stage("lost", kind="lost")],
    moves=[Move("win", "visit", "won"), Move("lose", "visit", "lost")],
)


def problems(document, **given):
    """List the problems of a document that is refused, be it data or a text."""
    read = from_json if isinstance(document, str | bytes) else from_data
    with pytest.raises(InvalidDocument) as refused:
        read(document, **given)
    return [str(problem) for problem in refused.value.problems]


def lead(**head):
    """Give the data of the lead with another head."""
    return {**to_data(LEAD), **head}


def deal(*events):
    """Give the data of the deal with further events."""
    data = to_data(DEAL)
    data["events"] += events
    return data


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "$: is not JSON (line 1, column 1)"),
        (to_json(LEAD)[:-9], "$: is not JSON"),
        ('{"format": "vcard", "version": 4}', "$.format: is not a format of salesfunnel"),
        ("[]", "$: must be an object"),
        ("[" * 10_000 + "]" * 10_000, "$: is nested more than 48 deep"),
        ('{"format": "salesfunnel.lead", "format": 1}', "$: a key occurs twice"),
        ('{"events": [NaN]}', "$.events[0]: NaN and Infinity are not numbers"),
        ('{"events": [1e999999]}', "$.events[0]: a number has at most 24 digits before"),
        ('{"events": [' + "9" * 5_000 + "]}", "$.events[0]: a number is too large"),
        (b"\xff\xfe", "$: is not UTF-8"),
        (" " * 5_000_001, "$: is longer than 5000000 characters"),
    ],
)
def test_a_text_that_is_no_document_of_ours(text, problem):
    """Another program's, cut off, or made to exhaust the reader."""
    (said,) = problems(text)

    assert said.startswith(problem)


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        (0, "$.version: must be a whole number from 1 on"),
        ("1", "$.version: must be a whole number from 1 on"),
        (True, "$.version: must be a whole number from 1 on"),
        (2, f"$.version: {NEWER}"),
        (10**5000, f"$.version: {NEWER.replace('version 2', 'version above 999999')}"),
    ],
    ids=["0", "text", "yes", "2", "huge"],
)
def test_a_version_that_cannot_be_read(version, problem):
    """What a newer release has written says so."""
    assert problems(lead(version=version)) == [problem]


def test_an_event_of_a_lead_in_a_deal():
    """The error names the events that a deal can have."""
    (said,) = problems(deal(to_data(LEAD)["events"][0]))

    assert said.startswith(
        "$.events[2].event: is not an event of: opportunity; opportunity.opened,"
    )


def test_two_beginnings():
    """Each but the first is named."""
    data = deal(to_data(DEAL)["events"][0])

    assert problems(data) == ["$.events[2].event: begins it a second time; leave one of them out"]


def test_no_beginning():
    """Events without the one that begins them tell no story."""
    assert problems(lead(events=[])) == ["$.events: does not begin with LeadCaptured"]
    assert problems(lead(events={})) == ["$.events: must be a list"]


def test_a_stage_that_the_pipeline_lacks_is_named_with_its_event():
    """Wherever the events stand in the list."""
    moved = {**to_data(DEAL)["events"][1], "from_stage": "proposal", "to_stage": "hall"}

    assert problems(deal(moved)) == [f"$.events[2]: {HALL}, lost"]
    data = deal({**moved, "at": "2026-03-05T09:00:00+00:00"})
    data["events"].insert(0, data["events"].pop())
    assert problems(data)[0].startswith("$.events[0]: enters hall")
    begun = deal()
    begun["events"][0]["to_stage"] = "hall"
    (said,) = problems(begun)
    assert said.startswith("$.events[0]: begins in hall, which opportunity 1 does not have; it has")


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (5, "$.events[2]: must be an object"),
        ({}, '$.events[2]: does not say which event it is; a key "event"'),
        ({"event": ["x"]}, '$.events[2]: does not say which event it is; a key "event"'),
        ({"event": "deal.frozen"}, "$.events[2].event: is not an event that this version knows"),
        ({"event": "amount.revise"}, "$.events[2].event: is not an event that this version knows"),
    ],
)
def test_an_event_that_is_not_known(event, problem):
    """A newer release may have written it, or a slip of the pen."""
    (said,) = problems(deal(event))

    assert said.startswith(problem)
    alone = {"format": "salesfunnel.event", "version": 1, "event": event}
    assert problems(alone)[0].startswith(problem.replace("$.events[2]", "$.event"))


def test_a_pipeline_that_is_not_known():
    """The error says which are known, and never takes one by its name alone."""
    stored = to_data(Opportunity.open(id="7", pipeline=OURS, at=MONDAY))

    assert problems(stored)[0].startswith("$.events[0].pipeline: refers to a pipeline that is not")
    assert from_data(stored, pipelines=[OURS]).pipeline == OURS
    assert from_data(stored, pipelines={OURS.fingerprint: OURS}.get).pipeline == OURS
    relabelled = attrs.evolve(OURS, name="unsere")
    assert from_data(stored, pipelines=[relabelled]).pipeline == OURS
    for wrong in (OURS, "ours", ["ours"], 5):
        with pytest.raises(WrongKind, match=r"allowed: (several )?pipelines"):
            from_data(stored, pipelines=wrong)


def test_a_pipeline_that_has_changed():
    """Another definition under the old name is not taken for the old one."""
    stored = to_data(Opportunity.open(id="7", pipeline=OURS, at=MONDAY))
    other = attrs.evolve(OURS, moves=[*OURS.moves, Move("win late", "visit", "won")])

    (said,) = problems(stored, pipelines=[other])

    assert said == (
        f"$.events[0].pipeline: refers to ours 3 with the fingerprint {OURS.fingerprint}; it has "
        f"{other.fingerprint} now, although the stages that the events name are still there: a "
        "move, a guard, a limit or another stage differs; give the new one another version, keep "
        "the old one in pipelines=, then transfer"
    )
    stored["events"][0]["pipeline"]["fingerprint"] = "Sara Ahmadi"
    assert "Sara" not in problems(stored, pipelines=[other])[0]


def test_the_stage_that_a_changed_pipeline_lacks_is_named():
    """Whoever renamed a stage and forgot the version is told which one."""
    other = attrs.evolve(
        OURS,
        stages=[Stage("meeting"), *OURS.stages[1:]],
        moves=[Move("win", "meeting", "won"), Move("lose", "meeting", "lost")],
    )
    newer = attrs.evolve(other, version="4")
    deal = Opportunity.open(id="7", pipeline=OURS, at=MONDAY)
    moved = transfer(deal, newer, stages={"visit": "meeting"}, at=MONDAY).win(at=MONDAY)

    for stored in (to_data(deal), to_data(deal.timeline[0]), to_data(moved)):
        (said,) = problems(stored, pipelines=[other, newer])
        assert f"it has {other.fingerprint} now, and no stage visit; give the new one" in said
    back = attrs.evolve(OURS, version="4")
    (said,) = problems(to_data(moved), pipelines=[OURS, back])
    assert said.startswith("$.events[1].pipeline: refers to ours 4")
    assert "and no stage meeting; " in said


@pytest.mark.parametrize("events", [5, [5], [{"pipeline": 5}], [{"event": "x", "stages": 5}]])
def test_what_is_no_event_names_no_stage(events):
    """The stages are looked for in what a stranger has sent."""
    meant = Reference("lead", "1", "0")
    document = {"events": [*events, {"pipeline": {"fingerprint": "0"}}] if events != 5 else 5}

    [problem] = changed(LEAD_PIPELINE, meant, document).problems

    assert problem.code == "changed_pipeline"


def test_definitions_inside_a_document_are_found():
    """An export can be read without a table of pipelines."""
    noun = Opportunity.open(id="7", pipeline=OURS, at=MONDAY)
    data = to_data(noun, with_definitions=True)

    assert from_data(data) == noun
    assert from_json(to_json(noun.timeline[0], with_definitions=True)) == noun.timeline[0]
    assert problems({**data, "definitions": {}}) == ["$.definitions: must be a list"]
    del data["definitions"][0]["stages"][0]["name"]
    assert problems(data) == ["$.definitions[0].stages[0]: name is missing"]


def test_functions_of_guards_are_given_by_name():
    """No document holds code."""

    def signed(deal, at):
        return deal.name == str(at)

    noun = attrs.evolve(OURS, moves=[Move("win", "visit", "won", guards=signed), OURS.moves[1]])

    assert problems(to_data(noun))[0].startswith("$.moves[0].guards[0]: names guard signed")
    assert from_data(to_data(noun), guards=signed) == noun


@attrs.frozen(kw_only=True)
class Tender(Opportunity):
    """A deal with a field of its own."""

    lot: str = ""


class Renamed(Lead):
    """A lead under another name, with nothing of its own."""


def test_a_subclass_with_fields_of_its_own_is_refused():
    """Its field would be lost without a word; a mere name loses nothing."""
    tender = Tender.open(id="7", at=MONDAY)

    with pytest.raises(InvalidDocument, match="is a Tender with fields of its own"):
        to_data(tender)
    renamed = Renamed.capture(company="Novin", at=MONDAY)
    assert from_data(to_data(renamed), kind=Renamed) == renamed


def test_what_cannot_be_stored_is_refused_with_its_place():
    """A policy with a function in it works, and is no data."""
    card = BANT.with_criterion(Criterion("half", lambda lead, at: lead.id == str(at), weight=1))

    with pytest.raises(InvalidDocument, match=r"policy: \$\.criteria\[4\]\.rule: asks a function"):
        to_data(card)
    assessment = card.assess({"answers": {"need": object()}, "id": "7"}, at=MONDAY)
    with pytest.raises(InvalidDocument, match=r"assessment: \$\.evidence\..*: is a object, which"):
        to_data(attrs.evolve(assessment, evidence={"answers.need": object()}))


def test_at_most_twenty_problems_and_no_value():
    """A broken document does not fill the log, and tells nobody's name."""
    data = deal(*[{"event": "amount.revised", "Sara Ahmadi": "Sara Ahmadi"}] * 90)

    said = problems(data)

    assert len(said) == 20
    assert "Sara" not in " ".join(said)


@pytest.mark.parametrize(
    "value",
    [10**5000, Decimal("1E+999999999"), Decimal("NaN"), "a\0b", "\ud800", "x" * 5_000_000, 0.5],
    ids=["digits", "exponent", "nan", "nul", "surrogate", "long", "float"],
)
def test_answers_have_gates(value):
    """What cannot be stored cannot be said."""
    with pytest.raises(InvalidValue, match="answer"):
        LEAD.answer("need", value, at=MONDAY)
    with pytest.raises(InvalidValue, match="details"):
        LEAD.amend(details={"fact": value}, at=MONDAY)


def test_written_is_readable():
    """`to_json` refuses what `from_json` would."""
    call = LEAD.timeline[1]
    long = Lead.replay([LEAD.timeline[0], *[attrs.evolve(call, note="x" * 90_000)] * 60])

    assert from_data(to_data(long)) == long
    with pytest.raises(InvalidDocument, match=r"lead: \$: is longer than 5000000 characters"):
        to_json(long)
    assert json.loads(to_json(LEAD, indent=1)) == to_data(LEAD)


def test_a_preset_is_found_without_being_given():
    """Every released pipeline is known for ever."""
    assert from_data(to_data(DEAL)).pipeline is OPPORTUNITY_PIPELINE


def test_events_that_make_an_impossible_noun():
    """An account without a name cannot be, whichever event takes it away."""
    account = to_data(Account.open(id="7", name="Novin", at=MONDAY).amend(name="N", at=MONDAY))
    account["events"][1]["amended"]["name"] = ""

    assert problems(account) == ["$.events: name is blank; the name of a company or of a person"]


def test_digits_of_other_scripts_are_no_numbers_of_a_document():
    """People write them; programs that read the same document may not."""
    data = deal()
    data["events"][0] |= {"amount": {"money": "۹۰۰", "currency": "EUR"}}

    assert problems(data) == ["$.events[0].amount: must be written in the digits 0 to 9"]
    data["events"][0] |= {"amount": None, "probability": {"value": "۰", "origin": "hand"}}
    assert problems(data) == ["$.events[0].probability.value: must be written in the digits 0 to 9"]


def test_labels_are_those_of_the_document_then_the_last_given():
    """They do not enter the fingerprint, so that a deal is equal again by its own definition."""
    visit, *rest = OURS.stages
    german = attrs.evolve(OURS, stages=[attrs.evolve(visit, label="Besuch"), *rest])
    deal = Opportunity.open(id="7", pipeline=german, at=MONDAY)
    assert german.fingerprint == OURS.fingerprint

    for pipelines in ([OURS], [german, OURS], lambda _: OURS):
        whole = to_json(deal, with_definitions=True)
        assert from_json(whole, pipelines=pipelines).pipeline == german
    assert from_data(to_data(deal), pipelines=[german, OURS]).pipeline == OURS
    assert from_data(to_data(deal), pipelines=[OURS, german]) == deal


@pytest.mark.parametrize("found", [5, "ours", [], OURS.name, Pipeline])
def test_a_finder_that_finds_something_else_is_told(found):
    """The place is that of the pipeline in the document."""
    stored = to_data(Opportunity.open(id="7", pipeline=OURS, at=MONDAY))

    with pytest.raises(InvalidDocument) as caught:
        from_data(stored, pipelines=lambda _: found)

    [problem] = caught.value.problems
    assert (problem.where, problem.code) == ("$.events[0].pipeline", "finder_without_pipeline")


def test_a_finder_that_finds_another_pipeline_is_told():
    """No deal is read under another pipeline than its own."""
    stored = to_data(Opportunity.open(id="7", pipeline=OURS, at=MONDAY))

    with pytest.raises(
        InvalidDocument, match="it has 6fb8c069c8b50249 now, and no stage visit"
    ) as caught:
        from_data(stored, pipelines=lambda _: OPPORTUNITY_PIPELINE)

    assert caught.value.problems[0].where == "$.events[0].pipeline"


def test_a_finder_that_cannot_read_its_pipeline_has_one_place():
    """The place in the definition stands behind that of the pipeline in the document."""
    stored = to_data(Opportunity.open(id="7", pipeline=OURS, at=MONDAY).timeline[0])
    places = {
        "[": "$.event.pipeline",
        '{"format": "salesfunnel.pipeline", "version": 9}': "$.event.pipeline.version",
    }

    for text, place in places.items():
        with pytest.raises(InvalidDocument) as caught:
            from_data(stored, pipelines=lambda _, text=text: pipeline_from_json(text))
        assert caught.value.problems[0].where == place


@pytest.mark.parametrize("noun", [5, None, "lead", Lead, [LEAD], BANT])
def test_what_has_no_events_refers_to_no_pipelines(noun):
    """Only a lead, a deal or an account goes along pipelines."""
    with pytest.raises(WrongKind, match=r"noun is of the wrong kind.*a lead, an opportunity or an"):
        definitions(noun)


@pytest.mark.parametrize("name", [5, None, [], {}, "leads"])
def test_a_table_that_is_none_is_refused(name):
    """Neither a table nor a database has that name."""
    with pytest.raises(InvalidValue, match="table is not one that is known"):
        create_table(name)
    with pytest.raises(InvalidValue, match="dialect is not one that is known"):
        create_table("lead", dialect=name)


def in_one_place(depth, inner):
    """Nest a list into lists."""
    for _ in range(depth):
        inner = [inner]
    return inner


ENDLESS = []
ENDLESS.append(ENDLESS)
DOUBLED = functools.reduce(lambda inner, _: [inner, inner], range(40), [])


@pytest.mark.parametrize(
    ("extent", "refused"),
    [
        ([0] * 199_996, ""),
        ([0] * 199_998, "document_too_wide"),
        ([[]] * 99_998, ""),
        ([{}] * 100_001, "document_too_wide"),
        (in_one_place(46, []), ""),
        (in_one_place(48, []), "document_too_deep"),
        (ENDLESS, "document_too_deep"),
        (DOUBLED, "document_too_wide"),
    ],
)
def test_plain_data_have_the_limits_of_json(extent, refused):
    """Both are refused for the same, and quickly, also if they hold themselves."""
    data = {"format": "salesfunnel.lead", "version": 1, "events": extent}
    readers = [from_data]
    if extent is not ENDLESS and extent is not DOUBLED:
        readers.append(lambda data: from_json(json.dumps(data)))

    for read in readers:
        with pytest.raises(InvalidDocument) as caught:
            read(data)
        told = {problem.code for problem in caught.value.problems}
        assert told & {"document_too_wide", "document_too_deep"} == {refused} - {""}


@pytest.mark.parametrize("kind", [5, "Lead", [Lead], Lead.capture(id="7", at=MONDAY)])
def test_only_a_class_is_a_kind(kind):
    """For data and JSON alike."""
    data = to_data(Lead.capture(id="7", at=MONDAY))

    for read, given in ((from_data, data), (from_json, json.dumps(data))):
        with pytest.raises(WrongKind, match="kind is of the wrong kind"):
            read(given, kind=kind)


def test_only_a_noun_has_news():
    """The noun and what was found are each named."""
    lead = Lead.capture(id="7", at=MONDAY)

    for wrong in (5, None, Lead, "7"):
        with pytest.raises(WrongKind, match="noun is of the wrong kind"):
            news(0, wrong)
        with pytest.raises(WrongKind, match="noun is of the wrong kind"):
            unsaved(0, wrong, [])
    for wrong in (5, None, "7", to_data(lead), list):
        with pytest.raises(WrongKind, match="found is of the wrong kind"):
            unsaved(0, lead, wrong)
