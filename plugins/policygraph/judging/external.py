"""Documents of external origin: who uses them, and whether their version was checked in time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ahocorasick_rs import AhoCorasick

from policygraph.model.document import Status
from policygraph.model.external import ExternalDocument
from policygraph.reading.text import folded, name_key
from policygraph.resolving.handbook import Handbook

_SHORTEST = 6
"""A shorter name is too likely to be a word of its own."""


class How(StrEnum):
    """How a document of ours is known to use one from outside."""

    REGISTER = "says the register"
    ANSWERS = "answers its clauses"
    MENTIONS = "mentions its clauses"
    NAMES = "names it"


class Check(StrEnum):
    """What is known of the last look at whether the version is the current one."""

    CHECKED = "checked"
    DUE = "check overdue"
    AHEAD = "dated ahead"
    NO_INTERVAL = "checked, no interval"
    NO_DATE = "not recorded"


@dataclass(frozen=True, slots=True)
class ExternalUse:
    """A document of external origin, who uses it and how that is known (paths of documents), and its check."""

    entry: ExternalDocument
    users: Mapping[str, tuple[How, ...]]
    check: Check


def external_uses(handbook: Handbook, today: dt.date) -> tuple[ExternalUse, ...]:
    """Every document of external origin, in the order of the register."""
    if not handbook.external:
        return ()
    users: dict[int, dict[str, set[How]]] = defaultdict(lambda: defaultdict(set))
    by_framework: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(handbook.external):
        for path in entry.used_by:
            users[number][path].add(How.REGISTER)
        if entry.framework:
            by_framework[entry.framework].append(number)
    for how, found in ((How.ANSWERS, handbook.mappings), (How.MENTIONS, handbook.clause_mentions)):
        for one in found:
            for number in by_framework.get(one.clause.partition(":")[0].lower(), ()):
                users[number][one.document].add(how)
    for number, path in _named(handbook):
        users[number][path].add(How.NAMES)
    order = {d.path: n for n, d in enumerate(handbook.documents) if d.status is not Status.RETIRED}
    return tuple(
        ExternalUse(
            entry,
            {
                path: tuple(how for how in How if how in hows)
                for path, hows in sorted(users[number].items(), key=lambda found: order.get(found[0], -1))
                if path in order
            },
            check_of(entry, today),
        )
        for number, entry in enumerate(handbook.external)
    )


def check_of(entry: ExternalDocument, today: dt.date) -> Check:
    """What is known on a day of the last check."""
    if entry.checked is None:
        return Check.NO_DATE
    if entry.checked > today:
        return Check.AHEAD
    if entry.due is None:
        return Check.NO_INTERVAL
    return Check.CHECKED if entry.due >= today else Check.DUE


def _named(handbook: Handbook) -> set[tuple[int, str]]:
    """Which entry is named in which document: one pass over each text, for all names at once."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(handbook.external):
        for name in _names(entry):
            numbers[name].append(number)
    if not numbers:
        return set()
    names = sorted(numbers)
    automaton = AhoCorasick(names)
    found: set[tuple[int, str]] = set()
    for document in handbook.documents:
        text = folded(document.body)
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            whole = not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
            if whole:
                found.update((number, document.path) for number in numbers[names[index]])
    return found


def _names(entry: ExternalDocument) -> set[str]:
    """The title, what stands before its first comma or bracket, and that without the year of the edition."""
    title = name_key(entry.title)
    short = title.split(",")[0].split(" (")[0].strip()
    candidates = {title, short, short.rsplit(":", 1)[0] if any(c.isdigit() for c in short) else short}
    return {
        name for name in candidates if (len(name) >= _SHORTEST and " " in name) or any(map(str.isdigit, name))
    }
