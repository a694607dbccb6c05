"""How some systems tell a value in JSON: a number with its text beside it, or false for none."""

from __future__ import annotations

from decimal import Decimal

_SHOWN = "@OData.Community.Display.V1.FormattedValue"
_PAIR = 2


def as_shown(found: dict[str, object]) -> dict[str, object]:
    """
    Give the values of an object as its system shows them, instead of numbers that stand for them.

    Odoo tells a link as its number and its name, and nothing as false; Dynamics 365 tells the text
    of a choice or of a link beside its number.

    >>> as_shown({"partner_id": [Decimal(3), "Novin"], "lost_reason_id": False})
    {'partner_id': 'Novin', 'partner_id id': Decimal('3'), 'lost_reason_id': None}
    >>> as_shown({"_ownerid_value": "5f", "_ownerid_value" + _SHOWN: "Ani", "statecode": 0})
    {'_ownerid_value': '5f', 'statecode': 0, 'ownerid': 'Ani'}
    """
    if any(map(_is_link, found.values())):
        return _of_odoo(found)
    if any(name.endswith(_SHOWN) for name in found):
        return _of_dynamics(found)
    return found


def _is_link(value: object) -> bool:
    """Tell a number with a name, such as [3, "Novin"], from a list of anything."""
    if type(value) is not list or len(value) != _PAIR:
        return False
    number, name = value
    return isinstance(number, Decimal) and isinstance(name, str)


def _of_odoo(found: dict[str, object]) -> dict[str, object]:
    told: dict[str, object] = {}
    for name, value in found.items():
        if isinstance(value, list) and _is_link(value):
            told |= {name: value[1], f"{name} id": value[0]}
        else:
            told[name] = None if value is False else value
    return told


def _of_dynamics(found: dict[str, object]) -> dict[str, object]:
    shown = {name: text for name, text in found.items() if name.endswith(_SHOWN)}
    told = {name: value for name, value in found.items() if name not in shown}
    for name, text in shown.items():
        field = name.removesuffix(_SHOWN)
        link = field.removeprefix("_").removesuffix("_value")
        if link != field:
            told[link] = text
        elif not any(map(str.isdigit, str(text))):  # a number or a day stays what it is
            told[field] = text
    return told
