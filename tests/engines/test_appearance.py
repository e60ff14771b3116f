"""Name, description, logo and colours of a site come from handbook.yml alone, where the handbook is what it is for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from builders import write

BIN = Path(sys.executable).parent
SETTINGS = """\
name: Bakery rules
description: "What we bake by."
appearance: {colour: "#8a1c4a", logo: mark.svg}
"""
FILES = {
    "policies/handbook.yml": SETTINGS,
    "policies/a.md": "# Alpha\n\nBread.\n",
    "policies/mark.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "docs/own.md": "# Own\n",
}


def _built(folder: Path, theme: str, more: dict[str, str] | None = None) -> Path:
    configuration = f"site_name: Something else\ntheme: {{name: {theme}}}\nplugins: [search, policygraph]\n"
    write(folder, {**FILES, "mkdocs.yml": configuration, **(more or {})})
    subprocess.run(
        [str(BIN / "mkdocs"), "build", "-q", "--strict"], cwd=folder, check=True, capture_output=True
    )
    return folder / "site"


def test_material_needs_no_word_of_it_in_mkdocs_yml(tmp_path: Path) -> None:
    site = _built(tmp_path, "material")
    page = (site / "policies/a/index.html").read_text(encoding="utf-8")
    assert "<title>Alpha - Bakery rules</title>" in page
    assert "Something else" not in page
    assert 'src="../../assets/policygraph/logo.svg"' in page
    assert 'data-md-color-scheme="default"' in page
    assert "(prefers-color-scheme: dark)" in page
    assert page.index("policygraph/policygraph.css") < page.index("policygraph/appearance.css")
    assert "#8a1c4a" in (site / "assets/policygraph/appearance.css").read_text(encoding="utf-8")
    assert (site / "assets/policygraph/logo.svg").read_text(encoding="utf-8") == FILES["policies/mark.svg"]


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_other_themes_take_what_they_know(tmp_path: Path, theme: str) -> None:
    page = (_built(tmp_path, theme) / "policies/a/index.html").read_text(encoding="utf-8")
    assert "Bakery rules" in page
    assert "policygraph/appearance.css" in page


def test_a_site_with_a_front_page_of_its_own_keeps_its_name(tmp_path: Path) -> None:
    site = _built(tmp_path, "material", {"docs/index.md": "# Welcome\n"})
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "<title>Something else</title>" in page
    assert "logo.svg" not in page
