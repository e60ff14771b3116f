from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import CommandLine
from openpyxl import load_workbook


def test_json_has_the_day_it_is_told(small: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads(small("export", "json", "--today", "2026-02-03").out)["date"] == "2026-02-03"
    assert json.loads(small("--today", "2026-02-03", "export", "json").out)["date"] == "2026-02-03"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert json.loads(small("export", "json").out)["date"] == "1970-01-02"


def test_two_runs_give_the_same_bytes(small: CommandLine) -> None:
    for form in ("json", "register", "references", "mentions"):
        first, second = (small.program("export", form, "--today", "2026-01-01").out for _ in range(2))
        assert first == second


@pytest.mark.parametrize(("form", "rows"), [("register", 5), ("references", 3), ("mentions", 1)])
def test_tables(small: CommandLine, form: str, rows: int) -> None:
    out = small("export", form).out
    assert len(list(csv.DictReader(io.StringIO(out)))) == rows
    assert "\r" not in out


def test_a_file_is_written_whole(small: CommandLine) -> None:
    target = small.folder / "out.csv"
    target.write_text("old")
    target.chmod(0o640)
    result = small("export", "register", "-o", "out.csv")
    assert (result.code, result.out) == (0, "")
    assert target.read_text().startswith("id,title,")
    assert target.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in small.folder.iterdir() if p.name.startswith(".policygraph")] == []


def test_a_link_to_a_file_stays_a_link(small: CommandLine) -> None:
    (small.folder / "real.csv").write_text("")
    (small.folder / "link.csv").symlink_to("real.csv")
    small("export", "register", "-o", "link.csv")
    assert (small.folder / "link.csv").is_symlink()
    assert (small.folder / "real.csv").read_text().startswith("id,")


def test_a_device_is_written_as_it_stands(small: CommandLine) -> None:
    assert small("export", "register", "-o", "/dev/null").code == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("output", "message"), [("policies", "is a folder"), ("no/such/place.csv", "does not exist")]
)
def test_an_output_that_cannot_be_written(small: CommandLine, output: str, message: str) -> None:
    result = small("export", "register", "-o", output)
    assert result.code == 2
    assert message in result.err
    assert result.err.startswith("policygraph: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(small: CommandLine) -> None:
    locked = small.folder / "locked"
    locked.mkdir(mode=0o500)
    result = small("export", "register", "-o", "locked/out.csv")
    assert result.code == 2
    assert "Permission denied" in result.err


def test_an_unknown_format(small: CommandLine) -> None:
    result = small("export", "docx")
    assert result.code == 2
    assert "'register'" in result.err


def test_the_workbook_holds_every_table(small: CommandLine) -> None:
    assert small("export", "xlsx", "-o", "book.xlsx").code == 0
    names = load_workbook(small.folder / "book.xlsx").sheetnames
    assert names[:3] == ["About", "Register", "References"]


@pytest.mark.parametrize("arguments", [["export", "json"], ["check"], ["rules"]])
def test_a_reader_that_leaves_early_is_no_failure(small: CommandLine, arguments: list[str]) -> None:
    small.write({f"policies/many/{n}.md": f"# Number {n}\n\n[[none {n}]]\n" for n in range(400)})
    command = [sys.executable, "-m", "policygraph", *arguments]
    process = subprocess.Popen(command, cwd=small.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) in (0, 1, 141)
    assert errors == b""


APPLICABILITY = 'iso-42001:\n  A.2.2: {applies: true, because: "We want it.", status: planned}\n'


def test_oscal_speaks_of_the_framework_named(small: CommandLine) -> None:
    registers = small.folder / "policies" / "registers"
    registers.mkdir(exist_ok=True)
    (registers / "applicability.yml").write_text(APPLICABILITY)
    plan = json.loads(small("export", "oscal-ssp", "--framework", "ISO-42001", "--today", "2026-02-03").out)
    assert plan["system-security-plan"]["metadata"]["last-modified"] == "2026-02-03T00:00:00+00:00"
    assert list(json.loads(small("export", "oscal-profile").out)) == ["profile"]
    catalog = json.loads(small("export", "oscal-catalog", "--framework", "iso-42001").out)
    assert "42001" in catalog["catalog"]["metadata"]["title"]
    assert list(json.loads(small("export", "oscal-component-definition").out)) == ["component-definition"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("oscal-ssp",), "Nothing is decided about any control"),
        (("oscal-catalog", "--framework", "iso-42002"), "There is no framework 'iso-42002' here."),
        (("register", "--framework", "iso-42001"), "--framework goes with the OSCAL forms only."),
    ],
)
def test_oscal_about_nothing_is_wrong_use(small: CommandLine, words: tuple[str, ...], expected: str) -> None:
    result = small("export", *words)
    assert result.code == 2
    assert expected in result.err
