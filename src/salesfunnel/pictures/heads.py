"""The headings of the tables on a page, and the lengths of time among them, in each language."""

from __future__ import annotations

from ..values.frozen_map import FrozenMap

HEADS = FrozenMap[str, tuple[str, str, str]](
    {
        # in Persian, Armenian and French; the headings themselves are English
        "stage": ("مرحله", "փուլ", "étape"),
        "entered": ("وارد شده", "մտել են", "entrés"),
        "of them skipped": ("از این میان پریده", "որից բաց թողած", "dont sautés"),
        "onward": ("پیش رفته", "առաջ են անցել", "ont continué"),
        "lost": ("از دست رفته", "կորած", "perdus"),
        "still": ("هنوز همان‌جا", "դեռ այնտեղ են", "encore là"),
        "of the decided": ("از تعیین‌شده‌ها", "որոշվածներից", "des décidés"),
        "began in": ("آغاز در", "սկիզբ", "début"),
        "count": ("تعداد", "քանակ", "nombre"),
        "won": ("برنده شده", "շահված", "gagné"),
        "open": ("باز", "բաց", "ouvert"),
        "weighted": ("وزنی", "կշռված", "pondéré"),
        "not weighted": ("بی‌وزن", "չկշռված", "non pondéré"),
        "pipeline": ("قیف", "ձագար", "entonnoir"),
        "deals": ("معامله", "գործարք", "affaires"),
        "worth": ("ارزش", "արժեք", "valeur"),
    }
)
