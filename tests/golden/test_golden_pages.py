"""Every generated page of a small handbook, word for word.

After a change that is meant: `POLICYGRAPH_GOLDEN=write pytest tests/golden`, then read the difference in git.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bakery import make
from builders import TODAY
from policygraph.judging.judge import judge
from policygraph.publishing.publication import Page, SiteStyle
from policygraph.publishing.site import publish
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.resolve import resolve

KEPT = Path(__file__).parent / "pages"
ELSEWHERE = ("audit/rules.md",)
"""Pages made of the rules' own help, which has tests of its own."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    folder = tmp_path_factory.mktemp("bakery")
    make(folder)
    handbook = resolve(read_handbook(locate(None, folder)))
    made = publish(judge(handbook, TODAY), SiteStyle("policies"))
    return {page.uri: page for page in made.pages if page.uri not in ELSEWHERE}


def test_every_page_is_as_it_was(pages: dict[str, Page]) -> None:
    if os.environ.get("POLICYGRAPH_GOLDEN") == "write":
        _write(pages)
    kept = {path.relative_to(KEPT).as_posix(): path.read_text("utf-8") for path in sorted(KEPT.rglob("*.md"))}
    assert sorted(pages) == sorted(kept)
    for uri, page in pages.items():
        assert page.text == kept[uri], f"{uri} has changed"


def _write(pages: dict[str, Page]) -> None:
    for path in KEPT.rglob("*.md"):
        path.unlink()
    for uri, page in pages.items():
        path = KEPT / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8")
