"""`--edition` and the entry in mkdocs.yml: whom a build, a tree, an export or a pack is for."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from command_line import CommandLine
from pypdf import PdfReader

from canaries import canaries_in, write_canaries

CONFIGURATION = """\
site_name: Mine
theme: {{name: material, font: false}}
plugins: [search, {{policygraph: {{edition: {}}}}}]
"""
PUBLIC = {"policies/risk/open.md": "---\nid: R-09\ntitle: Open\nvisibility: public\n---\nSee [[R-01|how]].\n"}


def _with(line: CommandLine, edition: str) -> None:
    line.write({"mkdocs.yml": CONFIGURATION.format(edition), "docs/about.md": "# About\n", **PUBLIC})


def test_mkdocs_yml_says_which_edition_and_an_option_comes_before_it(small: CommandLine) -> None:
    _with(small, "public")
    assert small.program("build").code == 0
    assert (small.folder / "site/policies/risk/open/index.html").is_file()
    assert not (small.folder / "site/policies/risk/assessment").exists()
    assert not (small.folder / "site/audit").exists()
    assert not (small.folder / "site/handbook.json").exists()
    assert small.program("build", "--edition", "auditor").code == 0
    assert (small.folder / "site/policies/risk/assessment/index.html").is_file()
    assert (small.folder / "site/audit/index.html").is_file()


def test_an_edition_that_there_is_not_stops_the_build(small: CommandLine) -> None:
    _with(small, "secret")
    result = small.program("build")
    assert result.code == 2
    assert "option 'edition'" in result.err
    assert "'public', 'internal', 'auditor'" in result.err
    assert "Traceback" not in result.err
    assert small("build", "--edition", "secret").code == 2


def test_the_pack_is_for_auditors_whatever_the_website_is(small: CommandLine) -> None:
    _with(small, "public")
    assert small("pack", "--no-pdf", "--today", "2026-11-25").code == 0
    with zipfile.ZipFile(small.folder / "audit-pack.zip") as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    assert {"site/audit/index.html", "site/policies/risk/assessment.html", "handbook.json"} <= names


@pytest.mark.parametrize(("edition", "documents"), [("public", ["R-09"]), ("internal", None)])
def test_exports_of_an_edition(small: CommandLine, edition: str, documents: list[str] | None) -> None:
    small.write(PUBLIC)
    result = small("export", "json", "--edition", edition)
    found = [one["id"] for one in json.loads(result.out)["documents"]]
    whole = [one["id"] for one in json.loads(small("export", "json").out)["documents"]]
    assert found == (documents if documents is not None else whole)
    assert ("Gareth" in result.out) == (edition != "public")


def test_the_public_edition_on_paper(small: CommandLine) -> None:
    write_canaries(small.folder)
    small.write(
        {"policies/registers/organisation.yml": "roles: {keeper: {title: Keeper, holders: [Zxintholderq]}}\n"}
    )
    (small.folder / "out").mkdir()
    assert small("export", "pdf", "--edition", "public", "-o", "out/book.pdf").code == 0
    reader = PdfReader(io.BytesIO((small.folder / "out/book.pdf").read_bytes()))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Open" in text
    (small.folder / "out/book.txt").write_text(text + str(reader.metadata) + str(reader.outline))
    (small.folder / "out/book.pdf").unlink()
    assert canaries_in(small.folder / "out") == {}
