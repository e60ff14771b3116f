"""A theme's own script, put off until the page is there: on a slow line a reader reads while it comes."""

from __future__ import annotations

import re

from policygraph.publishing.asset_files import FOLDER

_THEME_S = re.compile(r'<script src="[^"]*assets/javascripts/bundle\.\w+\.min\.js"(?=>)')
"""Material's script; it asks for nothing that another order would take from it."""
_SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""")
_MODULE = re.compile(r"""\btype\s*=\s*["']?module\b""", re.IGNORECASE)
_DATA = re.compile(r"""\btype\s*=\s*["']?(?:application/(?:ld\+)?json|text/(?!javascript))""", re.IGNORECASE)


def seen_first(html: str) -> str:
    """The page with its theme's script put off, where no script of somebody else may count on it.

    Scripts that are put off run in their order. So one that stands below and is not put off itself, or one of others
    that stands above and is, would now run before the theme's.
    """
    found = _THEME_S.search(html)
    if found is None:
        return html
    for script in _SCRIPT.finditer(html):
        attributes = script[1]
        if FOLDER in attributes or _DATA.search(attributes) or script.start() == found.start():
            continue
        below = script.start() > found.start()
        if _waits(attributes) != below:
            return html
    return f"{html[: found.end()]} defer{html[found.end() :]}"


def _waits(attributes: str) -> bool:
    """Whether a script runs in its turn once the page has been read: one that runs as soon as it comes does not."""
    named = set(_VALUE.sub(" = ", attributes).lower().split())
    if "async" in named:
        return False
    return _MODULE.search(attributes) is not None or {"defer", "src"} <= named
