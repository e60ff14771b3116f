"""The organisation's own colour, logo and letters, as files that lie over the look of every handbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from policygraph.publishing.asset_files import FOLDER
from policygraph.publishing.publication import Asset
from policygraph.reading.colours import full, tone_for_dark
from policygraph.resolving.handbook import Handbook
from policygraph.settings import Appearance

STYLESHEET = f"{FOLDER}/appearance.css"

_COLOUR = """\
:root, [data-md-color-scheme="default"] { --pg-accent: %(light)s; --pg-link: %(light)s; --pg-on-accent: #fff; }
[data-md-color-scheme="slate"], [data-bs-theme="dark"] { --pg-accent: %(dark)s; --pg-link: %(dark)s; --pg-on-accent: #101418; }
[data-md-color-primary], body[dir] { --md-primary-fg-color: %(light)s; }
@media (prefers-contrast: more) {
  :root, [data-md-color-scheme="default"] { --pg-accent: color-mix(in srgb, %(light)s 75%%, #000); --pg-link: color-mix(in srgb, %(light)s 75%%, #000); }
  [data-md-color-scheme="slate"], [data-bs-theme="dark"] { --pg-accent: color-mix(in srgb, %(dark)s 75%%, #fff); --pg-link: color-mix(in srgb, %(dark)s 75%%, #fff); }
}
"""
_SERIF = ":root { --pg-text: var(--pg-serif); }\n"


def stylesheet(appearance: Appearance) -> str:
    """The style sheet of an appearance; empty where it is the usual one."""
    text = ""
    if appearance.colour:
        dark = appearance.colour_dark or tone_for_dark(appearance.colour)
        text += _COLOUR % {"light": full(appearance.colour), "dark": full(dark)}
    if appearance.text == "serif":
        text += _SERIF
    return text


def logo_uri(appearance: Appearance) -> str:
    """Where the logo stands in the site; empty where there is none."""
    return f"{FOLDER}/logo{PurePosixPath(appearance.logo).suffix.lower()}" if appearance.logo else ""


def appearance_assets(handbook: Handbook) -> Iterator[Asset]:
    """The files that an appearance needs."""
    appearance = handbook.settings.appearance
    if text := stylesheet(appearance):
        yield Asset(STYLESHEET, text.encode())
    if handbook.logo:
        yield Asset(logo_uri(appearance), handbook.logo)
