"""The derived ids of statements: one each, and theirs whatever else changes in the document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builders import source

SENTENCES = st.sampled_from(
    [
        "You must ask first.",
        "You must **ask** first.",
        "Never guess an allergen.",
        "The owner must sign each release within 5 working days.",
        "Cake is good.",
        "Du musst fragen.",
        "Nobody may bake at night, except on `Friday`.",
    ]
)
BLOCKS = st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join)
FORMS = st.sampled_from(["{}", "- {}", "> {}", "1. {}", "## {}", "| a | b |\n|---|---|\n| x | {} |"])
BODIES = st.lists(st.tuples(FORMS, BLOCKS), max_size=8)


def text(blocks: list[tuple[str, str]]) -> str:
    return "# T\n\n" + "\n\n".join(form.format(words) for form, words in blocks) + "\n"


def ids(body: str) -> list[tuple[str, str]]:
    return [(s.passage.id, s.passage.sentence) for s in source(body).scan.statements]


@given(BODIES)
def test_every_statement_of_a_document_has_an_id_of_its_own(blocks: list[tuple[str, str]]) -> None:
    found = [id for id, _ in ids(text(blocks))]
    assert len(found) == len(set(found))


@given(
    BODIES, st.integers(0, 8), FORMS, st.sampled_from(["Oats must be weighed.", "Flour is dusty.", "Ask."])
)
def test_an_edit_elsewhere_changes_no_id(
    blocks: list[tuple[str, str]], position: int, form: str, words: str
) -> None:
    before = ids(text(blocks))
    edited = [*blocks[:position], (form, words), *blocks[position:]]
    after = ids(text(edited))
    assert [one for one in after if words not in one[1]] == before


@given(BODIES)
def test_what_is_said_again_is_numbered_in_the_order_of_the_text(blocks: list[tuple[str, str]]) -> None:
    counts: dict[str, int] = {}
    for id, _ in ids(text(blocks)):
        base = "-".join(id.split("-")[:2])
        counts[base] = counts.get(base, 0) + 1
        assert id == (base if counts[base] == 1 else f"{base}-{counts[base]}")


def test_cells_of_one_row_share_its_id_and_equal_rows_are_told_apart() -> None:
    row = "| You must ask [b](b.md). | Never guess, see [c](c.md). |\n"
    scan = source(f"# T\n\n| x | y |\n|---|---|\n{row}{row}").scan
    first, second = scan.statements
    assert second.passage.id == f"{first.passage.id}-2"
    assert [link.passage.id for link in scan.links] == [
        first.passage.id,
        first.passage.id,
        second.passage.id,
        second.passage.id,
    ]


def test_a_line_break_in_html_does_not_keep_a_statement_from_being_framed() -> None:
    (statement,) = source("# T\n\n| a |\n|---|\n| Cake.<br>You must ask.<br>Always. |\n").scan.statements
    assert statement.passage.wrappable
