"""The appearance of a handbook: what may be set, and that every colour can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import on_disk
from policygraph.publishing.appearance import appearance_assets, stylesheet
from policygraph.reading.colours import (
    DARK,
    ENOUGH,
    LIGHT,
    contrast,
    darker_tone,
    lighter_tone,
    tone_for_dark,
)
from policygraph.reading.settings_file import read_settings
from policygraph.settings import Appearance, SettingsError

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def _read(text: str) -> Appearance:
    return read_settings(f"appearance: {text}", "policies/handbook.yml").appearance


def _refused(text: str) -> str:
    with pytest.raises(SettingsError) as error:
        _read(text)
    assert error.value.place is not None
    return error.value.message


@given(COLOURS)
def test_a_tone_can_always_be_read(colour: str) -> None:
    assert contrast(darker_tone(colour), LIGHT) >= ENOUGH
    assert contrast(lighter_tone(colour), DARK) >= ENOUGH
    assert contrast(tone_for_dark(colour), DARK) >= ENOUGH


@given(COLOURS)
def test_a_tone_that_is_proposed_is_accepted(colour: str) -> None:
    found = _read(f'{{colour: "{darker_tone(colour)}", colour_dark: "{lighter_tone(colour)}"}}')
    assert found.colour_dark


def test_contrast_is_wcag_s() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can() -> None:
    message = _refused('{colour: "#ffd400"}')
    assert "1.3 to 1" in message
    assert "light scheme" in message
    assert darker_tone("#ffd400") in message
    assert "dark scheme" in _refused('{colour: "#004400", colour_dark: "#004400"}')


@pytest.mark.parametrize(
    "text",
    [
        '{colour: "teal"}',
        '{colour: "#12"}',
        '{colour: "#123456; } body { display: none"}',
        '{colour_dark: "#ffffff"}',
        "{logo: ../secret.png}",
        "{logo: /etc/passwd.png}",
        "{logo: logo.html}",
        "{text: comic}",
        "{color: 1}",
        "[1]",
    ],
)
def test_what_cannot_be_used_is_refused(text: str) -> None:
    assert _refused(text)


def test_the_style_sheet_holds_a_colour_for_light_and_one_for_dark() -> None:
    text = stylesheet(_read('{colour: "#234", text: serif}'))
    assert "#223344" in text
    assert tone_for_dark("#223344") in text
    assert "--pg-text: var(--pg-serif)" in text
    assert stylesheet(Appearance()) == ""


def test_a_logo_is_published_and_a_dangerous_one_is_not(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    settings = "appearance: {logo: logo.svg}"
    book = on_disk(tmp_path, {"policies/a.md": "# A\n", "policies/logo.svg": svg}, settings)
    assert [(a.uri, a.content) for a in appearance_assets(book)] == [
        ("assets/policygraph/logo.svg", svg.encode())
    ]
    for bad in (
        "<svg><script>alert(1)</script></svg>",
        '<svg onload="alert(1)"/>',
        '<svg><image href="https://elsewhere.example/x.png"/></svg>',
        '<svg><style>@import "//elsewhere.example/x.css"</style></svg>',
        "<svg>" + " " * 200_001 + "</svg>",
    ):
        with pytest.raises(SettingsError):
            on_disk(tmp_path, {"policies/logo.svg": bad}, settings)
    with pytest.raises(SettingsError):
        on_disk(tmp_path, {}, "appearance: {logo: missing.svg}")
