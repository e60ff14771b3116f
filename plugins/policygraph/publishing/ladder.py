"""The coverage ladder as pages show it: a bar of five steps, what each rests on, and counts in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.judging.coverage import Answering, Coverage, Footing, Rung, counted
from policygraph.judging.evidence import Evidence
from policygraph.model.document import Document
from policygraph.model.framework import Clause, ClauseMention, Framework
from policygraph.publishing.escaping import relative_file, safe_url, shortened
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.links import clause_anchor, clause_uri
from policygraph.publishing.names import name_of
from policygraph.publishing.reference_views import PassageLink, at, passage_link
from policygraph.publishing.templates import message
from policygraph.publishing.tongues import labelled, told
from policygraph.words import N_, _

_QUOTE = 160
_MOST = 5
"""Grounds shown for one step; the audit sheets have all of them."""

_MOST_OTHERS = 3

MOST_BARS = 400
"""Clauses beyond which a bar for each would no longer be a picture."""

_SHORTEST, _LONGEST = 12, 48
_CITED = re.compile(
    r"(?:[A-Z][A-Z/]{1,8} ){1,3}\d[\d-]{0,9}:\d{4}\b|(?:Regulation|Directive) \(E[UC]\) (?:No )?\d+/\d+"
)
_FURTHER = re.compile(r" \(|, | [-–] |: ")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a step rests on: a passage, a role, a record; and a word on it, which may be in a language of its own."""

    text: str
    href: str
    note: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder. `lack` says what is missing for the first step that is not met."""

    word: str
    met: bool
    grounds: tuple[Ground, ...]
    lack: str


@dataclass(frozen=True, slots=True)
class Other:
    """A further document that answers the clause, and where it stands."""

    ground: Ground
    word: str
    height: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """How far a clause is covered. `height` counts the filled steps of the bar; `id` is of the best document.

    `caution` says which records the word would hide; `more` counts the other documents that are not listed.
    """

    word: str
    caution: str
    height: int
    applicable: bool
    lack: str
    steps: tuple[Step, ...]
    others: tuple[Other, ...]
    more: int
    id: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many clauses stand on a rung, in words."""

    number: int
    word: str
    height: int
    applicable: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """A clause in the picture of a whole framework: its bar, and where it stands in words."""

    id: str
    href: str
    height: int
    applicable: bool
    words: str


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The bars below one heading of the framework."""

    id: str
    title: str
    lang: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many clauses stand where, the highest rung first. Counts, never a share: a share would pass for fulfilment."""

    total: int
    counts: tuple[Count, ...]


_TALLY_WORDS = {
    Rung.FRESH: N_("with a fresh record"),
    Rung.EVIDENCED: N_("with a record that is not known to be fresh"),
    Rung.OWNED: N_("owned, without a record"),
    Rung.ANSWERED: N_("answered, owned by nobody"),
    Rung.MENTIONED: N_("mentioned only"),
    Rung.UNANSWERED: N_("unanswered"),
}


def short_title(framework: Framework) -> str:
    """A framework's title, short enough to stand in a heading with other words.

    Of a long title that is what it is cited by (ISO/IEC 42001:2023), or else what stands before the first bracket.
    """
    title = framework.title
    if len(title) <= _LONGEST:
        return title
    cited = _CITED.match(title)
    name = cited.group() if cited else _FURTHER.split(title, maxsplit=1)[0]
    return name if _SHORTEST <= len(name) <= _LONGEST else shortened(title, _LONGEST)


def subtitle(framework: Framework) -> str:
    """What a framework's short title leaves out."""
    short = short_title(framework)
    if not framework.title.startswith(short):
        return framework.title
    return framework.title.removeprefix(short).strip(" ,:–-")


def tally(index: Index, clauses: Iterable[Clause]) -> Tally:
    """Count clauses by their rungs."""
    coverages = [index.case.coverage[clause.key] for clause in clauses]
    numbers = counted(coverages)
    hiding = sum(bool(coverage.caution) for coverage in coverages)
    counts = [
        Count(
            numbers[rung],
            _("with a fresh record, %(number)s of them with another overdue", number=hiding)
            if rung is Rung.FRESH and hiding
            else _(words),
            rung.value,
        )
        for rung, words in _TALLY_WORDS.items()
        if numbers[rung] or rung is Rung.UNANSWERED
    ]
    if numbers[None]:
        counts.append(Count(numbers[None], name_of("not applicable"), 0, applicable=False))
    return Tally(len(coverages), tuple(counts))


def bars(index: Index, links: PageLinks, framework: Framework) -> tuple[BarGroup, ...]:
    """A bar for each clause below its heading, in the framework's order; nothing where there are too many to see."""
    if len(framework.leaves) > MOST_BARS:
        return ()
    found: dict[str, list[Bar]] = {}
    for clause in framework.leaves:
        coverage = index.case.coverage[clause.key]
        where = ", ".join(filter(None, (name_of(coverage.word), coverage.caution)))
        href = links.to(clause_uri(framework, clause), clause_anchor(clause.id))
        bar = Bar(clause.id, href, coverage.rung or 0, coverage.rung is not None, f"{clause.label}: {where}")
        found.setdefault(clause.parent or "", []).append(bar)
    heads = {id: framework.clauses.get(id) for id in found}
    return tuple(
        BarGroup(
            head.id if head else "",
            head.label if head else "",
            head.lang if head else "",
            tuple(group),
        )
        for head, group in ((heads[id], group) for id, group in found.items())
    )


def answered(index: Index, framework: Framework) -> int:
    """How many clauses of a framework are answered by a document in force."""
    rungs = (index.case.coverage[clause.key].rung for clause in framework.leaves)
    return sum(rung is not None and rung >= Rung.ANSWERED for rung in rungs)


def ladder(index: Index, links: PageLinks, coverage: Coverage) -> Ladder:
    """Make the ladder of a clause."""
    rung = coverage.rung
    best = coverage.best if rung else None
    others = coverage.answers[1:] if best else coverage.answers
    if not rung:
        steps: tuple[Step, ...] = ()
    elif best is not None:
        steps = tuple(_climbed(index, links, best))
    else:
        grounds = tuple(_mention(index, links, m) for m in coverage.mentions[:_MOST])
        steps = (
            Step(name_of(Rung.MENTIONED.word), True, grounds, ""),
            Step(name_of(Rung.ANSWERED.word), False, (), coverage.lack),
        )
    return Ladder(
        name_of(coverage.word),
        coverage.caution,
        rung or 0,
        rung is not None,
        coverage.lack,
        steps,
        tuple(_other(index, links, a) for a in others[:_MOST_OTHERS]),
        max(0, len(others) - _MOST_OTHERS),
        best.document.id if best else "",
    )


def record_href(index: Index, links: PageLinks, document: Document, where: str) -> str:
    """Where a record's pointer leads: a page of the handbook or of the web; empty where it is neither."""
    file = relative_file(where, document.path.rpartition("/")[0])
    return links.document(file) if file and file in index.pages else safe_url(where) or ""


def _climbed(index: Index, links: PageLinks, best: Answering) -> Iterator[Step]:
    footing = best.footing
    document = best.document
    sheet = links.sheet(document.path)
    grounds = {
        Rung.ANSWERED: tuple(_answer(links, best)),
        Rung.OWNED: (Ground(footing.role.title, sheet, ", ".join(footing.holders)),)
        if footing.role and footing.holders
        else (),
        Rung.EVIDENCED: tuple(_record(index, links, footing, e, "") for e in footing.evidence[:_MOST]),
        Rung.FRESH: tuple(_record(index, links, footing, e, e.words) for e in footing.evidence[:_MOST]),
    }
    for rung, found in grounds.items():
        met = footing.rung >= rung
        lack = footing.lack if rung == footing.rung + 1 else ""
        yield Step(name_of(rung.word), met, found if met else (), lack)


def quoted(id: str, view: PassageLink) -> Markup:
    """What a document says, by its id."""
    return message(N_("%(id)s: “%(quote)s”"), id=id, quote=told(view.quote, view.lang))


def _answer(links: PageLinks, answering: Answering) -> Iterator[Ground]:
    document = answering.document
    for mapping in answering.mappings[:_MOST]:
        if mapping.passage:
            view = passage_link(links, document.path, mapping.passage, limit=_QUOTE)
            yield Ground(quoted(document.id, view), view.href, view.where)
        else:
            yield Ground(
                labelled(document.id, document.title, document.lang),
                links.document(document.path),
                at(mapping.place),
            )


def _record(index: Index, links: PageLinks, footing: Footing, evidence: Evidence, note: str) -> Ground:
    record = evidence.record
    href = record_href(index, links, footing.document, record.pointer.where)
    where = record.pointer.where or _("where it is kept: not recorded")
    return Ground(record.what, href or links.sheet(footing.document.path), note or where)


def _mention(index: Index, links: PageLinks, mention: ClauseMention) -> Ground:
    document = index.documents[mention.document]
    view = passage_link(links, document.path, mention.passage, limit=_QUOTE)
    return Ground(quoted(document.id, view), view.href, view.where)


def _other(index: Index, links: PageLinks, answering: Answering) -> Other:
    footing = answering.footing
    document = answering.document
    ground = Ground(
        labelled(document.id, document.title, document.lang), links.document(document.path), footing.lack
    )
    word = name_of(footing.rung.word) if footing.in_force else _("not in force")
    return Other(ground, word, footing.rung if footing.in_force else Rung.MENTIONED)
