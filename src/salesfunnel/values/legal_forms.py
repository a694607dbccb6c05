"""Legal forms of firms as people write them, before the name or behind it, and the name without."""

from __future__ import annotations

from .text import fold

# Short forms that are also words stand only where their own language puts them: «AS Roma» is not
# «Roma», but «Solberg AS» is «Solberg».
_BEFORE = """
شرکت | شركة | شرکت سهامی خاص | شرکت سهامی عام | شرکت سهامی | شرکت تضامنی | شرکت تعاونی
شرکت تعاونی تولیدی | شرکت با مسئولیت محدود | شرکت مسئولیت محدود | موسسه | موسسه فرهنگی هنری
ՍՊԸ | ՓԲԸ | ԲԲԸ | ԱՁ | ընկերություն | Անհատ ձեռնարկատեր
SARL | S.A.R.L. | SAS | SASU | EURL | SA | S.A. | SCI | SNC | SCOP | Ets | Établissements
Sté | Société anonyme | GIE | SELARL | SCP | AB | Oy | PT | GmbH | GmbH & Co KG | UAB | SIA | OÜ
PT Persero | CV | ООО | ЗАО | ОАО | ПАО | АО | ИП | ТОО | ТОВ | ПП | ФОП
Общество с ограниченной ответственностью
"""
_AFTER = """
سهامی خاص | سهامی عام | سهامی | تضامنی | تعاونی | مسئولیت محدود | با مسئولیت محدود
بامسئولیت محدود | با مسوولیت محدود | مسوولیت محدود | س.خ | س.ع | م.م | ش.م.م | ذ.م.م | ش.م.ل
ش.م.ع | المساهمة | المحدودة
ՍՊԸ | ՓԲԸ | ԲԲԸ | ԱՁ | ընկերություն | սահմանափակ պատասխանատվությամբ ընկերություն
փակ բաժնետիրական ընկերություն | բաց բաժնետիրական ընկերություն | ՍՊ ընկերություն | ՓԲ ընկերություն
ԲԲ ընկերություն | Անհատ ձեռնարկատեր
SARL | SAS | SASU | EURL | SA | S.A. | SCI | SNC | SCOP | GIE | SELARL | SCP | et Cie | & Cie
société anonyme | société par actions simplifiée | société à responsabilité limitée
Ltd | Limited | LLC | LLP | LP | L.P. | PLC | Inc | Incorporated | Corp | Corporation | Co | Company
and Co | and Company
Co Ltd | Company Limited | Public Limited Company | Pvt | Pvt Ltd | Pvt Limited
Private Limited | Pte Ltd | Pte | Pty | Pty Ltd | Pty Limited | PLLC | ULC | DAC | PJSC | CJSC
OJSC | JSC | Private Joint Stock | Public Joint Stock | Joint Stock Company | FZE | FZCO | FZ LLC
WLL | GmbH | mbH | AG | Aktiengesellschaft | KG | KGaA | GmbH & Co KG | GmbH & Co KGaA
GmbH & Co OHG | Gesellschaft mit beschränkter Haftung | OHG | UG | UG haftungsbeschränkt | e.K.
e.G. | SE | SpA | SRL | SRLS | SAPA | Società per azioni | Società a responsabilità limitata
SL | S.L. | SLU | SAU | SLL | Sociedad Limitada | Sociedad Anónima | S.A. de C.V.
Lda | Ltda | Limitada | Unipessoal Lda | BV | B.V. | NV | N.V. | VOF | Besloten Vennootschap
AB | Aktiebolag | HB | AS | A/S | ASA | ApS | I/S | K/S | Oy | Oyj | Oy Ab | Ky | Osakeyhtiö
Sp z o o | Spółka z o.o. | Spółka Akcyjna | SKA | sp.j. | sp.k. | s.r.o. | spol. s r.o. | a.s.
akciová společnost | v.o.s. | Kft | Zrt | Nyrt | Bt | A.Ş. | Ltd. Şti. | Limited Şirketi
Anonim Şirketi | A.E. | ΑΕ | ΕΠΕ | d.o.o. | j.d.o.o. | d.d. | a.d. | EOOD | OOD | EAD | ЕООД | ООД
ЕАД | АД | UAB | MB | SIA | OÜ | ООО | ЗАО | ОАО | ПАО | АО | Tbk | Bhd | Sdn Bhd | K.K.
"""
_ROMANIAN = ("srl", "sa", "scs", "snc")
_FEWEST_SPELT, _MOST_SPELT = 3, 6


def _forms(written: str) -> frozenset[tuple[str, ...]]:
    lines = written.replace("\n", "|").split("|")
    return frozenset(tuple(fold(form).split()) for form in lines if form.strip())


def _spelt(forms: frozenset[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """Spell short forms, as P.L.C.; not those of two letters, which may be initials of a name."""
    short = (form[0] for form in forms if len(form) == 1)
    return frozenset(tuple(form) for form in short if _FEWEST_SPELT <= len(form) <= _MOST_SPELT)


_FORMS_BEFORE = _forms(_BEFORE)
_FORMS_AFTER = _forms(_AFTER) | _spelt(_forms(_AFTER))
_LONGEST = max(map(len, _FORMS_BEFORE | _FORMS_AFTER))
_BEGINNINGS = frozenset(form[0] for form in _FORMS_BEFORE)
_ENDS = frozenset(form[-1] for form in _FORMS_AFTER)


def without_legal_forms(words: list[str]) -> list[str]:
    """
    Take the legal forms off the folded words of a name, unless it consists of them.

    >>> without_legal_forms(["sarl", "dupont"]), without_legal_forms(["co", "ltd"])
    (['dupont'], ['co', 'ltd'])
    """
    bare = _without_forms(words) or words
    if "".join(words[len(bare) :]) in _ROMANIAN and bare == words[: len(bare)]:
        # What Romanian firms write before their name, if their legal form stands behind it.
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
