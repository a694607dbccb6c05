"""What is known from elsewhere is put in value by value: blanks are filled, nothing is lost."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.activities import Consent, ConsentRegister, Engagement, Step, Steps
from salesfunnel.errors import InvalidValue
from salesfunnel.opportunities import Involvement
from salesfunnel.testing import companies, contact_points, people
from salesfunnel.values import (
    Answer,
    Bucket,
    Change,
    ChangeKind,
    Company,
    ContactPoint,
    Contribution,
    FieldMerge,
    FrozenMap,
    Money,
    Person,
)
from salesfunnel.values.members import Members

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SARA, LI = Person("Sara Ahmadi"), Person("Li Wei")
NOVIN = Company("Novin Tejarat", city="Shiraz")


def known(**fields):
    """Make something of which only some fields are known."""
    return SimpleNamespace(
        **{k: FrozenMap(v) if isinstance(v, dict) else v for k, v in fields.items()}
    )


def put(offered, *, ways=None, **before):
    """Put one field in: what stands there then, and each difference by place."""
    ((field, value),) = before.items()
    contribution = Contribution({field: offered}, ways=ways or {})
    values, changes = contribution.put_into(known(**before))
    assert contribution.differences(known(**before)) == changes
    told = {}
    for change in changes:
        told.setdefault(change.place, []).append(change.kind.value)
    return values.get(field, value), told


def test_blanks_of_a_company_are_filled_one_by_one():
    """The same company in another spelling says more; what is known stays."""
    more = Company(
        "NOVIN TEJARAT", city="Tehran", employees=Bucket(1, 9), annual_revenue=Money(5, "EUR")
    )

    after, told = put(more, company=NOVIN)

    assert (after.name, after.city, after.employees) == ("Novin Tejarat", "Shiraz", Bucket(1, 9))
    assert told == {
        "company.name": ["kept"],
        "company.city": ["kept"],
        "company.employees": ["filled"],
        "company.annual_revenue": ["filled"],
    }


def test_another_company_does_not_get_mixed_in():
    """Facts about a company of another name are told, and put nowhere, unless it replaces it."""
    toys = Company("Faradis", industry="Toys", city="Shiraz")

    assert put(toys, company=NOVIN) == (
        NOVIN,
        {"company.name": ["kept"], "company.industry": ["left_out"]},
    )
    assert put(toys, company=NOVIN, ways={"company": "replace"}) == (
        toys,
        {"company.name": ["replaced"], "company.industry": ["filled"]},
    )
    bare = Company("Faradis")
    assert put(bare, company=NOVIN, ways={"company": "replace"}) == (
        bare,
        {"company.name": ["replaced"], "company.city": ["replaced"]},
    )


def test_a_company_where_none_was_known_comes_in_whole_but_for_what_is_kept_out():
    """Its name always comes with it; to keep the field is to leave all of it out."""
    assert put(NOVIN, company=None) == (
        NOVIN,
        {"company.name": ["filled"], "company.city": ["filled"]},
    )
    assert put(NOVIN, company=None, ways={"company.city": "keep"}) == (
        Company("Novin Tejarat"),
        {"company.name": ["filled"], "company.city": ["left_out"]},
    )
    assert put(NOVIN, company=None, ways={"company": "keep"}) == (
        None,
        {"company.name": ["left_out"], "company.city": ["left_out"]},
    )


@pytest.mark.parametrize(
    ("way", "before", "after", "kind"),
    [
        ("fill", "", "new", "filled"),
        ("fill", "old", "old", "kept"),
        ("add", "", "new", "filled"),
        ("add", "old", "old", "kept"),
        ("replace", "", "new", "filled"),
        ("replace", "old", "new", "replaced"),
        ("keep", "", "", "left_out"),
        ("keep", "old", "old", "kept"),
    ],
)
def test_a_value_is_put_in_by_its_way(way, before, after, kind):
    """Each way says what becomes of a value, where there is one and where there is none."""
    assert put("new", name=before, ways={"name": way}) == (after, {"name": [kind]})
    assert put({"hall": "new"}, details={"hall": before}, ways={"details": way}) == (
        {"hall": after},
        {"details.hall": [kind]},
    )


@pytest.mark.parametrize("blank", ["", " ", "\u200c", None])
def test_a_blank_says_nothing(blank):
    """What shows nothing neither fills nor overwrites, and is no difference."""
    assert put({"hall": blank}, details={"hall": "7"}, ways={"details": "replace"}) == (
        {"hall": "7"},
        {},
    )
    assert put({"hall": blank}, details={}) == ({}, {})
    assert put({"hall": "7"}, details={"hall": blank})[0] == {"hall": "7"}


@pytest.mark.parametrize(
    ("before", "offered", "after"),
    [
        (None, Answer(None), Answer(None)),
        (Answer(None), Answer(True), Answer(True)),
        (Answer(True), Answer(None), Answer(True)),
        (Answer(True), Answer(False), Answer(True)),
    ],
)
def test_a_question_that_stays_open_was_asked(before, offered, after):
    """An answer that leaves it open comes in where there is none, and gives way to any other."""
    answers = {} if before is None else {"budget": before}

    assert put({"budget": offered}, answers=answers)[0] == {"budget": after}


def test_yes_is_not_one():
    """Python holds them equal; a list of pumps does not."""
    assert put({"pumps": 1}, details={"pumps": True})[1] == {"details.pumps": ["kept"]}


def test_a_source_that_is_other_gives_way():
    """That nobody knew where it came from is no source; as a detail the word is a word."""
    values, _ = Contribution({"source": "web"}).put_into(known(source=source("other")))
    assert values == {"source": source("web")}
    assert put({"a": "web"}, details={"a": "other"})[0] == {"a": "other"}


def source(word):
    """Give a source by its name."""
    return Contribution({"source": word}).values["source"]


def test_people_are_added_once_and_known_ones_are_known_better():
    """Another spelling of somebody who is there adds nobody, but may say more of them."""
    told = [Person("AHMADI Sara", job_title="CFO"), LI, Person("WEI Li")]

    after, changes = put(told, people=(SARA,))

    assert after == (Person("Sara Ahmadi", job_title="CFO"), LI)
    assert changes == {
        "people.name": ["kept", "kept"],
        "people.job_title": ["filled"],
        "people": ["added"],
    }
    assert put([SARA], people=(SARA,)) == ((SARA,), {})


@pytest.mark.parametrize(
    ("way", "before", "after", "told"),
    [
        ("fill", (), (LI,), {"people": ["added"]}),
        ("fill", (SARA,), (SARA,), {"people": ["left_out"]}),
        ("keep", (SARA,), (SARA,), {"people": ["left_out"]}),
        ("add", (SARA,), (SARA, LI), {"people": ["added"]}),
        ("replace", (SARA,), (LI,), {"people": ["replaced", "added"]}),
        ("replace", (LI,), (LI,), {}),
    ],
)
def test_a_collection_is_put_in_by_its_way(way, before, after, told):
    """To fill is to fill an empty one; to replace is to have these and no others."""
    assert put([LI], people=before, ways={"people": way}) == (after, told)


def test_addresses_of_no_use_are_told_apart_by_their_text():
    """Where there is no key, what was written is the key."""
    unusable = [ContactPoint("phone", "n/a"), ContactPoint("phone", "?"), ContactPoint("fax", "?")]
    number, same = ContactPoint("phone", "0098 21 8877"), ContactPoint("phone", "+98 21 8877")

    assert put([*unusable, unusable[0]], contact_points=())[0] == tuple(unusable)
    assert put([same], contact_points=(number,)) == ((number,), {"contact_points": ["kept"]})
    assert put(["7", "8", "7"], lead_ids=("7",))[0] == ("7", "8")


def test_a_person_may_play_several_parts():
    """A role that nobody knew gives way; two real ones stand beside each other."""
    other, user = Involvement(SARA, "other"), Involvement(SARA, "user")
    decider = Involvement(Person("Sara Ahmadi", job_title="CFO"), "decision_maker")

    assert put([user], contacts=(other,)) == ((user,), {"contacts.role": ["filled"]})
    assert put([other], contacts=(user,)) == ((user,), {})
    assert put([decider], contacts=(user,)) == ((user, decider), {"contacts": ["added"]})
    after, _ = put([decider], contacts=(other,), ways={"contacts.role": "keep"})
    assert after == (Involvement(decider.person, "other"),)


@pytest.mark.parametrize(
    ("values", "ways", "said"),
    [
        ({}, {}, "contribution changes nothing"),
        ({"stage": "won"}, {}, "contribution cannot change stage"),
        ({"owner": "Ani"}, {}, "contribution cannot change owner"),
        ("name", {}, "contribution is of the wrong kind: str"),
        ({"people": "Sara"}, {}, "people is of the wrong kind: str"),
        ({"contacts": "Sara"}, {}, "contacts is of the wrong kind: str"),
        ({"contacts": ["Sara"]}, {}, "contacts is of the wrong kind: None; allowed: Person"),
        (
            {"contacts": [SimpleNamespace(person=SARA, role=None)]},
            {},
            "contacts is of the wrong kind: None; allowed: str",
        ),
        ({"steps": "call"}, {}, "steps is of the wrong kind: str"),
        ({"steps": ["call"]}, {}, "steps is not text"),
        (
            {"name": "N"},
            {"company": "fill"},
            "ways has company, for which nothing is given; allowed: name",
        ),
        (
            {"name": "N"},
            {"name": "ask"},
            "ways is to be asked for name; allowed: settle it first: fill, replace or keep",
        ),
        ({"name": "N"}, {"name": "overwrite"}, "ways is not in the list; allowed: fill, add, "),
        (
            {"name": "N"},
            "fill",
            "ways is of the wrong kind: str; allowed: a way by place, such as company.city",
        ),
        ({"name": "N"}, {" ": "fill"}, "ways is blank"),
    ],
)
def test_what_could_not_be_put_in_is_refused_at_once(values, ways, said):
    """Only some fields take a contribution, each by a settled way; stage and owner have verbs."""
    with pytest.raises(InvalidValue) as refused:
        Contribution(values, ways=ways)
    assert str(refused.value).startswith(said)


def test_the_nearest_way_counts():
    """A value of its own comes before the whole; without a word blanks are filled."""
    ways = {"company": "keep", "company.city": "replace"}
    offered = Contribution({"company": NOVIN, "name": "N"}, ways=ways)

    assert offered.way("company.city") is FieldMerge.REPLACE
    assert offered.way("company.industry") is FieldMerge.KEEP
    assert offered.way("name") is FieldMerge.FILL


def test_a_contribution_shows_no_value_and_travels():
    """Its representation names fields; values are equal after a journey."""
    offered = Contribution({"company": NOVIN, "people": [SARA]}, ways={"company": "keep"})

    assert "Novin" not in repr(offered)
    assert "Sara" not in repr(offered)
    assert pickle.loads(pickle.dumps(offered)) == offered  # noqa: S301 - our own bytes


@given(
    st.none() | companies(),
    st.lists(people(), max_size=2),
    st.fixed_dictionaries(
        {
            "company": companies(),
            "people": st.lists(people(), max_size=2),
            "contact_points": st.lists(contact_points(), max_size=2),
            "details": st.dictionaries(
                st.sampled_from(["vat", "hall"]), st.sampled_from(["", "7", None])
            ),
        }
    ),
)
def test_done_twice_is_done_once(company, crowd, offered):
    """Nothing that was there is overwritten, and the second time nothing is left to do."""
    before = known(
        company=company, people=tuple(crowd), contact_points=(), details={"vat": "1", "hall": ""}
    )
    more = Contribution(offered)

    values, changes = more.put_into(before)
    after = SimpleNamespace(**{**vars(before), **values})
    again, left = more.put_into(after)

    assert (again, [change for change in left if change.is_taken]) == ({}, [])
    assert all(now.is_same(then) for now, then in zip(after.people, crowd, strict=False))
    assert after.details["vat"] == "1"
    assert {change.kind for change in changes} <= {
        ChangeKind.FILLED,
        ChangeKind.ADDED,
        ChangeKind.KEPT,
        ChangeKind.LEFT_OUT,
    }


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("filled", "filled   city: b"),
        ("added", "added    city: b"),
        ("replaced", "replaced city: b, no longer a"),
        ("kept", "kept     city: a, not b"),
        ("left_out", "left out city: b"),
        ("conflict", "conflict city: a or b"),
    ],
)
def test_a_change_says_what_was_what_was_offered_and_what_is(kind, said):
    """Each kind reads as a sentence; without values only the place is said, and why."""
    is_taken = kind in {"filled", "added", "replaced"}
    change = Change("city", "a", "b", "b" if is_taken else "a", ChangeKind(kind), "so it is")

    assert str(change) == f"{said}, since so it is"
    assert change.text(values=False) == f"{said.partition(':')[0]}, since so it is"
    assert change.is_taken is is_taken
    assert change.within("account").place == "account.city"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Answer(True), "left out x: True"),
        ((SARA,), "left out x"),
        (FrozenMap({"a": 1}), "left out x"),
        (None, "left out x"),
        ("two\nlines", "left out x: two lines"),
        ("a" * 99, f"left out x: {'a' * 59}…"),
    ],
)
def test_values_are_shown_on_one_short_line(value, shown):
    """What is no single value is not written out, and a long one is cut."""
    assert str(Change("x", None, value, None, ChangeKind.LEFT_OUT)) == shown


def test_what_was_removed_is_replaced_by_nothing():
    """A member that goes is told with what stood there."""
    assert str(Change("people", SARA, None, None, ChangeKind.REPLACED)) == (
        "replaced people: nothing, no longer Sara Ahmadi"
    )


@given(st.lists(st.sampled_from("abcdefgh"), max_size=30), st.lists(st.sampled_from("aBxY")))
def test_members_are_found_as_in_a_list(members, further):
    """The index says the same as searching from the beginning, also after growing."""
    crowd = Members.of(tuple(members), str.casefold).with_members(further[:1])
    crowd = crowd.with_members(further[1:])
    everyone = (*members, *further)

    assert crowd == everyone
    assert hash(crowd) == hash(everyone)
    for one in "abxyz":
        assert crowd.places(one) == tuple(
            place for place, other in enumerate(everyone) if other.casefold() == one
        )


def test_members_that_grow_leave_the_old_ones_alone():
    """Two that grow from one do not know of each other; a copy is a plain tuple."""
    crowd = Members.of(("a", "b"), str.casefold)
    with_c, with_d = crowd.with_members("c"), crowd.with_member_at(0, "A").with_members("d")

    assert (crowd.places("c"), with_c.places("d"), with_d.places("d")) == ((), (), (2,))
    assert (with_d, with_d.places("a")) == (("A", "b", "d"), (0,))
    assert type(copy.deepcopy(with_c)) is type(pickle.loads(pickle.dumps(with_c))) is tuple  # noqa: S301
    assert Members.of(with_c, str.lower) == with_c


@pytest.mark.parametrize(
    ("way", "open_steps", "told"),
    [
        ("add", ["S1", "S2"], {"steps": ["added"]}),
        ("keep", ["S1"], {"steps": ["left_out"]}),
    ],
)
def test_planned_steps_come_in_once_each(way, open_steps, told):
    """What is planned already, under the same id, stays as it is planned."""
    here, there = (Step(id=i, kind="call", due=date(2026, 3, 9)) for i in ("S1", "S2"))

    after, changes = put([here, there], steps=Steps((here,)), ways={"steps": way})
    other = Contribution({"steps": [attrs.evolve(here, kind="visit")]})

    assert ([step.id for step in after], changes) == (open_steps, told)
    assert [c.kind.value for c in other.differences(known(steps=Steps((here,))))] == ["kept"]
    with pytest.raises(InvalidValue):
        Contribution({"steps": ["call"]})


@pytest.mark.parametrize(
    ("field", "before", "offered"),
    [
        ("consent", ConsentRegister(), [Consent(channel="email", basis="consent", at=MONDAY)]),
        ("engagement", Engagement(), {"last_contact": MONDAY}),
    ],
)
def test_what_sums_up_a_timeline_is_put_in_once_or_kept_out(field, before, offered):
    """The second time it is no difference; to keep the field is to leave all of it out."""
    after, told = put(offered, **{field: before})

    assert list(told) == [field]
    assert put(offered, **{field: after}) == (after, {})
    assert put(offered, **{field: before}, ways={field: "keep"}) == (before, {field: ["left_out"]})


def test_the_addresses_of_a_new_person_are_told_one_by_one():
    """So a form can show which of them were put in."""
    reached = attrs.evolve(LI, contact_points=[ContactPoint("email", "li@novin.example")])

    assert put([reached], people=()) == (
        (reached,),
        {"people": ["added"], "people.contact_points": ["added"]},
    )


def test_of_one_person_who_comes_twice_both_tellings_count():
    """The second telling fills the blanks of the first, and is not added beside it."""
    first, second = Person("Sara Ahmadi"), Person("Sara Ahmadi", job_title="CFO")

    after, told = put([first, second, LI, LI], people=(LI,))

    assert after == (LI, second)
    assert told == {"people": ["added"], "people.job_title": ["filled"]}


@pytest.mark.parametrize(
    ("known", "told", "after", "kind"),
    [
        (
            ("phone", "0912 123 4567"),
            ("phone", "+98 912 1234567"),
            ("phone", "+98 912 1234567"),
            "filled",
        ),
        (
            ("phone", "+98 912 1234567"),
            ("phone", "0912 123 4567"),
            ("phone", "+98 912 1234567"),
            "kept",
        ),
        (
            ("phone", "0912 123 4567"),
            ("mobile", "0912 123 4567"),
            ("mobile", "0912 123 4567"),
            "filled",
        ),
        (
            ("mobile", "0912 1234567"),
            ("phone", "+98912 1234567"),
            ("mobile", "+98912 1234567"),
            "filled",
        ),
        (("phone", "0912 123 4567"), ("phone", "09121234567"), ("phone", "0912 123 4567"), "kept"),
    ],
)
def test_a_number_with_and_without_its_country_is_one(known, told, after, kind):
    """The fuller spelling stands, and what was not taken is told."""
    before = SimpleNamespace(contact_points=(ContactPoint(*known),))
    told = Contribution({"contact_points": [ContactPoint(*told)]})

    values, changes = told.put_into(before)

    assert values.get("contact_points", before.contact_points) == (ContactPoint(*after),)
    assert [change.kind.value for change in changes] == [kind]


def test_numbers_of_two_countries_are_two():
    """So are short ones, which have no country."""
    points = [ContactPoint("phone", text) for text in ("+33 1 23 45 67 89", "+44 123456789", "110")]
    before = SimpleNamespace(contact_points=tuple(points[:1]))

    values, _ = Contribution({"contact_points": points[1:]}).put_into(before)

    assert values["contact_points"] == tuple(points)
