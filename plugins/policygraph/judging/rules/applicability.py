"""Rules about applicability: what is decided about controls, against what documents say."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.applicability import ControlLine, Decision, same_sentences
from policygraph.judging.case import Case
from policygraph.judging.rule import Trouble, rule
from policygraph.model.finding import Severity
from policygraph.model.place import Place

_SAME = 6
_NAMED = 12
"""Controls that one message names; a list of ninety helps nobody."""


def _entries(case: Case) -> Iterator[tuple[ControlLine, Place]]:
    """Every control with an entry, once, and the place of the entry."""
    seen: set[str] = set()
    for statement in case.applicability:
        for line in statement.all:
            if line.entry is not None and line.control.key not in seen:
                seen.add(line.control.key)
                yield line, line.entry.place


@rule("PG310", "excluded-but-answered", Severity.WARNING)
def excluded_but_answered(case: Case) -> Iterator[Trouble]:
    """A control is declared not to apply, and yet a document in force answers it.

    Why it matters:
        One of the two is wrong, and an auditor will ask which.

    Example:
        `applies: false` for A.10.3, while AI-21 says that it answers it.

    Remedy:
        Say that the control applies, or take it out of the document's `satisfies`.
    """
    for line, place in _entries(case):
        answers = line.coverage.in_force
        if line.decision is Decision.EXCLUDED and answers:
            ids = _few([a.document.id for a in answers])
            yield Trouble(
                place, f"'{line.control.key}' is declared not to apply, and yet is answered by {ids}."
            )


@rule("PG311", "included-but-unanswered", Severity.WARNING)
def included_but_unanswered(case: Case) -> Iterator[Trouble]:
    """A control is declared to apply, and no document in force answers it.

    Why it matters:
        Nobody can look up what the control means in this organisation.

    Example:
        `applies: true` for A.4.4, which stands in no document's `satisfies`.

    Remedy:
        Name the control in the `satisfies` of the document that deals with it, or write that document.
    """
    for line, place in _entries(case):
        if line.decision is Decision.APPLIES and not line.coverage.in_force:
            waiting = _few([a.document.id for a in line.coverage.answers])
            so_far = f" So far only {waiting}, not in force, would." if waiting else ""
            yield Trouble(
                place, f"'{line.control.key}' applies, but no document in force answers it.{so_far}"
            )


@rule("PG312", "same-justification", Severity.INFO)
def same_justification(case: Case) -> Iterator[Trouble]:
    """Six or more controls are justified with the same sentence.

    Why it matters:
        A sentence that fits every control was thought about for none of them.

    Example:
        "Required by the standard." behind twenty controls.

    Remedy:
        Say for each control what it is there for: the risk, the law, the contract or the harm.
    """
    lines = [line for line, _ in _entries(case)]
    for group in same_sentences(lines, _SAME):
        first = group[0].entry
        if first is not None:
            ids = _few([line.control.id for line in group])
            message = f"{len(group)} controls are justified with the same sentence: {ids}."
            yield Trouble(first.place, message)


@rule("PG313", "no-justification", Severity.ERROR)
def no_justification(case: Case) -> Iterator[Trouble]:
    """A control is declared to apply or not to apply, and no reason is given. Where it applies, that is a warning.

    Why it matters:
        A statement of applicability has to justify both, above all what it leaves out.

    Example:
        ```yaml
        A.10.3: {applies: false}
        ```

    Remedy:
        Add `because: "…"` with the risk, the law, the contract or the fact behind the decision.
    """
    for line, place in _entries(case):
        if line.entry is None or line.entry.because or line.decision is Decision.OPEN:
            continue
        if line.decision is Decision.EXCLUDED:
            yield Trouble(place, f"'{line.control.key}' is left out without a reason.")
        else:
            yield Trouble(
                place, f"'{line.control.key}' applies, but nobody says why.", severity=Severity.WARNING
            )


@rule("PG314", "undecided-control", Severity.WARNING)
def undecided_control(case: Case) -> Iterator[Trouble]:
    """The register of applicability decides about some controls of a framework and forgets others.

    Why it matters:
        A statement of applicability has to hold every control, so that none is left out by accident.

    Example:
        37 of the 38 controls of ISO/IEC 42001 in registers/applicability.yml.

    Remedy:
        Add an entry with `applies` for each control named.
    """
    for statement in case.applicability:
        places = [line.entry.place for line in statement.lines if line.entry is not None]
        missing = [line.control.id for line in statement.lines if line.decision is Decision.OPEN]
        if places and missing:
            count = "one control" if len(missing) == 1 else f"{len(missing)} controls"
            message = f"{statement.framework.title}: nothing is decided about {count}: {_few(missing)}."
            yield Trouble(min(places), message)


def _few(ids: list[str]) -> str:
    more = len(ids) - _NAMED
    return ", ".join(ids[:_NAMED]) + (f" and {more} more" if more > 0 else "")
