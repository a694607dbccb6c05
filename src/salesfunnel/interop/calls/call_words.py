"""The words of a call sheet in four languages: its headers, and what stands in its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

import attrs

from ...errors import InvalidValue, Text
from ...pictures.language import Language
from ...qualification.assessment import Verdict
from ...values.text import fold

_NOT_A_LANGUAGE = Text("no_such_language", "{field} is none of a call sheet", "{known}")

TOLD = ("place", "person", "company", "phone", "email", "why", "remark", "next_step", "ask")
"""The columns before the questions, which say who it is and why."""

TO_FILL = ("called_on", "reached", "note", "call_again")
"""The columns behind the questions, which are filled in."""

KEPT = ("owner", "lead", "version")
"""The last columns, by which a sheet finds back."""


@attrs.frozen
class CallWords:
    """
    The words of a call sheet in one language.

    >>> CALL_WORDS["fr"].headers["company"], CALL_WORDS["fr"].yes_no(True)
    ('Société', 'oui')
    """

    headers: Mapping[str, str]
    yes: str
    no: str
    verdicts: Mapping[Verdict, str]
    do_not: Mapping[str, str]
    language: str
    not_before: str
    calls: str
    no_owner: str
    others: str
    from_right: bool = False

    @property
    def comma(self) -> str:
        """What stands between the parts of a list."""
        return "، " if self.from_right else ", "

    def yes_no(self, answer: bool) -> str:  # noqa: FBT001 - the answer itself
        """Say yes or no."""
        return self.yes if answer else self.no

    def day(self, day: date) -> str:
        """Write a day; in Persian by the Jalali calendar."""
        return Language(self.language).day(day)


def _words(
    headers: str,
    verdicts: str,
    *,
    no_call: str,
    no_mail: str,
    from_right: bool = False,
    **more: str,
) -> CallWords:
    return CallWords(
        headers=MappingProxyType(
            dict(zip((*TOLD, *TO_FILL, *KEPT), headers.split(" | "), strict=True))
        ),
        verdicts=MappingProxyType(dict(zip(Verdict, verdicts.split(" | "), strict=True))),
        do_not=MappingProxyType({"phone": no_call, "email": no_mail}),
        from_right=from_right,
        **more,
    )


CALL_WORDS: Mapping[str, CallWords] = MappingProxyType(
    {
        "en": _words(
            "Place | Person | Company | Phone | E-mail | Why | Remark | Next step | Ask first | "
            "Called on | Reached | Note | Call again on | Owner | Lead | Version",
            "qualified | undecided | disqualified",
            no_call="do not call",
            language="en",
            no_mail="do not write",
            yes="yes",
            no="no",
            not_before="not before {day}",
            calls="Calls",
            no_owner="no owner",
            others="others",
        ),
        "fa": _words(
            "رتبه | شخص | شرکت | تلفن | ایمیل | چرا | توضیح | گام بعدی | اول بپرسید | "
            "روز تماس | پاسخ داد | یادداشت | روز تماس بعدی | مسئول | سرنخ | نسخه",
            "واجد شرایط | نامعلوم | رد شده",
            no_call="تماس نگیرید",
            language="fa",
            no_mail="ایمیل نفرستید",
            yes="بله",
            no="خیر",
            not_before="نه پیش از {day}",
            calls="تماس‌ها",
            no_owner="بدون مسئول",
            others="دیگران",
            from_right=True,
        ),
        "hy": _words(
            "Տեղ | Անձ | Ընկերություն | Հեռախոս | Էլ. փոստ | Ինչու | Դիտողություն | Հաջորդ քայլ | "
            "Նախ հարցնել | "
            "Զանգի օրը | Պատասխանել է | Նշում | Նորից զանգելու օրը | Պատասխանատու | Լիդ | Տարբերակ",
            "որակավորված | անորոշ | որակազրկված",
            no_call="չզանգել",
            language="hy",
            no_mail="չգրել",
            yes="այո",
            no="ոչ",
            not_before="ոչ շուտ, քան {day}",
            calls="Զանգեր",
            no_owner="առանց պատասխանատուի",
            others="ուրիշներ",
        ),
        "fr": _words(
            "Rang | Personne | Société | Téléphone | E-mail | Pourquoi | Remarque | "
            "Prochaine étape | À demander d’abord | "
            "Appelé le | Joint | Note | Rappeler le | Responsable | Prospect | Version",
            "qualifié | à suivre | écarté",
            no_call="ne pas appeler",
            language="fr",
            no_mail="ne pas écrire",
            yes="oui",
            no="non",
            not_before="pas avant le {day}",
            calls="Appels",
            no_owner="sans responsable",
            others="autres",
        ),
    }
)
"""By the code of the language."""

_BY_HEADER = {
    fold(header): (column, language)
    for language, words in CALL_WORDS.items()
    for column, header in words.headers.items()
}


def column_meant(header: str) -> tuple[str, str] | None:
    """
    Tell which column of a call sheet a header names, and in which language; `None` for any other.

    >>> column_meant("TÉLÉPHONE"), column_meant("Weather")
    (('phone', 'fr'), None)
    """
    return _BY_HEADER.get(fold(header))


def call_words(language: str, questions: Iterable[str] = ()) -> CallWords:
    """
    Give the words of a language, or of that in whose letters the questions are written.

    Persian and Armenian show by their letters; without a language anything else is English.

    >>> call_words("", ["Ո՞վ է որոշում"]).yes, call_words("", ["Qui décide ?"]).yes
    ('այո', 'yes')
    """
    if language:
        if language not in CALL_WORDS:
            raise InvalidValue("language", _NOT_A_LANGUAGE, {"known": ", ".join(CALL_WORDS)})
        return CALL_WORDS[language]
    letters = "".join(questions)
    if any("\u0600" <= letter <= "\u06ff" for letter in letters):
        return CALL_WORDS["fa"]
    return CALL_WORDS["hy" if any("\u0531" <= letter <= "\u058a" for letter in letters) else "en"]
