"""`check --fix`: what it changes, what it leaves, and that it writes whole files or none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine

from builders import TODAY
from policygraph.cli import writing
from policygraph.cli.mending import mended
from policygraph.cli.opening import Files, Opened
from policygraph.reading import handbook_files, rereading
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.resolve import resolve
from repositories import Repo

A = b"""\
\xef\xbb\xbf---\r
title: Access   # as on the intranet\r
onwer: 'it'\r
why: Because of ticket #4711\r
references: [ b ]\r
---\r
# Access\r
\r
See the [backups](old/b.md), as the Backup plan says. Then see [[b-o]].\r
"""
B = "---\nid: B-O1\ntitle: Backup plan\nowner: it\nsummary: Copies.\naliases: [b]\n---\n# Backup plan\n\nSee [[a]].\n"
FILES = {"policies/a.md": A, "policies/b.md": B}


def test_safe_fixes_change_what_they_mean_to_and_nothing_else(empty: CommandLine) -> None:
    empty.write(FILES)
    result = empty("check", "--fix")
    found = (empty.folder / "policies/a.md").read_bytes()
    wanted = A.replace(b"Because of ticket #4711", b'"Because of ticket #4711"').replace(b"old/b.md", b"b.md")
    assert found == wanted
    assert result.err == (
        "1 file changed: policies/a.md. 2 fixes left for you, since they change what a text says or means: "
        "look with --fix --unsafe --diff.\n"
    )
    assert "PG109" not in result.out
    assert "PG202" not in result.out
    assert result.code == 1  # [[b-o]] is still an error


def test_unsafe_fixes_are_made_when_asked_for(empty: CommandLine) -> None:
    empty.write(FILES)
    result = empty("check", "--fix", "--unsafe")
    found = (empty.folder / "policies/a.md").read_bytes()
    assert b"owner: 'it'\r\n" in found
    assert b"see [[B-O1]].\r\n" in found
    assert found.startswith(b"\xef\xbb\xbf---\r\ntitle: Access   # as on the intranet\r\n")
    assert result.code == 0


def test_a_second_run_changes_nothing(empty: CommandLine) -> None:
    empty.write(FILES)
    empty("check", "--fix", "--unsafe")
    before = {path: path.read_bytes() for path in (empty.folder / "policies").iterdir()}
    stamps = {path: path.stat().st_mtime_ns for path in before}
    assert "Nothing to fix by itself." in empty("check", "--fix", "--unsafe").err
    assert {path: path.read_bytes() for path in before} == before
    assert {path: path.stat().st_mtime_ns for path in before} == stamps


def test_a_diff_writes_nothing(empty: CommandLine) -> None:
    empty.write(FILES)
    result = empty("check", "--diff")
    assert '-why: Because of ticket #4711\n+why: "Because of ticket #4711"\n' in result.out
    assert result.out.startswith("--- policies/a.md\n+++ policies/a.md\n@@")
    assert "1 file would change: policies/a.md." in result.err
    assert (empty.folder / "policies/a.md").read_bytes() == A
    assert "+owner: 'it'" in empty("check", "--fix", "--unsafe", "--diff").out
    assert (empty.folder / "policies/a.md").read_bytes() == A
    assert "\x1b" not in result.out


def test_only_what_is_selected_is_fixed(empty: CommandLine) -> None:
    empty.write(FILES)
    empty("check", "--fix", "--select", "PG202")
    assert (empty.folder / "policies/a.md").read_bytes() == A.replace(b"old/b.md", b"b.md")


def test_what_an_author_allows_stays(empty: CommandLine) -> None:
    empty.write(
        {
            "policies/a.md": '---\nallow: {PG202: "The site has it."}\n---\nSee [backups](old/b.md).\n',
            "policies/b.md": B,
        }
    )
    empty("check", "--fix")
    assert "old/b.md" in (empty.folder / "policies/a.md").read_text()


def test_a_fix_that_would_raise_another_finding_is_not_made(empty: CommandLine) -> None:
    # The link would lead to a document that is retired.
    files = {
        "policies/a.md": "---\ntitle: A\n---\nSee [old](x/old.md) and [this](y/c.md).\n",
        "policies/old.md": "---\ntitle: Old\nstatus: retired\n---\nGone.\n",
        "policies/c.md": "---\ntitle: C\n---\nText.\n",
    }
    empty.write(files)
    result = empty("check", "--fix")
    assert "1 fix not made, since another finding would follow (PG205)." in result.err
    text = (empty.folder / "policies/a.md").read_text()
    assert "(x/old.md)" in text
    assert "(c.md)" in text


def test_a_renamed_document_keeps_its_old_id_though_others_must_look_again(empty: CommandLine) -> None:
    repo = Repo(empty.folder)
    front = "---\nid: {id}\ntitle: {id} title\nowner: it\nsummary: Something.\n"
    relies = 'references: [{{to: A-9, relation: depends on, because: "It must."}}]\n---\nSee [[A-9]].\n'
    kept = front.format(id="A-9") + "---\nKeep it for 24 hours.\n"
    user = (front + relies).format(id="B-1")
    repo.commit("2026-01-01", {"policies/a.md": kept, "policies/b.md": user})
    empty("review", "B-1", "--by", "Ada", "--as", "it", "--outcome", "approved", "--date", "2026-01-02")
    repo.commit("2026-01-02")
    changed = kept.replace("A-9", "A-25").replace("24", "72")
    empty.write({"policies/a.md": changed})
    assert empty("check", "--severity", "error").out.count("PG201 There") == 2
    result = empty("check", "--fix")
    assert (empty.folder / "policies/a.md").read_text() == changed.replace(
        "id: A-25\n", "id: A-25\nformer_ids: [A-9]\n"
    )
    assert "There is no document" not in result.out
    # Only now can it be seen that B-1 relies on what has changed.
    assert "PG430" in result.out


def test_links_to_other_files_and_what_is_not_utf_8_are_left_alone(empty: CommandLine) -> None:
    empty.write({"policies/real.md": "title: A\n---\nText.\n", "policies/b.md": b"title: B\n---\nCaf\xe9\n"})
    (empty.folder / "policies/link.md").symlink_to("real.md")
    empty("check", "--fix")
    assert (empty.folder / "policies/real.md").read_text() == "---\ntitle: A\n---\nText.\n"
    assert (empty.folder / "policies/b.md").read_bytes() == b"title: B\n---\nCaf\xe9\n"
    assert (empty.folder / "policies/link.md").is_symlink()


def test_all_files_are_written_or_none(empty: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"policies/{name}.md": f"title: {name}\n---\nText.\n" for name in "abc"}
    empty.write(files)
    replace = Path.replace
    calls: list[Path] = []

    def fails_at_the_third(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails_at_the_third)
    result = empty("check", "--fix")
    monkeypatch.undo()
    assert result.code == 2
    assert "No space left on device" in result.err
    assert {f"policies/{p.name}": p.read_text() for p in (empty.folder / "policies").iterdir()} == files


def test_a_file_that_changes_meanwhile_is_not_overwritten(
    empty: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policygraph.cli import mending

    empty.write(FILES)
    write = mending.write

    def somebody_saves(*arguments: object) -> None:
        (empty.folder / "policies/a.md").write_text("Mine.\n")
        write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(mending, "write", somebody_saves)
    result = empty("check", "--fix")
    assert result.code == 2
    assert "was changed meanwhile" in result.err
    assert (empty.folder / "policies/a.md").read_text() == "Mine.\n"


def test_permissions_stay(empty: CommandLine) -> None:
    empty.write(FILES)
    path = empty.folder / "policies/a.md"
    path.chmod(0o640)
    empty("check", "--fix")
    assert path.stat().st_mode & 0o777 == 0o640
    assert not list(path.parent.glob(".policygraph-*"))


def test_replacing_nothing_is_fine() -> None:
    writing.replace_all({})


def test_unsafe_goes_with_fix(empty: CommandLine) -> None:
    empty.write(FILES)
    result = empty("check", "--unsafe")
    assert result.code == 2
    assert "--unsafe goes with --fix or --diff" in result.err


def test_json_tells_which_findings_can_be_fixed(empty: CommandLine) -> None:
    empty.write(FILES)
    found = {f["code"]: f["fix"] for f in json.loads(empty("check", "--format", "json").out)["findings"]}
    assert found["PG202"] == {"title": "Write b.md for old/b.md", "safe": True}
    assert found["PG201"]["safe"] is False
    assert found["PG404"] is None


def test_a_title_comes_from_a_file_name_that_is_words(empty: CommandLine) -> None:
    empty.write({"policies/access-control.md": "Text.\n", "policies/p-17.md": "Text.\n"})
    empty("check", "--fix")
    found = {path.name: path.read_text() for path in (empty.folder / "policies").iterdir()}
    assert found == {
        "access-control.md": '---\ntitle: "Access control"\n---\nText.\n',
        "p-17.md": "Text.\n",
    }


def test_a_trial_reads_only_what_it_changes(empty: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.write({**FILES, **{f"policies/c{number}.md": f"# C{number}\n\nText.\n" for number in range(20)}})
    read: list[str] = []
    for module in (handbook_files, rereading):
        original = module.read_document

        def counting(text: str, path: str, *more: Any, original: Any = original) -> Any:
            read.append(path)
            return original(text, path, *more)

        monkeypatch.setattr(module, "read_document", counting)
    assert empty("check", "--fix", "--unsafe").code == 0
    assert read.count("policies/c1.md") == 1
    assert read.count("policies/a.md") > 1


def test_says_how_far_it_is(empty: CommandLine) -> None:
    empty.write(FILES)
    told: list[tuple[str, int, int]] = []
    location = locate(None, empty.folder)
    sources = read_handbook(location)
    files = Files(empty.folder, empty.folder / "policies", location, empty.folder)
    found = Opened(sources, resolve(sources), files, TODAY, empty.folder)
    mended(found, lambda j: j.findings, unsafe=True, progress=lambda *step: told.append(step))
    assert told[0] == ("judge", 0, 0)
    assert told[1][0] == "fix"
    assert told[1][2] > 0
    assert told[-1][1] >= told[1][1]
