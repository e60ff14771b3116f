"""Mentions in the traps that real documents set."""

from __future__ import annotations

import pytest

from builders import book, judged
from policygraph.resolving.handbook import Handbook

LONG = "policy " * 14_000


def mentions(text: str, *fronts: str) -> list[tuple[str, bool]]:
    """Every mention in a text, with whether it is strong; the other documents are given by their front matter."""
    others = {f"z{number}.md": f"---\n{front}\n---\nx\n" for number, front in enumerate(fronts)}
    found = book({"a.md": text, **others})
    return [(m.text, m.strong) for m in found.mentions if m.source == "policies/a.md"]


def findings(text: str, *fronts: str) -> list[str]:
    others = {f"z{number}.md": f"---\n{front}\n---\nx\n" for number, front in enumerate(fronts)}
    return [f.message for f in judged({"a.md": text, **others}).findings if f.code == "PG212"]


# Ordinary prose is never a finding


@pytest.mark.parametrize(
    ("front", "text"),
    [
        ("title: Backups", "Backups are made. We check backups; the\n- Backups of mail\n- backups"),
        ("title: Zed\nid: incident", "Every incident is an incident. Incident reports go to Ada."),
        ("title: Clean desks", "We like clean desks. Clean desks are nice."),
        ("title: Access", "Who has access asks for access."),
        ("title: Two factor authentication", "We use two factor authentication."),
        ("title: Policy", "This policy is a policy."),
        ("title: The policy", "Read the policy, and then the policy."),
        ("title: Our policy", "It is our policy to lock screens."),
        ("title: This plan\nid: q", "In this plan we say what to do."),
        ("title: アクセス管理規程", "社員はアクセス管理規程を読む。"),
    ],
)
def test_ordinary_words_are_listed_and_no_finding(front: str, text: str) -> None:
    found = mentions(text, front)
    assert found
    assert not any(strong for _, strong in found)
    assert findings(text, front) == []


@pytest.mark.parametrize(
    ("front", "text"),
    [
        ("title: Access control policy", "See the access control policy."),
        ("title: Clean Desks", "Read about it in Clean Desks and come back."),
        ("title: Zed\nid: AI-08", "See AI-08."),
        ("title: Zed\naliases: [backups]", "We make backups."),
        ("title: How we handle lost devices", "See how we handle lost devices."),
        ("title: The data plan", "Ask for the data plan."),
    ],
)
def test_what_can_only_be_a_name_is_a_finding(front: str, text: str) -> None:
    assert len(findings(text, front)) == 1


def test_a_mention_is_no_finding_where_the_document_is_linked_or_decided_about() -> None:
    files = {
        "a.md": "See AI-08, that is [[AI-08]].",
        "b.md": '---\nnot_related:\n  - {to: AI-08, because: "Another matter."}\n---\nUnlike AI-08.',
        "c.md": "AI-08 and AI-08 and AI-08.",
        "z.md": "---\nid: AI-08\n---\nx",
    }
    found = [f.document for f in judged(files).findings if f.code == "PG212"]
    assert found == ["policies/c.md"]


# Whole names only


@pytest.mark.parametrize(
    "text",
    [
        "Access control is hard.",
        "The control policy.",
        "Access control policies.",
        "Access control. Policy.",
        "Access, control policy.",
        "An access control-policy.",
        "Re-access control policy",
    ],
)
def test_a_part_of_a_title_is_none(text: str) -> None:
    assert mentions(text, "title: Access control policy") == []


@pytest.mark.parametrize(
    "text", ["AI-080", "AI-08-B", "AI-08.1", "XAI-08", "AI-08_x", "x@AI-08", "AI-8", "AI 08"]
)
def test_a_longer_or_shorter_id_is_another_one(text: str) -> None:
    assert mentions(f"See {text} here.", "title: Zed\nid: AI-08") == []


@pytest.mark.parametrize(
    "text", ["AI-08.", "AI-08:", "(AI-08)", "“AI-08”", "AI-08's", "AI\u201108", "AI–08", "**AI-08**"]
)
def test_an_id_among_punctuation(text: str) -> None:
    assert [strong for _, strong in mentions(f"See {text} now", "title: Zed\nid: AI-08")] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "## AI-08",
        "`AI-08`",
        "    AI-08",
        "~~~\nAI-08\n~~~",
        "[AI-08](https://example.org)",
        "[[q|AI-08]]",
        "<https://example.org/AI-08>",
        "<!-- AI-08 -->",
        "![AI-08](https://example.org/x.png)",
        "x[^1]\n\n[^1]: AI-08",
    ],
)
def test_no_mention_where_the_reader_reads_no_prose(text: str) -> None:
    assert mentions(f"{text}\n", "title: Zed\nid: AI-08") == []


# Spellings


@pytest.mark.parametrize("title", ["Roles & duties plan", "Roles and duties plan"])
@pytest.mark.parametrize("text", ["roles & duties plan", "ROLES AND DUTIES PLAN", "roles and\nduties plan"])
def test_ampersand_and_word_are_one(title: str, text: str) -> None:
    assert len(mentions(f"See the {text}.", f"title: {title}")) == 1


def test_a_soft_hyphen_and_a_narrow_space_change_nothing() -> None:
    assert len(mentions("the ac\u00adcess\u202fcontrol policy", "title: Access control policy")) == 1


def test_letters_that_grow_in_lower_case_do_not_shift_the_place() -> None:
    found = book({"a.md": "İİİ see AI-08.", "z.md": "---\nid: AI-08\n---\nx"})
    assert [(m.text, m.place.column) for m in found.mentions] == [("AI-08", 9)]


# Names in names


def targets(found: Handbook) -> list[str]:
    return [found.by_path[m.target].id for m in found.mentions if m.source == "policies/a.md"]


def test_of_titles_within_titles_the_longest_is_meant() -> None:
    found = book(
        {
            "a.md": "The system availability policy, the availability policy, 全社アクセス管理規程 と アクセス管理規程。",
            "b.md": "---\ntitle: Availability Policy\n---\nx",
            "c.md": "---\ntitle: System Availability Policy\n---\nx",
            "d.md": "---\ntitle: アクセス管理規程\n---\nx",
            "e.md": "---\ntitle: 全社アクセス管理規程\n---\nx",
        }
    )
    assert targets(found) == ["c", "b", "e", "d"]


def test_ones_own_name_hides_a_shorter_one_inside_it_and_nothing_else() -> None:
    found = book(
        {
            "a.md": "---\ntitle: System availability policy\n---\nThis system availability policy, not the availability policy.",
            "b.md": "---\ntitle: Availability policy\n---\nx",
        }
    )
    assert targets(found) == ["b"]
    assert found.mentions[0].place.column == 42


def test_an_acronym_of_two_documents_is_neither() -> None:
    fronts = ("title: One\naliases: [IRP]", "title: Two\naliases: [irp]")
    assert mentions("See the IRP.", *fronts) == []
    assert mentions("See the IRP.", fronts[0]) == [("IRP", True)]


# Names nobody writes


def test_an_endless_title_is_looked_for_nowhere() -> None:
    files = {"a.md": f"See AI-08.\n\n{LONG}", "z.md": f"---\nid: AI-08\n---\n# {LONG}\n\nx"}
    found = book(files)
    assert len(found.documents[-1].title) > 90_000
    assert [m.text for m in found.mentions] == ["AI-08"]


@pytest.mark.parametrize("title", ["'2024'", "'!'", "x", "'…'", "'10.2'"])
def test_numbers_and_signs_are_no_names(title: str) -> None:
    assert mentions("In 2024! x … 10.2.", f"title: {title}") == []
