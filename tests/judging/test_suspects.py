"""Suspect references: what a document relies on has changed in substance since anybody looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from builders import REGISTERS, TODAY, book
from histories import State, history, reviewed
from policygraph.judging import texts
from policygraph.judging.case import Case
from policygraph.judging.change import differences
from policygraph.judging.judge import judge
from policygraph.model.change import Change
from policygraph.model.finding import Finding
from policygraph.model.history import History

X = '---\ntitle: X\nreferences:\n  - to: y\n    relation: depends on\n    because: "It rates."\n---\n# X\n\nWe take it from there.\n'
X_TYPO = X.replace("take", "tkae")
X_NEW = X.replace("We take it", "Nobody may take it")
Y_24 = "---\ntitle: Y\n---\n# Y\n\nYou must answer within 24 hours of the call.\n"
Y_72 = Y_24.replace("24", "72")
Y_SPACED = Y_72.replace("You must", "You  must")
ENTRY = f"{REGISTERS}reviews/r.yml"


def found(
    past: Mapping[str, Iterable[State]],
    *logs: Mapping[str, str],
    x: str = X,
    y: str = Y_72,
    uncommitted: tuple[str, ...] = (),
) -> list[Finding]:
    files = {"x.md": x, "y.md": y}
    for log in logs:
        files.update(log)
    made = book(files, history=history(past, uncommitted=uncommitted))
    return [finding for finding in judge(made, TODAY).findings if finding.code == "PG430"]


def look(day: str = "2026-03-01", outcome: str = "confirmed unchanged") -> dict[str, str]:
    return reviewed("x", day, X, outcome, file="r")


def test_a_change_of_substance_after_the_last_look() -> None:
    past = {"x.md": [(0, "2026-01-01", X)], "y.md": [(0, "2026-01-01", Y_24), (1, "2026-04-01", Y_72)]}
    (finding,) = found(past, look())
    assert str(finding.place) == "policies/x.md:4:9"
    assert finding.document == "policies/x.md"
    assert finding.message == (
        "x depends on y, which changed in substance on 2026-04-01 (00000001): “24” became “72”."
        " x was last reviewed on 2026-03-01."
    )


@pytest.mark.parametrize("outcome", ["confirmed unchanged", "approved", "approved with changes"])
def test_a_review_clears_it(outcome: str) -> None:
    past = {"x.md": [(0, "2026-01-01", X)], "y.md": [(0, "2026-01-01", Y_24), (1, "2026-04-01", Y_72)]}
    assert found(past, look("2026-05-01", outcome)) == []
    assert len(found(past, look("2026-05-01", "rejected"))) == 1


def test_editorial_changes_put_nothing_in_doubt() -> None:
    past = {
        "x.md": [(0, "2026-01-01", X)],
        "y.md": [(0, "2026-01-01", Y_72), (1, "2026-04-01", Y_SPACED)],
    }
    assert found(past, look(), y=Y_SPACED) == []


def test_an_editorial_change_on_top_hides_nothing() -> None:
    y = [(0, "2026-01-01", Y_24), (1, "2026-04-01", Y_72), (2, "2026-05-01", Y_SPACED)]
    (finding,) = found({"x.md": [(0, "2026-01-01", X)], "y.md": y}, look(), y=Y_SPACED)
    assert "2026-04-01" in finding.message


def test_where_nobody_reviewed_the_own_last_change_of_substance_counts() -> None:
    y = [(0, "2026-01-01", Y_24), (2, "2026-04-01", Y_72)]
    assert found({"x.md": [(0, "2026-01-01", X), (3, "2026-05-01", X_NEW)], "y.md": y}, x=X_NEW) == []
    typo = {"x.md": [(0, "2026-01-01", X_TYPO), (3, "2026-05-01", X)], "y.md": y}
    (finding,) = found(typo)
    assert finding.message.endswith("x was last changed itself on 2026-01-01, and never reviewed.")
    assert found({"x.md": [(3, "2026-05-01", X)], "y.md": y}) == []
    together = {"x.md": [(0, "2026-01-01", X), (2, "2026-04-01", X_NEW)], "y.md": y}
    assert found(together, x=X_NEW) == []


def test_the_place_on_the_branch_outweighs_the_clock() -> None:
    # The review's file came onto the branch before the change did, though the change has the earlier date.
    past = {
        "x.md": [(0, "2026-01-01", X)],
        "y.md": [(0, "2026-01-01", Y_24), (2, "2026-02-01", Y_72)],
        ENTRY: [(1, "2026-03-01", "x")],
    }
    assert len(found(past, look())) == 1
    assert found({**past, ENTRY: [(3, "2026-01-15", "x")]}, look("2026-02-01")) == []


def test_who_says_that_they_looked_before_the_change_has_not_seen_it() -> None:
    past = {
        "x.md": [(0, "2026-01-01", X)],
        "y.md": [(0, "2026-01-01", Y_24), (2, "2026-02-01", Y_72)],
    }
    for entered in ({ENTRY: [(3, "2026-03-01", "x")]}, {}):
        late = {**past, **entered}
        uncommitted = () if entered else (ENTRY,)
        (finding,) = found(late, look("2026-01-31"), uncommitted=uncommitted)
        assert finding.message.endswith("x was last reviewed on 2026-01-31.")
        assert found(late, look("2026-02-01"), uncommitted=uncommitted) == []


def test_a_review_that_came_with_the_change_has_seen_it() -> None:
    # Both waited in one pull request, which landed later than either was written.
    past = {
        "x.md": [(0, "2026-01-01", X)],
        "y.md": [(0, "2026-01-01", Y_24), (2, "2026-02-01", Y_72)],
        ENTRY: [(2, "2026-02-01", "x")],
    }
    assert found(past, look("2026-01-30")) == []


def test_a_review_that_is_not_committed_yet_is_now() -> None:
    past = {"x.md": [(0, "2026-01-01", X)], "y.md": [(0, "2026-01-01", Y_24), (1, "2026-04-01", Y_72)]}
    assert found(past, look("2026-04-01"), uncommitted=(ENTRY,)) == []
    # A change on disk has no day of its own yet, so the review beside it has seen it.
    assert found({**past, "y.md": [(0, "2026-01-01", Y_24)]}, look(), uncommitted=(ENTRY, "y.md")) == []


def test_a_change_that_is_not_committed_yet_counts() -> None:
    past = {"x.md": [(0, "2026-01-01", X)], "y.md": [(0, "2026-01-01", Y_24)]}
    (finding,) = found(past, look("2026-11-23"), uncommitted=("y.md",))
    assert "on disk, not yet committed: “24” became “72”" in finding.message


def test_only_relations_that_rely_count() -> None:
    past = {"x.md": [(0, "2026-01-01", X)], "y.md": [(0, "2026-01-01", Y_24), (1, "2026-04-01", Y_72)]}
    loose = X.replace("depends on", "references")
    assert found(past, x=loose) == []


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_drafts_and_retired_documents_are_left_alone(status: str) -> None:
    past = {"x.md": [(0, "2026-01-01", X)], "y.md": [(0, "2026-01-01", Y_24), (1, "2026-04-01", Y_72)]}
    assert found(past, x=X.replace("title: X", f"title: X\nstatus: {status}")) == []


def test_without_a_history_nothing_is_claimed() -> None:
    made = book({"x.md": X, "y.md": Y_72, **look("2020-01-01")}, history=History())
    assert [f for f in judge(made, TODAY).findings if f.code == "PG430"] == []


def test_no_more_is_compared_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []

    def counted(old: str, new: str) -> Change:
        compared.append((old, new))
        return differences(old, new)

    monkeypatch.setattr(texts, "differences", counted)
    states = [Y_24.replace("24", str(number)) for number in range(1, 11)]
    y = [(number, "2026-04-01", text) for number, text in enumerate(states)]
    files = {"y.md": states[-1]}
    logs: dict[str, str] = {}
    past: dict[str, Iterable[State]] = {"y.md": y}
    for number in range(20):
        name = f"x{number}"
        files[f"{name}.md"] = X.replace("title: X", f"title: X{number}")
        logs |= reviewed(name, "2026-05-01", None, file=name)
        past[f"{name}.md"] = [(0, "2026-01-01", files[f"{name}.md"])]
        past[f"{REGISTERS}reviews/{name}.yml"] = [(7, "2026-05-01", "x")]
    case = Case(book({**files, **logs}, history=history(past)), TODAY)
    assert len(case.suspects) == 20
    assert len(compared) == 1
    assert len(set(compared)) == len(compared)
