"""Which entries are held to be one, and which are not."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from salesfunnel.accounts import Account
from salesfunnel.duplicates import (
    LEAD_KEYS,
    MatchKey,
    Sureness,
    fact_key,
    find_duplicates,
)
from salesfunnel.duplicates.evidence import Evidence
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.leads import Lead
from salesfunnel.values import Company, ContactPoint, Person
from tests.duplicates.company_names import judged_firms

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SWITCHBOARD = ContactPoint("phone", "021-8877 6655")


def lead(id_, name="", *points, company="", **details):
    """Take in a lead by kind and text of its addresses."""
    told = [p if isinstance(p, ContactPoint) else ContactPoint(*p) for p in points]
    return Lead.capture(
        id=id_, person=name, company=company, contact_points=told, details=details, at=MONDAY
    )


def groups(*nouns, **given):
    """List the ids of each group."""
    return [group.ids for group in find_duplicates(nouns, **given).groups]


def test_one_mobile_in_any_form_and_script():
    """Sara gave her card at the fair, and rang later."""
    card = lead("7", "خانم سارا احمدی", ("mobile", "۰۹۱۲ ۱۲۳ ۴۵۶۷"))
    rang = lead("9", "Sara Ahmadi", ("phone", "+98 (0)912-1234567"))

    [group] = find_duplicates([card, rang]).groups

    assert (group.ids, group.places, group.by) == (("7", "9"), (0, 1), ("phone",))
    assert group.sureness is Sureness.LIKELY


def test_a_switchboard_joins_nobody_and_is_told():
    """Three colleagues are three people."""
    found = find_duplicates(
        [lead(name, name, SWITCHBOARD) for name in ("Sara Ahmadi", "Reza Karimi", "Ani Petrosyan")]
    )

    assert found.groups == ()
    assert (
        str(found)
        == "3 entries, each by itself\nshared by several people: 1\n  phone: 3 entries with 3 names"
    )


def test_a_colleague_called_by_the_family_name_is_not_two_people():
    """Ahmadi may be Sara or Reza, so Ahmadi is neither."""
    family = [lead(name, name, SWITCHBOARD) for name in ("Ahmadi", "Sara Ahmadi", "Reza Ahmadi")]

    assert groups(*family) == []
    assert groups(*family[:2]) == [("Ahmadi", "Sara Ahmadi")]


def test_no_chain_makes_two_people_one():
    """Ahmadi shares a mobile with Sara and another with Reza: the second link is refused."""
    sara, reza = ("mobile", "0912 1111111"), ("mobile", "0912 2222222")

    found = groups(
        lead("1", "Sara Ahmadi", sara),
        lead("2", "Ahmadi", sara, reza),
        lead("3", "Reza Ahmadi", reza),
    )

    assert found == [("1", "2")]


def test_a_mailbox_of_the_firm_is_shared_and_an_address_of_one_s_own_is_not():
    """Whoever reads info@ is not known."""
    info, own = ("email", "info@novin.example"), ("email", "s.ahmadi@novin.example")

    assert groups(lead("1", "Sara", info), lead("2", "", info)) == []
    assert groups(lead("1", "Sara", own), lead("2", "", own)) == [("1", "2")]
    assert groups(lead("1", "Sara", info), lead("2", "Reza", info)) == []


def test_numbers_without_names_are_one_by_the_number():
    """In a list that was bought, a number is all there is."""
    bought = [lead(str(n), "", ("phone", text)) for n, text in enumerate(["0912 1", "09121234567"])]

    assert groups(*bought, lead("9", "", ("phone", "+98 912 123 4567"))) == [("1", "9")]


@pytest.mark.parametrize("name", ["N/A", "Unknown", "نامشخص", "Անհայտ", "Inconnu", "-"])
def test_what_stands_for_a_name_that_is_not_known_is_none(name):
    """Whoever typed it knew the number alone."""
    mobile = ("mobile", "0912 1234567")

    assert groups(lead("1", name, mobile), lead("2", "Sara Ahmadi", mobile)) == [("1", "2")]


def test_brothers_at_one_number_are_two():
    """One letter makes another first name, where names are short."""
    home = ("phone", "021 22334455")

    def two(one, other):
        return groups(lead("1", one, home), lead("2", other, home))

    assert two("Hassan Ahmadi", "حسین احمدی") == []
    assert two("Amir Ahmadi", "Amin Ahmadi") == []
    assert two("Mina Ahmadi", "Mona Ahmadi") == []
    assert two("Mohsen Ahmadi", "محسن احمدی") == [("1", "2")]


def test_a_number_in_a_register_outweighs_the_names():
    """The firm has a new name, and the same number."""
    one = lead("1", "Sara Ahmadi", registration_number="10 320-7")
    other = lead("2", "Reza Karimi", registration_number="10 320 7")

    [group] = find_duplicates([one, other]).groups

    assert (group.ids, group.sureness, group.by) == (
        ("1", "2"),
        Sureness.CERTAIN,
        ("registration number",),
    )


def test_names_that_only_a_register_joined_are_not_mixed_up():
    """A third entry is joined by its own name, whatever else goes under the number."""
    mobile = ("mobile", "0912 1111111")
    one = lead("1", "Sara Ahmadi", mobile, registration_number="7")
    other = lead("2", "Reza Karimi", registration_number="7")

    assert groups(one, other, lead("3", "S. Ahmadi", mobile)) == [("1", "2", "3")]
    assert groups(one, other, lead("3", "", mobile)) == [("1", "2", "3")]


def test_colleagues_and_namesakes():
    """A company or a town joins only those of one name."""
    here = [
        lead("1", "Sara Ahmadi", company="شرکت نوین تجارت"),
        lead("2", "سارا احمدی", company="نوين تجارت (سهامی خاص)"),
        lead("3", "Reza Karimi", company="نوین تجارت"),
        lead("4", "", company="نوین تجارت"),
    ]

    assert groups(*here) == [("1", "2")]


def test_namesakes_in_a_town_are_one_only_in_firms_of_nearly_the_same_name():
    """A town has many a Zoé Lefèvre, and a firm is misspelt or its name cut short."""

    def town(*firms):
        return [lead(f, "Zoé Lefèvre", company=Company(f, city="Lyon")) for f in firms]

    assert groups(*town("Alpha Conseil", "Beta Conseil")) == []
    assert groups(*town("Alpha Conseil", "Beta", "Alpha")) == [("Alpha Conseil", "Alpha")]
    assert groups(*town("Alpha Conseil", "Apha Conseil")) == [("Alpha Conseil", "Apha Conseil")]
    assert groups(*town("Hotel 4", "Hotel 5")) == []


def test_among_many_an_initial_stands_for_nobody():
    """A. Martin is one of three at a switchboard, and anybody among thirty in a firm."""

    def firm(count):
        sounds = itertools.product("bdfklmnprst", repeat=2)
        names = [f"Person O{3 * a}o{3 * b}" for a, b in itertools.islice(sounds, count - 1)]
        return [lead(n, n, company="Novin") for n in ("Alice Martin", *names)]

    initial = lead("A", "A. Martin", company="Novin")

    assert groups(*firm(3), initial) == [("Alice Martin", "A")]
    assert groups(*firm(30), initial) == []


def test_a_domain_is_that_of_a_firm_unless_it_is_a_provider_s():
    """Two Ali Mohammadis at gmail are two people."""

    def two(domain):
        return [lead(n, "Ali Mohammadi", ("email", f"{n}@{domain}")) for n in "ab"]

    assert groups(*two("novin.example")) == [("a", "b")]
    assert groups(*two("gmail.com")) == []


def test_in_a_crowd_only_the_same_name_is_the_same_person():
    """Where hundreds share a thing, names are not compared two by two."""
    crowd = [lead(str(n), f"Person N{n:03}x", SWITCHBOARD) for n in range(150)]
    again = lead("again", "Person N007x", SWITCHBOARD)

    assert groups(*crowd, again) == [("7", "again")]


def test_firms_are_known_by_their_names_in_any_legal_form_and_script():
    """Of 310 pairs in four scripts none is joined wrongly, and few are missed."""
    precision, recall, wrong = judged_firms()

    assert precision == 1
    assert recall >= 0.98
    assert {pair[1:] for pair in wrong} == {
        ("Sté Petit", "Société Petit"),
        ("دیجی کالا", "Digikala"),
        ("Société « Le Phare »", "Le Phare"),
    }


def test_a_firm_in_another_script_is_no_proof_without_the_name():
    """A lead of «نوین تجارت» and one of Novin Tejarat are one if their people are."""
    known = lead("7", "Sara Ahmadi", company="Novin Tejarat Ltd")

    assert groups(known, lead("9", "سارا احمدی", company="شرکت نوین تجارت")) == [("7", "9")]
    assert groups(known, lead("9", "Sara Ahmadi", company="نوین تجارت")) == [("7", "9")]
    assert groups(known, lead("9", "رضا کریمی", company="نوین تجارت")) == []
    assert groups(known, lead("9", "Sara Ahmadi", company="Navin Tajarat")) == []


def test_accounts_by_website_number_and_name():
    """Legal forms before and behind make no other firm; another firm at the same number is one."""
    accounts = [
        Account.open(id="1", name="Novin Tejarat Ltd", at=MONDAY),
        Account.open(id="2", company=Company("NOVIN TEJARAT", website="novin.example"), at=MONDAY),
        Account.open(
            id="3",
            name="Novin",
            contact_points=[ContactPoint("website", "www.novin.example")],
            at=MONDAY,
        ),
        Account.open(id="4", name="Faradis", contact_points=[SWITCHBOARD], at=MONDAY),
        Account.open(id="5", name="Danesh", contact_points=[SWITCHBOARD], at=MONDAY),
    ]

    assert groups(*accounts) == [("1", "2", "3")]


def test_people_by_their_own_addresses():
    """People of accounts carry addresses of their own."""
    sara = Person("Sara Ahmadi", id="1", contact_points=[ContactPoint("email", "s@novin.example")])
    again = Person("AHMADI Sara", id="2", contact_points=[ContactPoint("email", "S@novin.example")])

    assert groups(sara, again) == [("1", "2")]


def test_keys_of_one_s_own():
    """A key is a function; facts are read by path."""
    badge = MatchKey("badge", "own")

    def badges(noun):
        yield badge, noun.details.get("badge", "")

    fair = [lead(n, name, badge=badge_, hall=hall) for n, name, badge_, hall in BADGES]

    assert groups(*fair) == []
    assert groups(*fair, keys=[*LEAD_KEYS, badges]) == [("1", "2")]
    assert groups(*fair, keys=[fact_key("details.hall", "person.key", strength="context")]) == [
        ("2", "3")
    ]


BADGES = [
    ("1", "S. Ahmadi", "A7", "1"),
    ("2", "Sara Ahmadi", "A7", "2"),
    ("3", "Sara Ahmadi", "B9", "2"),
]


def test_pairs_of_another_program_are_grouped_and_guarded():
    """What a matcher holds to be one is joined from a threshold on, unless names differ."""
    entries = [
        lead("1", "Sara Ahmadi"),
        lead("2", "S. Ahmadi"),
        lead("3", "Reza Karimi"),
        lead("4"),
    ]
    pairs = [("1", "2", 0.95), ("2", "3", 0.99), ("3", "4", 0.5)]

    [group] = find_duplicates(entries, pairs=pairs).groups

    assert (group.ids, group.by) == (("1", "2"), ("given pair",))
    assert groups(*entries, pairs=pairs, threshold=0.5) == [("1", "2"), ("3", "4")]


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (("1", "2"), "pairs holds something else than pairs"),
        (("1", "2", "very"), "pairs holds something else than pairs"),
        (("1", "2", 1.5), "pairs holds something else than pairs"),
        (("1", "2", True), "pairs holds something else than pairs"),
        (("1", "1", 0.9), "pairs holds something else than pairs"),
        (7, "pairs holds something else than pairs"),
        (("1", "9", 0.9), "pairs names an entry that is not there"),
    ],
)
def test_a_pair_is_two_ids_and_a_probability(pair, sentence):
    """Anything else is refused."""
    with pytest.raises(InvalidValue, match=sentence):
        find_duplicates([lead("1"), lead("2")], pairs=[pair])


def test_only_leads_accounts_and_people_are_looked_through():
    """A row is none of them."""
    with pytest.raises(WrongKind, match="nouns"):
        find_duplicates([{"name": "Sara"}])


def test_what_was_found_is_plain_data_as_well():
    """For a page or a program; ids and counts, and no names or addresses."""
    own = ("email", "s.ahmadi@novin.example")
    nouns = [lead("7", "Sara", own), lead("9", "Sara", own), lead("8", "Ani", own)]

    found = find_duplicates(nouns)

    assert found.as_data() == {
        "looked_through": 3,
        "groups": [
            {
                "ids": ["7", "9"],
                "places": [0, 1],
                "sureness": "sure",
                "by": ["email", "domain"],
                "links": [
                    {"one": "7", "other": "9", "by": ["email", "domain"], "sureness": "sure"}
                ],
            }
        ],
        "shared": [{"key": "email", "ids": ["7", "9", "8"], "names": 2}],
    }
    assert "novin" not in f"{found!r}{found}"
    assert str(found).splitlines() == [
        "1 group of 2 entries",
        "  sure: 7 9, by email, domain",
        "shared by several people: 1",
        "  email: 3 entries with 2 names",
    ]


ONE_AND_TWO = [Person("Sara"), Person("Reza")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"nouns": 5}, "nouns"),
        ({"nouns": None}, "nouns"),
        ({"nouns": Lead}, "nouns"),
        ({"keys": 5}, "keys"),
        ({"keys": "email"}, "keys"),
        ({"keys": [5]}, "keys"),
        ({"keys": list}, "keys"),
        ({"keys": [lambda _: None]}, "keys"),
        ({"keys": [lambda _: Lead]}, "keys"),
        ({"keys": [lambda _: [5]]}, "keys"),
        ({"keys": [lambda _: ["email"]]}, "keys"),
        ({"keys": [lambda _: [("email", "sara@novin.example")]]}, "keys"),
        ({"keys": [lambda _: [(MatchKey("badge", "own"), [])]]}, "keys"),
        ({"pairs": 5}, "pairs"),
        ({"pairs": Lead}, "pairs"),
        ({"pairs": [(["x"], "1", 0.5)]}, "pairs"),
        ({"pairs": [("1", "2", Decimal("NaN"))]}, "pairs"),
        ({"pairs": [5]}, "pairs"),
        ({"threshold": "x"}, "threshold"),
        ({"threshold": None}, "threshold"),
        ({"threshold": 1.5}, "threshold"),
        ({"threshold": float("nan")}, "threshold"),
        ({"threshold": Decimal("NaN")}, "threshold"),
    ],
)
def test_each_wrong_argument_is_named(wrong, field):
    """Whatever it is, the error is one of ours, and says which argument it is about."""
    with pytest.raises(InvalidValue) as caught:
        find_duplicates(**{"nouns": ONE_AND_TWO, **wrong})

    assert caught.value.field == field


def test_two_keys_of_one_name_are_told_once():
    """A number that is somebody's own or a desk's is one number, and one reason."""
    evidence = Evidence(["7", "9"])
    for sureness in (Sureness.LIKELY, Sureness.SURE):
        evidence.weigh("phone")
        evidence.chain([0, 1], sureness)

    assert str(evidence.told(0, 1)) == "7 and 9, sure: phone"
