"""Rules about what is said twice."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.rule import Trouble, rule
from policygraph.judging.similarity import SimilarPassages
from policygraph.model.finding import Severity
from policygraph.model.in_words import counted
from policygraph.model.reference import SUPERSEDES


@rule("PG416", "repeated-passage", Severity.INFO)
def repeated_passage(case: Case) -> Iterator[Trouble]:
    """A passage of twelve words or more stands in another document too, in the same or nearly the same words.

    Why it matters:
        Sooner or later one of the two is changed and the other forgotten; then the handbook contradicts
        itself, and nobody knows which one binds.

    Example:
        "Every incident is reported to the risk manager within 24 hours, whatever its cause may be." in two
        documents.

    Remedy:
        Keep the passage where it belongs and reference it from the other document, e.g. `[[AI-08#reporting]]`.

        Where both must say it, `allow: {PG416: "because …"}` in the front matter keeps the reason.
    """
    told = {frozenset((close.document, close.other)) for close in case.similar.documents}
    for group in case.similar.passages:
        if frozenset(group.documents) not in told:
            yield _repeated(group)


def _repeated(group: SimilarPassages) -> Trouble:
    first, last = group.passages[0], group.passages[-1]
    others = len(group.documents) - 2
    more = f" and in {counted(others, 'other document')}" if others else ""
    manner = "in the same words" if group.likeness == 1.0 else "in nearly the same words"
    message = (
        f"These {group.words[-1]} words stand in {first.place.file}:{first.place.line}{more} too, {manner}."
    )
    return Trouble(last.place, message, document=last.place.file)


@rule("PG417", "copied-document", Severity.WARNING)
def copied_document(case: Case) -> Iterator[Trouble]:
    """At least half of a document's words stand in another document too.

    Why it matters:
        An auditor asks why there are two, which of them holds, and how they are kept in step.

    Example:
        A procedure that began as a copy of another one, in which a few sentences were changed.

    Remedy:
        Merge the two, or keep in one what is its own and reference the other for the rest.

        Where the one follows the other, say so: `references: [{to: AI-07, relation: supersedes, because: "…"}]`,
        and set the old one's status to retired.
    """
    handbook = case.handbook
    for close in case.similar.documents:
        document, other = handbook.by_path[close.document], handbook.by_path[close.other]
        ends = {document.path, other.path}
        references = (*handbook.outgoing.get(document.path, ()), *handbook.incoming.get(document.path, ()))
        if any(r.relation.name == SUPERSEDES.name and {r.source, r.target} == ends for r in references):
            continue
        yield Trouble(
            document.place,
            f"{close.shared} of the {close.words} words of '{document.title}' stand in '{other.title}' "
            f"({other.path}) too.",
        )
