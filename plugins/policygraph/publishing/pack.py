"""An audit pack: what is in it, in words and as a page, and the sums that show that it is whole."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import InternationalizationExtension

from policygraph import __version__
from policygraph.model.document import Document
from policygraph.model.history import History
from policygraph.publishing.dates import date_words
from policygraph.publishing.escaping import html_text, title_text
from policygraph.publishing.exports.handbook_schema import handbook_schema
from policygraph.publishing.exports.inventory import SCHEMA_FILE, inventory_bytes
from policygraph.publishing.exports.serialised import json_bytes
from policygraph.publishing.exports.workbook import WORKBOOK, workbook_bytes
from policygraph.publishing.index import Index
from policygraph.publishing.links import file_name
from policygraph.publishing.templates import say_messages
from policygraph.words import ENGLISH, _, ngettext, pgettext, speaking, spoken

_UNSAFE = re.compile(r"[^a-z0-9]+")
README = "README.txt"
START = "index.html"
SUMS = "SHA256SUMS"
SITE = "site"
PDFS = "pdf"


@dataclass(frozen=True, slots=True)
class Part:
    """A file or folder of the pack, and what it is."""

    path: str
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack holds. `made_from` says in one sentence which state of the sources that is.

    `notes` are sentences on what is not in it.
    """

    name: str
    organisation: str
    day: dt.date
    made_from: str
    parts: tuple[Part, ...]
    documents: tuple[Part, ...]
    notes: tuple[str, ...]


def folder_name(name: str, day: dt.date) -> str:
    """The folder in which the pack unpacks."""
    return f"{_UNSAFE.sub('-', name.lower()).strip('-')[:60].strip('-') or 'handbook'}-{day.isoformat()}"


def pdf_names(documents: Iterable[Document]) -> dict[str, str]:
    """The name of each document's PDF by the document's path; two documents never share one."""
    names: dict[str, str] = {}
    taken = {"handbook.pdf"}
    for document in documents:
        language = f".{document.lang}" if document.translation_of is not None else ""
        name = f"{file_name(document.id)}{language}.pdf"
        if name in taken:
            name = f"{file_name(document.path)}.pdf"
        taken.add(name)
        names[document.path] = name
    return names


def made_from(history: History) -> str:
    """Which state of the sources something was made from, as one sentence."""
    if (moment := history.moment) is not None:
        branch = title_text(moment.branch)
        day = date_words(moment.day)
        if not branch:
            return _("Commit %(commit)s, as it stood on %(day)s.", commit=moment.commit, day=day)
        if moment.landed:
            return _(
                "Commit %(commit)s of the branch %(branch)s, as it stood on %(day)s.",
                commit=moment.commit,
                branch=branch,
                day=day,
            )
        return _(
            "Commit %(commit)s, which is not on the branch %(branch)s, as it stood on %(day)s.",
            commit=moment.commit,
            branch=branch,
            day=day,
        )
    if not history.tip:
        return _("The sources as they lay on disk; what git knows of them is not recorded.")
    branch = title_text(history.branch)
    changed = len(history.uncommitted)
    if not changed:
        if not branch:
            return _("Commit %(commit)s.", commit=history.tip)
        return _("Commit %(commit)s of the branch %(branch)s.", commit=history.tip, branch=branch)
    if not branch:
        return ngettext(
            "Commit %(commit)s, with changes to %(num)s file that are in no commit.",
            "Commit %(commit)s, with changes to %(num)s files that are in no commit.",
            changed,
            commit=history.tip,
        )
    return ngettext(
        "Commit %(commit)s of the branch %(branch)s, with changes to %(num)s file that are in no commit.",
        "Commit %(commit)s of the branch %(branch)s, with changes to %(num)s files that are in no commit.",
        changed,
        commit=history.tip,
        branch=branch,
    )


def data_files(index: Index) -> Iterator[tuple[Part, bytes]]:
    """The handbook as data, which is the same in every language; what each file is, in the words spoken."""
    with speaking(ENGLISH):
        tables, data, schema = (
            workbook_bytes(index),
            inventory_bytes(index.judgement),
            json_bytes(handbook_schema()),
        )
    what = _("register, references and every other table, with filters and links")
    yield Part(WORKBOOK, _("The workbook"), what), tables
    what = _("documents, references, clauses, findings, for programs")
    yield Part("handbook.json", _("The handbook as data"), what), data
    yield (
        Part(SCHEMA_FILE, _("The form of the data"), _("what handbook.json holds, as a JSON Schema")),
        schema,
    )


def readme(contents: Contents) -> str:
    """README.txt."""
    return (
        _environment()
        .get_template("pack_readme.txt.j2")
        .render(c=contents, version=__version__, **_words(contents))
    )


def start_page(contents: Contents) -> str:
    """The page to open first."""
    return (
        _pages()
        .get_template("pack_start.html.j2")
        .render(c=contents, version=__version__, **_words(contents))
    )


def sums(digests: Mapping[str, str]) -> str:
    """SHA256SUMS, as `sha256sum -c` reads it."""
    lines = []
    for path in sorted(digests):
        if "\\" in path or "\n" in path:
            # The mark and the escapes that sha256sum itself writes for such names.
            escaped = path.replace("\\", "\\\\").replace("\n", "\\n")
            lines.append(f"\\{digests[path]}  {escaped}\n")
        else:
            lines.append(f"{digests[path]}  {path}\n")
    return "".join(lines)


def _words(contents: Contents) -> dict[str, str]:
    name = title_text(contents.name)
    organisation = title_text(contents.organisation)
    return {
        "lang": spoken().code,
        "title": _("%(handbook)s: audit pack", handbook=name),
        "owner": organisation if organisation.casefold() not in name.casefold() else "",
        "day": date_words(contents.day),
    }


def _environment() -> Environment:
    env = Environment(  # noqa: S701 - plain text
        loader=PackageLoader("policygraph.publishing", "pages"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=[InternationalizationExtension],
    )
    say_messages(env)
    # Nothing is escaped in plain text.
    env.globals.update(gettext=_, ngettext=ngettext, pgettext=pgettext)
    return env


def _pages() -> Environment:
    env = Environment(
        loader=PackageLoader("policygraph.publishing", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=html_text,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[InternationalizationExtension],
    )
    say_messages(env)
    return env
