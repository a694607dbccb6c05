"""
How many real numbers and addresses are read right: ``python tests/benchmarks/addresses.py``.

Reads the numbers of libphonenumber and validator.js and the addresses of isemail in
``../shared/data``, or in the folder that is named. Keys do not depend on the extra ``[contacts]``,
so the figures of numbers hold with and without it; of addresses it doubts some more.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from salesfunnel.errors import InvalidValue
from salesfunnel.interop.cells.second_opinion import doubt
from salesfunnel.values import ContactPoint
from tests.values.real_addresses import judged_addresses, mobiles_of_locales, national_forms

DATA = Path(__file__).resolve().parents[3] / "shared/data"


def completed(numbers: Iterator[tuple[str, str, str]]) -> float:
    """Tell which part of the numbers has the right key with its country."""
    right = [
        ContactPoint("phone", text, country=country).key == key for country, text, key in numbers
    ]
    return sum(right) / len(right)


def judged(cases: Iterator[tuple[str, bool]], is_good: Callable[[str], bool]) -> float:
    """Tell which part of the addresses is judged right."""
    right = [is_good(address) is mail_arrives for address, mail_arrives in cases]
    return sum(right) / len(right)


def has_key(address: str) -> bool:
    """Judge an address by our own rule."""
    try:
        return ContactPoint("email", address).key != ""
    except InvalidValue:
        return False


def is_undoubted(address: str) -> bool:
    """Judge an address by our own rule and by email-validator."""
    return has_key(address) and doubt(ContactPoint("email", address)) is None


def main() -> int:
    """Print each figure beside its bar, and say by the status whether all are met."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    figures = [
        ("national numbers with their country", 0.99, completed(national_forms(data))),
        ("mobiles of 155 locales", 0.95, completed(mobiles_of_locales(data))),
        ("addresses judged without the extra", 0.85, judged(judged_addresses(data), has_key)),
        ("addresses judged with the extra", 0.95, judged(judged_addresses(data), is_undoubted)),
    ]
    print(f"{'what':38}{'right':>8}{'at least':>10}")
    for what, bar, share in figures:
        print(f"{what:38}{share:8.1%}{bar:10.0%}{'' if share >= bar else '  MISSED'}")
    return int(any(share < bar for _, bar, share in figures))


if __name__ == "__main__":
    sys.exit(main())
