"""Ids of clauses: editions, groups, typing errors, and catalogs of one's own."""

from __future__ import annotations

import pytest

from builders import HandbookBuilder, book
from policygraph.model.problem import Problem, ProblemKind
from policygraph.reading.catalogs import SHIPPED, shipped
from policygraph.resolving.clauses import Clauses
from policygraph.resolving.handbook import Handbook

ALL = " ".join(SHIPPED)


def satisfying(*items: str) -> Handbook:
    listed = "\n".join(f'  - "{item}"' for item in items)
    return book({"a.md": f"---\nsatisfies:\n{listed}\n---\n{ALL}\n"})


def one_problem(item: str) -> Problem:
    found = satisfying(item)
    assert found.mappings == ()
    (problem,) = found.problems
    assert str(problem.place) == "policies/a.md:3:5"
    return problem


@pytest.mark.parametrize("framework", SHIPPED)
def test_every_leaf_of_a_shipped_catalog_can_be_answered(framework: str) -> None:
    leaves = [clause.key for clause in shipped(framework).leaves]
    found = satisfying(*leaves)
    assert not found.problems
    assert [m.clause for m in found.mappings] == leaves
    assert [found.clause(key) for key in leaves] == list(shipped(framework).leaves)


@pytest.mark.parametrize("framework", SHIPPED)
def test_no_group_of_a_shipped_catalog_can_be_answered(framework: str) -> None:
    groups = [clause.key for clause in shipped(framework).clauses.values() if clause.group]
    found = satisfying(*groups)
    assert found.mappings == ()
    assert {p.kind for p in found.problems} <= {ProblemKind.CLAUSE_GROUP}
    assert len(found.problems) == len(groups)


def test_a_group_names_the_clauses_below_it() -> None:
    problem = one_problem("iso-42001:6.1")
    assert (
        problem.mend == "Name the clause: iso-42001:6.1.1, iso-42001:6.1.2, iso-42001:6.1.3, iso-42001:6.1.4."
    )
    assert problem.suggestion is None


@pytest.mark.parametrize(
    ("item", "clause"),
    [
        ("iso-42001:2023:6.1.2", "iso-42001:6.1.2"),
        ("ISO-42001@2023:6.1.2", "iso-42001:6.1.2"),
        ("iso-27001:2022:A.5.1", "iso-27001:A.5.1"),
        ("nist-ai-rmf-1.0:MAP 1.5", "nist-ai-rmf:MAP 1.5"),
        ("nist-ai-rmf:v1.0:MAP 1.5", "nist-ai-rmf:MAP 1.5"),
        ("nist-csf:2.0:GV.OC-01", "nist-csf:GV.OC-01"),
        ("soc2:2017:CC6.1", "soc2:CC6.1"),
        ("eu-ai-act-2024:{eu}", "eu-ai-act:{eu}"),
    ],
)
def test_the_edition_held_here_may_be_named(item: str, clause: str) -> None:
    article = shipped("eu-ai-act").leaves[0].id
    found = satisfying(item.format(eu=article))
    assert not found.problems
    assert [m.clause for m in found.mappings] == [clause.format(eu=article)]


@pytest.mark.parametrize(
    ("item", "edition", "suggestion"),
    [
        ("iso-27001:2013:A.9.2.1", "2013", None),
        ("iso-42001:2021:6.1.2", "2021", "iso-42001:6.1.2"),
        ("iso-42001:2023.1:6.1.2", "2023.1", "iso-42001:6.1.2"),
        ("nist-csf-1.1:GV.OC-01", "1.1", "nist-csf:GV.OC-01"),
        ("nist-csf:v1.1:GV.OC-01", "v1.1", "nist-csf:GV.OC-01"),
    ],
)
def test_another_edition_is_named_as_such(item: str, edition: str, suggestion: str | None) -> None:
    problem = one_problem(item)
    assert problem.kind is ProblemKind.OTHER_VERSION
    assert f"names edition {edition};" in problem.message
    assert problem.suggestion == suggestion


@pytest.mark.parametrize("item", ["iso-27001:A.9.2.1", "iso-27001: a.9.2.1", "iso-27001:A.18.2.3"])
def test_an_id_that_only_an_earlier_edition_has(item: str) -> None:
    problem = one_problem(item)
    assert problem.kind is ProblemKind.OTHER_VERSION
    assert "of edition 2013" in problem.message
    assert problem.suggestion is None


@pytest.mark.parametrize(
    ("item", "suggestion"),
    [
        ("iso-42001:A.6.1.22", "iso-42001:A.6.1.2"),
        ("iso-42001:A6.1.2", "iso-42001:A.6.1.2"),
        ("nist-ai-rmf:MAPP 1.5", "nist-ai-rmf:MAP 1.5"),
        ("iso-42001:nothing like it", None),
    ],
)
def test_an_unknown_clause_suggests_the_nearest(item: str, suggestion: str | None) -> None:
    problem = one_problem(item)
    assert (problem.kind, problem.suggestion) == (ProblemKind.UNKNOWN_CLAUSE, suggestion)


@pytest.mark.parametrize(
    ("item", "suggestion"),
    [("CC6.1", "soc2:CC6.1"), ("cc6.1", "soc2:CC6.1"), ("map 1.5", "nist-ai-rmf:MAP 1.5"), ("Z.99", None)],
)
def test_an_unqualified_id_suggests_its_only_bearer(item: str, suggestion: str | None) -> None:
    problem = one_problem(item)
    assert (problem.kind, problem.suggestion) == (ProblemKind.UNKNOWN_FRAMEWORK, suggestion)


def test_case_and_spaces_do_not_matter() -> None:
    found = satisfying("ISO-42001 : a.6.1.2", "nist-ai-rmf:map\u00a01.5", "Nist-Csf:gv.oc\u201101")
    assert not found.problems
    assert [m.clause for m in found.mappings] == [
        "iso-42001:A.6.1.2",
        "nist-ai-rmf:MAP 1.5",
        "nist-csf:GV.OC-01",
    ]


def test_a_clause_answered_twice_is_answered_once() -> None:
    found = satisfying("iso-42001:6.1.2", "ISO-42001:2023:6.1.2")
    assert [str(m.place) for m in found.mappings] == ["policies/a.md:3:5"]


def test_a_bad_item_harms_no_other() -> None:
    found = satisfying("iso-42001:6.1.2", "nonsense", "iso-42001:8.2")
    assert [m.clause for m in found.mappings] == ["iso-42001:6.1.2", "iso-42001:8.2"]
    assert [str(p.place) for p in found.problems] == ["policies/a.md:4:5"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("iso-42001:6.1", True),
        ("iso-4201:6.1", True),
        ("ISO-42001:2023:6.1", True),
        ("Note: read this", False),
        ("iso-42001", False),
        ("iso-42001: ", False),
        ("AI-08", False),
    ],
)
def test_which_wiki_links_are_meant_for_a_clause(text: str, expected: bool) -> None:
    assert Clauses({"iso-42001": shipped("iso-42001")}).looks_like_one(text) is expected


OURS = """\
catalog: {id: Our-Rules, title: Rules of the group, edition: "2026"}
items:
  - {id: G1, title: Four eyes, kind: control, parent: G}
  - {id: G, title: Cash, kind: control-group}
"""


def test_a_catalog_of_ones_own(handbook: HandbookBuilder) -> None:
    found = handbook(
        {
            "policies/a.md": '---\nsatisfies: ["our-rules:g1", "Our-Rules:2025:G1", "our-rules:G"]\n---\n[[our-rules:G]]\n',
            "policies/catalogs/ours.yml": OURS,
        },
        "catalogs: [catalogs/ours.yml]",
    )
    (mapping,) = found.mappings
    clause = found.clause(mapping.clause)
    assert clause is not None
    assert clause.title == "Four eyes"
    assert [(p.kind, p.suggestion) for p in found.problems] == [
        (ProblemKind.OTHER_VERSION, clause.key),
        (ProblemKind.CLAUSE_GROUP, clause.key),
    ]
    assert found.graph.has_edge("policies/a.md", clause.key, key="satisfies")
    (mention,) = found.clause_mentions
    assert found.clause(mention.clause) is not None


def test_an_overlay_changes_what_it_names_and_leaves_the_rest(handbook: HandbookBuilder) -> None:
    found = handbook(
        {
            "policies/a.md": '---\nsatisfies: ["iso-42001:Z.1", "iso-42001:6.1.3"]\n---\nx\n',
            "policies/over.yml": "catalog: {id: iso-42001}\nitems:\n  - {id: Z.1, title: Ours}\n  - {id: '6.1.2', title: Risks}\n",
        },
        "catalogs: [over.yml]",
    )
    assert not found.problems
    laid, original = found.frameworks["iso-42001"], shipped("iso-42001")
    assert (laid.title, laid.edition) == (original.title, original.edition)
    assert laid.clauses["6.1.2"].title == "Risks"
    assert laid.clauses["6.1.2"].parent == original.clauses["6.1.2"].parent
    changed = {id for id, clause in laid.clauses.items() if clause != original.clauses.get(id)}
    assert changed == {"Z.1", "6.1.2"}
