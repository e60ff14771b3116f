from __future__ import annotations

import pytest

from builders import book
from policygraph.resolving.handbook import Handbook


def mentions(found: Handbook, source: str = "a") -> list[tuple[str, str, bool]]:
    ids = {d.path: d.id for d in found.documents}
    return [(m.text, ids[m.target], m.strong) for m in found.mentions if ids[m.source] == source]


def strong(
    text: str, front: str, path: str = "x.md", settings: str = "", source: str = "a.md"
) -> list[tuple[str, bool]]:
    """Mentions of one other document, whose front matter is given, in a text."""
    found = book({source: text, path: f"---\n{front}\n---\nText.\n"}, settings)
    return [(text, is_strong) for text, _, is_strong in mentions(found, source.partition(".")[0])]


@pytest.mark.parametrize(
    ("front", "text", "expected"),
    [
        ("title: Access control policy", "See the access control policy.", [("access control policy", True)]),
        ("title: Access Control Policy", "see the ACCESS CONTROL POLICY", [("ACCESS CONTROL POLICY", True)]),
        ("title: Access control policy", "access\ncontrol policy", [("access control policy", True)]),
        ("title: Access control policy", "access\u00a0control **policy**", [("access\u00a0control policy", True)]),
        ("title: Access control policy", "Access control is hard.", []),
        ("title: Access control policy", "The policy on access control.", []),
        ("title: Access control policy", "Subaccess control policy", []),
        ("title: Access control policy", "access control policymaking", []),
        ("title: Access control policy", "`access control policy`", []),
        ("title: Access control policy", "[access control policy](https://example.com)", []),
        ("title: Access control policy", "# Access control policy\n", []),
        ("title: Access control policy", "```\naccess control policy\n```", []),
        ("title: Access control policy", "x[^1]\n\n[^1]: access control policy", []),
        ("title: Access control policy", "Access. Control policy", []),
        ("title: Access control policy", "Roles for access\n\ncontrol policy", []),
        ("title: Backups", "We make backups daily.", [("backups", False)]),
        ("title: Backups", "Backups are made daily.", [("Backups", False)]),
        ("title: Backups", "Read about this in Backups first.", [("Backups", False)]),
        ("title: Backups", "BACKUPS MUST BE MADE", [("BACKUPS", False)]),
        ("title: Zed\nid: incident", "An incident happened.", [("incident", False)]),
        ("title: Zed\nid: AI-08", "See AI-08.", [("AI-08", True)]),
        ("title: Zed\nid: AI-08", "See ai-08.", [("ai-08", True)]),
        ("title: Zed\nid: AI-08", "See AI\u201108.", [("AI\u201108", True)]),
        ("title: Zed\nid: AI-08", "AI-08-B, AI-080, XAI-08, AI-08.1, x/AI-08, AI-08/x", []),
        ("title: Zed\nid: AI-08", "(AI-08), AI-08's, “AI-08”, AI-08.", [("AI-08", True)] * 4),
        ("title: Zed\nid: AI-08", "The AI-08-based approach", []),
        ("title: Zed\nid: '0161'", "We have 0161 machines.", []),
        ("title: Zed\naliases: [AUP]", "See the AUP.", [("AUP", True)]),
        ("title: Zed\naliases: [conduct]", "Good conduct matters.", [("conduct", True)]),
        ("title: Zed\nformer_ids: [OLD-7]", "See OLD-7.", [("OLD-7", True)]),
        ("title: Roles & duties plan", "the roles and duties plan", [("roles and duties plan", True)]),
        ("title: Roles and duties plan", "the roles & duties plan", [("roles & duties plan", True)]),
        ("title: Roles and duties plan", "the roles &amp; duties plan", [("roles & duties plan", True)]),
        ("title: How we treat people's data", "how we treat people’s data", [("how we treat people’s data", True)]),
        ("title: アクセス管理規程", "社員はアクセス管理規程を読む。", [("アクセス管理規程", False)]),
        ("title: Access control policy", "acc\u200bess control policy", [("access control policy", True)]),
        ("title: C++", "We write C++ code.", [("C++", False)]),
    ],
)  # fmt: skip
def test_mentions_of_one_document(front: str, text: str, expected: list[tuple[str, bool]]) -> None:
    assert strong(text, front) == expected


def test_file_name_words_are_names() -> None:
    assert strong("See the clean desk policy.", "title: Zed", "clean-desk-policy.md") == [
        ("clean desk policy", True)
    ]
    assert strong("Read the readme.", "title: Zed", "policies/desk/README.md") == []


def test_a_document_never_mentions_itself() -> None:
    found = book(
        {"a.md": "---\ntitle: Access control policy\nid: AI-01\n---\nThis access control policy, AI-01.\n"}
    )
    assert found.mentions == ()


def test_the_longest_name_wins() -> None:
    found = book(
        {
            "a.md": "See the system availability policy.",
            "x.md": "---\ntitle: Availability Policy\n---\nx",
            "y.md": "---\ntitle: System Availability Policy\n---\nx",
        }
    )
    assert mentions(found) == [("system availability policy", "y", True)]


def test_the_longest_name_wins_even_where_it_is_ones_own() -> None:
    found = book(
        {
            "a.md": "---\ntitle: System Availability Policy\n---\nThis system availability policy.",
            "x.md": "---\ntitle: Availability Policy\n---\nx",
        }
    )
    assert mentions(found) == []


def test_a_name_that_two_documents_bear_is_no_mention() -> None:
    found = book(
        {
            "a.md": "See the IRP.",
            "x.md": "---\ntitle: X1\naliases: [IRP]\n---\nx",
            "y.md": "---\ntitle: Y1\naliases: [IRP]\n---\nx",
        }
    )
    assert mentions(found) == []


def test_a_mention_has_its_place_and_passage() -> None:
    found = book(
        {
            "a.md": "# H\n\nÜber. Read **the** _access control policy_ now. End.",
            "x.md": "---\ntitle: Access control policy\n---\nx",
        }
    )
    (mention,) = found.mentions
    assert (mention.place.line, mention.place.column) == (3, 21)
    assert mention.passage.sentence == "Read the access control policy now."
    assert mention.passage.section == "h"


def test_mentions_after_code_and_links_stand_right() -> None:
    found = book(
        {"a.md": "`a b` [c](d.md) see AI-08 and\nAI-08 | x", "x.md": "---\nid: AI-08\ntitle: Zed\n---\nx"}
    )
    assert [(m.place.line, m.place.column) for m in found.mentions] == [(1, 21), (2, 1)]


def test_capitals_prove_nothing_in_german() -> None:
    assert strong("Wir machen ein Backup.", "title: Backup", settings="language: de") == [("Backup", False)]
    assert strong("Siehe Richtlinie Zugang.", "title: Richtlinie Zugang\nid: Q", settings="language: de") == [
        ("Richtlinie Zugang", False)
    ]
    assert strong("Siehe die Leitlinie.", "title: Sichere Leitlinie", settings="language: de") == []


def test_capitals_after_a_list_mark_or_colon_prove_nothing() -> None:
    assert strong("- Backups\n- See: Backups", "title: Backups") == [("Backups", False), ("Backups", False)]


def test_translations_mention_nothing() -> None:
    found = book({"a.md": "x", "a.de.md": "Siehe AI-08.", "x.md": "---\nid: AI-08\ntitle: Zed\n---\nx"})
    assert found.mentions == ()
