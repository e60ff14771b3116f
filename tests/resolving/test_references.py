"""References where several things meet: two sides of one relation, two folders, two languages."""

from __future__ import annotations

import dataclasses

import pytest

from builders import HandbookBuilder, book, document, of_kind, pairs
from policygraph.model.document import Origin
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind
from policygraph.model.reference import BUILT_IN_RELATIONS
from policygraph.resolving.pages import PageResolver


def front(keys: str, text: str = "Text.") -> str:
    return f"---\n{keys}\n---\n\n{text}\n"


# Relations


@pytest.mark.parametrize(
    "relation", [r for r in BUILT_IN_RELATIONS if not r.symmetric], ids=lambda relation: relation.name
)
@pytest.mark.parametrize("form", ["  - to: b\n    relation: {}", "  - {}: b"])
def test_no_inverse_is_ever_declared(relation: object, form: str) -> None:
    inverse = getattr(relation, "inverse", "")
    found = book({"a.md": front("references:\n" + form.format(inverse)), "b.md": "x"})
    (problem,) = of_kind(found, ProblemKind.UNKNOWN_RELATION)
    assert f"'{inverse}' is the other side of '{getattr(relation, 'name', '')}'" in problem.message
    assert problem.mend is not None
    assert problem.mend.startswith(f"Declare '{getattr(relation, 'name', '')}' in b instead")


def test_the_inverse_of_ones_own_relation_is_not_declared_either() -> None:
    settings = "relations: {audits: {inverse: audited by}}"
    found = book({"a.md": front("references:\n  - audited by: b"), "b.md": "x"}, settings)
    (problem,) = of_kind(found, ProblemKind.UNKNOWN_RELATION)
    assert "'audits'" in problem.message
    assert problem.place == Place("policies/a.md", 3, 5)


def test_a_successors_link_is_part_of_superseding() -> None:
    found = book({"a.md": front("status: retired\nreplaced_by: b"), "b.md": "This replaces [[a]]."})
    (reference,) = found.references
    assert pairs(found) == {("b", "supersedes", "a")}
    assert [o.origin for o in reference.occurrences] == [Origin.FRONT_MATTER, Origin.WIKI_LINK]
    assert reference.because == "This replaces a."


@pytest.mark.parametrize(("old", "new"), [("a", "b"), ("b", "a")])
def test_what_a_successor_declares_itself_comes_first(old: str, new: str) -> None:
    found = book(
        {
            f"{old}.md": front(f"status: retired\nreplaced_by: {new}"),
            f"{new}.md": front(f"references:\n  - depends on: {old}", f"See [[{old}]]."),
        }
    )
    linked = [r.relation.name for r in found.references if r.linked]
    assert linked == ["depends on"]
    assert (new, "supersedes", old) in pairs(found)


def test_supersedes_from_both_sides_is_one_reference() -> None:
    found = book(
        {"a.md": front("status: retired\nreplaced_by: b"), "b.md": front("references: [{supersedes: a}]")}
    )
    (reference,) = found.references
    assert {o.place.file for o in reference.occurrences} == {"policies/a.md", "policies/b.md"}


def test_nothing_replaces_itself() -> None:
    found = book({"a.md": front("title: A\nreplaced_by: a")})
    (problem,) = of_kind(found, ProblemKind.SELF_REFERENCE)
    assert problem.place == Place("policies/a.md", 3, 14)
    assert found.references == ()


def test_an_unknown_successor_is_reported() -> None:
    found = book({"a.md": front("replaced_by: bb"), "policies/bbb.md": "x"})
    (problem,) = of_kind(found, ProblemKind.UNKNOWN_TARGET)
    assert problem.suggestion == "bbb"


# Decisions


def test_a_decision_says_when_and_by_whom() -> None:
    keys = 'not_related:\n  - to: B#part\n    because: "No."\n    decided: 2026-03-01\n    by: Ada'
    (decision,) = book({"a.md": front(keys), "b.md": "x"}).decisions
    assert (str(decision.decided), decision.by, decision.target) == ("2026-03-01", "Ada", "policies/b.md")
    assert decision.place == Place("policies/a.md", 3, 9)


def test_a_decision_about_nothing_is_reported_and_makes_none() -> None:
    found = book({"a.md": front('not_related:\n  - to: q\n    because: "No."')})
    assert found.decisions == ()
    assert [p.place.line for p in of_kind(found, ProblemKind.UNKNOWN_TARGET)] == [3]


# Ids


def test_the_bearer_that_the_message_names_is_the_one_references_lead_to() -> None:
    files = {
        "policies/first/y.md": front("id: X"),
        "policies/second/x.md": front("id: x"),
        "policies/z.md": "[[X]]",
    }
    found = book(files, "areas: {second: Second, first: First}")
    (problem,) = of_kind(found, ProblemKind.DUPLICATE_ID)
    assert "belongs to policies/second/x.md already" in problem.message
    assert problem.place == Place("policies/first/y.md", 2, 1)
    assert {r.target for r in found.references} == {"policies/second/x.md"}
    assert document(found, "X").path == "policies/second/x.md"


def test_three_bearers_are_two_findings() -> None:
    found = book({f"{name}.md": front("id: X") for name in "abc"})
    assert [p.place.file for p in of_kind(found, ProblemKind.DUPLICATE_ID)] == [
        "policies/b.md",
        "policies/c.md",
    ]


def test_a_derived_id_never_takes_a_typed_one() -> None:
    found = book({"policies/x/a.md": "x", "policies/y/b.md": front("id: a")})
    assert {d.path: d.id for d in found.documents} == {"policies/x/a.md": "x-a", "policies/y/b.md": "a"}
    assert not of_kind(found, ProblemKind.DUPLICATE_ID)


def test_pages_of_equal_folders_are_told_apart() -> None:
    found = book({"policies/x/y/README.md": "x", "policies/z/y/index.md": "x", "policies/README.md": "x"})
    ids = {d.path: d.id for d in found.documents}
    assert ids["policies/README.md"] == "README"
    assert len({id.casefold() for id in ids.values()}) == 3
    assert not of_kind(found, ProblemKind.DUPLICATE_ID)


def test_a_derived_id_may_be_referred_to_in_any_case() -> None:
    found = book({"a.md": "[[ACCESS-control]]", "Access-Control.md": "x"})
    assert pairs(found) == {("a", "references", "Access-Control")}


# Translations


def test_every_translation_can_be_linked_whatever_ties_it_to_its_original() -> None:
    files = {
        "p.fr.md": "Bonjour.",
        "p.de.md": front("id: X", "Guten Tag."),
        "q.md": front("id: X"),
        "a.md": "[one](p.fr.md) and [two](p.de.md)",
    }
    found = book(files)
    assert not found.problems
    assert {t.path: t.translation_of for t in found.translations} == {
        "policies/p.de.md": "policies/q.md",
        "policies/p.fr.md": "policies/q.md",
    }
    assert pairs(found) == {("a", "references", "X")}


def test_what_a_translation_declares_counts_nowhere() -> None:
    german = front('references: [b]\nsatisfies: ["iso-42001:6.1.2"]\nowner: nobody', "Man muss [[b]].")
    found = book({"a.md": "x", "a.de.md": german, "b.md": "iso-42001"})
    assert (found.references, found.mappings, found.mentions) == ((), (), ())
    assert found.translations_of(document(found, "a")) == found.translations


# Links


def test_reference_style_links_count_where_they_are_used() -> None:
    found = book({"a.md": "One [it][b].\n\nTwo [b].\n\n[b]: b.md\n[c]: nothing.md\n", "b.md": "x"})
    (reference,) = found.references
    assert [o.place.line for o in reference.occurrences] == [1, 3]
    assert not found.problems


def test_links_to_folders_of_folders() -> None:
    found = book({"policies/a.md": "[x](deep) [y](deep/er/)", "policies/deep/er/b.md": "x"})
    assert not found.problems


def test_a_page_of_html_that_lies_there_is_a_file() -> None:
    found = book({"a.md": "[the form](form.html)", "policies/form.html": "<p>"})
    assert not found.problems
    assert [t.file for t in found.link_targets.values()] == ["policies/form.html"]


@pytest.mark.parametrize("link", ["/../../etc/passwd", "/%2E%2E/%2E%2E/etc/passwd", "../../b.md"])
def test_links_that_lead_out_of_the_project(link: str) -> None:
    (problem,) = book({"policies/a.md": f"[x]({link})"}).problems
    assert problem.kind is ProblemKind.MISSING_FILE
    assert "leads out of the project" in problem.message


@pytest.mark.parametrize(
    "link",
    [
        "JavaScript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "java&#115;cript:alert(1)",
        "&#1;javascript:alert(1)",
    ],
)
def test_unsafe_schemes_in_every_dress(link: str) -> None:
    found = book({"a.md": f"[x](<{link}>)"})
    assert [p.kind for p in found.problems] == [ProblemKind.UNSAFE_LINK]
    assert all(target.nothing for target in found.link_targets.values())


def test_links_in_code_are_none() -> None:
    found = book({"a.md": "`[[b]]` and\n\n```\n[x](c.md)\n```\n\n<!-- [[d]] -->\n", "b.md": "x"})
    assert (found.references, found.problems) == ((), ())


def test_an_anchor_on_a_translation_is_looked_for_there() -> None:
    files = {"a.md": "[x](b.de.md#heading)", "b.md": "# Heading", "b.de.md": "# Teil"}
    (problem,) = book(files).problems
    assert (problem.kind, problem.suggestion) == (ProblemKind.MISSING_ANCHOR, None)


def test_a_document_without_headings_has_no_anchors() -> None:
    (problem,) = book({"a.md": "[[b#part]]", "b.md": "x"}).problems
    assert problem.mend is not None
    assert "no headings" in problem.mend


# People


def test_people_are_known_under_any_case_and_in_foreign_keys() -> None:
    register = {"policies/registers/organisation.yml": "roles: {ciso: {holders: [Ada]}}\n"}
    assert not book({"a.md": front("owner: CISO\napprover: Ciso"), **register}).problems
    found = book({"a.md": front("responsible: cisso"), **register}, "fields: {owner: responsible}")
    (problem,) = of_kind(found, ProblemKind.UNKNOWN_ROLE)
    assert (problem.suggestion, problem.place) == ("ciso", Place("policies/a.md", 2, 1))


# Pages beside the handbook


@pytest.mark.parametrize("page", ["docs/index.md", "README.md"])
def test_a_page_outside_links_into_the_handbook(page: str) -> None:
    found = book({"a.md": front("id: AI-08")})
    up = "../" if "/" in page else ""
    text = f"[[ai-08]] [x]({up}policies/a.md) [own](other.md) [[AI-80]]"
    links = PageResolver(found).resolve(page, text)
    assert [target.document for target in links.targets.values()] == ["policies/a.md", "policies/a.md", None]
    assert [p.kind for p in links.problems] == [ProblemKind.UNKNOWN_TARGET]
    assert found.references == ()


# Immutability


def test_everything_in_a_handbook_is_frozen(handbook: HandbookBuilder) -> None:
    keys = 'references: [b]\nnot_related:\n  - {to: b, because: "No."}\nsatisfies: ["iso-42001:6.1.2"]'
    found = handbook(
        {
            "policies/a.md": front(keys, "See the access control policy and [[b]], [[q]]."),
            "policies/b.md": front("title: B"),
            "policies/c.md": front("title: Access control policy"),
        }
    )
    things = (
        found.decisions[0],
        found.mappings[0],
        found.mentions[0],
        found.problems[0],
        found.areas[0],
        found.settings,
        found.organisation,
        found.references[0].relation,
        next(iter(found.link_targets.values())),
    )
    for thing in things:
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(thing, dataclasses.fields(thing)[0].name, None)


def test_a_page_outside_may_link_to_its_own_headings() -> None:
    links = PageResolver(book({"a.md": "x"})).resolve("docs/index.md", "# Here\n\n[[#here]] [[#her]]\n")
    assert [(p.kind, p.suggestion) for p in links.problems] == [(ProblemKind.MISSING_ANCHOR, "#here")]


# Places of foreign keys


def test_findings_about_a_mapped_field_stand_at_the_key_that_the_author_typed() -> None:
    settings = "fields: {owner: [responsible, owner], type: [kind, sort], applies_to: [for, who]}"
    register = "roles: {ciso: {holders: [Ada]}}\naudiences: {staff: {}}\n"
    keys = "title: A\nowner: cisso\nsort: polcy\nwho: staf"
    found = book({"a.md": front(keys), "policies/registers/organisation.yml": register}, settings)
    lines = {problem.suggestion: problem.place.line for problem in found.problems}
    assert lines == {"ciso": 3, "policy": 4, "staff": 5}
