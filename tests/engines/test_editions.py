"""Editions: what one may not show exists in none of its files, under every engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_engines import BIN, dead_links, run

from canaries import (
    MESSAGES,
    NOT_PUBLISHED,
    all_canaries,
    canaries_in,
    first_files,
    last_files,
    of_level,
    write_canaries,
)

SITE = "site_name: Small\ntheme: {name: material, font: false}\nplugins:\n  - search\n"
CHECKED = (
    "validation: {links: {anchors: warn, not_found: warn, absolute_links: warn, unrecognized_links: warn}}\n"
)


def project(folder: Path, edition: str, more: str = "", handbook: str = "policies") -> Path:
    write_canaries(folder)
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs/about.md").write_text(
        "# About\n\nSee [[zxintidq|inside]], [also](../policies/zxaudareaq/zxaudfileq.md) and [[PUB-1]].\n"
    )
    (folder / "mkdocs.yml").write_text(
        f"{SITE}  - policygraph: {{handbook: {handbook}, edition: {edition}}}\n{CHECKED}{more}"
    )
    return folder


def kept_from(edition: str, site: Path) -> dict[str, set[str]]:
    found = canaries_in(site)
    levels = {"public": ("int", "aud"), "internal": ("aud",), "auditor": ()}[edition]
    return {word: files for level in levels for word, files in of_level(found, level).items()}


def nothing_else_in(site: Path, edition: str) -> None:
    assert kept_from(edition, site) == {}
    # A link in HTML to a source file leads nowhere under this engine, and stays where its target is shown.
    assert [link for link in dead_links(site) if not link.endswith(".md")] == []


@pytest.mark.parametrize("edition", ["public", "internal"])
def test_nothing_of_another_readership_is_in_a_site(tmp_path: Path, edition: str) -> None:
    run(str(BIN / "mkdocs"), "build", cwd=project(tmp_path, edition))
    nothing_else_in(tmp_path / "site", edition)


def test_the_auditor_s_edition_holds_everything(tmp_path: Path) -> None:
    run(str(BIN / "mkdocs"), "build", cwd=project(tmp_path, "auditor"))
    expected = all_canaries({**first_files(), **last_files()}, MESSAGES)
    assert expected - set(canaries_in(tmp_path / "site")) == NOT_PUBLISHED


@pytest.mark.parametrize("edition", ["public", "internal"])
def test_the_engine_takes_nothing_from_a_handbook_among_the_site_s_own_pages(
    tmp_path: Path, edition: str
) -> None:
    nav = """\
nav:
  - The zxaudnavq: policies/zxaudareaq/zxaudfileq.md
  - Rules:
      - Open: policies/open.md
      - A zxaudtitleq: policies/zxaudareaq/zxaudfileq.de.md
  - The zxaudsectionq:
      - policies/broken.md
  - About: about.md
"""
    folder = project(tmp_path, edition, nav, "docs/policies")
    (folder / "policies").rename(folder / "docs/policies")
    (folder / "docs/policies/extra.css").write_text("p {}")
    (folder / "docs/policies/zxaudunreadq.md").write_bytes(b"x" * 3_000_000)
    about = folder / "docs/about.md"
    about.write_text(about.read_text().replace("../policies", "policies"))
    run(str(BIN / "mkdocs"), "build", cwd=folder)
    site = folder / "site"
    nothing_else_in(site, edition)
    assert (site / "policies/extra.css").exists()
    assert (site / "policies/shared.png").exists()
    assert not (site / "policies/registers").exists()
    assert "inside" in (site / "about/index.html").read_text()


@pytest.mark.parametrize("edition", ["public", "internal"])
def test_links_to_what_is_left_out_are_no_fault(tmp_path: Path, edition: str) -> None:
    folder = project(tmp_path, edition)
    (folder / "policies/broken.md").unlink()
    (folder / "docs/about.md").unlink()
    run(str(BIN / "mkdocs"), "build", "--strict", cwd=folder)
    text = (folder / "site/policies/open/index.html").read_text()
    for number in ("first", "second", "third", "fourth", "fifth", "seventh", "eighth", "ninth", "tenth"):
        assert number in text
    nothing_else_in(folder / "site", edition)


@pytest.mark.parametrize("edition", ["public", "internal"])
def test_properdocs(tmp_path: Path, edition: str) -> None:
    run(str(BIN / "properdocs"), "build", cwd=project(tmp_path, edition))
    nothing_else_in(tmp_path / "site", edition)


@pytest.mark.parametrize("edition", ["public", "internal"])
def test_zensical_and_the_tree_it_is_given(tmp_path: Path, edition: str) -> None:
    write_canaries(tmp_path)
    run(str(BIN / "policygraph"), "render", "out", "--edition", edition, cwd=tmp_path)
    assert kept_from(edition, tmp_path / "out") == {}
    run(str(BIN / "zensical"), "build", cwd=tmp_path / "out")
    assert kept_from(edition, tmp_path / "out/site") == {}
