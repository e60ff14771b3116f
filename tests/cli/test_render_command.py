from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from command_line import CommandLine

MARKER = ".policygraph-render.json"


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_tree_with_pages_exports_and_configuration(small: CommandLine) -> None:
    small.write({"policies/risk/plan.pdf": b"%PDF"})
    result = small("render", "out", "--today", "2026-01-01")
    assert result.code == 0
    files = _files(small.folder / "out")
    assert {
        "mkdocs.yml",
        "docs/index.md",
        "docs/handbook.json",
        "docs/register.csv",
        "docs/policies/risk/impact.md",
    } <= set(files)
    assert files["docs/policies/risk/plan.pdf"] == b"%PDF"
    assert not any(
        name.startswith("docs/policies/registers") or name.endswith("handbook.yml") for name in files
    )
    configuration = yaml.safe_load(files["mkdocs.yml"])
    assert configuration["site_name"] == "Small handbook"
    assert configuration["theme"]["font"] is False
    assert configuration["docs_dir"] == "docs"


def test_the_second_time_nothing_is_written(small: CommandLine) -> None:
    small("render", "out", "--today", "2026-01-01")
    before = {p: p.stat().st_mtime_ns for p in (small.folder / "out/docs").rglob("*")}
    result = small("render", "out", "--today", "2026-01-01")
    assert "0 files written" in result.out
    assert {p: p.stat().st_mtime_ns for p in (small.folder / "out/docs").rglob("*")} == before


def test_what_is_gone_from_the_handbook_goes_from_the_tree(small: CommandLine) -> None:
    small.write({"policies/old/gone.md": "# Gone\n"})
    small("render", "out")
    (small.folder / "out/docs/mine.md").write_text("mine")
    (small.folder / "policies/old/gone.md").unlink()
    result = small("render", "out")
    assert "removed" in result.out
    assert not (small.folder / "out/docs/policies/old").exists()
    assert (small.folder / "out/docs/mine.md").read_text() == "mine"


def test_a_configuration_that_was_changed_is_kept(small: CommandLine) -> None:
    small("render", "out")
    configuration = small.folder / "out/mkdocs.yml"
    configuration.write_text("site_name: Mine\n")
    for _ in range(2):
        result = small("render", "out")
        assert "mkdocs.yml has been changed" in result.out
        assert configuration.read_text() == "site_name: Mine\n"
    small("render", "out", "--force")
    assert "Small handbook" in configuration.read_text()


def test_a_page_that_was_changed_is_written_again(small: CommandLine) -> None:
    small("render", "out")
    page = small.folder / "out/docs/policies/risk/impact.md"
    right = page.read_text()
    page.write_text("wrong")
    assert "1 file written" in small("render", "out").out
    assert page.read_text() == right


def test_a_folder_with_something_else_is_refused_unless_forced(small: CommandLine) -> None:
    (small.folder / "out").mkdir()
    (small.folder / "out/thesis.txt").write_text("years of work")
    result = small("render", "out")
    assert result.code == 2
    assert "--force" in result.err
    assert _files(small.folder / "out") == {"thesis.txt": b"years of work"}
    assert small("render", "out", "--force").code == 0
    assert (small.folder / "out/thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("folder", [".", "policies", "policies/out", "..", "policies/../policies"])
def test_the_handbook_itself_is_refused(small: CommandLine, folder: str) -> None:
    for force in ([], ["--force"]):
        result = small("render", folder, *force)
        assert result.code == 2
        assert "Choose a folder of its own" in result.err


def test_a_link_into_the_handbook_is_refused(small: CommandLine) -> None:
    (small.folder / "sly").symlink_to("policies")
    assert small("render", "sly", "--force").code == 2


def test_a_file_where_the_folder_should_be(small: CommandLine) -> None:
    (small.folder / "out").write_text("")
    result = small("render", "out")
    assert result.code == 2
    assert "is a file, not a folder" in result.err


def test_a_link_in_the_tree_is_not_followed(small: CommandLine) -> None:
    outside = small.folder / "outside"
    outside.mkdir()
    (small.folder / "out").mkdir()
    (small.folder / "out/docs").symlink_to(outside)
    result = small("render", "out", "--force")
    assert result.code == 2
    assert "symbolic link" in result.err
    assert _files(outside) == {}


def test_a_link_in_the_place_of_a_page_is_replaced(small: CommandLine) -> None:
    small("render", "out")
    secret = small.folder / "secret.md"
    secret.write_text("secret")
    page = small.folder / "out/docs/index.md"
    page.unlink()
    page.symlink_to(secret)
    assert small("render", "out").code == 0
    assert not page.is_symlink()
    assert secret.read_text() == "secret"


@pytest.mark.parametrize("path", ["../victim.txt", "/tmp/victim", "docs/../../victim.txt", "", "a\\..\\b"])
def test_a_marker_cannot_take_away_what_lies_outside(small: CommandLine, path: str) -> None:
    small("render", "out")
    victim = small.folder / "victim.txt"
    victim.write_text("alive")
    marker = small.folder / "out" / MARKER
    data = json.loads(marker.read_text())
    data["files"][path] = "0" * 64
    marker.write_text(json.dumps(data))
    assert small("render", "out").code == 0
    assert victim.read_text() == "alive"


@pytest.mark.parametrize("content", ["", "[]", '{"files": 5}', "\x00"])
def test_a_damaged_marker_is_said_to_be_damaged(small: CommandLine, content: str) -> None:
    small("render", "out")
    (small.folder / "out" / MARKER).write_text(content)
    result = small("render", "out")
    assert result.code == 2
    assert "damaged" in result.err


def test_two_renders_of_one_handbook_are_the_same(small: CommandLine) -> None:
    small("render", "one", "--today", "2026-01-01")
    small("render", "two", "--today", "2026-01-01")
    assert _files(small.folder / "one") == _files(small.folder / "two")
