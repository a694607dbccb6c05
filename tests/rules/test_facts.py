"""Reading facts from anything a host may hand in."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition
from salesfunnel.rules import answered, field, read_fact, yes
from salesfunnel.values import Answer, Bucket, Company, FrozenMap, Money
from tests.rules.examples import PATHS, known, row_of

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Raising:
    """An object of a host that fails at everything."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def keys(self):
        """Pretend to be a mapping."""
        raise RuntimeError

    get = keys


class Endless:
    """A property that calls itself."""

    @property
    def need(self):
        """Never come back."""
        return self.need


class Missing:
    """What data frames put where there is nothing: it does not equal even itself."""

    __hash__ = None

    def __eq__(self, other):
        """Equal nothing."""
        return False


class Undecided:
    """Another such thing, which has no truth either."""

    __hash__ = None

    def __eq__(self, other):
        raise TypeError("it is ambiguous")


class Lying(int):
    """A number that compares as it likes."""

    __hash__ = int.__hash__

    def __le__(self, other):
        raise ValueError

    def __lt__(self, other):
        return "yes"


class Nest:
    """An object with the same thing in each of its attributes."""

    def __init__(self, inner):
        """Put something inside."""
        self.a = self.b = self.c = inner


class Index:
    """A whole number of another library."""

    def __index__(self):
        return 40


def fact(subject, path="need"):
    """Read one fact."""
    return read_fact(subject, tuple(path.split(".")), at=AT)


@pytest.mark.parametrize(
    "subject",
    [
        {"company": {"employees": 40}},
        SimpleNamespace(company=SimpleNamespace(employees=40)),
        {"company": Company("Novin", employees=40)},
        FrozenMap({"company": FrozenMap({"employees": 40})}),
        defaultdict(dict, company={"employees": 40}),
        {"company": {"employees": Answer(40)}},
    ],
)
def test_a_fact_is_read_by_key_or_by_attribute(subject):
    """Rows, entities and read-only maps are read alike."""
    assert fact(subject, "company.employees") == 40
    assert (field("company.employees") <= 40).holds(subject, at=AT) is True


TESTS_OF_FORTY = [
    field("size") <= 40,
    field("size") < 41,
    field("size") >= 40,
    field("size") > 39,
    field("size").is_(40),
    field("size").between(39, 41),
    field("size").one_of(1, 40),
    field("need").is_(True),
    field("need").is_(False),
    field("city").is_("Yerevan"),
    field("city").is_("YEREVAN"),
]


@pytest.mark.parametrize("rule", TESTS_OF_FORTY, ids=str)
@pytest.mark.parametrize("place", ["", "a.", "a.b.", "a.b.c."])
def test_every_test_reads_rows_and_objects_alike(rule, place):
    """However deep the fact lies, and whatever it lies in, the answer is the same."""
    facts = {"size": 40, "need": True, "city": "Yerevan"}
    expected = rule.operand is not False
    moved = attrs.evolve(rule, path=place + rule.path)
    answers = {name: Answer(value) for name, value in facts.items()}

    for subject in (facts, FrozenMap(facts), SimpleNamespace(**facts), answers):
        for wrap in (lambda inner: {"a": inner, "b": inner, "c": inner}, Nest):
            nested = subject
            for _ in place.split(".")[:-1]:
                nested = wrap(nested)
            assert moved.holds(nested, at=AT) is expected


def test_a_row_of_a_database_is_read_by_key():
    """A row that has keys, but is no mapping, will do."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    row = connection.execute("select 40 as employees").fetchone()
    connection.close()

    assert fact(row, "employees") == 40
    assert fact(row, "budget") is None


def test_an_object_may_have_a_fact_named_keys():
    """A locksmith counts them."""
    assert fact(SimpleNamespace(keys=5), "keys") == 5
    assert (field("keys") >= 5).holds(SimpleNamespace(keys=5), at=AT) is True


def test_reading_never_makes_an_entry():
    """A dictionary with defaults does not grow by being asked."""
    row = defaultdict(list)

    assert yes("need").holds(row, at=AT) is None
    assert dict(row) == {}


@pytest.mark.parametrize(
    "blank",
    [
        *(None, "", " \t", "\u200b", float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN")),
        *(Decimal("-Infinity"), (), [], {}, set(), print, int, Missing(), Undecided()),
        Answer(None),
        Answer(True, expires=AT),
    ],
    ids=lambda blank: type(blank).__name__,
)
def test_what_says_nothing_is_unknown(blank):
    """Blanks, NaN, methods, empty collections and expired answers are as good as missing."""
    assert fact({"need": blank}) is None
    assert answered("need").holds({"need": blank}, at=AT) is False
    assert (field("need") <= 5).holds({"need": blank}, at=AT) is None


@pytest.mark.parametrize(
    "telling", [0, False, 0.0, Decimal(0), Money(0, "EUR"), Bucket(0, None), "0", (None,), AT]
)
def test_nothing_is_an_answer_too(telling):
    """Zero and no are answers, and so is whatever else says something."""
    assert fact({"need": telling}) == telling
    assert answered("need").holds({"need": telling}, at=AT) is True


def test_an_answer_counts_until_it_expires():
    """The moment of its expiry is the first at which it is unknown again."""
    row = {"need": Answer(True, expires=AT)}

    assert yes("need").holds(row, at=AT - timedelta(microseconds=1)) is True
    assert yes("need").holds(row, at=AT) is None


def test_a_fact_inside_an_answer_is_read():
    """An answer may be an amount, of which one fact is the currency."""
    row = {"answers": {"budget": Answer(Money(5, "EUR"))}}

    assert field("answers.budget.currency").is_("EUR").holds(row, at=AT) is True
    assert fact(row, "answers.budget.currency") == "EUR"


@pytest.mark.parametrize(
    "subject",
    [Raising(), Endless(), None, 5, "text", [1], object, 1j],
    ids=lambda s: type(s).__name__,
)
@pytest.mark.parametrize("path", ["need", "company.need", "a.b.need"])
@pytest.mark.parametrize("inside", [False, True])
def test_no_subject_makes_a_rule_fail(subject, path, inside):
    """Whatever raises while it is read leaves the fact unknown."""
    row = {path.split(".")[0]: subject, "need": subject} if inside else subject

    for rule in (
        yes(path),
        field(path) <= 5,
        field(path) < 5,
        field(path) > 5,
        field(path) >= 5,
        field(path).between(1, 2),
        field(path).one_of("a"),
        field(path).contains(Decimal("0.5")),
    ):
        assert rule.holds(row, at=AT) in ((None, True, False) if inside else (None,))
        assert rule.explain(row, at=AT).path == path
        assert rule.missing_facts(row, at=AT) <= {path}
    assert answered(path).holds(row, at=AT) in (True, False)


def test_a_number_of_a_host_counts_as_the_number_that_it_is():
    """Subclasses cannot change what comparing means, and indices of other libraries count."""
    small = field("size") < 20

    assert small.holds({"size": Lying(40)}, at=AT) is False
    assert (field("size") <= 40).holds({"size": Lying(40)}, at=AT) is True
    assert small.holds({"size": Index()}, at=AT) is False


class Scalar:
    """A single value as numpy has it."""

    shape = ()

    def __init__(self, letter, item):
        """Take a kind of data, and what it is in Python."""
        self.dtype, self.value = SimpleNamespace(kind=letter), item

    dtype = None

    def item(self):
        """Give it as what it is in Python."""
        return self.value

    def __str__(self):
        return str(self.value)


def test_a_value_of_numpy_counts_as_what_it_is():
    """A truth is a truth, a number a number, also inside an answer or a list."""
    row = {"need": Scalar("b", True), "size": Scalar("i", 40), "share": Scalar("f", 0.1)}

    assert yes("need").holds(row, at=AT) is True
    assert (field("size") <= 40).holds(row, at=AT) is True
    assert field("share").is_(Decimal("0.1")).holds(row, at=AT) is True
    assert field("sizes").contains(40).holds({"sizes": [Scalar("i", 40)]}, at=AT) is True
    assert (fact(row), fact(row, "share")) == (True, Decimal("0.1"))
    assert fact({"need": Scalar("f", float("nan"))}) is None


def test_a_row_of_numpy_and_pandas_is_judged():
    """With the real library, whose nothing is unknown."""
    numpy = pytest.importorskip("numpy")
    row = {"need": numpy.bool_(True), "size": numpy.int64(40), "share": numpy.float32(0.1)}

    assert yes("need").holds(row, at=AT) is True
    assert (field("size") <= 40).holds(row, at=AT) is True
    assert field("share").is_(Decimal("0.1")).holds(row, at=AT) is True
    assert (field("share") < Decimal("0.1")).holds({"share": numpy.float64(0.1)}, at=AT) is False
    assert answered("need").holds({"need": numpy.float32("nan")}, at=AT) is False
    assert answered("need").holds({"need": numpy.datetime64("NaT", "s")}, at=AT) is False
    assert field("tags").contains("VIP").holds({"tags": numpy.array(["VIP"])}, at=AT) is None


@given(known, st.sampled_from(PATHS))
def test_a_fact_is_what_stands_at_the_end_of_its_path(found, path):
    """It is found, or unknown; an answered question is one whose fact is found."""
    row = row_of(found)

    read = fact(row, path)

    assert read is None or read == found[path]
    assert answered(path).holds(row, at=AT) is (read is not None)


@pytest.mark.parametrize(
    "path",
    [
        *("", ".", "a.", ".a", "a..b", "a b", "__class__", "a._b", "a.__dict__", "a[0]", "a()"),
        *("a.b.c.d.e.f.g.h.i", "a" * 65, "a" * 1_000_000, "a." * 1_000_000, None, 5, "\ud800"),
    ],
    ids=lambda path: repr(path)[:20],
)
def test_a_path_is_made_of_names(path):
    """Private parts, calls, indices and endless paths cannot be asked for."""
    for make in (field, yes, answered):
        with pytest.raises(InvalidDefinition, match="the path of a field is"):
            make(path)


def test_a_path_of_the_longest_names_is_one():
    """Eight names of 64 letters each are what is allowed, and not one less."""
    path = ".".join(["a" * 64] * 8)

    assert field(path).path == path


def test_a_path_may_be_of_any_script():
    """A row with Persian column names is a row."""
    assert (field("شرکت.کارکنان") <= 200).holds({"شرکت": {"کارکنان": 40}}, at=AT) is True
