"""What is expected of whom: who a sentence binds, in which order, and never twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, book
from policygraph.judging.case import Case
from policygraph.judging.duties import Pace
from policygraph.judging.expected import Expected, RankedDuty
from policygraph.judging.subjects import EVERYONE, Party
from policygraph.model.document import Modality

ORGANISATION = """\
roles:
  risk-manager: {title: Risk manager, holders: ["Gareth Pugh"]}
  head-of-data: {title: Head of data, holders: ["Mei Tan"]}
  ai-governance-lead: {title: AI governance lead, holders: ["Nadia Okafor"]}
  board: {title: Board, holders: ["Ruth Adeyemi"]}
audiences:
  everyone: {title: Everyone}
  engineering: {title: Engineering}
  data: {title: Data team}
  support: {title: Support and customer success}
  owners: {title: System owners}
  managers: {title: People who lead a team}
  buyers: {title: People who look after contracts}
"""
RISK, DATA = Party("role", "risk-manager"), Party("role", "head-of-data")
ENGINEERS, SUPPORT = Party("audience", "engineering"), Party("audience", "support")


def expected(text: str = "", front: str = "", **others: str) -> Expected:
    files = {
        "registers/organisation.yml": ORGANISATION,
        "a.md": f"---\ntitle: Work\n{front}---\n# Work\n\n{text}\n",
    }
    return Case(book({f"policies/{n}": t for n, t in {**files, **others}.items()}), TODAY).expected


def told(found: Expected, *parties: Party) -> list[str]:
    return [ranked.duty.words for ranked in found.of(*parties).duties]


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("You must lock the door.", {"everyone"}),
        ("The risk manager must check each rating.", {"risk-manager"}),
        ("Before launch, the head of data must agree.", {"head-of-data"}),
        ("The governance lead must keep the list.", {"ai-governance-lead"}),
        ("The risk manager and the head of data must sign.", {"risk-manager", "head-of-data"}),
        ("The risk manager, with the head of data, must sign.", {"risk-manager", "head-of-data"}),
        ("Role holders and the head of data must meet.", {"head-of-data"}),
        ("You and the head of data must meet.", {"head-of-data", "everyone"}),
        ("The risk manager keeps the list, and must read it.", {"risk-manager"}),
        ("Laws: the risk manager keeps the list, and must read it.", {"risk-manager"}),
        ("Risk manager: you must sign.", {"risk-manager"}),
        ("Gareth Pugh must sign.", {"risk-manager"}),
        ("Each rating must be checked by the risk manager.", {"everyone", "risk-manager"}),
        ("Only the risk manager may lower a rating.", {"everyone", "risk-manager"}),
        ("Nobody may lower a rating of the risk manager.", {"everyone"}),
        ("Once a year the board must look at it.", {"board"}),
        ("The risk manager, board and head of data must agree.", {"risk-manager", "board", "head-of-data"}),
        ("The advisory board must look at it.", set()),
        ("Support must pass it on.", {"support"}),
        ("Customer success must pass it on.", {"support"}),
        ("The data team must label it.", {"data"}),
        ("The training data must be labelled.", {"everyone"}),
        ("The support must hold the shelf.", {"everyone"}),
        ("The system owner must look at it.", {"owners"}),
        ("You must tell the risk manager.", {"everyone"}),
        ("Everyone: you must phone.", {"everyone"}),
        ("Engineering: phone the risk manager every week.", {"engineering"}),
        ("The risk manager reads the register every month.", {"risk-manager"}),
        ("The register grows every month.", set()),
        ("Engineers must not look.", {"engineering"}),
        ("The buyers must compare three offers.", {"buyers"}),
        ("The buyer must compare three offers.", {"buyers"}),
        ("The head of data looks first. She must sign.", {"head-of-data"}),
        ("The **head of data** looks. It is hard. **She** must sign.", {"head-of-data"}),
        ("The risk manager asks the head of data. She must sign.", {"everyone"}),
        ("Ratings rest on data. They must be kept.", {"everyone"}),
        ("The risk manager keeps the lists. They must be kept for a year.", {"everyone"}),
        ("Team members copy what they need. They must encrypt it.", {"everyone"}),
        ("Suppliers show us their tests. They must do so every year.", set()),
    ],
)
def test_a_sentence_binds_whom_it_names(sentence: str, ids: set[str]) -> None:
    found = expected(sentence)
    assert {party.id for party, duties in found.duties.items() if duties} == ids


def test_a_heading_that_is_a_role_says_for_whom_its_section_is() -> None:
    found = expected("## For the risk manager\n\nYou must sign.\n\n## Signing\n\nYou must read.")
    assert told(found, RISK) == ["You must sign."]
    assert told(found, EVERYONE) == ["You must read."]


def test_a_row_of_a_table_binds_the_role_in_its_cell() -> None:
    found = expected("| What | Who | Within |\n|---|---|---|\n| Name an owner | risk manager | 2 days |\n")
    (ranked,) = found.of(RISK).duties
    assert (ranked.duty.head, ranked.duty.words) == ("What", "Name an owner")
    assert [(cell.head, cell.text) for cell in ranked.duty.cells] == [
        ("Who", "risk manager"),
        ("Within", "2 days"),
    ]
    assert [str(timing) for _, timing in ranked.duty.timings] == ["within 2 days"]


def test_a_column_of_permissions_permits() -> None:
    found = expected(
        "| Who | May stop | How fast |\n|---|---|---|\n| Risk manager | any system | at once |\n"
    )
    assert [ranked.duty.modality for ranked in found.of(RISK).duties] == [Modality.PERMISSION]


def test_a_duty_takes_the_list_it_opens_and_leaves_the_text_below_it() -> None:
    found = expected(
        "You must\n\n- lock **the door**;\n- not smoke, which is never allowed;\n- the risk manager must count.\n\n"
        "You must go home."
    )
    assert told(found, EVERYONE) == ["You must", "You must go home."]
    assert found.of(EVERYONE).duties[0].duty.items == (
        "lock the door;",
        "not smoke, which is never allowed;",
        "the risk manager must count.",
    )
    assert told(found, RISK) == ["the risk manager must count."]


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("If a tenant may be in danger, you must phone.", Modality.DUTY),
        ("They may leave; we must delete their data.", Modality.DUTY),
        ("They may agree to go faster, but must not skip the test.", Modality.BAN),
        ("You may leave.", Modality.PERMISSION),
        ("We never guess.", Modality.BAN),
    ],
)
def test_what_demands_outweighs_what_permits(sentence: str, modality: Modality) -> None:
    assert [ranked.duty.modality for ranked in expected(sentence).of(EVERYONE).duties] == [modality]


def test_what_is_only_asked_or_quoted_demands_nothing() -> None:
    assert told(expected('The sheet says what they must do. Do not write "it may vary".'), EVERYONE) == []


@pytest.mark.parametrize(
    ("sentence", "pace"),
    [
        ("You must read each sentence.", Pace.ALWAYS),
        ("You must look at the alarms every day.", Pace.ALWAYS),
        ("You must report every week.", Pace.REGULARLY),
        ("You must confirm this every six months.", Pace.REGULARLY),
        ("When data leaks, you must tell us.", Pace.EVENT),
        ("You must tell us within one hour.", Pace.EVENT),
        ("You must assess it before launch, and every year.", Pace.EVENT),
        ("You must not pay before you have read it.", Pace.ALWAYS),
        ("You must answer, even if you are busy.", Pace.ALWAYS),
        ("You must confirm this once a year.", Pace.RARELY),
        ("After an incident you must write down why.", Pace.RARELY),
        ("You must write to #ai-incidents.", Pace.ALWAYS),
        ("You must practise an incident every month.", Pace.REGULARLY),
    ],
)
def test_the_words_say_how_often(sentence: str, pace: Pace) -> None:
    assert [ranked.duty.pace for ranked in expected(sentence).of(EVERYONE).duties] == [pace]


def test_german_is_understood() -> None:
    found = expected(
        "Sie müssen jede Woche melden. Wenn Daten fehlen, müssen Sie anrufen. Sie müssen sorgfältig lesen. "
        "Nach einem Sicherheitsvorfall müssen Sie schreiben.",
        "lang: de\n",
    )
    assert [ranked.duty.pace for ranked in found.of(EVERYONE).duties] == list(Pace)


def test_the_order_is_daily_then_by_interval_then_by_deadline_then_rare() -> None:
    found = expected(
        "You must confirm this every year. You must tell us within two days if it breaks. You must tell us within one "
        "hour if it burns hands. You must report every quarter. You must report every week. You must be kind."
    )
    assert told(found, EVERYONE) == [
        "You must be kind.",
        "You must report every week.",
        "You must report every quarter.",
        "You must tell us within one hour if it burns hands.",
        "You must tell us within two days if it breaks.",
        "You must confirm this every year.",
    ]


def test_only_documents_in_force_expect_anything() -> None:
    for front in ("status: draft\n", "status: retired\n", "effective: 2027-01-01\n", "expires: 2026-01-01\n"):
        found = expected("You must sign.", front)
        assert not found.of(EVERYONE).duties
        assert not found.of(EVERYONE).documents


def test_a_group_has_its_own_and_everyone_has_none_of_it() -> None:
    found = expected(
        "You must test.",
        "applies_to: [engineering]\n",
        **{"b.md": "---\ntitle: B\n---\n# B\n\nYou must be kind.\n"},
    )
    assert told(found, ENGINEERS) == ["You must test."]
    assert told(found, EVERYONE) == ["You must be kind."]
    assert told(found, EVERYONE, ENGINEERS) == ["You must test.", "You must be kind."]
    assert [r.duty.words for r in found.beyond(ENGINEERS).duties] == ["You must test."]


def test_the_same_words_in_two_documents_are_one_duty_with_two_places() -> None:
    found = expected(
        "You must be kind.",
        "applies_to: [engineering]\n",
        **{"b.md": "---\ntitle: B\napplies_to: [support]\n---\n# B\n\nYou must be kind.\n"},
    )
    (ranked,) = found.of(ENGINEERS, SUPPORT).duties
    assert [one.document.title for one in (ranked.duty, *ranked.again)] == ["Work", "B"]


def test_an_audience_that_no_register_knows_still_finds_its_page() -> None:
    found = expected("You must sign.", "applies_to: [Enginering]\n")
    assert found.group(Party("audience", "enginering")) is not None
    assert told(found, Party("audience", "enginering")) == ["You must sign."]


def test_newcomers_read_what_others_rest_on_first_and_circles_stay_together() -> None:
    def document(name: str, *on: str) -> str:
        references = "".join(f"  - {{to: {one}, relation: depends on}}\n" for one in on)
        return (
            f"---\ntitle: {name.upper()}\nreferences:\n{references}---\n# {name}\n\nYou must read {name}.\n"
        )

    files = {
        "a.md": document("a", "d"),
        "b.md": document("b", "c"),
        "c.md": document("c", "b"),
        "d.md": document("d", "b"),
    }
    found = Case(book(files), TODAY).expected
    assert [ranked.document.title for ranked in found.of(EVERYONE).documents] == ["B", "C", "D", "A"]


SENTENCES = (
    "You must be kind.",
    "The risk manager must look every week.",
    "The risk manager and the head of data must meet every month.",
    "You must tell us within one hour.",
    "Nobody may guess.",
    "You may leave.",
    "Support must answer within two days.",
)
AUDIENCES = (
    "",
    "applies_to: [engineering]",
    "applies_to: [engineering, support]",
    "applies_to: [everyone, data]",
)
PARTIES = (EVERYONE, ENGINEERS, SUPPORT, Party("audience", "data"), RISK, DATA)


@given(
    documents=st.lists(
        st.tuples(st.sampled_from(AUDIENCES), st.lists(st.sampled_from(SENTENCES), max_size=4)), max_size=6
    ),
    parties=st.lists(st.sampled_from(PARTIES), max_size=4),
)
def test_a_union_holds_everything_once_in_one_order(
    documents: list[tuple[str, list[str]]], parties: list[Party]
) -> None:
    files = {"policies/registers/organisation.yml": ORGANISATION}
    for number, (front, sentences) in enumerate(documents):
        body = "\n\n".join(sentences)
        files[f"policies/d{number}.md"] = f"---\ntitle: D{number}\n{front}\n---\n# D{number}\n\n{body}\n"
    found = Case(book(files), TODAY).expected
    share = found.of(*parties)
    ranks = [ranked.rank for ranked in share.duties]
    assert ranks == sorted(set(ranks))
    assert len({ranked.duty.says for ranked in share.duties}) == len(share.duties)
    each = {ranked.rank for party in parties for ranked in found.of(party).duties}
    assert set(ranks) == each
    assert share == found.of(*reversed(parties), *parties)
    places = [_place(ranked) for ranked in share.duties]
    assert places == sorted(places)
    assert not {r.rank for r in found.beyond(*parties).duties} & {r.rank for r in found.of(EVERYONE).duties}
    again = Case(book(files), TODAY).expected
    assert [ranked.duty.words for ranked in again.of(*parties).duties] == [
        ranked.duty.words for ranked in share.duties
    ]


def _place(ranked: RankedDuty) -> tuple[int, float]:
    return ranked.duty.pace, ranked.duty.span_days
