"""The whole graph as a picture in a file of its own: to open, to print, and to put into other documents.

It needs no script. Its colours follow the reader's choice of light or dark; its parts are links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policygraph.publishing.escaping import html_text
from policygraph.publishing.graph_layout import NODE_HEIGHT, NODE_WIDTH, Plan, plan
from policygraph.publishing.index import Index
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import Asset
from policygraph.publishing.svg_text import BOLD, SIZE, wrapped
from policygraph.publishing.tongues import tongue
from policygraph.words import _, ngettext

PICTURE = "graph.svg"

_MARGIN = 48
_LINE = 15
_LEGEND = 44
_SAMPLE = 44
_LETTER = 7.4
"""About how many pixels a letter of the legend takes."""
_BENDS = 3
"""Lines between the same districts are bent by so many measures, so that they do not lie on one another."""

_MANY = 60
"""Documents beyond which the lines between two areas are drawn as one."""

_THICKEST = 14
"""The line for as many references as there are between any two areas."""

_LOOKS = {
    "depends on": "strong",
    "implements": "double",
    "references": "plain",
    "supersedes": "dotted",
    "see also": "dashed",
}
_STYLE = """
svg{background:#fff;color:#1f2428;font:13px/1.2 system-ui,sans-serif}
text{fill:currentColor}
.d{fill:#f1f4f3}
.h{font-weight:600;fill:#596168;paint-order:stroke;stroke:#fff;stroke-width:4px}
.n rect{fill:#fff;stroke:#a4abae}
.draft rect{stroke-dasharray:4 3}.retired rect{stroke-dasharray:1.5 3}
.e{fill:none;stroke:#6f777b;stroke-opacity:.8}
.o{stroke-opacity:.3}.i{stroke-opacity:.9}
.b{fill:none;stroke:#b4bcbf;stroke-opacity:.7}
.strong{stroke:#1b5e57;stroke-width:1.7}.double{stroke:#1b5e57;stroke-width:1.7;stroke-dasharray:9 3}
.dotted{stroke-width:1.7;stroke-dasharray:1.5 3.5}.dashed{stroke-dasharray:5 4}.own{stroke-dasharray:9 3 2 3}
a:hover rect,a:focus rect{stroke:#1b5e57;stroke-width:2}
@media(prefers-color-scheme:dark){svg{background:#1d2027;color:#dfe3e6}.d{fill:#272b34}.h{fill:#aab2b9;stroke:#1d2027}
.n rect{fill:#1d2027;stroke:#6d7580}.e{stroke:#939ca6}.b{stroke:#4a525c}.strong,.double{stroke:#7fc9bf}a:hover rect,a:focus rect{stroke:#7fc9bf}}
@media print{svg{background:#fff;color:#000}.d{fill:#f1f4f3}.n rect{fill:#fff}}
"""


def graph_picture(index: Index) -> Asset:
    """Draw all documents by area, and their references. Linear in the two."""
    layout = plan([len(shelf.documents) for shelf in index.shelves])
    left, top, width, height = _frame(layout)
    many = len(index.handbook.documents) > _MANY
    legend = _legend(index, left + _MARGIN, top + height - _LEGEND // 2, many)
    documents, references = len(index.handbook.documents), len(index.handbook.references)
    title = _(
        "%(name)s: %(documents)s, %(references)s",
        name=index.handbook.settings.name,
        documents=ngettext("%(num)s document", "%(num)s documents", documents),
        references=ngettext("%(num)s reference", "%(num)s references", references),
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}" role="group" '
        f'aria-labelledby="t"><title id="t">{html_text(title)}</title>'
        f"<style>{_STYLE}</style>",
        '<defs><marker id="m" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'markerUnits="userSpaceOnUse" orient="auto"><path fill="currentColor" d="M0 .5L8 4L0 7.5z"/></marker></defs>',
        *(_bundles(index, layout) if many else ()),
        *_districts(index, layout, min(40, max(13, width // 58))),
        *_edges(index, layout, within=many),
        *_nodes(index, layout),
        *legend,
        "</svg>\n",
    ]
    return Asset(PICTURE, "".join(parts).encode())


def _frame(layout: Plan) -> tuple[int, int, int, int]:
    """Left, top, width and height of the picture."""
    edges = [
        (d.x - d.width // 2, d.y - d.height // 2, d.x + d.width // 2, d.y + d.height // 2)
        for d in layout.districts
    ]
    left = min((e[0] for e in edges), default=0) - _MARGIN
    top = min((e[1] for e in edges), default=0) - _MARGIN
    right = max((e[2] for e in edges), default=0) + _MARGIN
    bottom = max((e[3] for e in edges), default=0) + _MARGIN
    return left, top, max(right - left, 760), bottom - top + _LEGEND


def _districts(index: Index, layout: Plan, letters: int) -> Iterator[str]:
    """Areas with their names, whose letters grow with the whole so that they are read when all of it is shown."""
    for shelf, d in zip(index.shelves, layout.districts, strict=True):
        x, y = d.x - d.width // 2, d.y - d.height // 2
        (title,) = wrapped(shelf.title, round(d.width * SIZE / letters / BOLD), 1)
        yield (
            f'<rect class="d" x="{x}" y="{y}" width="{d.width}" height="{d.height}" rx="6"/>'
            f'<text class="h" x="{x}" y="{y - 9}" font-size="{letters}">{html_text(title)}</text>'
        )


def _nodes(index: Index, layout: Plan) -> Iterator[str]:
    for shelf, places in zip(index.shelves, layout.positions, strict=True):
        for document, (x, y) in zip(shelf.documents, places, strict=True):
            lines = wrapped(document.title, NODE_WIDTH - 18, 3)
            top = y - (len(lines) - 1) * _LINE // 2 + 4
            text = "".join(
                f'<text x="{x}" y="{top + number * _LINE}" text-anchor="middle">{html_text(line)}</text>'
                for number, line in enumerate(lines)
            )
            href = html_text(index.links.address(PICTURE, index.pages[document.path]))
            yield (
                f'<a class="n {document.status.value}" href="{href}"{tongue(document.lang)}><title>{html_text(document.id)} '
                f'{html_text(document.title)}</title><rect x="{x - NODE_WIDTH // 2}" y="{y - NODE_HEIGHT // 2}" '
                f'width="{NODE_WIDTH}" height="{NODE_HEIGHT}" rx="4"/>{text}</a>'
            )


def _bundles(index: Index, layout: Plan) -> Iterator[str]:
    """One line for all references between two areas, the thicker the more there are."""
    number_of = {d.path: n for n, shelf in enumerate(index.shelves) for d in shelf.documents}
    counts: Counter[tuple[int, int]] = Counter()
    for reference in index.handbook.references:
        ends = sorted((number_of[reference.source], number_of[reference.target]))
        if ends[0] != ends[1]:
            counts[ends[0], ends[1]] += 1
    most = max(counts.values(), default=1)
    for (first, second), count in sorted(counts.items()):
        a, b = layout.districts[first], layout.districts[second]
        middle = f"{(a.x + b.x) // 2 - (b.y - a.y) // 10} {(a.y + b.y) // 2 + (b.x - a.x) // 10}"
        words = f"{index.shelves[first].title} – {index.shelves[second].title}: {count}"
        yield (
            f'<path class="b" d="M{a.x} {a.y}Q{middle} {b.x} {b.y}" '
            f'stroke-width="{max(1.5, _THICKEST * count / most):.1f}"><title>{html_text(words)}</title></path>'
        )


def _edges(index: Index, layout: Plan, *, within: bool) -> Iterator[str]:
    """A line for each reference; only those `within` an area where the others are bundled."""
    places = {
        document.path: place
        for shelf, row in zip(index.shelves, layout.positions, strict=True)
        for document, place in zip(shelf.documents, row, strict=True)
    }
    area_of = {document.path: document.area for document in index.handbook.documents}
    for number, reference in enumerate(index.handbook.references):
        inside = area_of[reference.source] == area_of[reference.target]
        if within and not inside:
            continue
        (x1, y1), (x2, y2) = places[reference.source], places[reference.target]
        x1, y1 = _border(x1, y1, x2, y2)
        x2, y2 = _border(x2, y2, x1, y1)
        # The bend stands across the way from one to the other.
        share = 0.12 + 0.03 * (number % _BENDS)
        middle = f"{round((x1 + x2) / 2 - (y2 - y1) * share)} {round((y1 + y2) / 2 + (x2 - x1) * share)}"
        look = _LOOKS.get(reference.relation.name, "own")
        # What ties an area together is seen before what leaves it.
        yield f'<path class="e {look} {"i" if inside else "o"}" d="M{x1} {y1}Q{middle} {x2} {y2}" marker-end="url(#m)"/>'


def _border(x: int, y: int, towards_x: int, towards_y: int) -> tuple[int, int]:
    """Where the way from the middle of a box to somewhere else leaves the box."""
    dx, dy = towards_x - x, towards_y - y
    if not dx and not dy:
        return x, y
    reach = min(
        NODE_WIDTH / 2 / abs(dx) if dx else float("inf"), NODE_HEIGHT / 2 / abs(dy) if dy else float("inf")
    )
    reach = min(reach, 1.0)
    return round(x + dx * reach), round(y + dy * reach)


def _legend(index: Index, x: int, y: int, bundled: bool) -> Iterator[str]:
    used = dict.fromkeys(reference.relation.name for reference in index.handbook.references)
    for name in (name for name in index.handbook.settings.relations if name in used):
        look = _LOOKS.get(name, "own")
        (shown,) = wrapped(name_of(name), 200, 1)
        yield (
            f'<path class="e {look}" d="M{x} {y}H{x + _SAMPLE}" marker-end="url(#m)"/>'
            f'<text x="{x + _SAMPLE + 8}" y="{y + 4}">{html_text(shown)}</text>'
        )
        x += _SAMPLE + 32 + round(len(shown) * _LETTER)
    if bundled:
        words = _("all references between two areas, the thicker the more")
        yield (
            f'<path class="b" stroke-width="8" d="M{x} {y}H{x + _SAMPLE}"/>'
            f'<text x="{x + _SAMPLE + 8}" y="{y + 4}">{html_text(words)}</text>'
        )
