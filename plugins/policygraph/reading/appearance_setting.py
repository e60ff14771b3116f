"""`appearance` in handbook.yml: the colour, the logo and the letters of the published handbook."""

from __future__ import annotations

import re
from pathlib import Path

from policygraph.model.place import Place
from policygraph.reading.colours import DARK, ENOUGH, HEX, LIGHT, contrast, darker_tone, full, lighter_tone
from policygraph.reading.values import Reader
from policygraph.reading.yaml_tree import Node
from policygraph.settings import LETTERS, Appearance, SettingsError

KEYS = ("colour", "colour_dark", "logo", "text")
LOGO = re.compile(r"[\w. /-]+\.(?:svg|png|webp|jpe?g)", re.IGNORECASE)
MOST_BYTES = 200_000
"""What a picture on every page may weigh."""

_ACTIVE = re.compile(
    rb"<\s*(?:script|foreignObject|iframe|object|embed|use\b[^>]*\bhref\s*=\s*[\"']?(?!#))"
    rb"|\bon[a-z]+\s*=|javascript:|<!(?:DOCTYPE|ENTITY)|(?:href|src)\s*=\s*[\"']?\s*(?:https?:)?//|@import"
    rb"|url\(\s*[\"']?\s*(?:https?:)?//",
    re.IGNORECASE,
)


def appearance_setting(reader: Reader, node: Node | None) -> Appearance:
    """Read the setting; what is wrong with it, a colour that could not be read included, is reported."""
    table = reader.table(node, "appearance")
    if table is None:
        return Appearance()
    values = {name: value for name, (_, value) in reader.keys(table, KEYS, "'appearance'").items()}
    colour = _colour(reader, values.get("colour"), "colour")
    dark = _colour(reader, values.get("colour_dark"), "colour_dark")
    if dark and not colour:
        reader.report(
            values["colour_dark"].place,
            "'colour_dark' stands beside a 'colour', and there is none.",
            mend="Add 'colour', the one for light paper.",
        )
    logo = reader.text(values.get("logo"), "logo") or ""
    if logo and (not LOGO.fullmatch(logo) or logo.startswith("/") or ".." in logo.split("/")):
        reader.report(
            values["logo"].place,
            f"'logo' is '{logo}', but must be a picture in the handbook's folder: .svg, .png, .webp or .jpg.",
        )
        logo = ""
    text = (reader.text(values.get("text"), "text") or LETTERS[0]).lower()
    if text not in LETTERS:
        reader.report(values["text"].place, f"'text' is '{text}', but must be one of: {', '.join(LETTERS)}.")
    return Appearance(colour, dark, logo, text)


def _colour(reader: Reader, node: Node | None, name: str) -> str:
    text = reader.text(node, name)
    if node is None or text is None:
        return ""
    if not HEX.fullmatch(text):
        reader.report(
            node.place,
            f"'{name}' is '{text}', but must be a colour in hexadecimal digits.",
            mend='Put it in quotes, for example "#1b5e57".',
        )
        return ""
    ground, where, way, mended = (
        (DARK, "dark", "lighter", lighter_tone(text))
        if name == "colour_dark"
        else (LIGHT, "light", "darker", darker_tone(text))
    )
    found = contrast(text, ground)
    if found < ENOUGH:
        reader.report(
            node.place,
            f"'{name}' {text} cannot be read in the {where} scheme: its contrast is {found:.1f} to 1, "
            f"and WCAG 2.2 AA asks for {ENOUGH}.",
            mend=f'The nearest {way} tone that can be read is "{mended}".',
        )
        return ""
    return full(text)


def read_logo(folder: Path, appearance: Appearance, file: str) -> bytes:
    """The logo; nothing where the settings name none.

    Raises:
        SettingsError: where it cannot be published.
    """
    if not appearance.logo:
        return b""
    path = folder / appearance.logo
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise SettingsError(f"The logo '{appearance.logo}' is not in the handbook's folder.", Place(file))
    if path.stat().st_size > MOST_BYTES:
        raise SettingsError(
            f"The logo '{appearance.logo}' is larger than {MOST_BYTES // 1000} KB, and stands on every page.",
            Place(file),
        )
    content = path.read_bytes()
    if path.suffix.lower() == ".svg" and _ACTIVE.search(content):
        raise SettingsError(
            f"The logo '{appearance.logo}' holds a script, or asks another host for something. Save it as a plain SVG.",
            Place(file),
        )
    return content
