"""The MkDocs door: hands the handbook's pages to the engine. ProperDocs runs it unchanged."""

from __future__ import annotations

import datetime as dt
import os
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, Literal

from jinja2 import Template
from mkdocs.config import config_options as opt
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.localization import parse_locale
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as EnginePage

from policygraph import clock, garbage
from policygraph.judging.edition import judge_edition
from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.markdown_extension import PolicygraphExtension
from policygraph.model.edition import Edition
from policygraph.model.finding import Severity
from policygraph.publishing.appearance import logo_uri
from policygraph.publishing.attachments import attachments
from policygraph.publishing.catalogues import language_family, words_in
from policygraph.publishing.document_text import page_text
from policygraph.publishing.escaping import title_text
from policygraph.publishing.index import index_of
from policygraph.publishing.links import Links
from policygraph.publishing.missing_page import MISSING, missing_page
from policygraph.publishing.preview_bar import preview_assets, preview_bars
from policygraph.publishing.publication import NavItem, Publication, SiteStyle
from policygraph.publishing.site import publish
from policygraph.publishing.theme_script import seen_first
from policygraph.reading.files import Location, locate
from policygraph.reading.handbook_files import documents_folder, load_settings, read_handbook
from policygraph.reading.snapshot import Snapshot
from policygraph.resolving.edition import edition_of
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.pages import PageResolver
from policygraph.resolving.resolve import resolve
from policygraph.settings import Settings, SettingsError
from policygraph.words import ENGLISH, Words, _, speaking

log = get_plugin_logger("policygraph")

_KNOWN_THEMES = ("material", "mkdocs", "readthedocs")
"""Themes whose page for what is missing is known to have a block for the content."""

FURNITURE = frozenset((".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".ico"))
"""What of the handbook's folder belongs to the site's looks, and is in every edition."""

NEEDED_EXTENSIONS = ("attr_list", "footnotes", "tables")


class PolicygraphConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's entry in mkdocs.yml. Everything else stands in the handbook's own settings."""

    enabled = opt.Type(bool, default=True)
    """Whether the handbook is published at all."""
    handbook = opt.Type(str, default="policies")
    """The handbook's folder or settings file, relative to mkdocs.yml."""
    edition = opt.Choice(tuple(edition.value for edition in Edition), default=Edition.AUDITOR.value)
    """Whom the site is for: `public`, `internal` or `auditor`, who sees everything."""


class PolicygraphPlugin(BasePlugin[PolicygraphConfig]):  # type: ignore[no-untyped-call]
    """Adds the documents, the generated pages and their assets to the site."""

    snapshot: Snapshot | None = None
    """The handbook as it stood, in place of the one on disk; `policygraph build --at` sets it, with the day."""
    day: dt.date | None = None
    edition: Edition | None = None
    """The edition in place of the one that mkdocs.yml names; `policygraph build --edition` sets it."""
    _preview = False
    _bars: Mapping[str, str] = MappingProxyType({})
    _heads: Mapping[str, str] = MappingProxyType({})
    _below: Mapping[str, str] = MappingProxyType({})

    # An engine keeps a plugin that has this over all rebuilds of a preview: whatever a build makes, on_config clears.
    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is a preview; `serve --clean` asks for what a build makes, and counts as one."""
        self._preview = command == "serve"

    # Early, so that plugins which take the theme's language for their own find the handbook's.
    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Find the handbook and prepare the engine for it."""
        self._bars = {}
        self._heads = {}
        self._below = {}
        if not self.config.enabled:
            return None
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        try:
            self._location = locate(Path(self.config.handbook), root)
            self._settings = load_settings(self._location)
            self._folder = documents_folder(self._location, self._settings)
            self._disk = self._folder.parent
            self._beside = _beside(self._location, self._settings)
            if (past := self.snapshot) is not None:
                self._today_s_folder = self._folder
                self._location, self._disk = past.location, past.root
                self._settings = load_settings(past.location)
                self._folder = past.project / documents_folder(past.location, self._settings).name
            if not self._settings.url and config.site_url:
                self._settings = replace(self._settings, url=f"{config.site_url.rstrip('/')}/")
        except SettingsError as error:
            raise PluginError(f"policygraph: {error}") from None
        self._pages: dict[str, str] = {}
        self._page = ""
        self._tongues: dict[str, str] = {}
        self._resolver: PageResolver | None = None
        self._edition: PageResolver | None = None
        for folder in {self._folder, self._location.folder.resolve()}:
            config.watch.append(str(folder))
        for name in NEEDED_EXTENSIONS:
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
        config.markdown_extensions.append(PolicygraphExtension(self._rewrite, self._language))  # type: ignore[arg-type]
        _keep_to_this_host(config)
        _speak(config, words_in(self._settings.language))
        return config

    # Early, so that plugins which move, group or tag pages see the handbook's.
    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files | None:
        """Read, resolve, judge and publish, and add what is published to the site's files."""
        if not self.config.enabled:
            return None
        with garbage.paused():
            return self._publish(files, config)

    def _publish(self, files: Files, config: MkDocsConfig) -> Files:
        if self.snapshot is not None:
            _leave_out(files, self._today_s_folder)
        try:
            sources = read_handbook(self._location, self._settings, snapshot=self.snapshot)
        except SettingsError as error:
            raise PluginError(f"policygraph: {error}") from None
        handbook = resolve(sources)
        try:
            judgement = judge(handbook, self.day or clock.today())
        except ValueError as error:
            raise PluginError(f"policygraph: {error}") from None
        edition = self.edition or Edition(self.config.edition)
        self._for_authors = edition.audited
        cut = edition_of(sources, handbook, edition)
        left_out = set() if edition.whole else self._leave_out_all(files)
        documents_at = self._documents_at(config)
        style = SiteStyle(
            documents_at=documents_at,
            directory_urls=config.use_directory_urls,
            pages_at=self._docs_name,
            own_pages=bool(files.documentation_pages()),
            home=not any(file.src_uri in ("index.md", "README.md") for file in files.documentation_pages()),
        )
        self._links = Links(style, handbook.folder, cut.handbook.frameworks)
        self._resolver = PageResolver(handbook)
        self._edition = PageResolver(cut.handbook) if cut.handbook is not handbook else self._resolver
        published = judge_edition(judgement, cut.handbook)
        publication = publish(published, style)
        self._tongues = _tongues(cut.handbook, publication)
        own_pages = [file.src_uri for file in files.documentation_pages()]
        if style.home:
            _dress(config, self._settings)
        self._heads = publication.heads
        self._below = publication.below
        self._add_pages(publication, files, config)
        for asset in publication.assets:
            _replace(files, File.generated(config, asset.uri, content=asset.content))
        occupied = {file.dest_uri.casefold() for file in files}
        for redirect in publication.redirects:
            if redirect.uri.casefold() not in occupied:
                files.append(File.generated(config, redirect.uri, content=redirect.content))
        for path in attachments(cut.sources.files, cut.handbook):
            uri = self._links.document_uri(path)
            if files.get_file_from_path(uri) is None:
                files.append(
                    File(uri, str(self._source_folder(uri, path)), config.site_dir, config.use_directory_urls)
                )
        config.extra_css[:0] = [uri for uri in publication.stylesheets if uri not in config.extra_css]
        scripts = {str(script) for script in config.extra_javascript}
        config.extra_javascript.extend(_deferred(uri) for uri in publication.scripts if uri not in scripts)
        if self._preview and edition.audited:
            self._bars = preview_bars(index_of(published, style))
            for asset in preview_assets():
                _replace(files, File.generated(config, asset.uri, content=asset.content))
                config.extra_css.append(asset.uri)
        if config.nav and not edition.whole:
            there = {file.src_uri for file in files}
            config.nav = _without(config.nav, lambda uri: _is_gone(uri, left_out - there, edition))
        if not config.nav:
            config.nav = [*_nav(publication.nav), *_own_nav(own_pages, publication)]
        _report(judgement, edition)
        handbook.comparisons.save()
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation | None:
        """Put documents that the navigation does not name into the section of their area, so that it shows where they are."""
        named = {page.file.src_uri: page for page in nav.pages}
        for uri, above in self._below.items():
            file, upper = files.get_file_from_path(uri), named.get(above)
            if file is not None and file.page is not None and upper is not None and uri not in named:
                file.page.parent = upper.parent
        return None

    def on_page_read_source(self, *, page: EnginePage, config: MkDocsConfig) -> str | None:
        """Give the engine a document's text as published: front matter off, links resolved."""
        return self._pages.get(page.file.src_uri) if self.config.enabled else None

    def on_page_markdown(
        self, markdown: str, *, page: EnginePage, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Remember which page is rendered next, for the Markdown extension."""
        self._page = page.file.src_uri
        return None

    # Late, so that search has taken in the page before the bar is put on top of it.
    @event_priority(-100)
    def on_page_context(
        self, context: Any, *, page: EnginePage, config: MkDocsConfig, nav: Navigation
    ) -> None:
        """Put the bar of findings above a document in a preview."""
        bar = self._bars.get(page.file.src_uri)
        if bar is not None:
            page.content = f"{bar}\n{page.content or ''}"

    def on_pre_template(
        self, template: Template, *, template_name: str, config: MkDocsConfig
    ) -> Template | None:
        """Have the page for what is missing speak the handbook's language, unless the site has one of its own."""
        if not self.config.enabled or template_name != MISSING or config.theme.name not in _KNOWN_THEMES:
            return None
        own = config.theme.custom_dir
        if own and Path(template.filename or "").is_relative_to(own):
            return None
        with speaking(words_in(self._settings.language)):
            return template.environment.from_string(missing_page())

    def _language(self) -> str:
        return self._tongues.get(self._page, "")

    # Late, so that no plugin puts a script into the page after this has looked at all of them.
    @event_priority(-100)
    def on_post_page(self, output: str, *, page: EnginePage, config: MkDocsConfig) -> str | None:
        """Tell programs of the feeds, whatever the theme's template is, and let the page be seen before it reacts."""
        if not self.config.enabled:
            return None
        head = self._heads.get(page.file.src_uri)
        return seen_first(output.replace("</head>", f"{head}\n</head>", 1) if head else output)

    def _rewrite(self, text: str) -> str:
        uri = self._page
        if self._resolver is None or uri in self._pages or uri.startswith("audit/"):
            return text
        path = f"{self._docs_name}/{uri}".lstrip("/")
        found = self._resolver.resolve(path, text)
        for problem in found.problems:
            log.warning("%s:%s: %s", problem.place.file, problem.place.line, problem.message)
        if self._edition is not None and self._edition is not self._resolver:
            found = self._edition.resolve(path, self._edition.unlinked(found))
        return page_text(found, self._links, uri)

    def _documents_at(self, config: MkDocsConfig) -> str:
        docs = Path(config.docs_dir).resolve()
        name = Path(os.path.relpath(docs, self._folder.parent)).as_posix()
        self._docs_name = "" if name == "." else name
        if self._folder.is_relative_to(docs):
            inside = self._folder.relative_to(docs).as_posix()
            return "" if inside == "." else inside
        return self._folder.name

    def _add_pages(self, publication: Publication, files: Files, config: MkDocsConfig) -> None:
        named = _named(publication.nav)
        for page in publication.pages:
            existing = files.get_file_from_path(page.uri)
            if page.document is None:
                if existing is not None:
                    continue  # the site's own page of this name wins
                file = File.generated(config, page.uri, content=page.text)
                files.append(file)
            else:
                self._pages[page.uri] = page.text
                file = existing or File(
                    page.uri,
                    str(self._source_folder(page.uri, page.document)),
                    config.site_dir,
                    config.use_directory_urls,
                )
                if existing is None:
                    source = self._folder.parent / page.document
                    if self.snapshot is None and self._for_authors:
                        file.edit_uri = Path(os.path.relpath(source, config.docs_dir)).as_posix()
                    else:
                        file.edit_uri = None
                    files.append(file)
            if page.uri not in named and not config.nav:
                file.inclusion = InclusionLevel.NOT_IN_NAV

    def _leave_out_all(self, files: Files) -> set[str]:
        """Leave out what the engine has found in the handbook, of which an edition adds what is its own."""
        found = _leave_out(files, self._folder, FURNITURE)
        for path in self._beside:
            found |= _leave_out(files, path)
        return found

    def _source_folder(self, uri: str, path: str) -> Path:
        """The folder in which the engine finds a file under its path in the site."""
        depth = len(PurePosixPath(uri).parts)
        return Path(*(self._disk / path).parts[:-depth])


def _deferred(uri: str) -> ExtraScriptValue:
    """A script that runs once the page has been read, and holds up nothing before."""
    script = ExtraScriptValue(uri)
    script.defer = True
    return script


def _leave_out(files: Files, folder: Path, but: frozenset[str] = frozenset()) -> set[str]:
    """Leave out today's files of the handbook, which the engine has found among the site's own pages.

    Those that end in one of `but` stay. Returns the others.
    """
    found = set()
    for file in list(files):
        if file.abs_src_path and PurePosixPath(file.src_uri).suffix.lower() not in but:
            # A link that leads out of the folder is in it all the same.
            paths = (Path(file.abs_src_path).resolve(), Path(file.abs_src_path).absolute())
            if any(path.is_relative_to(folder) for path in paths):
                found.add(file.src_uri)
                files.remove(file)
    return found


def _beside(location: Location, settings: Settings) -> tuple[Path, ...]:
    """What belongs to a handbook and may lie outside the folder of its documents."""
    folder = location.folder.resolve()
    paths = (
        settings.registers,
        *settings.catalogs,
        *((location.settings.name,) if location.settings else ()),
    )
    return tuple(folder / path for path in paths)


def _is_gone(uri: str, left_out: set[str], edition: Edition) -> bool:
    uri = posixpath.normpath(uri)
    return uri in left_out or (not edition.audited and uri.startswith("audit/"))


def _without(nav: list[Any], gone: Callable[[str], bool]) -> list[Any]:
    """A navigation without the pages that are gone, and without the sections that hold nothing else."""
    kept: list[Any] = []
    for item in nav:
        if isinstance(item, str):
            kept += [] if gone(item) else [item]
        elif isinstance(item, dict):
            inner = {}
            for title, value in item.items():
                if isinstance(value, list):
                    if left := _without(value, gone):
                        inner[title] = left
                elif not isinstance(value, str) or not gone(value):
                    inner[title] = value
            kept += [inner] if inner else []
        else:
            kept.append(item)
    return kept


def _keep_to_this_host(config: MkDocsConfig) -> None:
    """Themes ask other hosts for fonts and for code colouring unless told not to; a handbook asks nobody."""
    fonts = config.theme.get("font") if "font" in config.theme else None
    if isinstance(fonts, dict) and fonts == {"text": "Roboto", "code": "Roboto Mono"}:
        config.theme["font"] = False
    if "highlightjs" in config.theme:
        config.theme["highlightjs"] = False


def _dress(config: MkDocsConfig, settings: Settings) -> None:
    """Give the site the handbook's name, description and logo, where the handbook is what the site is for."""
    if settings.name != Settings().name:
        config.site_name = title_text(settings.name)
    if settings.description:
        config.site_description = title_text(settings.description)
    if logo := logo_uri(settings.appearance):
        config.theme["logo"] = logo
        config.theme["favicon"] = logo
    if "features" in config.theme and not config.theme.get("palette"):
        with speaking(words_in(settings.language)):
            config.theme["palette"] = _light_and_dark()


def _light_and_dark() -> list[dict[str, object]]:
    """What a theme that knows colours is given where mkdocs.yml says nothing about them."""
    return [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "primary": "custom",
            "toggle": {"icon": "material/weather-night", "name": _("Use dark colours")},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "primary": "custom",
            "toggle": {"icon": "material/weather-sunny", "name": _("Use light colours")},
        },
    ]


def _speak(config: MkDocsConfig, words: Words) -> None:
    """Have the theme speak the handbook's language, where mkdocs.yml asks for no other than the usual."""
    language = words.code
    contents = config.mdx_configs.get("toc", {})
    if language != ENGLISH.code and contents.get("permalink"):
        # Themes have no word for it: it is Python-Markdown's own.
        with speaking(words):
            contents.setdefault("permalink_title", _("Permanent link"))
    if "language" in config.theme and config.theme["language"] == ENGLISH.code:
        config.theme["language"] = language
    # A theme without translations is left alone: MkDocs would warn of each language that it lacks.
    locale = language.replace("-", "_")
    known = (Path(folder, "locales", locale).is_dir() for folder in config.theme.dirs)
    if str(config.theme.locale) == ENGLISH.code and any(known):
        config.theme["locale"] = parse_locale(locale)


def _replace(files: Files, file: File) -> None:
    if (existing := files.get_file_from_path(file.src_uri)) is not None:
        files.remove(existing)
    files.append(file)


def _named(items: tuple[NavItem, ...]) -> set[str]:
    return {uri for item in items for uri in ({item.uri} if item.uri else _named(item.items))}


def _nav(items: tuple[NavItem, ...]) -> list[Any]:
    return [{item.title: item.uri if item.uri else _nav(item.items)} for item in items]


def _own_nav(pages: list[str], publication: Publication) -> list[Any]:
    """The site's own pages, by folder, after the handbook's."""
    published = {page.uri for page in publication.pages}
    top: list[Any] = []
    sections: dict[str, list[Any]] = {}
    for uri in sorted(pages, key=lambda uri: (not uri.endswith("index.md"), uri)):
        if uri in published:
            continue
        folder, _, _ = uri.rpartition("/")
        parent = top
        path = ""
        for part in folder.split("/") if folder else ():
            path = f"{path}/{part}"
            if path not in sections:
                sections[path] = []
                parent.append({part.replace("-", " ").replace("_", " ").capitalize(): sections[path]})
            parent = sections[path]
        parent.append(uri)
    return top


def _tongues(handbook: Handbook, publication: Publication) -> dict[str, str]:
    """The language of each page whose document is in another one than the interface."""
    spoken = language_family(words_in(handbook.settings.language).code)
    return {
        page.uri: document.lang
        for page in publication.pages
        if page.document and language_family((document := handbook.by_path[page.document]).lang) != spoken
    }


def _report(judgement: Judgement, edition: Edition) -> None:
    counts = dict.fromkeys(Severity, 0)
    for finding in judgement.findings:
        counts[finding.severity] += 1
        message = "%s: %s %s"
        values = (finding.place, finding.code, finding.message)
        # The passing of time must not fail a build that changed nothing; a scheduled check says it.
        if finding.severity is Severity.ERROR and not finding.calendar:
            log.warning(message, *values)
        else:
            log.debug(message, *values)
    others = counts[Severity.WARNING] + counts[Severity.INFO]
    if others:
        page = ", and so does the page of findings" if edition.audited else ""
        log.info("%d more findings; 'policygraph check' shows them%s.", others, page)
