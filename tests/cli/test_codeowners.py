"""`policygraph export codeowners`: whom a code host asks when a document changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import SMALL, CommandLine

from policygraph.publishing.exports.codeowners import pattern
from repositories import Repo


def owners(line: CommandLine, *, at: str = ".") -> list[str]:
    result = line("export", "codeowners", at=at)
    assert result.code == 0, result.err
    return [row for row in result.out.splitlines()[2:] if row]


def test_code_owners_are_the_owners_of_documents(empty: CommandLine) -> None:
    def owned(owner: str, more: str = "") -> str:
        return f"---\ntitle: T\nowner: {owner}\n{more}---\nText.\n"

    empty.write(
        {
            "policies/handbook.yml": "name: H\n",
            "policies/registers/organisation.yml": """\
roles:
  team: {handle: "@org/risk.team", contact: risk@example.org}
  two: {handle: ["@ada", "bob@example.org"]}
  mail: {contact: "mailto:desk@example.org"}
  phone: {contact: "Ring 12"}
  evil: {handle: "@a @everyone"}
""",
            "policies/a.md": owned("team"),
            "policies/a.de.md": owned("nobody"),
            "policies/b.md": owned("TWO"),
            "policies/sub folder/c.md": owned("mail"),
            "policies/d.md": owned("phone"),
            "policies/e.md": owned("evil"),
            "policies/f.md": owned('"x\\ny @all"'),
            "policies/g.md": "Text.\n",
            "policies/#h [1]*.md": owned("team"),
        }
    )
    assert owners(empty) == [
        "/policies/?h\\ ?1??.md @org/risk.team",
        "/policies/a.de.md @org/risk.team",
        "/policies/a.md @org/risk.team",
        "/policies/b.md @ada bob@example.org",
        "# /policies/d.md: the role 'phone' has no handle",
        "# /policies/e.md: the role 'evil' has no handle",
        "# /policies/f.md: the owner 'x y @all' is in no register",
        "# /policies/g.md: no owner is named",
        "/policies/sub\\ folder/c.md desk@example.org",
    ]
    checked = empty("check", "--format", "json").out
    assert "'@a @everyone' is no handle of a code host." in checked


def test_code_owners_are_named_from_the_top_of_the_repository(empty: CommandLine) -> None:
    empty.write({f"handbooks/ours/{name}": text for name, text in SMALL.items()})
    Repo(empty.folder).commit("2026-01-01")
    rows = owners(empty, at="handbooks/ours")
    assert len(rows) == 5
    assert all(row.startswith("# /handbooks/ours/policies/risk/") for row in rows)


@pytest.mark.parametrize(
    "name", ["a b.md", "#a.md", "a #b.md", "[a]*?.md", "!a.md", "a\\b.md", "ü$&'.md", " a.md"]
)
def test_a_pattern_fits_its_file(tmp_path: Path, name: str) -> None:
    # The patterns are those of git's own ignore files.
    repo = Repo(tmp_path)
    repo.write({f"p/{name}": "", ".gitignore": pattern(f"p/{name}") + "\n"})
    shown = repo.git(
        "-c", "core.quotePath=false", "ls-files", "-z", "--others", "--ignored", "--exclude-standard"
    )
    assert shown.rstrip("\0") == f"p/{name}"
