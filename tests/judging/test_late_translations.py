"""Translations that were last touched before their original changed in substance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builders import TODAY, book
from histories import State, history
from policygraph.judging.judge import judge
from policygraph.model.finding import Finding

OLD = "---\nid: P-1\ntitle: Help\n---\n# Help\n\nYou must answer within 24 hours of the call.\n"
NEW = OLD.replace("24", "72")
TYPO = OLD.replace("answer", "anwser")
GERMAN = "---\ntitle: Hilfe\n---\n# Hilfe\n\nDu musst binnen 24 Stunden antworten.\n"
GERMAN_NEW = GERMAN.replace("24", "72")


def found(
    past: Mapping[str, Iterable[State]],
    text: str = NEW,
    german: str = GERMAN,
    uncommitted: tuple[str, ...] = (),
) -> list[Finding]:
    made = book({"help.md": text, "help.de.md": german}, history=history(past, uncommitted=uncommitted))
    return [finding for finding in judge(made, TODAY).findings if finding.code == "PG439"]


def test_a_translation_is_late_once_its_original_has_changed_in_substance() -> None:
    past = {
        "help.md": [(0, "2026-01-01", OLD), (2, "2026-04-01", NEW)],
        "help.de.md": [(1, "2026-02-01", GERMAN)],
    }
    (finding,) = found(past)
    assert finding.place.file == "policies/help.de.md"
    assert finding.message == (
        "P-1 'Help' changed in substance on 2026-04-01 (00000002): “24” became “72”."
        " This translation was last touched on 2026-02-01."
    )


def test_it_is_not_once_it_has_followed() -> None:
    past = {
        "help.md": [(0, "2026-01-01", OLD), (2, "2026-04-01", NEW)],
        "help.de.md": [(1, "2026-02-01", GERMAN), (3, "2026-04-02", GERMAN_NEW)],
    }
    assert found(past, german=GERMAN_NEW) == []


def test_spelling_makes_nothing_late_nor_does_a_change_of_both_at_once() -> None:
    typo = {
        "help.md": [(0, "2026-01-01", TYPO), (2, "2026-04-01", OLD)],
        "help.de.md": [(1, "2026-02-01", GERMAN)],
    }
    assert found(typo, text=OLD) == []
    both = {
        "help.md": [(0, "2026-01-01", OLD), (2, "2026-04-01", NEW)],
        "help.de.md": [(0, "2026-01-01", GERMAN), (2, "2026-04-01", GERMAN_NEW)],
    }
    assert found(both, german=GERMAN_NEW) == []


def test_what_is_being_edited_counts() -> None:
    past = {"help.md": [(0, "2026-01-01", OLD)], "help.de.md": [(0, "2026-01-01", GERMAN)]}
    (finding,) = found(past, uncommitted=("help.md",))
    assert "not yet committed" in finding.message
    assert found(past, german=GERMAN_NEW, uncommitted=("help.md", "help.de.md")) == []


def test_without_history_nobody_knows() -> None:
    assert found({}) == []
