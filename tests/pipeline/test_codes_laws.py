"""Codes with labels: the reasons of a stage bind the verb, the board and the row alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import testing
from salesfunnel.activities import correct, plan_step
from salesfunnel.analytics import report
from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import GuardFailed, InvalidDefinition, MoveRefused
from salesfunnel.history import as_of
from salesfunnel.leads import Lead, handoff
from salesfunnel.opportunities import Involvement, Opportunity, closing, coverage
from salesfunnel.pipeline import (
    CONTACT_ROLES,
    DISQUALIFICATION_REASONS,
    LEAD_PIPELINE,
    LOSS_REASONS,
    OPPORTUNITY_PIPELINE,
    Destination,
    Guard,
    Move,
    Pipeline,
    Stage,
    html_table,
    outline,
    pipeline_from_json,
    pipeline_to_json,
)
from salesfunnel.pipeline.codes import MOST_CODES, label_of
from salesfunnel.pipeline.diagram import reasons_of
from salesfunnel.qualification import BANT
from salesfunnel.values import Person

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
STOCK = {"stock": "در انبار نیست", "price": "گران بود", "other": "دلیل دیگر"}


def shop(reasons=STOCK, note_for="other"):
    """Make a pipeline with reasons of its own."""
    return Pipeline(
        "shop",
        stages=[
            Stage("offer"),
            Stage("won", kind="won", reasons={"quality": "Quality"}),
            Stage("lost", kind="lost", reasons=reasons, note_for=note_for),
        ],
        moves=[
            Move("win", "offer", "won"),
            Move("lose", "offer", "lost"),
            Move("reopen", ["won", "lost"], Destination.LAST_OPEN, reopening=True),
        ],
    )


def said_by(verb):
    """Return what a verb answers: where it leads, or the refusal."""
    try:
        return verb()
    except MoveRefused as refused:
        return refused.refusal


WORDS = st.sampled_from(["", " ", "price", "stock", "other", "prize", "Price", "dozd", "در انبار"])
NOTES = st.sampled_from(["", " ", "they said so"])


@given(reason=WORDS, also=st.lists(WORDS.filter(str.strip), max_size=2), note=NOTES)
def test_no_path_to_a_reason_stage_without_one(reason, also, note):
    """Law 33: asked, moved, dropped on a board, driven as a row: one answer, with one reason."""
    pipeline = shop()
    deal = Opportunity.open(id="7", pipeline=pipeline, at=MONDAY)
    row = SimpleNamespace(stage="offer")
    bare = SimpleNamespace()
    machine = pipeline.machine()
    machine.add_model(bare, initial="offer")
    given_with = {"reason": reason, "also": also, "note": note}
    asked = deal.decide("lose", **given_with, at=MONDAY)
    answers = [
        said_by(lambda: deal.lose(at=MONDAY, **given_with).stage),
        said_by(lambda: deal.move("lose", at=MONDAY, **given_with).stage),
        said_by(lambda: deal.move(to="lost", at=MONDAY, **given_with).stage),
        said_by(lambda: pipeline.drive(row, "lose", at=MONDAY, **given_with).to_stage),
    ]
    codes = [reason, *also]

    allowed = all(code in STOCK for code in codes) and ("other" not in codes or bool(note.strip()))
    assert bool(asked) is allowed
    assert answers == (["lost"] if allowed else [asked]) * 4
    assert bare.trigger("lose", at=MONDAY, **given_with) is allowed
    assert row.stage == bare.stage == ("lost" if allowed else "offer")


@given(note=NOTES)
def test_other_wants_a_note(note):
    """Law 37: what says nothing is told in words, on a deal and on a lead."""
    deal = Opportunity.open(id="7", at=MONDAY)
    lead = Lead.capture(id="7", at=MONDAY)

    for verdict in (
        deal.decide("lose", reason="other", note=note, at=MONDAY),
        lead.decide("disqualify", reason="other", note=note, at=MONDAY),
    ):
        assert bool(verdict) is bool(note.strip())
    if not note.strip():
        said = r"^cannot lose: the reason other wants a note \(give it, as in lose, note=…\)"
        with pytest.raises(MoveRefused, match=said):
            deal.lose("other", note=note, at=MONDAY)
        with pytest.raises(MoveRefused, match="wants a note"):
            lead.disqualify("other", note=note, at=MONDAY)


def test_a_card_dragged_to_lost_is_asked_for_the_reason_first():
    """Story 18: the board knows what to ask, refuses as the verb does, and takes our own words."""
    deal = Opportunity.open(id="7", pipeline=shop(), at=MONDAY)
    [column] = [way for way in deal.ways(at=MONDAY) if way.destination.name == "lost"]

    assert column.needs == ("reason",)
    assert column.as_data()["reasons"] == STOCK
    assert column.as_data()["note_for"] == ["other"]
    dragged = said_by(lambda: deal.move(to="lost", at=MONDAY))
    assert dragged == said_by(lambda: deal.lose("", at=MONDAY))
    assert str(dragged) == (
        "cannot lose: a reason is needed (give it, as in lose, reason=…; one of: "
        "stock, price, other)"
    )
    lost = deal.move(to="lost", reason="stock", at=MONDAY)
    assert lost.loss.reason == "stock"
    assert label_of(lost.pipeline.stage("lost").reasons, lost.loss.reason) == "در انبار نیست"


def test_people_read_labels_and_programs_read_codes():
    """An outline, a table, a report and the plan of a conversion say it in our words."""
    pipeline = attrs.evolve(shop(), roles={"builder": "سازنده", "user": "User"})
    deal = Opportunity.open(id="7", pipeline=pipeline, at=MONDAY)
    lead = Lead.capture(person="Sara", stage="qualified", at=MONDAY)
    many = Stage("lost", kind="lost", reasons={f"code_{n}": "" for n in range(20)})

    assert outline(pipeline).splitlines()[-1] == "    reasons: در انبار نیست, گران بود, دلیل دیگر"
    assert '<small dir="auto">در انبار نیست, گران بود' in html_table(pipeline)
    assert reasons_of(many).endswith("code 11, …")
    assert "lost for: در انبار نیست 1" in str(report([deal.lose("stock", at=MONDAY)], at=MONDAY))
    assert (
        report([deal.lose("stock", at=MONDAY)], at=MONDAY).as_data()["lost_for"]["stock"]["count"]
        == 1
    )
    plan = str(plan_conversion(lead, opportunity=deal, role="builder"))
    assert "opportunity.contacts: Sara, سازنده" in plan
    assert "Sara, user" in str(plan_conversion(lead, opportunity=deal, role="user"))


def test_a_refusal_lists_the_codes_and_what_was_meant():
    """A misspelt reason is never taken for one of the list."""
    refusal = Opportunity.open(id="7", at=MONDAY).decide("lose", reason="prise", at=MONDAY)

    assert refusal.objections[0].message == "the reason is not one of lost (did you mean price?)"
    assert refusal.objections[0].remedy == "one of: " + ", ".join(LOSS_REASONS)


@given(deal=testing.opportunities(), lead=testing.leads())
def test_replay_never_depends_on_a_list(deal, lead):
    """Law: events look at the shape of a code only, so a list that changes rewrites no history."""
    for noun in (deal, lead):
        events = [
            attrs.evolve(event, pipeline=without_lists(event.pipeline))
            if hasattr(event, "pipeline")
            else event
            for event in noun.timeline
        ]
        again = type(noun).replay(events)
        assert (again.stage, again.version) == (noun.stage, noun.version)
        assert as_of(again, at=noun.timeline[-1].at) == again


def without_lists(pipeline):
    """Return a pipeline in which each list has one code that nobody used."""
    stages = [
        attrs.evolve(stage, reasons={"never": "Never"}, note_for=()) for stage in pipeline.stages
    ]
    return attrs.evolve(pipeline, stages=stages, roles={"never": "Never"})


def test_a_win_needs_no_reason_but_one_of_the_list():
    """A list of reasons to win is a list as well."""
    deal = Opportunity.open(id="7", pipeline=shop(), at=MONDAY)

    assert deal.win(at=MONDAY).stage == "won"
    assert deal.win("quality", at=MONDAY).closing.reason == "quality"
    assert deal.decide("win", reason="luck", at=MONDAY).code == "unknown_code"


def test_an_empty_list_lets_every_code_in():
    """A stage of one's own may have none; then a reason is needed, and any will do."""
    deal = Opportunity.open(id="7", pipeline=shop(reasons={}, note_for=()), at=MONDAY)

    assert deal.lose("the weather", at=MONDAY).loss.reason == "the weather"
    assert deal.decide("lose", at=MONDAY).code == "reason_required"


def test_what_is_no_code_is_not_among_them():
    """A board may send anything."""
    pipeline = shop()

    for odd in (7, ["price"], {"price": 1}, object()):
        verdict = pipeline.decide("offer", "lose", {}, reason=odd, also=odd, at=MONDAY)
        assert verdict.code == "unknown_code"


def test_the_lists_of_our_pipelines_are_ours():
    """They stand in the JSON of the pipeline, and come back from there."""
    lost, gone = OPPORTUNITY_PIPELINE.stage("lost"), LEAD_PIPELINE.stage("disqualified")
    again = pipeline_from_json(pipeline_to_json(shop()))

    assert (lost.reasons, gone.reasons) == (LOSS_REASONS, DISQUALIFICATION_REASONS)
    assert OPPORTUNITY_PIPELINE.roles == LEAD_PIPELINE.roles == CONTACT_ROLES
    assert again == shop()
    assert again.stage("lost").reasons == STOCK


def gated():
    """Make a pipeline with a stage that asks for people."""
    return Pipeline(
        "gated",
        stages=[
            Stage("demo"),
            Stage("offer", roles=["decision_maker", "user"]),
            Stage("won", kind="won"),
        ],
        moves=[
            Move("propose", "demo", "offer"),
            Move("win", "offer", "won"),
            Move("reopen", "won", Destination.LAST_OPEN, reopening=True),
        ],
    )


@given(roles=st.lists(st.sampled_from([*CONTACT_ROLES]), max_size=4))
def test_coverage_agrees_with_the_gate(roles):
    """Law 25: a stage asks for a contact in each of its roles, whichever way leads in."""
    pipeline = gated()
    contacts = [Involvement(Person(f"P{n}"), role) for n, role in enumerate(roles)]
    deal = Opportunity.open(id="7", pipeline=pipeline, contacts=contacts, at=MONDAY)
    row = SimpleNamespace(stage="demo", roles=roles)
    covered = coverage(deal)
    missing = [role for role in pipeline.stage("offer").roles if not covered[role]]

    refusal = deal.decide("propose", at=MONDAY)
    told = [] if refusal else [o.params["role"] for o in refusal.objections]
    opened = said_by(
        lambda: Opportunity.open(
            id="8", pipeline=pipeline, contacts=contacts, stage="offer", at=MONDAY
        )
    )
    driven = said_by(lambda: pipeline.drive(row, "propose", at=MONDAY))

    assert told == [role.replace("_", " ") for role in missing]
    assert deal.roles == {role for role, people in covered.items() if people} == set(roles)
    assert [person for people in covered.values() for person in people] == sorted(
        (contact.person for contact in contacts),
        key=lambda person: [*covered].index(roles[int(person.name[1:])]),
    )
    assert bool(refusal) is bool(opened) is bool(driven) is (not missing)
    if missing:
        assert opened.objections == refusal.objections == driven.objections
        assert {o.code for o in refusal.objections} == {"missing_role"}


def test_a_row_that_does_not_tell_its_roles_is_asked_for_them():
    """Roles that are not known are missing; a lead has at most the role of its person."""
    pipeline = gated()
    lead = Lead.capture(person="Sara", role="user", pipeline=pipeline, at=MONDAY)

    assert str(pipeline.decide("demo", "propose", {}, at=MONDAY)) == (
        "cannot propose: no decision maker is known (involve one); no user is known (involve one)"
    )
    assert [str(o) for o in lead.decide("propose", at=MONDAY).objections] == [
        "no decision maker is known"
    ]
    assert Lead.capture(id="7", at=MONDAY).roles == frozenset()
    assert Guard("x", lambda _d, _a: False, code="missing_role").objection({}, at=MONDAY)


def test_a_function_that_says_nothing_is_broken_whatever_its_code():
    """Only a rule may leave it open whether a role is there."""
    with pytest.raises(GuardFailed):
        Guard("x", lambda _d, _a: None, code="missing_role").objection({}, at=MONDAY)


def test_what_leads_into_no_stage_has_lists_as_well():
    """An offer is declined, and a deal put to rest, for a reason of the pipeline."""
    lead = Lead.capture(id="7", at=MONDAY)
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=MONDAY)
    offered = handoff.offer(lead, BANT, at=MONDAY)
    waits = attrs.evolve(OPPORTUNITY_PIPELINE, reasons={"hold": {"budget": "Waits for budget"}})
    deal = Opportunity.open(id="7", pipeline=waits, at=MONDAY)

    with pytest.raises(MoveRefused, match=r"reasons to decline of lead \(did you mean poor_fit"):
        handoff.decline(offered, "poor_fitt", at=MONDAY)
    with pytest.raises(MoveRefused, match=r"^cannot hold: the reason is not one of the reasons to"):
        closing.hold(deal, reason="mood", at=MONDAY)
    assert closing.hold(deal, reason="budget", at=MONDAY).timeline[-1].reason == "budget"
    assert closing.hold(deal, at=MONDAY).rest.since == MONDAY
    free = Opportunity.open(id="7", at=MONDAY)
    assert closing.hold(free, reason="mood", at=MONDAY).timeline[-1].reason == "mood"


def test_kinds_of_activity_may_be_a_list():
    """Ours are left open: what happened, happened. A list of one's own is kept to."""
    listed = attrs.evolve(LEAD_PIPELINE, activity_kinds={"call": "تماس"})
    lead = Lead.capture(id="7", pipeline=listed, at=MONDAY).log("call", id="c", at=MONDAY)

    for verb in (
        lambda: lead.log("cal", at=MONDAY),
        lambda: plan_step(lead, "cal", due=MONDAY, at=MONDAY),
        lambda: correct(lead, "c", kind="cal", at=MONDAY),
    ):
        with pytest.raises(MoveRefused, match=r"the kind is not one of .* \(did you mean call\?\)"):
            verb()
    assert correct(lead, "c", note="busy", at=MONDAY).version == lead.version + 1
    assert Lead.capture(id="7", at=MONDAY).log("webinar", at=MONDAY).engagement.activities == 1


def test_a_role_is_one_of_the_pipeline():
    """On every path that a person comes on, and what was meant is said."""
    deal, lead = Opportunity.open(id="7", at=MONDAY), Lead.capture(id="7", at=MONDAY)
    boss = Involvement(Person("Sara"), "usre")
    own = attrs.evolve(OPPORTUNITY_PIPELINE, roles={"builder": "سازنده"})

    for verb in (
        lambda: deal.involve("Sara", "usre", at=MONDAY),
        lambda: deal.amend(contacts=[boss], at=MONDAY),
        lambda: Opportunity.open(id="8", contacts=[boss], at=MONDAY),
        lambda: Lead.capture(id="8", role="usre", at=MONDAY),
        lambda: lead.amend(role="usre", at=MONDAY),
    ):
        with pytest.raises(MoveRefused, match=r"the role is not one of the .* mean user\?"):
            verb()
    assert Opportunity.open(id="7", pipeline=own, at=MONDAY).involve("Li", "builder", at=MONDAY)
    assert lead.amend(role="", at=MONDAY).role == ""


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: Stage("lost", reasons=["price"]), "its reasons are labels by their codes"),
        (lambda: Stage("lost", reasons={" ": "Blank"}), "its reasons are labels by their codes"),
        (lambda: Stage("lost", reasons={"a": "two\nlines"}), "its reasons are labels"),
        (lambda: Stage("lost", reasons={"a": 5}), "its reasons are labels"),
        (lambda: Stage("lost", reasons={"a": "A"}, note_for="b"), "b in note_for is not one of"),
        (lambda: Stage("lost", note_for=7), "its note_for are codes"),
        (lambda: Stage("lost", note_for=[7]), "its note_for are codes"),
        (
            lambda: Stage("lost", reasons=dict.fromkeys(map(str, range(MOST_CODES + 1)), "")),
            "its reasons are more than 500",
        ),
        (lambda: Stage("won", kind="won", uncounted="duplicate"), "only the losses of a lost"),
        (lambda: Stage("a", quiet=timedelta()), "its silence is a timedelta longer than nothing"),
        (lambda: Stage("a", quiet=30), "its silence is a timedelta longer than nothing"),
        (lambda: Stage("a", roles=[7]), "its roles are codes"),
        (
            lambda: Stage("lost", kind="lost", reasons={"a": "A"}, uncounted=["b"]),
            "b in uncounted is not one of its reasons",
        ),
        (lambda: attrs.evolve(shop(), roles="boss"), "its roles are labels by their codes"),
        (lambda: attrs.evolve(shop(), reasons={"dance": {}}), "its reasons are lists of codes"),
        (lambda: attrs.evolve(shop(), reasons=["decline"]), "its reasons are lists of codes"),
        (lambda: attrs.evolve(shop(), activity_kinds={"": ""}), "its activity_kinds are labels"),
    ],
)
def test_a_list_that_is_none_is_refused(make, problem):
    """All of it when the stage or the pipeline is defined."""
    with pytest.raises(InvalidDefinition, match=problem):
        make()


def test_a_role_that_is_missing_is_called_as_the_pipeline_calls_it():
    """The sentence says the label of the pipeline, and the code stands beside it for programs."""
    called = attrs.evolve(gated(), roles={"decision_maker": "Einkaufsleiter", "user": "User"})

    refusal = called.decide("demo", "propose", {}, at=MONDAY)

    assert [str(o) for o in refusal.objections] == [
        "no Einkaufsleiter is known",
        "no user is known",
    ]
    assert [o.params["role_code"] for o in refusal.objections] == ["decision_maker", "user"]
    assert called.fingerprint != gated().fingerprint  # a list of roles decides, its labels do not
    assert (
        called.fingerprint
        == attrs.evolve(called, roles=dict.fromkeys(called.roles, "x")).fingerprint
    )
    assert called.entry_objections("offer", {}, at=MONDAY) == refusal.objections
