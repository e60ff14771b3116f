"""What every page looks up, gathered once from handbook and judgement; and the links of one page."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from markupsafe import Markup

from policygraph.judging.case import Case
from policygraph.judging.judgement import Judgement
from policygraph.judging.subjects import Party
from policygraph.judging.suspects import Suspect
from policygraph.judging.translations import LateTranslation
from policygraph.model.document import Document
from policygraph.model.exception import ExceptionState, PolicyException
from policygraph.model.external import ExternalDocument
from policygraph.model.finding import Finding
from policygraph.model.framework import ClauseMapping, ClauseMention, Framework
from policygraph.model.history import History
from policygraph.model.place import Place
from policygraph.model.reference import Decision, Mention
from policygraph.publishing.links import Links, exception_uri, file_name
from policygraph.publishing.publication import SiteStyle
from policygraph.publishing.redline import Redline, redline
from policygraph.reading.registers.applicability import OWN
from policygraph.resolving.handbook import Handbook
from policygraph.words import _

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

if TYPE_CHECKING:
    from policygraph.publishing.change_places import ChangePlaces

NO_AREA = "General"
"""The name of the area of documents that stand in no folder."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """An area with its documents, and the name of its files."""

    id: str
    name: str
    title: str
    description: str
    documents: tuple[Document, ...]

    @property
    def uri(self) -> str:
        """The source path of the area's page."""
        return f"areas/{self.name}/index.md"


@dataclass(frozen=True, slots=True)
class ListedException:
    """An exception, how it stands on the day of the pages, and where it is listed.

    A `stray` one has a document, as typed, that is none of the handbook's.
    """

    exception: PolicyException
    state: ExceptionState
    uri: str
    anchor: str
    stray: bool


@dataclass(frozen=True, slots=True)
class Index:
    """A handbook, its judgement and everything by document, by clause and by area.

    `histories` are the pages of the documents that have more than one version. `strips` keeps the links to the audit
    pages, which many pages share, `redlines` what separates two texts, `change_places` where changes stand and
    `told_changes` which of them are told at length, once they are made, `change_words` in what words, by a change's key
    and whether its redline is shown, and `party_files` the file names of groups and roles.
    """

    judgement: Judgement
    style: SiteStyle
    links: Links
    shelves: tuple[Shelf, ...]
    frameworks: tuple[Framework, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    allowed: Mapping[str, tuple[Finding, ...]]
    mappings: Mapping[str, tuple[ClauseMapping, ...]]
    answers: Mapping[str, tuple[ClauseMapping, ...]]
    clause_mentions: Mapping[str, tuple[ClauseMention, ...]]
    mentions: Mapping[str, tuple[Mention, ...]]
    mentioned_by: Mapping[str, tuple[Mention, ...]]
    decisions: Mapping[str, tuple[Decision, ...]]
    decided_against: Mapping[str, tuple[Decision, ...]]
    translations: Mapping[str, tuple[Document, ...]]
    documents: Mapping[str, Document]
    sheets: Mapping[str, str]
    pages: Mapping[str, str]
    histories: Mapping[str, str]
    exceptions: tuple[ListedException, ...]
    excepted: Mapping[str, tuple[ListedException, ...]]
    external: Mapping[str, ExternalDocument]
    late_translations: Mapping[str, LateTranslation]
    suspects: Mapping[str, tuple[Suspect, ...]]
    casting_doubt: Mapping[str, tuple[Suspect, ...]]
    strips: dict[tuple[str, str, str], Markup] = field(default_factory=dict)
    party_files: dict[Party, str] = field(default_factory=dict)
    redlines: dict[tuple[str, str], Redline] = field(default_factory=dict)
    change_places: list[ChangePlaces] = field(default_factory=list)
    told_changes: set[str] = field(default_factory=set)
    change_words: dict[tuple[str, bool], tuple[str, ...]] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The handbook on a day, with all that follows from the two."""
        return self.judgement.case

    @property
    def handbook(self) -> Handbook:
        """The handbook."""
        return self.judgement.case.handbook

    @property
    def today(self) -> dt.date:
        """The day of the pages."""
        return self.judgement.case.today

    @property
    def audited(self) -> bool:
        """Whether the edition has audit pages, control data and files for machines."""
        return self.handbook.edition.audited

    def lists(self, framework: str) -> bool:
        """Whether a framework has pages of its own."""
        return any(listed.id == framework for listed in self.frameworks)

    def framework(self, id: str) -> Framework:
        """A framework by its id in small letters, as pages name it."""
        return _in_words(self.handbook.frameworks[id])

    def web_address(self, uri: str, anchor: str = "") -> str:
        """The whole address of a page or file of the published handbook; empty where the settings know none."""
        base = self.handbook.settings.url
        return self.links.web_address(base, uri, anchor) if base else ""

    def mark(self, path: str) -> str:
        """By which a browser knows whether a document has changed since; empty on pages of a past day."""
        return "" if self.handbook.history.moment is not None else self.case.changes.marks.get(path, "")

    def redline(self, old: str, new: str) -> Redline:
        """What separates two texts of a document."""
        found = self.redlines.get((old, new))
        if found is None:
            found = self.redlines[old, new] = redline(old, new)
        return found

    def shelf_of(self, document: Document) -> Shelf:
        """The shelf a document stands on."""
        return next(s for s in self.shelves if s.id == document.area)


class PageLinks:
    """The links of one page."""

    def __init__(self, index: Index, uri: str) -> None:
        self.index = index
        self.uri = uri

    def to(self, uri: str, anchor: str = "") -> str:
        """A link to a page or file of the site."""
        return self.index.links.href(self.uri, uri, anchor)

    def document(self, path: str, anchor: str = "") -> str:
        """A link to a document's page, or to a place in it."""
        return self.index.links.href(self.uri, self.index.pages[path], anchor)

    def address(self, uri: str) -> str:
        """The address of a page, for scripts."""
        return self.index.links.address(self.uri, uri)

    def sheet(self, path: str, anchor: str = "") -> str:
        """A link to a document's audit sheet; empty in an edition that has none."""
        if not self.index.audited:
            return ""
        return self.index.links.href(self.uri, self.index.sheets[path], anchor)


def index_of(judgement: Judgement, style: SiteStyle) -> Index:
    """Gather what the pages need."""
    handbook = judgement.case.handbook
    links = Links(style, handbook.folder, handbook.frameworks)
    everything = (*handbook.documents, *handbook.translations)
    exceptions = _exceptions(handbook, judgement.case.today)
    decisions = tuple(decision for decision in handbook.decisions if decision.counts(judgement.case.today))
    return Index(
        judgement,
        style,
        links,
        _shelves(handbook),
        _frameworks(handbook),
        grouped(judgement.findings, _concerned),
        grouped(judgement.allowed, _concerned),
        grouped(handbook.mappings, lambda m: m.document),
        grouped(handbook.mappings, lambda m: m.clause),
        grouped(handbook.clause_mentions, lambda m: m.document),
        grouped(handbook.mentions, lambda m: m.source),
        grouped(handbook.mentions, lambda m: m.target),
        grouped(decisions, lambda d: d.source),
        grouped(decisions, lambda d: d.target),
        grouped(handbook.translations, lambda t: t.translation_of or ""),
        {d.path: d for d in everything},
        {d.path: links.sheet_uri(d) for d in everything},
        {d.path: links.document_uri(d.path) for d in everything},
        _histories(links, everything, handbook.history) if handbook.edition.audited else {},
        exceptions,
        grouped((e for e in exceptions if not e.stray), lambda e: e.exception.document),
        {one.id.casefold(): one for one in reversed(handbook.external)},
        {late.translation.path: late for late in judgement.case.late_translations},
        grouped(judgement.case.suspects, lambda s: s.reference.source),
        grouped(judgement.case.suspects, lambda s: s.reference.target),
    )


def _exceptions(handbook: Handbook, day: dt.date) -> tuple[ListedException, ...]:
    """Exceptions in the order in which they want attention: by state, then by when they end."""
    states = list(ExceptionState)

    def attention(entry: tuple[PolicyException, bool]) -> tuple[int, dt.date, str, Place]:
        exception, _ = entry
        state = states.index(exception.state(day))
        return state, exception.expires or dt.date.max, exception.id, exception.place

    listed = []
    taken: set[str] = set()
    found = [(exception, False) for exception in handbook.exceptions]
    found += [(exception, True) for exception in handbook.stray_exceptions]
    for number, (exception, stray) in enumerate(sorted(found, key=attention)):
        anchor = f"exception-{file_name(exception.id)}"
        while anchor in taken:
            anchor += "-again"
        taken.add(anchor)
        listed.append(ListedException(exception, exception.state(day), exception_uri(number), anchor, stray))
    return tuple(listed)


def _histories(links: Links, documents: Iterable[Document], history: History) -> dict[str, str]:
    uris: dict[str, str] = {}
    taken = {"audit/history/index.md"}
    for document in documents:
        if len(history.of(document.path)) > 1:
            uri = links.history_uri(document)
            while uri in taken:
                uri = f"{uri.removesuffix('.md')}-document.md"
            taken.add(uri)
            uris[document.path] = uri
    return uris


def grouped(values: Iterable[V], key: Callable[[V], K]) -> dict[K, tuple[V, ...]]:
    """Values by key, each group in the order given."""
    found: defaultdict[K, list[V]] = defaultdict(list)
    for value in values:
        found[key(value)].append(value)
    return {name: tuple(group) for name, group in found.items()}


def _concerned(finding: Finding) -> str:
    return finding.document or finding.place.file


def _shelves(handbook: Handbook) -> tuple[Shelf, ...]:
    documents = grouped(handbook.documents, lambda d: d.area)
    areas = {area.id: area for area in handbook.areas}
    taken: set[str] = set()
    shelves = []
    for id in dict.fromkeys([*(a for a in areas if a in documents), *documents]):
        area = areas.get(id)
        name = wanted = file_name(id) if id else file_name(NO_AREA)
        number = 2
        while name in taken or name == "index":
            name, number = f"{wanted}-{number}", number + 1
        taken.add(name)
        title = (area.title if area else id) or id or NO_AREA
        shelves.append(Shelf(id, name, title, area.description if area else "", documents[id]))
    return tuple(shelves)


def _frameworks(handbook: Handbook) -> tuple[Framework, ...]:
    """The frameworks that the organisation works to, or else those that its documents name."""
    clauses = (*(m.clause for m in handbook.mappings), *(m.clause for m in handbook.clause_mentions))
    named = handbook.settings.frameworks or (clause.partition(":")[0] for clause in clauses)
    wanted = dict.fromkeys((*named, OWN))
    return tuple(_in_words(handbook.frameworks[id]) for id in wanted if id in handbook.frameworks)


def _in_words(framework: Framework) -> Framework:
    """A framework as pages name it: what the organisation's own is called is said in their language."""
    if framework.id != OWN:
        return framework
    return replace(
        framework,
        title=_("Controls of %(name)s", name=framework.issuer),
        notes=_("Controls that the organisation has added to those of the frameworks."),
    )
