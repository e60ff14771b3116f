"""What counts as a change of substance: both ways round, in English and in German."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.judging.change import differences
from policygraph.model.change import ChangeKind
from policygraph.publishing.catalogues import words_in
from policygraph.publishing.redline import redline
from policygraph.reading.fingerprint import fingerprint
from policygraph.words import Words, speaking

FRONT = """---
id: AI-06
title: Risk assessment
owner: risk-manager
applies_to: [everyone]
satisfies: ["iso-42001:6.1.2"]
references:
  - to: AI-08
    relation: depends on
    because: "Impact results set the severity of a consequence."
---
"""

SUBSTANCE = [
    ("You must report it.", "You may report it."),
    ("within 24 hours", "within 72 hours"),
    ("It is now allowed.", "It is not allowed."),
    ("All staff and visitors", "All staff or visitors"),
    ("one approver", "two approvers"),
    ("one approver", "One approver and a deputy"),
    ("at least weekly", "at most weekly"),
    ("Any system", "Every system"),
    ("within a day", "within a week"),
    ("a day's notice", "days notice"),
    ("internal audit", "external audit"),
    ("We approve it.", "We improve it."),
    ("Logs include names.", "Logs exclude names."),
    ("the employer decides", "the employee decides"),
    ("the licensor", "the licensee"),
    ("lawful processing", "unlawful processing"),
    ("encrypted data", "unencrypted data"),
    ("on the intranet", "on the internet"),
    ("biannual review", "biennial review"),
    ("Keep it for 3.5 years.", "Keep it for 35 years."),
    ("below -5 °C", "below 5 °C"),
    ("more than 5 %", "more than 5 €"),
    ("x < 5", "x > 5"),
    ("5-10 people", "5 10 people"),
    ("It is not able to.", "It is notable to."),
    ("See [the plan](a.md).", "See [the plan](b.md)."),
    ("See [[AI-08]].", "See [[AI-09]]."),
    ("See [[AI-08#scope|it]].", "See [[AI-08#aim|it]]."),
    ("Ask the DPO.", "Ask the CPO."),
    ("Ask the CTIO of the group.", "Ask the CITO of the group."),
    ("unpatched systems", "unmatched systems"),
    ("We refactor it.", "We reactor it."),
    ("We dedupe the records.", "We deduce the records."),
    ("The library is composable.", "The library is comparable."),
    ("Use the analytics.", "Use the analysis."),
    ("Kept on aws today.", "Kept on was today."),
    ("Call Ms Brwon or Mr Jones.", "Call Ms Brown or Mr Jones."),
    ("It is kept with Amazno today.", "It is kept with Amazon today."),
    ("Fragen Sie Frau Müler und nicht die Leitung.", "Fragen Sie Frau Müller und nicht die Leitung."),
    ("Write to security@example.org.", "Write to secruity@example.org."),
    ("Report within\n24. The rest follows.", "Report within\n72. The rest follows."),
    ("24. Dezember ist frei.", "31. Dezember ist frei."),
    ("| Low | | 24 |\n", "| Low | 24 | |\n"),
    ("First this.\n\nThen that.", "Then that.\n\nFirst this."),
    ("Shown.", "<!-- Shown. -->"),
    ("~~Struck~~ out.", "Struck out."),
    ("- [ ] done", "- [x] done"),
    ("Mitarbeitende müssen melden.", "Mitarbeitende dürfen melden."),
    ("Das ist erlaubt.", "Das ist verboten."),
    ("eine Ausnahme", "keine Ausnahme"),
    ("binnen zwei Wochen", "binnen drei Wochen"),
    ("mindestens jährlich", "höchstens jährlich"),
    ("in Maßen", "in Massen"),
    ("interne Prüfung", "externe Prüfung"),
]

EDITORIAL = [
    ("We recieve it.", "We receive it."),
    ("Ask teh owner.", "Ask the owner."),
    ("It is definately necesary and seperate.", "It is definitely necessary and separate."),
    ("The goverment adress", "The government address"),
    ("The organisation's behaviour", "The organization's behavior"),
    ("labelled in the centre", "labeled in the center"),
    ("a risk-based e-mail", "a risk based email"),
    ("“Quoted” – it’s so", '"Quoted" - it\'s so'),
    ("one line\nand the next", "one line and\nthe next"),
    ("# Scope\n\nAll of *us*", "## Scope\n\nAll of **us**"),
    ("* one thing\n* another", "- one thing\n- another"),
    ("1. this\n2. that\n3. more", "1. this\n1. that\n1. more"),
    ("5 – 10 people", "5-10 people"),
    ("Within 24-hour limits", "within 24 hour limits"),
    ("The Board, then", "the board then"),
    ("Kept. <!-- a note -->", "Kept."),
    ("über das Maß", "u\u0308ber das Maß"),
    ("Der Mitarbeitr meldet.", "Der Mitarbeiter meldet."),
    (
        "Wer etwas sieht, ist der Mitarbeitr, und nicht die Leitung.",
        "Wer etwas sieht, ist der Mitarbeiter, und nicht die Leitung.",
    ),
    ("for the Organisation of Labour", "for the Organization of Labor"),
    ("jede Massnahme", "jede Maßnahme"),
    ("„So“ ist es", "»So« ist es"),
]


@pytest.mark.parametrize(("old", "new"), SUBSTANCE)
def test_what_binds_people_is_substance_both_ways(old: str, new: str) -> None:
    there, back = differences(FRONT + old, FRONT + new), differences(FRONT + new, FRONT + old)
    assert there.kind is back.kind is ChangeKind.SUBSTANCE
    assert there.reasons
    assert fingerprint(FRONT + old).substance != fingerprint(FRONT + new).substance


@pytest.mark.parametrize(("old", "new"), EDITORIAL)
def test_spelling_and_typography_are_editorial_both_ways(old: str, new: str) -> None:
    there, back = differences(FRONT + old, FRONT + new), differences(FRONT + new, FRONT + old)
    assert there.kind is back.kind is ChangeKind.EDITORIAL
    assert there.reasons


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("owner: risk-manager", "owner: head-of-data", "owner: risk-manager became head-of-data"),
        ("[everyone]", "[everyone, suppliers]", "applies_to: suppliers added"),
        ("6.1.2", "6.1.3", "satisfies: iso-42001:6.1.2 became iso-42001:6.1.3"),
        ("title: Risk", "status: draft\ntitle: Risk", "status: draft added"),
        ("depends on", "see also", None),
        ("AI-08", "AI-09", None),
        ("title: Risk", "title: No risk", "title: Risk assessment became No risk assessment"),
    ],
)
def test_fields_that_bind_are_substance(old: str, new: str, reason: str | None) -> None:
    changed = FRONT.replace(old, new)
    change = differences(FRONT + "Text.", changed + "Text.")
    assert change.of_substance
    assert reason is None or change.reasons == (reason,)
    assert fingerprint(FRONT).substance != fingerprint(changed).substance


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Risk assessment", "title: Assessing risk"),
        ("id: AI-06", "id: AI-06\nformer_ids: [AI-6]\ntags: [one]"),
        ("id: AI-06\ntitle: Risk assessment", "title: Risk assessment\nid: AI-06"),
        ("[everyone]", "\n  - Everyone"),
        ("owner: risk-manager", 'owner: "risk-manager"  # Ada\nstatus: active'),
        ("consequence.", "consequense."),
    ],
)
def test_fields_that_name_and_order_are_editorial(old: str, new: str) -> None:
    change = differences(FRONT + "Text.", FRONT.replace(old, new) + "Text.")
    assert change.kind is ChangeKind.EDITORIAL
    assert change.reasons


def test_reasons_are_plain_words_the_weightiest_first() -> None:
    old = "Staff report incidents quickly. They must do so within 24 hours, in writing."
    new = "Everybody tells us of incidents. They may do so within 72 hours, in writing."
    reasons = differences(old, new).reasons
    assert "“must” became “may”" in reasons
    assert "“24” became “72”" in reasons
    long = differences("Short.", "Short. " + " ".join(["calm"] * 23))
    assert long.reasons == ("23 words added",)


def test_broken_front_matter_hides_no_change() -> None:
    broken = "---\nowner: [a\ntitle: x\n---\nText."
    assert differences(broken, broken.replace("[a", "[b")).of_substance


def test_a_list_that_grows_is_no_renumbering_of_the_rest() -> None:
    change = differences("1. a\n2. b\n3. c", "1. a\n2. new\n3. b\n4. c")
    assert change.reasons == ("“new” added",)


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 60_000,
        "a-" * 100_000 + "@",
        "# " + " " * 200_000 + "x",
        "1" + " " * 200_000 + "x",
        "](" * 80_000,
        "24.\n" * 40_000,
    ],
)
def test_hostile_texts_take_no_more_time_than_their_length(text: str) -> None:
    assert differences(text, f"{text} must").of_substance
    assert redline(text, f"{text} must").blocks


def test_rewritten_texts_of_hundreds_of_kilobytes_are_compared_in_bounded_time() -> None:
    old = " ".join(f"old{n}" for n in range(40_000))
    new = " ".join(f"new{n}" for n in range(40_000))
    assert differences(old, new).of_substance


WORDS = "the owner reviews recieve organisation risk-based Systeme Prüfung über a.b policy data it’s".split()
WEIGHTY = "must may not 24 72 3.5 -5 two all any within month never muss darf nicht zwei jede 5%".split()
texts = st.lists(st.sampled_from(WORDS + WEIGHTY), min_size=1, max_size=30)
anything = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z")) | st.sampled_from("\n#*->[]()`|1. "),
    max_size=80,
)


@given(anything, anything)
def test_kind_is_symmetric_and_nothing_differs_from_itself(one: str, other: str) -> None:
    assert differences(one, other).kind is differences(other, one).kind
    assert differences(one, one).kind is ChangeKind.NONE
    if fingerprint(one).substance == fingerprint(other).substance:
        assert not differences(one, other).of_substance


@given(texts, st.integers())
def test_noise_is_never_substance(words: list[str], seed: int) -> None:
    chance = random.Random(seed)
    noisy = [
        chance.choice(
            (word, word.upper(), word.capitalize(), f"*{word}*", f"“{word}”", word.replace("’", "'"))
        )
        for word in words
    ]
    text = "".join(word + chance.choice((" ", "  ", "\u00a0", ", ", "\u00ad ")) for word in noisy)
    assert not differences(" ".join(words), text).of_substance
    assert fingerprint(" ".join(words)).substance == fingerprint(text).substance


@given(texts, st.sampled_from(WEIGHTY), st.sampled_from(WEIGHTY), st.integers(0, 30))
def test_a_weighty_word_always_counts(words: list[str], old: str, new: str, at: int) -> None:
    before, after = words[:at], words[at:]
    one, other = " ".join([*before, old, *after]), " ".join([*before, new, *after])
    assert differences(one, other).of_substance is (old != new)
    assert differences(one, " ".join(words)).of_substance


def test_reasons_are_said_in_the_language_of_the_pages() -> None:
    class Marked(Words):
        def message(self, text: str, context: str = "") -> str:
            return f"<{text}>"

    change = differences("You must report within 24 hours.", "You must report within 72 hours.")
    with speaking(Marked()):
        assert change.said == ("<<“24”> became <“72”>>",)
        assert change.reasons == ("“24” became “72”",)


def test_the_bar_between_a_link_and_its_words_is_not_quoted() -> None:
    linked = differences("Our AI policy is annexed.", "Our [[AI-02|AI policy]] is annexed.")
    assert linked.reasons == ("“link to AI-02” added",)


def test_the_words_that_a_reason_quotes_stand_in_the_marks_of_the_language() -> None:
    change = differences("You must report within 24 hours.", "You must report within 72 hours.")
    link = differences("Tell [us](a.md) first.", "Tell [us](b.md) first.")
    spelling = differences("You must reprot it.", "You must report it.")
    with speaking(words_in("de")):
        assert change.said == ("aus „24“ wurde „72“",)
        assert link.said == ("aus „Link auf a.md“ wurde „Link auf b.md“",)
        assert spelling.said == ("Rechtschreibung: aus „reprot“ wurde „report“",)
    assert change.said == change.reasons == ("“24” became “72”",)
    assert link.said == link.reasons == ("“link to a.md” became “link to b.md”",)
