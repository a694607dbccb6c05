"""The headers of a call sheet in four languages, and by which of them it is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ...values.text import fold

TOLD = ("place", "person", "company", "phone", "email", "why", "remark", "next_step", "ask")
"""The columns before the questions, which say who it is and why."""

TO_FILL = ("called_on", "reached", "note", "call_again")
"""The columns behind the questions, which are filled in."""

KEPT = ("owner", "lead", "version")
"""The last columns, by which a sheet finds back."""

_ITS_OWN = ("why", "ask", "lead")


def _by_column(headers: str) -> Mapping[str, str]:
    return MappingProxyType(dict(zip((*TOLD, *TO_FILL, *KEPT), headers.split(" | "), strict=True)))


HEADERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": _by_column(
            "Place | Person | Company | Phone | E-mail | Why | Remark | Next step | Ask first | "
            "Called on | Reached | Note | Call again on | Owner | Lead | Version"
        ),
        "fa": _by_column(
            "رتبه | شخص | شرکت | تلفن | ایمیل | چرا | توضیح | گام بعدی | اول بپرسید | "
            "روز تماس | پاسخ داد | یادداشت | روز تماس بعدی | مسئول | سرنخ | نسخه"
        ),
        "hy": _by_column(
            "Տեղ | Անձ | Ընկերություն | Հեռախոս | Էլ. փոստ | Ինչու | Դիտողություն | Հաջորդ քայլ | "
            "Նախ հարցնել | "
            "Զանգի օրը | Պատասխանել է | Նշում | Նորից զանգելու օրը | Պատասխանատու | Լիդ | Տարբերակ"
        ),
        "fr": _by_column(
            "Rang | Personne | Société | Téléphone | E-mail | Pourquoi | Remarque | "
            "Prochaine étape | À demander d’abord | "
            "Appelé le | Joint | Note | Rappeler le | Responsable | Prospect | Version"
        ),
    }
)
"""By the code of the language and the column."""

_BY_HEADER = {
    fold(header): (column, language)
    for language, headers in HEADERS.items()
    for column, header in headers.items()
}


def column_meant(header: str) -> tuple[str, str] | None:
    """
    Tell which column of a call sheet a header names, and in which language; `None` for any other.

    >>> column_meant("TÉLÉPHONE"), column_meant("Weather")
    (('phone', 'fr'), None)
    """
    return _BY_HEADER.get(fold(header))


def call_sheet_columns(header: Iterable[str]) -> list[str]:
    """
    Give the columns that together only a call sheet has, where a header has them all.

    >>> call_sheet_columns(["Person", "Why", "Ask first", "Lead"]), call_sheet_columns(["Lead"])
    (['Why', 'Ask first', 'Lead'], [])
    """
    found = {meant[0]: name for name in header if (meant := column_meant(name))}
    return [found[column] for column in _ITS_OWN] if found.keys() >= set(_ITS_OWN) else []
