"""What the engine knows of the text of a published page: its anchors, and its language."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def build(folder: Path, link: str) -> str:
    """Build a handbook of one document, with a page that links to it, and return what the engine said."""
    for path, text in {
        "policies/travel.md": "---\nid: T-1\ntitle: Travel\nowner: people\nsummary: Trains first.\n---\n# Travel\n\n## Trains\n\nFirst.\n",
        "docs/about.md": f"# About\n\n[here](policies/travel.md#{link})\n",
        "mkdocs.yml": "site_name: Small\nplugins: [policygraph]\nvalidation: {links: {anchors: warn}}\n",
    }.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795392000"}
    command = [str(Path(sys.executable).parent / "mkdocs"), "build"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_headings_and_parts_of_ours_are_anchors(tmp_path: Path) -> None:
    assert "does not contain an anchor" not in build(tmp_path / "a", "trains")
    assert "does not contain an anchor" not in build(tmp_path / "b", "pg-references")


def test_a_missing_anchor_is_heard_of(tmp_path: Path) -> None:
    assert "does not contain an anchor '#buses'" in build(tmp_path, "buses")


def test_the_text_of_a_translation_says_its_language(tmp_path: Path) -> None:
    german = "---\ntitle: Reisen\nsummary: Bahn zuerst.\n---\n# Reisen\n\nZuerst die Bahn.\n"
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "travel.de.md").write_text(german, encoding="utf-8")
    build(tmp_path, "trains")
    page = (tmp_path / "site" / "policies" / "travel.de" / "index.html").read_text(encoding="utf-8")
    assert '<p lang="de">Zuerst die Bahn.</p>' in page
    assert '<p class="pg-lead" lang="de">Bahn zuerst.</p>' in page
    original = (tmp_path / "site" / "policies" / "travel" / "index.html").read_text(encoding="utf-8")
    assert '<p class="pg-lead">Trains first.</p>' in original
