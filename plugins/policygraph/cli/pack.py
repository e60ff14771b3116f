"""`policygraph pack`: everything an auditor takes away, in one file."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.opening import Opened, opened
from policygraph.cli.options import (
    at_option,
    colour_option,
    config_file_option,
    handbook_option,
    name_handbook,
    today_option,
)
from policygraph.cli.terminal import ProgressLine, plain
from policygraph.cli.writing import refuse_unwritable, written_whole
from policygraph.judging.judge import judge
from policygraph.model.edition import Edition
from policygraph.publishing.catalogues import words_in
from policygraph.publishing.index import index_of
from policygraph.publishing.offline import without_other_hosts
from policygraph.publishing.pack import (
    PDFS,
    README,
    SITE,
    START,
    SUMS,
    Contents,
    Part,
    data_files,
    folder_name,
    made_from,
    pdf_names,
    readme,
    start_page,
    sums,
)
from policygraph.publishing.publication import SiteStyle
from policygraph.words import _, speaking

if TYPE_CHECKING:
    from policygraph.cli.engine import Project

_SERVED_ONLY = ("404.html", "sitemap.xml", "sitemap.xml.gz")
_EARLIEST = dt.date(1980, 1, 1)
"""The first day that a zip file can name."""


@click.command(name="pack")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default=Path("audit-pack.zip"),
    show_default=True,
    help="The file to write.",
)
@click.option("--no-pdf", is_flag=True, help="Leave out the PDFs, which need WeasyPrint.")
@config_file_option
@handbook_option
@at_option
@today_option
@colour_option
@click.pass_context
def command(ctx: click.Context, output: Path, no_pdf: bool, config_file: Path | None) -> None:
    """Pack everything an auditor takes away into one zip file.

    It holds the website, to be read from a folder without server or network, the workbook, all data, the
    handbook and each document as PDFs, and checksums of all of it. The same sources and the same day give the
    same file.

    It is for auditors, so it holds everything, whatever edition of the website mkdocs.yml names.

    Example: policygraph pack -o audit-pack.zip
    """
    refuse_unwritable(output)
    if not no_pdf:
        from policygraph.cli.typesetting import require_typesetter

        try:
            require_typesetter()
        except Refusal as refusal:
            raise Refusal(f"{refusal.message} Without PDFs: policygraph pack --no-pdf") from None
    # The engine takes a second to load, and is no part of other commands.
    from policygraph.cli.engine import handbook_of, project

    line = ProgressLine()
    try:
        with project(ctx, config_file) as site:
            name_handbook(ctx, handbook_of(site))
            with (
                opened(ctx, line, contents=True) as found,
                tempfile.TemporaryDirectory(prefix="policygraph-") as name,
                _day(found.today),
            ):
                pack = _Pack(ctx, found, site, Path(name).resolve(), line)
                pack.add_site()
                if not no_pdf:
                    pack.add_pdfs()
                pack.add_data()
                pack.add_words()
                with written_whole(output) as target:
                    digest = pack.zip(target)
    finally:
        line.clear()
    size = output.stat().st_size / 1_000_000
    click.echo(f"{plain(str(output))}: {len(pack.files)} files, {size:.1f} MB, {pack.made_from}")
    click.echo(f"SHA-256 {digest}")


class _Pack:
    """The files of a pack as they come together; `files` gives each by its path in the pack."""

    def __init__(
        self, ctx: click.Context, found: Opened, project: Project, folder: Path, line: ProgressLine
    ) -> None:
        self.files: dict[str, bytes | Path] = {}
        self.made_from = made_from(found.handbook.history)
        self._index = index_of(
            judge(found.handbook, found.today), SiteStyle(found.handbook.folder, directory_urls=False)
        )
        self._ctx = ctx
        self._opened = found
        self._folder = folder
        self._project = project
        self._line = line
        # What readers of the pack see is said in the handbook's language; what this command tells, in English.
        self._words = words_in(found.handbook.settings.language)
        with speaking(self._words):
            start = Part(START, _("Start"), _("start here: links to everything below"))
        self._parts: list[Part] = [start]
        self._documents: list[Part] = []
        self._notes: list[str] = []

    def add_site(self) -> None:
        """The website, as it is read from a folder."""
        from policygraph.cli.engine import build_site
        from policygraph.cli.offline_site import Offline

        offline = Offline()
        site = self._folder / SITE
        build_site(
            self._ctx,
            self._project,
            strict=False,
            site_dir=site,
            prepare=offline.prepare,
            edition=Edition.AUDITOR,
        )
        self._style = offline.markdown
        left_out = 0
        for path in sorted(site.rglob("*")):
            name = path.relative_to(site).as_posix()
            if path.is_dir() or name in _SERVED_ONLY or name.endswith(".map"):
                continue
            if name.endswith(".html"):
                text, number = without_other_hosts(path.read_text(encoding="utf-8"))
                left_out += number
                if number:
                    path.write_text(text, encoding="utf-8")
            self.files[f"{SITE}/{name}"] = path
        with speaking(self._words):
            what = _("the whole handbook with the audit pages, as a website")
            self._parts.append(Part(f"{SITE}/", _("The handbook as a website"), what))
            if left_out:
                self._notes.append(
                    _(
                        "Pictures, scripts and styles that pages fetch from other hosts: %(number)s in all.",
                        number=left_out,
                    )
                )

    def add_pdfs(self) -> None:
        """The handbook and each document on paper."""
        from policygraph.cli.printing import all_pdfs

        handbook = self._opened.handbook
        names = pdf_names((*handbook.documents, *handbook.translations))
        for document, content in all_pdfs(self._opened, self._index, self._style, self._line):
            with speaking(self._words):
                title = f"{document.id} {document.title}" if document else _("The handbook on paper")
                lost = _("%(title)s: it could not be set as a PDF.", title=title)
                whole = _("the whole handbook as one PDF")
            if content is None:
                self._notes.append(lost)
                continue
            path = f"{PDFS}/documents/{names[document.path]}" if document else f"{PDFS}/handbook.pdf"
            self.files[path] = content
            if document is None:
                self._parts.append(Part(path, title, whole))
            else:
                self._documents.append(Part(path, title, ""))
        self._line.clear()

    def add_data(self) -> None:
        """The handbook as data."""
        with speaking(self._words):
            for part, content in data_files(self._index):
                self.files[part.path] = content
                self._parts.append(part)

    def add_words(self) -> None:
        """What is in it, as text and as a page, and the checksums."""
        with speaking(self._words):
            self._add_words()

    def _add_words(self) -> None:
        if self._documents:
            many = _("each document as a PDF: %(number)s", number=len(self._documents))
            self._parts.append(Part(f"{PDFS}/documents/", _("Each document on paper"), many))
        self._parts.append(Part(SUMS, _("Checksums"), _("checksums of all files")))
        settings = self._opened.handbook.settings
        contents = Contents(
            settings.name,
            settings.organisation,
            self._opened.today,
            made_from(self._opened.handbook.history),
            tuple(self._parts),
            tuple(self._documents),
            tuple(self._notes),
        )
        self.files[README] = readme(contents).encode("utf-8", "replace")
        self.files[START] = start_page(contents).encode("utf-8", "replace")

    def zip(self, target: Path) -> str:
        """Write everything as a zip file and return its checksum."""
        settings, today = self._opened.handbook.settings, self._opened.today
        top = folder_name(settings.name, today)
        digests: dict[str, str] = {}
        with zipfile.ZipFile(target, "w") as archive:
            for number, (path, content) in enumerate(sorted(self.files.items()), start=1):
                read = content if isinstance(content, bytes) else content.read_bytes()
                digests[path] = hashlib.sha256(read).hexdigest()
                archive.writestr(entry(f"{top}/{path}", today), read, zipfile.ZIP_DEFLATED, 6)
                self._line("Packing", number, len(self.files))
            listed = sums(digests).encode("utf-8", "surrogateescape")
            archive.writestr(entry(f"{top}/{SUMS}", today), listed, zipfile.ZIP_DEFLATED, 6)
        with target.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def entry(path: str, day: dt.date) -> zipfile.ZipInfo:
    """A file in a zip file: the same time and the same permissions whenever and wherever it is made."""
    day = max(day, _EARLIEST)
    entry = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    return entry


@contextmanager
def _day(today: dt.date) -> Iterator[None]:
    """Tell the engine and its plugins what day it is, as reproducible builds are told."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    midnight = dt.datetime(today.year, today.month, today.day, tzinfo=dt.UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(max(0, int(midnight.timestamp())))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
