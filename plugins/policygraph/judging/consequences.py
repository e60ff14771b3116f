"""What a change means for everybody else: what it breaks, who relies on it, and which approvals it outdates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygraph.judging.arrangements import Arrangements, arrangements
from policygraph.judging.comparison import Comparison, compare, same_documents
from policygraph.judging.judgement import Judgement
from policygraph.judging.standing import Approval
from policygraph.model.change import ChangeKind
from policygraph.model.document import Document
from policygraph.model.finding import Finding
from policygraph.resolving.queries import Dependent, relying_on


@dataclass(frozen=True, slots=True)
class Concerned:
    """A document that changed in substance or is gone, with those that rely on it: `near` directly, `far` through
    others."""

    changed: Document
    near: tuple[Dependent, ...]
    far: tuple[Dependent, ...]


@dataclass(frozen=True, slots=True)
class Outdated:
    """An approval that held before the change and is of an earlier text after it."""

    document: Document
    approval: Approval


@dataclass(frozen=True, slots=True)
class Consequences:
    """What separates two states of a handbook, and what follows from it for others.

    `findings` are new, the heaviest first; `mended` counts those that are gone. `unsigned` are the documents whose
    new text binds people and that nobody has approved.
    """

    comparison: Comparison
    findings: tuple[Finding, ...]
    mended: int
    concerned: tuple[Concerned, ...]
    outdated: tuple[Outdated, ...]
    unsigned: tuple[Document, ...]
    arrangements: Arrangements

    @property
    def editorial_only(self) -> bool:
        """Whether nothing differs but spelling and layout, so that nobody else needs to know."""
        found = self.comparison
        return (
            not self.findings
            and self.arrangements.nothing
            and not (found.added or found.removed or found.gained or found.lost)
            and not (found.moved or found.opened or found.answered or found.dropped)
            and all(
                change.change.kind is not ChangeKind.SUBSTANCE and not change.facts and not change.renamed
                for change in found.changed
            )
        )


def consequences(before: Judgement, after: Judgement) -> Consequences:
    """Compare two judgements of a handbook. Judged on one day, only what somebody has written makes a difference."""
    comparison = compare(before.case, after.case)
    same = same_documents(before.case.handbook, after.case.handbook)
    new, mended = _new_findings(before, after, same)
    return Consequences(
        comparison,
        new,
        mended,
        tuple(_concerned(comparison)),
        tuple(_outdated(comparison)),
        tuple(_unsigned(comparison)),
        arrangements(before.case.handbook, after.case.handbook),
    )


def _new_findings(
    before: Judgement, after: Judgement, same: Mapping[str, str]
) -> tuple[tuple[Finding, ...], int]:
    """Findings that were not there before, wherever in its file each stands now."""
    known = Counter((f.code, same.get(f.place.file, f.place.file), f.message) for f in before.findings)
    new = []
    for finding in after.findings:
        key = (finding.code, finding.place.file, finding.message)
        if known[key] > 0:
            known[key] -= 1
        else:
            new.append(finding)
    # One that says the same of other words is not mended.
    gone: Counter[tuple[str, str]] = Counter()
    for (code, file, _), count in known.items():
        gone[code, file] += count
    gone.subtract((f.code, f.place.file) for f in new)
    mended = sum(count for count in gone.values() if count > 0)
    return tuple(sorted(new, key=lambda f: (f.severity.rank, f.order))), mended


def _concerned(comparison: Comparison) -> Iterator[Concerned]:
    after, before = comparison.after.handbook, comparison.before.handbook
    binding = {"status", "in force"}
    for change in comparison.changed:
        if change.change.of_substance or any(name in binding for name, _, _ in change.facts):
            yield from _relying(change.after, relying_on(after, change.after.path))
    for document in comparison.removed:
        found = relying_on(before, document.path)
        gone = {other.path for other in comparison.removed}
        yield from _relying(document, tuple(d for d in found if d.document.path not in gone))


def _relying(document: Document, found: tuple[Dependent, ...]) -> Iterator[Concerned]:
    if found:
        yield Concerned(
            document,
            tuple(dependent for dependent in found if dependent.distance == 1),
            tuple(dependent for dependent in found if dependent.distance > 1),
        )


def _outdated(comparison: Comparison) -> Iterator[Outdated]:
    for change in comparison.changed:
        was = comparison.before.standings[change.before.path]
        now = comparison.after.standings[change.after.path]
        if was.approval is None or now.approval is None or was.changed is None or was.changed.of_substance:
            continue
        if now.changed is not None and now.changed.of_substance:
            yield Outdated(change.after, now.approval)


def _unsigned(comparison: Comparison) -> Iterator[Document]:
    """Where the handbook keeps reviews, or names who approves."""
    after = comparison.after
    touched = {document.path for document in comparison.added}
    touched |= {change.after.path for change in comparison.of_kind(ChangeKind.SUBSTANCE)}
    for document in after.handbook.documents:
        if document.path not in touched or not document.in_force(after.today):
            continue
        standing = after.standings[document.path]
        lacking = standing.approval is None or (
            standing.changed is not None and standing.changed.of_substance
        )
        if lacking and (after.handbook.reviews or document.front.approver):
            yield document
