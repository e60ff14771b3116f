"""Words of the glossary in documents' prose."""

from __future__ import annotations

import pytest

from builders import book
from policygraph.resolving.terms import TermFinder

TERMS = """\
terms:
  - {term: Risk, definition: "What could go wrong."}
  - {term: Residual risk, definition: "What is left."}
  - {term: AI system, definition: "A machine that infers.", aliases: ["AI tool"], abbreviation: AIS}
  - {term: Emergency, definition: "Danger now."}
  - {term: Information technology, definition: "Machines.", abbreviation: IT}
  - {term: リスク, definition: "Risk."}
"""
ROLES = "roles:\n  risk-manager: {title: Risk manager}\n"
OTHER = "---\nid: B-1\ntitle: Risk register\naliases: ['the emergency plan']\n---\nText.\n"


def found(text: str, settings: str = "") -> list[str]:
    """What stands in the text where terms were found, with the term meant where it differs."""
    handbook = book(
        {
            "a.md": text,
            "b.md": OTHER,
            "policies/registers/terms.yml": TERMS,
            "policies/registers/organisation.yml": ROLES,
        },
        settings,
    )
    organisation = handbook.organisation
    finder = TermFinder(
        organisation.terms, handbook.documents, organisation.roles.values(), handbook.settings.language
    )
    document = handbook.by_path["policies/a.md"]
    uses = finder.uses(document.body, handbook.blocks[document.path])
    return [f"{document.body[u.span.start : u.span.end]}={u.term.term}" for u in uses]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("A risk is rated.", ["risk=Risk"]),
        ("The RISK, the Risks and risky things.", ["RISK=Risk"]),
        ("Two emergencies.", ["emergencies=Emergency"]),
        ("An AI tool is an AI system; so is an AIS.", ["AI tool=AI system"]),
        ("Residual risk is accepted.", ["Residual risk=Residual risk"]),
        ("The risk manager keeps the risk register.", []),
        ("See the emergency plan.", []),
        ("We like it. IT likes us.", ["IT=Information technology"]),
        ("The AI\nsystem", ["AI\nsystem=AI system"]),
        ("Every **risk** and *AI* system.", ["risk=Risk"]),
        ("`risk`, [a risk](x.md), [[B-1|risk]], <b>risk</b>", []),
        ("https://example.org/risk and risk@example.org", []),
        ("A sentence. { #risk }", []),
        ("Text {: .risk } here", []),
        ("| Risk |\n|---|\n| a risk |", ["risk=Risk"]),
        ("## Risk\n\nNothing.", []),
        ("> a risk", ["risk=Risk"]),
        ("このリスクを評価する。", ["リスク=リスク"]),
        ("Text.[^1]\n\n[^1]: a risk", []),
        ("```\nrisk\n```", []),
        ("A ri\\sk and a r&#105;sk.", []),
    ],
)
def test_terms_in_prose(text: str, terms: list[str]) -> None:
    assert found(f"# T\n\n{text}\n") == terms


def test_a_term_is_found_once_in_each_section() -> None:
    text = "# T\n\nA risk, a risk.\n\n## One\n\nA risk.\n\n### Deeper\n\nA risk.\n\n## Two\n\nNo risks, no risk.\n"
    assert found(text) == ["risk=Risk", "risk=Risk", "risks=Risk"]


def test_what_markdown_breaks_up_leaves_room_for_the_next() -> None:
    assert found("# T\n\nAn *AI* system and an AI system.\n") == ["AI system=AI system"]


def test_plurals_are_english() -> None:
    assert found("# T\n\nRisks.\n", "language: de\n") == []


def test_without_terms_nothing_is_looked_for() -> None:
    handbook = book({"a.md": "# T\n\nA risk.\n"})
    document = handbook.documents[0]
    assert (
        list(TermFinder((), handbook.documents, (), "en").uses(document.body, handbook.blocks[document.path]))
        == []
    )
