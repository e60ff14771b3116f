"""What holds for any text whatever."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import source
from policygraph.model.place import sentence_id
from policygraph.reading.block import Positions
from policygraph.reading.markdown_parser import levelled

WORDS = st.sampled_from(
    "must may never see policy data You Zugänge 漢字 é😀 e.g. No. z. B. AI-08 R&amp;D \\* a\u200bb it's … 5. x".split(
        " "
    )
)
INLINE = st.one_of(
    WORDS,
    WORDS.map(lambda w: f"**{w}**"),
    WORDS.map(lambda w: f"*{w}.*"),
    WORDS.map(lambda w: f"`{w}`"),
    WORDS.map(lambda w: f"[{w}](b.md)"),
    WORDS.map(lambda w: f"[[{w}]]"),
    st.sampled_from(
        ["[[b|c d]]", "<b>x</b>", "<br>", "{ #here }", "[^1]", "![p](q.png)", "[![](q.png)](r.md)", "\n"]
    ),
)
SENTENCE = st.lists(INLINE, min_size=1, max_size=8).map(" ".join)
PARAGRAPH = st.lists(
    st.tuples(SENTENCE, st.sampled_from([".", "!", "?", "", "…", '."'])), min_size=1, max_size=4
).map(lambda parts: " ".join(text + end for text, end in parts))
BLOCK = st.one_of(
    PARAGRAPH,
    PARAGRAPH.map(lambda p: "# " + p.replace("\n", " ")),
    PARAGRAPH.map(lambda p: "- " + p.replace("\n", "\n  ")),
    PARAGRAPH.map(lambda p: "> " + p.replace("\n", "\n> ")),
    PARAGRAPH.map(lambda p: "[^1]: " + p.replace("\n", " ")),
    PARAGRAPH.map(lambda p: "| a | b |\n|---|---|\n| {} | y |".format(p.replace("\n", " "))),
    PARAGRAPH.map(lambda p: f"```\n{p}\n```"),
    PARAGRAPH.map(lambda p: f"<div>\n{p}\n</div>"),
)
MARKDOWN = st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join)
ANY_TEXT = st.one_of(
    st.text(),
    MARKDOWN,
    st.text(alphabet="#*_[]()`<>|\\{}!-=+.:\n \t\u200bé漢a1&;~^\"'$", max_size=200),
)
PATTERN = "id_pattern: AI-(\\d+)"
quick = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@quick
@given(ANY_TEXT)
def test_reading_never_raises_and_every_place_exists(text: str) -> None:
    found = source(text, settings=PATTERN)
    lines = re.split("\r\n|\r|\n", text)
    passages = [*(link.passage for link in found.scan.links), *(s.passage for s in found.scan.statements)]
    for place in [h.place for h in found.scan.headings] + [p.place for p in passages]:
        assert 1 <= place.line <= len(lines)
        assert place.column >= 1
    for passage in passages:
        if passage.span is not None:
            assert 0 <= passage.span.start <= passage.span.end <= len(found.body)


@quick
@given(MARKDOWN)
def test_a_link_stands_where_its_span_says(text: str) -> None:
    found = source(text, settings=PATTERN)
    positions = found.positions()
    for link in found.scan.links:
        raw = found.body[link.span.start : link.span.end]
        assert raw.startswith(("[", "AI-")), raw
        assert positions.place(link.span.start) == link.place


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace("\u200b", ""))


@quick
@given(MARKDOWN)
def test_the_span_of_a_passage_holds_its_words(text: str) -> None:
    found = source(text, settings=PATTERN)
    for passage in [
        *(link.passage for link in found.scan.links),
        *(s.passage for s in found.scan.statements),
    ]:
        if passage.span is None or "·" in passage.sentence:
            continue  # a heading, or a table row quoted whole
        raw = words_of(found.body[passage.span.start : passage.span.end].replace("&amp;", "&"))
        for word in words_of(passage.sentence.replace("&amp;", "&")):
            assert word in raw, (passage, found.body[passage.span.start : passage.span.end])


@quick
@given(MARKDOWN)
def test_a_frame_around_a_passage_cuts_through_no_markup(text: str) -> None:
    found = source(text)
    for passage in [
        *(link.passage for link in found.scan.links),
        *(s.passage for s in found.scan.statements),
    ]:
        if not passage.wrappable or passage.span is None:
            continue
        raw = found.body[passage.span.start : passage.span.end]
        assert raw.count("**") % 2 == 0, raw
        if "|" not in raw and "|---|" not in text:  # a bar without a backslash ends a cell, link or not
            assert raw.count("[[") == raw.count("]]"), raw
        assert raw.count("`") % 2 == 0, raw


@quick
@given(MARKDOWN)
def test_reading_again_gives_the_same(text: str) -> None:
    assert source(text) == source(text)


@quick
@given(st.text())
def test_bytes_and_characters_round_trip(text: str) -> None:
    body = text.replace("\r", "")
    positions = Positions("a.md", body, 1)
    byte = 0
    for number, character in enumerate(body):
        assert positions.character(byte) == number
        byte += len(character.encode("utf-8", "surrogatepass"))
    assert positions.character(byte) == len(body)


@quick
@given(st.text(alphabet="ab\né漢", max_size=60))
def test_places_name_the_character(body: str) -> None:
    positions = Positions("a.md", body, 5)
    lines = body.split("\n")
    for number, character in enumerate(body):
        place = positions.place(number)
        if character != "\n":
            assert lines[place.line - 5][place.column - 1] == character


TYPOGRAPHY = str.maketrans({"-": "\u2011", " ": "\u00a0", "'": "’", '"': "“"})


@given(st.text(alphabet="abcÄß漢 -'\".,1", min_size=1))
def test_sentence_ids_are_stable_under_typography(sentence: str) -> None:
    assert sentence_id(sentence) == sentence_id(sentence.translate(TYPOGRAPHY))
    assert sentence_id(sentence) == sentence_id(f"  {sentence.upper()} ")


@quick
@given(ANY_TEXT)
def test_levelling_twice_changes_nothing_more(text: str) -> None:
    once = levelled(text)
    assert levelled(once) == once
    assert once.count("\n") == text.count("\n")
