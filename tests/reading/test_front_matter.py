from __future__ import annotations

import datetime as dt

import pytest

from builders import of_kind, source
from policygraph.model.document import Status, Visibility
from policygraph.model.interval import Interval
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind

BOM = "\ufeff"


def front(text: str, settings: str = ""):
    return source(f"---\n{text}\n---\n\nText.\n", settings=settings).front


def problems(text: str, settings: str = ""):
    return source(f"---\n{text}\n---\n\nText.\n", settings=settings).problems


@pytest.mark.parametrize("typed", ["0161", "ON", "1.10", "1e3", "0x1F", "no", "1_000", "2026-01-02"])
def test_an_id_stays_the_string_that_was_typed(typed: str) -> None:
    assert front(f"id: {typed}").id == typed


@pytest.mark.parametrize("key", ["title", "owner", "summary", "area", "approver", "why"])
def test_plain_values_are_text(key: str) -> None:
    assert getattr(front(f"{key}: ON"), key) == "ON"


def test_a_date_that_is_none_is_reported_where_it_stands_and_harms_no_other_key() -> None:
    found = source("---\ntitle: A\neffective: 2025-30-01\nowner: ciso\n---\n")
    (problem,) = found.problems
    assert (problem.kind, problem.place) == (ProblemKind.INVALID_VALUE, Place("policies/a.md", 3, 12))
    assert problem.suggestion == "2025-01-30"
    assert (found.front.title, found.front.owner, found.front.effective) == ("A", "ciso", None)


@pytest.mark.parametrize(
    "typed", ["1.2.2025", "soon", "2025-1-1", "2025-02-29", "20250101", "２０２５-01-01"]
)
def test_other_forms_of_date_are_refused(typed: str) -> None:
    (problem,) = problems(f"expires: {typed}")
    assert problem.kind is ProblemKind.INVALID_VALUE
    assert problem.mend


@pytest.mark.parametrize("typed", ["2026-04-30", "'2026-04-30'", "2026-04-30T10:00:00Z", "2026-04-30 10:00"])
def test_dates(typed: str) -> None:
    assert front(f"effective: {typed}").effective == dt.date(2026, 4, 30)
    assert not problems(f"effective: {typed}")


def test_a_value_with_a_date_glued_on_is_told_apart_from_a_status() -> None:
    (problem,) = problems("status: Active 2025-01-30")
    assert problem.kind is ProblemKind.INVALID_VALUE
    assert problem.suggestion == "active"


def test_a_date_with_something_glued_on_is_no_date() -> None:
    (problem,) = problems("effective: 2025-01-30v2")
    assert problem.kind is ProblemKind.INVALID_VALUE


def test_byte_order_mark_and_windows_line_ends() -> None:
    found = source(f"{BOM}---\r\ntitle: A\r\nonwer: b\r\n---\r\n\r\nYou must lock it.\r\n")
    assert found.front.title == "A"
    (problem,) = found.problems
    assert problem.place == Place("policies/a.md", 3, 1)
    assert found.scan.statements[0].passage.place == Place("policies/a.md", 6, 1)


@pytest.mark.parametrize("ends", ["\r", "\r\n", "\n"])
def test_lines_are_the_same_under_all_line_ends(ends: str) -> None:
    found = source(ends.join(["---", "title: A", "---", "", "# H", "You must."]))
    assert found.scan.headings[0].place.line == 5
    assert found.scan.statements[0].passage.place.line == 6


def test_a_missing_opening_fence_is_read_and_reported() -> None:
    found = source("title: Access\nowner: ciso\n---\n\nText.\n")
    (problem,) = found.problems
    assert (problem.kind, problem.place) == (ProblemKind.MISSING_FENCE, Place("policies/a.md"))
    assert (found.front.title, found.front.owner) == ("Access", "ciso")
    assert found.body.strip() == "Text."


def test_a_missing_opening_fence_below_empty_lines() -> None:
    found = source("\n\ntitle: Access\n---\nText.\n")
    assert found.front.title == "Access"
    assert of_kind(found, ProblemKind.MISSING_FENCE)


@pytest.mark.parametrize(
    "text",
    [
        "Note: this is text\n\n---\n\nMore.\n",
        "# Title\n\ntitle: x\n---\n",
        "Some text\n---\n",
        "---\n\nA rule, and text below it.\n",
        "---\n\nText.\n\n---\n\nMore: text.\n",
        "---\nText under a rule.\n",
        "-----\ntitle: a\n",
        "",
        "\n",
        "---",
        "---\n",
    ],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    found = source(text)
    assert not found.problems
    assert found.body == text


def test_a_missing_closing_fence_is_read_up_to_the_first_empty_line() -> None:
    found = source("---\ntitle: A\nowner: ciso\n\n# Heading\n\nYou must.\n")
    (problem,) = found.problems
    assert problem.kind is ProblemKind.BROKEN_FRONT_MATTER
    assert (found.front.title, found.front.owner) == ("A", "ciso")
    assert found.scan.headings[0].place.line == 5


def test_a_missing_closing_fence_above_a_rule_loses_no_text() -> None:
    found = source("---\ntitle: A\nowner: ciso\n\n# Heading\n\nYou must do it.\n\n---\n\nMore text.\n")
    assert of_kind(found, ProblemKind.BROKEN_FRONT_MATTER)
    assert found.front.title == "A"
    assert len(found.scan.statements) == 1


def test_a_file_that_is_all_front_matter() -> None:
    found = source("---\ntitle: A\n---")
    assert (found.front.title, found.body, found.problems) == ("A", "", ())


def test_three_dots_close_front_matter() -> None:
    assert source("---\ntitle: A\n...\nText.").body == "Text."


def test_toml() -> None:
    found = source(
        '+++\ntitle = "A"\nid = "0161"\neffective = 2026-04-30\nversion = 1.10\n'
        '[[references]]\nto = "b"\n[[references]]\nto = "c"\nbecause = "x, y"\n+++\n\nText.\n'
    )
    assert (found.front.title, found.front.id) == ("A", "0161")
    assert found.front.effective == dt.date(2026, 4, 30)
    assert [(r.target, r.place.line) for r in found.front.references] == [("b", 7), ("c", 9)]
    assert found.front.references[1].because == "x, y"
    assert found.front.extra == (("version", "1.10"),)


def test_broken_toml_is_reported_where_it_breaks() -> None:
    (problem,) = source('+++\ntitle = "A"\nowner = ciso\n+++\nText.').problems
    assert problem.kind is ProblemKind.BROKEN_FRONT_MATTER
    assert problem.place.line == 3


@pytest.mark.parametrize(
    ("typed", "targets"),
    [
        ("references: 20", ["20"]),
        ("references: 20, 165", ["20", "165"]),
        ("references: [20, 165]", ["20", "165"]),
        ("references:\n  - 20\n  - AI-02", ["20", "AI-02"]),
        ("references:\n  - to: AI-02\n  - to: AI-03", ["AI-02", "AI-03"]),
        ('references:\n  - AI-02: "Because."\n  - AI-03: "So."', ["AI-02", "AI-03"]),
        ("references:\n  - depends on: AI-02\n  - implements: [AI-03, AI-04]", ["AI-02", "AI-03", "AI-04"]),
        ("references:\n  to: AI-02", ["AI-02"]),
        ("references:", []),
        ("references: []", []),
        ("references: ~", []),
        ("references:\n  - Roles, duties and powers", ["Roles, duties and powers"]),
    ],
)
def test_forms_of_references(typed: str, targets: list[str]) -> None:
    assert [r.target for r in front(typed).references] == targets
    assert not problems(typed)


def test_a_table_of_references_by_id() -> None:
    found = front('references:\n  AI-02: "Because."\n  AI-03: "So."')
    assert [(r.target, r.because) for r in found.references] == [("AI-02", "Because."), ("AI-03", "So.")]


def test_a_full_reference() -> None:
    (found,) = front(
        'references:\n  - to: "AI-08#when-to-redo-it"\n    relation: depends on\n    because: "It: sets, all."'
    ).references
    assert (found.target, found.section) == ("AI-08", "when-to-redo-it")
    assert (found.relation, found.because) == ("depends on", "It: sets, all.")
    assert found.place == Place("policies/a.md", 3, 9)


def test_a_reference_with_an_unknown_key() -> None:
    (problem,) = problems("references:\n  - to: AI-02\n    becuase: x")
    assert problem.suggestion == "because"
    assert problem.place == Place("policies/a.md", 4, 5)


def test_a_reference_without_a_target() -> None:
    (problem,) = problems('references:\n  - because: "x"')
    assert problem.place.line == 3


def test_mapped_fields() -> None:
    settings = "fields:\n  id: {from: eip, prefix: EIP-}\n  references: {from: requires, prefix: EIP-, relation: depends on}\n"
    found = front("eip: 2000\nrequires: 20, 165", settings)
    assert found.id == "EIP-2000"
    assert [(r.target, r.relation) for r in found.references] == [
        ("EIP-20", "depends on"),
        ("EIP-165", "depends on"),
    ]
    assert front("eip: 2000\nrequires: 20", settings).references[0].target == "EIP-20"
    assert front("eip: 2000\nrequires: [20, EIP-30]", settings).references[1].target == "EIP-30"


def test_several_keys_may_hold_references() -> None:
    settings = "fields:\n  references:\n    - references\n    - {from: supersedes, relation: supersedes}\n"
    found = front("references: [a]\nsupersedes: 0161", settings)
    assert [(r.target, r.relation) for r in found.references] == [("a", None), ("0161", "supersedes")]


def test_a_mapped_field_takes_the_first_of_a_list() -> None:
    assert front("authors: [Ada, Ben]", "fields: {owner: authors}").owner == "Ada"


def test_an_unknown_key_is_kept_and_suggests_the_nearest() -> None:
    found = source("---\ntitle: A\n  \nonwer: b\n---\n")
    (problem,) = found.problems
    assert (problem.kind, problem.suggestion) == (ProblemKind.UNKNOWN_KEY, "owner")
    assert problem.place == Place("policies/a.md", 4, 1)
    assert found.front.extra == (("onwer", "b"),)


def test_keys_in_other_capitals_are_suggested() -> None:
    (problem,) = problems("Title: A")
    assert problem.suggestion == "title"


def test_keys_of_engines_and_ignored_keys_are_no_finding() -> None:
    assert not problems("hide: [toc]\nhome: x", "ignore_keys: [home]")


def test_a_duplicate_key_keeps_the_first() -> None:
    found = source("---\nowner: a\nowner: b\n---\n")
    (problem,) = found.problems
    assert (problem.kind, problem.place.line) == (ProblemKind.DUPLICATE_KEY, 3)
    assert found.front.owner == "a"


def test_a_reason_cut_short_by_a_comma() -> None:
    (problem,) = problems("references:\n  - {to: AI-08, because: Impact results, set the severity}")
    assert problem.kind is ProblemKind.CUT_SHORT
    assert problem.place == Place("policies/a.md", 3, 42)


def test_a_reason_cut_short_by_a_hash() -> None:
    (problem,) = problems("references:\n  - to: AI-08\n    because: Ticket #4711 says so")
    assert problem.kind is ProblemKind.CUT_SHORT
    assert problem.suggestion == 'because: "Ticket #4711 says so"'


def test_an_id_with_a_hash_is_cut_short_too() -> None:
    (problem,) = problems("references:\n  - to: AI-08 #storage")
    assert problem.kind is ProblemKind.CUT_SHORT


def test_an_ordinary_comment_is_none_of_our_business() -> None:
    assert not problems("owner: risk-manager   # a role\nstatus: active # for now")


def test_a_comment_after_umlauts_is_seen_too() -> None:
    (problem,) = problems("summary: Zugänge für Öffentlichkeit #7 prüfen")
    assert problem.kind is ProblemKind.CUT_SHORT
    assert front("summary: Zugänge für Öffentlichkeit").summary == "Zugänge für Öffentlichkeit"


def test_a_colon_in_a_value_says_so() -> None:
    (problem,) = problems("title: A\nsummary: Results: see the report")
    assert problem.kind is ProblemKind.BROKEN_FRONT_MATTER
    assert problem.place.line == 3
    assert "colon" in problem.message


def test_places_count_characters_not_bytes() -> None:
    (problem,) = (
        p for p in problems("références: ~\nowner: [é, {a: b}]") if p.kind is ProblemKind.INVALID_VALUE
    )
    assert problem.place == Place("policies/a.md", 3, 8)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [1]\nb: *x",
        "a: " + "[" * 50 + "]" * 50,
        "a: 'x",
        "title: A\n\tb: c",
        "just text",
        "- a\n- b",
        "? [a, b]\n: c",
        "a: \x07",
        "a: {b",
        "%YAML 9.9\n---\na: b",
    ],
)
def test_what_is_no_front_matter_becomes_one_finding_and_the_text_is_read(text: str) -> None:
    found = source(f"---\n{text}\n---\n\nYou must.\n")
    assert [p.kind for p in found.problems][:1] == [ProblemKind.BROKEN_FRONT_MATTER]
    assert found.problems[0].place.line >= 2
    assert len(found.scan.statements) == 1


def test_an_alias_bomb_costs_nothing() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]" for i in range(9)
    )
    found = problems(bomb)
    assert [p.kind for p in found].count(ProblemKind.BROKEN_FRONT_MATTER) == 9
    assert {p.kind for p in found} <= {ProblemKind.BROKEN_FRONT_MATTER, ProblemKind.UNKNOWN_KEY}


def test_one_slip_costs_one_key() -> None:
    text = "---\nid: A-1\nowner: me\nsummary: so: it is\ntitle: T\nreferences:\n  - B-1\n---\nText.\n"
    found = source(text)
    (problem,) = found.problems
    assert (problem.kind, problem.place.line, problem.place.column) == (
        ProblemKind.BROKEN_FRONT_MATTER,
        4,
        12,
    )
    assert (found.front.id, found.front.owner, found.front.title) == ("A-1", "me", "T")
    assert [reference.target for reference in found.front.references] == ["B-1"]


def test_huge_front_matter_is_refused() -> None:
    found = source("---\n" + "".join(f"key{i}: value\n" for i in range(10_000)) + "---\n\nYou must.\n")
    (problem,) = found.problems
    assert problem.kind is ProblemKind.BROKEN_FRONT_MATTER
    assert len(found.scan.statements) == 1


def test_yaml_tags_do_nothing() -> None:
    found = front("title: !!python/object/apply:os.system ['true']\nowner: !x ciso")
    assert found.title is None
    assert found.owner == "ciso"


def test_control_characters_do_not_survive() -> None:
    assert front('title: "A\\x07 B\\e[31m"').title == "A B[31m"
    assert front('title: "A\\u202eB\\x9b"').title == "AB"


@pytest.mark.parametrize("typed", ["AI/06", "../x", "ä", "-a", "a b", "'<script>'", "a#b", "."])
def test_ids_that_cannot_be_addresses_are_refused(typed: str) -> None:
    found = source(f"---\nid: {typed}\n---\n")
    (problem,) = found.problems
    assert problem.kind is ProblemKind.INVALID_ID
    assert found.front.id is None


def test_a_non_breaking_hyphen_in_an_id_is_a_hyphen() -> None:
    assert front("id: AI\u201106").id == "AI-06"
    assert front("id: AI-06\u200b").id == "AI-06"


def test_the_other_keys() -> None:
    found = front(
        "type: Policy\nstatus: Retired\nvisibility: auditor\nreview_every: 6 months\nbasis: promised\n"
        "aliases: [Acceptable use]\ntags: a, b\napplies_to: [staff]\nformer_ids: [AI-99]\nlang: DE\n"
        "replaced_by: AI-07\nsatisfies: ['iso-42001:6.1.2']\nallow:\n  pg213: \"We know.\"\n"
        'not_related:\n  - to: AI-03\n    because: "No."\n    decided: 2026-01-02\n    by: ciso\n'
        "records:\n  - what: Minutes\n    where: https://example.com\n    every: quarterly\n  - Log\n"
    )
    assert (found.type, found.status, found.visibility) == ("policy", Status.RETIRED, Visibility.AUDITOR)
    assert (found.review_every, found.basis, found.lang) == (Interval(6, "month"), "promised", "de")
    assert (found.aliases, found.tags, found.applies_to) == (("Acceptable use",), ("a", "b"), ("staff",))
    assert found.former_ids == ("AI-99",)
    assert found.replaced_by is not None
    assert found.replaced_by.target == "AI-07"
    assert found.satisfies[0].item == "iso-42001:6.1.2"
    assert [(a.code, a.because) for a in found.allow] == [("PG213", "We know.")]
    assert [(d.target, d.because, d.decided, d.by) for d in found.not_related] == [
        ("AI-03", "No.", dt.date(2026, 1, 2), "ciso")
    ]
    assert [(r.what, r.every) for r in found.records] == [("Minutes", Interval(3, "month")), ("Log", None)]


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ("status: activ", 9),
        ("visibility: secret", 13),
        ("review_every: often", 15),
        ("review_every: 0 months", 15),
        ("basis: hope", 8),
        ("title: [a, b]", 8),
        ("owner: {a: b}", 8),
        ("records:\n  - where: x", 5),
        ('not_related:\n  - because: "x"', 5),
        ("not_related:\n  - to: x", 5),
        ("allow:\n  PG213:", 3),
        ("references:\n  - [a, b]", 5),
    ],
)
def test_what_a_key_cannot_hold_is_reported_with_its_column(typed: str, column: int) -> None:
    (problem,) = problems(typed)
    assert problem.kind is ProblemKind.INVALID_VALUE
    assert problem.place.column == column
    assert problem.place.line == 2 + typed.count("\n")


def test_a_space_in_a_clause_is_explained() -> None:
    found = source("---\nsatisfies:\n  - iso-42001: 6.1.2\n  - iso-42001:8.2\n---\n")
    (problem,) = found.problems
    assert (problem.suggestion, str(problem.place)) == ('"iso-42001:6.1.2"', "policies/a.md:3:5")
    assert [claim.item for claim in found.front.satisfies] == ["iso-42001:8.2"]


def test_every_key_has_its_place() -> None:
    found = source("---\ntitle: A\nreferences:\n  - b\nowner: c\n---\n").front.places
    assert {key: (place.line, place.column) for key, place in found.items()} == {
        "title": (2, 1),
        "references": (3, 1),
        "owner": (5, 1),
    }


def test_empty_front_matter_is_front_matter() -> None:
    found = source("---\n---\nText.")
    assert (found.body, found.problems) == ("Text.", ())


def test_front_matter_below_an_empty_line() -> None:
    found = source("\n---\n\ntitle: A\nonwer: b\n---\nText.")
    assert (found.front.title, found.body) == ("A", "Text.")
    assert found.problems[0].place.line == 5
