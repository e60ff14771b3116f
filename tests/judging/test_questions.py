"""Questions: their grounds, their direction, their state, and what is left out."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, book, judged, source
from policygraph.judging.case import Case
from policygraph.judging.front_matter_lines import decision_slot, name_of, reference_slot
from policygraph.judging.questions import MOST_ANSWERING
from policygraph.model.history import Commit, History, Keeping, Revision
from policygraph.model.question import GroundKind, Question, State
from policygraph.reading.yaml_text import quoted
from policygraph.resolving.handbook import Handbook

ISO = "frameworks: [iso-42001]"
NO_EXPECTATIONS = "frameworks: [soc2-tsc]"


def answering(*clauses: str, keys: str = "", text: str = "Text.") -> str:
    listed = ", ".join(f'"iso-42001:{clause}"' for clause in clauses)
    return f"---\ntitle: A title\nsatisfies: [{listed}]\n{keys}\n---\n{text}\n"


def questions(found: Handbook, today: dt.date = TODAY) -> dict[tuple[str, str], Question]:
    case = Case(found, today)
    return {(found.by_path[q.source].id, found.by_path[q.target].id): q for q in case.questions}


def asked(files: dict[str, str], settings: str = ISO) -> dict[tuple[str, str], Question]:
    return questions(book(files, settings))


def test_an_expectation_asks_once_for_an_ordered_pair_with_all_its_grounds() -> None:
    found = asked({"a.md": answering("6.1.2", "6.1.3"), "b.md": answering("6.1.4", "5.2", "6.1.2")})
    assert sorted(found) == [("a", "b"), ("b", "a")]
    grounds = [(g.kind, g.clauses, g.strength and g.strength.value) for g in found["a", "b"].grounds]
    assert grounds == [
        (GroundKind.EXPECTATION, ("iso-42001:6.1.2", "iso-42001:5.2"), "direct"),
        (GroundKind.EXPECTATION, ("iso-42001:6.1.2", "iso-42001:6.1.4"), "direct"),
        (GroundKind.EXPECTATION, ("iso-42001:6.1.3", "iso-42001:6.1.2"), "direct"),
    ]
    # What holds both ways is attached to a question that is there already, here the later document's.
    assert [g.kind for g in found["b", "a"].grounds] == [GroundKind.EXPECTATION, GroundKind.SAME_CLAUSE]
    assert found["a", "b"].direct
    assert "consequences" in found["a", "b"].grounds[1].because


@pytest.mark.parametrize(
    ("keys", "text", "others", "state"),
    [
        ("", "x", {}, State.OPEN),
        ("", "See [[b]].", {}, State.REFERENCE),
        ("not_related: [{to: b, because: Why}]", "x", {}, State.DECISION),
        ("not_related: [{to: b, because: Why}]", "See [[b]].", {}, State.REFERENCE),
        ("not_related: [{to: b, because: Why}]", "See [[c]].", {"c.md": "[[b]]"}, State.DECISION),
        ("", "See [[c]].", {"c.md": "[[b]]"}, State.PATH),
        ("", "See [[c]].", {"c.md": "[[d]]", "d.md": "[[b]]"}, State.OPEN),
        ("", "See [[c]].", {"c.md": "---\ntitle: C\nstatus: draft\n---\n[[b]]"}, State.OPEN),
    ],
)
def test_the_state_of_a_question(keys: str, text: str, others: dict[str, str], state: State) -> None:
    files = {"a.md": answering("6.1.2", keys=keys, text=text), "b.md": answering("6.1.4", text="[[a]]")}
    found = asked(files | others)["a", "b"]
    assert found.state is state
    assert bool(found.references) is (state is State.REFERENCE)
    assert [r.because for r in found.reverse] == ["a"]


@pytest.mark.parametrize(
    "keys", ["status: draft", "status: retired", "effective: 2027-01-01", "expires: 2026-01-01"]
)
def test_only_documents_in_force_take_part(keys: str) -> None:
    files = {
        "a.md": answering("6.1.2", "9.1"),
        "b.md": answering("6.1.4", "9.1", keys=keys, text="See A title."),
    }
    assert asked(files) == {}
    assert asked({**files, "b.md": answering("6.1.4", "9.1")})


def test_a_handbook_edits_and_extends_the_expectations() -> None:
    files = {
        "a.md": answering("6.1.2"),
        "b.md": answering("6.1.4"),
        "c.md": answering("A.9.2"),
        "policies/registers/expectations.yml": """\
expectations:
  - {from: "iso-42001:6.1.2", to: "iso-42001:6.1.4", drop: true}
  - from: "iso-42001:A.9.2"
    to: "iso-42001:6.1.4"
    why: "Use is limited by what the assessment found."
    strength: related
""",
    }
    found = asked(files)
    assert sorted(found) == [("b", "a"), ("c", "b")]
    (ground,) = found["c", "b"].grounds
    assert ground.because == "Use is limited by what the assessment found."
    assert not found["c", "b"].direct


def test_a_strong_mention_without_a_link_asks() -> None:
    files = {
        "a.md": "See the access control policy and Backups.",
        "b.md": "# Access control policy\n",
        "c.md": "# Backups\n",
    }
    found = asked(files)
    assert sorted(found) == [("a", "b")]
    (ground,) = found["a", "b"].grounds
    assert ground.kind is GroundKind.MENTION
    assert ground.mention is not None
    assert ground.mention.passage.sentence == "See the access control policy and Backups."
    assert asked({**files, "a.md": "See the access control policy, that is [[b]]."}) == {}


SHARED = answering("9.1")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("x", "x", ("b", "a")),  # the later asks for the earlier
        ("[[b]]", "x", None),
        ("x", "[[a]]", None),
        ("[[c]]", "x", ("a", "b")),  # where the references lead
        ("x", "[[d]]", ("b", "a")),
    ],
)
def test_two_documents_that_answer_one_clause_and_ignore_each_other(
    one: str, other: str, expected: tuple[str, str] | None
) -> None:
    found = asked(
        {
            "a.md": answering("9.1", text=one),
            "b.md": answering("9.1", text=other),
            "c.md": "[[b]]",
            "d.md": "[[a]]",
        }
    )
    assert list(found) == ([expected] if expected else [])


LONG = " ".join(
    f"Whoever runs machine number {n} writes the {n} readings of that day into book {n}." for n in range(12)
)


def test_two_texts_that_are_very_close_and_ignore_each_other() -> None:
    found = asked({"a.md": LONG, "b.md": f"{LONG} And more."})
    ((pair, question),) = found.items()
    assert pair == ("b", "a")
    assert [g.kind for g in question.grounds] == [GroundKind.CLOSE_TEXT]
    shared = question.grounds[0].shared
    assert shared is not None
    assert (shared.document, shared.other) == ("b", "a")
    assert 0 < shared.shared <= shared.words
    assert asked({"a.md": LONG, "b.md": f"{LONG} See [[a]]."}) == {}


def test_a_decision_answers_what_could_be_asked_either_way() -> None:
    decided = "not_related: [{to: b, because: Why}]"
    found = asked({"a.md": answering("9.1", keys=decided), "b.md": SHARED})
    assert [(pair, q.state) for pair, q in found.items()] == [(("a", "b"), State.DECISION)]


def test_clauses_that_very_many_documents_answer_are_not_asked_pair_by_pair() -> None:
    many = {f"m{n:02}.md": answering("6.1.2") for n in range(MOST_ANSWERING)}
    one = {"x.md": answering("6.1.4")}
    whole = Case(book({**many, **one}, ISO), TODAY)
    assert whole.asked.crowded == ()
    assert len(whole.questions) == 2 * MOST_ANSWERING + MOST_ANSWERING * (MOST_ANSWERING - 1) // 2
    crowded = Case(book({**many, **one, "y.md": answering("6.1.2")}, ISO), TODAY)
    assert crowded.asked.crowded == ("iso-42001:6.1.2",)
    assert crowded.questions == ()


# Decisions and history


def history(*texts: str, start: dt.date = dt.date(2026, 1, 1), uncommitted: bool = False) -> History:
    """One state of b.md a month."""
    states = []
    for number, text in enumerate(texts):
        when = dt.datetime.combine(start + dt.timedelta(days=31 * number), dt.time(12), dt.UTC)
        commit = Commit(f"c{number}", number, when, "Ada", "ada@x.example", "Ada", f"Change {number}")
        states.append(Revision("policies/b.md", commit, text))
    files = frozenset(["policies/b.md"]) if uncommitted else frozenset()
    return History(Keeping.WHOLE, revisions={"policies/b.md": tuple(states)}, uncommitted=files)


def changes(day: str, kept: History, text: str = answering("6.1.4")) -> list[tuple[str, str, str]]:
    decided = f"not_related:\n  - {{to: b, because: Why, decided: {day}}}"
    found = book({"a.md": answering("6.1.2", keys=decided), "b.md": text}, ISO, history=kept)
    question = questions(found)["a", "b"]
    return [(found.by_path[c.document].id, c.day.isoformat(), c.commit) for c in question.changes]


@pytest.mark.parametrize(("days", "state"), [(0, State.DECISION), (1, State.OPEN)])
def test_a_decision_answers_from_its_day_on(days: int, state: State) -> None:
    day = TODAY + dt.timedelta(days)
    decided = f"not_related:\n  - {{to: b, because: Why, decided: {day}, by: Board}}"
    found = book({"a.md": answering("6.1.2", keys=decided), "b.md": answering("6.1.4")}, ISO)
    assert questions(found)["a", "b"].state is state
    assert questions(found, day)["a", "b"].state is State.DECISION


def test_a_decision_is_older_than_a_change_of_the_text() -> None:
    kept = history("---\ntitle: B\n---\nOne.", "---\ntitle: B\n---\nTwo.", "---\ntitle: C\n---\nTwo. \n")
    assert changes("2026-01-15", kept) == [("b", "2026-02-01", "c1")]
    # On the day itself is not after; front matter and spacing are no text; the first state is no change.
    assert changes("2026-02-01", kept) == []
    assert changes("2025-01-01", history("One.")) == []
    assert changes("2026-01-15", History()) == []


def test_a_change_that_is_not_committed_counts_as_todays() -> None:
    kept = history("---\ntitle: B\n---\nOne.", uncommitted=True)
    assert changes("2026-01-15", kept) == [("b", TODAY.isoformat(), "")]
    assert changes(TODAY.isoformat(), kept) == []
    assert changes("2026-01-15", history("---\ntitle: B\n---\nText.", uncommitted=True)) == []


def test_a_decision_about_a_document_that_is_gone_is_a_finding() -> None:
    gone = 'title: A\nnot_related:\n  - {to: b-gone, because: "Why.", decided: 2026-03-01, by: Board}'
    found = judged({"a.md": f"---\n{gone}\n---\nx"})
    (finding,) = [f for f in found.findings if f.code == "PG201"]
    assert finding.message == "There is no document 'b-gone'."
    assert finding.help == "Correct the id. If the document is gone, take the decision about it out."
    assert finding.place.line == 4


# Lines to copy

HOSTILE = [
    "no",
    "0161",
    "1e5",
    "null",
    "2026-01-01",
    "AI-08",
    "a.b",
    "Über",
    "x'y",
    'q"q',
    "a b",
    "#c",
    "- d",
]


@pytest.mark.parametrize("id", HOSTILE)
def test_the_lines_to_copy_answer_the_question(id: str) -> None:
    other = f"---\nid: {quoted(id)}\ntitle: {quoted(id)}\n---\nx"
    for keys in (
        "title: A\n",
        "title: A\nreferences:\n  - c\nnot_related:\n  - {to: c, because: Why}\n",
        None,
    ):
        text = "x\n" if keys is None else f"---\n{keys}---\nx\n"
        found = book({"a.md": text, "b.md": other, "c.md": "x"})
        a, b = found.by_path["policies/a.md"], found.by_path["policies/b.md"]
        for slot in (reference_slot(found, a, "Because: it's “so”, # and"), decision_slot(found, a, TODAY)):
            lines = slot.lines(name_of(found, b))
            if keys is None:
                after = f"{lines}\n{text}"
            elif slot.present:
                after = text.replace(f"{slot.key}:\n", f"{slot.key}:\n{lines}\n")
            else:
                after = text.replace("title: A\n", f"title: A\n{lines}\n")
            answered = book({"a.md": after, "b.md": other, "c.md": "x"})
            assert not [p for p in answered.problems if p.place.file == "policies/a.md"]
            if slot.key == "references":
                reference = next(r for r in answered.outgoing[a.path] if r.target == b.path)
                assert reference.because == "Because: it's “so”, # and"
            else:
                decision = next(d for d in answered.decisions if d.target == b.path)
                assert (decision.decided, decision.by) == (TODAY, "…")


@pytest.mark.parametrize(
    ("keys", "under"),
    [
        ("title: A", ""),
        ("references:\n  - b", "references:"),
        ("references: # who else\n  - b", "references:"),
        ("references: [b]", "references:, each entry on a line of its own"),
    ],
)
def test_where_the_lines_belong(keys: str, under: str) -> None:
    found = book({"a.md": f"---\n{keys}\n---\nx", "b.md": "x"})
    assert reference_slot(found, found.by_path["policies/a.md"]).under == under


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_quoted_string_is_read_as_it_was(text: str) -> None:
    read = source(f"---\ntitle: A\nwhy: {quoted('x' + text + 'x')}\n---\nx")
    assert not [p for p in read.problems if p.place.line == 3]
    # Reading drops what nobody can see.
    assert [c for c in read.front.why or "" if c.isprintable() and c != " "] == [
        c for c in f"x{text}x" if c.isprintable() and c != " "
    ]


# Against brute force

NAMES = "abcdef"
CLAUSES = ("4.1", "4.3", "5.2", "6.1.2", "6.1.4")
BOOKS = st.tuples(
    st.fixed_dictionaries({n: st.sets(st.sampled_from(CLAUSES), max_size=3) for n in NAMES}),
    st.sets(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1]), max_size=12
    ),
    st.sets(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1]), max_size=4
    ),
    st.sets(st.sampled_from(NAMES), max_size=2),
)


@given(BOOKS)
def test_questions_are_what_brute_force_finds(
    drawn: tuple[dict[str, set[str]], set[tuple[str, str]], set[tuple[str, str]], set[str]],
) -> None:
    clauses, references, decisions, drafts = drawn
    files = {}
    for name in NAMES:
        decided = "".join(f"  - {{to: {t}, because: Why}}\n" for s, t in sorted(decisions) if s == name)
        keys = f"status: {'draft' if name in drafts else 'active'}" + (
            f"\nnot_related:\n{decided}" if decided else ""
        )
        text = " ".join(f"[[{t}]]" for s, t in sorted(references) if s == name)
        files[f"{name}.md"] = answering(*sorted(clauses[name]), keys=keys.rstrip(), text=text)
    found = book(files, ISO)
    expected = {(e.source.partition(":")[2], e.target.partition(":")[2]) for e in found.expectations}
    mine = questions(found)
    active = [n for n in NAMES if n not in drafts]
    directed = {
        (x, y)
        for x, y in itertools.permutations(active, 2)
        if any((c, d) in expected for c in clauses[x] for d in clauses[y])
    }
    ignoring = {
        frozenset((x, y))
        for x, y in itertools.combinations(active, 2)
        if clauses[x] & clauses[y] and not {(x, y), (y, x)} & references
    }
    with_kind = {
        kind: {pair for pair, q in mine.items() if any(g.kind is kind for g in q.grounds)}
        for kind in GroundKind
    }
    assert with_kind[GroundKind.EXPECTATION] == directed
    assert {frozenset(pair) for pair in with_kind[GroundKind.SAME_CLAUSE]} == ignoring
    assert len(with_kind[GroundKind.SAME_CLAUSE]) == len(ignoring)
    assert set(mine) == directed | with_kind[GroundKind.SAME_CLAUSE]
    for (x, y), question in mine.items():
        if (x, y) in references:
            state = State.REFERENCE
        elif (x, y) in decisions:
            state = State.DECISION
        elif any({(x, m), (m, y)} <= references for m in active):
            state = State.PATH
        else:
            state = State.OPEN
        assert question.state is state
        assert bool(question.reverse) is ((y, x) in references)
