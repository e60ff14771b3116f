"""Pages beside the handbook (a site's own pages) that link into it."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.model.document import Document, FrontMatter, Heading, Link, Origin, Status
from policygraph.model.problem import Problem
from policygraph.reading.language import language_of
from policygraph.reading.scan import scan
from policygraph.reading.sources import Sources
from policygraph.resolving.clauses import Clauses
from policygraph.resolving.handbook import Handbook, LinkTarget
from policygraph.resolving.names import Names
from policygraph.resolving.references import ReferenceResolver
from policygraph.resolving.veil import without_links


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The links of a page that lead into the handbook, with what they mean and what is wrong with them."""

    page: Document
    targets: dict[int, LinkTarget]
    problems: tuple[Problem, ...]


class PageResolver:
    """Resolves links of pages that are no documents: wiki links, and links to documents' files."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._names = Names(handbook.documents, handbook.translations, handbook.folder)
        self._clauses = Clauses(handbook.frameworks)

    def resolve(self, path: str, text: str) -> PageLinks:
        """Resolve the links of a page's text; `path` is the page's path from the project's root."""
        handbook = self._handbook
        found = scan(text, path, 1, language_of(handbook.settings.language))
        links = tuple(link for link in found.links if self._concerns(path, link))
        page = _page(path, text, links, found.headings)
        resolver = ReferenceResolver(
            Sources(handbook.settings, handbook.folder),
            self._names,
            self._clauses,
            [*handbook.documents, *handbook.translations, page],
        )
        resolver.links(page, counts=False)
        targets = {start: target for (_, start), target in resolver.link_targets.items()}
        return PageLinks(page, targets, tuple(resolver.problems))

    def unlinked(self, found: PageLinks) -> str:
        """A page's text, its links resolved in the whole handbook, without those to what this one has not."""
        handbook = self._handbook
        hidden = {
            start
            for start, target in found.targets.items()
            if (target.file is not None and not target.outside and target.file not in handbook.by_path)
            or (target.clause is not None and handbook.clause(target.clause) is None)
        }
        links = tuple(link for link in found.page.links if link.span.start in hidden)
        return without_links(found.page.body, found.page.path, links, lambda *_: True)

    def _concerns(self, path: str, link: Link) -> bool:
        if link.origin is Origin.WIKI_LINK:
            return True
        inside = self._names.relative(path, link.target.partition("#")[0]) if link.target else None
        return inside is not None and inside != path and self._names.file(inside) is not None


def _page(path: str, text: str, links: tuple[Link, ...], headings: tuple[Heading, ...]) -> Document:
    return Document(
        path=path,
        id=path,
        title=path,
        type="page",
        status=Status.ACTIVE,
        area="",
        lang="",
        front=FrontMatter(),
        headings=headings,
        links=links,
        statements=(),
        addresses=(),
        active=(),
        html_anchors=(),
        words=0,
        body=text,
        body_line=1,
    )
