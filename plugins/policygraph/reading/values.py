"""Values out of a tree: text, lists, dates and intervals, each with its problem where it has one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from policygraph.model.interval import Interval
from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.reading.corrections import surely_meant
from policygraph.reading.yaml_tree import Listing, Node, Scalar, Table

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d\d:.*)?$", re.ASCII)
_INTERVAL = re.compile(r"(?:every\s+)?(\d{1,4})\s*[- ]?\s*(day|week|month|year)s?$", re.IGNORECASE | re.ASCII)
_ISO_INTERVAL = re.compile(r"P(\d{1,4})([DWMY])$", re.ASCII)
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_INTERVAL_WORDS = {
    "daily": Interval(1, "day"),
    "weekly": Interval(1, "week"),
    "monthly": Interval(1, "month"),
    "quarterly": Interval(3, "month"),
    "half-yearly": Interval(6, "month"),
    "yearly": Interval(1, "year"),
    "annually": Interval(1, "year"),
    "every month": Interval(1, "month"),
    "every quarter": Interval(3, "month"),
    "every year": Interval(1, "year"),
}
# Besides control characters, those that reverse the direction of writing: they make text read as another.
_NUMBER = re.compile(r"\d{1,18}")
_NOT_A_SIGN = re.compile(r"[\W_]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")
_YES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

Choice = TypeVar("Choice", bound=StrEnum)


def nearest(text: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that a typing error would most likely have turned into `text`, or None."""
    return Candidates(candidates).nearest(text) if text else None


class Candidates:
    """Names that a typing error may have changed, made ready once for many questions.

    With `guess_numbers` off, a number that could be any of several is taken for none of them.
    """

    def __init__(self, candidates: Iterable[str], *, guess_numbers: bool = True) -> None:
        self._guess_numbers = guess_numbers
        self._pool = {candidate.casefold(): candidate for candidate in candidates}
        self._answers: dict[str, str | None] = {}

    def nearest(self, text: str) -> str | None:
        """The candidate that a typing error would most likely have turned into `text`, or None."""
        key = text.casefold()
        if key not in self._answers:
            self._answers[key] = self._nearest(key)
        return self._answers[key]

    def _nearest(self, key: str) -> str | None:
        if not key:
            return None
        allowed = max(1, min(3, len(key) // 3))
        found = process.extract(
            key, self._pool.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=20
        )
        # Of names equally far away, the likelier slip: a sign left out (A5.2 for A.5.2), a zero left out (AI-6
        # for AI-06), digits that changed places (AI-80 for AI-08), and only then another number.
        ranked = sorted((_differences(key, name), far, name) for name, far, _ in found)
        if not ranked:
            return None
        (_, other_number, _), _, name = ranked[0]
        if not self._guess_numbers and other_number and len(ranked) > 1 and ranked[1][:2] == ranked[0][:2]:
            return None
        return self._pool[name]


def _differences(text: str, name: str) -> tuple[bool, bool, bool]:
    return (
        _squashed(name) != _squashed(text),
        [int(number) for number in _NUMBER.findall(name)]
        != [int(number) for number in _NUMBER.findall(text)],
        sorted(name) != sorted(text),
    )


def _squashed(text: str) -> str:
    return _NOT_A_SIGN.sub("", text)


class Reader:
    """Reads values out of a tree and collects what is wrong with them."""

    def __init__(self, invalid: ProblemKind = ProblemKind.INVALID_VALUE) -> None:
        self.problems: list[Problem] = []
        self._invalid = invalid

    def report(
        self,
        place: Place,
        message: str,
        *,
        kind: ProblemKind | None = None,
        suggestion: str | None = None,
        mend: str | None = None,
        typed: str = "",
        sure: bool = False,
    ) -> None:
        """Note a problem. `typed` is what the suggestion would take the place of, as in `Problem`."""
        self.problems.append(
            Problem(kind or self._invalid, place, message, suggestion, mend, typed=typed, sure=sure)
        )

    def text(self, node: Node | None, name: str) -> str | None:
        """A single line of text; None where there is none."""
        if node is None or (isinstance(node, Scalar) and node.empty):
            return None
        if not isinstance(node, Scalar):
            self.report(node.place, f"'{name}' must be one value, but this is a list or a group of keys.")
            return None
        if node.cut:
            self.report(
                node.place,
                f"What follows a '#' is not read, so '{name}' ends after '{node.text}', and '{node.cut}' is lost.",
                kind=ProblemKind.CUT_SHORT,
                suggestion=f'{name}: "{node.text} {node.cut}"',
            )
        return _SPACES.sub(" ", _CONTROL.sub("", node.text)).strip() or None

    def texts(self, node: Node | None, name: str) -> tuple[tuple[str, Place], ...]:
        """A list of short texts: a YAML list, or one string with commas."""
        found: list[tuple[str, Place]] = []
        for item in self.items(node):
            if isinstance(item, Scalar) and not isinstance(node, Listing):
                found.extend((part, item.place) for part in split_commas(item))
            elif (value := self.text(item, name)) is not None:
                found.append((value, item.place))
        return tuple(found)

    def items(self, node: Node | None) -> tuple[Node, ...]:
        """The items of a list; a single value is a list of one."""
        if node is None or (isinstance(node, Scalar) and node.empty):
            return ()
        return node.items if isinstance(node, Listing) else (node,)

    def choice(self, node: Node | None, name: str, choices: type[Choice]) -> Choice | None:
        """One of a fixed set of words."""
        value = self.text(node, name)
        if value is None or node is None:
            return None
        for option in choices:
            if option.value == value.lower():
                return option
        words = [option.value for option in choices]
        self.report(
            node.place,
            f"'{name}' is '{value}', but must be one of: {', '.join(words)}.",
            suggestion=nearest(value, words)
            or next((word for word in words if value.lower().startswith(word)), None),
            typed=value,
        )
        return None

    def date(self, node: Node | None, name: str) -> dt.date | None:
        """A calendar date, written as year-month-day."""
        value = self.text(node, name)
        if value is None or node is None:
            return None
        match = _DATE.match(value)
        try:
            if match:
                return dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            swapped = f"{match[1]}-{match[3]}-{match[2]}" if match else ""
            self.report(
                node.place,
                f"'{value}' is no day of the calendar.",
                suggestion=swapped if _is_date(swapped) else None,
                mend="Write the date as year-month-day, for example 2026-04-30.",
                typed=value,
            )
            return None
        self.report(
            node.place,
            f"'{name}' is '{value}', which is no date.",
            mend="Write the date as year-month-day, for example 2026-04-30.",
        )
        return None

    def interval(self, node: Node | None, name: str) -> Interval | None:
        """A span of time such as `6 months`."""
        value = self.text(node, name)
        if value is None or node is None:
            return None
        if value.lower() in _INTERVAL_WORDS:
            return _INTERVAL_WORDS[value.lower()]
        if (match := _INTERVAL.match(value)) and int(match[1]):
            return Interval(int(match[1]), match[2].lower())
        if (match := _ISO_INTERVAL.match(value)) and int(match[1]):
            return Interval(int(match[1]), _UNITS[match[2]])
        self.report(
            node.place,
            f"'{name}' is '{value}', which is no interval.",
            mend="Write a number and a unit, for example 6 months or 1 year.",
        )
        return None

    def flag(self, node: Node | None, name: str) -> bool | None:
        """Yes or no."""
        value = self.text(node, name)
        if value is None or node is None:
            return None
        if value.lower() in _YES:
            return _YES[value.lower()]
        self.report(node.place, f"'{name}' must be true or false, not '{value}'.")
        return None

    def table(self, node: Node | None, name: str) -> Table | None:
        """A group of keys."""
        if node is None or (isinstance(node, Scalar) and node.empty):
            return None
        if isinstance(node, Table):
            return node
        self.report(node.place, f"'{name}' must hold 'key: value' lines.")
        return None

    def keys(
        self, table: Table, known: Iterable[str], where: str, kind: ProblemKind | None = None
    ) -> dict[str, tuple[Scalar, Node]]:
        """The entries of a table by key; unknown and repeated keys are reported and left out."""
        names = tuple(known)
        found: dict[str, tuple[Scalar, Node]] = {}
        for key, value in table.entries:
            if key.text not in names:
                if table.flow and isinstance(value, Scalar) and value.empty:
                    self.report(
                        key.place,
                        f"A comma has cut the text before it short: '{key.text}' is taken for another key.",
                        kind=ProblemKind.CUT_SHORT,
                        mend="Put the whole text in quotes, or write each key on a line of its own.",
                    )
                    continue
                self.report(
                    key.place,
                    f"{where} has no key '{key.text}'.",
                    kind=kind,
                    suggestion=(near := nearest(key.text, names)),
                    typed=key.text if near not in found else "",
                    sure=surely_meant(key.text, near, names),
                )
            elif key.text in found:
                self.report(key.place, f"'{key.text}' stands here twice.", kind=ProblemKind.DUPLICATE_KEY)
            else:
                found[key.text] = (key, value)
        return found


def _is_date(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def split_commas(node: Scalar) -> list[str]:
    """Split `20, 165` into its parts."""
    return [part for piece in node.text.split(",") if (part := _SPACES.sub(" ", piece).strip())]
