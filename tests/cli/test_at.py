"""`--at DATE|REV`: the handbook as it stood."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from command_line import CommandLine

from repositories import Repo

SETTINGS = "policies/handbook.yml"
A = "policies/rules/access.md"
B = "policies/rules/leaving.md"
PICTURE = "policies/rules/plan.png"


def access(text: str, references: str = "") -> str:
    return f"---\nid: HB-1\ntitle: Access\nowner: it\nsummary: Who may enter.\n{references}---\n# Access\n\n{text}\n"


LEAVING = (
    "---\nid: HB-2\ntitle: Leaving\nowner: it\nsummary: What happens.\n---\n# Leaving\n\nHand in your key.\n"
)


@pytest.fixture
def past(empty: CommandLine) -> CommandLine:
    """A project with three months of history, and something that is not committed."""
    repo = Repo(empty.folder)
    repo.commit(
        "2026-01-10",
        {A: access("You must lock your screen."), SETTINGS: "name: Old handbook\n", PICTURE: b"old"},
    )
    repo.commit(
        "2026-02-10",
        {
            A: access(
                "You must lock your screen. See [[HB-2]].\n\n![Plan](plan.png)",
                'references:\n  - to: HB-2\n    because: "Leavers lose access."\n',
            ),
            B: LEAVING,
            SETTINGS: "name: New handbook\n",
        },
    )
    repo.commit("2026-03-10", {A: access("You may lock your screen."), PICTURE: b"new"}, remove=(B,))
    repo.git("tag", "audit", "HEAD~1")
    repo.write({A: access("Not committed.")})
    return empty


def commit(line: CommandLine, revision: str) -> str:
    return Repo(line.folder).git("rev-parse", revision)


def test_show_the_document_of_then(past: CommandLine) -> None:
    result = past("show", "HB-1", "--at", "2026-02-15")
    assert result.code == 0, result.err
    first = result.out.splitlines()[0]
    assert first == f"As it stood on 2026-02-15: commit {commit(past, 'audit')[:10]} of main"
    assert "HB-2" in result.out
    assert "policies/rules/access.md" in result.out
    assert "/tmp" not in result.out
    assert "HB-2" not in past("show", "HB-1").out


def test_show_as_data_says_when(past: CommandLine) -> None:
    data = json.loads(past("show", "HB-1", "--at", "audit", "--format", "json").out)
    assert data["at"] == {"date": "2026-02-10", "commit": commit(past, "audit"), "branch": "main"}
    assert "at" not in json.loads(past("show", "HB-1", "--format", "json").out)


def test_a_document_of_then_that_is_gone_today(past: CommandLine) -> None:
    assert past("show", "HB-2").code == 2
    assert "Leaving" in past("show", "HB-2", "--at", "2026-03-09").out
    assert past("show", "HB-2", "--at", "2026-01-31").code == 2


def test_why_as_it_stood(past: CommandLine) -> None:
    result = past("why", "HB-1", "HB-2", "--at", "2026-02-15")
    assert "As it stood on 2026-02-15" in result.out
    assert "because Leavers lose access." in result.out


def test_export_as_it_stood_says_so_beside_the_data(past: CommandLine) -> None:
    result = past("export", "register", "--at", "2026-02-15")
    assert "As it stood on 2026-02-15" in result.err
    rows = list(csv.DictReader(io.StringIO(result.out.removeprefix("\ufeff"))))
    assert len(rows) == 2
    data = json.loads(past("export", "json", "--at", "2026-02-15").out)
    assert data["date"] == "2026-02-15"
    assert data["at"] == {"date": "2026-02-15", "commit": commit(past, "audit"), "branch": "main"}
    assert json.loads(past("export", "json").out)["at"] is None


def test_today_is_the_day_shown_unless_the_user_says_otherwise(past: CommandLine) -> None:
    result = past("export", "json", "--at", "2026-02-15", "--today", "2026-06-01")
    assert json.loads(result.out)["date"] == "2026-06-01"


def test_a_commit_that_is_not_on_the_branch(past: CommandLine) -> None:
    repo = Repo(past.folder)
    repo.git("stash", "--quiet")
    repo.branch("draft")
    repo.commit("2026-04-01", {A: access("Draft.")})
    repo.switch("main")
    result = past("show", "HB-1", "--at", "draft")
    assert ", which is not on main" in result.out.splitlines()[0]


@pytest.mark.parametrize(
    "command", [("show", "HB-1"), ("why", "HB-1", "HB-2"), ("export", "json"), ("build",)]
)
@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2025-12-31", "its first commit is of 2026-01-10"),
        ("--output=x", "looks like an option"),
        ("no-such", "names no commit here"),
    ],
)
def test_wrong_use_is_refused(past: CommandLine, command: tuple[str, ...], at: str, says: str) -> None:
    past.write({"mkdocs.yml": "site_name: Mine\nplugins: [policygraph]\n", "docs/index.md": "# Home\n"})
    result = past(*command, f"--at={at}")
    assert result.code == 2
    assert says in result.err


def test_without_a_repository(small: CommandLine) -> None:
    result = small("show", "R-01", "--at", "2026-01-01")
    assert result.code == 2
    assert "not in a git repository" in result.err


def pages(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.html")
    }


@pytest.mark.parametrize("inside", [False, True], ids=["beside docs", "within docs"])
def test_a_site_as_it_stood(past: CommandLine, inside: bool) -> None:
    where = "policies"
    if inside:
        repo = Repo(past.folder)
        repo.git("checkout", "--quiet", "--", ".")
        repo.git("filter-branch", "--force", "--tree-filter", "mkdir docs; mv policies docs/", "--", "--all")
        repo.git("tag", "--force", "audit", "HEAD~1")
        repo.write({"docs/policies/rules/uncommitted.md": "# Uncommitted\n"})
        where = "docs/policies"
    past.write(
        {
            "mkdocs.yml": f"site_name: Mine\ntheme: {{name: mkdocs}}\n"
            f"plugins: [{{policygraph: {{handbook: {where}}}}}]\n",
            "docs/about.md": "# About\n\nSee [[HB-2]].\n",
        }
    )
    result = past.program("build", "--strict", "--at", "2026-02-15")
    assert result.code == 0, result.err
    assert f"As it stood on 2026-02-15: commit {commit(past, 'audit')[:10]} of main" in result.err
    site = past.folder / "site"
    found = pages(site)
    line = f"The handbook as it stood on 15 February 2026 (commit {commit(past, 'audit')[:10]} of main)."
    for name, page in found.items():
        if name.startswith(("audit/", "policies/")):
            assert page.count(line) == 1, name
    assert "See <a" in found["policies/rules/access/index.html"]
    assert "policies/rules/leaving/index.html" in found
    assert "policies/rules/uncommitted/index.html" not in found
    assert 'href="../policies/rules/leaving/"' in found["about/index.html"]
    assert (site / "policies/rules/plan.png").read_bytes() == b"old"
    assert "New handbook" in found["audit/index.html"]
    assert json.loads((site / "handbook.json").read_text())["date"] == "2026-02-15"
    assert not re.search(r"policygraph-\w+/", "".join(found.values()))


def test_the_same_moment_gives_the_same_site(past: CommandLine) -> None:
    sites = []
    for name in ("one", "two"):
        assert past.program("build", "--at", "audit", "-d", name).code == 0
        folder = past.folder / name
        sites.append(
            {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in folder.rglob("*")
                if path.is_file()
            }
        )
    assert sites[0] == sites[1]
