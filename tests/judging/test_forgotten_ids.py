"""An id that a document has given up, and that nothing leads from any more."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import book
from histories import history
from policygraph.judging.fixing import fixed
from policygraph.judging.judge import judge
from policygraph.model.finding import Finding

DAY = dt.date(2026, 11, 26)
BEFORE = "---\nid: A-9\ntitle: Inventory\n---\nText.\n"
PAST = history({"a.md": ((0, "2026-01-01", BEFORE),)})


def found(now: str, others: dict[str, str] | None = None) -> list[Finding]:
    handbook = book({"a.md": now, **(others or {})}, history=PAST)
    return [f for f in judge(handbook, DAY).findings if f.code == "PG411"]


def test_a_changed_id_is_kept_as_a_former_one() -> None:
    now = BEFORE.replace("A-9", "A-25")
    (finding,) = found(now)
    assert finding.message == "A-25 was A-9 until now, and nothing leads from there to it."
    assert finding.fix is not None
    assert finding.fix.safe
    mended = fixed({"policies/a.md": now}, [finding.fix]).texts["policies/a.md"]
    assert mended == now.replace("id: A-25\n", "id: A-25\nformer_ids: [A-9]\n")
    assert found(mended) == []


@pytest.mark.parametrize(
    "now",
    [
        BEFORE,
        BEFORE.replace("Text", "Other text"),
        BEFORE.replace("A-9", "a-9"),
        BEFORE.replace("id: A-9", "id: A-25\nformer_ids: [A-1, a-9]"),
    ],
)
def test_an_id_that_is_still_known_is_not_forgotten(now: str) -> None:
    assert found(now) == []


def test_an_id_that_another_document_has_taken_is_not_forgotten() -> None:
    assert found(BEFORE.replace("A-9", "A-25"), {"b.md": BEFORE}) == []


def test_an_id_that_was_given_up_for_that_of_another_document_is_no_former_one() -> None:
    assert found(BEFORE.replace("A-9", "B-1"), {"1.md": "---\nid: B-1\ntitle: First\n---\nText.\n"}) == []


def test_an_id_that_yaml_would_read_otherwise_is_left_to_the_author() -> None:
    past = history({"a.md": ((0, "2026-01-01", BEFORE.replace("A-9", "'ON'")),)})
    (finding,) = [f for f in judge(book({"a.md": BEFORE}, history=past), DAY).findings if f.code == "PG411"]
    assert "ON" in finding.message
    assert finding.fix is None


def test_a_comment_beside_the_former_ids_stays() -> None:
    now = BEFORE.replace("id: A-9\n", "id: A-25\nformer_ids: [A-1] # of the merger\n")
    (finding,) = found(now)
    assert finding.fix is not None
    mended = fixed({"policies/a.md": now}, [finding.fix]).texts["policies/a.md"]
    assert mended == now.replace("[A-1]", "[A-1, A-9]")


@pytest.mark.parametrize(
    "front",
    ["id: A-25\nformer_ids: [A-1,\n  A-2]\n", "id: >-\n  A-25\n", "{id: A-25}\n"],
)
def test_front_matter_on_several_lines_is_left_to_the_author(front: str) -> None:
    (finding,) = found(f"---\n{front}---\nText.\n")
    assert finding.fix is None
