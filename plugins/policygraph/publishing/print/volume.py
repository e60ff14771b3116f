"""A volume: the whole handbook or one document, ready for the typesetter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import InternationalizationExtension

from policygraph.model.document import Document
from policygraph.publishing.dates import date_words
from policygraph.publishing.escaping import html_text
from policygraph.publishing.index import Index
from policygraph.publishing.print.anchors import SCHEME, Anchors
from policygraph.publishing.print.document_view import (
    PrintedDocument,
    PrintedLink,
    printed_document,
    printed_link,
)
from policygraph.publishing.print.style import DEFAULT, MarkdownStyle
from policygraph.publishing.print.text import TextPrinter
from policygraph.publishing.templates import say_messages
from policygraph.words import _, ngettext, spoken

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Volume:
    """What the typesetter gets. `pictures` gives the file of each picture by the address in the HTML."""

    title: str
    html: str
    pictures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Press:
    """What all volumes of one printing have in common.

    `files` are the handbook's files that may be printed as pictures, `commit` the state of the sources, empty
    where nobody knows it.
    """

    index: Index
    files: frozenset[str]
    commit: str = ""
    style: MarkdownStyle = DEFAULT


@dataclass(frozen=True, slots=True)
class Chapter:
    """An area in the table of contents."""

    title: str
    anchor: str
    links: tuple[PrintedLink, ...]
    documents: tuple[PrintedDocument, ...]


def handbook_volume(press: Press, progress: Progress | None = None) -> Volume:
    """The whole handbook: title page, contents, every document with its references, and the terms."""
    index = press.index
    order = [document for shelf in index.shelves for document in _with_translations(index, shelf.documents)]
    anchors = Anchors({d.path: d for d in order}, index.documents)
    printer = TextPrinter(index.handbook, anchors, press.files, press.style)
    chapters = []
    done = 0
    for number, shelf in enumerate(index.shelves, start=1):
        printed = []
        for document in _with_translations(index, shelf.documents):
            printed.append(printed_document(index, anchors, printer, document))
            done += 1
            if progress is not None:
                progress("print", done, len(order))
        links = tuple(
            printed_link(index, anchors, d.path) for d in _with_translations(index, shelf.documents)
        )
        chapters.append(Chapter(shelf.title, f"c{number}", links, tuple(printed)))
    settings = index.handbook.settings
    title = settings.name
    terms = sorted(index.handbook.organisation.terms, key=lambda term: term.term.casefold())
    html = (
        _environment()
        .get_template("handbook.html.j2")
        .render(
            title=title,
            organisation=settings.organisation
            if settings.organisation.casefold() not in title.casefold()
            else "",
            description=settings.description,
            language=settings.language or "en",
            date=index.today.isoformat(),
            day=date_words(index.today),
            commit=press.commit,
            counts=_counts(index),
            chapters=tuple(chapters),
            terms=terms,
        )
    )
    return Volume(title, html, _pictures(anchors))


def document_volume(press: Press, document: Document) -> Volume:
    """One document on its own."""
    index = press.index
    anchors = Anchors({document.path: document}, index.documents)
    printer = TextPrinter(index.handbook, anchors, press.files, press.style)
    view = printed_document(index, anchors, printer, document)
    title = f"{document.id} {document.title}"
    html = (
        _environment()
        .get_template("document.html.j2")
        .render(
            title=title,
            handbook=index.handbook.settings.name,
            language=document.lang or "en",
            date=index.today.isoformat(),
            commit=press.commit,
            document=view,
        )
    )
    return Volume(title, html, _pictures(anchors))


def stylesheet() -> str:
    """The stylesheet of every volume; what it says itself, as numbers of pages, is in the language that is spoken."""
    text = resources.files("policygraph.publishing.print").joinpath("print.css").read_text(encoding="utf-8")
    page, pages = "\0counter(page)\0", "\0counter(pages)\0"
    there = "\0target-counter(attr(href url), page)\0"
    said = {
        "$page": _("Page %(page)s of %(pages)s", page=page, pages=pages),
        "$contents": _("Contents"),
        "$there": _("p.\u00a0%(page)s", page=there),
    }
    for name, words in said.items():
        text = text.replace(name, _content(words))
    return text


def _content(said: str) -> str:
    """Words as CSS has them, and between them what it counts itself, which stands between zeros."""
    parts = said.split("\0")
    quoted = ("".join(f"\\{ord(c):x} " if c in '\\"\n' else c for c in part) for part in parts)
    return " ".join(
        part if at % 2 else f'"{words}"' for at, (part, words) in enumerate(zip(parts, quoted, strict=True))
    )


@cache
def fonts() -> Mapping[str, bytes]:
    """The shipped fonts by the addresses under which the stylesheet asks for them."""
    folder = resources.files("policygraph.publishing.print").joinpath("fonts")
    found = {
        f"{SCHEME}:font/{entry.name}": entry.read_bytes()
        for entry in folder.iterdir()
        if entry.name.endswith(".woff2")
    }
    return MappingProxyType(dict(sorted(found.items())))


def _with_translations(index: Index, documents: tuple[Document, ...]) -> Iterator[Document]:
    for document in documents:
        yield document
        yield from index.translations.get(document.path, ())


def _counts(index: Index) -> str:
    documents = index.handbook.documents
    in_force = sum(d.in_force(index.today) for d in documents)
    return _(
        "%(documents)s, %(in_force)s of them in force on this day, with %(references)s between them",
        documents=ngettext("%(num)s document", "%(num)s documents", len(documents)),
        in_force=in_force,
        references=ngettext("%(num)s reference", "%(num)s references", len(index.handbook.references)),
    )


def _pictures(anchors: Anchors) -> Mapping[str, str]:
    # A plain dictionary, since volumes are sent to other processes.
    return {address: path for path, address in anchors.pictures.items()}


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("policygraph.publishing.print", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=html_text,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=[InternationalizationExtension],
    )
    say_messages(env)
    env.globals["spoken"] = spoken
    return env
