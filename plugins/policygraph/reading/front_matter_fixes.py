"""Fixes for front matter that cannot be read as it was meant: fences, quotation marks, keys that stand twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from policygraph.model.fix import Edit, Fix
from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.reading.corrections import lines_of, quoted_value

_LONGEST = 1_000
"""Characters of a line that is looked at; nobody has typed a longer one."""

_ABOVE = 200
"""Lines above a key that stands twice among which the first one is looked for."""

_KEY_AND_TEXT = re.compile(r"(\s*(?:- +)?[A-Za-z_][\w-]*: +)([^\s\"'\[\]{}|>&*!%@`#,?-][^\t]*?)\s*$")
_LAST_VALUE = re.compile(r"[{,]\s*[A-Za-z_][\w-]*:\s+(?=[^\s\"'#])([^\"'{}\[\],:#]+?),\s*$")
_WORDS = re.compile(r"[^\"'{}\[\],:#]+(?:,[^\"'{}\[\],:#]+)*(?=\s*\})")
_BROKEN_LINK = re.compile(r"\[\[[^\[\]\n|\\]+\|(?=[^\[\n|]*\]\])")


def opening_fence(text: str, path: str, line: int) -> Fix:
    """The fence that is missing above front matter whose first key stands on `line`."""
    blank = "\n".join(text.split("\n")[: line - 1]) + "\n" if line > 1 else ""
    return Fix("Put '---' above the front matter", (Edit(Place(path), blank, "---\n"),), safe=True)


def closing_fence(text: str, path: str, line: int) -> Fix | None:
    """The fence that is missing below front matter that ends before `line`; an author must agree that it ends there."""
    if text and not text.endswith("\n") and line > text.count("\n"):
        return None
    return Fix("Put '---' below the front matter", (Edit(Place(path, line), "", "---\n"),))


def escaped_bar(text: str, place: Place) -> Fix | None:
    """The backslash before the bar of a wiki link in a table."""
    lines = lines_of(text)
    if not 0 < place.line <= len(lines):
        return None
    found = _BROKEN_LINK.match(lines[place.line - 1], place.column - 1, place.column + _LONGEST)
    if found is None:
        return None
    bar = Place(place.file, place.line, found.end())
    return Fix("Put a backslash before the bar", (Edit(bar, "|", "\\|"),), safe=True)


def with_front_matter_fixes(problems: Iterable[Problem], text: str) -> list[Problem]:
    """Problems of front matter with the fixes that its text allows. `text` is the file's, levelled."""
    lines = lines_of(text)
    found = []
    for problem in problems:
        number = problem.place.line - 1
        line = lines[number] if 0 <= number < len(lines) else None
        fix_of = _FIXES.get(problem.kind)
        fix = None
        if problem.fix is None and fix_of is not None and line is not None and len(line) <= _LONGEST:
            fix = fix_of(lines, problem)
        found.append(replace(problem, fix=fix) if fix is not None else problem)
    return found


def _colon(lines: list[str], problem: Problem) -> Fix | None:
    """Quotation marks around a value with a colon, which YAML takes for another key."""
    number = problem.place.line - 1
    found = _KEY_AND_TEXT.match(lines[number])
    if found is None or ": " not in f"{found[2]} " or " #" in found[2] or _goes_on(lines, number):
        return None
    return _quoting(Place(problem.place.file, number + 1, found.start(2) + 1), found[2])


def _cut(lines: list[str], problem: Problem) -> Fix | None:
    """Quotation marks around a text that YAML has cut short, at a '#' or at a comma in braces."""
    number, column = problem.place.line - 1, problem.place.column - 1
    line = lines[number]
    before, rest = line[:column], line[column:]
    if "\t" in line:
        return None
    if (value := _LAST_VALUE.search(before)) is not None:
        more = _WORDS.match(rest)
        if more is None:
            return None
        old = before[value.start(1) :] + more[0].rstrip()
        return _quoting(Place(problem.place.file, number + 1, value.start(1) + 1), old)
    if (
        " #" not in rest
        or re.match(r"[\"'\[{|>&*!]", rest)
        or re.search(r"[,{\[]\s*$", before)
        or "{" in before
    ):
        return None
    return _quoting(problem.place, rest.rstrip()) if not _goes_on(lines, number) else None


def _twice(lines: list[str], problem: Problem) -> Fix | None:
    """The second of two lines that say the same, taken out."""
    number = problem.place.line - 1
    line = lines[number]
    same = [other for other in lines[max(0, number - _ABOVE) : number] if other.rstrip() == line.rstrip()]
    value = line.partition(":")[2].strip()
    if problem.place.column != 1 or not same or not value or value[0] in "|>[{&*" or _goes_on(lines, number):
        return None
    return Fix(
        "Take the second line out", (Edit(Place(problem.place.file, number + 1), f"{line}\n", ""),), safe=True
    )


def _goes_on(lines: list[str], number: int) -> bool:
    """Whether a value goes on below its line."""
    line, following = lines[number], lines[number + 1] if number + 1 < len(lines) else ""
    lead = len(line) - len(line.lstrip(" -"))
    return bool(following.strip()) and len(following) - len(following.lstrip()) > lead


def _quoting(place: Place, value: str) -> Fix:
    return Fix("Put the text in quotation marks", (Edit(place, value, quoted_value(value)),), safe=True)


_FIXES: dict[ProblemKind, Callable[[list[str], Problem], Fix | None]] = {
    ProblemKind.BROKEN_FRONT_MATTER: _colon,
    ProblemKind.CUT_SHORT: _cut,
    ProblemKind.DUPLICATE_KEY: _twice,
}
