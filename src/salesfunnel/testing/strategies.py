"""
Hypothesis strategies for the values of the library, each named by the plural of its type.

Random values stand beside a pool of known nasty ones.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Context, Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..values.answer import Answer
from ..values.bucket import Bucket
from ..values.company import Company
from ..values.contact_points import ContactKind, ContactPoint
from ..values.money import Money
from ..values.person import Person
from ..values.text import BIDI_CONTROLS, is_visible

NASTY_NAMES = (
    *("Sara Ahmadi", "سارا احمدی", "علي‌رضا كريمي", "می‌نا", "Արամ Խաչատրյան", "Zoé Lefèvre"),
    *(
        "Œdipe d’Amboise",
        "李伟",
        "İpek Yıldız",
        "O'Brien; DROP TABLE",
        "=1+1",
        "  x  ",
        "NULL",
        "😀",
    ),
    *("e\u0301", "!!!", "۱۲۳", "ﷺ", "a" * 200),
)
"""Names that have broken other programs: of many scripts, with half-spaces, and like code."""

NASTY_ADDRESSES = (
    *("sara@novin.example", "Sara Ahmadi <SARA@novin.example>", "info@société.example", "@", "n/a"),
    *("+98 21 8877 6655", "۰۲۱-۸۸۷۷۶۶۵۵", "0098 (0)21 8877 6655 ext. 12", "1/2", "-", "t.me/novin"),
    *("https://www.novin.example/?q=1#top", "xn--bcher-kva.example", "=HYPERLINK(1)", "☎"),
)
"""Addresses and numbers as people type them, some of no use to anybody."""

_WIDE = Context(prec=40)
_ZONES = (UTC, *(timezone(timedelta(minutes=m)) for m in (210, 240, 345, -660, 840)))
_CURRENCIES = ("EUR", "IRR", "AMD", "USD", "JPY", "KWD")

_letters = st.characters(
    exclude_categories=("Cc", "Cs", "Co", "Zl", "Zp"), exclude_characters="".join(BIDI_CONTROLS)
)
_lines = st.just("") | st.sampled_from(NASTY_NAMES)


def names() -> SearchStrategy[str]:
    """
    Texts of one line that show something.

    >>> names().validate()
    """
    return st.sampled_from(NASTY_NAMES) | st.text(_letters, min_size=1, max_size=30).filter(
        is_visible
    )


def notes() -> SearchStrategy[str]:
    """
    Texts of any number of lines, also of none.

    >>> notes().validate()
    """
    return _lines | st.just("two\nlines\tand a tab")


def people() -> SearchStrategy[Person]:
    """
    People of all sorts of names, some with addresses of their own, and with an id.

    >>> people().validate()
    """
    return st.builds(
        Person,
        names(),
        given=_lines,
        family=_lines,
        salutation=_lines,
        job_title=_lines,
        contact_points=st.lists(contact_points(), max_size=2),
        id=st.sampled_from(["", "", "c7"]),
    )


def companies() -> SearchStrategy[Company]:
    """
    Companies of which more or less is known.

    >>> companies().validate()
    """
    return st.builds(
        Company,
        names() | names().map("شرکت {} (سهامی خاص)".format),
        employees=st.none() | st.integers(0, 10**6) | buckets(),
        industry=_lines,
        country=_lines,
        city=_lines,
        state=_lines,
        street=_lines | notes(),
        postal_code=_lines,
        website=_lines,
        annual_revenue=st.none() | moneys(),
    )


def buckets() -> SearchStrategy[Bucket]:
    """
    Size brackets, open and closed.

    >>> buckets().validate()
    """
    sizes = st.integers(0, 10**6)
    return st.builds(
        _bucket,
        sizes,
        st.none() | sizes,
    )


def contact_points() -> SearchStrategy[ContactPoint]:
    """
    Ways to reach people, well formed or not.

    >>> contact_points().validate()
    """
    return st.builds(
        ContactPoint, st.sampled_from(ContactKind), st.sampled_from(NASTY_ADDRESSES) | names()
    )


def moneys(*, currency: str = "") -> SearchStrategy[Money]:
    """
    Amounts of either sign, in one currency or in several.

    >>> moneys(currency="EUR").validate()
    """
    return st.builds(
        _money,
        st.sampled_from([0, 1, -1, 10**17]) | st.integers(-(10**15), 10**15),
        st.integers(0, 4),
        st.just(currency) if currency else st.sampled_from(_CURRENCIES),
    )


def instants() -> SearchStrategy[datetime]:
    """
    Moments between 1990 and 2060, in zones from Honolulu to Kiritimati.

    >>> instants().validate()
    """
    return st.datetimes(
        datetime(1990, 1, 1),  # noqa: DTZ001 - the zone is drawn
        datetime(2060, 1, 1),  # noqa: DTZ001 - likewise
        timezones=st.sampled_from(_ZONES),
    )


def days() -> SearchStrategy[date]:
    """
    Calendar days.

    >>> days().validate()
    """
    return st.dates(date(1990, 1, 1), date(2060, 1, 1))


def answers() -> SearchStrategy[Answer]:
    """
    Answers of every kind, of which yes, no and unknown are the most frequent.

    >>> answers().validate()
    """
    verdicts = st.sampled_from([True, False, None])
    other = st.integers(0, 10**9) | names() | moneys() | days() | st.just(Decimal("0.5"))
    return st.builds(
        Answer, verdicts | other, note=notes(), said_by=_lines, expires=st.none() | instants()
    )


def _bucket(low: int, more: int | None) -> Bucket:
    return Bucket(low, None if more is None else low + more)


def _money(digits: int, places: int, code: str) -> Money:
    return Money(Decimal(digits).scaleb(-places, _WIDE), code)
