"""Two states of a handbook, and what lies between them: documents, references, coverage and questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from policygraph.judging.case import Case
from policygraph.judging.change import differences
from policygraph.judging.coverage import Coverage, Rung
from policygraph.model.change import Change, ChangeKind
from policygraph.model.document import Document
from policygraph.model.history import History
from policygraph.model.question import Question, State
from policygraph.model.reference import Reference
from policygraph.resolving.handbook import Handbook


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that is there before and after, and is not the same. `facts` are what its register row shows
    before and after, by name; `change` is what separates the texts."""

    before: Document
    after: Document
    facts: tuple[tuple[str, str, str], ...]
    change: Change

    @property
    def renamed(self) -> bool:
        """Whether the file has another name."""
        return self.before.path != self.after.path


@dataclass(frozen=True, slots=True)
class Moved:
    """A clause whose coverage has changed; the words say where it stood and stands."""

    clause: str
    title: str
    before: str
    after: str
    risen: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one case to another. Everything is in the later handbook's reading order, and what is gone
    in the earlier one's."""

    before: Case
    after: Case
    added: tuple[Document, ...]
    removed: tuple[Document, ...]
    changed: tuple[DocumentChange, ...]
    gained: tuple[Reference, ...]
    lost: tuple[Reference, ...]
    moved: tuple[Moved, ...]
    opened: tuple[Question, ...]
    answered: tuple[Question, ...]
    dropped: tuple[Question, ...]

    @property
    def nothing(self) -> bool:
        """Whether the two are the same in all of this."""
        return not any(
            (
                self.added,
                self.removed,
                self.changed,
                self.gained,
                self.lost,
                self.moved,
                self.opened,
                self.answered,
                self.dropped,
            )
        )

    def of_kind(self, kind: ChangeKind) -> tuple[DocumentChange, ...]:
        """The documents whose texts changed so far."""
        return tuple(change for change in self.changed if change.change.kind is kind)


def compare(before: Case, after: Case) -> Comparison:
    """Compare two cases of one handbook."""
    old, new = before.handbook, after.handbook
    same = same_documents(old, new)
    gained, lost = _references(old, new, same)
    opened, answered, dropped = _questions(before, after, same)
    now = set(same.values())
    return Comparison(
        before,
        after,
        tuple(document for document in new.documents if document.path not in now),
        tuple(document for document in old.documents if document.path not in same),
        tuple(_changes(before, after, same)),
        gained,
        lost,
        tuple(_moves(before.coverage, after.coverage)),
        opened,
        answered,
        dropped,
    )


def same_documents(old: Handbook, new: Handbook) -> dict[str, str]:
    """Which documents are the same ones: new paths by old.

    Git's renames come first, since a new document may have taken an old one's path; then paths, then ids.
    """
    before = {document.path: document for document in old.documents}
    after = {document.path: document for document in new.documents}
    same: dict[str, str] = {}
    _match(same, _renames(old.history, new.history, before, after))
    _match(same, ((path, path) for path in before if path in after))
    names: dict[str, str] = {}
    for path, document in after.items():
        for name in (document.id, *document.front.former_ids):
            names.setdefault(name.casefold(), path)
    _match(same, ((path, names.get(document.id.casefold())) for path, document in before.items()))
    return same


def _match(same: dict[str, str], pairs: Iterable[tuple[str, str | None]]) -> None:
    taken = set(same.values())
    for path, found in pairs:
        if found is not None and path not in same and found not in taken:
            same[path] = found
            taken.add(found)


def _renames(
    old: History, new: History, before: Iterable[str], after: Iterable[str]
) -> Iterable[tuple[str, str]]:
    """Pairs of paths that go back to one file at the newest commit that both histories have."""
    orders = {commit.id: commit.order for commit in new.commits}
    common = next((commit for commit in reversed(old.commits) if commit.id in orders), None)
    if common is None:
        return ()
    origins = {_origin(old, path, common.order): path for path in before}
    origins.pop("", None)
    pairs = ((origins.get(_origin(new, path, orders[common.id])), path) for path in after)
    return ((origin, path) for origin, path in pairs if origin is not None)


def _origin(history: History, path: str, order: int) -> str:
    """A file's path at a commit; empty where it was not there."""
    then = [revision for revision in history.of(path) if revision.commit.order <= order]
    return then[-1].path if then and not then[-1].deleted else ""


def _changes(before: Case, after: Case, same: Mapping[str, str]) -> Iterable[DocumentChange]:
    origins = {path: origin for origin, path in same.items()}
    for document in after.handbook.documents:
        origin = origins.get(document.path)
        if origin is None:
            continue
        earlier = before.handbook.by_path[origin]
        change = differences(earlier.text, document.text)
        facts = tuple(
            (name, was, now)
            for (name, was), (_, now) in zip(_facts(before, earlier), _facts(after, document), strict=True)
            if was != now
        )
        if facts or earlier.path != document.path or change.kind is not ChangeKind.NONE:
            yield DocumentChange(earlier, document, facts, change)


def _facts(case: Case, document: Document) -> tuple[tuple[str, str], ...]:
    return (
        ("id", document.id),
        ("title", document.title),
        ("type", document.type),
        ("status", document.status.value),
        ("owner", document.owner or ""),
        ("in force", "yes" if document.in_force(case.today) else "no"),
    )


def _references(
    old: Handbook, new: Handbook, same: Mapping[str, str]
) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    def then(reference: Reference) -> tuple[str, str, str]:
        source, target = (same.get(path, f"{path} (gone)") for path in (reference.source, reference.target))
        return source, reference.relation.name, target

    def now(reference: Reference) -> tuple[str, str, str]:
        return reference.source, reference.relation.name, reference.target

    known, kept = {then(r) for r in old.references}, {now(r) for r in new.references}
    return (
        tuple(r for r in new.references if now(r) not in known),
        tuple(r for r in old.references if then(r) not in kept),
    )


def _moves(before: Mapping[str, Coverage], after: Mapping[str, Coverage]) -> Iterable[Moved]:
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        was, now = _rung(old), _rung(new)
        if was == now:
            continue
        clause = (new or before[key]).clause
        risen = (now if now is not None else -1) > (was if was is not None else -1)
        yield Moved(key, clause.title, _word(was), _word(now), risen)


def _rung(coverage: Coverage | None) -> Rung | None:
    """Where a clause stands; a framework that is not worked to is answered by nobody."""
    return Rung.UNANSWERED if coverage is None else coverage.rung


def _word(rung: Rung | None) -> str:
    return "not applicable" if rung is None else rung.word


def _questions(
    before: Case, after: Case, same: Mapping[str, str]
) -> tuple[tuple[Question, ...], tuple[Question, ...], tuple[Question, ...]]:
    """The questions opened, answered, and open before but asked no more."""
    linked = {(reference.source, reference.target) for reference in after.handbook.references}
    was_open: dict[tuple[str, str], Question] = {}
    for question in before.questions:
        if question.state is State.OPEN:
            was_open[same.get(question.source, ""), same.get(question.target, "")] = question
    now = {(question.source, question.target): question for question in after.questions}
    opened = (q for pair, q in now.items() if q.state is State.OPEN and pair not in was_open)
    answered = [q for pair, q in now.items() if q.state is not State.OPEN and pair in was_open]
    dropped = []
    for question in before.questions:
        pair = (same.get(question.source, ""), same.get(question.target, ""))
        if question.state is not State.OPEN or pair in now:
            continue
        if pair in linked:
            # Two documents that ignore each other are asked about only for as long as they do.
            source, target = pair
            answered.append(replace(question, source=source, target=target, state=State.REFERENCE))
        else:
            dropped.append(question)
    return tuple(opened), tuple(answered), tuple(dropped)
