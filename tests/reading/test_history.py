"""What git knows of each file, read from real repositories."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from policygraph.model.history import History, Keeping, Landing, Revision
from policygraph.reading import git, history_log
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.reading.history import MOST_BYTES, _committed, read_history
from repositories import BOB, Repo

A = "policies/a.md"
B = "policies/b.md"
LONG = "# Rules\n\n" + "".join(f"Rule {number} says what must be done.\n" for number in range(40))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def read(repo: Repo, branch: str = "") -> History:
    return read_history(repo.folder, "policies", branch=branch)


def told(line: tuple[Revision, ...]) -> list[tuple[str, str | None]]:
    return [(revision.path, revision.text) for revision in line]


def test_each_state_of_a_file_the_oldest_first(repo: Repo) -> None:
    first = repo.commit("2025-01-01", {A: "one"}, "Write it")
    repo.commit("2025-02-01", {"other.txt": "elsewhere"}, "Nothing of ours")
    repo.commit("2025-03-01", {A: "two", B: "b"}, "Change it", author=BOB)
    found = read(repo)
    assert (found.keeping, found.branch, found.tip) == (Keeping.WHOLE, "main", repo.head())
    assert told(found.of(A)) == [(A, "one"), (A, "two")]
    commits = [revision.commit for revision in found.of(A)]
    assert [commit.order for commit in commits] == [0, 1]
    assert commits[0].id == first
    assert commits[0].when == dt.datetime(2025, 1, 1, 12, tzinfo=dt.UTC)
    assert (commits[1].author, commits[1].email, commits[1].subject) == (
        "Bob Builder",
        "bob@example.org",
        "Change it",
    )
    assert commits[1].committer == "Anne Author"
    assert [commit.subject for commit in found.commits] == ["Write it", "Change it"]
    assert found.uncommitted == frozenset()


def test_without_a_repository_git_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policies").mkdir()
    monkeypatch.setattr(git.subprocess, "Popen", None)
    assert read_history(tmp_path, "policies") == History(Keeping.NO_REPOSITORY)


def test_git_is_asked_as_often_for_many_files_as_for_one(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2025-01-01", {A: "one"})
    counts = []
    start = git._start
    for _ in range(2):
        _committed.cache_clear()
        calls: list[object] = []
        monkeypatch.setattr(git, "_start", lambda *given, calls=calls: calls.append(given) or start(*given))
        read(repo)
        counts.append(len(calls))
        repo.commit("2025-01-02", {f"policies/{number}.md": f"text {number}" for number in range(40)})
        repo.commit("2025-01-03", {f"policies/{number}.md": f"text {number}!" for number in range(40)})
    assert counts[0] == counts[1] <= 7


def test_what_is_committed_is_read_once_and_the_disk_each_time(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("2025-01-01", {A: "one"})
    first = read(repo)
    asked: list[str] = []
    ask = git._run
    monkeypatch.setattr(git, "_run", lambda *given: asked.append(given[2][0]) or ask(*given))
    repo.write({A: "two"})
    second = read(repo)
    assert "log" not in asked
    assert second.revisions == first.revisions
    assert (first.uncommitted, second.uncommitted) == (frozenset(), {A})
    repo.commit("2025-01-02")
    assert len(read(repo).of(A)) == 2


def test_more_text_than_memory_should_hold(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_BYTES > 100_000_000
    monkeypatch.setattr("policygraph.reading.history.MOST_BYTES", 5)
    repo.commit("2025-01-01", {A: "old text"})
    repo.commit("2025-01-02", {A: "new"})
    found = read(repo)
    assert [revision.text for revision in found.of(A)] == [None, "new"]
    assert (found.keeping, "too large" in found.note) == (Keeping.SHALLOW, True)


def test_a_repository_without_commits(repo: Repo) -> None:
    repo.write({A: "one"})
    assert read(repo).keeping is Keeping.NO_COMMITS


def test_git_that_is_missing(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2025-01-01", {A: "one"})
    monkeypatch.setenv("PATH", "/nowhere")
    found = read(repo)
    assert (found.keeping, found.revisions) == (Keeping.NO_GIT, {})
    assert found.note == "git is not installed here."


def test_a_repository_that_git_cannot_read(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "one"})
    (repo.folder / ".git/HEAD").write_text("nonsense\n")
    found = read(repo)
    assert found.keeping is Keeping.UNREADABLE
    assert "not a git repository" in found.note
    assert str(repo.folder) not in found.note


def test_paths_that_cannot_be(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2025-01-01", {A: "one"})
    found = read_history(repo.folder, "policies", beside=("policies/\0", "../outside"))
    assert found.keeping is Keeping.UNREADABLE

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", refuse)
    assert read(repo).note == "Permission denied."


def test_a_repository_that_another_user_owns(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2025-01-01", {A: "one"})
    monkeypatch.setitem(git._ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    found = read(repo)
    assert found.keeping is Keeping.UNREADABLE
    assert "safe.directory" in found.note


def test_a_shallow_clone_says_so(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2025-01-01", {A: "one"})
    repo.commit("2025-01-02", {A: "two"})
    repo.git("clone", "--quiet", "--depth", "1", f"file://{repo.folder}", str(tmp_path / "clone"))
    found = read_history(tmp_path / "clone", "policies")
    assert found.keeping is Keeping.SHALLOW
    assert told(found.of(A)) == [(A, "two")]


def test_a_partial_clone_fetches_nothing_and_says_so(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2025-01-01", {A: LONG})
    repo.commit("2025-01-02", {A: "two"})
    repo.commit("2025-01-03", {B: LONG + "More."}, remove=(A,))
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    repo.git("clone", "--quiet", "--filter=blob:none", f"file://{repo.folder}", str(clone))
    found = read_history(clone, "policies")
    assert found.keeping is Keeping.SHALLOW
    assert "partial" in found.note
    assert [revision.text is None for revision in found.of(A)] == [True, True, True]
    assert found.of(B)[-1].text == LONG + "More."


def test_a_project_in_a_folder_of_the_repository(repo: Repo) -> None:
    repo.commit("2025-01-01", {"teams/legal/policies/a.md": "one", "policies/a.md": "not ours"})
    found = read_history(repo.folder / "teams/legal", "policies")
    assert {path: told(line) for path, line in found.revisions.items()} == {A: [(A, "one")]}


def test_the_documents_are_the_repository(repo: Repo) -> None:
    repo.commit("2025-01-01", {"a.md": "one", "deep/b.md": "b"})
    found = read_history(repo.folder.parent, "repo")
    assert sorted(found.revisions) == ["repo/a.md", "repo/deep/b.md"]
    assert found.uncommitted == frozenset()


def test_registers_that_lie_elsewhere_have_their_history_too(repo: Repo) -> None:
    repo.commit(
        "2025-01-01",
        {
            "eips/a.md": "# A\n",
            "policies/handbook.yml": "documents: ../eips\n",
            "policies/registers/organisation.yml": "roles: {}\n",
        },
    )
    found = read_handbook(locate(None, repo.folder)).history
    assert sorted(found.revisions) == [
        "eips/a.md",
        "policies/handbook.yml",
        "policies/registers/organisation.yml",
    ]


def test_names_in_any_bytes(repo: Repo) -> None:
    names = ["policies/ein Wort.md", 'policies/"quote".md', "policies/ü€日.md", "policies/-option.md"]
    repo.commit("2025-01-01", {name: name for name in names})
    odd = os.fsencode(repo.folder) + b"/policies/\xff\xfe.md"
    Path(os.fsdecode(odd)).write_bytes(b"odd")
    repo.write({"policies/line\nbreak.md": "broken"})
    repo.commit("2025-01-02")
    found = read(repo)
    assert {name: told(found.of(name)) for name in names} == {name: [(name, name)] for name in names}
    assert told(found.of("policies/line\\nbreak.md")) == [("policies/line\\nbreak.md", "broken")]
    for path in found.revisions:
        path.encode("utf-8")


def test_a_chain_of_renames_is_one_history(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: LONG})
    repo.commit("2025-01-02", move={A: B})
    repo.commit("2025-01-03", {"policies/c/d.md": LONG + "One more.\n"}, remove=(B,))
    found = read(repo)
    line = found.of("policies/c/d.md")
    assert [revision.path for revision in line] == [A, B, "policies/c/d.md"]
    assert [revision.renamed_from for revision in line] == [None, A, B]
    assert (A in found.revisions, B in found.revisions) == (False, False)


def test_a_file_deleted_and_made_again_is_one_history(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "one"})
    repo.commit("2025-01-02", remove=(A,))
    repo.commit("2025-01-03", {A: "something else"})
    line = read(repo).of(A)
    assert [(revision.text, revision.deleted) for revision in line] == [
        ("one", False),
        (None, True),
        ("something else", False),
    ]


def test_a_file_that_is_gone_stands_under_its_last_path(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: LONG, "policies/c.md": "c"})
    repo.commit("2025-01-02", move={A: B})
    repo.commit("2025-01-03", remove=(B,))
    assert [revision.path for revision in read(repo).of(B)] == [A, B, B]


def test_a_new_file_under_an_old_name_has_a_history_of_its_own(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: LONG})
    repo.commit("2025-01-02", move={A: B})
    repo.commit("2025-01-03", {A: "new"})
    found = read(repo)
    assert told(found.of(A)) == [(A, "new")]
    assert len(found.of(B)) == 2


def test_a_name_that_another_file_takes_over(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: LONG, B: "b"})
    repo.commit("2025-01-02", remove=(B,))
    repo.commit("2025-01-03", move={A: B})
    found = read(repo)
    assert [revision.path for revision in found.of(B)] == [A, B]
    assert [[revision.text for revision in line] for line in found.displaced] == [["b", None]]


def test_a_file_renamed_onto_another_leaves_the_other_its_history(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: LONG, B: "b"})
    repo.commit("2025-01-02", move={A: B})
    found = read(repo)
    assert [revision.text for revision in found.of(B)] == ["b", LONG]
    assert found.of(A)[-1].deleted


def test_a_folder_that_was_moved_is_followed(repo: Repo) -> None:
    repo.commit(
        "2025-01-01",
        {"docs/rules/a.md": LONG, "docs/rules/deep/b.md": LONG.upper(), "docs/rules/other.txt": "x"},
    )
    repo.commit("2025-01-02", {"docs/rules/a.md": LONG + "More.\n", "docs/rules/gone.md": "gone"})
    repo.commit("2025-01-03", {"docs/rules/other.txt": "y"}, remove=("docs/rules/gone.md",))
    moves = {"docs/rules/a.md": "handbook/a.md", "docs/rules/deep/b.md": "handbook/deep/b.md"}
    repo.commit("2025-01-04", move=moves)
    moves = {"handbook/a.md": A, "handbook/deep/b.md": "policies/deep/b.md"}
    repo.commit("2025-01-05", {"policies/new.md": "new"}, move=moves)
    repo.commit("2025-01-06", {A: "rewritten"})
    found = read(repo)
    assert sorted(found.revisions) == [A, "policies/deep/b.md", "policies/new.md"]
    line = found.of(A)
    assert [revision.path for revision in line] == ["docs/rules/a.md"] * 2 + ["handbook/a.md", A, A]
    assert [revision.renamed_from for revision in line] == [
        None,
        None,
        "docs/rules/a.md",
        "handbook/a.md",
        None,
    ]
    assert line[1].text == LONG + "More.\n"
    assert len(found.of("policies/deep/b.md")) == 3
    assert [commit.when.day for commit in found.commits] == [1, 2, 4, 5, 6]


def test_a_merge_lands_once_with_the_authors_of_what_it_brought(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "one"})
    repo.branch("draft")
    repo.commit("2025-01-02", {A: "two"}, author=BOB)
    repo.commit(
        "2025-01-03", {A: "three"}, "More\n\nCo-authored-by: Carol C <carol@example.org>\n", author=BOB
    )
    repo.switch("main")
    repo.commit("2025-01-04", {B: "b"})
    repo.merge("2025-01-05", "draft", "Merge pull request #12 from bob/draft")
    found = read(repo)
    assert [revision.text for revision in found.of(A)] == ["one", "three"]
    commit = found.of(A)[-1].commit
    assert (commit.landing, commit.pull_request, commit.author) == (Landing.MERGE, "#12", "Anne Author")
    assert commit.authors == ("Bob Builder", "Carol C")
    assert found.of(B)[-1].commit.landing is Landing.ORDINARY


def test_a_merge_does_not_bring_what_the_branch_already_had(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "one"})
    repo.branch("draft")
    repo.commit("2025-01-02", {A: "two"}, author=BOB)
    repo.switch("main")
    repo.commit("2025-01-03", {B: "b"}, author="Dora D <dora@example.org>")
    repo.switch("draft")
    repo.merge("2025-01-04", "main")
    repo.commit("2025-01-05", {A: "three"}, author=BOB)
    repo.switch("main")
    repo.merge("2025-01-06", "draft")
    assert read(repo).of(A)[-1].commit.authors == ("Bob Builder",)


@pytest.mark.parametrize(
    ("message", "landing", "number"),
    [
        ("Tighten the rules (#12)", Landing.SQUASH, "#12"),
        ("Tighten\n\nSee merge request group/sub/x!7", Landing.SQUASH, "!7"),
        ("Merged PR 31: Tighten the rules", Landing.SQUASH, "#31"),
        ("See #12 for the reason", Landing.ORDINARY, ""),
    ],
)
def test_how_a_change_landed(repo: Repo, message: str, landing: Landing, number: str) -> None:
    repo.commit("2025-01-01", {A: "one"}, message)
    commit = read(repo).of(A)[0].commit
    assert (commit.landing, commit.pull_request) == (landing, number)


@pytest.mark.parametrize(
    ("author", "bot"),
    [
        ("dependabot[bot] <49+dependabot[bot]@users.noreply.github.com>", True),
        ("Renovate Bot <bot@example.org>", True),
        ("Lisa Talbot <lisa.talbot@example.org>", False),
        ("Abbot <abbot@example.org>", False),
    ],
)
def test_bots_are_shown_as_what_they_are(repo: Repo, author: str, bot: bool) -> None:
    repo.commit("2025-01-01", {A: "one"}, author=author)
    assert read(repo).of(A)[0].commit.bot is bot


@pytest.mark.parametrize(
    ("seconds", "year"),
    [
        ("253402300799", 9999),
        ("253402300800", 9999),
        ("99999999999999999999", 9999),
        ("-2208988800", None),
        ("abc", None),
    ],
)
def test_absurd_dates(repo: Repo, seconds: str, year: int | None) -> None:
    repo.commit("2025-01-01", {A: "one"})
    person = f"A <a@example.org> {seconds} +0000".encode()
    repo.commit("2025-01-02", {A: "two"})
    two = repo.git("rev-parse", "HEAD^{tree}")
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    data = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n\nOdd\n" % (
        two.encode(),
        repo.head().encode(),
        person,
        person,
    )
    id = repo.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", data=data)
    repo.git("reset", "--quiet", "--hard", id)
    when = read(repo).of(A)[-1].commit.when
    # What no calendar has becomes a day at its end, and what is no time at all the first day that git knows.
    assert when.year in ({year} if year else {1, 1900, 1970})


def test_times_are_put_into_a_calendar() -> None:
    assert history_log.moment("0") == dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    assert history_log.moment("") == history_log.moment("0")
    assert history_log.moment("-99999999999999").year == 1
    assert history_log.moment("18446744073709551615").year == 9999


def test_people_and_messages_in_another_encoding(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "one"})
    repo.write({A: "two"})
    repo.git("add", "--all")
    tree = repo.git("write-tree")
    who = b"J\xfcrgen\x1b[31m <j@example.org> 1735732800 +0000"
    data = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n\nPr\xfcfung \xe2\x80\xae:000 x\n" % (
        tree.encode(),
        repo.head().encode(),
        who,
        who,
    )
    repo.git(
        "reset", "--quiet", "--hard", repo.git("hash-object", "-t", "commit", "-w", "--stdin", data=data)
    )
    commit = read(repo).of(A)[-1].commit
    assert commit.author == "J\ufffdrgen [31m"
    assert "\u202e" not in commit.subject
    assert commit.subject.startswith("Pr\ufffdfung")


def test_texts_are_read_as_the_documents_are(repo: Repo) -> None:
    repo.commit(
        "2025-01-01", {A: b"\xef\xbb\xbfone\r\ntwo\r", B: "x" * 400_000, "policies/c.png": b"\x89PNG"}
    )
    repo.commit("2025-01-02", {A: b"caf\xe9", B: "x" * 2_000_001})
    found = read(repo)
    assert [revision.text for revision in found.of(A)] == ["one\ntwo\n", "caf\ufffd"]
    assert [revision.text is None for revision in found.of(B)] == [False, True]
    assert [revision.text for revision in found.of("policies/c.png")] == [None]


def test_messages_of_any_length(repo: Repo) -> None:
    trailer = b"Co-authored-by: Carol C <carol@example.org>\nSee merge request group/x!12\n"
    spaces = b"co-authored-by:" + b" " * 200_000 + b"\nSee merge request " + b"!" * 200_000 + b"\n"
    repo.commit("2025-01-01", {A: "one"}, b"Change\n\n" + spaces + b"\n" + trailer)
    commit = read(repo).of(A)[0].commit
    assert (commit.authors, commit.pull_request) == (("Anne Author", "Carol C"), "!12")


def test_symbolic_links_and_submodules_are_no_texts(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.commit("2025-01-01", {"x.md": "x"})
    repo.commit("2025-01-01", {A: "one"})
    (repo.folder / B).symlink_to("/etc/passwd")
    repo.git("submodule", "--quiet", "add", str(other.folder), "policies/module")
    repo.commit("2025-01-02")
    found = read(repo)
    assert [revision.text for revision in found.of(B)] == [None]
    assert "policies/module" not in found.revisions
    assert found.uncommitted == {"policies/module/x.md"}


def test_what_is_not_committed(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "one\n", B: "b\n", "policies/c.md": "c\n", "policies/d.md": "d\n"})
    repo.write({A: "two\n", "policies/c.md": b"c\r\n", "policies/new.md": "new", "policies/.hidden.md": "x"})
    (repo.folder / "policies/d.md").unlink()
    assert read(repo).uncommitted == {A, "policies/new.md", "policies/d.md"}


def test_the_published_branch(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2025-01-01", {A: "one"})
    assert (read(repo).branch, read(repo).instead) == ("main", "")
    repo.branch("proposal")
    repo.commit("2025-01-02", {A: "two"})
    found = read(repo)
    assert (found.branch, found.instead) == ("main", "proposal")
    assert [revision.text for revision in found.of(A)] == ["one", "two"]
    assert (read(repo, "proposal").branch, read(repo, "proposal").instead) == ("proposal", "")
    assert (read(repo, "no-such").branch, read(repo, "no-such").instead) == ("no-such", "proposal")
    repo.git("switch", "--quiet", "--detach")
    assert read(repo).instead == "a commit without a branch"
    repo.switch("main")
    repo.git("clone", "--quiet", str(repo.folder), str(tmp_path / "clone"))
    clone = tmp_path / "clone"
    assert read_history(clone, "policies").branch == "main"
    subprocess.run(
        ["git", "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/proposal"],
        cwd=clone,
        check=True,
    )
    assert read_history(clone, "policies").branch == "proposal"


def test_a_build_server_may_have_only_what_it_fetched(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2025-01-01", {A: "one"})
    repo.branch("proposal")
    repo.commit("2025-01-02", {A: "two"})
    repo.switch("main")
    repo.git("clone", "--quiet", str(repo.folder), str(tmp_path / "clone"))
    clone = Repo(tmp_path / "clone")
    clone.git("switch", "--quiet", "--detach", "origin/proposal")
    clone.git("branch", "--delete", "--force", "main")
    clone.git("remote", "set-head", "origin", "--delete")
    found = read(clone)
    assert (found.branch, found.instead) == ("main", "a commit without a branch")
    assert [revision.text for revision in found.of(A)] == ["one", "two"]


@pytest.mark.parametrize(
    "name", ["trunk", "no-main"], ids=["a branch of any name", "whatever is checked out"]
)
def test_a_branch_of_another_name(tmp_path: Path, name: str) -> None:
    repo = Repo(tmp_path / "repo", name)
    repo.commit("2025-01-01", {A: "one"})
    assert (read(repo).branch, read(repo).instead) == (name, "")


def test_nothing_in_the_repository_can_run_anything(repo: Repo, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    script = tmp_path / "script.sh"
    script.write_text(f"#!/bin/sh\ntouch '{ran}'\nexit 0\n")
    script.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    repo.commit("2025-01-01", {A: LONG, "policies/.gitattributes": "*.md diff=evil filter=evil\n"})
    repo.commit("2025-01-02", move={A: B})
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        (hooks / hook).write_text(script.read_text())
        (hooks / hook).chmod(0o755)
    for key, value in {
        "core.fsmonitor": str(script),
        "core.hooksPath": str(hooks),
        "core.pager": str(script),
        "pager.log": str(script),
        "core.sshCommand": str(script),
        "diff.external": str(script),
        "diff.evil.command": str(script),
        "diff.evil.textconv": str(script),
        "filter.evil.clean": str(script),
        "filter.evil.smudge": str(script),
        "gpg.program": str(script),
        "log.showSignature": "true",
        "alias.log": f"!{script}",
        "core.quotePath": "true",
        "color.ui": "always",
        "diff.relative": "true",
        "diff.noprefix": "true",
        "log.showRoot": "false",
        "log.follow": "true",
        "log.date": "nonsense",
        "log.diffMerges": "off",
        "diff.orderFile": "no-such-file",
        "diff.renames": "false",
        "log.mailmap": "true",
        "format.pretty": "oneline",
        "i18n.logOutputEncoding": "UTF-16",
    }.items():
        repo.git("config", key, value)
    repo.write({B: LONG + "changed"})
    found = read(repo)
    assert [revision.path for revision in found.of(B)] == [A, B]
    assert found.uncommitted == {B}
    assert not ran.exists()


def test_replaced_and_grafted_commits_do_not_count(repo: Repo) -> None:
    one = repo.commit("2025-01-01", {A: "one"})
    two = repo.commit("2025-01-02", {A: "two"})
    fake = repo.git("commit-tree", "-m", "Approved", f"{one}^{{tree}}")
    repo.git("replace", two, fake)
    (repo.folder / ".git/info").mkdir(exist_ok=True)
    (repo.folder / ".git/info/grafts").write_text(f"{two}\n")
    found = read(repo)
    assert [revision.text for revision in found.of(A)] == ["one", "two"]
    assert [commit.subject for commit in found.commits] == ["Change", "Change"]


def test_the_environment_cannot_point_elsewhere(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("2025-01-01", {A: "one"})
    other = Repo(tmp_path / "other")
    other.commit("2025-01-01", {A: "other"})
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "0")
    assert told(read(repo).of(A)) == [(A, "one")]


def test_a_folder_that_plays_a_repository_is_none(repo: Repo, tmp_path: Path) -> None:
    bare = Repo(tmp_path / "bare")
    bare.commit("2025-01-01", {A: "other"})
    repo.commit("2025-01-01", {"deep/policies/a.md": "one"})
    for name in ("HEAD", "objects", "refs", "config"):
        (bare.folder / ".git" / name).rename(repo.folder / "deep/policies" / name)
    found = read_history(repo.folder / "deep", "policies")
    assert found.keeping is Keeping.UNREADABLE
    assert found.revisions == {}


def test_a_repository_whose_files_lie_elsewhere(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2025-01-01", {A: "one"})
    (tmp_path / "elsewhere").mkdir()
    repo.git("config", "core.worktree", str(tmp_path / "elsewhere"))
    assert read(repo).keeping is Keeping.UNREADABLE


def test_git_that_never_answers(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    slow = tmp_path / "bin/git"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setattr(git, "TIMEOUT", 0.2)
    repo.write({A: "one"})
    found = read(repo)
    assert found.keeping is Keeping.UNREADABLE
    assert "has not answered" in found.note


def test_a_linked_worktree_has_the_history_too(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2025-01-01", {A: "one"})
    repo.git("worktree", "add", "--quiet", str(tmp_path / "tree"))
    assert told(read_history(tmp_path / "tree", "policies").of(A)) == [(A, "one")]


def reach(found: History) -> list[tuple[int, int]]:
    return [(commit.inside, commit.beside) for commit in found.commits]


def test_a_commit_knows_how_much_of_it_is_the_handbook_s(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "a", "policies/registers/r.yml": "r", "mkdocs.yml": "m", "src/x.py": "x"})
    repo.commit("2025-01-02", {A: "b", "src/x.py": "y", "site/mkdocs.yml": "m", "policies.md": "other"})
    repo.commit("2025-01-03", {"src/x.py": "z"})
    repo.commit(
        "2025-01-04",
        {A: "c", "CHANGELOG.md": "c", "tools/README.md": "c", ".github/CODEOWNERS": "c", "changelog.py": "c"},
    )
    repo.commit("2025-01-05", {f"policies/n{number}.md": "n" for number in range(30)})
    repo.commit("2025-01-06", {"src/new\nline": "x"}, remove=(A,))
    assert reach(read(repo)) == [(3, 1), (1, 3), (1, 1), (30, 0), (1, 1)]


def test_of_a_merge_all_counts_that_it_brought(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "a", "src/x.py": "x"})
    repo.branch("work")
    repo.commit("2025-01-02", {A: "b"})
    repo.commit("2025-01-03", {"src/x.py": "y", "src/z.py": "z"})
    repo.switch("main")
    repo.merge("2025-01-04", "work")
    assert reach(read(repo)) == [(1, 1), (1, 2)]


def test_a_handbook_deep_in_a_repository_counts_its_own_files_and_settings(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit(
        "2025-01-01",
        {f"teams/legal/{A}": "a", "teams/legal/mkdocs.yml": "m", "mkdocs.yml": "n", f"other/{A}": "o"},
    )
    found = read_history(repo.folder / "teams/legal", "policies")
    assert reach(found) == [(2, 2)]


def test_the_settings_of_a_site_whose_pages_hold_the_handbook_are_its_own(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("2025-01-01", {f"docs/{A}": "a", "mkdocs.yml": "m", "docs/index.md": "i"})
    assert reach(read_history(repo.folder / "docs", "policies")) == [(2, 1)]


def test_where_all_of_the_repository_is_the_handbook_nothing_lies_beside(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "policies")
    repo.commit("2025-01-01", {"a.md": "a", "tools/x.py": "x"})
    found = read_history(tmp_path, "policies")
    assert reach(found) == [(0, 0)]


def test_a_handbook_that_was_moved_counts_where_it_was_as_well(repo: Repo) -> None:
    repo.commit("2025-01-01", {"old/a.md": LONG, "old/b.md": LONG * 2, "src/x.py": "x"})
    repo.commit("2025-01-02", move={"old/a.md": A, "old/b.md": B})
    assert reach(read(repo)) == [(2, 1), (4, 0)]


def test_the_paragraphs_of_a_message_without_its_trailers(repo: Repo) -> None:
    message = (
        "Subject\n\nOne goes on\nbelow.\n\n* a list\n  goes on\n* its second\n1. and third\n\n"
        "Co-authored-by: Bob <b@example.org>\nFixes #12\n"
    )
    repo.commit("2025-01-01", {A: "a"}, message)
    (made,) = read(repo).commits
    assert made.paragraphs == ("One goes on below.", "a list goes on", "its second", "and third")


def test_a_history_is_read_where_nobody_can_count_what_lies_beside(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("2025-01-01", {A: "a", "src/x.py": "x"})
    ask = git.Repository.ask

    def asked(self: git.Repository, *arguments: str) -> bytes:
        if "--full-diff" in arguments:
            raise git.GitError("a tree is missing")
        return ask(self, *arguments)

    monkeypatch.setattr(git.Repository, "ask", asked)
    found = read(repo)
    assert (found.keeping, reach(found)) == (Keeping.WHOLE, [(0, 0)])
