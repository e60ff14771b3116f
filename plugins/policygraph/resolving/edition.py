"""An edition of a handbook: what it would be if it had only ever been written for its readers.

The sources are cut down first and then resolved as any others, so that nothing that follows from them (pages, search,
counts, feeds, redlines) has to remember what it may not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from posixpath import join, normpath
from types import MappingProxyType
from urllib.parse import unquote

from policygraph.model.document import Document, FrontMatter
from policygraph.model.edition import Edition
from policygraph.model.fingerprint import Fingerprint
from policygraph.model.history import Commit, History, Landing, Revision
from policygraph.model.organisation import Organisation, Role, Term
from policygraph.reading.fence import normalised, split
from policygraph.reading.files import is_document
from policygraph.reading.fingerprint import fingerprint, text_hash
from policygraph.reading.handbook_files import front_matter_of, known_keys
from policygraph.reading.language import language_of
from policygraph.reading.registers import Registers
from policygraph.reading.scan import scan
from policygraph.reading.sources import DocumentSource, Sources
from policygraph.reading.text import folded, name_key
from policygraph.reading.visibility import VisibilityReader
from policygraph.resolving.clauses import Clauses
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.hidden import Hidden
from policygraph.resolving.mentions import joined, whole_words
from policygraph.resolving.names import Names
from policygraph.resolving.resolve import resolve
from policygraph.resolving.terms import TermFinder
from policygraph.resolving.veil import PUBLIC_FIELDS, Veil, without_addresses, without_links
from policygraph.settings import Feedback, FeedbackKind, Settings

_IN_HTML = re.compile(r"""\b(?:src|href|data)\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cut:
    """A handbook as an edition has it, with the sources that are left."""

    sources: Sources
    handbook: Handbook


def edition_of(sources: Sources, whole: Handbook, edition: Edition) -> Cut:
    """Cut a handbook down to an edition. `whole` is what `sources` resolve to.

    Where an edition has nothing to leave out, it is the whole.
    """
    if edition.whole:
        return Cut(sources, whole)
    cutter = _Cutter(sources, whole, edition)
    if edition.audited and not cutter.cuts:
        return Cut(sources, replace(whole, edition=edition))
    left = cutter.sources()
    found = replace(resolve(left), edition=edition)
    known = set(whole.problems)
    terms = _terms(sources, whole, found, edition)
    organisation = replace(found.organisation, terms=terms)
    if not edition.audited:
        organisation = replace(organisation, roles=MappingProxyType(_roles(found)))
    # What only the cut makes wrong is nothing that an author could mend.
    problems = tuple(problem for problem in found.problems if problem in known)
    return Cut(left, replace(found, problems=problems, organisation=organisation))


def visible_paths(handbook: Handbook, edition: Edition) -> frozenset[str]:
    """The files of the documents and translations that an edition has.

    A translation that says nothing of who may see it is for those who may see its original, and never for others.
    """
    reader = VisibilityReader(handbook.settings)
    seen = {d.path for d in handbook.documents if edition.shows(reader.of(d.text, d.front))}
    for translation in handbook.translations:
        said = reader.said(translation.text, translation.front)
        if translation.translation_of in seen and (said is None or edition.shows(said)):
            seen.add(translation.path)
    return frozenset(seen)


class _Cutter:
    def __init__(self, sources: Sources, whole: Handbook, edition: Edition) -> None:
        self._sources = sources
        self._whole = whole
        self._edition = edition
        self._settings = sources.settings
        self._known = known_keys(sources.settings)
        self._reader = VisibilityReader(sources.settings)
        self._names = Names(whole.documents, whole.translations, whole.folder)
        self._clauses = Clauses(sources.frameworks)
        self._shown = visible_paths(whole, edition)
        everything = (*whole.documents, *whole.translations)
        shown = [document for document in everything if document.path in self._shown]
        self._hidden = Hidden(self._names, shown)
        for document in everything:
            if document.path not in self._shown:
                self._hidden.add(document)
        self._veil = Veil(sources.settings, self._hides, public=not edition.audited)
        self._withheld: set[str] = set()
        """Commits that did something that the edition does not know of."""
        self._gone: set[str] = set()
        """The hashes of texts that were for other readers."""
        reviews = sources.registers.reviews if edition.audited else ()
        self._looked_at = {seen.text for review in reviews if (seen := review.looked_at) is not None}
        self._known_links: dict[tuple[str, str], bool] = {}
        self._marks: dict[str, Fingerprint] = {}
        """What the edition has in the place of a text, by the hash of that."""
        self._lines = dict(self._kept_lines())

    @property
    def cuts(self) -> bool:
        """Whether there is anything to leave out."""
        return bool(self._hidden) or bool(self._withheld)

    def sources(self) -> Sources:
        """The sources that are left."""
        documents = tuple(self._document(s) for s in self._sources.documents if s.path in self._shown)
        own = {document.path for document in documents} | {self._settings.file}
        audited = self._edition.audited
        return replace(
            self._sources,
            settings=self._settings if audited else _public_settings(self._settings),
            documents=documents,
            files=frozenset(self._files(documents)),
            # Every text is veiled before the registers are: a review is known by the hash of what it looked at.
            history=self._history(),
            registers=self._registers() if audited else self._public_registers(documents),
            frameworks=self._sources.frameworks if audited else MappingProxyType({}),
            problems=tuple(p for p in self._sources.problems if p.place.file in own),
        )

    def _hides(self, path: str, target: str) -> bool:
        key = (path.rpartition("/")[0], target)
        if key not in self._known_links:
            clause = not self._edition.audited and self._is_clause(target)
            self._known_links[key] = clause or self._hidden.linked(path, target)
        return self._known_links[key]

    def _is_clause(self, target: str) -> bool:
        name = target.partition("#")[0].strip()
        return ":" in name and self._names.named(name) is None and self._clauses.looks_like_one(name)

    def _document(self, source: DocumentSource) -> DocumentSource:
        text = self._veiled(source.text, source.path)
        body = without_links(source.body, source.path, source.scan.links, self._hides)
        body = self._veil.address(without_addresses(body, source.path, self._hides))
        front = self._front(source.front, source.path)
        audited = self._edition.audited
        if body != source.body:
            language = language_of(source.lang)
            found = scan(body, source.path, source.body_line, language, self._settings.id_patterns)
            source = replace(source, body=body, scan=found)
        if not audited and source.scan.claims:
            source = replace(source, scan=replace(source.scan, claims=()))
        return replace(source, text=text, front=front, problems=source.problems if audited else ())

    def _front(self, front: FrontMatter, path: str) -> FrontMatter:
        replaced = front.replaced_by
        front = replace(
            front,
            references=tuple(r for r in front.references if not self._hides(path, r.target)),
            not_related=tuple(d for d in front.not_related if not self._hides(path, d.target)),
            replaced_by=None if replaced is None or self._hides(path, replaced.target) else replaced,
        )
        if self._edition.audited:
            return front
        kept = {name: getattr(front, name) for name in PUBLIC_FIELDS}
        return FrontMatter(**kept, places=front.places)

    def _veiled(self, text: str, path: str) -> str:
        found = self._veil.text(text, path)
        if found != text and self._looked_at and (hash := text_hash(text)) in self._looked_at:
            self._marks[hash] = fingerprint(found)
        return found

    def _files(self, documents: Iterable[DocumentSource]) -> Iterator[str]:
        """Pictures and other files that the documents show or link: nobody has said who may see the others."""
        known = self._sources.files
        for source in documents:
            folder = source.path.rpartition("/")[0]
            targets = [target for _, target in source.scan.pictures]
            targets += [link.target for link in source.scan.links]
            targets += _IN_HTML.findall(source.body)
            for target in targets:
                path = unquote(target.strip("<>").partition("#")[0].partition("?")[0])
                wanted = {normpath(join(folder, path)), self._names.relative(source.path, path)}
                yield from (file for file in wanted if file in known)

    # History

    def _kept_lines(self) -> Iterator[tuple[str, tuple[Revision, ...]]]:
        """The states of each file that the edition's readers may see, before their texts are veiled."""
        history = self._whole.history
        files = [
            (path, review.place.file) for path, reviews in self._whole.reviews.items() for review in reviews
        ]
        reviewed = {file for path, file in files if path in self._shown and self._edition.audited}
        elsewhere = {file for path, file in files if path not in self._shown}
        living = {d.path for d in (*self._whole.documents, *self._whole.translations)}
        for path, states in history.revisions.items():
            if path in reviewed:
                yield path, states
            elif not is_document(path):
                # Other registers say what they say today; those of hidden documents are nobody's business here.
                self._withhold(states if path in elsewhere else ())
            elif path in self._shown or path not in living:
                if kept := self._seen(states, self._original_of(path)):
                    yield path, kept
            else:
                self._forget(states)
        for number, states in enumerate(history.displaced):
            if kept := self._seen(states):
                yield f"\0{number}", kept

    def _original_of(self, path: str) -> tuple[Revision, ...] | None:
        """The states of what a translation translates; None where a path is no translation's."""
        found = self._whole.by_path.get(path)
        original = found.translation_of if found is not None else None
        return self._whole.history.of(original) if original is not None else None

    def _seen(
        self, states: tuple[Revision, ...], original: tuple[Revision, ...] | None = None
    ) -> tuple[Revision, ...]:
        """The states since a document was last opened to the edition's readers; a translation with its original."""
        first = 0
        for number, state in enumerate(states):
            if state.text is None:
                continue
            said = self._reader.said(state.text) if original is not None else self._reader.of(state.text)
            if said is not None and not self._edition.shows(said):
                first = number + 1
        if original is not None:
            opened = self._since(original)
            while first < len(states) and (opened is None or states[first].commit.order < opened):
                first += 1
        while first < len(states) and states[first].text is None:
            first += 1
        if first:
            self._forget(states[:first])
        kept = states[first:]
        return (replace(kept[0], renamed_from=None), *kept[1:]) if kept and first else kept

    def _since(self, states: tuple[Revision, ...]) -> int | None:
        """The commit, by its order, with which a document was opened: -1 where it always was, None where it is yet to
        be."""
        hidden, opened = False, -1
        for state in states:
            if state.text is None:
                continue
            if not self._edition.shows(self._reader.of(state.text)):
                hidden = True
            elif hidden:
                hidden, opened = False, state.commit.order
        return None if hidden else opened

    def _forget(self, states: Iterable[Revision]) -> None:
        """Leave out states of a document, and know it by what it was called then."""
        states = tuple(states)
        self._withhold(states)
        last = ""
        for state in states:
            if state.text is not None:
                self._gone.add(text_hash(state.text))
                head = split(normalised(state.text), self._known).front
                if head != last or state is states[0]:
                    last = head
                    front = front_matter_of(state.text, state.path, self._settings, self._known)
                    self._hidden.add_state(state, front)

    def _withhold(self, states: Iterable[Revision]) -> None:
        self._withheld.update(state.commit.id for state in states)

    def _history(self) -> History:
        history = self._sources.history
        commits: dict[str, Commit] = {}

        def told(state: Revision) -> Revision:
            commit = commits.setdefault(state.commit.id, self._commit(state.commit))
            if not is_document(state.path):
                return replace(state, commit=commit)
            text = None if state.text is None else self._veiled(state.text, state.path)
            return replace(state, commit=commit, text=text)

        lines = {path: tuple(told(state) for state in states) for path, states in self._lines.items()}
        found = replace(
            history,
            revisions=MappingProxyType({path: s for path, s in lines.items() if not path.startswith("\0")}),
            displaced=tuple(states for path, states in lines.items() if path.startswith("\0")),
            uncommitted=frozenset(path for path in history.uncommitted if path in self._shown),
            commits=tuple(commits[commit.id] for commit in history.commits if commit.id in commits),
        )
        return found if self._edition.audited else replace(found, note="", branch="", instead="")

    def _commit(self, commit: Commit) -> Commit:
        """A commit in words that are for the edition's readers: about what they see alone, and of no people's names in
        public."""
        if not self._edition.audited:
            return Commit(commit.id, commit.order, commit.when, "", "", "", "", Landing.ORDINARY)
        return replace(commit, subject="", about="", paragraphs=()) if commit.id in self._withheld else commit

    # Registers

    def _knows(self, typed: str) -> bool:
        """Whether an entry is about a document of the edition; one whose document nobody knows may be about another."""
        found = self._names.named(typed)
        if found is None and (file := self._names.file(typed)) is not None:
            found = file[0]
        return isinstance(found, Document) and found.path in self._shown

    def _registers(self) -> Registers:
        read = self._sources.registers
        named = self._hidden.named
        return replace(
            read,
            applicability=tuple(
                replace(entry, rests_on=tuple(name for name in entry.rests_on if not named(name)))
                for entry in read.applicability
            ),
            records=tuple(entry for entry in read.records if self._knows(entry.document)),
            reviews=tuple(
                replace(
                    review,
                    note="" if seen is not None and seen.text in self._gone else review.note,
                    looked_at=self._marks.get(seen.text, seen) if seen is not None else None,
                )
                for review in read.reviews
                if self._knows(review.document)
                for seen in (review.looked_at,)
            ),
            exceptions=tuple(entry for entry in read.exceptions if self._knows(entry.document)),
            external=tuple(
                replace(entry, used_by=tuple(name for name in entry.used_by if not named(name)))
                for entry in read.external
                if not entry.used_by or not all(map(named, entry.used_by))
            ),
            texts=MappingProxyType({}),
        )

    def _public_registers(self, documents: Iterable[DocumentSource]) -> Registers:
        """The groups that documents are for, the titles of roles, and the terms; nobody's name and no address."""
        read = self._sources.registers.organisation
        meant = {name.lower() for source in documents for name in source.front.applies_to} | {"everyone"}
        roles = {id: Role(role.id, role.title, role.place) for id, role in read.roles.items()}
        audiences = {id: replace(a, people=None) for id, a in read.audiences.items() if id in meant}
        return Registers(Organisation(MappingProxyType(roles), MappingProxyType(audiences), read.terms))


def _public_settings(settings: Settings) -> Settings:
    return replace(
        settings, frameworks=(), catalogs=(), review_every=None, feedback=Feedback(FeedbackKind.NONE)
    )


def _terms(sources: Sources, whole: Handbook, found: Handbook, edition: Edition) -> tuple[Term, ...]:
    """The terms that an edition's documents use; the internal one has those that no document uses as well."""
    terms = sources.registers.organisation.terms
    finder = TermFinder(terms, (), (), sources.settings.language)

    def used(documents: Iterable[Document], handbook: Handbook) -> set[str]:
        return {
            use.term.term
            for document in documents
            for use in finder.uses(document.body, handbook.blocks.get(document.path, ()))
        }

    kept = used((*found.documents, *found.translations), found)
    if not edition.audited:
        return tuple(term for term in terms if term.term in kept)
    mine = {d.path for d in (*found.documents, *found.translations)}
    others = used((d for d in (*whole.documents, *whole.translations) if d.path not in mine), whole)
    return tuple(term for term in terms if term.term in kept or term.term not in others)


def _roles(handbook: Handbook) -> dict[str, Role]:
    """The roles that own one of the documents, or are spoken of in one."""
    documents = (*handbook.documents, *handbook.translations)
    owners = {(document.owner or "").lower() for document in documents}
    prose = [folded(joined(handbook.blocks.get(document.path, ()))[0]) for document in documents]
    return {
        id: role
        for id, role in handbook.organisation.roles.items()
        if id in owners or any(_names(text, name_key(role.title)) for text in prose)
    }


def _names(prose: str, title: str) -> bool:
    at = prose.find(title) if title else -1
    while at >= 0 and not whole_words(prose, at, at + len(title)):
        at = prose.find(title, at + 1)
    return at >= 0
