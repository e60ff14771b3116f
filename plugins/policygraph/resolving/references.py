"""References: declared ones and links, resolved and merged into one reference per target and relation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from pathlib import PurePosixPath
from posixpath import relpath
from urllib.parse import unquote

from policygraph.model.document import DeclaredReference, Document, Link, Origin
from policygraph.model.framework import ClauseMention
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind
from policygraph.model.reference import REFERENCES, SUPERSEDES, Decision, Occurrence, Reference, Relation
from policygraph.reading.corrections import surely_meant
from policygraph.reading.sources import Sources
from policygraph.reading.text import as_browsers_read, is_address
from policygraph.reading.values import nearest
from policygraph.resolving.clauses import Clauses
from policygraph.resolving.handbook import LinkTarget
from policygraph.resolving.names import Ambiguous, Names
from policygraph.resolving.reporting import Reporting

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_SAFE_SCHEMES = frozenset({"http:", "https:", "mailto:", "//"})
_TEMPLATE = re.compile(r"\{[{%]")


class ReferenceResolver(Reporting):
    """Resolves everything that points at a document or a clause, and notes what does not."""

    def __init__(
        self, sources: Sources, names: Names, clauses: Clauses, documents: Iterable[Document]
    ) -> None:
        super().__init__()
        self._settings = sources.settings
        self._folder = sources.folder
        self._files = sources.files
        self._outside = sources.outside
        self._names = names
        self._clauses = clauses
        self._anchors: dict[str, frozenset[str]] = {}
        self._documents = {document.path: document for document in documents}
        self._folders = {
            parent.as_posix()
            for path in (*self._documents, *self._files)
            for parent in PurePosixPath(path).parents
        }
        self._occurrences: dict[tuple[str, str, str], list[Occurrence]] = {}
        self._declared: dict[tuple[str, str], Relation] = {}
        self._replaced: set[tuple[str, str]] = set()
        self.decisions: list[Decision] = []
        self.clause_mentions: list[ClauseMention] = []
        self.link_targets: dict[tuple[str, int], LinkTarget] = {}

    def for_changed(self, document: Document) -> ReferenceResolver:
        """A resolver that knows the same names and has resolved nothing yet, for one document as it is now."""
        other = copy(self)
        other._documents = {**self._documents, document.path: document}
        other._anchors = {}
        other._occurrences, other._declared, other._replaced = {}, {}, set()
        other.problems, other.decisions, other.clause_mentions, other.link_targets = [], [], [], {}
        return other

    def declared(self, document: Document) -> None:
        """Resolve a document's front matter."""
        for entry in document.front.references:
            relation = self._relation(entry)
            target = self._target(document, entry.target, entry.section, entry.place)
            if target is None:
                continue
            if target.path == document.path:
                self._report(
                    ProblemKind.SELF_REFERENCE,
                    entry.place,
                    f"'{document.id}' declares a reference to itself.",
                )
                continue
            self._declared.setdefault((document.path, target.path), relation)
            occurrence = Occurrence(Origin.FRONT_MATTER, entry.place, None, entry.because, entry.section)
            self._add(document.path, target.path, relation, occurrence)
        if (replaced := document.front.replaced_by) is not None:
            successor = self._target(document, replaced.target, replaced.section, replaced.place)
            if successor is not None and successor.path == document.path:
                self._report(
                    ProblemKind.SELF_REFERENCE,
                    replaced.place,
                    f"'{document.id}' is said to be replaced by itself.",
                )
            elif successor is not None:
                self._replaced.add((successor.path, document.path))
                occurrence = Occurrence(Origin.FRONT_MATTER, replaced.place)
                self._add(successor.path, document.path, SUPERSEDES, occurrence)
        for decision in document.front.not_related:
            known = len(self.problems)
            target = self._target(document, decision.target.partition("#")[0], "", decision.place)
            if target is None:
                mend = "Correct the id. If the document is gone, take the decision about it out."
                self.problems[known:] = [replace(p, mend=p.mend or mend) for p in self.problems[known:]]
            else:
                self.decisions.append(
                    Decision(
                        document.path,
                        target.path,
                        decision.because,
                        decision.place,
                        decision.decided,
                        decision.by,
                    )
                )

    def links(self, document: Document, counts: bool = True) -> None:
        """Resolve the links of a document's text; those of a translation lead somewhere but do not count."""
        for link in document.links:
            found = self._link(document, link)
            if found is None:
                continue  # leads out of the handbook, and is nothing of ours
            self.link_targets[document.path, link.span.start] = found
            if not counts:
                continue
            if found.clause is not None:
                self.clause_mentions.append(
                    ClauseMention(document.path, found.clause, link.passage, link.place)
                )
            elif found.document is not None and found.document != document.path:
                relation = self._relation_of_link(document.path, found.document)
                occurrence = Occurrence(link.origin, link.place, link.passage, None, found.section)
                self._add(document.path, found.document, relation, occurrence)

    def _relation_of_link(self, source: str, target: str) -> Relation:
        """The relation declared for a target, be it from the other side; else the default."""
        replaced = SUPERSEDES if (source, target) in self._replaced else REFERENCES
        return self._declared.get((source, target), replaced)

    def references(self) -> tuple[Reference, ...]:
        """Everything resolved so far, each reference once with all its occurrences."""
        relations = self._settings.relations
        return tuple(
            Reference(source, target, relations.get(name, REFERENCES), tuple(occurrences))
            for (source, target, name), occurrences in self._occurrences.items()
        )

    def _add(self, source: str, target: str, relation: Relation, occurrence: Occurrence) -> None:
        self._occurrences.setdefault((source, target, relation.name), []).append(occurrence)

    def _relation(self, entry: DeclaredReference) -> Relation:
        if entry.relation is None:
            return REFERENCES
        place = entry.relation_place or entry.place
        relations = self._settings.relations
        if (found := relations.get(entry.relation.lower())) is not None:
            return found
        inverse = next((r for r in relations.values() if r.inverse == entry.relation.lower()), None)
        if inverse is not None:
            message = f"'{entry.relation}' is the other side of '{inverse.name}' and is derived."
            mend = f"Declare '{inverse.name}' in {entry.target} instead, or take this out."
            self._report(ProblemKind.UNKNOWN_RELATION, place, message, mend=mend)
        else:
            self._report(
                ProblemKind.UNKNOWN_RELATION,
                place,
                f"'{entry.relation}' is no relation here; '{REFERENCES.name}' is used.",
                (near := nearest(entry.relation, relations)),
                f"The relations are: {', '.join(relations)}.",
                typed=entry.relation if entry.relation_place else "",
                sure=surely_meant(entry.relation, near, relations),
            )
        return REFERENCES

    def _target(self, document: Document, text: str, section: str, place: Place) -> Document | None:
        found = self._find(document, text, place)
        if found is None:
            return None
        target, file = found
        if section:
            self._check_anchor(target, file, section, place)
        return target

    def _find(self, document: Document, text: str, place: Place) -> tuple[Document, str] | None:
        """The document that a name or a path means, and the file; what is wrong with it is reported."""
        found = self._names.named(text)
        if isinstance(found, Ambiguous):
            self._ambiguous(text, found, place)
            return None
        if found is not None:
            return found, found.path
        if "/" in text or text.endswith(".md"):
            inside = self._names.relative(document.path, text)
            if inside is not None and (file := self._names.file(inside)) is not None:
                return file
        self._unknown(text, place)
        return None

    def _ambiguous(self, text: str, found: Ambiguous, place: Place) -> None:
        ids = ", ".join(document.id for document in found.documents)
        self._report(
            ProblemKind.AMBIGUOUS_NAME,
            place,
            f"'{text}' names {len(found.documents)} documents: {ids}.",
            mend="Use the id.",
        )

    def _unknown(self, text: str, place: Place) -> None:
        near, sure = self._names.nearest_name(text)
        message = f"There is no document '{text}'."
        self._report(ProblemKind.UNKNOWN_TARGET, place, message, near, typed=text, sure=sure)

    def _link(self, document: Document, link: Link) -> LinkTarget | None:
        if link.origin is Origin.WIKI_LINK:
            return self._wiki_link(document, link)
        if link.origin is Origin.ID_PATTERN:
            found = self._names.id(link.target) or self._names.id(link.label)
            return LinkTarget(found.path, found.path) if found is not None else None
        return self._markdown_link(document, link)

    def _wiki_link(self, document: Document, link: Link) -> LinkTarget | None:
        text, _, section = link.target.partition("#")
        text, section = text.strip(), section.strip()
        if not text:
            if section:
                section = self._check_anchor(document, document.path, section, link.place)
                return LinkTarget(document.path, document.path, section)
            self._unknown(text, link.place)
            return LinkTarget()
        if self._names.named(text) is None and self._clauses.looks_like_one(text):
            clause = self._clauses.resolve(text, link.place, self.problems, group_allowed=True)
            return LinkTarget(clause=clause.key if clause is not None else None)
        found = self._find(document, text, link.place)
        if found is None:
            return LinkTarget()
        target, file = found
        if target.path == document.path and not section:
            self._report(ProblemKind.SELF_REFERENCE, link.place, f"'{document.id}' links to itself.")
        if section:
            section = self._check_anchor(target, file, section, link.place)
        return LinkTarget(target.path, file, section)

    def _markdown_link(self, document: Document, link: Link) -> LinkTarget | None:
        target = link.target
        if (scheme := _SCHEME.match(as_browsers_read(target))) and scheme[0].lower() not in _SAFE_SCHEMES:
            self._report(
                ProblemKind.UNSAFE_LINK,
                link.place,
                f"A link that begins with '{scheme[0]}' is not published.",
                None,
                "Links go to files, or begin with https:, http: or mailto:.",
            )
            return LinkTarget()
        if not is_address(target):
            self._report(
                ProblemKind.UNSAFE_LINK, link.place, f"'{target}' is no address that a browser can follow."
            )
            return LinkTarget()
        if not target or scheme or _TEMPLATE.search(target):
            return None
        path, _, section = target.partition("#")
        path, section = path.partition("?")[0], unquote(section)
        if not path:
            if section:
                anchor = self._check_anchor(document, document.path, section, link.place)
                return LinkTarget(document.path, document.path, anchor)
            return None
        inside = self._names.relative(document.path, path)
        if inside is not None and path.endswith(".html") and inside not in self._files:
            self._site_address(document, link, inside)
            return LinkTarget()
        if inside is None:
            self._report(
                ProblemKind.MISSING_FILE, link.place, f"The link '{target}' leads out of the project."
            )
            return LinkTarget()
        found = self._names.file(inside)
        if found is None:
            return self._file(document, link, inside, section)
        other, file = found
        if other.path == document.path and file == document.path and not section:
            self._report(ProblemKind.SELF_REFERENCE, link.place, f"'{document.id}' links to itself.")
        if section:
            section = self._check_anchor(other, file, section, link.place)
        return LinkTarget(other.path, file, section)

    def _site_address(self, document: Document, link: Link, path: str) -> None:
        found = self._names.file(path.removesuffix(".html") + ".md")
        suggestion = relpath(found[1], document.path.rpartition("/")[0]) if found else None
        self._report(
            ProblemKind.SITE_ADDRESS,
            link.place,
            f"'{link.target}' is an address of some published site, not a file of the handbook.",
            suggestion,
            typed=_path_of(link),
            sure=True,
        )

    def _file(self, document: Document, link: Link, path: str, section: str) -> LinkTarget:
        bare = path.removesuffix("/")
        if path in self._files:
            return LinkTarget(file=path)
        if bare in self._folders or path in self._outside or bare in self._outside:
            return LinkTarget(file=bare, section=section, outside=True)
        near, sure = self._names.nearest_path(path)
        suggestion = relpath(near, document.path.rpartition("/")[0]) if near is not None else None
        message = f"The link '{link.target}' leads to no file."
        self._report(
            ProblemKind.MISSING_FILE, link.place, message, suggestion, typed=_path_of(link), sure=sure
        )
        return LinkTarget()

    def _check_anchor(self, document: Document, file: str, section: str, place: Place) -> str:
        page = self._documents.get(file, document)
        anchors = self._anchors.get(page.path)
        if anchors is None:
            anchors = self._anchors[page.path] = page.anchors()
        if section in anchors:
            return section
        # A heading may be named by its words, or in other capitals.
        for heading in page.headings:
            if section.casefold() in (heading.anchor.casefold(), heading.text.casefold()):
                return heading.anchor
        self._report(
            ProblemKind.MISSING_ANCHOR,
            place,
            f"'{document.title}' has no heading '#{section}'.",
            (f"#{near}" if (near := nearest(section, anchors)) else None),
            None if anchors else "The document has no headings; link to the document itself.",
            typed=f"#{section}",
            sure=surely_meant(section, near, anchors),
        )
        return section


def _path_of(link: Link) -> str:
    """The path that a Markdown link names, as typed."""
    return link.target.partition("#")[0].partition("?")[0]
