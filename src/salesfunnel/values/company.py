"""The company behind a lead or an account, and its name without the legal form."""

from __future__ import annotations

import attrs

from ..errors import InvalidValue, Text
from .bucket import Bucket
from .money import Money
from .text import NO_NAME, fold, is_visible, note_text, plain_texts

_HEAD_COUNT = Text(
    "not_a_head_count", "{field} is not a head count", "a whole number from 0 on, or a Bucket"
)
_REVENUE = Text("not_an_amount", "{field} is not an amount", "Money, or None")

# Legal forms as people write them, by where they stand. Short forms that are also words stand
# only where their own language puts them: «AS Roma» is not «Roma», but «Solberg AS» is «Solberg».
_BEFORE = """
شرکت | شركة | شرکت سهامی خاص | شرکت سهامی عام | شرکت سهامی | شرکت تضامنی | شرکت تعاونی
شرکت با مسئولیت محدود | موسسه
ՍՊԸ | ՓԲԸ | ԲԲԸ | ԱՁ | ընկերություն
SARL | S.A.R.L. | SAS | SASU | EURL | SA | S.A. | SCI | SNC | SCOP | Ets | Établissements
Sté | Société anonyme | AB | Oy | PT | ООО | ЗАО | ОАО | ПАО | АО | ИП | ТОО | ТОВ
GmbH | GmbH & Co KG | UAB | SIA | OÜ | PT Persero | CV
"""
_AFTER = """
سهامی خاص | سهامی عام | سهامی | تضامنی | تعاونی | مسئولیت محدود | با مسئولیت محدود
بامسئولیت محدود | با مسوولیت محدود | مسوولیت محدود | س.خ | س.ع | م.م | ش.م.م | ذ.م.م
ՍՊԸ | ՓԲԸ | ԲԲԸ | ԱՁ | ընկերություն | սահմանափակ պատասխանատվությամբ ընկերություն
փակ բաժնետիրական ընկերություն | բաց բաժնետիրական ընկերություն
SARL | S.A.R.L. | SAS | S.A.S. | SASU | EURL | SA | S.A. | SCI | SNC | SCOP | société anonyme
et Cie | & Cie
Ltd | Limited | LLC | L.L.C. | LLP | LP | PLC | Inc | Incorporated | Corp | Corporation
Co | Company | and Co | Co Ltd | Company Limited | Pvt | Pvt Ltd | Private Limited | Pte Ltd
Pty Ltd | PJSC | CJSC | OJSC | JSC | Private Joint Stock | Public Joint Stock | FZE | FZCO
FZ LLC | WLL | GmbH | G.m.b.H. | mbH | AG | KG | GmbH & Co KG | OHG | UG | e.K. | SE | SpA | S.p.A.
SRL | S.r.l. | SL | BV | B.V. | NV | N.V. | AB | AS | A/S | ASA | ApS | Oy | Oyj | Oy Ab
Sp z o o | s.r.o. | Kft | ООО | ЗАО | ОАО | ПАО | АО | A.Ş. | Ltd. Şti.
UAB | SIA | OÜ | EOOD | OOD | d.o.o. | Lda | Ltda | S.A. de C.V. | Tbk | Bhd | Sdn Bhd | K.K.
"""


def _forms(written: str) -> frozenset[tuple[str, ...]]:
    lines = written.replace("\n", "|").split("|")
    return frozenset(tuple(fold(form).split()) for form in lines if form.strip())


_FORMS_BEFORE = _forms(_BEFORE)
_FORMS_AFTER = _forms(_AFTER)
_LONGEST = max(map(len, _FORMS_BEFORE | _FORMS_AFTER))
_BEGINNINGS = frozenset(form[0] for form in _FORMS_BEFORE)
_ENDS = frozenset(form[-1] for form in _FORMS_AFTER)


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
        return "".join(_bare_words(self.name))

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


def company_words(name: str) -> tuple[str, ...]:
    """
    Return the folded words of a name without legal forms; initials are one word.

    >>> company_words("I.B.M. France S.A."), company_words("Ltd")
    (('ibm', 'france'), ('ltd',))
    """
    return tuple(_with_initials(_bare_words(name)))


def _bare_words(name: str) -> list[str]:
    words = fold(name).split()
    bare = _without_forms(words) or words
    if len(bare) < len(words):
        # What Romanian firms write before their name, if the legal form stands behind it.
        bare = bare[2:] if bare[:2] == ["s", "c"] and len(bare) > 2 else bare  # noqa: PLR2004
        bare = bare[1:] if bare[0] == "sc" and len(bare) > 1 else bare
    return bare


def _without_forms(words: list[str]) -> list[str]:
    if not words or not (words[0] in _BEGINNINGS or words[-1] in _ENDS):
        return words  # as of most
    for length in range(min(_LONGEST, len(words)), 0, -1):
        if tuple(words[:length]) in _FORMS_BEFORE:
            return _without_forms(words[length:])
        if tuple(words[-length:]) in _FORMS_AFTER:
            return _without_forms(words[:-length])
    return words


def _with_initials(words: list[str]) -> list[str]:
    """Write single letters that follow each other as one word."""
    joined: list[str] = []
    is_initial = False
    for word in words:
        was_initial, is_initial = is_initial, len(word) == 1 and word.isalpha()
        if was_initial and is_initial:
            joined[-1] += word
        else:
            joined.append(word)
    return joined
