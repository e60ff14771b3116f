"""Where a document stands that the navigation has no room to name."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_a_document_of_a_large_area_shows_which_part_of_the_handbook_it_is_in(
    engine: str, tmp_path: Path
) -> None:
    area = tmp_path / "policies/people"
    area.mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / f"{engine}.yml").write_text(
        "site_name: Many\ntheme: {name: material, font: false, features: [navigation.tabs]}\n"
        "plugins: [policygraph]\n"
    )
    for number in range(30):
        (area / f"d{number}.md").write_text(f"---\ntitle: D{number}\n---\n# D{number}\n\nYou must wait.\n")
    (tmp_path / "policies/alone.md").write_text("# Alone\n\nYou must wait.\n")
    done = subprocess.run([str(BIN / engine), "build"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/policies/people/d7/index.html").read_text(encoding="utf-8")
    (tab,) = re.findall(r'<li class="md-tabs__item md-tabs__item--active">\s*<a[^>]*>\s*(.*?)\s*<', page)
    assert tab == "Areas"
    column = page[page.index('data-md-type="navigation"') :]
    assert "areas/people/" in column
    assert "people/d8/" not in column.partition("</nav>")[0]
