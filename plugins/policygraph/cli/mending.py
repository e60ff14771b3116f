"""Fixes applied to the handbook's files: tried in memory first, shown as a diff, written whole or not at all."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.opening import Files, Opened, reopened
from policygraph.cli.terminal import plain
from policygraph.cli.writing import replace_all
from policygraph.judging.fixing import fixed
from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.model.finding import Finding, Severity
from policygraph.model.fix import Fix
from policygraph.reading.handbook_files import Progress

Wanted = Callable[[Judgement], Iterable[Finding]]

_MOST_TRIALS = 100
"""Each one judges the handbook again; what is not settled by then is left for the author."""

_NAMED = 10
"""Files that the summary names."""

_COLOURS = {"@": "cyan", "+": "green", "-": "red"}

_FOLLOW_ANY_CHANGE = frozenset({"PG430", "PG432"})
"""A change of what a text says must be looked at by others: that follows from every unsafe fix, and is no mistake."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A handbook after fixes: its files before and after by path, what was applied, and what was left and why.

    `harmful` are fixes that would have raised another finding, of which `raised` gives the codes; `unsafe` are those that an author has to agree to;
    `stuck` are those whose text could not be changed.
    """

    opened: Opened
    judgement: Judgement
    before: dict[str, bytes]
    after: dict[str, bytes]
    applied: int
    harmful: int
    raised: tuple[str, ...]
    unsafe: int
    stuck: int

    @property
    def changed(self) -> tuple[str, ...]:
        """The files that differ."""
        return tuple(sorted(file for file in self.after if self.after[file] != self.before[file]))


class _Bench:
    """The files as they are being mended, in memory."""

    def __init__(self, opened: Opened, unsafe: bool) -> None:
        self.opened = opened
        self.judgement = judge(opened.handbook, opened.today)
        self.before: dict[str, bytes] = {}
        self.texts: dict[str, str | None] = {}
        self.trials = 0
        self.raised: set[str] = set()
        self._ignored = _FOLLOW_ANY_CHANGE if unsafe else frozenset[str]()

    def text(self, file: str) -> str | None:
        """A file's text; None where it is not ours to change: no UTF-8, or a link to another file."""
        if file not in self.texts:
            path = self.opened.files.on_disk(file)
            try:
                data = path.read_bytes() if path.is_file() and not path.is_symlink() else b"\xff"
                self.texts[file] = data.decode("utf-8")
                self.before[file] = data
            except (OSError, UnicodeDecodeError):
                self.texts[file] = None
        return self.texts[file]

    def try_out(self, fixes: list[Fix]) -> tuple[int, int] | None:
        """Apply fixes, unless that raises a finding that was not there; how many were applied, and how many left."""
        files = {edit.place.file for fix in fixes for edit in fix.edits}
        known = {file: text for file in files if (text := self.text(file)) is not None}
        result = fixed(known, fixes)
        changed = {file: text for file, text in result.texts.items() if text != known[file]}
        if not changed:
            return 0, len(fixes)
        self.trials += 1
        texts = {**self.texts, **changed}
        trial = reopened(self.opened, {file: text for file, text in texts.items() if text is not None})
        judgement = judge(trial.handbook, trial.today)
        before, after = self._counted(self.judgement), self._counted(judgement)
        raised = {code for (code, file), count in after.items() if count > before[code, file]}
        if raised and not (
            len(fixes) == 1 and raised <= _FOLLOW_ANY_CHANGE and _mends(self.judgement, judgement)
        ):
            if len(fixes) == 1:
                self.raised |= raised
            return None
        self.opened, self.judgement, self.texts = trial, judgement, texts
        return len(result.applied), len(result.left)

    def _counted(self, judgement: Judgement) -> Counter[tuple[str, str]]:
        # By code and file: the words of some findings name lines, which move.
        return Counter((f.code, f.place.file) for f in judgement.findings if f.code not in self._ignored)


def _mends(before: Judgement, after: Judgement) -> bool:
    """Whether errors are gone: what nobody could judge while a name led nowhere is then no harm of the fix."""
    errors = [sum(f.severity is Severity.ERROR for f in one.findings) for one in (before, after)]
    return errors[1] < errors[0]


def mended(opened: Opened, wanted: Wanted, *, unsafe: bool, progress: Progress | None = None) -> Mended:
    """Apply the fixes of the findings that are wanted, again and again until nothing changes.

    No fix is kept that raises another finding. `progress` is told how many fixes are settled, of how many so far.
    """
    tell: Progress = progress or _silent
    tell("judge", 0, 0)
    bench = _Bench(opened, unsafe)
    refused: set[Fix] = set()
    stuck: set[Fix] = set()
    applied, moved_on = 0, False
    while bench.trials < _MOST_TRIALS:
        offered = _offered(wanted(bench.judgement), unsafe)
        fixes = [fix for fix in offered if _key(fix) not in refused and _key(fix) not in stuck]
        if not fixes:
            if not moved_on:
                break
            # What did harm, or did not fit, may be right now that others have been applied.
            refused.clear()
            stuck.clear()
            moved_on = False
            continue
        settled = applied + len(refused) + len(stuck)
        tell("fix", settled, settled + len(fixes))
        result = bench.try_out(fixes)
        while result is None and len(fixes) > 1 and bench.trials < _MOST_TRIALS:
            fixes = fixes[: (len(fixes) + 1) // 2]
            tell("fix", settled, settled + len(offered))
            result = bench.try_out(fixes)
        if result is None:
            refused.update(_key(fix) for fix in fixes)
        elif result[0]:
            applied += result[0]
            moved_on = True
        else:
            stuck.update(_key(fix) for fix in fixes)
    found = list(wanted(bench.judgement))
    left = _offered(found, unsafe=True)
    after = {
        file: text.encode("utf-8")
        for file, text in bench.texts.items()
        if text is not None and file in bench.before
    }
    return Mended(
        bench.opened,
        bench.judgement,
        bench.before,
        after,
        applied,
        sum(1 for fix in left if _key(fix) in refused),
        tuple(sorted(bench.raised)),
        0 if unsafe else sum(1 for fix in left if not fix.safe),
        sum(1 for fix in left if _key(fix) in stuck),
    )


def _silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def _offered(findings: Iterable[Finding], unsafe: bool) -> list[Fix]:
    return list(dict.fromkeys(f.fix for f in findings if f.fix is not None and (f.fix.safe or unsafe)))


def _key(fix: Fix) -> Fix:
    """A fix wherever it has moved to: other fixes may add or take lines above it."""
    edits = tuple(replace(edit, place=replace(edit.place, line=1)) for edit in fix.edits)
    return replace(fix, edits=edits)


def write(result: Mended, files: Files) -> None:
    """Write what has changed: every file, or none.

    Raises:
        Refusal: where a file has been changed by somebody else meanwhile.
    """
    contents: dict[Path, bytes] = {}
    for file in result.changed:
        path = files.on_disk(file)
        if path.read_bytes() != result.before[file]:
            raise Refusal(
                f"{files.shown(file)} was changed meanwhile; nothing is written. Run the command again."
            )
        contents[path] = result.after[file]
    replace_all(contents)


def diff(result: Mended, files: Files) -> str:
    """What would change, file by file, as a unified diff."""
    lines: list[str] = []
    for file in result.changed:
        name = plain(files.shown(file))
        old, new = (_lines(side[file]) for side in (result.before, result.after))
        for number, line in enumerate(difflib.unified_diff(old, new, name, name, lineterm="")):
            text = plain(line)
            if number < 2:  # the two lines that name the file
                lines.append(click.style(text, bold=True))
            else:
                lines.append(click.style(text, fg=_COLOURS[line[:1]]) if line[:1] in _COLOURS else text)
    return "\n".join(lines)


def _lines(data: bytes) -> list[str]:
    text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n")


def summary(result: Mended, files: Files, *, written: bool) -> str:
    """What was done and what is left, in one or two sentences."""
    changed = [plain(files.shown(file)) for file in result.changed]
    parts = []
    if changed:
        named = ", ".join(changed[:_NAMED]) + (
            f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
        )
        verb = "changed" if written else "would change"
        parts.append(f"{_count(len(changed), 'file')} {verb}: {named}.")
    else:
        parts.append("Nothing to fix by itself.")
    if result.unsafe:
        one = result.unsafe == 1
        parts.append(
            f"{_count(result.unsafe, 'fix', 'fixes')} left for you, since {'it changes' if one else 'they change'}"
            " what a text says or means: look with --fix --unsafe --diff."
        )
    if result.harmful:
        parts.append(
            f"{_count(result.harmful, 'fix', 'fixes')} not made, since another finding would follow"
            f" ({', '.join(result.raised)})."
        )
    if result.stuck:
        parts.append(
            f"{_count(result.stuck, 'fix', 'fixes')} not made, since the text there is not plain enough."
        )
    return " ".join(parts)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
