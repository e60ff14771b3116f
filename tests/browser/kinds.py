"""The kinds of pages there are: which template makes which page, as found out by publishing."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Template
from jinja2.meta import find_referenced_templates
from mkdocs.commands.build import build
from mkdocs.config import load_config

from bakery import make
from policygraph.judging.judge import judge
from policygraph.publishing import site as publishing
from policygraph.publishing import templates
from policygraph.publishing.publication import Page, SiteStyle
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.resolve import resolve

FOLDER = Path(templates.__file__).parent / "pages"
PACK = frozenset({"pack_readme.txt.j2", "pack_start.html.j2"})
"""What only a pack has: a text, and a page that test_pack.py measures."""
REDIRECT = "redirect.html.j2"
MISSING = "missing.html.j2"
"""What stands at every address where nothing is."""
"""A page that leads on at once; test_every_page.py holds it and measures it."""
BAR = "preview_bar.html.j2"
STATES = ("for/#who=engineering,role:risk-manager", "audit/why/#from=AI-21&to=AI-14")
"""What a page becomes when something is chosen on it."""

_BAKERY = """\
site_name: Bakery handbook
theme: {name: material, font: false}
plugins: [search, policygraph]
"""


def names() -> frozenset[str]:
    """Every template."""
    return frozenset(file.name for file in FOLDER.glob("*.j2"))


@cache
def kinds() -> tuple[str, ...]:
    """The templates that make a page: those that no other one takes in, and a document's head and what a preview adds."""
    env = templates.environment()
    taken = {
        found
        for name in names()
        for found in find_referenced_templates(env.parse(env.loader.get_source(env, name)[0]))  # type: ignore[union-attr]
    }
    whole = {name for name in names() if name.endswith(".md.j2")} - taken
    return tuple(sorted(whole | {"document_head.html.j2", BAR}))


@dataclass(frozen=True, slots=True)
class Kind:
    """A page with the templates that made it: in which of the sites it is, and where."""

    site: str
    uri: str
    made_by: frozenset[str]
    length: int

    @property
    def path(self) -> str:
        """Its address below the site's."""
        return re.sub(r"(^|/)index/$", r"\1", f"{self.uri.removesuffix('.md')}/")


class Recorder:
    """Notes which templates are asked for between one page and the next."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._asked: set[str] = set()
        self.found: list[Kind] = []

    def asked(self, name: str | Template) -> None:
        """A template is asked for."""
        self._asked.add(name if isinstance(name, str) else name.name or "")

    def made(self, *arguments: object, **values: object) -> Page:
        """A page is made."""
        page = Page(*arguments, **values)  # type: ignore[arg-type]
        self.found.append(Kind(self._site, page.uri, frozenset(self._asked), len(page.text)))
        self._asked.clear()
        return page


@contextmanager
def recording(site: str) -> Iterator[Recorder]:
    """Note what is published in the meantime."""
    env = templates.environment()
    ask = env.get_template
    recorder = Recorder(site)

    def get_template(name: str | Template, *rest: object, **more: object) -> Template:
        recorder.asked(name)
        return ask(name, *rest, **more)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(env, "get_template", get_template)
        patch.setattr(templates, "Page", recorder.made)
        patch.setattr(publishing, "Page", recorder.made)
        yield recorder


def of_sample(root: Path, today: dt.date) -> list[Kind]:
    """The pages of the sample handbook."""
    handbook = resolve(read_handbook(locate(None, root)))
    with recording("sample") as recorder:
        publishing.publish(judge(handbook, today), SiteStyle("policies", own_pages=True))
    return recorder.found


def of_bakery(folder: Path, most_rows: int = 2) -> list[Kind]:
    """Build the bakery's handbook as a preview, with tables that are split after `most_rows`; return its pages."""
    repo = make(folder)
    repo.write({"mkdocs.yml": _BAKERY, "docs/.keep": ""})
    with pytest.MonkeyPatch.context() as patch, recording("bakery") as recorder:
        for name, module in list(sys.modules.items()):
            if name.startswith("policygraph.publishing") and hasattr(module, "MOST_ROWS"):
                patch.setattr(module, "MOST_ROWS", most_rows)
        config = load_config(str(folder / "mkdocs.yml"))
        config.plugins.on_startup(command="serve", dirty=False)
        build(config)
        barred = config.plugins["policygraph"]._bars
    return [
        Kind(k.site, k.uri, k.made_by | ({BAR} if k.uri in barred else set()), k.length)
        for k in recorder.found
    ]


def longest(found: list[Kind], most: int = 60_000) -> dict[str, Kind]:
    """For each template the longest page that it has made, of `most` letters: beyond that, pages only go on alike."""
    ordered = sorted(found, key=lambda kind: (kind.length <= most, min(kind.length, most)))
    return {name: kind for kind in ordered for name in kind.made_by}
