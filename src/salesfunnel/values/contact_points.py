"""Addresses and telephone numbers as they were written, and what makes two the same."""

from __future__ import annotations

import re
from enum import StrEnum

import attrs

from ..errors import InvalidValue, Text
from .text import BIDI_CONTROLS, NOT_TEXT, fold_letters, is_visible, plain_text

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
    try:
        return ContactKind(kind)
    except ValueError:
        raise InvalidValue("contact kind", _KIND, {"kinds": ", ".join(ContactKind)}) from None


def _without_bidi_controls(text: str) -> str:
    # Address books wrap numbers in these, so a lead is not refused for them.
    if not isinstance(text, str):
        raise InvalidValue("contact point", NOT_TEXT)
    return text if text.isascii() else "".join(c for c in text if c not in BIDI_CONTROLS)


@attrs.frozen(repr=False)
class ContactPoint:
    """
    One way to reach a person or a company, kept as written, even where it is badly formed.

    Only invisible controls of writing direction are taken out. The representation shows the kind,
    never the address.

    >>> point = ContactPoint(ContactKind.PHONE, "0098 (0)21 8877 6655 داخلی ۱۲")
    >>> point
    ContactPoint(phone: …)
    >>> point.key
    '+982188776655'
    """

    kind: ContactKind = attrs.field(converter=_contact_kind)
    text: str = attrs.field(converter=_without_bidi_controls)

    def __attrs_post_init__(self) -> None:
        """Refuse what shows nothing or cannot be stored safely."""
        plain_text(self.text, self.kind.value)
        if not is_visible(self.text):
            raise InvalidValue(self.kind.value, _BLANK)

    @property
    def key(self) -> str:
        """
        The match key: equal for two spellings of one address; empty where nothing is usable.

        A number without its country code stays without it, since the country is not known.
        """
        match self.kind:
            case ContactKind.EMAIL:
                return _email_key(fold_letters(self.text))
            case ContactKind.WEBSITE:
                return _website_key(fold_letters(self.text))
            case ContactKind.SOCIAL:
                return _social_key(fold_letters(self.text))
            case _:
                return _phone_key(fold_letters(self.text))

    def __str__(self) -> str:
        """Give the address as it was written."""
        return self.text

    def __repr__(self) -> str:
        """Show the kind only: representations end up in logs."""
        return f"ContactPoint({self.kind.value}: …)"


_IN_ANGLES = re.compile(r"<([^<>]{1,320})>")
_LABEL = r"[^\s.@:/\\<>()\[\],;\"]{1,63}"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{1,20}}")
_EXTENSION = re.compile(
    r"(?:;ext=|\b(?:ext(?:ension)?|poste|x|داخلی|ներքին|доб)\b|(?<=\d)\s?x)[\s.:]{0,4}\d{1,8}(?!\d)"
)
_NUMBER_SEPARATOR = re.compile(r"[/،؛;,|]")
_NUMBER_START = re.compile(r"[+\d]")
_LONG_ENOUGH = 7
_SHORTEST = 3

# Countries that drop the leading zero after their code, where people often keep it: IR AM FR GB.
_WITHOUT_TRUNK_ZERO = ("98", "374", "33", "44")


def _email_key(text: str) -> str:
    in_angles = _IN_ANGLES.search(text)
    address = (in_angles[1] if in_angles else text).strip(" \t<>.,،;؛").removeprefix("mailto:")
    local, at, domain = address.rpartition("@")
    host = _host_key(domain)
    if not local or not at or not host or any(map(str.isspace, local)):
        return ""
    return f"{local}@{host}"


def _website_key(text: str) -> str:
    host, _ = _host_and_path(text)
    return _host_key(host).removeprefix("www.")


def _social_key(text: str) -> str:
    host, path = _host_and_path(text)
    return "/".join(part for part in (host.removeprefix("www."), *path.split("/")) if part)


def _phone_key(text: str) -> str:
    text = _EXTENSION.sub(" ", text)
    first, *_ = _NUMBER_SEPARATOR.split(text, maxsplit=1)
    # «01/23/45/67/89» is one number, «88776655 / 88776656» are two: the first one counts.
    if len(_digits(first)) >= _LONG_ENOUGH:
        text = first
    # A plus behind the number is one that a right-to-left text field has moved.
    start = _NUMBER_START.search(text)
    is_international = (start is not None and start[0] == "+") or text.rstrip().endswith("+")
    if _digits(text).startswith("00"):
        is_international = True
    if not is_international:
        digits = _digits(text)
        return digits if len(digits) >= _SHORTEST else ""
    digits = _digits(text.replace("(0)", "")).lstrip("0")
    for code in _WITHOUT_TRUNK_ZERO:
        if digits.startswith(f"{code}0"):
            digits = code + digits.removeprefix(code).lstrip("0")
    return f"+{digits}" if len(digits) >= _SHORTEST else ""


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _host_and_path(text: str) -> tuple[str, str]:
    address = "".join(text.split()).rpartition("://")[2].partition("?")[0].partition("#")[0]
    host, _, path = address.partition("/")
    return host.rpartition("@")[2] if "." in host else host, path


def _host_key(host: str) -> str:
    name = host.strip().partition(":")[0].rstrip(".")
    if not _HOST.fullmatch(name):
        return ""
    return ".".join(map(_label_key, name.split(".")))


def _label_key(label: str) -> str:
    # «xn--…» is how a name with other letters travels; both spellings are one host.
    if not label.startswith("xn--"):
        return label
    try:
        return fold_letters(label.removeprefix("xn--").encode("ascii").decode("punycode"))
    except UnicodeError:
        return label
