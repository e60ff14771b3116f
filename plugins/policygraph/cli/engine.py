"""MkDocs in this process: the engine that turns pages into a website."""

# The command that runs the engine is the other place, besides the plugin, that may know it.
# ruff: noqa: TID251

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from policygraph.cli.failure import EXIT_WRONG_USE, Refusal, Stopped
from policygraph.cli.opening import locate_handbook, taken
from policygraph.cli.options import given_at, given_handbook, given_today, go_to, today_of
from policygraph.cli.terminal import ProgressLine, plain
from policygraph.cli.wording import as_it_stood
from policygraph.model.edition import Edition
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import documents_folder, load_settings

# Material prints a banner about its own future unless told not to.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

_NAMES = ("mkdocs.yml", "mkdocs.yaml")
_SIGNS_OF_A_SITE = ("404.html", "sitemap.xml", "handbook.json")


@dataclass(frozen=True, slots=True)
class Project:
    """What the engine builds: its configuration file, and where the site goes unless that says otherwise."""

    configuration: Path
    own: bool


@contextmanager
def project(ctx: click.Context, given: Path | None) -> Iterator[Project]:
    """Find the project's mkdocs.yml; a handbook without one gets a plain one for as long as it is needed."""
    handbook = given_handbook(ctx)
    if given is not None and handbook is not None:
        raise click.UsageError("--config-file names its own handbook, so leave --handbook out.", ctx)
    if given is not None and not given.is_file():
        raise Refusal(f"There is no file {given}.")
    here = Path.cwd()
    found = given.absolute() if given is not None else None
    if handbook is None:
        found = found or _configuration_in(here)
    if found is None:
        location = locate_handbook(ctx)
        settings = load_settings(location)
        documents = documents_folder(location, settings)
        # Whoever stands in the folder of the documents means the project around it.
        top = documents.parent if here.resolve().is_relative_to(documents) else here
        found = _configuration_in(top) if handbook is None else None
    if found is not None:
        yield Project(found, own=True)
        return
    with tempfile.TemporaryDirectory(prefix="policygraph-") as name:
        folder = Path(name).resolve()
        (folder / "docs").mkdir()
        path = (location.settings or location.folder).resolve()
        configuration = folder / "mkdocs.yml"
        configuration.write_text(_plain_configuration(settings.name, path, top / "site"), encoding="utf-8")
        yield Project(configuration, own=False)


def _configuration_in(folder: Path) -> Path | None:
    return next((folder / name for name in _NAMES if (folder / name).is_file()), None)


def _plain_configuration(name: str, handbook: Path, site: Path) -> str:
    data: dict[str, Any] = {
        "site_name": name,
        "site_dir": str(site),
        "theme": {
            "name": "material",
            "font": False,
            "features": ["navigation.tabs", "navigation.prune", "navigation.indexes", "navigation.top"],
            "palette": [
                {"media": "(prefers-color-scheme: light)", "scheme": "default"},
                {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
            ],
        },
        "plugins": ["search", {"policygraph": {"handbook": str(handbook)}}],
        "markdown_extensions": ["attr_list", "footnotes", "tables", {"toc": {"permalink": True}}],
        "validation": {"links": {"anchors": "warn"}},
    }
    return json.dumps(data, ensure_ascii=False)  # JSON is YAML


def handbook_of(found: Project) -> Path:
    """The handbook that the project's configuration names."""
    configuration = _configuration(found)
    base = Path(configuration.config_file_path).resolve().parent
    return base / str(configuration.plugins["policygraph"].config["handbook"])


def build_site(
    ctx: click.Context,
    found: Project,
    strict: bool,
    site_dir: Path | None,
    prepare: Callable[[MkDocsConfig], None] | None = None,
    edition: Edition | None = None,
) -> None:
    """Build the site once. `prepare` may change its configuration; then only warnings are printed.

    `edition` comes before the one that the configuration names.
    """
    _set_today(ctx)
    line = ProgressLine()
    with _logged(line, logging.INFO if prepare is None else logging.WARNING):
        target = str(site_dir.absolute()) if site_dir is not None else None
        configuration = _configuration(found, strict=strict or None, site_dir=target)
        if prepare is not None:
            prepare(configuration)
        _guard(configuration)
        with _edition(configuration, edition), _at(ctx, configuration):
            _build(ctx, configuration, line)
    if not found.own and prepare is None:
        click.echo(f"The site is in {plain(_near(Path(configuration.site_dir)))}", err=True)


def _build(ctx: click.Context, configuration: MkDocsConfig, line: ProgressLine) -> None:
    plugins: Any = configuration.plugins
    plugins["policygraph-progress"] = _Progress(line)
    from mkdocs.commands.build import build

    plugins.on_startup(command="build", dirty=False)
    try:
        build(configuration)
    except Abort as abort:
        line.clear()
        if isinstance(abort.__context__, BuildError):  # the engine has said why
            ctx.exit(EXIT_WRONG_USE)
        raise Stopped(str(abort)) from None
    finally:
        line.clear()
        plugins.on_shutdown()


@contextmanager
def _at(ctx: click.Context, configuration: MkDocsConfig) -> Iterator[None]:
    """Let the plugin publish the handbook as it stood at the moment that `--at` names, if any."""
    given = given_at(ctx)
    if given is None:
        yield
        return
    plugin: Any = configuration.plugins["policygraph"]
    base = Path(configuration.config_file_path).resolve().parent
    with taken(ctx, locate(Path(str(plugin.config["handbook"])), base), given, contents=True) as past:
        click.echo(as_it_stood(past.moment), err=True)
        go_to(ctx, past.moment.day)
        plugin.snapshot, plugin.day = past, today_of(ctx)
        _tell_today(plugin.day)
        try:
            yield
        finally:
            # The engine keeps a plugin for the next build of the process, which may be one of today.
            plugin.snapshot = plugin.day = None


@contextmanager
def _edition(configuration: MkDocsConfig, edition: Edition | None) -> Iterator[None]:
    """Let the plugin publish an edition; the engine keeps a plugin over all rebuilds, and for the next build."""
    plugin: Any = configuration.plugins["policygraph"]
    plugin.edition = edition
    try:
        yield
    finally:
        plugin.edition = None


def serve_site(
    ctx: click.Context,
    found: Project,
    strict: bool,
    address: str | None,
    browser: bool,
    edition: Edition | None = None,
) -> None:
    """Serve the site until the user has had enough."""
    _set_today(ctx)
    with _logged(ProgressLine()):
        configuration = _configuration(found, strict=strict or None, dev_addr=address)
        _refuse_taken(configuration.dev_addr.host, configuration.dev_addr.port)
        from mkdocs.commands.serve import serve

        try:
            with _edition(configuration, edition):
                serve(
                    config_file=str(found.configuration),
                    open_in_browser=browser,
                    strict=strict or None,
                    dev_addr=address,
                )
        except Abort as abort:
            if isinstance(abort.__context__, BuildError):
                ctx.exit(EXIT_WRONG_USE)
            raise Stopped(str(abort)) from None


def _refuse_taken(host: str, port: int) -> None:
    """The engine would notice an address that is taken only after building the whole site."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Refusal(
            f"Nothing can be served at {host}:{port}: {error.strerror}. Choose another address with --dev-addr."
        ) from None


def _configuration(found: Project, **options: Any) -> MkDocsConfig:
    try:
        configuration = load_config(config_file=str(found.configuration), **options)
    except (Abort, ConfigurationError) as error:
        raise Refusal(f"{found.configuration.name}: {str(error).strip()}") from None
    if "policygraph" not in configuration.plugins:
        raise Refusal(
            f"{found.configuration.name} does not use the plugin policygraph, so the site would hold no handbook. "
            "Add it under 'plugins:', or name the handbook with --handbook to build it on its own."
        )
    return configuration


def _set_today(ctx: click.Context) -> None:
    """The plugin reads today from the environment, as other tools do."""
    if (today := given_today(ctx)) is not None:
        _tell_today(today)


def _tell_today(today: dt.date) -> None:
    midnight = dt.datetime(today.year, today.month, today.day, tzinfo=dt.UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(max(0, int(midnight.timestamp())))


def _guard(configuration: MkDocsConfig) -> None:
    """The engine empties the site's folder before it writes, so that must hold a site or nothing."""
    site = Path(configuration.site_dir).resolve()
    base = Path(configuration.config_file_path).resolve().parent
    given = base / str(configuration.plugins["policygraph"].config["handbook"])
    handbook = (given if given.is_dir() else given.parent).resolve()
    if any(folder.is_relative_to(site) for folder in (Path.cwd().resolve(), base, handbook)):
        raise Refusal(f"{_near(site)} holds your own files, and building a site empties its folder.")
    if site.is_relative_to(handbook):
        raise Refusal(f"{_near(site)} lies in the handbook; choose a folder outside it with --site-dir.")
    if not site.exists():
        return
    if not site.is_dir():
        raise Refusal(f"{_near(site)} is a file, not a folder.")
    visible = [entry.name for entry in site.iterdir() if not entry.name.startswith(".")]
    if visible and not any(name in visible for name in _SIGNS_OF_A_SITE):
        raise Refusal(
            f"{_near(site)} holds something other than a site, and building empties it. "
            "Choose another folder with --site-dir, or delete it yourself."
        )


def _near(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix() or "."
    except ValueError:
        return str(path)


class _Progress(BasePlugin):  # type: ignore[type-arg]
    """Counts pages while the engine works."""

    def __init__(self, line: ProgressLine) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._line = line
        self._pages = 0
        self._done = 0

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Start to count what is written."""
        self._done = 0

    def on_page_markdown(self, markdown: str, *, page: Any, config: MkDocsConfig, files: Files) -> None:
        """Count a page that is turned into HTML."""
        self._pages = self._pages or len(files.documentation_pages())
        self._done += 1
        self._line("Reading pages", self._done, self._pages)

    def on_post_page(self, output: str, *, page: Any, config: MkDocsConfig) -> None:
        """Count a page that is written."""
        self._done += 1
        self._line("Writing pages", self._done, self._pages)


class _Messages(logging.Handler):
    """Prints the engine's messages in our manner, out of the way of the line of progress."""

    _COLOURS = ((logging.ERROR, "red"), (logging.WARNING, "yellow"))

    def __init__(self, line: ProgressLine) -> None:
        super().__init__()
        self._line = line

    def emit(self, record: logging.LogRecord) -> None:
        """Print a message."""
        self._line.clear()
        colour = next((name for level, name in self._COLOURS if record.levelno >= level), None)
        head = f"{record.levelname:<8}-  "
        head = click.style(head, fg=colour) if colour else head
        text = "\n".join(plain(part) for part in self.format(record).split("\n"))
        click.echo(head + text, err=True)


@contextmanager
def _logged(line: ProgressLine, level: int = logging.INFO) -> Iterator[None]:
    logger = logging.getLogger("mkdocs")
    handler = _Messages(line)
    before = (logger.level, logger.propagate)
    logger.setLevel(level)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = before
