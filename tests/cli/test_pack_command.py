"""The pack that an auditor takes away: complete, whole, and the same every time."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command_line import CommandLine

from policygraph.cli import pack as pack_module
from policygraph.model.history import History, Keeping
from policygraph.publishing.pack import folder_name, made_from, sums

DAY = ("--today", "2026-11-25")
TOP = "small-handbook-2026-11-25"


def contents(path: Path) -> dict[str, bytes]:
    """The files of a pack by their paths below its folder."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert all(name.startswith(f"{TOP}/") for name in names)
        return {name.removeprefix(f"{TOP}/"): archive.read(name) for name in names}


def test_a_pack_holds_site_data_pdfs_and_sums(small: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    result = small("pack", *DAY)
    assert result.code == 0
    assert "SOURCE_DATE_EPOCH" not in os.environ
    file = small.folder / "audit-pack.zip"
    assert f"SHA-256 {hashlib.sha256(file.read_bytes()).hexdigest()}" in result.out
    found = contents(file)
    assert {"README.txt", "index.html", "SHA256SUMS", "handbook.json", "site/index.html"} <= found.keys()
    assert "site/audit/register.html" in found
    assert "site/search/search_index.js" in found
    assert {f"pdf/documents/r-0{n}.pdf" for n in range(1, 6)} <= found.keys()
    assert found["pdf/handbook.pdf"].startswith(b"%PDF-1.7")
    assert json.loads(found["handbook.json"])["date"] == "2026-11-25"
    assert not [name for name in found if name.endswith((".map", "sitemap.xml", "404.html"))]
    readme = found["README.txt"].decode()
    assert "As of: 25 November 2026" in readme
    assert "what git knows of them is not recorded" in readme
    listed = dict(reversed(line.split("  ")) for line in found["SHA256SUMS"].decode().splitlines())
    assert listed == {n: hashlib.sha256(c).hexdigest() for n, c in found.items() if n != "SHA256SUMS"}


def test_two_packs_of_one_state_are_the_same_bytes(small: CommandLine) -> None:
    for name, seed in (("one.zip", "1"), ("two.zip", "2")):
        result = small.program("pack", "--no-pdf", "-o", name, *DAY, environment={"PYTHONHASHSEED": seed})
        assert result.code == 0, result.err
    assert (small.folder / "one.zip").read_bytes() == (small.folder / "two.zip").read_bytes()


def test_all_processors_make_the_same_pdfs(small: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    import policygraph.cli.typesetting as typesetting

    assert small("pack", "-o", "one.zip", *DAY).code == 0
    monkeypatch.setattr(typesetting, "_WORTH_A_PROCESS", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert small("pack", "-o", "two.zip", *DAY).code == 0
    assert (small.folder / "one.zip").read_bytes() == (small.folder / "two.zip").read_bytes()


def test_no_page_asks_another_host_and_everybody_can_check_the_sums(small: CommandLine) -> None:
    small.write(
        {"policies/risk/waste.md": "---\nid: R-05\ntitle: Waste\n---\n![x](https://tracker.example/x.png)\n"}
    )
    assert small("pack", "--no-pdf", *DAY).code == 0
    found = contents(small.folder / "audit-pack.zip")
    pages = [text.decode() for name, text in found.items() if name.endswith(".html")]
    assert not any("tracker.example" in page for page in pages)
    assert not any('src="http' in page or "unpkg.com" in page for page in pages)
    assert "fetch from other hosts: 1 in all" in found["README.txt"].decode()
    with zipfile.ZipFile(small.folder / "audit-pack.zip") as archive:
        archive.extractall(small.folder / "unpacked")
    folder = small.folder / "unpacked" / TOP
    check = ["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode == 0
    (folder / "site/index.html").write_text("changed")
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode == 1


def test_a_site_of_its_own_theme_is_packed_with_a_search_that_needs_no_server(small: CommandLine) -> None:
    small.write(
        {
            "mkdocs.yml": "site_name: Small\nrepo_url: https://github.com/x/y\ntheme: {name: mkdocs}\n"
            "plugins: [search, policygraph]\n",
            "docs/own.md": "# Our own page\n",
        }
    )
    assert small("pack", "--no-pdf", *DAY).code == 0
    found = contents(small.folder / "audit-pack.zip")
    assert "site/own.html" in found
    assert "site/assets/policygraph/places.js" in found
    assert b"assets/policygraph/find.js" in found["site/own.html"]
    assert b"github.com/x/y" not in found["site/own.html"]


def test_a_handbook_that_the_site_names(small: CommandLine) -> None:
    (small.folder / "policies").rename(small.folder / "rules")
    small.write(
        {"own.yml": "site_name: S\ntheme: {name: mkdocs}\nplugins: [{policygraph: {handbook: rules}}]\n"}
    )
    (small.folder / "docs").mkdir()
    assert small("pack", "--no-pdf", "-f", "own.yml", *DAY).code == 0
    assert "site/rules/risk/waste.html" in contents(small.folder / "audit-pack.zip")


def test_a_pack_of_the_past(small: CommandLine) -> None:
    commit(small.folder, "2026-03-01")
    small.write({"policies/risk/waste.md": "---\nid: R-05\ntitle: Waste\n---\nBurn it.\n"})
    commit(small.folder, "2026-05-01")
    for output in ("one.zip", "two.zip"):
        assert small("pack", "--no-pdf", "--at", "2026-04-01", "-o", output).code == 0
    file = small.folder / "one.zip"
    assert file.read_bytes() == (small.folder / "two.zip").read_bytes()
    with zipfile.ZipFile(file) as archive:
        top = "small-handbook-2026-04-01"
        assert b"Into the bin" in archive.read(f"{top}/site/policies/risk/waste.html")
        assert b"as it stood on 1 April 2026" in archive.read(f"{top}/README.txt").replace(b"\n", b" ")


def commit(folder: Path, day: str) -> None:
    """Commit everything, on a day."""
    at = f"{day}T12:00:00Z"
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b.example", "GIT_AUTHOR_DATE": at}
    who |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b.example", "GIT_COMMITTER_DATE": at}
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", *command], cwd=folder, check=True, env={**os.environ, **who})


def test_nothing_is_left_where_the_work_stops(small: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    (small.folder / "audit-pack.zip").write_text("yesterday's")

    def fails(digests: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pack_module, "sums", fails)
    result = small("pack", "--no-pdf", *DAY)
    assert result.code == 2
    assert (small.folder / "audit-pack.zip").read_text() == "yesterday's"
    assert [p.name for p in small.folder.iterdir() if p.name.startswith(".policygraph")] == []


@pytest.mark.parametrize(("output", "message"), [("policies", "is a folder"), ("no/x.zip", "does not exist")])
def test_where_it_cannot_be_written(small: CommandLine, output: str, message: str) -> None:
    result = small("pack", "-o", output)
    assert result.code == 2
    assert message in result.err


def test_a_day_before_there_were_zip_files() -> None:
    assert pack_module.entry("a", dt.date(1979, 5, 1)).date_time == (1980, 1, 1, 0, 0, 0)


def test_which_state_a_pack_was_made_from() -> None:
    assert "not recorded" in made_from(History())
    known = History(Keeping.WHOLE, "", "main", "abc")
    assert made_from(known) == "Commit abc of the branch main."
    changed = History(Keeping.WHOLE, "", "main", "abc", uncommitted=frozenset({"a.md"}))
    assert made_from(changed).endswith("with changes to 1 file that are in no commit.")


def test_names_that_no_file_system_could_bear() -> None:
    day = dt.date(2026, 1, 2)
    assert folder_name("../../Häßlich: «x»\n", day) == "h-lich-x-2026-01-02"
    assert folder_name("手册", day) == "handbook-2026-01-02"
    assert sums({"b\\c": "1", "a\nb": "2"}) == "\\2  a\\nb\n\\1  b\\\\c\n"


def test_without_a_typesetter_the_pack_says_how_to_go_on(
    small: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    result = small("pack")
    assert result.code == 2
    assert 'python -m pip install "policygraph[pdf]"' in result.err
    assert result.err.endswith("Without PDFs: policygraph pack --no-pdf\n")
