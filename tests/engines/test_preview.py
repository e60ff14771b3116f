"""The bar of findings: in a preview, on the page it concerns, and never in a build."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

BAD = "---\nid: A-1\ntitle: First\nowner: nobody\nsummary: S.\n---\n# First\n\nVisitors shall read [[A-9]] and [[A-2]] & <b>.\n"
WELL = '---\nid: A-2\ntitle: Second\nsummary: S.\nwhy: A guest came to harm.\nowner: it\nallow: {PG404: "x"}\n---\n# Second\n\nSee [[A-1]].\n'
ROLES = "roles:\n  it: {title: IT, holders: [Ada]}\n"


def project(folder: Path, theme: str = "mkdocs") -> Path:
    (folder / "policies" / "registers").mkdir(parents=True)
    (folder / "docs").mkdir()
    (folder / "policies" / "a.md").write_text(BAD, encoding="utf-8")
    (folder / "policies" / "b.md").write_text(WELL, encoding="utf-8")
    (folder / "policies" / "registers" / "organisation.yml").write_text(ROLES, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        f"site_name: Small\ntheme: {{name: {theme}}}\nplugins: [search, policygraph]\n", encoding="utf-8"
    )
    return folder


def made(folder: Path, command: str | None) -> dict[str, str]:
    """Build as a command of the engine does; None is a rebuild, for which nothing starts up anew."""
    config = load_config(str(folder / "mkdocs.yml"))
    if command is not None:
        config.plugins.on_startup(command=command, dirty=False)  # type: ignore[arg-type]
    build(config)
    site = folder / "site"
    return {
        file.relative_to(site).as_posix(): file.read_text(encoding="utf-8", errors="replace")
        for file in site.rglob("*")
        if file.suffix in (".html", ".json", ".css", ".js", ".xml", ".csv")
    }


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_a_preview_shows_findings_on_their_page(tmp_path: Path, theme: str) -> None:
    files = made(project(tmp_path, theme), "serve")
    page = files["policies/a/index.html"]
    assert page.count('class="pg-preview"') == 1
    assert page.index("pg-preview") < page.index("Visitors shall read")
    bar = page[page.index('<section class="pg-preview"') :]
    bar = bar[: bar.index("</section>")]
    assert "2 errors" in bar
    assert "Line 9" in bar
    assert 'href="../../audit/rules/#pg201"' in bar
    assert "PG440 shall-for-must" in bar
    assert bar.index("PG201") < bar.index("PG440")
    assert "preview.css" in page
    assert "assets/policygraph/preview.css" in files


def test_a_page_without_findings_has_no_bar(tmp_path: Path) -> None:
    files = made(project(tmp_path), "serve")
    assert "pg-preview" not in files["policies/b/index.html"]
    assert "pg-preview" not in files["index.html"]


@pytest.mark.parametrize("command", ["build", "gh-deploy"])
def test_a_build_holds_no_trace_of_it(tmp_path: Path, command: str) -> None:
    files = made(project(tmp_path), command)
    assert [name for name, text in files.items() if "preview" in name or "pg-preview" in text] == []


def test_search_does_not_find_the_bar(tmp_path: Path) -> None:
    files = made(project(tmp_path), "serve")
    assert "Only the preview shows this" in files["policies/a/index.html"]
    assert "Only the preview shows this" not in files["search/search_index.json"]


def test_a_rebuild_shows_what_is_left(tmp_path: Path) -> None:
    folder = project(tmp_path)
    assert "pg-preview" not in made(folder, "serve")["policies/b/index.html"]
    (folder / "policies" / "a.md").write_text(
        WELL.replace("A-2", "A-1").replace("[[A-1]]", "[[A-2]]"), encoding="utf-8"
    )
    (folder / "policies" / "b.md").write_text(
        BAD.replace("A-2", "A-1").replace("id: A-1", "id: A-2"), encoding="utf-8"
    )
    files = made(folder, None)
    assert "pg-preview" not in files["policies/a/index.html"]
    assert "pg-preview" in files["policies/b/index.html"]


def test_what_an_author_types_stays_text(tmp_path: Path) -> None:
    folder = project(tmp_path)
    text = BAD.replace("[[A-9]]", "[[<img src=x onerror=alert(1)>]]")
    (folder / "policies" / "a.md").write_text(text, encoding="utf-8")
    page = made(folder, "serve")["policies/a/index.html"]
    bar = page[page.index('<section class="pg-preview"') :]
    assert "<img" not in bar[: bar.index("</section>")]


def test_a_plugin_that_is_switched_off_shows_nothing(tmp_path: Path) -> None:
    folder = project(tmp_path)
    made(folder, "serve")
    (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Small\ntheme: {name: mkdocs}\nplugins: [search, {policygraph: {enabled: false}}]\n",
        encoding="utf-8",
    )
    assert not any("pg-preview" in text for text in made(folder, None).values())
