"""Documents that are related without being linked."""

from __future__ import annotations

from builders import TODAY, book
from policygraph.judging.related import Relatives


def related(
    links: dict[str, str], status: str = "active", path: str = "policies/a.md"
) -> list[tuple[str, str]]:
    """What is related to A: the ids, and what both are tied to. `links` says which ids each document links to."""
    names = {*links, *(name for targets in links.values() for name in targets)}
    files = {
        f"{name.lower()}.md": f"---\nid: {name}-1\nstatus: {status if name == 'B' else 'active'}\n---\n# Doc {name}\n\n"
        + " ".join(f"See [[{target}-1]]." for target in links.get(name, ""))
        for name in names
    }
    handbook = book(files)
    stem = len("policies/")
    return [
        (one.document[stem:-3], "".join(middle[stem:-3] for middle in one.shared))
        for one in Relatives(handbook, TODAY).of(path)
    ]


def test_two_that_share_most_of_their_ties_are_related() -> None:
    assert related({"A": "CDE", "B": "CDE"}) == [("b", "cde")]
    assert related({"A": "CD", "B": "CD"}) == [("b", "cd")]


def test_the_direction_of_a_reference_does_not_matter() -> None:
    assert related({"A": "C", "B": "D", "C": "B", "D": "A"}) == [("b", "cd")]


def test_what_is_linked_already_needs_no_second_mention() -> None:
    assert related({"A": "BCDE", "B": "CDE"}) == []
    assert related({"A": "CDE", "B": "ACDE"}) == []


def test_little_in_common_is_not_enough() -> None:
    assert related({"A": "C", "B": "C"}) == []
    assert related({"A": "CDEF", "B": "CDGH"}) == []


def test_what_is_not_in_force_is_not_recommended() -> None:
    assert related({"A": "CDE", "B": "CDE"}, status="retired") == []


def test_a_document_with_many_ways_on_needs_no_more() -> None:
    assert related({"A": "CDEFGHIJ", "B": "CDEFGHIJ"}) == []


def test_no_more_than_three_the_closest_first() -> None:
    found = related({"A": "CDE", "B": "CD", "K": "CDE", "L": "CDE", "M": "CDE"})
    assert [id for id, _ in found] == ["k", "l", "m"]


def test_what_everybody_links_to_says_nothing_and_costs_nothing() -> None:
    crowd = {chr(code): "CDE" for code in range(ord("α"), ord("α") + 40)}
    assert related({"A": "CDE", "B": "CDE", **crowd}) == []
