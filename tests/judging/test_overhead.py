"""What the handbook costs those who read it, and what of it could go."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, book
from policygraph.judging.case import Case
from policygraph.judging.cuts import MOST, CutKind
from policygraph.judging.overhead import Overhead
from policygraph.judging.readability import Ease, ease_of, lix_of

ORGANISATION = "policies/registers/organisation.yml"
COUNTED = "audiences:\n  everyone: {people: 100}\n  builders: {title: Builders, people: 30}\n  buyers: {people: 80}\n"
OWNER = "Every model has an owner who answers for it from the first idea to the day it is switched off."
TOLD = "Suppliers are told in writing which of our rules bind them before any contract with them begins."
KEPT = "Minutes of the review are kept by the quality manager for three years and then destroyed."


def front(keys: str, text: str) -> str:
    return f"---\n{keys}\n---\n{text}\n"


def overhead(files: Mapping[str, str]) -> Overhead:
    return Case(book(files), TODAY).overhead


def readers(found: Overhead) -> dict[str, int]:
    return {load.document.id: load.readers for load in found.documents}


def audience(found: Overhead, id: str) -> tuple[int, int, int]:
    (one,) = (a for a in found.audiences if a.id == id)
    return one.documents, one.common, one.own


FILES = {
    ORGANISATION: COUNTED,
    "all.md": "You must wear a badge here.",
    "build.md": front("applies_to: [builders]", "Builders must write tests. They may use any tool for it."),
    "both.md": front("applies_to: [Builders, buyers]", "You never sign alone."),
    "named.md": front("applies_to: [everyone, buyers]", "Ask before you buy."),
    "old.md": front("status: retired", "Nobody reads this."),
    "draft.md": front("status: draft", "Not yet."),
}


def test_documents_in_force_with_words_statements_and_readers() -> None:
    found = overhead(FILES)
    assert readers(found) == {"all": 100, "both": 100, "build": 30, "named": 100}
    build = next(load for load in found.documents if load.document.id == "build")
    assert (build.words, build.statements, build.density) == (11, 2, pytest.approx(200 / 11))
    assert found.words == 6 + 11 + 4 + 4


def test_what_is_for_everyone_is_for_each_audience() -> None:
    found = overhead(FILES)
    assert found.headcounts
    assert found.audiences[0].id == "everyone"
    assert audience(found, "everyone") == (2, 10, 0)
    assert audience(found, "builders") == (4, 10, 15)
    assert audience(found, "buyers") == (3, 10, 4)
    assert [a.people for a in found.audiences] == [100, 30, 80]


def test_without_head_counts_each_audience_is_one_reader() -> None:
    found = overhead({**FILES, ORGANISATION: "audiences:\n  builders: {people: 30}\n  buyers: {}\n"})
    assert not found.headcounts
    assert readers(found) == {"all": 2, "both": 2, "build": 1, "named": 2}
    assert readers(overhead({"a.md": "Text."})) == {"a": 1}


def test_an_unknown_audience_has_no_head_count() -> None:
    files = {ORGANISATION: COUNTED, "a.md": front("applies_to: [strangers]", "Text.")}
    found = overhead(files)
    assert (found.headcounts, readers(found)) == (False, {"a": 1})
    assert audience(found, "strangers") == (1, 0, 1)


# What nobody asks for


def test_idle_is_what_nobody_references_or_names_and_no_clause_needs() -> None:
    found = overhead(
        {
            "referenced.md": "See [[linked]], and ask as the Quite Long Named Policy says.",
            "linked.md": "x",
            "named.md": front("title: Quite long named policy", "x"),
            "needed.md": front('satisfies: ["iso-42001:6.1.2"]', "x"),
            "self.md": "See [[self]].",
            "by-the-retired.md": "x",
            "retired.md": front("status: retired", "See [[by-the-retired]]."),
        }
    )
    assert [load.document.id for load in found.idle] == ["by-the-retired", "referenced", "self"]


def test_kept_only_for_ourselves_is_what_is_referenced_but_neither_demanded_nor_promised() -> None:
    found = overhead(
        {
            "linked.md": "See also [[promised]].",
            "promised.md": "You must follow [[followed]]. See also [[linked]].",
            "followed.md": "x",
            "idle.md": "x",
        }
    )
    assert [load.document.id for load in found.idle] == ["idle"]
    assert [load.document.id for load in found.own] == ["linked", "promised"]


# Reviews that looked at nothing


def review(document: str, on: str, by: str = "Ada", text: str = "") -> str:
    return f"document: {document}\nby: {by}\nas: boss\ndate: {on}\noutcome: confirmed unchanged\n{text}"


HASH = f"text: sha256:{'0' * 64}\nsubstance: sha256:{'0' * 64}\n"


def reviews(entries: list[str]) -> dict[str, str]:
    return {f"policies/registers/reviews/{number}.yml": text for number, text in enumerate(entries)}


def test_many_confirmations_by_one_person_on_one_day() -> None:
    documents = {f"d{number}.md": "One two three." for number in range(6)}
    many = [review(f"d{number}", "2026-10-01", "ada " if number else "Ada", HASH) for number in range(5)]
    other = [
        review("d5", "2026-10-01", "Bob", HASH),
        review("d5", "2026-10-02", text=HASH),
        review("d5", "2027-10-02"),
    ]
    (hasty,) = overhead({**documents, **reviews([*many, *other])}).hasty
    assert (hasty.by, str(hasty.on), len(hasty.documents)) == ("Ada", "2026-10-01", 5)
    assert (hasty.words, hasty.unnamed) == (15, 0)
    assert overhead({**documents, **reviews(many[:4])}).hasty == ()


def test_a_confirmation_that_names_no_text() -> None:
    (hasty,) = overhead({"d.md": "x", **reviews([review("d", "2026-10-01")])}).hasty
    assert (len(hasty.documents), hasty.unnamed) == (1, 1)


# Cuts


def test_the_greatest_saving_comes_first_and_one_copy_stays() -> None:
    found = overhead(
        {
            ORGANISATION: COUNTED,
            "a.md": front("applies_to: [builders]", f"See [[b]] and [[c]].\n\n{OWNER}"),
            "b.md": f"See [[a]].\n\n{OWNER}",
            "c.md": front("applies_to: [buyers]", f"See [[a]].\n\n{OWNER}\n\nWe must meet every month."),
        }
    )
    first, second = found.cuts
    assert (first.kind, first.documents) == (CutKind.REPEATED, ("policies/a.md", "policies/c.md"))
    assert first.kept == "policies/b.md"  # most people read it there
    assert (first.words, first.saving) == (40, 20 * 30 + 20 * 80)
    assert (second.kind, second.documents) == (CutKind.UNBACKED, ("policies/c.md",))
    assert (second.words, second.saving) == (5, 5 * 80)


def test_a_record_or_a_deadline_makes_no_cut() -> None:
    backed = front(
        "records:\n  - {what: Minutes of the meeting, every: 1 month}",
        "The meeting must keep minutes every month. See [[b]].",
    )
    found = overhead({"a.md": backed, "b.md": "You must answer within two days. See [[a]]."})
    assert (len(found.unbacked), found.cuts) == (1, ())


def test_a_dropped_document_is_not_counted_for_its_passages_too() -> None:
    text = f"{OWNER}\n\n{TOLD}"
    found = overhead({"a.md": f"See [[b]] and [[a]].\n\n{text}", "b.md": f"See [[b]].\n\n{text}"})
    assert [(cut.kind, cut.documents) for cut in found.cuts] == [(CutKind.IDLE, ("policies/a.md",))]


def test_what_keeps_the_words_of_another_is_not_given_up() -> None:
    prose = f"{OWNER}\n\n{TOLD}\n\n{KEPT}"
    links = "See [[a]], [[b]] and [[c]]."
    found = overhead({f"{name}.md": f"{prose}\n\n{links}" for name in "abc"})
    assert [(cut.kind, cut.documents, cut.kept) for cut in found.cuts] == [
        (CutKind.COPY, ("policies/b.md",), "policies/a.md"),
        (CutKind.COPY, ("policies/c.md",), "policies/a.md"),
    ]


def test_what_is_repeated_for_a_reason_is_no_cut() -> None:
    allowed = front('allow: {PG416: "In danger nobody should have to follow a link."}', f"See [[a]]. {OWNER}")
    found = overhead({"a.md": f"See [[b]]. {OWNER}", "b.md": allowed})
    assert (len(found.similar.passages), found.cuts) == (1, ())


def test_at_most_ten() -> None:
    found = overhead({f"d{n}.md": " ".join(f"w{n}x{i}" for i in range(n + 1)) for n in range(15)})
    assert len(found.cuts) == MOST
    assert [cut.words for cut in found.cuts] == list(range(15, 5, -1))


def test_nothing_to_cut() -> None:
    found = overhead({"a.md": "See [[b]].", "b.md": "See [[a]]."})
    assert found.cuts == ()
    assert overhead({}).cuts == ()


sentences = st.sampled_from(
    [OWNER, TOLD, KEPT, f"{OWNER} {TOLD}", f"{TOLD} {KEPT}", "We must meet every month.", "See [[d0]]."]
)


@given(st.lists(st.lists(sentences, min_size=1, max_size=5), min_size=1, max_size=6))
def test_no_word_is_counted_twice_and_one_copy_always_stays(texts: list[list[str]]) -> None:
    files = {f"d{number}.md": "\n\n".join(text) for number, text in enumerate(texts)}
    found = overhead(files)
    words = {load.document.path: load.words for load in found.documents}
    gone: dict[str, int] = dict.fromkeys(words, 0)
    for cut in found.cuts:
        if len(cut.documents) == 1:
            gone[cut.documents[0]] += cut.words
        assert cut.saving >= cut.words > 0
        assert cut.kept not in cut.documents
    assert all(gone[path] <= words[path] for path in words)
    stretches = [(p.place.file, p.span.start, p.span.end) for c in found.cuts for p in c.passages if p.span]
    for number, (file, start, end) in enumerate(stretches):
        for other, begin, finish in stretches[number + 1 :]:
            assert file != other or end <= begin or finish <= start
    # A sentence that stood somewhere still does, unless it was a promise or its document was dropped.
    dropped = {cut.documents[0] for cut in found.cuts if cut.kind is CutKind.IDLE}
    for sentence in (OWNER, TOLD, KEPT):
        holders = [path for path in words if sentence in files[path.removeprefix("policies/")]]
        if holders and not dropped.issuperset(holders):
            assert any(_still(path, sentence, found, files) for path in holders) or dropped & set(holders)


def _still(path: str, sentence: str, found: Overhead, files: Mapping[str, str]) -> bool:
    body = files[path.removeprefix("policies/")]
    at = body.find(sentence)
    taken = [p.span for c in found.cuts for p in c.passages if p.span and p.place.file == path]
    while at >= 0:
        if not any(span.start < at + len(sentence) and at < span.end for span in taken):
            return True
        at = body.find(sentence, at + 1)
    return False


# How hard a text is to read


def lix(text: str, lang: str = "en") -> float | None:
    handbook = book({"a.md": front(f"lang: {lang}", text)})
    return lix_of(handbook.blocks["policies/a.md"], handbook.documents[0].lang)


def test_lix_is_words_a_sentence_and_the_share_of_long_words() -> None:
    assert lix("One two three four organisation. " * 10) == pytest.approx(5 + 20)
    assert lix("Organisations " * 49 + "organise.") == pytest.approx(50 + 100)


def test_what_is_no_prose_is_left_out() -> None:
    table = "\n\n| a | b |\n|---|---|\n| organisation organisation | organisation |\n"
    code = "\n\n```\norganisation organisation\n```\n"
    assert lix("One two three four organisation. " * 10 + table + code) == pytest.approx(25)


@pytest.mark.parametrize("lang", ["fr", "ja", "xx", "de-CH", "EN_gb"])
def test_unknown_languages_are_not_measured(lang: str) -> None:
    assert (lix("Eins zwei drei. " * 30, lang) is None) == (lang in ("fr", "ja", "xx"))


def test_a_short_text_is_not_measured() -> None:
    assert lix("One two three. " * 16) is None
    assert lix("") is None


@pytest.mark.parametrize(
    ("figure", "ease"),
    [
        (29.9, Ease.VERY_EASY),
        (30, Ease.EASY),
        (45, Ease.MEDIUM),
        (50, Ease.HARD),
        (60, Ease.VERY_HARD),
        (99, Ease.VERY_HARD),
    ],
)
def test_the_scale(figure: float, ease: Ease) -> None:
    assert ease_of(figure) is ease
