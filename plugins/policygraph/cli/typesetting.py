"""WeasyPrint: turns a printed volume into a PDF. It is an extra, and nothing else may be fetched while it works."""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import multiprocessing
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph.cli.failure import Refusal
from policygraph.cli.terminal import ProgressLine
from policygraph.publishing.catalogues import words_in
from policygraph.words import speaking

if TYPE_CHECKING:
    from policygraph.publishing.print.volume import Volume

_LIBRARY = re.compile(r"library '([\w.+-]+)'")
_INSTALL = 'python -m pip install "policygraph[pdf]"'
_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


_WORTH_A_PROCESS = 6
"""Volumes for which it pays to start a process."""
_MOST_PROCESSES = 4


class Typesetter:
    """Makes PDFs, the same bytes for the same volume.

    `root` is the folder to which pictures' paths belong, `language` that of what the pages say themselves.
    """

    def __init__(self, root: Path, line: ProgressLine | None = None, language: str = "en") -> None:
        weasyprint, fonts_module = _weasyprint()
        from policygraph.publishing.print.volume import fonts, stylesheet

        self._weasyprint = weasyprint
        self._root = root
        self._line = line
        self._fonts = fonts()
        self._configuration = fonts_module.FontConfiguration()
        with speaking(words_in(language)):
            css = stylesheet()
        self._css = weasyprint.CSS(string=css, url_fetcher=self._fetcher({}), font_config=self._configuration)

    def pdf(self, volume: Volume) -> bytes:
        """Typeset a volume.

        Raises:
            Refusal: where the typesetter gives up.
        """
        html = self._weasyprint.HTML(string=volume.html, url_fetcher=self._fetcher(volume.pictures))
        try:
            with _told(self._line):
                made = html.write_pdf(
                    stylesheets=[self._css],
                    font_config=self._configuration,
                    pdf_variant="pdf/ua-1",
                    pdf_identifier=hashlib.sha256(volume.html.encode("utf-8")).digest()[:16],
                )
        except OSError:
            raise
        except Exception as error:
            # What a text can make of a page has no end, and one text must not end the work with a traceback.
            reason = " ".join(str(error).split()) or type(error).__name__
            raise Refusal(f"{volume.title} cannot be set as a PDF: {reason}") from None
        return bytes(made)

    def _fetcher(self, pictures: Mapping[str, str]) -> Any:
        return _fetcher(self._weasyprint, self._root, self._fonts, pictures)


def require_typesetter() -> None:
    """Make sure that PDFs can be made.

    Raises:
        Refusal: where something is missing, with what it is and how to get it.
    """
    _weasyprint()


def typeset(
    volumes: Sequence[Volume], root: Path, line: ProgressLine, language: str = "en"
) -> Iterator[bytes | None]:
    """Typeset volumes with all processors, in their order. None stands for one that cannot be set."""
    processes = min(len(volumes) // _WORTH_A_PROCESS, os.cpu_count() or 1, _MOST_PROCESSES)
    if processes < 2:
        setter = Typesetter(root, language=language)
        results: Iterable[bytes | None] = (_set(setter, volume) for volume in volumes)
        yield from _counted(results, len(volumes), line)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _prepare_process, (root, language)) as pool:
        try:
            yield from _counted(pool.map(_set_in_process, volumes), len(volumes), line)
        finally:
            pool.shutdown(cancel_futures=True)


def _counted(results: Iterable[bytes | None], total: int, line: ProgressLine) -> Iterator[bytes | None]:
    line("print", 0, total)
    for number, result in enumerate(results, start=1):
        line("print", number, total)
        yield result


def _set(setter: Typesetter, volume: Volume) -> bytes | None:
    try:
        return setter.pdf(volume)
    except Refusal:
        return None


_of_this_process: list[Typesetter] = []


def _prepare_process(root: Path, language: str) -> None:
    _of_this_process.append(Typesetter(root, language=language))


def _set_in_process(volume: Volume) -> bytes | None:
    return _set(_of_this_process[0], volume)


class _Pages(logging.Handler):
    """Hears from the typesetter which page it is at."""

    def __init__(self, line: ProgressLine) -> None:
        super().__init__()
        self._line = line

    def emit(self, record: logging.LogRecord) -> None:
        """Show the page's number."""
        if record.args and "Page" in str(record.msg) and isinstance(record.args, tuple):
            number = record.args[0]
            if isinstance(number, int):
                self._line("Setting page", number, 0)


@contextlib.contextmanager
def _told(line: ProgressLine | None) -> Iterator[None]:
    if line is None:
        yield
        return
    logger = logging.getLogger("weasyprint.progress")
    handler, level = _Pages(line), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def _weasyprint() -> tuple[Any, Any]:
    """WeasyPrint, or a clear word on what is missing."""
    said = io.StringIO()
    try:
        # It explains a missing library on standard output, where our own output belongs.
        with contextlib.redirect_stdout(said):
            import nh3  # noqa: F401 - asked for here, so that one message names the extra
            import weasyprint
            import weasyprint.text.fonts as fonts
    except ImportError:
        raise Refusal(f"A PDF needs WeasyPrint. Install it with: {_INSTALL}") from None
    except OSError as error:
        found = _LIBRARY.search(str(error))
        missing = f"the system library {found[1]}" if found else "a system library that it needs"
        raise Refusal(
            f"A PDF needs WeasyPrint, which is installed, but {missing} is not. It comes with Pango. Debian, "
            "Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; Fedora: dnf install "
            "pango; macOS: brew install pango."
        ) from None
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return weasyprint, fonts


def _fetcher(weasyprint: Any, root: Path, fonts: Mapping[str, bytes], pictures: Mapping[str, str]) -> Any:
    """A fetcher that gives out the shipped fonts and the volume's pictures, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class _Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url in fonts:
                return URLFetcherResponse(url, fonts[url], {"Content-Type": "font/woff2"})
            if url in pictures:
                path = pictures[url]
                type = _TYPES[path[path.rfind(".") :].lower()]
                return URLFetcherResponse(url, (root / path).read_bytes(), {"Content-Type": type})
            raise ValueError("Only fonts and pictures of the handbook are printed.")

    return _Fetcher()
