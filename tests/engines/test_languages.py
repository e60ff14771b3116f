"""A handbook in German under every engine: what is ours and what is the theme's speak German alike."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent

FILES = {
    "policies/handbook.yml": "name: Backstube\nlanguage: de\n",
    "policies/reisen.md": """\
---
id: R-1
title: Reisen
type: policy
owner: people
summary: Zuerst die Bahn.
why: Wer fliegt, kommt müde an.
---
# Reisen

Sie müssen Reisen vor der Buchung genehmigen lassen. Siehe [[R-2]].

## In Notfällen

Sie dürfen ohne Genehmigung reisen.

Die Belege müssen jeden Monat eingereicht werden.
""",
    "policies/buchung.md": "---\nid: R-2\ntitle: Buchung\nowner: people\nsummary: So wird gebucht.\nlang: en\n---\n# Buchung\n\nAsk the desk.\n\nYou must pay by card.\n\n## Cards\n\nSee [Reisen](reisen.md#in-notfällen).\n",
    "policies/registers/organisation.yml": "roles:\n  people: {title: Personal}\n",
    "mkdocs.yml": "site_name: Klein\ntheme: {name: THEME}\nplugins: [search, policygraph]\nmarkdown_extensions: [toc: {permalink: true}]\nvalidation: {links: {anchors: warn}}\n",
}


def built(folder: Path, theme: str, *command: str) -> Path:
    """Build the handbook, where a warning is a failure, and return the site."""
    for path, text in FILES.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("THEME", theme), encoding="utf-8")
    (folder / "docs").mkdir()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795392000"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.mark.parametrize(
    ("engine", "theme"),
    [("mkdocs", "material"), ("mkdocs", "mkdocs"), ("mkdocs", "readthedocs"), ("properdocs", "material")],
)
def test_theme_and_pages_speak_the_handbook_s_language(tmp_path: Path, engine: str, theme: str) -> None:
    configuration = ("-f", "mkdocs.yml") if engine == "properdocs" else ()
    site = built(tmp_path, theme, str(BIN / engine), "build", "--strict", *configuration)
    home = (site / "index.html").read_text("utf-8")
    assert re.search('<html [^>]*lang="de"', home)
    assert "Was von mir erwartet wird" in home
    assert "Nach Bereich" in home
    script = (site / "assets/policygraph/policygraph.js").read_text("utf-8")
    assert '"Tabelle filtern"' in script or "Tabelle filtern" in script.encode().decode("unicode_escape")
    missing = (site / "404.html").read_text("utf-8")
    assert re.search(r"<h1>Diese Seite gibt es nicht<", missing)
    assert re.search(r'<a href="/(?:\.|index\.html)?">Startseite</a>', missing)
    assert 'data-pg-find="' in missing
    assert "Not found" not in missing
    # Findings are English, as the rules are, and say so.
    findings = (site / "audit/findings/index.html").read_text("utf-8")
    assert '<p class="pg-finding-message" lang="en">This is promised every month, and' in findings
    for page in site.rglob("*.html"):
        assert "Permanent link" not in page.read_text("utf-8")
    # What is in another language than the interface says so, and nothing else does.
    booking = (site / "policies/buchung/index.html").read_text("utf-8")
    assert '<p lang="en">Ask the desk.</p>' in booking
    assert re.search('<p lang="en"><span class="pg-passage"[^>]*>You must pay', booking)
    assert 'lang="de"' not in (site / "policies/reisen/index.html").read_text("utf-8").partition("<body")[2]


def test_a_site_s_own_page_for_what_is_missing_stays(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "404.html").write_text('{% extends "main.html" %}{% block content %}Weg{% endblock %}', "utf-8")
    site = built(tmp_path, f"material, custom_dir: {own}", str(BIN / "mkdocs"), "build", "--strict")
    missing = (site / "404.html").read_text("utf-8")
    assert "Weg" in missing
    assert "Diese Seite gibt es nicht" not in missing


def test_a_theme_s_own_language_stays(tmp_path: Path) -> None:
    site = built(tmp_path, "material, language: fr", str(BIN / "mkdocs"), "build", "--strict")
    assert '<html lang="fr"' in (site / "index.html").read_text("utf-8")


def test_zensical_builds_it_from_rendered_pages(tmp_path: Path) -> None:
    built(tmp_path, "material", str(BIN / "policygraph"), "render", "pages", "--for", "zensical")
    written = (tmp_path / "pages/mkdocs.yml").read_text("utf-8")
    assert "language: de" in written
    assert "Dunkle Farben verwenden" in written
    done = subprocess.run(
        [str(BIN / "zensical"), "build"], cwd=tmp_path / "pages", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    home = (tmp_path / "pages/site/index.html").read_text("utf-8")
    assert '<html lang="de"' in home
    assert "Was von mir erwartet wird" in home
    missing = (tmp_path / "pages/site/404.html").read_text("utf-8")
    assert "<h1>Diese Seite gibt es nicht<" in missing
    assert re.search(r'<a href="/?\.?/?">Startseite</a>', missing)
    # What is in another language than the interface says so, and nothing else does.
    booking = (tmp_path / "pages/site/policies/buchung/index.html").read_text("utf-8")
    told = re.search(r'<div lang="en">(.*?)</div>', booking, re.DOTALL)
    assert told is not None
    assert "<p>Ask the desk.</p>" in told[1]
    assert re.search('<p><span class="pg-passage" id="[^"]+">You must pay', told[1])
    assert '<h2 id="cards">Cards<' in told[1]
    assert re.search('<h1 [^>]*lang="en"[^>]*>Buchung', booking)
    assert 'href="#cards"' in booking.replace(told[0], "")
    assert 'href="../reisen/#in-notfällen"' in told[1]
    assert "markdown=" not in booking
    assert "<div lang=" not in (tmp_path / "pages/docs/policies/reisen.md").read_text("utf-8")


def test_a_configuration_of_one_s_own_gets_no_markdown_that_it_cannot_read(tmp_path: Path) -> None:
    render = (str(BIN / "policygraph"), "render", "pages")
    built(tmp_path, "material", *render)
    booking = tmp_path / "pages/docs/policies/buchung.md"
    assert '<div lang="en" markdown="1">' in booking.read_text("utf-8")
    configuration = tmp_path / "pages/mkdocs.yml"
    written = configuration.read_text("utf-8")
    configuration.write_text(written.replace("- md_in_html\n", ""), encoding="utf-8")
    subprocess.run(render, cwd=tmp_path, check=True, capture_output=True)
    assert "markdown=" not in booking.read_text("utf-8")
    configuration.write_text(f"{written}\n# mine\n", encoding="utf-8")
    subprocess.run(render, cwd=tmp_path, check=True, capture_output=True)
    assert '<div lang="en" markdown="1">' in booking.read_text("utf-8")


def test_a_language_without_a_catalogue_is_answered_in_english(tmp_path: Path) -> None:
    site = built(tmp_path, "material", str(BIN / "mkdocs"), "build", "--strict")
    file = tmp_path / "policies/handbook.yml"
    file.write_text("name: Backstube\nlanguage: nl\n", encoding="utf-8")
    subprocess.run(
        [str(BIN / "mkdocs"), "build", "--strict", "-q"],
        cwd=tmp_path,
        check=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795392000"},
    )
    assert '<html lang="en"' in (site / "index.html").read_text("utf-8")
    assert '<p lang="nl">Sie dürfen ohne' in (site / "policies/reisen/index.html").read_text("utf-8")
