"""Addresses and telephone numbers as they were written, and what makes two the same."""

from __future__ import annotations

from enum import StrEnum

import attrs

from ..errors import InvalidValue, Text
from .email_addresses import email_key
from .numbering_plans import country_code
from .phone_numbers import number_key
from .text import BIDI_CONTROLS, NOT_TEXT, fold_letters, is_visible, plain_text
from .web_addresses import social_key, website_key

_KIND = Text("unknown_contact_kind", "{field} is not in the list", "{kinds}")
_BLANK = Text("blank_contact_point", "{field} is blank", "an address or a number")


class ContactKind(StrEnum):
    """
    The ways in which people can be reached.

    >>> ContactKind("email")
    <ContactKind.EMAIL: 'email'>
    """

    EMAIL = "email"
    PHONE = "phone"
    MOBILE = "mobile"
    FAX = "fax"
    WEBSITE = "website"
    SOCIAL = "social"


def _contact_kind(kind: ContactKind | str) -> ContactKind:
    if type(kind) is ContactKind:
        return kind
    try:
        return ContactKind(kind)
    except ValueError:
        raise InvalidValue("contact kind", _KIND, {"kinds": ", ".join(ContactKind)}) from None


def _without_bidi_controls(text: str) -> str:
    # Address books wrap numbers in these, so a lead is not refused for them.
    if not isinstance(text, str):
        raise InvalidValue("contact point", NOT_TEXT)
    return text if text.isascii() else "".join(c for c in text if c not in BIDI_CONTROLS)


def _country(code: str) -> str:
    return country_code(code, "country") if code != "" else code


@attrs.frozen(repr=False)
class ContactPoint:
    """
    One way to reach a person or a company, kept as written, even where it is badly formed.

    Only invisible controls of writing direction are taken out. The ``country`` of a number, as two
    letters, completes what is written without its code. The representation shows the kind, never
    the address.

    >>> point = ContactPoint(ContactKind.PHONE, "0098 (0)21 8877 6655 داخلی ۱۲")
    >>> point
    ContactPoint(phone: …)
    >>> point.key
    '+982188776655'
    >>> ContactPoint("mobile", "0612345678", country="NL").key
    '+31612345678'
    """

    kind: ContactKind = attrs.field(converter=_contact_kind)
    text: str = attrs.field(converter=_without_bidi_controls)
    country: str = attrs.field(default="", converter=_country, kw_only=True)
    _key: str | None = attrs.field(init=False, repr=False, eq=False, default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse what shows nothing or cannot be stored safely."""
        plain_text(self.text, self.kind)
        if not is_visible(self.text):
            raise InvalidValue(str(self.kind), _BLANK)

    @property
    def key(self) -> str:
        """
        The match key: equal for two spellings of one address; empty where nothing is usable.

        A number without its country code stays without it where the country is not known.
        """
        if self._key is None:
            # Worked out once: it is asked for by ids, by duplicates and by readers.
            object.__setattr__(self, "_key", self._worked_out_key())
        return self._key or ""

    def _worked_out_key(self) -> str:
        text, kind = fold_letters(self.text), self.kind
        if kind == "email":
            return email_key(text)
        if kind == "website":
            return website_key(text)
        return social_key(text) if kind == "social" else number_key(text, self.country)

    def __str__(self) -> str:
        """Give the address as it was written."""
        return self.text

    def __repr__(self) -> str:
        """Show the kind only: representations end up in logs."""
        return f"ContactPoint({self.kind.value}: …)"
