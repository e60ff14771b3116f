from __future__ import annotations

import pytest

from builders import source
from policygraph.model.document import Modality, Origin
from policygraph.model.place import Place, sentence_id


def anchors(text: str) -> list[str]:
    return [heading.anchor for heading in source(text).scan.headings]


def links(text: str, settings: str = "") -> list[tuple[str, str]]:
    return [(link.target, link.label) for link in source(text, settings=settings).scan.links]


def sentences(text: str, settings: str = "") -> list[str]:
    return [s.passage.sentence for s in source(text, settings=settings).scan.statements]


def modalities(text: str, settings: str = "") -> list[tuple[Modality, str]]:
    return [(s.modality, s.words) for s in source(text, settings=settings).scan.statements]


GERMAN = "language: de"


# Headings


def test_anchors_of_equal_headings_are_counted() -> None:
    assert anchors("# Scope\n## Scope\n## Scope 1\n## Scope") == ["scope", "scope-1", "scope-1-1", "scope-2"]


def test_an_anchor_of_the_author_is_kept_and_not_given_twice() -> None:
    assert anchors("# Scope {#reach}\n## Reach\n## Other { #scope }") == ["reach", "reach-1", "scope"]


def test_an_anchor_chosen_further_down_is_not_given_to_a_heading_above() -> None:
    assert len(set(anchors("# Scope\n\n## Other {#scope}"))) == 2


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("# アクセス制御", "アクセス制御"),
        ("# Zugänge & Rechte", "zugänge--rechte"),
        ("# A/B: what?", "ab-what"),
        ("##5 Heading", "5-heading"),
        ("## Closing ##", "closing"),
        ("Setext\n===", "setext"),
        ("# `code` and *emphasis*", "code-and-emphasis"),
        ("# [A link](b.md) here", "a-link-here"),
        ("# AI\u201108\u00a0x\u200b", "ai-08-x"),
        ("# !!!", "section"),
        ("# ", "section"),
        ("> # Quoted", "quoted"),
        ("- # Listed", "listed"),
    ],
)
def test_anchors(heading: str, anchor: str) -> None:
    assert anchors(heading) == [anchor]


def test_hashes_that_are_no_heading() -> None:
    assert (
        anchors("```\n##5 code\n# x\n```\n\n    ##6 indented\n\n<!--\n##7 hidden\n-->\n\n\\##8 escaped") == []
    )


def test_hashtags_in_running_text_are_no_heading() -> None:
    assert anchors("Write to\n#security in Slack.") == []
    assert anchors("#Tight\n##9 Access\n####9.1.1 Control\nText.") == ["tight", "9-access", "911-control"]


def test_paths_and_levels() -> None:
    found = source("# A\n\n### C\n\n## B\n\nYou must.\n").scan
    assert [(h.text, h.level, h.path) for h in found.headings] == [
        ("A", 1, ()),
        ("C", 3, ("A",)),
        ("B", 2, ("A",)),
    ]
    assert found.statements[0].passage.headings == ("A", "B")
    assert found.statements[0].passage.section == "b"


def test_a_heading_in_html_gives_the_title() -> None:
    assert (
        source('<h1 align="center">\n  Access &amp; <b>more</b>\n</h1>\n\nText.').scan.title_html
        == "Access & more"
    )
    assert source("Text <h1>inline</h1>.").scan.title_html is None


def test_the_content_of_a_heading() -> None:
    text = "# One ##\n\n#  {#x}\n\nTwo *lines*\nof it\n===\n\n> Quoted\n> ---\n"
    found = source(text)
    assert [found.body[h.content.start : h.content.end] for h in found.scan.headings] == [
        "One ##",
        "{#x}",
        "Two *lines*\nof it",
        "Quoted",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\n    You must [[b]].",
        '!!! warning "Careful: must"\n    You must [[b]].',
        "!!! note\n\n    You must [[b]].\n\n        [[code]]\n",
        "??? tip\n\n    Text.\n\n    You must [[b]].",
        "???+ tip\n    You must [[b]].",
        '=== "Tab"\n\n    You must [[b]].',
        "Text.\n\n!!! note\n\n    !!! tip\n\n        You must [[b]].",
    ],
)
def test_what_is_indented_below_an_admonition_is_text(text: str) -> None:
    found = source(text)
    (link,) = found.scan.links
    assert found.body[link.span.start : link.span.end] == "[[b]]"
    assert [s.passage.sentence for s in found.scan.statements] == ["You must b."]
    passage = found.scan.statements[0].passage.span
    assert found.body[passage.start : passage.end] == "You must [[b]]."


def test_exclamation_marks_are_no_admonition() -> None:
    assert sentences("You must stop!!! Now.\n\n!!!\n") == ["You must stop!!!"]


# Links


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        ("[[AI-08]]", "AI-08", "AI-08"),
        ("[[AI-08|the impact assessment]]", "AI-08", "the impact assessment"),
        ("[[AI-08#when-to-redo-it]]", "AI-08#when-to-redo-it", "AI-08#when-to-redo-it"),
        ("[[ AI-08 | x ]]", "AI-08", "x"),
        ("[[iso-42001:6.1.4]]", "iso-42001:6.1.4", "iso-42001:6.1.4"),
        ("[[nist-ai-rmf:MAP 1.5]]", "nist-ai-rmf:MAP 1.5", "nist-ai-rmf:MAP 1.5"),
        ("[[Access control]]", "Access control", "Access control"),
        ("[a](b.md)", "b.md", "a"),
        ("[a](<b c.md>)", "b c.md", "a"),
        ("[a](b%20c.md#d)", "b%20c.md#d", "a"),
        ('[a](b.md "title")', "b.md", "a"),
        ("[a][x]\n\n[x]: b.md", "b.md", "a"),
        ("[x]\n\n[x]: b.md", "b.md", "x"),
        ("[**a** `b`](c.md)", "c.md", "a b"),
        ("[![alt](p.png)](c.md)", "c.md", "alt"),
        ("[![](p.png)](c.md)", "c.md", "↗"),
        ("**[a](b.md)**", "b.md", "a"),
        ("> [a](b.md)", "b.md", "a"),
        ("- [a](b.md)", "b.md", "a"),
        ("[a](#here)", "#here", "a"),
        ("[a](/b.md)", "/b.md", "a"),
        ("[a](../b/)", "../b/", "a"),
    ],
)
def test_links(text: str, target: str, label: str) -> None:
    assert links(text) == [(target, label)]


@pytest.mark.parametrize(
    "text",
    [
        "`[[AI-08]]` and `[a](b.md)`",
        "```\n[[AI-08]]\n```",
        "    [[AI-08]]",
        "~~~\n[a](b.md)\n~~~",
        "<!-- [[AI-08]] [a](b.md) -->",
        "Text <!-- [[AI-08]] --> more",
        "<div>\n[[AI-08]]\n</div>",
        "x[^1]\n\n[^1]: See [[AI-08]] and [a](b.md).",
        "\\[[AI-08]]",
        "![a](b.md)",
        "[a][nothing]",
        "[1]: b.md",
    ],
)
def test_nothing_counts_inside_code_comments_and_footnotes(text: str) -> None:
    assert links(text) == []


def test_text_after_a_footnote_definition_counts() -> None:
    assert links("x[^1]\n\n[^1]: [n](n.md)\n\nSee [[b]].") == [("b", "b")]


def test_a_footnote_reference_is_no_link() -> None:
    assert links("See the policy[^1] (section [4]).\n\n[^1]: b.md") == []


def test_links_in_table_cells() -> None:
    text = "| a | b |\n|---|---|\n| [[AI-08\\|the assessment]] | [c](d.md) |\n"
    found = source(text).scan.links
    assert [(link.target, link.label) for link in found] == [("AI-08", "the assessment"), ("d.md", "c")]
    assert found[0].passage.sentence == "the assessment · c"
    assert [text[link.span.start : link.span.end] for link in found] == [
        "[[AI-08\\|the assessment]]",
        "[c](d.md)",
    ]
    assert found[0].place == Place("policies/a.md", 3, 3)


def test_id_patterns_find_ids_in_prose_only() -> None:
    found = source(
        "See EIP-20, EIP-165-B and XEIP-7; `EIP-1`, [EIP-2](x.md).", settings="id_pattern: EIP-(\\d+)"
    ).scan.links
    assert [(link.origin, link.target, link.label) for link in found if link.origin is Origin.ID_PATTERN] == [
        (Origin.ID_PATTERN, "20", "EIP-20")
    ]


def test_places_in_text_with_wide_characters() -> None:
    text = "---\ntitle: é\n---\n\nÄ € 😀 漢字 [[b]] und [c](d.md).\n"
    found = source(text)
    lines = text.split("\n")
    for link in found.scan.links:
        raw = found.body[link.span.start : link.span.end]
        assert lines[link.place.line - 1][link.place.column - 1 :].startswith(raw)
    assert [link.place.column for link in found.scan.links] == [10, 20]


def test_the_passage_of_a_link_is_its_sentence() -> None:
    text = "# H\n\nFirst one. See [[b]] for\nmore. Last one.\n"
    (link,) = source(text).scan.links
    assert link.passage.sentence == "See b for more."
    assert link.passage.place == Place("policies/a.md", 3, 12)
    assert link.passage.id == sentence_id("See b for more.")


def test_a_link_in_a_heading_has_the_heading_for_passage() -> None:
    (link,) = source("# See [[b]] now\n").scan.links
    assert (link.passage.id, link.passage.sentence) == ("see-b-now", "See b now")
    assert link.place == Place("policies/a.md", 1, 7)


def test_a_quote_of_a_page_without_full_stops_is_cut() -> None:
    found = source("[[b]] and " * 2_000).scan.links
    assert len(found) == 2_000
    assert all(len(link.passage.sentence) <= 1_002 for link in found)
    assert found[0].passage.sentence.endswith(" …")


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You must lock it, e.g. at night. Fine.", ["You must lock it, e.g. at night."]),
        ("See form No. 5, which you must sign. Fine.", ["See form No. 5, which you must sign."]),
        ("It costs 3.50. You must pay! Really?", ["You must pay!"]),
        ('He said "You must go." Then he left.', ['He said "You must go."']),
        ("You must ask J. Smith first. Fine.", ["You must ask J. Smith first."]),
        ("You must use Node.js now. Fine.", ["You must use Node.js now."]),
        ("Fine. **You must not.** Good.", ["You must not."]),
        ("Fine (you must ask). Good.", ["Fine (you must ask)."]),
        ("- You must a\n- You must b", ["You must a", "You must b"]),
        ("> You must.", ["You must."]),
        ("You must wait … and see. Fine.", ["You must wait … and see."]),
        ("ロックする。You must go。終わり。", ["You must go。"]),
        ("1. You must.\n2. You never may.", ["You must.", "You never may."]),
        ("You must name section 4.2. Then stop.", ["You must name section 4.2."]),
        ("This is version 2. You must use it.", ["You must use it."]),
        ("You must read annex B. Then stop.", ["You must read annex B."]),
        ("You must ask b. Then stop.", ["You must ask b."]),
        ("Fine<br>You must.<br/>Good.", ["Fine You must."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Man muss z. B. sperren. Gut.", ["Man muss z. B. sperren."]),
        ("Man muss z.B. Türen sperren. Gut.", ["Man muss z.B. Türen sperren."]),
        ("Bis zum 3. März muss es fertig sein. Gut.", ["Bis zum 3. März muss es fertig sein."]),
        ("Nach Art. 5 Abs. 2 DSGVO muss es sein. Gut.", ["Nach Art. 5 Abs. 2 DSGVO muss es sein."]),
        ("Gut. „Man darf nicht.“ Gut.", ["„Man darf nicht.“"]),
    ],
)
def test_german_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text, GERMAN) == expected


# Statements


@pytest.mark.parametrize(
    ("text", "modality", "words"),
    [
        ("You must lock it.", Modality.DUTY, "must"),
        ("You must not share it.", Modality.BAN, "must not"),
        ("You mustn't share it.", Modality.BAN, "mustn't"),
        ("You MUST NOT share it.", Modality.BAN, "MUST NOT"),
        ("It shall be locked.", Modality.DUTY, "shall"),
        ("It shall never be shared.", Modality.BAN, "shall never"),
        ("You may not share it.", Modality.BAN, "may not"),
        ("You may share it.", Modality.PERMISSION, "may"),
        ("Never share it.", Modality.BAN, "Never"),
        ("Everyone is required to lock it.", Modality.DUTY, "is required to"),
        ("Sharing is prohibited.", Modality.BAN, "is prohibited"),
        ("Sharing is not allowed.", Modality.BAN, "is not allowed"),
        ("Nobody may release on a Friday.", Modality.BAN, "may"),
        ("Only the board may decide.", Modality.BAN, "may"),
        ("If it burns, no one may stay.", Modality.BAN, "may"),
        ("You may use it, but only the board may sell it.", Modality.PERMISSION, "may"),
        ("You must\nnot share it.", Modality.BAN, "must not"),
        ("You **must** not share it.", Modality.BAN, "must not"),
        ("You may\u00a0not share it.", Modality.BAN, "may\u00a0not"),
    ],
)
def test_english_statements(text: str, modality: Modality, words: str) -> None:
    assert modalities(text) == [(modality, words)]


@pytest.mark.parametrize(
    "text",
    [
        "We met in May 2025.",
        "It starts in May.",
        "Mustard is a must-have.",
        "Nevertheless it works.",
        "`must` is a word.",
        "[You must see](b.md).",
        "# You must not read headings",
        "<!-- You must -->",
        "x[^1]\n\n[^1]: You must.",
    ],
)
def test_no_statement(text: str) -> None:
    assert modalities(text) == []


@pytest.mark.parametrize(
    ("text", "modality", "words"),
    [
        ("Man muss sperren.", Modality.DUTY, "muss"),
        ("Man darf nicht teilen.", Modality.BAN, "darf nicht"),
        ("Du darfst teilen.", Modality.PERMISSION, "darfst"),
        ("Teilen ist verboten.", Modality.BAN, "ist verboten"),
        ("Alle sind verpflichtet, es zu melden.", Modality.DUTY, "sind verpflichtet"),
        ("Niemand darf es verkaufen.", Modality.BAN, "darf"),
        ("Man muss nicht fragen.", Modality.PERMISSION, "muss nicht"),
        ("Niemals teilen.", Modality.BAN, "Niemals"),
        ("Es dürfen keine Daten hinaus.", Modality.BAN, "dürfen keine"),
    ],
)
def test_german_statements(text: str, modality: Modality, words: str) -> None:
    assert modalities(text, GERMAN) == [(modality, words)]


def test_german_by_suffix_and_by_key() -> None:
    assert len(source("Man muss.", "policies/a.de.md").scan.statements) == 1
    assert len(source("---\nlang: de-CH\n---\nMan muss.").scan.statements) == 1
    assert source("Man muss.").scan.statements == ()


def test_an_address_and_a_mapping_of_a_statement() -> None:
    text = '# H\n\nFine. Data must stay here. { #storage satisfies="iso-42001:6.1.3, iso-42001:8.2" } More.\n'
    found = source(text)
    (statement,) = found.scan.statements
    assert (statement.address, statement.passage.id) == ("storage", "storage")
    assert statement.passage.sentence == "Data must stay here."
    assert statement.modality is Modality.DUTY
    assert [claim.item for claim in found.scan.claims] == ["iso-42001:6.1.3", "iso-42001:8.2"]
    assert found.scan.claims[0].place == Place("policies/a.md", 3, 28)
    (span,) = found.scan.addresses
    assert found.body[span.start : span.end].startswith("{ #storage")
    assert found.body[span.start : span.end].endswith("}")
    passage = statement.passage.span
    assert found.body[passage.start : passage.end].strip() == "Data must stay here."


@pytest.mark.parametrize(
    "text",
    [
        'You must { #x satisfies="a:1" }',
        "You must. {#x}",
        '- You must. { #x satisfies="a:1" }\n',
        "You must. {: #x }",
        "You must.\n{ #x }",
    ],
)
def test_forms_of_address(text: str) -> None:
    (statement,) = source(text).scan.statements
    assert statement.address == "x"
    assert "{" not in statement.passage.sentence


def test_a_sentence_without_a_verb_can_be_given_an_address() -> None:
    (statement,) = source("We keep it for a year. { #keep }").scan.statements
    assert (statement.modality, statement.words, statement.address) == (Modality.DUTY, "", "keep")


@pytest.mark.parametrize(
    "text",
    ["![x](y.png){ #figure }", "{ #alone }", "| a |\n|---|\n| { #cell } |", "You see [b](b.md){ #link }."],
)
def test_attributes_of_something_else_are_no_address(text: str) -> None:
    found = source(text).scan
    assert (found.addresses, found.statements) == ((), ())


def test_a_sentence_has_one_address() -> None:
    found = source("You must. { #one } { #two }").scan
    assert [s.address for s in found.statements] == ["one"]
    assert len(found.addresses) == 2


def test_a_mapping_without_an_address() -> None:
    (statement,) = source('You must. { satisfies="a:1" }').scan.statements
    assert statement.address is None
    assert statement.passage.id == sentence_id("You must.")


@pytest.mark.parametrize("text", ["Set { #x = 1 }.", "{{ site.url }}", "`{ #x }`", "{}", "{ }"])
def test_other_braces_are_text(text: str) -> None:
    found = source(text).scan
    assert (found.addresses, found.statements) == ((), ())


def test_the_address_of_a_statement_is_not_given_to_a_heading() -> None:
    found = source("You must. { #scope }\n\n# Scope\n").scan
    assert found.headings[0].anchor == "scope-1"


# Typography


def test_sentence_ids_do_not_depend_on_typography() -> None:
    same = {
        source(text).scan.statements[0].passage.id
        for text in [
            'You must not use "AI-08" tools.',
            "You must not use “AI‑08” tools.",
            "You must\nnot   use 'AI-08' tools!",
            "You **must not** use AI-08\u00a0tools.",
            "you must not use *AI-08* to\u200bols",
        ]
    }
    assert len(same) == 1


def test_zero_width_characters_do_not_shift_places() -> None:
    found = source("Da\u200bta\u200b must stay, see [[b]].")
    (link,) = found.scan.links
    assert found.body[link.span.start : link.span.end] == "[[b]]"
    assert found.scan.statements[0].passage.sentence == "Data must stay, see b."


def test_entities_and_escapes_keep_places() -> None:
    found = source("R&amp;D \\* must see [[b]] and EIP-7.", settings="id_pattern: EIP-(\\d+)")
    assert [found.body[link.span.start : link.span.end] for link in found.scan.links] == ["[[b]]", "EIP-7"]
    assert found.scan.statements[0].passage.sentence == "R&D * must see b and EIP-7."


def test_words_are_counted_outside_code() -> None:
    assert source("# One two\n\nThree `four` [five](x.md).\n\n```\nsix seven\n```\n").scan.words == 5
