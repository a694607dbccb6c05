"""
What people see: a browser and a viewer without CSS put no text upon a bar, in any language.

Each picture is rendered, and the inside of every bar must have one colour alone; letters that
jumped would be upon it. Chromium is used where the machine has it, resvg always.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import resvg_py
from PIL import Image, ImageColor

from salesfunnel import Money, Opportunity
from salesfunnel.analytics import cohorts, forecast, funnel
from salesfunnel.pictures import Language, picture
from tests.pictures.drawn import MARCH, bars_of

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
LABELS = {"meeting": "جلسه (A/B)", "negotiation": "Բանակցություն (2)"}


def _found():
    amount = Money(90_000_000, "EUR")
    opened = [
        Opportunity.open(
            id=str(n),
            amount=amount,
            expected_close=(MARCH + timedelta(days=200 + 20 * n)).date(),
            at=MARCH,
        )
        for n in range(6)
    ]
    deals = [deal.move("propose", at=MARCH) for deal in opened[:3]]
    deals += [opened[3].lose("price", at=MARCH), *opened[4:]]
    later = MARCH + timedelta(days=99)
    return [
        funnel(deals, at=later),
        forecast(deals, at=later, target=amount),
        cohorts(deals, at=later, to="proposal"),
    ]


def _pictures():
    return [
        picture(found, language=language, labels=LABELS)
        for language in Language
        for found in _found()[:2]
    ]


def _upon_bars(drawn, image):
    """List the colours inside the bars that are not those of the bars."""
    odd = []
    for x, y, width, tall, fill in bars_of(drawn):
        inside = (
            image.crop((x + 2, y + 2, x + width - 2, y + tall - 2)) if width > 6 < tall else None
        )
        if inside is not None:
            wanted = ImageColor.getrgb(fill)
            odd += [c for _, c in inside.getcolors(maxcolors=10_000) or () if c != wanted]
    return odd


def _without_lines(drawn):
    """Leave out the lines of the forecast, which are meant to cross its columns."""
    head, *rest = drawn.svg.split("<path ")
    return head + "".join(part.partition("/>")[2] for part in rest)


@pytest.mark.parametrize("number", range(8))
def test_a_viewer_without_css_puts_no_text_upon_a_bar(number):
    """Law: in resvg, every bar has its colour alone, in four languages."""
    drawn = _pictures()[number]
    data = resvg_py.svg_to_bytes(svg_string=_without_lines(drawn))

    image = Image.open(io.BytesIO(bytes(data))).convert("RGB")

    assert image.width == 640
    assert _upon_bars(drawn, image) == []


LONG = ("Շատ երկար անուն ունեցող փուլ", "پیشنهاد بسیار طولانی برای مشتری", "WWWWWWWWWWWWWWWWWWWW")
LONG += (
    "DECISION MAKER BOUGHT IN",
    "Een zeer lange naam van een fase",
    "決定権者が購入を決めた段階です",
)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", LONG)
def test_a_long_name_is_cut_before_the_edge(language, name):
    """Law: in any script, the outermost pixels stay white."""
    drawn = picture(
        _found()[0], language=language, labels={"meeting": name}, title=" ".join([name] * 9)
    )
    data = resvg_py.svg_to_bytes(svg_string=drawn.svg)

    image = Image.open(io.BytesIO(bytes(data))).convert("RGB")

    for left in (0, image.width - 3):
        edge = image.crop((left, 0, left + 3, image.height))
        assert edge.getcolors() == [(3 * image.height, (255, 255, 255))]


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_a_browser_puts_no_text_upon_a_bar(tmp_path, way):
    """Law: so it is in a browser, on pages of both directions."""
    drawn = _pictures()
    shown = "".join(f"<div>{_without_lines(each)}</div>" for each in drawn)
    style = "<style>*{margin:0}div{height:340px;width:640px}</style>"
    page = tmp_path / "page.html"
    page.write_text(f'<html dir="{way}"><meta charset="utf-8">{style}{shown}', "utf-8")

    image = _photographed(page, tmp_path, height=340 * len(drawn))

    for place, each in enumerate(drawn):
        left = 0 if way == "ltr" else image.width - 640
        part = image.crop((left, 340 * place, left + 640, 340 * (place + 1)))
        assert _upon_bars(each, part) == []


def _photographed(page: Path, folder: Path, *, height: int) -> Image.Image:
    shot = folder / "shot.png"
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
            *("--no-first-run", *quiet, "--hide-scrollbars", "--force-device-scale-factor=1"),
            *(f"--user-data-dir={folder / 'browser'}", f"--window-size=640,{height}"),
            *(f"--screenshot={shot}", page.as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return Image.open(shot).convert("RGB")


def test_letters_that_jump_are_seen():
    """A test that cannot fail is a defect: with the anchors of another direction it does."""
    drawn = picture(_found()[0], language="fa", labels=LABELS)
    wrong = drawn.svg.replace(' text-anchor="end"', "")

    image = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=wrong)))).convert("RGB")

    assert _upon_bars(drawn, image)
