"""A handbook to a publication: every page, every file, and the navigation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policygraph.judging.judgement import Judgement
from policygraph.publishing.appearance import STYLESHEET, appearance_assets
from policygraph.publishing.applicability import applicability_pages
from policygraph.publishing.asset_files import SCRIPTS, STYLESHEETS, asset_files
from policygraph.publishing.basis import basis_pages
from policygraph.publishing.catalogues import words_in
from policygraph.publishing.changes import change_pages
from policygraph.publishing.clause_matrix import clause_matrix_pages
from policygraph.publishing.crosswalks import crosswalk_pages
from policygraph.publishing.document_pages import foot, head
from policygraph.publishing.document_text import document_text
from policygraph.publishing.exceptions import exception_pages
from policygraph.publishing.expected import expected_data, expected_pages
from policygraph.publishing.exports.site_files import export_assets
from policygraph.publishing.external import external_pages
from policygraph.publishing.feeds import feed_assets, feed_heads
from policygraph.publishing.findings import finding_pages, rules_page
from policygraph.publishing.frameworks import framework_pages
from policygraph.publishing.front_door import area_pages, areas_page, home_page, terms_page
from policygraph.publishing.graph import graph_data, graph_page
from policygraph.publishing.graph_picture import graph_picture
from policygraph.publishing.history_data import versions_data
from policygraph.publishing.history_pages import history_pages
from policygraph.publishing.index import Index, PageLinks, index_of
from policygraph.publishing.matrix import matrix_pages
from policygraph.publishing.navigation import above_documents, navigation
from policygraph.publishing.overhead import overhead_pages
from policygraph.publishing.overview import overview_page
from policygraph.publishing.places import places_data
from policygraph.publishing.promises import promise_pages
from policygraph.publishing.publication import Asset, Page, Publication, SiteStyle
from policygraph.publishing.questions import question_pages
from policygraph.publishing.records import record_pages
from policygraph.publishing.redirects import file_of, redirect_assets
from policygraph.publishing.references import reference_pages
from policygraph.publishing.register import register_pages
from policygraph.publishing.reviews import review_pages
from policygraph.publishing.sheets import sheet_pages
from policygraph.publishing.term_links import term_finder, text_links
from policygraph.publishing.why import why_data, why_page
from policygraph.words import ENGLISH, speaking

Progress = Callable[[str, int, int], None]


def publish(
    judgement: Judgement,
    style: SiteStyle,
    progress: Progress | None = None,
) -> Publication:
    """Make all pages of a judged handbook, in the handbook's language.

    `progress` hears of each page with the number done and the number to expect.
    """
    with speaking(words_in(judgement.case.handbook.settings.language)):
        return _publication(index_of(judgement, style), progress)


def _publication(index: Index, progress: Progress | None) -> Publication:
    documents = len(index.handbook.documents) + len(index.handbook.translations)
    pages = []
    for page in _pages(index):
        pages.append(page)
        if progress is not None:
            # Documents and their sheets are nearly all there is; the other pages are not worth counting twice.
            progress("publish", min(len(pages), 2 * documents), 2 * documents)
    appearance = tuple(appearance_assets(index.handbook))
    assets = (
        *asset_files(),
        *appearance,
        *places_data(index, pages),
        *expected_data(index),
        *feed_assets(index),
        *(_audit_assets(index) if index.audited else ()),
    )
    taken = [*(file_of(index, page.uri) for page in pages), *(asset.uri for asset in assets)]
    return Publication(
        tuple(pages),
        assets,
        navigation(index),
        (*STYLESHEETS, *(asset.uri for asset in appearance if asset.uri == STYLESHEET)),
        SCRIPTS,
        tuple(redirect_assets(index, taken)),
        feed_heads(index),
        above_documents(index),
    )


def _audit_assets(index: Index) -> Iterator[Asset]:
    yield graph_data(index)
    yield graph_picture(index)
    yield from why_data(index)
    yield from versions_data(index)
    yield from _exports(index)


def _exports(index: Index) -> tuple[Asset, ...]:
    """Files for machines and for other programs: they are the same as on the command line, in every language."""
    with speaking(ENGLISH):
        return tuple(export_assets(index))


def _pages(index: Index) -> Iterator[Page]:
    yield from _document_pages(index)
    if index.style.home:
        yield home_page(index)
    yield areas_page(index)
    yield from expected_pages(index)
    yield from area_pages(index)
    if (terms := terms_page(index)) is not None:
        yield terms
    yield from change_pages(index)
    if index.audited:
        yield from _audit_pages(index)


def _audit_pages(index: Index) -> Iterator[Page]:
    yield from sheet_pages(index)
    yield overview_page(index)
    yield from register_pages(index)
    yield from reference_pages(index)
    yield from matrix_pages(index)
    yield graph_page(index)
    yield from question_pages(index)
    yield why_page(index)
    yield from framework_pages(index)
    yield from clause_matrix_pages(index)
    yield from crosswalk_pages(index)
    yield from applicability_pages(index)
    yield from promise_pages(index)
    yield from record_pages(index)
    yield from review_pages(index)
    yield from exception_pages(index)
    yield from external_pages(index)
    yield from basis_pages(index)
    yield from history_pages(index)
    yield from finding_pages(index)
    yield from overhead_pages(index)
    yield rules_page(index)


def _document_pages(index: Index) -> Iterator[Page]:
    """The pages of all documents and translations."""
    finder = term_finder(index)
    for document in (*index.handbook.documents, *index.handbook.translations):
        uses = tuple(finder.uses(document.body, index.handbook.blocks.get(document.path, ())))
        text = document_text(
            document,
            index.handbook,
            index.links,
            str(head(index, document)),
            str(foot(index, document, uses)),
            text_links(PageLinks(index, index.pages[document.path]), uses),
        )
        yield Page(index.pages[document.path], document.title, text, document.path)
