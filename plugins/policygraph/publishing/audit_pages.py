"""What all audit pages have in common: where they are, what they are called, and how one is made."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from policygraph.publishing.document_pages import as_it_stood
from policygraph.publishing.index import PageLinks
from policygraph.publishing.publication import Page
from policygraph.publishing.rule_address import RULES
from policygraph.publishing.templates import page, render
from policygraph.publishing.why_links import WHY
from policygraph.words import N_, _

OVERVIEW = "audit/index.md"
REGISTER = "audit/register.md"
REFERENCES = "audit/references.md"
MATRIX = "audit/matrix.md"
GRAPH = "audit/graph.md"
FRAMEWORKS = "audit/frameworks/index.md"
APPLICABILITY = "audit/applicability/index.md"
QUESTIONS = "audit/questions.md"
PROMISES = "audit/promises/index.md"
RECORDS = "audit/records/index.md"
REVIEWS = "audit/reviews/index.md"
EXCEPTIONS = "audit/exceptions/index.md"
EXTERNAL = "audit/external/index.md"
BASIS = "audit/basis/index.md"
HISTORY = "audit/history/index.md"
FINDINGS = "audit/findings.md"
OVERHEAD = "audit/overhead/index.md"


@dataclass(frozen=True, slots=True)
class Section:
    """A main page for auditors, with what it answers; both are messages to be said."""

    uri: str
    title: str
    question: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Main pages that belong together; the first one stands for the chapter."""

    title: str
    sections: tuple[Section, ...]


CHAPTERS = (
    Chapter(
        N_("Overview"),
        (Section(OVERVIEW, N_("Overview"), N_("What is there to audit, and where do I start?")),),
    ),
    Chapter(
        N_("Documents"),
        (
            Section(
                REGISTER,
                N_("Register"),
                N_("Which documents are there, who owns them, and are they in force?"),
            ),
            Section(
                REFERENCES,
                N_("References"),
                N_("Which document references which, in which sentence, and why?"),
            ),
            Section(MATRIX, N_("Matrix"), N_("Where do references cluster, and where are there none?")),
            Section(
                GRAPH, N_("Graph"), N_("How does it all hang together? Filter by type, owner and relation.")
            ),
        ),
    ),
    Chapter(
        N_("Questions"),
        (
            Section(
                QUESTIONS, N_("Questions"), N_("Which references will be missed, and what answers for each?")
            ),
            Section(WHY, N_("Why?"), N_("Why does this document not reference that one? Pick any two.")),
        ),
    ),
    Chapter(
        N_("Frameworks"),
        (
            Section(
                FRAMEWORKS,
                N_("Frameworks"),
                N_("Which document answers which clause, and which clauses does nobody answer?"),
            ),
            Section(
                APPLICABILITY,
                N_("Applicability"),
                N_("Which controls apply, why, and how far are they in place?"),
            ),
        ),
    ),
    Chapter(
        N_("Evidence"),
        (
            Section(
                PROMISES,
                N_("Promises"),
                N_("What is done how often and by when, who keeps it, and which record shows it?"),
            ),
            Section(
                RECORDS,
                N_("Records"),
                N_("What shows that it is done, where is it kept, and when was it last made?"),
            ),
            Section(
                REVIEWS,
                N_("Reviews"),
                N_("Which version was approved by whom, and when is it looked at again?"),
            ),
            Section(EXCEPTIONS, N_("Exceptions"), N_("Who may depart from what, why, and until when?")),
            Section(
                EXTERNAL,
                N_("External"),
                N_("Which standards, laws and contracts are worked to, in which version, and who uses them?"),
            ),
            Section(
                BASIS,
                N_("Basis"),
                N_(
                    "Why does each document exist, who asks for its review, and what is kept only for ourselves?"
                ),
            ),
        ),
    ),
    Chapter(
        N_("History"),
        (Section(HISTORY, N_("History"), N_("Who changed what and when, and how did it read before?")),),
    ),
    Chapter(
        N_("Upkeep"),
        (
            Section(
                FINDINGS, N_("Findings"), N_("What is wrong or missing today, where, and how is it mended?")
            ),
            Section(OVERHEAD, N_("Overhead"), N_("What does all this cost its readers, and what could go?")),
            Section(RULES, N_("Rules"), N_("What is checked at every build, and why does it matter?")),
        ),
    ),
)
"""The audit pages in the order in which an auditor reads them."""

SECTIONS = tuple(section for chapter in CHAPTERS for section in chapter.sections)
"""Every main page for auditors."""


@dataclass(frozen=True, slots=True)
class SectionLink:
    """An entry of the strip of links above each audit page; `state` is its `aria-current`."""

    title: str
    href: str
    state: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """A link with a title, and a number beside it where it counts something."""

    title: str
    href: str
    count: int = 0


def audit_page(
    uri: str,
    title: str,
    template: str,
    links: PageLinks,
    *,
    section: str,
    description: str = "",
    wide: bool = False,
    lang: str = "",
    **values: object,
) -> Page:
    """Make an audit page. `section` is the main page it belongs to; a wide one leaves out the contents;
    `lang` is the language of the title."""
    # The strip of links stands in for the navigation beside the page, and gives tables its room.
    hide = ("navigation", "toc") if wide else ("navigation",)
    values = {**values, "strip": _strip(links, section), "lang": lang}
    return page(uri, title, template, description=description, hide=hide, values=values)


def _strip(links: PageLinks, section: str) -> Markup:
    """The links to the chapters, and to the pages of the chapter that a page belongs to.

    Pages of one folder share it, unless they stand in it themselves.
    """
    strips = links.index.strips
    own = links.uri if any(links.uri == one.uri for one in SECTIONS) else ""
    key = (links.uri.rpartition("/")[0], section, own)
    if key not in strips:
        here = next(c for c in CHAPTERS if any(one.uri == section for one in c.sections))
        chapters = tuple(
            SectionLink(
                _(chapter.title),
                links.to(chapter.sections[0].uri),
                _state(len(chapter.sections) == 1 and chapter.sections[0].uri == own, chapter is here),
            )
            for chapter in CHAPTERS
        )
        pages = tuple(
            SectionLink(_(one.title), links.to(one.uri), _state(one.uri == own, one.uri == section))
            for one in here.sections
        )
        strips[key] = render(
            "audit_strip.html.j2",
            stood=as_it_stood(links.index),
            chapters=chapters,
            pages=pages if len(pages) > 1 else (),
            chapter=_(here.title),
        )
    return strips[key]


def _state(own: bool, within: bool) -> str:
    return "page" if own else "true" if within else ""
