from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builders import book, document
from policygraph.resolving import queries
from policygraph.resolving.handbook import Handbook


def graph(edges: str, settings: str = "") -> Handbook:
    """A handbook out of arrows: `a>b a=>c d` (`>` references, `=>` depends on, `~` see also)."""
    names: dict[str, list[str]] = {}
    for edge in edges.split():
        for sign, relation in (("=>", "depends on"), ("~", "see also"), (">", "references")):
            if sign in edge:
                source, target = edge.split(sign)
                names.setdefault(source, []).append(f"  - to: {target}\n    relation: {relation}\n")
                names.setdefault(target, [])
                break
        else:
            names.setdefault(edge, [])
    return book(
        {
            f"{name}.md": "---\nreferences:\n" + "".join(lines) + "---\nText.\n" if lines else "Text.\n"
            for name, lines in names.items()
        },
        settings,
    )


def ids(documents) -> str:
    return "".join(d.id for d in documents)


def chain(found: Handbook, references) -> str:
    if not references:
        return ""
    return found.by_path[references[0].source].id + "".join(found.by_path[r.target].id for r in references)


def path(name: str) -> str:
    return f"policies/{name}.md"


def test_references_of_and_referenced_by() -> None:
    found = graph("a>b a>c d>a")
    assert [r.target for r in queries.references_of(found, path("a"))] == [path("b"), path("c")]
    assert [r.source for r in queries.referenced_by(found, path("a"))] == [path("d")]
    assert queries.references_of(found, path("b")) == ()
    assert queries.references_of(found, "nowhere") == ()


def test_what_relies_on_a_document() -> None:
    found = graph("b=>a c=>b d>a e~a f>b g=>f a=>h")
    dependents = queries.relying_on(found, path("a"))
    assert [(d.document.id, d.distance, chain(found, d.chain)) for d in dependents] == [
        ("b", 1, "ba"),
        ("c", 2, "cba"),
    ]
    everything = queries.relying_on(found, path("a"), lambda reference: True)
    assert [(d.document.id, d.distance) for d in everything] == [
        ("b", 1), ("d", 1), ("e", 1), ("c", 2), ("f", 2), ("g", 3),
    ]  # fmt: skip


def test_relying_on_ends_in_a_circle() -> None:
    found = graph("a=>b b=>c c=>a")
    assert ids(d.document for d in queries.relying_on(found, path("a"))) == "cb"


def test_relations_of_ones_own_may_rely() -> None:
    found = book(
        {"a.md": "---\nreferences: [{audits: b}]\n---\nx", "b.md": "x"},
        "relations: {audits: {inverse: audited by, relies: true}}",
    )
    assert ids(d.document for d in queries.relying_on(found, path("b"))) == "a"


def test_isolated() -> None:
    assert ids(queries.isolated(graph("a>b c d"))) == "cd"


def test_groups_and_cycles() -> None:
    found = graph("a>b b>c c>a d>e e>d f>a g>g")
    assert [ids(group) for group in queries.groups(found)] == ["abc", "de"]
    assert [ids(group) for group in queries.declared_cycles(found)] == ["abc", "de"]


def test_a_symmetric_relation_makes_no_circle() -> None:
    assert queries.declared_cycles(graph("a~b b~a")) == ()
    assert queries.declared_cycles(graph("a=>b b~a")) == ()


def test_links_in_the_text_make_a_group_and_no_declared_circle() -> None:
    found = book({"a.md": "[[b]]", "b.md": "[[a]]"})
    assert queries.declared_cycles(found) == ()
    assert [ids(group) for group in queries.groups(found)] == ["ab"]


def test_build_order() -> None:
    found = graph("a=>b b=>c d=>c e>a f=>g g=>f")
    assert [ids(layer) for layer in queries.build_order(found)] == ["cefg", "bd", "a"]


def test_the_handbook_finds_documents_areas_and_clauses() -> None:
    found = book({"policies/x/a.md": "---\nid: AI-1\n---\nx", "policies/y/b.md": "iso-42001"})
    assert document(found, "ai-1").path == "policies/x/a.md"
    assert document(found, "policies/x/a.md").id == "AI-1"
    assert found.find("AI-2") is None
    assert ids(found.in_area("x")) == "AI-1"
    assert found.area_of(document(found, "b")).title == "Y"
    clause = found.clause("iso-42001:6.1.2")
    assert clause is not None
    assert clause.key == "iso-42001:6.1.2"
    assert found.clause("iso-42001:nothing") is None


# Against brute force

NODES = "abcdef"
EDGES = st.sets(
    st.sampled_from([f"{x}{sign}{y}" for x in NODES for y in NODES if x != y for sign in (">", "=>")])
)


def arrows(edges: set[str], signs: tuple[str, ...]) -> set[tuple[str, str]]:
    found = set()
    for edge in edges:
        sign = "=>" if "=>" in edge else ">"
        if sign in signs:
            found.add(tuple(edge.split(sign)))
    return found


def reach(pairs: set[tuple[str, str]], start: str) -> set[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        here = todo.pop()
        for x, y in pairs:
            if x == here and y not in seen:
                seen.add(y)
                todo.append(y)
    return seen


@given(EDGES)
def test_relying_is_reaching_backwards(edges: set[str]) -> None:
    found = graph(" ".join([*NODES, *sorted(edges)]))
    pairs = {(y, x) for x, y in arrows(edges, ("=>",))}
    dependents = queries.relying_on(found, path("a"))
    assert {d.document.id for d in dependents} == reach(pairs, "a") - {"a"}
    assert [d.distance for d in dependents] == sorted(d.distance for d in dependents)
    for dependent in dependents:
        assert chain(found, dependent.chain)[::-1][0] == "a"
        assert chain(found, dependent.chain)[0] == dependent.document.id


@given(EDGES)
def test_groups_are_mutual_reach(edges: set[str]) -> None:
    found = graph(" ".join([*NODES, *sorted(edges)]))
    pairs = arrows(edges, (">", "=>"))
    expected = {
        "".join(y for y in NODES if y == x or (y in reach(pairs, x) and x in reach(pairs, y))) for x in NODES
    }
    assert {ids(group) for group in queries.groups(found)} == {group for group in expected if len(group) > 1}


@given(EDGES)
def test_the_build_order_puts_nothing_before_what_it_relies_on(edges: set[str]) -> None:
    found = graph(" ".join([*NODES, *sorted(edges)]))
    layers = queries.build_order(found)
    position = {d.id: number for number, layer in enumerate(layers) for d in layer}
    assert sorted(position) == list(NODES)
    pairs = arrows(edges, ("=>",))
    for source, target in pairs:
        circle = source in reach(pairs, target)
        assert position[source] == position[target] if circle else position[source] > position[target]
