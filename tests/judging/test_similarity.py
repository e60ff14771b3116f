"""What a handbook says twice."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from builders import book, judged
from policygraph.judging.similarity import Similarity, similarity
from policygraph.model.finding import Finding

OWNER = "Every model has an owner who answers for it from the first idea to the day it is switched off."
OWNER_EDITED = "Every model has an owner who answers for it from the first idea to the day it is taken down."
TOLD = "Suppliers are told in writing which of our rules bind them before any contract with them begins."
KEPT = "Minutes of the review are kept by the quality manager for three years and then destroyed."
SHORT = "Ask the owner before you begin."
FILLER = (
    "Nothing on this page repeats anything that stands elsewhere, since {} is about {} alone and always was."
)


def found(files: Mapping[str, str]) -> Similarity:
    return similarity(book(files))


def places(files: Mapping[str, str]) -> list[list[str]]:
    return [[str(passage.place) for passage in group.passages] for group in found(files).passages]


def test_a_paragraph_that_stands_in_two_documents() -> None:
    (group,) = found({"a.md": f"# A\n\n{OWNER}", "b.md": f"# B\n\n{TOLD}\n\n- {OWNER}"}).passages
    assert [str(passage.place) for passage in group.passages] == ["policies/a.md:3:1", "policies/b.md:5:3"]
    assert [passage.sentence for passage in group.passages] == [OWNER, OWNER]
    assert group.documents == ("policies/a.md", "policies/b.md")
    assert (group.likeness, group.words) == (1.0, (20, 20))


def test_a_sentence_edited_a_little_within_another_paragraph() -> None:
    files = {"a.md": f"{TOLD} {OWNER}", "b.md": f"{OWNER_EDITED} {KEPT} {SHORT}"}
    (group,) = found(files).passages
    assert [passage.sentence for passage in group.passages] == [OWNER, OWNER_EDITED]
    assert group.likeness < 1.0


def test_the_passage_leads_to_the_anchor_that_the_page_has() -> None:
    must = "The owner must answer for the model from the first idea to the day it is switched off."
    handbook = book({"a.md": f"{SHORT} {must}", "b.md": f"## Duties\n\n{must}"})
    (group,) = similarity(handbook).passages
    stated = [document.statements[0].passage.id for document in handbook.documents]
    assert [passage.id for passage in group.passages] == stated
    assert group.passages[1].section == "duties"


def test_whole_paragraphs_are_told_once_and_not_by_the_sentence() -> None:
    text = f"{OWNER} {TOLD} {KEPT}"
    (group,) = found({"a.md": text, "b.md": text}).passages
    assert group.passages[0].sentence == text


def test_neighbouring_sentences_that_were_copied_together_are_one_passage() -> None:
    extra = " ".join(FILLER.format(word, word) for word in ("copper", "silver", "gold", "zinc", "iron"))
    (group,) = found({"a.md": f"{OWNER} {TOLD}", "b.md": f"{extra} {OWNER} {TOLD}"}).passages
    assert group.passages[0].sentence == f"{OWNER} {TOLD}"
    assert group.words == (37, 37)


def test_a_sentence_that_goes_further_than_the_paragraph_is_told_as_well() -> None:
    text = f"{OWNER} {TOLD}"
    files = {"a.md": text, "b.md": text, "c.md": f"{KEPT} {OWNER}"}
    assert [len(group.documents) for group in found(files).passages] == [2, 3]


def test_boilerplate_is_one_group() -> None:
    files = {f"p-{number:03}.md": f"# P {number}\n\n{OWNER}" for number in range(200)}
    (group,) = found(files).passages
    assert len(group.documents) == 200


def test_what_is_short_code_links_retired_or_translated_does_not_count() -> None:
    code = f"```\n{OWNER}\n```"
    contents = "[" + OWNER.replace(" owner", "](x.md) [owner") + "](y.md)"
    for text in (SHORT, code, contents, f"| a | b |\n|---|---|\n| {SHORT} | {SHORT} |"):
        assert found({"a.md": text, "b.md": text}).passages == ()
    retired = f"---\ntitle: A\nstatus: retired\n---\n{OWNER}"
    assert found({"a.md": retired, "b.md": OWNER}).passages == ()
    assert found({"a.md": OWNER, "a.de.md": OWNER}).passages == ()
    assert found({"a.md": f"{OWNER}\n\n{OWNER}"}).passages == ()


def test_an_address_is_no_word_of_its_sentence() -> None:
    (group,) = found({"a.md": f"{OWNER} {{ #owner }}", "b.md": OWNER}).passages
    assert (group.likeness, group.passages[0].sentence) == (1.0, OWNER)


PROSE = f"{OWNER}\n\n{TOLD}\n\n{KEPT}"


def test_a_document_that_stands_in_another_is_close_to_it() -> None:
    more = FILLER.format("copper", "tin")
    (close,) = found({"a.md": f"# A\n\n{PROSE}\n\n{more}", "b.md": f"# B\n\n{PROSE}"}).documents
    assert (close.document, close.other) == ("policies/b.md", "policies/a.md")
    assert (close.shared, close.words) == (53, 54)
    assert 0.98 < close.share <= 1.0
    assert [passage.sentence for passage in close.passages] == [OWNER, TOLD, KEPT]


def test_of_two_equal_documents_the_later_one_is_close() -> None:
    (close,) = found({"a.md": PROSE, "b.md": PROSE}).documents
    assert (close.document, close.other, close.share) == ("policies/b.md", "policies/a.md", 1.0)


def test_a_few_shared_sentences_make_no_close_documents() -> None:
    assert found({"a.md": f"{OWNER}\n\n{TOLD}", "b.md": f"{OWNER}\n\n{TOLD}"}).documents == ()
    long = " ".join(FILLER.format(f"metal{number}", f"stone{number}x{number}") for number in range(6))
    assert found({"a.md": f"{PROSE}\n\n{long}", "b.md": f"{PROSE} {SHORT}\n\n{long[::-1]}"}).documents == ()


def test_two_hundred_documents_of_one_template_are_each_named_once() -> None:
    files = {f"p-{number:03}.md": f"# P {number}\n\n{PROSE}" for number in range(200)}
    close = found(files).documents
    assert [c.document for c in close] == [f"policies/p-{number:03}.md" for number in range(1, 200)]
    assert {c.other for c in close} == {"policies/p-000.md"}


words = st.lists(
    st.sampled_from([f"word{number}" for number in range(500)]), min_size=12, max_size=30, unique=True
).map(lambda chosen: " ".join(chosen).capitalize() + ".")
texts = st.lists(st.lists(words, min_size=1, max_size=4), min_size=2, max_size=6)


@given(texts, words, st.data())
def test_a_copied_paragraph_is_always_found(
    documents: list[list[str]], copied: str, data: st.DataObject
) -> None:
    one, other = data.draw(st.lists(st.integers(0, len(documents) - 1), min_size=2, max_size=2, unique=True))
    for number in (one, other):
        documents[number].insert(data.draw(st.integers(0, len(documents[number]))), copied)
    files = {f"d{number}.md": "\n\n".join(text) for number, text in enumerate(documents)}
    both = {f"policies/d{one}.md", f"policies/d{other}.md"}
    assert any(
        both <= set(group.documents) and copied in {passage.sentence for passage in group.passages}
        for group in found(files).passages
    )


@given(texts, st.randoms())
def test_the_order_of_files_changes_nothing(documents: list[list[str]], random: object) -> None:
    documents[-1].append(documents[0][0])
    files = {f"d{number}.md": "\n\n".join(text) for number, text in enumerate(documents)}
    shuffled = list(files.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert found(dict(shuffled)) == found(files)


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=8, unique=True))
def test_unrelated_passages_are_never_found(numbers: list[int]) -> None:
    files = {
        f"d{number}.md": " ".join(f"term{number}of{place}" for place in range(30)) + "." for number in numbers
    }
    assert found(files).passages == ()


# The rules


def rules(files: Mapping[str, str]) -> list[Finding]:
    return [f for f in judged(files).findings if f.code in ("PG416", "PG417")]


def test_the_later_document_is_told_where_the_passage_stands() -> None:
    (finding,) = rules({"a.md": f"# A\n\n{OWNER}", "b.md": f"# B\n\n{OWNER_EDITED}"})
    assert (finding.code, str(finding.place)) == ("PG416", "policies/b.md:3:1")
    assert finding.message == ("These 20 words stand in policies/a.md:3 too, in nearly the same words.")


def test_a_group_is_one_finding() -> None:
    (finding,) = rules({f"{name}.md": OWNER for name in "abcd"})
    assert finding.place.file == "policies/d.md"
    assert "policies/a.md:1 and in 2 other documents too, in the same words" in finding.message


def test_of_a_copied_document_not_every_passage_is_told() -> None:
    (finding,) = rules({"a.md": PROSE, "b.md": f"---\ntitle: Copy\n---\n{PROSE}"})
    assert (finding.code, str(finding.place)) == ("PG417", "policies/b.md:1:1")
    assert finding.message == "53 of the 53 words of 'Copy' stand in 'A' (policies/a.md) too."


def test_a_successor_may_repeat_what_it_supersedes() -> None:
    successor = f"---\ntitle: B\nreferences: [{{supersedes: a}}]\n---\n{PROSE}"
    assert rules({"a.md": PROSE, "b.md": successor}) == []
