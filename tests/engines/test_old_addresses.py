"""Old addresses, feeds and changes under each engine and theme."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from repositories import Repo

BIN = Path(sys.executable).parent
TEXT = (
    "---\nid: A-1\ntitle: Incidents\nowner: me\nsummary: What to do.\n---\nYou must report within 24 hours.\n"
)


def project(folder: Path, theme: str = "material", more: str = "") -> Repo:
    """A document that was renamed, and then changed."""
    repo = Repo(folder)
    repo.commit(
        "2025-01-01",
        {
            "mkdocs.yml": f"site_name: Small\nsite_url: https://small.example/h/\ntheme: {{name: {theme}}}\n"
            f"plugins: [search, policygraph]\n{more}",
            "docs/.keep": "",
            "policies/a.md": TEXT,
        },
        "Write it",
    )
    repo.commit("2025-02-01", move={"policies/a.md": "policies/incidents.md"}, message="A better name")
    repo.commit("2025-03-01", {"policies/incidents.md": TEXT.replace("24", "72")}, "Three days")
    return repo


def run(*command: str, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def seen_alike(site: Path) -> None:
    """What holds whatever builds the site."""
    old = (site / "policies/a/index.html").read_text("utf-8")
    assert 'content="0; url=../incidents/"' in old
    assert "This page has moved" in old
    assert (site / "policies/incidents/index.html").is_file()
    assert (site / "changes/all.xml").read_bytes().startswith(b"<?xml")
    changes = (site / "changes/index.html").read_text("utf-8")
    assert "It now says “You must report within 72 hours”" in changes
    assert 'href="all.xml"' in changes
    sitemap = site / "sitemap.xml"
    if sitemap.exists():
        assert "policies/a/" not in sitemap.read_text("utf-8")
    for index in (site / "search/search_index.json", site / "search.json"):
        if index.exists():
            assert "This page has moved" not in json.dumps(json.loads(index.read_text("utf-8")))


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_mkdocs_in_every_theme(tmp_path: Path, theme: str) -> None:
    run(str(BIN / "mkdocs"), "build", "--strict", cwd=project(tmp_path, theme).folder)
    site = tmp_path / "site"
    seen_alike(site)
    head = (site / "changes/index.html").read_text("utf-8").partition("</head>")[0]
    assert '<link rel="alternate feed" type="application/atom+xml"' in head
    assert 'href="all.xml">' in head
    assert "https://small.example/h/changes/2025/#change-" in (site / "changes/all.xml").read_text("utf-8")


def test_zensical_with_the_rendered_tree(tmp_path: Path) -> None:
    project(tmp_path)
    run(str(BIN / "policygraph"), "render", "out", cwd=tmp_path)
    run(str(BIN / "zensical"), "build", cwd=tmp_path / "out")
    seen_alike(tmp_path / "out/site")


def test_a_page_of_the_site_s_own_comes_before_an_old_address(tmp_path: Path) -> None:
    repo = project(tmp_path, "mkdocs")
    repo.write({"docs/policies/a.md": "# Our own\n\nWritten by hand.\n"})
    run(str(BIN / "mkdocs"), "build", cwd=repo.folder)
    page = (tmp_path / "site/policies/a/index.html").read_text("utf-8")
    assert "Written by hand." in page
    assert "This page has moved" not in page
