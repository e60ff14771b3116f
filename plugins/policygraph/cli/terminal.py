"""What a terminal gets to see: text without hidden codes, wrapped lines, one line of progress."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
import time
from typing import TextIO

WIDEST = 100
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_COMMAND = re.compile(r"##(?=\[)")
_WORDS = {
    "read": "Reading",
    "resolve": "Following references",
    "judge": "Looking for what is wrong",
    "fix": "Trying out fixes",
    "publish": "Making pages",
    "print": "Typesetting",
}
_EVERY = 0.1


def plain(text: str) -> str:
    """Return text on one line in which nothing can steer a terminal, hide, or give a build server orders.

    Documents come from pull requests, so a name or a sentence may hold anything.
    """
    safe = text if text.isprintable() else _HIDDEN.sub(_visible, text)
    return _COMMAND.sub("# #", safe) if "##[" in safe else safe


def _visible(match: re.Match[str]) -> str:
    character = match.group()
    return " " if character in "\n\t\r" else character.encode("unicode_escape").decode("ascii")


def width() -> int:
    """How wide a line may be."""
    return max(40, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Return plain text wrapped to the terminal, each line indented, the first as `first` says."""
    return textwrap.fill(
        plain(text),
        width(),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def wants_colour() -> bool | None:
    """None lets each stream decide by whether it is a terminal; False forbids colour."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


class ProgressLine:
    """A single line on a terminal that says how far the work is; nothing where nobody watches."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._watched = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._last = 0.0
        self._shown = False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Tell how much is done, of `total` where that is known; what is told too often is not shown."""
        now = time.monotonic()
        if not self._watched or now - self._last < _EVERY:
            return
        self._last = now
        self._shown = True
        count = f" {done}/{total}" if total else f" {done}" if done else ""
        self._stream.write(f"\r\x1b[K{_WORDS.get(what, what)}{count}")
        self._stream.flush()

    def clear(self) -> None:
        """Take the line away, so that something else can be printed."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False
