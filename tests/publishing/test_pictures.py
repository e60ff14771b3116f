from __future__ import annotations

import itertools
import re
import time
from importlib import resources

import pytest
from publications import seen

from policygraph.publishing.graph_layout import NODE_HEIGHT, NODE_WIDTH, plan
from policygraph.publishing.neighbourhood import MOST, NARROW, WIDTH, Column, Neighbour, picture
from policygraph.reading.colours import contrast


def _column(count: int, title: str = "A rather long title of a document that has to be wrapped") -> Column:
    ties = [("depends on", "relied on by"), ("references", "referenced by"), ("our own", "owned by")]
    neighbours = [
        Neighbour(f"D-{n}", title, f"../d-{n}/", ties[n % 3][1], ties[n % 3][0], because=f"reason {n}")
        for n in range(count)
    ]
    return Column(neighbours, count)


def _value(style: str, name: str) -> str:
    found: str = re.findall(rf"{name}: (?:var\([\w-]+, )?(#[0-9a-f]+)", style)[0]
    return found if len(found) == 7 else "#" + "".join(2 * sign for sign in found[1:])


@pytest.mark.parametrize("scheme", [0, 1])
def test_lines_between_documents_are_seen_by_everybody(scheme: int) -> None:
    css = resources.files("policygraph.publishing").joinpath("assets", "policygraph.css").read_text("utf-8")
    style = css.split("[data-md-color-scheme=", 2)[scheme]
    paper = _value(style, "--pg-paper")
    for line in ("--pg-edge", "--pg-accent"):
        assert contrast(_value(style, line), paper) >= 3
    # With colours gone, the two kinds still differ in lightness, besides their width.
    assert contrast(_value(style, "--pg-edge"), _value(style, "--pg-accent")) >= 1.4


def test_many_neighbours_on_one_side_alone_have_room_for_their_titles() -> None:
    title = "What suppliers of medical devices must show"
    one_sided = seen(str(picture("A", "T", _column(40, title), _column(0), ""))).text
    assert one_sided.count("must show") > 40  # in the picture as well as in what a pointer shows
    assert (
        seen(str(picture("A", "T", _column(40, title), _column(1, title), ""))).text.count("must show") < 50
    )


@pytest.mark.parametrize(("count", "others"), [(1, 1), (6, 1), (12, 1), (40, 1), (47, 1), (40, 0)])
def test_a_neighbourhood_stays_inside_its_frame(count: int, others: int) -> None:
    svg = str(picture("A", "Title", _column(count), _column(others), "../sheet/"))
    html = seen(svg)
    assert html.wrong == []
    frame = dict(html.tags[0][1])
    height, tall = int(frame["height"] or 0), int(re.findall(r"--pg-tall:(\d+)px", svg)[0])
    moves = re.findall(
        r'translate\((\d+) (\d+)\)" style="--pg-narrow:translate\((\d+)px,(\d+)px\)"><rect class="pg-frame" width="(\d+)" height="(\d+)"',
        svg,
    )
    assert len(moves) == min(count, 3) + others
    for x, y, narrow_x, narrow_y, width, own in (map(int, move) for move in moves):
        assert x + width <= WIDTH
        assert y + own < height
        assert narrow_x + width <= NARROW
        assert narrow_y + own < tall
    # In both arrangements each stands below the one before.
    for place in (1, 3):
        for before, after in itertools.pairwise(moves[: len(moves) - others]):
            assert int(before[place]) + int(before[5]) < int(after[place])
    assert svg.count('xlink:href="../d-') == min(count, MOST) + others
    assert (f"and {count - MOST} more" in svg) == (count > MOST)
    # One line for each kind of tie, however many neighbours: on a desk, and on a phone.
    assert svg.count('<path class="pg-edge') == 2 * len(moves)


def test_neighbours_tied_in_the_same_way_stand_together_and_say_how() -> None:
    both = Neighbour("B", "Beta", "../b/", "depends on", "depends on", "references", "because <so>")
    svg = str(picture("A", "Alpha", Column([], 0), Column([both, both], 2), ""))
    assert svg.count(">depends on</text>") == 1
    assert svg.count("<title>B Beta (depends on, references): because &lt;so&gt;</title>") == 2


@pytest.mark.parametrize(
    "title", ["x" * 300, "データガバナンス方針" * 10, "<b>&", "", "a " * 200, "Ü\u200b\u0301" * 50]
)
def test_any_title_finds_room(title: str) -> None:
    svg = str(picture("A", title, _column(2, title), _column(0), ""))
    assert seen(svg).wrong == []
    assert all(len(text) < 80 for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg))


def test_without_neighbours_there_is_no_picture() -> None:
    assert picture("A", "T", _column(0), _column(0), "") == ""


@pytest.mark.parametrize("sizes", [[], [1], [4, 5, 4, 4, 4, 3], [40] * 10, [949], [1] * 100])
def test_no_two_documents_lie_on_one_another(sizes: list[int]) -> None:
    made = plan(sizes)
    places = [place for area in made.positions for place in area]
    assert len(places) == sum(sizes)
    by_row: dict[int, list[int]] = {}
    for x, y in places:
        by_row.setdefault(y, []).append(x)
    rows = sorted(by_row)
    assert all(b - a >= NODE_HEIGHT for a, b in itertools.pairwise(rows))
    for columns in by_row.values():
        columns.sort()
        assert all(b - a >= NODE_WIDTH for a, b in itertools.pairwise(columns))
    for district, area in zip(made.districts, made.positions, strict=True):
        for x, y in area:
            assert abs(x - district.x) * 2 + NODE_WIDTH <= district.width + 2
            assert abs(y - district.y) * 2 + NODE_HEIGHT <= district.height + 2


def test_the_layout_is_the_same_each_time_and_quick() -> None:
    started = time.perf_counter()
    assert plan([50] * 40) == plan([50] * 40)
    assert time.perf_counter() - started < 1
