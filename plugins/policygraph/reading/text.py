"""Text as people type it: typographic variants that are the same name, and one slug rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")

HYPHENS = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
"""What typesetting puts in the place of a hyphen."""

_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t\n", " "),
        **dict.fromkeys(HYPHENS, "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4\u0060", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    }
)
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


def plain_characters(text: str) -> str:
    """Replace typographic variants of spaces, hyphens and quotes, character by character.

    The result has the same length, so positions stay valid.
    """
    return text.translate(_VARIANTS)


def folded(text: str) -> str:
    """Return the text in lower case with plain characters, of the same length."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_VARIANTS)


def on_one_line(text: str) -> str:
    """Return a text without line breaks and without what no file should carry."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def name_key(name: str) -> str:
    """Return the form in which two spellings of one name are equal."""
    name = ZERO_WIDTH.sub("", folded(name)).replace("&", " and ")
    return " ".join(name.split())


def slug(text: str) -> str:
    """Return a heading's anchor, by the rule that code hosts use.

    Lower case; letters, digits, hyphens and underscores stay; every space becomes a hyphen; all else goes.
    """
    return _NOT_IN_SLUG.sub("", ZERO_WIDTH.sub("", text).strip().lower().translate(_VARIANTS)).replace(
        " ", "-"
    )


def as_browsers_read(link: str) -> str:
    """A link's target without the white space and control characters that browsers skip, even in a scheme."""
    return _UNSEEN.sub("", link)


def is_address(link: str) -> bool:
    """Whether a browser, and the engine, can make sense of a link's target at all."""
    try:
        urlsplit(link)
    except ValueError:
        return False
    return True


class Anchors:
    """The anchors of one page: gives each heading one that is not taken (`-1`, `-2` … as code hosts do).

    `chosen` are those that the author has given to headings and statements, wherever they stand.
    """

    def __init__(self, chosen: Iterable[str] = ()) -> None:
        self._taken = set(chosen)
        self._counts: dict[str, int] = {}

    def of(self, text: str) -> str:
        """Return and reserve the anchor of a heading."""
        base = slug(text) or "section"
        anchor, count = base, self._counts.get(base, 0)
        while anchor in self._taken:
            count += 1
            anchor = f"{base}-{count}"
        self._counts[base] = count
        self._taken.add(anchor)
        return anchor
