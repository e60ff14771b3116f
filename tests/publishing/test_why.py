"""The explorer's data: small, safe, and enough for every answer that `policygraph why` gives."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publications import publication

from builders import TODAY, book
from policygraph.judging.case import Case
from policygraph.judging.judge import judge
from policygraph.publishing.exports.answers import answer_data, document_data
from policygraph.publishing.index import PageLinks, index_of
from policygraph.publishing.publication import SiteStyle
from policygraph.publishing.why import why_data, why_page
from policygraph.publishing.why_links import why_link
from policygraph.resolving.connection import MOST_PATHS
from policygraph.resolving.handbook import Handbook

Data = dict[str, Any]


def rebuilt(data: dict[str, Data], source: Data, target: Data) -> Data:
    """What the explorer's script puts together from the data of two ends and of the documents between them."""

    def to(reference: Data, end: Data) -> bool:
        return bool(reference["target_file"] == end["file"])

    references = [r for r in source["outgoing"] if to(r, target)]
    paths = [
        [first, second]
        for first in source["outgoing"]
        if first["target_file"] in target["incoming"]
        and first["target_file"] not in (source["file"], target["file"])
        and not data[first["target_file"]]["note"]
        for second in data[first["target_file"]]["outgoing"]
        if to(second, target)
    ]
    paths = [] if references else paths[:MOST_PATHS]
    decisions = [d for d in source["decisions"] if to(d, target)]
    shared = [clause for clause in target["clauses"] if clause in source["clauses"]]
    mentions = [m for m in source["mentions"] if to(m, target)]
    kinds = (
        ("reference", references),
        ("decision", decisions),
        ("path", paths),
        ("shared clauses", shared),
        ("mention", mentions),
    )
    asked = source["questions"].get(target["file"])

    def question(found: Data | None) -> Data | None:
        return {key: found[key] for key in ("state", "grounds")} if found else None

    def lines(slot: Data, after: str) -> Data:
        return {"under": slot["under"], "text": slot["before"] + target["name"] + after}

    slots = source["slots"]
    return {
        "source": source["id"],
        "source_file": source["file"],
        "target": target["id"],
        "target_file": target["file"],
        "answer": next((kind for kind, found in kinds if found), "nothing recorded"),
        "references": references,
        "decisions": decisions,
        "changed_since": source["changed_since"].get(target["file"], []),
        "paths": paths,
        "reverse": [r for r in target["outgoing"] if to(r, source)],
        "shared_clauses": shared,
        "mentions": mentions,
        "question": question(asked),
        "question_reverse": question(target["questions"].get(source["file"])),
        "lines": {
            "reference": lines(slots["reference"], (asked or {}).get("after") or slots["reference"]["after"]),
            "decision": lines(slots["decision"], slots["decision"]["after"]),
        },
    }


NAMES = "abcdef"
CLAUSES = ("4.1", "4.3", "6.1.2", "6.1.4")
ARROWS = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1])


@st.composite
def handbooks(draw: st.DrawFn) -> Handbook:
    """Handbooks with every kind of answer: relations, links, decisions, mentions, clauses, drafts, clashing ids."""
    links = draw(st.sets(ARROWS, max_size=10))
    declared = draw(
        st.dictionaries(ARROWS, st.sampled_from(["depends on", "see also", "implements"]), max_size=5)
    )
    decided = draw(st.sets(ARROWS, max_size=4))
    named = draw(st.sets(ARROWS, max_size=4))
    drafts = draw(st.sets(st.sampled_from(NAMES), max_size=2))
    clashing = draw(st.booleans())
    files = {}
    for name in NAMES:
        clauses = draw(st.lists(st.sampled_from(CLAUSES), max_size=2, unique=True))
        keys = [
            f"id: {'a' if clashing and name == 'b' else name}",
            f"title: The {name * 3} policy",
            f"status: {'draft' if name in drafts else 'active'}",
            f"satisfies: [{', '.join(f'iso-42001:{c}' for c in clauses)}]",
        ]
        if mine := [(t, kind) for (s, t), kind in sorted(declared.items()) if s == name]:
            keys += ["references:", *(f"  - {{to: {t}, relation: {kind}}}" for t, kind in mine)]
        if mine_decided := [t for s, t in sorted(decided) if s == name]:
            keys += [
                "not_related:",
                *(f"  - {{to: {t}, because: Why, decided: 2026-01-01}}" for t in mine_decided),
            ]
        text = [f"Ask [[{t}]] first." for s, t in sorted(links) if s == name]
        text += [f"See the {t * 3} policy." for s, t in sorted(named) if s == name]
        files[f"{name}.md"] = "---\n" + "\n".join(keys) + "\n---\n" + "\n\n".join(text or ["x"]) + "\n"
    return book(files, "frameworks: [iso-42001]")


@settings(max_examples=40, deadline=None)
@given(handbooks())
def test_the_data_of_documents_suffice_for_every_answer(found: Handbook) -> None:
    case = Case(found, TODAY)
    data = {d.path: json.loads(json.dumps(document_data(case, d))) for d in found.documents}
    for source, target in itertools.permutations(found.documents, 2):
        expected = json.loads(json.dumps(answer_data(case, source, target)))
        assert rebuilt(data, data[source.path], data[target.path]) == expected


EVIL = '</script><script>alert(1)</script> " {{ x }} & \u2028'
HOSTILE = {
    "policies/x y/it's #1?.md": f"---\ntitle: {json.dumps(EVIL)}\n---\nSee [[two]].\n",
    "policies/two.md": f"---\nid: two\ntitle: Two\nnot_related:\n  - to: {json.dumps(EVIL)}\n    because: {json.dumps(EVIL)}\n---\nx\n",
}


def test_hostile_names_stay_text_in_the_data() -> None:
    index = index_of(judge(book(HOSTILE), TODAY), SiteStyle("policies"))
    assets = {asset.uri: asset.content.decode() for asset in why_data(index)}
    assert sorted(assets) == [
        "audit/why/data/documents.js",
        "audit/why/data/two.md.js",
        "audit/why/data/x y/it's #1?.md.js",
    ]
    for text in assets.values():
        assert text.isascii()
        assert "<" not in text
        assert text.count("\n") == 1
    data = json.loads(assets["audit/why/data/two.md.js"].partition("]=")[2].rstrip(";\n"))
    assert data["decisions"][0]["because"].startswith("</script>")
    assert data["url"] == "../../policies/two/"
    assert EVIL.split()[0] not in why_page(index).text


def test_a_decision_that_is_still_to_come_answers_nothing_yet() -> None:
    ahead = TODAY + dt.timedelta(1)
    keys = f"not_related:\n  - {{to: b, because: Later., decided: {ahead}, by: Board}}"
    found = book(
        {"a.md": f"---\nid: a\ntitle: A\n{keys}\n---\nText.", "b.md": "---\nid: b\ntitle: B\n---\nText."}
    )
    a, b = (found.by_path[f"policies/{name}.md"] for name in "ab")
    assert answer_data(Case(found, TODAY), a, b)["answer"] == "nothing recorded"
    assert document_data(Case(found, TODAY), a)["decisions"] == []
    assert answer_data(Case(found, ahead), a, b)["answer"] == "decision"
    made = publication(found)
    sheet = next(page for page in made.pages if page.uri == "audit/documents/a.md")
    assert "Later." not in sheet.text
    assert "is still to come" in sheet.text


def test_the_names_to_look_for_are_id_title_and_aliases() -> None:
    found = book({"a.md": "---\nid: A-1\ntitle: One\naliases: [The first]\n---\nx"})
    index = index_of(judge(found, TODAY), SiteStyle("policies"))
    names = next(asset for asset in why_data(index) if asset.uri.endswith("documents.js")).content.decode()
    data = json.loads(names.partition("=")[2].rstrip(";\n"))
    assert data["folder"] == "policies"
    assert data["documents"] == [["policies/a.md", "A-1", "One", "", ["The first"]]]


@pytest.mark.parametrize(("id", "expected"), [("AI-1", "AI-1"), ("a&b=c", "a%26b%3Dc")])
def test_a_link_to_an_answer_names_both_ends(id: str, expected: str) -> None:
    found = book({"a.md": f"---\nid: {json.dumps(id)}\n---\nx", "b.md": "x"})
    links = PageLinks(index_of(judge(found, TODAY), SiteStyle("policies")), "audit/questions.md")
    a, b = (found.by_path[f"policies/{name}.md"] for name in "ab")
    name = expected if found.find(id) else "a"
    assert why_link(links, a, b) == f"../why/#from={name}&to=b"
    assert why_link(links, b) == "../why/#from=b"


def test_no_file_grows_with_pairs() -> None:
    def sizes(count: int) -> tuple[int, int]:
        files = {
            f"d{n:03}.md": f"---\nsatisfies: [iso-42001:6.1.2]\n---\n[[d{(n + 1) % count:03}]]"
            for n in range(count)
        }
        index = index_of(judge(book(files, "frameworks: [iso-42001]"), TODAY), SiteStyle("policies"))
        lengths = [len(asset.content) for asset in why_data(index)]
        return lengths[0], max(lengths[1:])

    small, large = sizes(40), sizes(160)
    assert large[0] < 4.2 * small[0]
    assert large[1] < 1.1 * small[1]
