"""A document that was renamed in one place only."""

from __future__ import annotations

import datetime as dt
from time import process_time

import pytest

from builders import book
from histories import history
from policygraph.judging.fixing import fixed
from policygraph.judging.judge import judge
from policygraph.model.finding import Finding

DAY = dt.date(2026, 11, 26)
BEFORE = "---\ntitle: Inventory\nowner: it\n---\n# Inventory\n\nThe Inventory counts.\n"


def found(now: str, before: str = BEFORE) -> list[Finding]:
    past = history({"a.md": ((0, "2026-01-01", before),)})
    return [f for f in judge(book({"a.md": now}, history=past), DAY).findings if f.code == "PG412"]


@pytest.mark.parametrize(
    "now",
    [BEFORE.replace("title: Inventory", "title: Register"), BEFORE.replace("# Inventory", "# Register")],
)
def test_the_new_name_is_written_in_both_places(now: str) -> None:
    (finding,) = found(now)
    assert finding.place.line == 5
    assert "Both were 'Inventory' until now." in finding.message
    assert finding.fix is not None
    mended = fixed({"policies/a.md": now}, [finding.fix]).texts["policies/a.md"]
    assert mended == "---\ntitle: Register\nowner: it\n---\n# Register\n\nThe Inventory counts.\n"
    assert found(mended) == []


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (BEFORE, BEFORE.replace("counts", "is counted")),
        (BEFORE, BEFORE.replace("title: Inventory", "title: Register").replace("# Inventory", "# Registers")),
        (BEFORE, BEFORE.replace("# Inventory\n", "")),
        # Who has two names on purpose keeps them.
        (
            BEFORE.replace("# Inv", "# Our inv"),
            BEFORE.replace("# Inv", "# Our inv").replace("e: Inv", "e: New inv"),
        ),
    ],
)
def test_nothing_is_said_of_other_changes(before: str, now: str) -> None:
    assert found(now, before) == []


def test_a_comment_in_the_front_matter_is_no_heading() -> None:
    before = BEFORE.replace("owner", "# Who keeps it\nowner")
    assert len(found(before.replace("title: Inventory", "title: Register"), before)) == 1


@pytest.mark.parametrize("title", ["The [register](x.md)", "C#", "<b>Register", "*Register*"])
def test_a_title_that_would_be_markup_is_left_to_the_author(title: str) -> None:
    (finding,) = found(BEFORE.replace("title: Inventory", f'title: "{title}"'))
    assert finding.fix is None


def test_white_space_in_a_published_heading_holds_nothing_up() -> None:
    began = process_time()
    assert found(BEFORE, BEFORE.replace("# Inventory", f"# Inventory{' ' * 5_000}x")) == []
    assert process_time() - began < 5
