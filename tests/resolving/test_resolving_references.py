from __future__ import annotations

import dataclasses

import networkx as nx
import pytest

from builders import HandbookBuilder, book, document, of_kind, pairs
from policygraph.model.document import Origin, Status
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind
from policygraph.model.reference import BUILT_IN_RELATIONS
from policygraph.resolving import queries


def doc(text: str = "Text.", **front: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\n{lines}---\n\n{text}\n" if lines else text


# One reference, several passages


def test_front_matter_and_links_to_one_document_are_one_reference() -> None:
    found = book(
        {
            "a.md": doc(
                "First: [[b]]. Second: [it](b.md#part).",
                references='\n  - to: b\n    relation: depends on\n    because: "B comes first."',
            ),
            "b.md": "# B\n## Part\n",
        }
    )
    (reference,) = found.references
    assert reference.relation.name == "depends on"
    assert [o.origin for o in reference.occurrences] == [
        Origin.FRONT_MATTER,
        Origin.WIKI_LINK,
        Origin.MARKDOWN_LINK,
    ]
    assert [p.sentence for p in reference.passages] == ["First: b.", "Second: it."]
    assert reference.because == "B comes first."
    assert reference.occurrences[2].section == "part"
    assert [o.place.line for o in reference.occurrences] == [3, 8, 8]
    assert (reference.declared, reference.linked) == (True, True)


def test_a_sentence_is_the_reason_where_none_is_declared() -> None:
    (reference,) = book({"a.md": "Fine. Ask [[b]] first.", "b.md": "x"}).references
    assert reference.because == "Ask b first."
    assert not reference.declared


def test_one_target_under_two_relations_is_two_references() -> None:
    found = book(
        {
            "a.md": doc(
                "[[b]]",
                references="\n  - to: b\n    relation: implements\n  - to: b\n    relation: depends on",
            ),
            "b.md": "x",
        }
    )
    assert pairs(found) == {("a", "implements", "b"), ("a", "depends on", "b")}
    linked = [r for r in found.references if r.linked]
    assert [r.relation.name for r in linked] == ["implements"]


def test_a_reference_declared_twice_is_one() -> None:
    (reference,) = book({"a.md": doc(references="[b, B]"), "b.md": "x"}).references
    assert len(reference.occurrences) == 2


@pytest.mark.parametrize("relation", BUILT_IN_RELATIONS, ids=lambda r: r.name)
def test_built_in_relations(relation) -> None:
    found = book({"a.md": doc(references=f"\n  - to: b\n    relation: {relation.name}"), "b.md": "x"})
    assert [r.relation for r in found.references] == [relation]
    assert relation.inverse
    assert relation.symmetric == (relation.inverse == relation.name)


def test_relations_in_other_capitals() -> None:
    assert pairs(book({"a.md": doc(references="\n  - Depends On: b"), "b.md": "x"})) == {
        ("a", "depends on", "b")
    }
    assert pairs(book({"a.md": doc(references="\n  - to: b\n    relation: Depends on"), "b.md": "x"})) == {
        ("a", "depends on", "b")
    }


def test_an_inverse_is_derived_and_never_declared() -> None:
    found = book({"a.md": doc(references="\n  - to: b\n    relation: relied on by"), "b.md": "x"})
    (problem,) = of_kind(found, ProblemKind.UNKNOWN_RELATION)
    assert "depends on" in (problem.mend or "")
    assert pairs(found) == {("a", "references", "b")}


def test_an_unknown_relation_keeps_the_reference() -> None:
    found = book({"a.md": doc(references="\n  - to: b\n    relation: dependson"), "b.md": "x"})
    (problem,) = of_kind(found, ProblemKind.UNKNOWN_RELATION)
    assert problem.suggestion == "depends on"
    assert problem.place == Place("policies/a.md", 4, 15)
    assert pairs(found) == {("a", "references", "b")}


def test_relations_of_ones_own() -> None:
    settings = "relations:\n  Audits: {inverse: audited by, relies: true}\n  twins: {symmetric: true}\n"
    found = book(
        {"a.md": doc(references="\n  - to: b\n    relation: audits\n  - twins: c"), "b.md": "x", "c.md": "x"},
        settings,
    )
    assert pairs(found) == {("a", "audits", "b"), ("a", "twins", "c")}
    audits = next(r.relation for r in found.references if r.relation.name == "audits")
    assert (audits.inverse, audits.relies) == ("audited by", True)


def test_replaced_by_is_supersedes_seen_from_the_other_side() -> None:
    found = book({"a.md": doc(status="retired", replaced_by="b"), "b.md": "x"})
    assert pairs(found) == {("b", "supersedes", "a")}


def test_decisions() -> None:
    found = book({"a.md": doc(not_related='\n  - to: b\n    because: "Other things."'), "b.md": "x"})
    (decision,) = found.decisions
    assert (decision.source, decision.target, decision.because) == (
        "policies/a.md",
        "policies/b.md",
        "Other things.",
    )


# Names


@pytest.mark.parametrize(
    "typed",
    [
        "AI-08",
        "ai-08",
        "Impact assessment",
        "impact  ASSESSMENT",
        "IA",
        "OLD-3",
        "b.md",
        "./b.md",
        "../policies/b.md",
        "AI\u201108",
        "AI-08\u200b",
    ],
)
def test_a_reference_may_use_any_name(typed: str) -> None:
    target = doc(id="AI-08", title="Impact assessment", aliases="[IA]", former_ids="[OLD-3]")
    found = book({"a.md": doc(references=f'\n  - "{typed}"'), "b.md": target})
    assert pairs(found) == {("a", "references", "AI-08")}
    linked = book({"a.md": f"[[{typed}]]", "b.md": target})
    assert pairs(linked) == {("a", "references", "AI-08")}


def test_a_path_is_relative_to_the_file() -> None:
    files = {
        "policies/x/a.md": doc(references="[../y/b.md, c.md]"),
        "policies/y/b.md": "x",
        "policies/x/c.md": "x",
    }
    assert pairs(book(files)) == {("a", "references", "b"), ("a", "references", "c")}


def test_an_unknown_target_suggests_the_nearest() -> None:
    found = book(
        {
            "a.md": doc("See [[AI-80]] and [[Acess policy]].", references="[AI-80]"),
            "b.md": doc(id="AI-08"),
            "c.md": doc(title="Access policy"),
        }
    )
    problems = of_kind(found, ProblemKind.UNKNOWN_TARGET)
    assert [(p.suggestion, str(p.place)) for p in problems] == [
        ("AI-08", "policies/a.md:2:14"),
        ("AI-08", "policies/a.md:5:5"),
        ("Access policy", "policies/a.md:5:19"),
    ]
    assert found.references == ()


def test_an_ambiguous_title_names_the_ids() -> None:
    found = book({"a.md": "[[Access]]", "b.md": doc(title="Access"), "c.md": doc(title="access")})
    (problem,) = of_kind(found, ProblemKind.AMBIGUOUS_NAME)
    assert "b, c" in problem.message
    assert found.references == ()


def test_an_id_goes_before_a_title() -> None:
    found = book({"a.md": "[[access]]", "access.md": doc(title="Zed"), "c.md": doc(title="Access")})
    assert pairs(found) == {("a", "references", "access")}


def test_a_duplicate_id_is_reported_at_the_second_file() -> None:
    found = book({"a.md": "[[X]]", "b.md": doc(title="B", id="X"), "c.md": doc(title="C", id="x")})
    (problem,) = of_kind(found, ProblemKind.DUPLICATE_ID)
    assert problem.place == Place("policies/c.md", 3, 1)
    assert len(found.documents) == 3
    assert found.references[0].target == "policies/b.md"
    assert document(found, "X").path == "policies/b.md"


def test_a_former_id_that_is_in_use_again_does_not_shadow_the_present_one() -> None:
    found = book({"a.md": "[[X]]", "b.md": doc(id="X"), "c.md": doc(former_ids="[X]")})
    assert found.references[0].target == "policies/b.md"


def test_a_former_id_claimed_by_two_is_ambiguous() -> None:
    found = book({"a.md": "[[X]]", "b.md": doc(former_ids="[X]"), "c.md": doc(former_ids="[X]")})
    assert of_kind(found, ProblemKind.AMBIGUOUS_NAME)
    assert found.references == ()


def test_equal_file_names_get_ids_of_their_own() -> None:
    found = book({"policies/x/a.md": "x", "policies/y/a.md": "y", "policies/x/README.md": "z"})
    assert sorted(d.id for d in found.documents) == ["x", "x-a", "y-a"]


def test_self_references() -> None:
    found = book({"a.md": doc("# H\n[[a]] [x](a.md) [[#h]] [y](#h) [[a#h]]", references="[a]")})
    assert [p.place.line for p in of_kind(found, ProblemKind.SELF_REFERENCE)] == [2, 6, 6]
    assert found.references == ()
    assert not of_kind(found, ProblemKind.MISSING_ANCHOR)


# Links


@pytest.mark.parametrize(
    "link",
    [
        "b.md",
        "./b.md",
        "b.md?x=1",
        "b",
        "/b.md",
        "/policies/b.md",
        "../policies/b.md",
        "b.md#part",
        "b%2Emd",
        "<b.md>",
        "b.md#Part",
    ],
)
def test_markdown_links_to_a_document(link: str) -> None:
    found = book({"a.md": f"[x]({link})", "b.md": "# B\n## Part\n"})
    assert pairs(found) == {("a", "references", "b")}
    assert not found.problems


def test_links_to_folders() -> None:
    files = {
        "policies/a.md": "[x](sub/) [y](sub) [z](other/)",
        "policies/sub/README.md": "x",
        "policies/other/c.md": "x",
    }
    found = book(files)
    assert pairs(found) == {("a", "references", "sub")}
    assert not found.problems


def test_links_to_other_files() -> None:
    found = book({"a.md": "[x](p.pdf) [y](../LICENSE)", "policies/p.pdf": ""}, outside=("LICENSE",))
    assert not found.problems
    targets = list(found.link_targets.values())
    assert [(t.file, t.outside) for t in targets] == [("policies/p.pdf", False), ("LICENSE", True)]


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("c.md", ProblemKind.MISSING_FILE),
        ("sub/b.md", ProblemKind.MISSING_FILE),
        ("../../../etc/passwd", ProblemKind.MISSING_FILE),
        ("/c.md", ProblemKind.MISSING_FILE),
        ("b.md#nothing", ProblemKind.MISSING_ANCHOR),
        ("#nothing", ProblemKind.MISSING_ANCHOR),
        ("b.html", ProblemKind.SITE_ADDRESS),
        ("/x/b.html", ProblemKind.SITE_ADDRESS),
        ("tel:1", ProblemKind.UNSAFE_LINK),
        ("javascript:alert(1)", ProblemKind.UNSAFE_LINK),
    ],
)
def test_links_that_lead_nowhere(link: str, kind: ProblemKind) -> None:
    found = book({"a.md": f"Text\n[x]({link})", "b.md": "# B\n## Part\n"})
    assert [(p.kind, str(p.place)) for p in found.problems] == [(kind, "policies/a.md:2:1")]


@pytest.mark.parametrize(
    "link",
    ["https://x.org/b.md", "mailto:a@b.c", "//x.org/y", "{{ site.url }}/b.md", "{% link b.md %}", "<>"],
)
def test_links_that_are_none_of_ours(link: str) -> None:
    found = book({"a.md": f"[x]({link})", "b.md": "x"})
    assert (found.references, found.problems) == ((), ())


def test_a_missing_file_suggests_where_it_lies() -> None:
    found = book({"policies/x/a.md": "[x](b.md) [y](../Y/B.md)", "policies/y/b.md": "x"})
    assert [p.suggestion for p in found.problems] == ["../y/b.md", "../y/b.md"]


def test_a_missing_heading_suggests_the_nearest() -> None:
    found = book(
        {
            "a.md": doc("[[b#when-to-redo]] [x](b.md#when-to-redo)", references="\n  - b#when-to-redo"),
            "b.md": "# B\n## When to redo it\n",
        }
    )
    problems = of_kind(found, ProblemKind.MISSING_ANCHOR)
    assert [p.suggestion for p in problems] == ["#when-to-redo-it"] * 3
    assert pairs(found) == {("a", "references", "b")}


def test_headings_may_be_named_by_their_words_and_statements_by_their_address() -> None:
    found = book(
        {
            "a.md": "[[b#When to redo it]] [[b#storage]]",
            "b.md": "# B\n## When to redo it\nYou must. { #storage }\n",
        }
    )
    assert not found.problems
    assert [o.section for r in found.references for o in r.occurrences] == ["when-to-redo-it", "storage"]


def test_id_patterns() -> None:
    settings = "fields: {id: {from: eip, prefix: EIP-}}\nid_pattern: EIP-(\\d+)"
    found = book({"a.md": doc("See EIP-20, EIP-7 and EIP-30.", eip="20"), "b.md": doc(eip="30")}, settings)
    assert pairs(found) == {("EIP-20", "references", "EIP-30")}
    assert not found.problems


# Translations


def test_a_translation_by_suffix_counts_once() -> None:
    found = book({"a.md": "[[b]]", "a.de.md": "Man muss [[b]] und [[nichts]].", "b.md": "x"})
    assert [d.id for d in found.documents] == ["a", "b"]
    (translation,) = found.translations
    assert (translation.lang, translation.translation_of) == ("de", "policies/a.md")
    assert len(found.references) == 1
    assert [p.place.file for p in of_kind(found, ProblemKind.UNKNOWN_TARGET)] == ["policies/a.de.md"]


def test_a_translation_by_lang_counts_once() -> None:
    found = book({"de.md": doc(id="X", lang="de"), "en.md": doc(id="X"), "fr.md": doc(id="X", lang="fr")})
    assert [d.path for d in found.documents] == ["policies/en.md"]
    assert {t.translation_of for t in found.translations} == {"policies/en.md"}
    assert not of_kind(found, ProblemKind.DUPLICATE_ID)


def test_a_link_to_a_translation_is_a_reference_to_the_document() -> None:
    found = book({"a.md": "[x](b.de.md#teil)", "b.md": "x", "b.de.md": "# Teil"})
    assert pairs(found) == {("a", "references", "b")}
    assert next(iter(found.link_targets.values())).file == "policies/b.de.md"
    assert not found.problems


def test_a_translation_without_an_original_is_the_document() -> None:
    found = book({"a.de.md": "x", "a.fr.md": "x"})
    assert [(d.path, d.id) for d in found.documents] == [("policies/a.de.md", "a")]
    assert len(found.translations) == 1


def test_a_file_name_with_a_dot_is_no_translation_of_its_own_language() -> None:
    found = book({"v1.md": "x", "v1.en.md": "x"})
    assert len(found.documents) == 2
    assert [p.place.file for p in of_kind(found, ProblemKind.DUPLICATE_ID)] == ["policies/v1.md"]


def test_a_suffix_that_is_no_language_is_part_of_the_name() -> None:
    found = book({"rules.md": "x", "rules.ai.md": "x"})
    assert [d.id for d in found.documents] == ["rules", "rules.ai"]


# Clauses


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ("iso-42001:6.1.2", "iso-42001:6.1.2"),
        ("ISO-42001:a.5.2", "iso-42001:A.5.2"),
        ("iso-42001:2023:6.1.2", "iso-42001:6.1.2"),
        ("iso-42001-2023:6.1.2", "iso-42001:6.1.2"),
        ("iso-42001 : 6.1.2", "iso-42001:6.1.2"),
        ("nist-ai-rmf:map  1.5", "nist-ai-rmf:MAP 1.5"),
        ("iso\u201142001:6.1.2", "iso-42001:6.1.2"),
    ],
)
def test_clauses(item: str, key: str) -> None:
    found = book({"a.md": doc(satisfies=f'["{item}"]'), "b.md": "[[iso-42001:6.1.2]] nist-ai-rmf"})
    assert [m.clause for m in found.mappings] == [key]
    assert found.mappings[0].place == Place("policies/a.md", 2, 13)
    assert found.graph.has_edge("policies/a.md", key, key="satisfies")
    assert [m.clause for m in found.clause_mentions] == ["iso-42001:6.1.2"]


@pytest.mark.parametrize(
    ("item", "kind", "suggestion"),
    [
        ("6.1.2", ProblemKind.UNKNOWN_FRAMEWORK, None),
        ("A.6.2.3", ProblemKind.UNKNOWN_FRAMEWORK, "iso-42001:A.6.2.3"),
        ("iso-42002:6.1.2", ProblemKind.UNKNOWN_FRAMEWORK, "iso-42001"),
        ("iso-42001:6.1.22", ProblemKind.UNKNOWN_CLAUSE, "iso-42001:6.1.2"),
        ("iso-42001:6.1", ProblemKind.CLAUSE_GROUP, None),
        ("iso-27001:A.9.2.1", ProblemKind.OTHER_VERSION, None),
        ("iso-27001:2013:A.5.1", ProblemKind.OTHER_VERSION, "iso-27001:A.5.1"),
        ("iso-27001-2013:A.5.1", ProblemKind.OTHER_VERSION, "iso-27001:A.5.1"),
        ("iso-27001:202:A.5.1", ProblemKind.OTHER_VERSION, "iso-27001:A.5.1"),
        ("iso-42001:", ProblemKind.UNKNOWN_CLAUSE, None),
        (":6.1", ProblemKind.UNKNOWN_FRAMEWORK, None),
    ],
)
def test_clauses_that_are_none(item: str, kind: ProblemKind, suggestion: str | None) -> None:
    found = book({"a.md": doc(satisfies=f'["{item}"]'), "b.md": "iso-42001 and iso-27001"})
    (problem,) = found.problems
    assert (problem.kind, problem.suggestion, str(problem.place)) == (kind, suggestion, "policies/a.md:2:13")
    assert found.mappings == ()


def test_an_unqualified_id_lists_every_framework_that_has_it() -> None:
    (problem,) = book({"a.md": doc("iso-42001 iso-27001", satisfies='["A.5.2"]')}).problems
    assert "iso-27001:A.5.2" in (problem.mend or "")
    assert "iso-42001:A.5.2" in (problem.mend or "")


def test_a_wiki_link_may_name_a_group_and_a_wrong_one_is_found() -> None:
    found = book({"a.md": "[[iso-42001:6.1]] and [[iso-42001:99]] and [[iso-4201:5]]"})
    assert [m.clause for m in found.clause_mentions] == ["iso-42001:6.1"]
    assert [p.kind for p in found.problems] == [ProblemKind.UNKNOWN_CLAUSE, ProblemKind.UNKNOWN_FRAMEWORK]


def test_a_statement_answers_a_clause() -> None:
    found = book(
        {"a.md": doc('Fine. You must. { #storage satisfies="iso-42001:6.1.3" }', satisfies="iso-42001:6.1.3")}
    )
    whole, statement = found.mappings
    assert whole.passage is None
    assert statement.passage is not None
    assert (statement.clause, statement.passage.id) == ("iso-42001:6.1.3", "storage")


def test_own_catalogs_and_overlays(handbook: HandbookBuilder) -> None:
    found = handbook(
        {
            "policies/a.md": doc(satisfies='["our-rules:1", "iso-42001:6.1.2", "iso-42001:X.1"]'),
            "policies/catalogs/ours.yml": "catalog: {id: our-rules, title: Ours}\nitems:\n  - {id: 1, title: One}\n",
            "policies/catalogs/over.yml": "catalog: {id: iso-42001}\nitems:\n  - {id: X.1, title: More}\n  - {id: 6.1.2, title: Risk}\n",
        },
        "catalogs: [catalogs/ours.yml, catalogs/over.yml]",
    )
    assert not found.problems
    assert [m.clause for m in found.mappings] == ["our-rules:1", "iso-42001:6.1.2", "iso-42001:X.1"]
    clause = found.clause("iso-42001:6.1.2")
    assert clause is not None
    assert (clause.title, clause.kind) == ("Risk", "clause")
    assert found.frameworks["iso-42001"].edition == "2023"


def test_a_framework_of_the_settings_that_no_catalog_holds() -> None:
    (problem,) = book({"a.md": "iso-42001"}, "frameworks: [iso-4201]").problems
    assert (problem.kind, problem.suggestion) == (ProblemKind.UNKNOWN_FRAMEWORK, "iso-42001")


# People


def test_unknown_roles_and_audiences() -> None:
    found = book(
        {
            "a.md": doc(
                owner="risk-manger",
                approver="CEO",
                applies_to="[staf]",
                records="\n  - what: x\n    owner: ceoo",
            ),
            "policies/registers/organisation.yml": "roles: {risk-manager: {holders: [Ada]}, ceo: {}}\naudiences: {staff: {}}\n",
        }
    )
    assert [(p.kind, p.suggestion) for p in found.problems] == [
        (ProblemKind.UNKNOWN_ROLE, "risk-manager"),
        (ProblemKind.UNKNOWN_ROLE, "ceo"),
        (ProblemKind.UNKNOWN_AUDIENCE, "staff"),
    ]


def test_without_a_register_every_role_goes() -> None:
    assert book({"a.md": doc(owner="anybody", applies_to="[x]")}).problems == ()


# Documents


@pytest.mark.parametrize(
    ("text", "title", "titled"),
    [
        (doc("# H", title="T"), "T", True),
        ("# H\n", "H", True),
        ("Text.\n\n# H\n", "H", True),
        ("## H\n\nText.", "H", True),
        ('<h1 align="center">H</h1>\n\nText.', "H", True),
        ("Text.", "Some name", False),
        ("Text.\n\n## H", "Some name", False),
        ("", "Some name", False),
    ],
)
def test_titles(text: str, title: str, titled: bool) -> None:
    (found,) = book({"some-name.md": text}).documents
    assert (found.title, found.titled) == (title, titled)


def test_where_titles_come_from_can_be_set() -> None:
    (found,) = book({"some-name.md": doc("# H", title="T")}, "title_from: [file name, heading]").documents
    assert found.title == "Some name"


def test_what_is_derived() -> None:
    found = book(
        {
            "policies/people/a.md": doc(title="Access control policy"),
            "policies/b.md": doc(type="plan", area="x"),
        }
    )
    one, other = document(found, "a"), document(found, "b")
    assert (one.type, one.area, one.status, one.lang) == ("policy", "people", Status.ACTIVE, "en")
    assert (other.type, other.area) == ("plan", "x")


def test_foreign_statuses() -> None:
    settings = "statuses: {Moved: retired, Final: active}"
    found = book(
        {"a.md": doc(status="Moved"), "b.md": doc(status="final"), "c.md": doc(status="Other")}, settings
    )
    assert [d.status for d in found.documents] == [Status.RETIRED, Status.ACTIVE, Status.ACTIVE]
    assert [p.place.file for p in found.problems] == ["policies/c.md"]


def test_reading_order_is_by_area_and_natural() -> None:
    files = {
        "policies/x/d10.md": "x",
        "policies/x/d9.md": "x",
        "policies/a/z.md": "x",
        "policies/y/q.md": "x",
    }
    found = book(files, "areas: {y: Why, x: Ex}")
    assert [d.id for d in found.documents] == ["q", "d9", "d10", "z"]
    assert [a.title for a in found.areas] == ["Why", "Ex", "A"]


# Immutability


def test_a_handbook_cannot_be_changed() -> None:
    found = book({"a.md": doc("[[b]] { #x }", title="A"), "b.md": "iso-42001"})
    with pytest.raises(nx.NetworkXError):
        found.graph.add_node("x")
    with pytest.raises(nx.NetworkXError):
        found.graph.remove_node("policies/a.md")
    for thing in (found, found.documents[0], found.references[0], found.references[0].occurrences[0]):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(thing, dataclasses.fields(thing)[0].name, None)
    for mapping in (
        found.by_id,
        found.by_path,
        found.outgoing,
        found.incoming,
        found.link_targets,
        found.frameworks,
    ):
        with pytest.raises(TypeError):
            mapping["x"] = None


def test_the_graph_holds_documents_clauses_references_and_mappings() -> None:
    found = book({"a.md": doc("[[b]]", satisfies='["iso-42001:6.1.2"]'), "b.md": "x"})
    assert found.graph.nodes["policies/a.md"]["document"].id == "a"
    assert found.graph.nodes["iso-42001:6.1.2"]["kind"] == "clause"
    edge = found.graph.edges["policies/a.md", "policies/b.md", "references"]
    assert edge["reference"] is queries.references_of(found, "policies/a.md")[0]
    assert found.graph.edges["policies/a.md", "iso-42001:6.1.2", "satisfies"]["mapping"] is found.mappings[0]


def test_a_picture_that_is_missing_is_found() -> None:
    text = (
        "# A\n\nSee ![a key](img/key.png) and ![there](img/lock.png).\n\n"
        "`![code](x.png)` ![web](https://example.org/x.png) ![site](/x.png) ![out](../x.png)\n"
    )
    found = book({"a.md": text, "policies/pictures/key.png": "", "policies/img/lock.png": ""})
    (problem,) = of_kind(found, ProblemKind.MISSING_FILE)
    assert problem.message == "The picture 'img/key.png' is no file of the handbook."
    assert (problem.place.line, problem.place.column) == (3, 5)
    assert problem.fix is not None
    assert problem.fix.edits[0].new == "pictures/key.png"
