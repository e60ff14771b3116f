"""Wording: what is found in a text, what is left alone, and what hostile text cannot do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import judged
from policygraph.judging.fixing import fixed
from policygraph.model.finding import Finding, Severity

TERMS = "policies/registers/terms.yml"
LONG = " ".join(["word"] * 41)
ON = "rules: {PG443: info}\n"


def found(
    text: str, code: str, settings: str = "", front: str = "", more: dict[str, str] | None = None
) -> list[Finding]:
    files = {"a.md": f"---\ntitle: A\n{front}---\n{text}\n", **(more or {})}
    return [f for f in judged(files, settings).findings if f.code == code]


def abbreviations(
    text: str, terms: str = "terms:\n  - {term: Panel, definition: Nine people.}\n"
) -> list[str]:
    files = {"a.md": f"---\ntitle: A\n---\n{text}\n", TERMS: terms}
    return [f.message.split("'")[1] for f in judged(files).findings if f.code == "PG444"]


def mended(text: str, finding: Finding) -> str:
    assert finding.fix is not None
    result = fixed({"policies/a.md": text}, [finding.fix])
    assert result.applied == (finding.fix,)
    return result.texts["policies/a.md"]


# PG440 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Visitors shall wear a badge.",
        "Visitors shall not smoke.",
        "Visitors SHALL wear a badge.",
        "- Doors *shall* be locked, and shall stay locked.",
        "The door\nshall be locked.",
    ],
)
def test_shall_stands_for_must(text: str) -> None:
    (finding,) = found(text, "PG440")
    assert finding.suggestion == "must"
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    "text",
    [
        "Nobody shall smoke.",
        "No visitor shall enter alone.",
        "We shall see.",
        "What shall visitors wear?",
        "The standard says: “Visitors shall wear a badge.”",
        "> Visitors shall wear a badge.",
        "Visitor shall mean a person without a badge.",
        "This policy shall apply from May.",
        "A letter shall be deemed received on the third day.",
        "`Visitors shall wear a badge.`",
        "The key words are those of RFC 2119. Visitors shall wear a badge.",
        'In this policy "shall" is a duty. Visitors shall wear a badge.',
        "Marshall and shallow waters.",
        "See [what shall be worn](https://example.org).",
    ],
)
def test_other_uses_of_shall_are_left_alone(text: str) -> None:
    assert found(text, "PG440") == []


def test_shall_is_english() -> None:
    assert found("Visitors shall wear a badge.", "PG440", front="lang: de\n") == []


def test_one_finding_for_a_document_and_a_fix_for_all_of_it() -> None:
    text = "---\ntitle: A\n---\nVisitors shall wear a badge.\n\nIt SHALL be seen.\n\n> It shall not.\n"
    (finding,) = [f for f in judged({"a.md": text}).findings if f.code == "PG440"]
    assert "1 more time below" in finding.message
    assert finding.fix is not None
    assert not finding.fix.safe
    assert mended(text, finding) == text.replace("Visitors shall", "Visitors must").replace("SHALL", "MUST")


GERMAN = "lang: de\n"


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Besucher sollen einen Ausweis tragen.", "müssen"),
        ("Jede Abweichung soll am selben Tag gemeldet werden.", "muss"),
        ("Besucher sollen im Gang nicht rauchen.", "dürfen"),
        ("Der Leiter soll keine Ausnahme machen, wenn es eilt.", "darf"),
        ("Wenn ein Gerät fehlt, soll der Besitzer anrufen.", "muss"),
    ],
)
def test_soll_stands_for_muss(text: str, better: str) -> None:
    (finding,) = found(text, "PG440", front=GERMAN)
    assert finding.suggestion == better


@pytest.mark.parametrize(
    "text",
    [
        "Niemand soll rauchen.",
        "Was soll ein Besucher tragen?",
        "Diese Richtlinie soll allen helfen.",
        "Wenn ein System eingeführt werden soll, prüft es der Leiter.",
        "So, wie es sein soll.",
        "Das Soll wird jährlich bestimmt.",
        "> Besucher sollen einen Ausweis tragen.",
        "Die Norm sagt: „Besucher sollen einen Ausweis tragen.“",
        "Hier heißt „sollen“ eine Pflicht. Besucher sollen einen Ausweis tragen.",
        "Der Soll-Zustand steht fest.",
        "Soll ein Gerät verkauft werden, löscht es die IT.",
    ],
)
def test_other_uses_of_soll_are_left_alone(text: str) -> None:
    assert found(text, "PG440", front=GERMAN) == []


def test_a_german_ban_stays_a_ban() -> None:
    text = "---\ntitle: A\nlang: de\n---\nGäste sollen nicht rauchen.\n\nSie SOLLEN läuten.\n"
    (finding,) = [f for f in judged({"a.md": text}).findings if f.code == "PG440"]
    assert mended(text, finding) == text.replace("sollen", "dürfen").replace("SOLLEN", "MÜSSEN")


@pytest.mark.parametrize(
    "text",
    [
        "Zugriffe müssen jedes Quartal überprüft werden.",
        "Der Bericht muss bis Freitag an den Vorstand gesendet werden.",
        "Passwörter dürfen nicht weitergegeben werden.",
        "Neue Risiken müssen dokumentiert werden.",
    ],
)
def test_a_german_statement_that_names_nobody(text: str) -> None:
    (finding,) = found(text, "PG443", ON, GERMAN)
    assert "werden" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Zugriffe müssen jedes Quartal von der Systemeignerin überprüft werden.",
        "Neue Risiken müssen durch den Risikomanager dokumentiert werden.",
        "Die Systemeignerin muss die Zugriffe überprüfen.",
        "Wer kommt, muss angemeldet sein.",
        "Das Büro darf betreten werden.",
    ],
)
def test_a_german_statement_that_names_somebody(text: str) -> None:
    assert found(text, "PG443", ON, GERMAN) == []


# PG441 -------------------------------------------------------------------------------------------------------


def test_a_sentence_is_long_from_its_forty_first_word() -> None:
    (finding,) = found(f"Short.\n\n{LONG}.", "PG441")
    assert "41 words" in finding.message
    assert (finding.place.line, finding.place.column) == (6, 1)
    assert found(f"{' '.join(['word'] * 40)}.", "PG441") == []


def test_a_german_sentence_is_long_too() -> None:
    (finding,) = found(f"Nach Art. 5 z. B. {LONG}.", "PG441", front="lang: de\n")
    assert "words" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        f"One half {' '.join(['word'] * 30)}. Other half {' '.join(['word'] * 30)}.",
        f"> {LONG}.",
        f"She said: “{LONG}.”",
        f"| A |\n|---|\n| {LONG} |",
        f"```\n{LONG}.\n```",
        " ".join(["[one of many links](https://example.org)"] * 12),
        " ".join(["–"] * 60),
        f"[{' '.join(['word'] * 20)}](https://example.org)\n{' '.join(['word'] * 30)}.",
    ],
)
def test_what_only_looks_long_is_left_alone(text: str) -> None:
    assert found(text, "PG441") == []


# PG442 -------------------------------------------------------------------------------------------------------


def test_a_document_over_its_budget() -> None:
    (finding,) = found("one two three four", "PG442", "word_budget: 3\n")
    assert finding.severity is Severity.WARNING
    assert "4 words, 1 more than the 3" in finding.message
    assert found("one two three", "PG442", "word_budget: 3\n") == []
    assert found("one two three", "PG442") == []


def test_a_budget_by_type() -> None:
    settings = "word_budget: {procedure: 2, policy: 5}\n"
    assert found("one two three", "PG442", settings, "type: procedure\n")
    assert not found("one two three", "PG442", settings, "type: policy\n")
    assert not found("one two three", "PG442", settings, "type: plan\n")


# PG443 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Access must be reviewed every quarter.",
        "Ratings must be kept for two years.",
        "It shall not be carefully moved.",
    ],
)
def test_a_statement_that_names_nobody(text: str) -> None:
    (finding,) = found(text, "PG443", ON)
    assert "by whom" in finding.message
    assert found(text, "PG443") == []


@pytest.mark.parametrize(
    "text",
    [
        "Access must be reviewed by the owner every quarter.",
        "The owner must review access.",
        "You must be aware of it.",
        "You must be logged and tired.",
        "Passwords that must be typed are short.",
        "It may be reviewed.",
    ],
)
def test_a_statement_that_names_somebody_or_demands_nothing(text: str) -> None:
    assert [f.message for f in found(text, "PG443", ON) if "logged" not in f.message] == []


def test_by_a_day_is_nobody() -> None:
    assert found("Access must be reviewed by the end of May.", "PG443", ON)


# PG444 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ask the DSO.", ["DSO"]),
        ("Ask the DSOs.", ["DSO"]),
        ("Ask the DSO, and the DSO asks the KRT.", ["DSO", "KRT"]),
        ("Ask the DSO before you travel for work. The data steward's office (DSO) answers.", ["DSO"]),
        ("Frag das DSB-Team.", ["DSB"]),
        ("| Who | What |\n|---|---|\n| The DSO | asks |", ["DSO"]),
    ],
)
def test_an_abbreviation_that_nothing_explains(text: str, names: list[str]) -> None:
    assert abbreviations(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Ask the data steward's office (DSO). The DSO answers.",
        "Ask the DSO (data steward's office).",
        "Ask the data steward's office, or DSO.",
        "Der Datenschutzbeauftragte (kurz DSB) hilft. Der DSB ist da.",
        "DSO stands for the office of the data steward.",
        "*[DSO]: Data steward's office\n\nAsk the DSO.",
        "| Short | Long |\n|---|---|\n| DSO | Data steward's office |",
        "The EU, ISO 9001 and AI. PDF or CSV.",
        "See DSO-12, KRT 3 and A/DSO.",
        "Chapter XIV and part III.",
        "You must NOT do it. EVERY time, every day.",
        "ALL HANDS ON DECK NOW",
        "`DSO` in code, and [DSO](https://example.org) as a link.",
        "Ask the PANEL.",
    ],
)
def test_abbreviations_that_need_no_term(text: str) -> None:
    assert abbreviations(text) == []


def test_terms_explain_and_without_terms_nothing_is_asked() -> None:
    terms = "terms:\n  - {term: Data steward, abbreviation: DSO, aliases: [KRT], definition: Somebody.}\n"
    assert abbreviations("Ask the DSO and the KRT.", terms) == []
    assert found("Ask the DSO.", "PG444") == []


def test_abbreviations_count_in_force_only() -> None:
    terms = {TERMS: "terms:\n  - {term: Panel, definition: Nine people.}\n"}
    assert found("Ask the DSO.", "PG444", front="status: draft\n", more=terms) == []


# Hostile text ------------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    ["shall", "SHALL", "must be done", "DSO", "(DSO)", "(", ")", "“", "”", '"', ">", "|", "\n", "\n\n", "*", "[[", "]]", "`",
     "{ #a }", "{", ".", "?", "ß", "İ", "\u200b", "\x00", "word " * 45, "by the", "\t", "*[DSO]:", "é" * 9]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map(" ".join))
def test_any_text_is_judged_and_mended_where_it_says_so(text: str) -> None:
    body = f"---\ntitle: A\n---\n{text}\n"
    files = {"a.md": body, TERMS: "terms:\n  - {term: Panel, definition: Nine people.}\n"}
    for finding in judged(files, ON).findings:
        if finding.code.startswith("PG44"):
            assert finding.place.line <= body.count("\n") + 1
            if finding.fix is not None:
                assert mended(body, finding) != body


def test_a_huge_sentence_costs_no_more_than_its_length() -> None:
    text = "(" * 50_000 + " shall " + "“" * 50_000 + " DSO " + "no " * 50_000
    assert found(text, "PG441") == []


# PG445 -------------------------------------------------------------------------------------------------------


def test_a_name_that_no_register_knows_is_a_finding_once_in_a_document() -> None:
    on = "rules: {PG445: info}\n"
    text = (
        "The release owner must look.\n\nThe release owner must sign.\n\nSuppliers must pay.\n\nYou must ask."
    )
    (finding,) = found(text, "PG445", on)
    assert "'Release owner' is bound here" in finding.message
    assert found(text, "PG445") == []
    assert found("You must ask the release owner.", "PG445", on) == []
