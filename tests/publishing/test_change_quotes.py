"""What a change quotes: whole sentences, or clauses with an ellipsis, and always words of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.publishing.catalogues import words_in
from policygraph.publishing.change_quotes import (
    MOST_CHARACTERS,
    Difference,
    LinkChange,
    brief,
    differences_of,
    plain,
)
from policygraph.publishing.change_words import in_short
from policygraph.publishing.redline import redline
from policygraph.reading.language import LANGUAGES, Language
from policygraph.words import speaking

LIST = (
    "You must not use AI to judge applicants or colleagues, to record people in secret, to tell a tenant who asks "
    "that no AI was involved when it was, or to make a decision that somebody else would have to live with."
)
REPORT = (
    "The auditor must report within ten working days to the people concerned, the governance lead and the chief "
    "executive, and must tell the chief executive of a danger to tenants the same day, in writing or by telephone."
)
GERMAN_REPORT = (
    "Die Leitung der Beschaffung muss vor jedem Vertrag prüfen, ob der Anbieter unsere Daten zum Trainieren verwendet, "
    "wie lange er sie aufbewahrt, und wer in seinem Haus, z. B. bei einer Störung, innerhalb von 14 Tagen Auskunft gibt."
)
RESPONSIBLE = "部署の責任者は、"
ENDLESS = " ".join(f"word{number}" for number in range(80))


def differences(old: str, new: str, code: str = "en") -> list[Difference | None]:
    shown = redline(f"{old}\n", f"{new}\n")
    return [
        found
        for block in shown.blocks
        if not block.folded
        for found in differences_of(block, LANGUAGES[code])
    ]


def told(old: str, new: str, code: str = "en") -> list[tuple[str, str] | None]:
    return [found and (found.was, found.now) for found in differences(old, new, code)]


@pytest.mark.parametrize(
    ("old", "new", "quotes"),
    [
        (
            "Ask first. The owner must answer within 14 days, and tell us. Then go on.",
            "Ask first. The owner must answer within 30 days, and tell us. Then go on.",
            [
                (
                    "The owner must answer within 14 days, and tell us",
                    "The owner must answer within 30 days, and tell us",
                )
            ],
        ),
        # Two sentences that changed side by side are one thing to read.
        (
            "It needs five members. They decide within two days.",
            "It needs four members. They must decide within three days.",
            [
                (
                    "It needs five members. They decide within two days",
                    "It needs four members. They must decide within three days",
                )
            ],
        ),
        # One sentence became two.
        (
            "You must report within 24 hours and tell the owner.",
            "You must report within 24 hours. You must tell the owner.",
            [
                (
                    "You must report within 24 hours and tell the owner",
                    "You must report within 24 hours. You must tell the owner",
                )
            ],
        ),
        ("Keep it. Then delete it.", "Keep it.", [("Then delete it.", "")]),
        (
            "Keep it for as long as you must.",
            "Keep it for as long as you must. Delete it. Tell us.",
            [("", "Delete it. Tell us.")],
        ),
        ("| High | 24 hours |", "| High | 4 hours |", [("High · 24 hours", "High · 4 hours")]),
        ("1. Ask the lead.", "2. Ask the owner.", [("Ask the lead", "Ask the owner")]),
        (
            "苦情には三日以内に回答する。記録も残す。",
            "苦情には二日以内に回答する。記録も残す。",
            [("苦情には三日以内に回答する。", "苦情には二日以内に回答する。")],
        ),
        ("- [ ] Ask the lead.", "- [x] Ask the owner.", [("Ask the lead", "Ask the owner")]),
        ("Is it safe? Ask.", "Is it legal? Ask.", [("Is it safe?", "Is it legal?")]),
        # Signs, capitals and markup say nothing else.
        ("Keep **it**, always.", "Keep it always.", []),
        ("See [[A-1]].", "See [[A-2]].", [("See A-1", "See A-2")]),
        ("Pay 1.5 % of it.", "Pay 15 % of it.", [("Pay 1.5 % of it", "Pay 15 % of it")]),
        ("Cut **it** [here](a.md).", "Cut it [here](a.md).", []),
    ],
)
def test_a_short_sentence_is_quoted_whole(old: str, new: str, quotes: list[tuple[str, str] | None]) -> None:
    assert told(old, new) == quotes


@pytest.mark.parametrize(
    ("old", "new", "was"),
    [
        (
            "If a goal is at risk for two quarters running, they must bring a plan to the steering group.",
            "If a goal is at risk for two quarters running, the owner must bring a plan to the steering group.",
            "… they must bring a plan to the steering group",
        ),
        (
            "The auditor must draw up the plan each September, from the risks; the chief executive approves it.",
            "The internal auditor must draw up the plan each September, from the risks; the chief executive approves it.",
            "The auditor must draw up the plan each September …",
        ),
        # A clause that is gone is nothing without the others.
        (
            "Partners take on the same duties in writing, and must regularly tell us how they keep them, without delay.",
            "Partners take on the same duties in writing, without delay.",
            "Partners take on the same duties in writing, and must regularly tell us how they keep them, without delay",
        ),
        # Nor are a few words.
        (
            "If a goal is at risk for two quarters running, you may wait, since figures are late at times.",
            "If a goal is at risk for two quarters running, you must act, since figures are late at times.",
            "If a goal is at risk for two quarters running, you may wait, since figures are late at times",
        ),
    ],
)
def test_what_stayed_in_a_longer_sentence_is_not_read_twice(old: str, new: str, was: str) -> None:
    assert told(old, new) == [(was, new.removesuffix("."))]


@pytest.mark.parametrize(
    ("old", "new", "quotes"),
    [
        # From its beginning, where it says who must do what.
        (
            REPORT,
            REPORT.replace("ten w", "five w"),
            [
                (
                    "The auditor must report within ten working days to the people concerned …",
                    "The auditor must report within five working days to the people concerned …",
                )
            ],
        ),
        (
            LIST,
            LIST.replace("in secret", "unasked"),
            [
                (
                    "You must not use AI to judge applicants or colleagues, to record people in secret …",
                    "You must not use AI to judge applicants or colleagues, to record people unasked …",
                )
            ],
        ),
        (
            REPORT,
            REPORT.replace("the same day", "within a day"),
            [
                (
                    "… and must tell the chief executive of a danger to tenants the same day …",
                    REPORT[: REPORT.index(" the same day")] + " within a day …",
                )
            ],
        ),
        (f"{ENDLESS}, and so on.", f"{ENDLESS}, and so forth.", [("… and so on", "… and so forth")]),
        (f"{ENDLESS} one {ENDLESS}", f"{ENDLESS} two {ENDLESS}", None),
        (ENDLESS, " ".join(reversed(ENDLESS.split())), [None]),
        # Scripts that put no spaces between words have clauses all the same.
        (
            f"{RESPONSIBLE * 70}三日以内に回答する。",
            f"{RESPONSIBLE * 70}二日以内に回答する。",
            [(f"… {RESPONSIBLE * 5}三日以内に回答する。", f"… {RESPONSIBLE * 5}二日以内に回答する。")],
        ),
        (f"See {'x' * 900} now.", f"See {'x' * 899}y now.", [None]),
    ],
)
def test_of_a_long_one_the_clauses_that_changed(
    old: str, new: str, quotes: list[tuple[str, str] | None] | None
) -> None:
    found = told(old, new)
    if quotes is None:
        assert found == [
            (
                "… word76 word77 word78 word79 one word0 word1 word2 word3 …",
                "… word76 word77 word78 word79 two word0 word1 word2 word3 …",
            )
        ]
    else:
        assert found == quotes


def test_german_sentences_end_where_german_ones_do() -> None:
    old = "Am 3. Mai endet z. B. die Frist von 14 Tagen. Danach gilt sie neu."
    assert told(old, old.replace("14", "30"), "de") == [
        ("Am 3. Mai endet z. B. die Frist von 14 Tagen", "Am 3. Mai endet z. B. die Frist von 30 Tagen")
    ]
    assert told(GERMAN_REPORT, GERMAN_REPORT.replace("jedem", "dem"), "de") == [
        (
            "Die Leitung der Beschaffung muss vor jedem Vertrag prüfen …",
            "Die Leitung der Beschaffung muss vor dem Vertrag prüfen …",
        )
    ]
    longer = GERMAN_REPORT.replace(
        "prüfen,", "prüfen und mit dem Datenschutz, der Technik und dem Einkauf besprechen,"
    )
    assert told(longer, longer.replace("14", "30"), "de") == [
        ("… innerhalb von 14 Tagen Auskunft gibt", "… innerhalb von 30 Tagen Auskunft gibt")
    ]


def test_a_link_that_leads_elsewhere_is_told_and_bold_words_beside_one_are_not() -> None:
    (found,) = differences("See [it](a.md) now.", "See [it](b.md) now.")
    assert found is not None
    assert found.links is LinkChange.ELSEWHERE


def test_of_much_that_is_new_the_sentences_that_there_is_room_for() -> None:
    first = "You must tell the owner of the system what you have seen and when, on the same day. "
    assert brief(first * 4, MOST_CHARACTERS) == f"{(first * 2).strip()} …"
    assert brief(REPORT, 150) == f"{REPORT[: REPORT.index(', and must tell')]} …"
    assert brief(ENDLESS, 60) == "word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 …"
    assert brief("Short.", 60) == "Short."


def test_what_is_quoted_ends_where_it_is_cut() -> None:
    assert in_short(("One.", "Two.", "Three."), 10) == "One. Two."
    assert in_short((), 10) == ""
    assert (
        in_short(("It now says “one two three four five six seven”.",), 30) == "It now says “one two three …”"
    )
    with speaking(words_in("de")):
        assert (
            in_short(("Neu: „eins zwei drei vier fünf sechs sieben“",), 30) == "Neu: „eins zwei drei vier …“"
        )


PIECES = st.lists(
    st.sampled_from(
        "must 24 72 hours the owner and tell, us; then: Stop. Ask! (see [[A-1|them]] **bold** — – word "
        "[x](a.md) [x](b.md) [two words](c.md) `code` | · z. B. 3. <b> {#i} “q” … e.g. a,b".split(" ")
    ),
    max_size=60,
).map(" ".join)


@given(PIECES, PIECES, PIECES, st.sampled_from(list(LANGUAGES.values())))
def test_quotes_are_words_of_the_text(start: str, old: str, new: str, language: Language) -> None:
    before, after = f"{start} {old} {start}", f"{start} {new} {start}"
    for block in redline(f"{before}\n", f"{after}\n").blocks:
        if block.folded:
            continue
        for found in differences_of(block, language):
            if found is None:
                continue
            for quote, text in ((found.was, block.old), (found.now, block.new)):
                words = quote.removeprefix("… ").removesuffix(" …")
                assert words in plain(text)
                assert len(quote.split()) <= 60
                assert found.links or found.was != found.now


def test_markdown_reads_as_its_words() -> None:
    assert plain("**Ask** [them](x.md), [[AI-1\\|us]] or `me` { #x satisfies=y }") == "Ask them, us or me"
