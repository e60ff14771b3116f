"""A page that is read from a folder: nothing in it may ask another host."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"<(script|img|iframe|embed|object|source|track|video|audio|input|link|image|use)\b([^>]*)>",
    re.IGNORECASE,
)
_FETCHED = re.compile(
    r"""(?<![\w-])(src|srcset|poster|data|href|xlink:href)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"""["']?\s*(?:[a-z][a-z0-9+.-]*:)?//|["']?[^"']*,\s*https?://""", re.IGNORECASE)
_STYLE = re.compile(r"""\bstyle\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_IN_STYLE = re.compile(r"url\(\s*(?:[\"']|&quot;|&#39;)?\s*(?:https?:)?//[^)]*\)", re.IGNORECASE)
_KEPT_LINK = re.compile(r"""\brel\s*=\s*["']?(?:canonical|alternate|license|author)\b""", re.IGNORECASE)


def without_other_hosts(html: str) -> tuple[str, int]:
    """Return a page with what it would fetch from other hosts taken out, and how much that was.

    Links that a reader follows stay.
    """
    found = 0

    def tag(match: re.Match[str]) -> str:
        nonlocal found
        name, attributes = match[1], match[2]
        if name.lower() == "link" and _KEPT_LINK.search(attributes):
            return match[0]

        def attribute(inner: re.Match[str]) -> str:
            nonlocal found
            if not _ELSEWHERE.match(inner[2]):
                return inner[0]
            found += 1
            return f'data-left-out="{inner[1].lower()}"'

        return f"<{name}{_FETCHED.sub(attribute, attributes)}>"

    def style(match: re.Match[str]) -> str:
        nonlocal found
        kept, number = _IN_STYLE.subn("none", match[0])
        found += number
        return kept

    return _STYLE.sub(style, _TAG.sub(tag, html)), found
