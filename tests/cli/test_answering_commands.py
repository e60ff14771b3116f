"""`show`, `why` and `impact`."""

from __future__ import annotations

import json

import pytest
from command_line import CommandLine


def test_why_shows_relation_reason_and_places(small: CommandLine) -> None:
    result = small("why", "r-01", "R-02")
    assert result.code == 0
    assert result.out == (
        "R-01 Risk assessment  →  R-02 Impact assessment\n"
        "\n"
        "R-01 depends on R-02\n"
        "  because Impact results set the severity.\n"
        "  policies/risk/assessment.md:8, in the front matter\n"
        "  policies/risk/assessment.md:21, under Risk assessment > Rating\n"
        "    “Take the severity from R-02.”\n"
        "\n"
        "Why an auditor would ask:\n"
        "  iso-42001:6.1.2 leans on iso-42001:6.1.4 (direct): The impact assessment informs how consequences\n"
        "    are judged.\n"
    )


def test_why_shows_the_recorded_decision(small: CommandLine) -> None:
    out = small("why", "R-01", "R-05").out
    assert "R-01 needs no reference to R-05: decided on 2026-03-01 by Board" in out
    assert "because Waste is no risk of ours." in out
    assert "policies/risk/assessment.md:12" in out


def test_why_shows_the_path(small: CommandLine) -> None:
    out = small("why", "R-01", "R-03").out
    assert "it leads there over one other document:" in out
    assert "R-01 depends on R-02, which references R-03" in out
    assert "R-01 → R-02: Impact results set the severity." in out


def test_why_shows_the_reverse_as_such(small: CommandLine) -> None:
    out = small("why", "R-02", "R-01").out
    assert out.splitlines()[2].startswith("Nothing recorded: R-02 does not reference R-01")
    assert "The other way round, which answers nothing about R-02:\n  R-01 depends on R-02" in out
    assert "Both answer:\n  iso-42001:6.1.2" in out
    assert "not_related:\n    - to: R-01" in out


def test_why_offers_the_lines_that_would_answer(small: CommandLine) -> None:
    out = small("--today", "2026-11-25", "why", "R-04", "R-02").out
    assert "R-04 leans" not in out
    assert "iso-42001:6.1.2 leans on iso-42001:6.1.4 (direct)" in out
    assert (
        "  references:\n"
        "    - to: R-02\n"
        '      because: "The impact assessment informs how consequences are judged."\n'
        "If it need not, say that:\n"
        "  not_related:\n"
        "    - to: R-02\n"
        '      because: "…"\n'
        "      decided: 2026-11-25\n"
        '      by: "…"\n'
    ) in out
    assert "(under not_related:)\n    - to: R-04\n" in small("why", "R-01", "R-04").out


def test_why_shows_shared_clauses_and_mentions(small: CommandLine) -> None:
    assert "Both answer:\n  iso-42001:6.1.2" in small("why", "R-04", "R-01").out
    mentioned = small("why", "R-04", "R-03").out
    assert "R-04 names R-03 without a link:" in mentioned
    assert "policies/risk/alone.md:10 ‘System inventory’" in mentioned


def test_why_says_that_nothing_is_recorded(small: CommandLine) -> None:
    result = small("why", "R-05", "R-04")
    assert result.code == 0
    assert "Nothing recorded" in result.out
    assert json.loads(small("why", "R-05", "R-04", "--format", "json").out)["answer"] == "nothing recorded"


@pytest.mark.parametrize(
    ("source", "target", "answer"),
    [
        ("R-01", "R-02", "reference"),
        ("R-01", "R-05", "decision"),
        ("R-01", "R-03", "path"),
        ("R-02", "R-04", "shared clauses"),
        ("R-04", "R-03", "mention"),
    ],
)
def test_why_as_data(small: CommandLine, source: str, target: str, answer: str) -> None:
    found = json.loads(small("why", source, target, "--format", "json").out)
    assert (found["source"], found["target"], found["answer"]) == (source, target, answer)


def test_why_needs_two_documents(small: CommandLine) -> None:
    result = small("why", "R-01", "risk assessment")
    assert result.code == 2
    assert "are the same document: R-01" in result.err
    assert small("why", "R-01").code == 2


@pytest.mark.parametrize(
    "name", ["R-01", "r-01", "Risk assessment", "policies/risk/assessment.md", "./policies/risk/assessment"]
)
def test_a_document_is_found_by_id_title_and_file(small: CommandLine, name: str) -> None:
    assert small("show", name).out.startswith("R-01 Risk assessment\n")


@pytest.mark.parametrize("command", [["show"], ["why", "R-01"], ["impact"]])
def test_a_typo_gets_a_suggestion(small: CommandLine, command: list[str]) -> None:
    result = small(*command, "RR-03")
    assert result.code == 2
    assert result.err == (
        "policygraph: There is no document 'RR-03'. Did you mean R-03 (System inventory)?\n"
    )


def test_an_unknown_id_that_looks_like_nothing(small: CommandLine) -> None:
    assert (
        small("show", "quantum").err.startswith(
            "policygraph: There is no document 'quantum'. Ids here are such as R-04, "
        )
        or "Ids here are such as" in small("show", "quantum").err
    )


def test_an_ambiguous_title_is_refused(empty: CommandLine) -> None:
    empty.write({"policies/a.md": "# Same\n", "policies/b.md": "# Same\n"})
    result = empty("show", "same")
    assert result.code == 2
    assert "names 2 documents: a (policies/a.md), b (policies/b.md)" in result.err


def test_show_has_everything(small: CommandLine) -> None:
    out = small("show", "R-01").out
    for text in (
        "How we rate risks.",
        "file         policies/risk/assessment.md",
        "owner        Risk manager (Gareth Pugh)",
        "area         Risks",
        "Answers (1)\n  iso-42001:6.1.2",
        "References (1)\n  depends on R-02 Impact assessment\n      because Impact results set the severity.",
        "Referenced by (0)",
        "No reference needed\n  to R-05 Waste\n    because Waste is no risk of ours.",
        "Findings (2)",
    ):
        assert text in out, text
    assert "relied on by R-01 Risk assessment" in small("show", "R-02").out
    assert "nobody holds it at present" in small("show", "R-03").out


def test_show_as_data(small: CommandLine) -> None:
    found = json.loads(small("show", "R-01", "--format", "json").out)
    assert found["document"]["id"] == "R-01"
    assert found["owner"]["holders"] == ["Gareth Pugh"]
    assert [r["target"] for r in found["references"]] == ["R-02"]


def test_impact_follows_what_relies(small: CommandLine) -> None:
    small.write(
        {
            "policies/risk/third.md": "---\nid: R-06\ntitle: Third\nreferences:\n  - to: R-01\n    relation: implements\n---\n# Third\n\nText.\n"
        }
    )
    out = small("impact", "R-02").out
    assert out.index("Directly\n  R-01 Risk assessment") < out.index("Through 1 other\n  R-06 Third")
    assert "R-01 depends on R-02: Impact results set the severity." in out
    assert "R-06 implements R-01, which depends on R-02" in out
    assert "Whom to ask\n  Risk manager (Gareth Pugh): R-01\n  nobody is named: R-06" in out
    assert "2 documents are concerned." in out


def test_impact_counts_other_references_only_when_asked(small: CommandLine) -> None:
    assert "Nothing relies on it." in small("impact", "R-03").out
    assert "impact --all" in small("impact", "R-03").out
    assert "R-02 Impact assessment" in small("impact", "R-03", "--all").out
    assert "R-02 Impact assessment" in small("impact", "R-03", "--relation", "references").out
    assert "Nothing references it." in small("impact", "R-05", "--all").out


def test_impact_as_data(small: CommandLine) -> None:
    found = json.loads(small("impact", "R-02", "--format", "json").out)
    assert [(d["id"], d["distance"]) for d in found["dependents"]] == [("R-01", 1)]
    assert found["owners"] == [{"owner": "risk-manager", "holders": ["Gareth Pugh"], "documents": ["R-01"]}]


def test_impact_refuses_unknown_relations_and_contradictions(small: CommandLine) -> None:
    result = small("impact", "R-02", "--relation", "dependson")
    assert result.code == 2
    assert "Did you mean 'depends on'?" in result.err
    assert small("impact", "R-02", "--all", "--relation", "implements").code == 2
