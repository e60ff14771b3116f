"""The same handbook under every engine that the project promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

BIN = Path(sys.executable).parent

DOCUMENTS = {
    "rules/access.md": """\
---
id: HB-1
title: Access control policy
owner: it
summary: Who may enter what.
satisfies: ["iso-27001:A.5.15"]
references:
  - to: HB-2
    relation: depends on
    because: "Leavers lose their access on the last day."
---
# Access control policy

You must lock your screen. Ask [[HB-2#who-helps|the people team]] when somebody leaves.
See [the site](../../docs/about.md), too.
""",
    "rules/leaving.md": """\
---
id: HB-2
title: Leaving procedure
owner: people
summary: What happens when somebody leaves.
---
# Leaving procedure

## Who helps

The people team closes accounts as [access](access.md) says.
""",
    "registers/terms.yml": 'terms:\n  - {term: Screen, definition: "What you look at."}\n',
    "registers/organisation.yml": "roles:\n  it: {title: IT, contact: it@example.org}\n  people: {title: People}\n",
    "travel.md": "---\nid: HB-3\ntitle: Travel\nowner: people\nsummary: Trains first.\n---\nTake the train.\n",
}


def project(folder: Path, theme: str = "material") -> Path:
    """Write a small project."""
    for path, text in DOCUMENTS.items():
        file = folder / "policies" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    docs = folder / "docs"
    docs.mkdir()
    (docs / "about.md").write_text(
        "# About\n\nBegin with [[HB-1]] or [travel](../policies/travel.md).\n", encoding="utf-8"
    )
    (folder / "mkdocs.yml").write_text(
        f"site_name: Small\nrepo_url: https://example.org/r\nedit_uri: edit/main/docs/\n"
        f"theme: {{name: {theme}}}\nplugins: [search, policygraph]\n",
        encoding="utf-8",
    )
    return folder


def run(*command: str, cwd: Path) -> str:
    """Run a command that must succeed and return what it printed."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795392000"}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        if tag in ("a", "link") and (link := values.get("href") or values.get("xlink:href")):
            self.links.append(link)
        if tag in ("script", "img") and values.get("src"):
            self.links.append(values["src"] or "")


def dead_links(site: Path) -> list[str]:
    """Every link of the site's pages that leads nowhere on the site, with the page it stands on."""
    pages = {}
    for file in site.rglob("*.html"):
        found = _Links()
        found.feed(file.read_text(encoding="utf-8"))
        pages[file.resolve()] = found
    dead = []
    for file, found in pages.items():
        if file.name == "404.html":
            continue
        for link in found.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            path = unquote(parts.path)
            target = (
                (site / path.lstrip("/") if path.startswith("/") else file.parent / path).resolve()
                if path
                else file
            )
            if target.is_dir():
                target /= "index.html"
            anchors = pages[target].ids if target in pages else None
            if re.match(r"(?:from|to)=.", parts.fragment) and "audit/why" in target.as_posix():
                anchors = None  # a question to the explorer, which reads it from the address
            if parts.fragment.startswith("who=") and target.parent.name == "for":
                anchors = None  # a choice of groups, likewise
            if not target.exists() or (
                parts.fragment and anchors is not None and unquote(parts.fragment) not in anchors
            ):
                dead.append(f"{file.relative_to(site.resolve())}: {link}")
    return dead


def other_hosts(site: Path) -> list[str]:
    """Everything the site's pages would load from another host."""
    loaded = re.compile(
        r"""<(?:script|img|iframe|source)[^>]*\ssrc=["']?(https?:)?//[^>]*|<link[^>]*rel=["']?(?:stylesheet|preload|icon)[^>]*href=["']?(https?:)?//[^>]*"""
    )
    return [m[0] for file in site.rglob("*.html") for m in loaded.finditer(file.read_text(encoding="utf-8"))]


def own_content(site: Path) -> None:
    """What every engine must show."""
    access = (site / "policies/rules/access/index.html").read_text(encoding="utf-8")
    assert "Leavers lose their access on the last day." in access
    assert 'href="../leaving/#who-helps"' in access
    assert re.search(r'<a class="pg-term" href="[./]*/terms/#term-screen">screen</a>', access)
    assert re.search(r'<a href="[./]*/leaving/" data-pg-title="Leaving procedure"', access)
    assert access.count('class="pg-here"') == 1
    assert 'href="mailto:it@example.org?' in access
    assert "Referenced by" in access
    assert (site / "audit/register/index.html").exists()
    assert (site / "handbook.json").exists()
    assert (site / "references.csv").read_text(encoding="utf-8").startswith("source,relation,target,origin")
    assert not dead_links(site)
    assert not other_hosts(site)


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_mkdocs_builds_it_strictly_in_every_theme(tmp_path: Path, theme: str) -> None:
    run(str(BIN / "mkdocs"), "build", "--strict", cwd=project(tmp_path, theme))
    own_content(tmp_path / "site")
    about = (tmp_path / "site/about/index.html").read_text(encoding="utf-8")
    assert 'href="../policies/rules/access/"' in about
    assert 'href="../policies/travel/"' in about


def test_edit_links_point_at_the_documents_own_files(tmp_path: Path) -> None:
    run(str(BIN / "mkdocs"), "build", cwd=project(tmp_path, "mkdocs"))
    page = (tmp_path / "site/policies/rules/access/index.html").read_text(encoding="utf-8")
    assert "https://example.org/r/edit/main/policies/rules/access.md" in page


def test_without_directory_urls(tmp_path: Path) -> None:
    folder = project(tmp_path)
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text() + "use_directory_urls: false\n")
    run(str(BIN / "mkdocs"), "build", "--strict", cwd=folder)
    assert 'href="leaving.html#who-helps"' in (folder / "site/policies/rules/access.html").read_text()
    assert not dead_links(folder / "site")


def test_properdocs_runs_the_same_plugin(tmp_path: Path) -> None:
    run(str(BIN / "properdocs"), "build", "--strict", cwd=project(tmp_path))
    own_content(tmp_path / "site")


def test_zensical_builds_the_rendered_tree(tmp_path: Path) -> None:
    project(tmp_path)
    run(str(BIN / "policygraph"), "render", "out", cwd=tmp_path)
    run(str(BIN / "zensical"), "build", cwd=tmp_path / "out")
    own_content(tmp_path / "out/site")


def test_zensical_leads_to_feeds_and_to_what_compares_versions(tmp_path: Path) -> None:
    project(tmp_path)
    git = ("git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    run(*git, "init", "-q", "-b", "main", cwd=tmp_path)
    register = tmp_path / "policies/registers/organisation.yml"
    register.write_text(register.read_text() + "audiences:\n  everyone: {title: All of us}\n")
    for text in ("Take the train.", "Take the bus. You must book it."):
        file = tmp_path / "policies/travel.md"
        file.write_text(file.read_text().rpartition("---\n")[0] + f"---\n{text}\n")
        run(*git, "add", ".", cwd=tmp_path)
        run(*git, "commit", "-q", "-m", text, cwd=tmp_path)
    run(str(BIN / "policygraph"), "render", "out", cwd=tmp_path)
    run(str(BIN / "zensical"), "build", cwd=tmp_path / "out")
    site = tmp_path / "out/site"
    assert "compare.js" in (site / "audit/history/travel/index.html").read_text()
    assert ".xml" in (site / "for/everyone/index.html").read_text()
    assert not dead_links(site)


def article(site: Path, page: str) -> str:
    """What a page says, without what the theme puts around it."""
    html = (site / page / "index.html").read_text(encoding="utf-8")
    found = re.search(r"<article[^>]*>(.*)</article>", html, re.DOTALL)
    assert found
    without_edit_link = re.sub(r'<a href="[^"]*/edit/[^"]*".*?</a>', "", found[1], flags=re.DOTALL)
    return " ".join(without_edit_link.split())


def test_the_rendered_tree_gives_mkdocs_the_same_pages_as_the_plugin(tmp_path: Path) -> None:
    folder = project(tmp_path)
    access = folder / "policies/rules/access.md"
    access.write_text(access.read_text().replace("See [the site](../../docs/about.md), too.", ""))
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text() + "markdown_extensions: [toc: {permalink: true}]\n")
    run(str(BIN / "mkdocs"), "build", "--strict", cwd=folder)
    run(str(BIN / "policygraph"), "render", "--for", "mkdocs", "out", cwd=folder)
    run(str(BIN / "mkdocs"), "build", "--strict", cwd=folder / "out")
    assert not dead_links(folder / "out/site")
    for page in (
        "policies/rules/access",
        "policies/travel",
        "audit/documents/rules/access",
        "audit/references",
    ):
        assert article(folder / "site", page) == article(folder / "out/site", page)


def test_a_handbook_inside_the_docs_folder_keeps_its_addresses(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "policies").rename(folder / "docs/policies")
    (folder / "docs/about.md").write_text("# About\n\n[[HB-1]] and [travel](policies/travel.md).\n")
    access = folder / "docs/policies/rules/access.md"
    access.write_text(access.read_text().replace("../../docs/about.md", "../../about.md"))
    settings = folder / "mkdocs.yml"
    settings.write_text(
        settings.read_text().replace("policygraph]", "policygraph: {handbook: docs/policies}]")
    )
    run(str(BIN / "mkdocs"), "build", "--strict", cwd=folder)
    own_content(folder / "site")


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    folder = project(tmp_path)
    for name in ("one", "two"):
        run(str(BIN / "mkdocs"), "build", "-d", str(tmp_path / name), cwd=folder)
    one = {
        p.relative_to(tmp_path / "one"): p.read_bytes() for p in (tmp_path / "one").rglob("*") if p.is_file()
    }
    two = {
        p.relative_to(tmp_path / "two"): p.read_bytes() for p in (tmp_path / "two").rglob("*") if p.is_file()
    }
    assert one == two


def test_disabled_means_no_handbook(tmp_path: Path) -> None:
    folder = project(tmp_path, "mkdocs")
    (folder / "docs/about.md").write_text("# About\n")
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("policygraph]", "policygraph: {enabled: false}]"))
    run(str(BIN / "mkdocs"), "build", "--strict", cwd=folder)
    assert not (folder / "site/audit").exists()


def test_a_missing_handbook_is_one_clear_message(tmp_path: Path) -> None:
    folder = project(tmp_path)
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("policygraph]", "policygraph: {handbook: nowhere}]"))
    done = subprocess.run(
        [str(BIN / "mkdocs"), "build"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "There is no handbook at nowhere" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_errors_fail_a_strict_build(tmp_path: Path) -> None:
    folder = project(tmp_path)
    travel = folder / "policies/travel.md"
    travel.write_text(travel.read_text() + "\nSee [[HB-9]].\n")
    done = subprocess.run(
        [str(BIN / "mkdocs"), "build", "--strict"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "policies/travel.md:9:5: PG201" in done.stderr
