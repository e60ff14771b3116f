"""The Markdown parser as we use it, and what makes the publishing engines read the same text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

import pyromark

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
)
MARKDOWN = pyromark.Markdown(options=_OPTIONS)
_TIGHT_HEADING = re.compile(rb"^#{1,6}(?=[^#\s])", re.MULTILINE)


def levelled(body: str) -> str:
    """Return the body with headings written as both CommonMark and Python-Markdown read them.

    `##5 Title` is a heading to Python-Markdown and text to CommonMark; a space makes both agree. A hashtag
    with which a line of a paragraph happens to begin is text, and a backslash makes it so for both.
    """
    encoded = body.encode("utf-8", "surrogatepass")
    if not _TIGHT_HEADING.search(encoded):
        return body
    inside = [
        (span["start"], span["end"])
        for event, span in MARKDOWN.events_with_range(body)
        if isinstance(event, dict) and tag_name(event.get("Start")) in ("CodeBlock", "HtmlBlock")
    ]
    pieces, last = [], 0
    for match in _TIGHT_HEADING.finditer(encoded):
        index = bisect_right(inside, (match.start(), len(encoded))) - 1
        if index >= 0 and inside[index][0] <= match.start() < inside[index][1]:
            continue
        start, end = match.span()
        above = encoded[encoded.rfind(b"\n", 0, max(start - 1, 0)) + 1 : start].strip()
        hashtag = end - start == 1 and above and not above.startswith(b"#")
        pieces.append(encoded[last:start] + (b"\\#" if hashtag else encoded[start:end] + b" "))
        last = end
    return (b"".join(pieces) + encoded[last:]).decode("utf-8")


def tag_name(tag: Any) -> str:
    """The name of an event's tag, which stands alone or holds details."""
    if isinstance(tag, str):
        return tag
    return next(iter(tag)) if isinstance(tag, dict) else ""
