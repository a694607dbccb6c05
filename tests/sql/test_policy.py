"""What a policy says in SQL: numbers, moments and days at their edges, depth, names, refusals."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from salesfunnel import BANT
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import all_of, answered, any_of, at_least, field, predicate, yes
from salesfunnel.sql import SqlColumn, policy_sql
from salesfunnel.sql.dialects import DIALECTS
from salesfunnel.values import Money
from tests.sql.databases import opened

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


TRUTH = {"v": SqlColumn("v", bool)}


def card_of(*rules, **more):
    """Make a scorecard with a criterion for each rule, each worth another power of two."""
    criteria = [
        Criterion(f"c{place}", rule, weight=2**place, **more) for place, rule in enumerate(rules)
    ]
    return Scorecard("one", criteria=criteria, threshold=1)


def judged(database, card, columns, *, table="t", at=AT, keep=("n",)):
    """Judge the rows of a table, and give what the query says of each."""
    asked = {"dialect": database.dialect, "table": table, "columns": columns}
    query = policy_sql(card, **asked, at=at, keep=keep)
    return database.run(f"SELECT * FROM ({query}) AS judged ORDER BY 1")


def floors(database, card, columns):
    """Give the points that are sure."""
    return [row[1] for row in judged(database, card, columns)]


def differing(database, kind, column, values, rules):
    """Tell what differs between a table with these values and the objects."""
    database.table("t", {"n": "whole", "v": kind}, list(enumerate(values)))
    for start in range(0, len(rules), 15):
        card = card_of(*rules[start : start + 15])
        expected = [card.score({"v": value}, at=AT).floor for value in values]
        found = floors(database, card, {"v": column})
        yield from (
            each for each in zip(values, found, expected, strict=True) if each[1] != each[2]
        )


SIGNS = ("is_", "__lt__", "__le__", "__gt__", "__ge__")


def compared(bounds):
    """List every comparison with each bound."""
    return [getattr(field("v"), sign)(bound) for sign in SIGNS for bound in bounds]


def test_floats_are_compared_as_they_are_written(database):
    """Law: a float lies above, on or below a decimal exactly where the object does."""
    values = [0.1, 0.3, 0.1 + 0.2, 1e15 + 0.3, 123456789.12345679, 5e-324, -0.0, 1e24, 2.0**70]
    bounds = [
        *(Decimal("0.1"), Decimal("0.3"), Decimal("0.300000000000"), Decimal("0.100000000001")),
        *(Decimal("123456789.123456789"), Decimal("1000000000000000.3"), 0, 10**23, -(10**23)),
        *(Decimal("0.000000000001"), Decimal("-123456789.123456789"), 2**70),
    ]
    column = SqlColumn("v", float)

    assert list(differing(database, "float", column, values, compared(bounds))) == []


def test_whole_numbers_are_compared_beyond_floats(database):
    """Law: neighbours beyond 2 to the 53rd are told apart, and bounds may lie beyond any column."""
    values = [0, -1, 2**53, 2**53 + 1, 2**63 - 1, -(2**63)]
    bounds = [
        0,
        2**53,
        2**53 + 1,
        2**63,
        -(2**63),
        10**23,
        -(10**23),
        Decimal("0.5"),
        Decimal("-0.5"),
    ]
    column = SqlColumn("v", int)

    assert list(differing(database, "whole", column, values, compared(bounds))) == []


def test_decimals_are_compared_exactly(database):
    """Law: an amount of a table is compared to the last digit, where the database has decimals."""
    values = [Decimal("0.1"), Decimal("1000000.01"), Decimal(-3), Decimal("0.100000000001")]
    if database.dialect == "sqlite":
        values = [float(value) for value in values]
    bounds = [Decimal("0.1"), Decimal("1000000.01"), 1_000_000, -3, Decimal("0.100000000001")]
    column = SqlColumn("v", Decimal)

    assert list(differing(database, "exact", column, values, compared(bounds))) == []


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tehran", "America/Los_Angeles"])
def test_the_day_of_a_moment_is_that_of_its_zone(database, zone):
    """Law: half past midnight in Tehran is the evening before in UTC, and its own day in Tehran."""
    here = ZoneInfo(zone)
    hours = [datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=n / 2) for n in range(96)]
    values = [hour.astimezone(here) for hour in [*hours, hours[0] + timedelta(microseconds=1)]]
    rules = compared([date(2026, 3, 1), date(2026, 3, 2), hours[0], hours[40]])
    card = card_of(*rules, field("v").within(days=1), field("v").older_than(days=0))
    database.table(
        "t", {"n": "whole", "v": "moment"}, [(n, v.astimezone(UTC)) for n, v in enumerate(values)]
    )

    found = floors(database, card, {"v": SqlColumn("v", datetime, zone=here)})

    assert found == [card.score({"v": value}, at=AT).floor for value in values]


def test_a_moment_without_a_zone_is_asked_again_last(database):
    """Of a day and a number it may be neither: what was never answered is asked first."""
    value = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - that is what it is about
    card = card_of(field("v").one_of(date(2026, 1, 1), 0), yes("truth"))
    database.table("t", {"n": "whole", "v": "naive", "b": "truth"}, [(0, value, None)])
    columns = {"v": SqlColumn("v", datetime, zone=None), "truth": SqlColumn("b", bool)}

    ((_, *found),) = judged(database, card, columns)

    assert found[-1] == card.assess({"v": value}, at=AT).next_questions[0].text
    assert found[-1] == "Is this so: c1?"


def test_the_ends_of_the_calendar_are_no_end(database):
    """Ages and days beyond the years 1 and 9999 are compared with the first and the last day."""
    values = [date(1, 1, 1), date(2026, 3, 2), date(9999, 12, 31)]
    rules = [field("v").within(days=36_500), field("v") <= date(9999, 12, 31)]
    rules += [field("v") >= date(1900, 1, 1), field("v").due_within(days=36_500)]

    assert list(differing(database, "day", SqlColumn("v", date), values, rules)) == []


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tehran", "America/Los_Angeles"])
def test_no_moment_is_after_the_last_day_of_the_calendar(database, zone):
    """Law: that day is compared as others, east and west of Greenwich."""
    days = [date(1900, 1, 1), date(2026, 3, 2), date.max]
    values = [datetime.combine(day, time(12), tzinfo=UTC) for day in days]
    here = ZoneInfo(zone)
    card = card_of(*compared([date(1900, 1, 1), date.max]))
    database.table("t", {"n": "whole", "v": "moment"}, list(enumerate(values)))

    found = floors(database, card, {"v": SqlColumn("v", datetime, zone=here)})

    assert found == [card.score({"v": v.astimezone(here)}, at=AT).floor for v in values]


def test_a_rule_as_deep_and_large_as_rules_can_be_is_judged(database):
    """Law: no database gives up, however many rules lie within or beside one another."""
    rule = yes("v")
    for depth in range(31):
        rule = at_least(1, rule, yes("v"), ~yes("v")) if depth % 2 else ~rule
    wide = all_of(*[yes("v")] * 999)
    counted = at_least(300, *[yes("v"), ~yes("v")] * 333)
    rules = [rule, wide, any_of(*[yes("v")] * 999), counted]
    column = SqlColumn("v", bool)

    assert list(differing(database, "truth", column, [True, False, None], rules)) == []


def test_a_card_of_two_hundred_criteria_is_judged(database):
    """The largest scorecard, each criterion with a question of its own."""
    criteria = [
        Criterion(f"c{n}", yes("v") if n % 3 else ~yes("v"), weight=n, question=f"Why {n}?")
        for n in range(1, 201)
    ]
    card = Scorecard("large", criteria=criteria, threshold=20_000)
    database.table("t", {"n": "whole", "v": "truth"}, [(1, True), (2, None)])

    rows = judged(database, card, TRUTH)

    for (_, floor, *_, question), value in zip(rows, [True, None], strict=True):
        said = card.assess({"v": value}, at=AT)
        asked = said.next_questions[0].text if said.next_questions else ""
        assert (floor, question) == (said.floor, asked)


HOSTILE = [
    *("a'b", 'a"b', "a`b", "a\\", "\\'; DROP TABLE t; --", "'; DROP TABLE t; --", "a--b", "/* a"),
    *(
        "100 %",
        "%s",
        "?",
        ":name",
        "$1",
        "{0}",
        "{last}",
        "سارا احمدی",
        "Երևան",
        "a\nb",
        " a ",
        "$$a$$",
    ),
    *("E'a'", "\u202e", "x" * 63, "ش" * 31, "🙂", "floor ", "SELECT", "fact_0", "step_0"),
]


def test_hostile_names_are_names(database):
    """Law: whatever a column or a table is called, it is that column and that table."""
    for name in HOSTILE:
        database.table(name, {name: "truth"}, [(True,)])
        columns = {"v": SqlColumn(name, bool)}

        rows = judged(database, card_of(yes("v")), columns, table=name, keep=[name])

        assert rows == [(True, 1, 1, "qualified", "", "")]


def test_hostile_words_are_words(database):
    """Law: whatever a row holds or a card asks, it is that text, and nothing is run."""
    database.table("t", {"n": "whole", "v": "text"}, list(enumerate(HOSTILE)))
    column = SqlColumn("v", str, words=HOSTILE)
    lines = [name.strip() for name in HOSTILE if name.isprintable() and name != "/* a"]
    for line in lines:
        criteria = [
            Criterion("one", field("v").contains(line), weight=1),
            Criterion("two", yes("w"), weight=1, question=line),
        ]
        card = Scorecard("hostile", criteria=criteria, threshold=2, grades={line: 1, f"{line}!": 0})

        rows = judged(database, card, {"v": column, "w": column})

        said = [card.assess({"v": text, "w": text}, at=AT) for text in HOSTILE]
        expected = [(s.floor, s.grade, next((q.text for q in s.next_questions), "")) for s in said]
        assert [(row[1], row[4], row[5]) for row in rows] == expected
    assert len(database.run("SELECT * FROM t")) == len(HOSTILE)


def test_a_text_that_was_not_given_is_not_known(database):
    """A word that came after the list was made leaves the row undecided, and never wrong."""
    database.table("t", {"n": "whole", "v": "text"}, [(1, "Yerevan"), (2, "Gyumri"), (3, None)])
    card = card_of(field("v").is_("yerevan"), ~field("v").is_("yerevan"), answered("v"))

    assert floors(database, card, {"v": SqlColumn("v", str, words=["Yerevan"])}) == [5, 0, 0]


def test_a_column_may_have_no_words(database):
    """A list that is empty says so, and then no row is decided."""
    database.table("t", {"n": "whole", "v": "text"}, [(1, "Yerevan")])

    assert floors(database, card_of(field("v").is_("a")), {"v": SqlColumn("v", str, words=[])}) == [
        0
    ]


def test_a_column_may_be_compared_in_another_order(database):
    """A column in which the database takes A for a is still judged letter by letter."""
    collated = {"duckdb": "VARCHAR COLLATE NOCASE", "sqlite": "TEXT COLLATE NOCASE"}
    database.run("DROP TABLE IF EXISTS t")
    database.run(f"CREATE TABLE t (n INTEGER, v {collated.get(database.dialect, 'VARCHAR(9)')})")
    database.run("INSERT INTO t VALUES (1, 'YES'), (2, 'yes')")

    assert floors(database, card_of(answered("v")), {"v": SqlColumn("v", str, words=["yes"])}) == [
        0,
        1,
    ]


def test_what_sqlite_holds_in_a_column_without_a_type_is_looked_at():
    """A text among numbers, or a moment in another form, is not known."""
    rows = [(1, 5), (2, "5"), (3, b"5"), (4, 5.5), (5, "2026-03-02"), (6, "2026-02-30"), (7, "now")]
    rows += [(8, "2026-03-02T09:00:00.000000+00:00"), (9, "2026-03-02 09:00:00"), (10, 1)]
    with opened("sqlite") as database:
        database.table("t", {"n": "whole", "v": "anything"}, rows)

        def known(type_, rule, **more):
            found = floors(database, card_of(rule, ~rule), {"v": SqlColumn("v", type_, **more)})
            return [n for n, floor in enumerate(found, 1) if floor]

        assert known(int, field("v") > 3) == known(Decimal, field("v") > 3) == [1, 4, 10]
        assert known(date, field("v") > date(2026, 1, 1)) == [5]
        assert known(datetime, field("v") > date(2026, 1, 1)) == [8]
        assert known(datetime, field("v") > date(2026, 1, 1), zone=None) == []
        assert known(bool, yes("v")) == [10]
        assert known(str, field("v").is_("5"), words=["5", "now"]) == [2, 7]


def test_a_card_that_asks_nothing_is_a_query_too(database):
    """A rule without facts, and a table in a schema."""
    schema = {"duckdb": "main", "sqlite": "main", "postgresql": "public"}[database.dialect]
    database.table("t", {"n": "whole"}, [(1,), (2,)])

    rows = judged(database, card_of(at_least(0)), {}, table=(schema, "t"), keep=())

    assert rows == [(1, 1, "qualified", "", "")] * 2


def _a_function(_lead, _at):
    return True


USUAL = {
    "scorecard": card_of(yes("v")),
    "dialect": "duckdb",
    "table": "t",
    "columns": TRUTH,
    "at": AT,
}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"scorecard": card_of(_a_function)}, "a Python function, which no database"),
        ({"scorecard": card_of(predicate("v")(_a_function) & yes("v"))}, "a Python function"),
        ({"scorecard": card_of(yes("v"), half_life=timedelta(days=9))}, "fade with the age"),
        ({"columns": {"w": SqlColumn("v", bool)}}, "of which no column is named"),
        ({"scorecard": BANT, "columns": {"answers.ned": TRUTH["v"]}}, "did you mean answers.ned?"),
        ({"dialect": "mysql"}, "one of: duckdb, postgresql, sqlite"),
        ({"dialect": ["duckdb"]}, "one of: duckdb"),
        ({"table": ""}, "not a name that a database takes"),
        ({"table": "a\0b"}, "not a name that a database takes"),
        ({"table": "x" * 64}, "1 to 63 bytes"),
        ({"table": "ش" * 32}, "1 to 63 bytes"),
        ({"keep": ["\ud800"]}, "not a name"),
        ({"keep": ["grade"]}, "has a column grade already"),
        ({"keep": ["a", "a"]}, "has a column a already"),
        ({"keep": ["id", "ID"]}, "has a column ID already"),
        ({"keep": ["Floor"]}, "has a column Floor already"),
        ({"columns": {"v": SqlColumn("v", str, words=["a\0"])}}, "with NUL or half a character"),
        ({"columns": {"v": SqlColumn("staff", int)}}, "column staff is a number, and criterion c0"),
        ({"scorecard": card_of(field("v") >= Money(5, "EUR"))}, "asks for an amount in EUR"),
        ({"columns": {"v": SqlColumn("city", str)}}, r"column city holds texts, .* words=\[\] if"),
    ],
)
def test_what_cannot_be_said_in_sql_is_named(asked, said):
    """One sentence names the criterion, the fact or the name, and what to do."""
    usual = {
        "scorecard": card_of(yes("v")),
        "dialect": "duckdb",
        "table": "t",
        "columns": TRUTH,
    }
    wanted = {**usual, "at": AT, **asked}
    with pytest.raises(InvalidValue, match=said.replace("?", r"\?")):
        policy_sql(wanted.pop("scorecard"), **wanted)


@pytest.mark.parametrize(
    "asked",
    [
        {"scorecard": yes("v")},
        {"columns": ["v"]},
        {"columns": {"v": "v"}},
        {"keep": "id"},
        {"keep": [1]},
        {"table": [1]},
    ],
)
def test_things_of_another_kind_are_refused(asked):
    """A rule is no scorecard, a list no mapping, a text not several names."""
    wanted = {**USUAL, **asked}
    with pytest.raises(WrongKind):
        policy_sql(wanted.pop("scorecard"), **wanted)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (lambda: SqlColumn("v", list), "cannot be what a column holds"),
        (lambda: SqlColumn("v", "int"), "cannot be what a column holds"),
        (lambda: SqlColumn("v", int, words=["5"]), "holds no texts, and has words"),
        (lambda: SqlColumn("v", str, words=map(str, range(9_999))), "too many for one query"),
        (lambda: SqlColumn(5, int), "the name of a column"),
        (lambda: SqlColumn("v", str, words="yes"), "of the wrong kind"),
        (lambda: SqlColumn("v", datetime, zone="UTC"), "a time zone"),
    ],
)
def test_a_column_that_cannot_be_is_refused(column, said):
    """One sentence says what a column may hold."""
    with pytest.raises(InvalidValue, match=said):
        column()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_same_question_is_the_same_text(dialect):
    """Law: the query follows from the arguments alone, so that it can be kept beside them."""
    columns = {
        f"answers.{n}": SqlColumn(n, bool) for n in ("need", "budget", "timing", "authority")
    }
    asked = {"dialect": dialect, "table": "leads", "columns": columns, "at": AT, "keep": ["id"]}

    assert policy_sql(BANT, **asked) == policy_sql(BANT, **asked)


@pytest.mark.parametrize("year", [2, 9998])
def test_an_age_beyond_the_calendar_is_judged(database, year):
    """The first day and the last of the calendar stand for those beyond it."""
    at = datetime(year, 6, 1, tzinfo=UTC)
    asked = field("v")
    card = card_of(
        *(
            rule(days=days)
            for rule in (asked.older_than, asked.within, asked.due_within)
            for days in (0, 36500)
        )
    )
    values = [date(1900, 1, 1), date(2026, 3, 1), None]
    database.table("t", {"n": "whole", "v": "day"}, list(enumerate(values)))

    rows = judged(database, card, {"v": SqlColumn("v", date)}, at=at)

    assert [row[1] for row in rows] == [card.score({"v": v}, at=at).floor for v in values]
