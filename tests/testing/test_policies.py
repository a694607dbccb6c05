"""The check of policies: what keeps the laws passes, and each law catches who breaks it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import attrs
import pytest

from salesfunnel.errors import WrongKind
from salesfunnel.leads import Lead
from salesfunnel.qualification import BANT, IDEAL_CUSTOMER, Criterion, Finding, Scorecard
from salesfunnel.rules import field, predicate, yes
from salesfunnel.testing.policies import check_policy
from salesfunnel.testing.policy_cases import PolicyCase, nested
from salesfunnel.testing.policy_laws import LAWS
from salesfunnel.values import Answer, Money

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAID = BANT.assess({}, at=MONDAY)


@attrs.frozen
class Altered:
    """BANT with one fault: what it says is altered once more than nothing is known."""

    alter: object
    name: str = "ours"

    def assess(self, lead, /, *, at):
        """Assess as BANT does, and then spoil it."""
        said = BANT.assess(lead, at=at)
        return self.alter(said, lead) if lead else said


def spoilt(**changed):
    """Alter fields of each assessment of somebody of whom anything is known."""
    return lambda said, _lead: attrs.evolve(said, **changed)


def crash(_said, lead):
    """Stumble over a country."""
    return lead["company"]["country"]


def mutate(said, lead):
    """Leave a note on the lead."""
    lead["seen"] = True
    return said


def first_fact(said, lead):
    """Judge by the fact that happens to be told first."""
    first = next(iter(lead))
    return said if first == "answers" else attrs.evolve(said, policy=first)


def forgetful(said, _lead):
    """Refuse everybody until the authority is known, and then think again."""
    if said.findings[3].answer is not None:
        return said
    return attrs.evolve(said, verdict="disqualified", next_questions=())


def unworried(said, _lead):
    """Go on asking after a required criterion was answered with no."""
    if not any(f.failed for f in said.findings):
        return said
    return attrs.evolve(said, verdict="undecided", next_questions=SAID.next_questions)


def hesitant(said, _lead):
    """Stay undecided when all is known."""
    if said.coverage < 1 or any(f.failed for f in said.findings):
        return said
    return attrs.evolve(said, verdict="undecided", next_questions=SAID.next_questions)


class Whimsical:
    """Says something else each time."""

    def __init__(self):
        """Begin to count."""
        self.turns = itertools.count()

    def assess(self, lead, /, *, at):
        """Number the answers."""
        return attrs.evolve(BANT.assess(lead, at=at), version=str(next(self.turns)))


@attrs.frozen
class Resigned:
    """Takes what has faded for lost, and does not ask again."""

    card: Scorecard
    name: str = "resigned"

    def assess(self, lead, /, *, at):
        """Give up where an answer is old."""
        said = self.card.assess(lead, at=at)
        if not any(finding.faded for finding in said.findings):
            return said
        return attrs.evolve(said, verdict="disqualified", next_questions=())


class Hasty(Altered):
    """Has a quick way that leads elsewhere."""

    def verdict(self, lead, /, *, at):
        """Say undecided to all."""
        del lead, at
        return SAID.verdict


@attrs.frozen
class FirstComes(Scorecard):
    """Judges by its first criterion alone, whichever that is."""

    def assess(self, lead, /, *, at, strict=False):
        """Name the first criterion as the only finding."""
        said = super().assess(lead, at=at, strict=strict)
        return attrs.evolve(said, findings=(attrs.evolve(said.findings[0], points=said.floor),))


@attrs.frozen
class Coloured(Scorecard):
    """Knows more than can be written."""

    colour: str = attrs.field(kw_only=True)


BROKEN = {
    "every lead can be assessed": Altered(crash),
    "the same lead is assessed the same each time": Whimsical(),
    "assessing changes nothing": Altered(mutate),
    "the order of facts does not matter": Altered(first_fact),
    "an answer never widens the score": Altered(
        lambda said, _: attrs.evolve(
            said, ceiling=101, findings=(Finding("all", None, points=said.floor, weight=1),)
        )
    ),
    "a decided verdict is final": Altered(forgetful),
    "findings add up to the floor": Altered(spoilt(findings=())),
    "a failed required criterion disqualifies": Altered(unworried),
    "the verdict follows from score and threshold": Altered(spoilt(verdict="qualified")),
    "undecided always has a question, decided never": Altered(spoilt(next_questions=())),
    "when all is answered, all is decided": Altered(hesitant),
    "the order of criteria does not matter": FirstComes(
        "first comes",
        criteria=[Criterion("a", yes("a"), weight=1), Criterion("b", yes("b"), weight=1)],
        threshold=1,
    ),
    "a policy of rules survives JSON": Coloured(
        "coloured", criteria=[Criterion("a", yes("a"), weight=1)], threshold=1, colour="red"
    ),
    "the quick verdict is the full one": Hasty(lambda said, _: said),
}


@pytest.mark.parametrize("law", [law.sentence for law in LAWS])
def test_each_law_catches_who_breaks_it(law):
    """For each law there is a policy that breaks it, and is told so by name."""
    with pytest.raises(AssertionError, match=f"breaks a law: {law}"):
        check_policy(BROKEN[law])


def test_a_no_that_the_same_answer_takes_back_is_told():
    """What has faded is unknown again, and no verdict rests on it."""
    month = timedelta(days=30)
    demo = Criterion("demo", yes("answers.demo"), weight=100, half_life=month)

    with pytest.raises(AssertionError, match=r"disqualified, and when the same was answered again"):
        check_policy(
            Resigned(Scorecard("demo", criteria=[demo], threshold=50)),
            facts={"answers.demo": [Answer(True, at=MONDAY - 2 * month)]},
            at=MONDAY,
        )


@pytest.mark.parametrize("policy", [BANT, IDEAL_CUSTOMER, Altered(lambda said, _: said)])
def test_a_sound_policy_passes(policy):
    """What keeps the laws is not complained about."""
    assert check_policy(policy, examples=50) is None


def model(fault):
    """Make BANT with a model that reads its visits, and is broken by a fault."""

    def likelihood(lead, _at):
        visits = lead.get("visits")
        return None if visits is None else fault(visits)

    return BANT.with_criterion(Criterion("model", likelihood, weight=5, facts=["visits"]))


def test_a_scorer_that_answers_nobody_is_told():
    """Each failure costs only its criterion, so no law is broken, and yet nothing was checked."""
    with pytest.raises(AssertionError) as caught:
        check_policy(model(lambda _visits: 1 / 0), examples=20)

    assert str(caught.value) == (
        "BANT has a scorer that never answers.\n"
        "model: the scorer raised ZeroDivisionError.\n"
        "If it reads other facts, name them in facts=, with values; "
        "if it reads no dictionaries, make its leads in build=."
    )


def test_a_scorer_inside_a_rule_that_answers_nobody_is_told_too():
    """The rule leaves unknown what its function raises, and its finding names no fault."""

    @predicate("email")
    def is_private(lead, _at):
        return lead.email.endswith("@gmail.com")

    card = BANT.with_criterion(Criterion("own", ~is_private & yes("answers.need"), weight=5))

    with pytest.raises(AssertionError, match=r"\nis_private in own: .* raised AttributeError\."):
        check_policy(card, examples=20)


@pytest.mark.parametrize("scorer", [lambda v: min(v, 10) / 10, lambda v: v.year > 2000, bool])
def test_a_scorer_that_stumbles_now_and_then_passes(scorer):
    """Odd facts cost nobody but their own lead; one answer shows that the scorer was tried."""
    assert check_policy(model(scorer), examples=5) is None


def test_a_scorer_that_knows_nobody_passes():
    """Never to know is no fault: these leads may not have what it reads."""
    assert check_policy(model(lambda _visits: None), examples=5) is None


def test_the_leads_that_a_scorer_reads_can_be_made():
    """What fails on dictionaries is tried on the leads that it was written for."""
    card = Scorecard(
        "ours",
        criteria=[Criterion("stage", lambda lead, _at: lead.stage == "new", weight=1)],
        threshold=1,
    )

    with pytest.raises(AssertionError, match="make its leads in build="):
        check_policy(card, examples=5)
    check_policy(card, build=lambda _: Lead.capture(company="Novin Tejarat", at=MONDAY), examples=5)


def test_the_counterexample_is_the_smallest_and_in_words():
    """One needless fact would hide what is wrong."""
    with pytest.raises(AssertionError) as caught:
        check_policy(Altered(spoilt(findings=())), facts={"answers.need": [True], "x": [1, 2]})

    assert str(caught.value) == (
        "ours breaks a law: findings add up to the floor.\n"
        "Findings make 0, the floor is 30.\n"
        "Known: answers.need = True."
    )


def test_a_policy_can_be_checked_on_real_leads():
    """Whoever reads more than dictionaries says how a lead is made of facts."""
    leads = []

    def build(facts):
        lead = Lead.capture(company="Novin Tejarat", at=MONDAY)
        for path, value in facts.items():
            lead = lead.answer(path.removeprefix("answers."), value, at=MONDAY)
        leads.append(lead)
        return lead

    facts = {f"answers.{slot}": (True, False) for slot in ("need", "budget", "timing")}
    check_policy(BANT, facts=facts, build=build, examples=10)

    assert {type(lead) for lead in leads} == {Lead}


def test_a_policy_that_reads_nothing_is_checked_all_the_same():
    """A function that names no facts leaves one lead to try: the one of whom nothing is known."""
    card = Scorecard(
        "ours", criteria=[Criterion("x", lambda _lead, _at: True, weight=1)], threshold=1
    )

    assert check_policy(card, examples=5) is None


def test_only_what_assesses_can_be_checked():
    """The name of a policy is not the policy."""
    with pytest.raises(WrongKind, match="allowed: an object with"):
        check_policy("bant")


def test_what_is_no_assessment_is_told():
    """A policy that gives back words gives back the wrong thing."""

    class Wordy:
        def assess(self, _lead, /, *, at):
            return f"{at}: no idea"

    with pytest.raises(AssertionError, match=r"Wordy breaks .*\nIt returned str, not an Assess"):
        check_policy(Wordy())


def test_a_bar_out_of_reach_disqualifies():
    """Whoever can never reach the threshold is not to be kept waiting."""
    with pytest.raises(AssertionError, match="although the threshold of 101 is out of reach"):
        check_policy(Altered(spoilt(threshold=101)))


def test_a_fact_inside_another_fact_does_not_displace_it():
    """Paths may disagree on what stands somewhere; the first told stays."""
    rows = [nested({"a": 1, "a.b": 2, "a.b.c": 3}), nested({"a.b": 2, "a": 1})]

    assert rows == [{"a": 1}, {"a": {"b": 2}}]


def test_an_answer_is_told_as_such():
    """The words name its value, and nobody."""
    case = PolicyCase({"need": Answer(True, said_by="Sara")}, {"need"}, build=nested, at=MONDAY)

    assert str(case) == "Known: nothing. Then answered: need = True as answered."


def test_limits_are_tried_on_both_sides():
    """A scorer that crashes just above a limit is found, because values around it are tried."""

    class Brittle:
        name = "brittle"

        def assess(self, lead, /, *, at):
            return IDEAL_CUSTOMER.assess(lead, at=at) if lead != {"n": 201} else 1 / 0

    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        check_policy(Brittle(), facts={"n": [199, 200, 201]})


def test_a_rule_of_days_and_texts_can_be_checked():
    """Rules about texts, days, amounts and numbers all find values worth trying."""
    rules = {
        "country": field("company.country").one_of("IR", "AM"),
        "size": field("company.employees").between(10, 200),
        "since": field("since") >= MONDAY.date(),
        "revenue": field("company.annual_revenue") > Money(5_000, "EUR"),
    }
    card = Scorecard(
        "mixed", criteria=[Criterion(n, r, weight=10) for n, r in rules.items()], threshold=20
    )

    assert check_policy(card, examples=50) is None
