"""What other libraries say of an address or a number, once they are asked: the extra [contacts]."""

from __future__ import annotations

import functools
from importlib import import_module
from typing import Any

from ...errors import InvalidValue, Text
from ...values.contact_points import ContactKind, ContactPoint

_NOT_INSTALLED = Text(
    "contacts_not_installed",
    "{field} needs packages that are not installed",
    "pip install 'salesfunnel[contacts]'",
)
_NO_MAIL = Text("mail_is_refused", "{field} is an address that mail servers refuse: taken as it is")
_NOT_GIVEN_OUT = Text(
    "number_not_given_out", "{field} is a number that its country does not give out: taken as it is"
)


def require_contacts() -> None:
    """Raise `InvalidValue` where the packages are not installed."""
    _libraries()


def doubt(point: ContactPoint) -> Text | None:
    """
    Say what is doubtful about an address or a number; nothing where it is good, or cannot be told.

    No key depends on it, so that no id depends on what is installed.

    >>> doubt(ContactPoint("mobile", "+98 912 123 4567")) is None
    True
    >>> doubt(ContactPoint("mobile", "+98 900 000 00")).code
    'number_not_given_out'
    """
    numbers, mail = _libraries()
    key = point.key
    if point.kind is ContactKind.EMAIL:
        try:
            mail.validate_email(key, check_deliverability=False)
        except mail.EmailNotValidError:
            return _NO_MAIL
        return None
    if not key.startswith("+"):
        return None
    try:
        is_given_out = numbers.is_valid_number(numbers.parse(key))
    except numbers.NumberParseException:
        is_given_out = False
    return None if is_given_out else _NOT_GIVEN_OUT


@functools.cache
def _libraries() -> tuple[Any, Any]:
    try:
        return import_module("phonenumbers"), import_module("email_validator")
    except ImportError:
        raise InvalidValue("check_addresses", _NOT_INSTALLED) from None
