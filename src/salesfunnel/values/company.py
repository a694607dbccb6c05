"""The company behind a lead or an account, and its name without the legal form."""

from __future__ import annotations

import attrs

from ..errors import InvalidValue, Text
from .bucket import Bucket
from .company_names import company_key
from .money import Money
from .text import NO_NAME, is_visible, note_text, plain_texts

_HEAD_COUNT = Text(
    "not_a_head_count", "{field} is not a head count", "a whole number from 0 on, or a Bucket"
)
_REVENUE = Text("not_an_amount", "{field} is not an amount", "Money, or None")


@attrs.frozen(repr=False)
class Company:
    """
    A company as it was described: the name, and what is known of its size and place.

    ``state`` is the state or province; ``street`` may have several lines.

    >>> novin = Company("شرکت نوین تجارت (سهامی خاص)", employees=Bucket(51, 200), city="Tehran")
    >>> novin.key == Company("نوين تجارت").key
    True
    >>> novin
    Company(…)
    """

    name: str
    employees: int | Bucket | None = attrs.field(default=None, kw_only=True)
    industry: str = attrs.field(default="", kw_only=True)
    country: str = attrs.field(default="", kw_only=True)
    city: str = attrs.field(default="", kw_only=True)
    state: str = attrs.field(default="", kw_only=True)
    street: str = attrs.field(default="", kw_only=True)
    postal_code: str = attrs.field(default="", kw_only=True)
    website: str = attrs.field(default="", kw_only=True)
    annual_revenue: Money | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a name that shows nothing, and facts of the wrong kind."""
        plain_texts(
            {
                "company": self.name,
                "industry": self.industry,
                "country": self.country,
                "city": self.city,
                "state": self.state,
                "postal code": self.postal_code,
                "website": self.website,
            }
        )
        if self.street != "":
            note_text(self.street, "street")
        if not is_visible(self.name):
            raise InvalidValue("company", NO_NAME)
        if not _is_head_count(self.employees):
            raise InvalidValue("employees", _HEAD_COUNT)
        if self.annual_revenue is not None and not isinstance(self.annual_revenue, Money):
            raise InvalidValue("annual_revenue", _REVENUE)

    @property
    def key(self) -> str:
        """
        The match key: the folded name without legal forms and blanks, unless it consists of them.

        So I.B.M. is IBM, and «تولی‌پرس» is «تولی پرس».
        """
        return company_key(self.name)

    def __str__(self) -> str:
        """Give the name as it was written."""
        return self.name

    def __repr__(self) -> str:
        """Show nothing: many companies bear the name of their owner."""
        return "Company(…)"


def _is_head_count(employees: object) -> bool:
    if employees is None or isinstance(employees, Bucket):
        return True
    return type(employees) is int and employees >= 0
