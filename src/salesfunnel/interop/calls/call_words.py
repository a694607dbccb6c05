"""What stands in the cells of a call sheet, in four languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

import attrs

from ...errors import InvalidValue, Text
from ...pictures.language import Language
from ...qualification.assessment import Verdict
from .call_headers import HEADERS

_NOT_A_LANGUAGE = Text("no_such_language", "{field} is none of a call sheet", "{known}")


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
        """Write a day so that it is read back: year first, in Persian by the Jalali calendar."""
        return Language(self.language).day(day) if self.from_right else day.isoformat()


def _words(
    language: str,
    verdicts: str,
    *,
    no_call: str,
    no_mail: str,
    from_right: bool = False,
    **more: str,
) -> CallWords:
    return CallWords(
        headers=HEADERS[language],
        language=language,
        verdicts=MappingProxyType(dict(zip(Verdict, verdicts.split(" | "), strict=True))),
        do_not=MappingProxyType({"phone": no_call, "email": no_mail}),
        from_right=from_right,
        **more,
    )


CALL_WORDS: Mapping[str, CallWords] = MappingProxyType(
    {
        "en": _words(
            "en",
            "qualified | undecided | disqualified",
            no_call="do not call",
            no_mail="do not write",
            yes="yes",
            no="no",
            not_before="not before {day}",
            calls="Calls",
            no_owner="no owner",
            others="others",
        ),
        "fa": _words(
            "fa",
            "واجد شرایط | نامعلوم | رد شده",
            no_call="تماس نگیرید",
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
            "hy",
            "որակավորված | անորոշ | որակազրկված",
            no_call="չզանգել",
            no_mail="չգրել",
            yes="այո",
            no="ոչ",
            not_before="ոչ շուտ, քան {day}",
            calls="Զանգեր",
            no_owner="առանց պատասխանատուի",
            others="ուրիշներ",
        ),
        "fr": _words(
            "fr",
            "qualifié | à suivre | écarté",
            no_call="ne pas appeler",
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
