"""Real numbers and addresses with what they should be read as, for tests and for the benchmark."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

_CONTROL_PICTURES = range(0x2400, 0x2422)
_MAIL_ARRIVES = {"ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN"}


def national_forms(real_data: Path) -> Iterator[tuple[str, str, str]]:
    """Give the example numbers of each country as written there: country, text, right key."""
    tree = ET.parse(real_data / "phone_vectors" / "PhoneNumberMetadata.xml")  # noqa: S314 - our own file
    for country in tree.iter("territory"):
        code, name = country.get("countryCode"), country.get("id")
        for example in country.iter("exampleNumber"):
            if name != "001":  # networks that belong to no country
                key = f"+{code}{example.text.strip()}"
                yield name, example.text.strip(), key
                yield name, country.get("nationalPrefix", "") + example.text.strip(), key
                yield name, _formatted(key), key


def _formatted(key: str) -> str:
    phonenumbers = pytest.importorskip("phonenumbers")
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    return phonenumbers.format_number(phonenumbers.parse(key), national)


def mobiles_of_locales(real_data: Path) -> Iterator[tuple[str, str, str]]:
    """Give the valid mobiles of each locale as people type them: country, text, right key."""
    listed = (real_data / "phone_locale_lists" / "mobile_phone_by_locale.json").read_text("utf-8")
    for entry in json.loads(listed):
        locale = entry["locale"] if isinstance(entry["locale"], str) else entry["locale"][0]
        country = locale.rpartition("-")[2]
        for text in entry["valid"]:
            yield country, text, _parsed(text, country)


def _parsed(text: str, country: str) -> str:
    phonenumbers = pytest.importorskip("phonenumbers")
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return "no number"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def judged_addresses(real_data: Path) -> Iterator[tuple[str, bool]]:
    """Give the addresses of isemail, and whether mail would arrive there."""
    tree = ET.parse(real_data / "email_vectors" / "tests.xml")  # noqa: S314 - our own file
    for case in tree.iter("test"):
        written = case.findtext("address") or ""
        address = "".join(
            chr(ord(c) - 0x2400) if ord(c) in _CONTROL_PICTURES else c for c in written
        )
        yield address, case.findtext("category") in _MAIL_ARRIVES
