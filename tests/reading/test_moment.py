"""A date or a revision to a commit."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.reading.git import Repository, repository_of
from policygraph.reading.moment import MomentError, moment_of
from repositories import Repo

A = "policies/a.md"
TODAY = dt.date(2026, 11, 25)


def opened(folder: Path) -> Repository:
    found = repository_of(folder)
    assert found is not None
    return found


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("2025-01-10", {A: "one"})
    repo.commit("2025-03-01T23:59:59+0000", {A: "two"})
    repo.commit("2025-03-02T00:00:00+0000", {A: "three"})
    return repo


def subject(repo: Repo, text: str, branch: str = "", today: dt.date = TODAY) -> str:
    return repo.git("show", f"{moment_of(opened(repo.folder), text, branch, today).commit}:{A}")


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2025-01-10", "one"),
        ("2025-02-28", "one"),
        ("2025-03-01", "two"),
        ("2025-03-02", "three"),
        ("2026-11-25", "three"),
    ],
)
def test_a_day_is_its_last_moment_in_utc(repo: Repo, day: str, text: str) -> None:
    assert subject(repo, day) == text


def test_other_time_zones_do_not_move_a_day(repo: Repo) -> None:
    repo.commit("2025-03-10T01:00:00+0500", {A: "four"})
    assert subject(repo, "2025-03-09") == "four"


def test_a_moment_knows_its_day_commit_and_branch(repo: Repo) -> None:
    found = moment_of(opened(repo.folder), "2025-02-01", "", TODAY)
    assert (found.day, found.commit, found.branch) == (
        dt.date(2025, 2, 1),
        repo.git("rev-parse", "HEAD~2"),
        "main",
    )
    named = moment_of(opened(repo.folder), "HEAD~1", "", TODAY)
    assert (named.day, named.landed) == (dt.date(2025, 3, 1), True)


@given(
    st.lists(st.integers(min_value=0, max_value=400), min_size=1, max_size=12),
    st.lists(st.integers(min_value=-5, max_value=405), min_size=1, max_size=8),
)
@settings(max_examples=25, deadline=None)
def test_a_day_finds_the_newest_commit_up_to_it(offsets: list[int], asked: list[int]) -> None:
    start = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    with tempfile.TemporaryDirectory() as folder:
        repo = Repo(Path(folder))
        stream = b"".join(
            b"commit refs/heads/main\ncommitter A <a@b> %d +0000\ndata 1\nx\nM 644 inline policies/a.md\ndata 4\n%04d\n"
            % (int((start + dt.timedelta(days=offset, hours=23)).timestamp()), number)
            for number, offset in enumerate(offsets)
        )
        repo.git("fast-import", "--quiet", "--date-format=raw", data=stream)
        for day in asked:
            date = (start + dt.timedelta(days=day)).date().isoformat()
            newest = max((number for number, offset in enumerate(offsets) if offset <= day), default=None)
            if newest is None:
                with pytest.raises(MomentError, match="There was nothing on main"):
                    subject(repo, date)
            else:
                assert subject(repo, date) == f"{newest:04d}"


def test_what_a_merge_brought_stands_there_from_the_day_of_the_merge(repo: Repo) -> None:
    repo.branch("draft")
    repo.commit("2025-04-01", {A: "draft"})
    repo.switch("main")
    repo.merge("2025-05-01", "draft")
    assert subject(repo, "2025-04-15") == "three"
    assert subject(repo, "2025-05-01") == "draft"
    draft = moment_of(opened(repo.folder), "draft", "", TODAY)
    assert (draft.landed, draft.day) == (False, dt.date(2025, 4, 1))


def test_days_are_read_on_the_published_branch_wherever_one_stands(repo: Repo) -> None:
    repo.branch("proposal")
    repo.commit("2025-04-01", {A: "proposed"})
    assert subject(repo, "2025-04-02") == "three"
    assert subject(repo, "2025-04-02", "proposal") == "proposed"
    assert subject(repo, "HEAD") == "proposed"


def test_tags_branches_and_short_ids(repo: Repo) -> None:
    repo.git("tag", "-a", "audit-2025", "-m", "The audit", "HEAD~1")
    assert subject(repo, "audit-2025") == "two"
    assert subject(repo, repo.head()[:8]) == "three"
    # A tag with the form of a date is reached by its full name.
    repo.git("tag", "2025-01-31", "HEAD")
    assert subject(repo, "2025-01-31") == "one"
    assert subject(repo, "refs/tags/2025-01-31") == "three"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2024-12-31", "There was nothing on main on 2024-12-31: its first commit is of 2025-01-10."),
        ("2026-11-26", "2026-11-26 is still to come; today is 2026-11-25."),
        ("2025-02-30", "2025-02-30 is no day of the calendar."),
        ("--upload-pack=touch x", "looks like an option"),
        ("-1", "looks like an option"),
        ("no-such-tag", "'no-such-tag' names no commit here."),
        ("1.3.2025", "A date is written as 2026-03-01."),
        ("2025", "A date is written as 2026-03-01."),
        ("HEAD:policies/a.md", "names no commit here"),
        ("HEAD^{tree}", "names no commit here"),
        ("HEAD~99", "names no commit here"),
        ("HEAD~2..HEAD", "names no commit here"),
        ("a\nb", "A moment is a date"),
        ("x" * 300, "A moment is a date"),
        ("", "A moment is a date"),
    ],
)
def test_what_is_no_moment_is_refused_clearly(repo: Repo, text: str, says: str) -> None:
    with pytest.raises(MomentError) as refused:
        moment_of(opened(repo.folder), text, "", TODAY)
    assert says in str(refused.value)


def test_a_branch_that_does_not_exist(repo: Repo) -> None:
    with pytest.raises(MomentError, match="There is no branch 'release'"):
        moment_of(opened(repo.folder), "2025-03-01", "release", TODAY)


def test_a_shallow_clone_knows_nothing_of_earlier_days(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "--quiet", "--depth", "1", f"file://{repo.folder}", str(tmp_path / "clone"))
    for text in ("2025-02-01", "HEAD~1"):
        with pytest.raises(MomentError, match="shallow"):
            moment_of(opened(tmp_path / "clone"), text, "", TODAY)


def test_nothing_has_been_committed(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    for text in ("2025-02-01", "HEAD"):
        with pytest.raises(MomentError, match="no commit"):
            moment_of(opened(repo.folder), text, "", TODAY)
