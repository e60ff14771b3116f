"""Colours as numbers: how well one is read on another, as WCAG 2 reckons it, and the nearest tone that is."""

from __future__ import annotations

import colorsys
import re

HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
ENOUGH = 4.5
"""The contrast that WCAG 2.2 AA asks of text."""

LIGHT = "#f4f6f5"
"""The darkest ground that links stand on in the light scheme."""
DARK = "#272b34"
"""The lightest ground that links stand on in the dark scheme."""

_COMFORT = 6.5
_STEPS = 100


def full(colour: str) -> str:
    """A colour in six digits and small letters."""
    digits = colour.removeprefix("#").lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def darker_tone(colour: str) -> str:
    """The nearest darker tone that is read on light ground; the colour itself where it is."""
    return _towards(colour, 0.0, LIGHT, ENOUGH)


def lighter_tone(colour: str, enough: float = ENOUGH) -> str:
    """The nearest lighter tone that is read on dark ground; the colour itself where it is."""
    return _towards(colour, 1.0, DARK, enough)


def tone_for_dark(colour: str) -> str:
    """The tone that stands for a colour in the dark scheme, where the settings name none."""
    return lighter_tone(colour, _COMFORT)


def _towards(colour: str, end: float, ground: str, enough: float) -> str:
    """The colour with as little of its lightness changed as will do; its hue stays."""
    start = full(colour)
    if contrast(start, ground) >= enough:
        return start
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(start)))
    tones = (
        _hex(colorsys.hls_to_rgb(hue, lightness + (end - lightness) * step / _STEPS, saturation))
        for step in range(1, _STEPS + 1)
    )
    return next(tone for tone in tones if contrast(tone, ground) >= enough)


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(full(colour)))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
