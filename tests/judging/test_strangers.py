"""Persons and bodies that no register knows: who is one, and that their duties are nobody's who reads."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, book
from policygraph.judging.case import Case
from policygraph.judging.expected import Expected
from policygraph.judging.strangers import Strangers
from policygraph.judging.subjects import EVERYONE, Party
from policygraph.reading.language import ENGLISH, GERMAN

ORGANISATION = """\
roles:
  risk-manager: {title: Risk manager, holders: ["Gareth Pugh"]}
audiences:
  everyone: {title: Everyone}
  engineering: {title: Engineering}
"""
TERMS = """\
terms:
  - {term: Warrantor, definition: "The company that stands by the goods."}
  - {term: Override, definition: "A change of the rating that people make."}
"""
ENGINEERS, RISK = Party("audience", "engineering"), Party("role", "risk-manager")


def expected(text: str, front: str = "") -> Expected:
    files = {
        "policies/registers/organisation.yml": ORGANISATION,
        "policies/registers/terms.yml": TERMS,
        "policies/a.md": f"---\ntitle: Work\n{front}---\n# Work\n\n{text}\n",
    }
    return Case(book(files), TODAY).expected


def strangers(text: str, front: str = "") -> list[str]:
    share = expected(text, front).of(EVERYONE)
    assert not share.duties or not share.others
    return [
        ranked.duty.bound.stranger.name for ranked in share.others if ranked.duty.bound.stranger is not None
    ]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Suppliers must tell us within a day.", "Suppliers"),
        ("From 1 May suppliers must tell us.", "suppliers"),
        ("Any vendor that handles data must sign.", "Vendor that handles data"),
        ("At each step the release owner must compare the figures.", "Release owner"),
        ("If the risk is high, the steering group must meet.", "Steering group"),
        ("The person who answers, in the role defined here, must enter steps.", "Person who answers"),
        ("The owner of the system must not handle it.", "Owner of the system"),
        ("Partners who resell it take this on, and must tell us.", "Partners"),
        ("The owner keeps the list and must read it.", "Owner"),
        ("HR must file it.", "HR"),
        ("If it is late, managers and HR must act.", "Managers and HR"),
        ("Suppliers, partners and customers must pay.", "Suppliers, partners and customers"),
        ("Contractors must be trained.", "Contractors"),
        ("IT must reset it.", "IT"),
        ("The CISO must approve it.", "CISO"),
        ("Line managers and HR must agree.", "Line managers and HR"),
        ("Third parties with access must sign.", "Third parties with access"),
        ("The responsible person must keep a log.", "Responsible person"),
        ("No supplier may subcontract.", "Supplier"),
        ("Your manager must agree.", "Manager"),
        ("The warrantor must pay.", "Warrantor"),
        ("It is online, and customers and suppliers may have it.", "Customers and suppliers"),
    ],
)
def test_somebody_else_is_bound(sentence: str, name: str) -> None:
    assert [found.lower() for found in strangers(sentence)] == [name.lower()]


@pytest.mark.parametrize(
    "sentence",
    [
        "You must tell suppliers.",
        "For each supplier we must have a way out.",
        "Suppliers must be checked.",
        "The customer portal must show it.",
        "Supplier contracts must name us.",
        "Employees and contractors must sign.",
        "Members of staff must sign.",
        "All employees, contractors and visitors must sign.",
        "All employees of the company and, where relevant, contractors must be trained.",
        "You, your manager and HR must meet.",
        "Email groups must be used for it.",
        "Users must log out.",
        "Nobody may pay a supplier twice.",
        "Whoever opens a letter must pass it on.",
        "People must feel safe.",
        "At least two people must know how.",
        "It must hold.",
        "Both parties must sign.",
        "No entry may be lost.",
        "No employee may look.",
        "An override must have a reason.",
        "Every entry of the owner must have a date.",
        "Before a supplier starts, you must rate it.",
    ],
)
def test_readers_and_things_are_no_strangers(sentence: str) -> None:
    found = expected(sentence)
    assert len(found.of(EVERYONE).duties) == 1
    assert not found.of(EVERYONE).others


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Lieferanten müssen uns jede Woche melden.", "Lieferanten"),
        ("Bis Freitag muss der Einkäufer zahlen.", "Einkäufer"),
        ("Wenn Daten fehlen, muss die Schichtleiterin anrufen.", "Schichtleiterin"),
        ("Der Leiter der Abteilung muss zustimmen.", "Leiter der Abteilung"),
        ("Unsere Kunden dürfen jederzeit gehen.", "Kunden"),
        ("Lieferanten müssen geprüft werden.", None),
        ("Sie müssen jede Woche melden.", None),
        ("Jährlich müssen Verträge erneuert werden.", None),
        ("Der Bericht muss vollständig sein.", None),
        ("Die Urkunde muss die Namen nennen.", None),
        ("Die Anleitung muss es erklären.", None),
        ("Die Fehlerrate muss unter 2 % liegen.", None),
        ("Der Maßstab muss passen.", None),
        ("Der Geschäftskunde muss es sagen.", "Geschäftskunde"),
        ("Die Abteilungsleitung muss es sagen.", "Abteilungsleitung"),
        ("Der Berater muss es sagen.", "Berater"),
        ("Der Aufsichtsrat muss es sagen.", "Aufsichtsrat"),
    ],
)
def test_german_strangers(sentence: str, name: str | None) -> None:
    assert strangers(sentence, "lang: de\n") == ([] if name is None else [name])
    assert len(expected(sentence, "lang: de\n").of(EVERYONE).duties) == (name is None)


def test_a_german_role_is_found_after_its_verb() -> None:
    found = expected("Jede Woche muss der Risk manager die Liste lesen.", "lang: de\n")
    assert len(found.of(RISK).duties) == 1
    assert not found.of(EVERYONE).duties


def test_those_outside_are_told_from_those_who_may_be_a_reader() -> None:
    others = expected("Suppliers must pay. The release owner must look.").of(EVERYONE).others
    assert {
        r.duty.bound.stranger.name: r.duty.bound.stranger.outside for r in others if r.duty.bound.stranger
    } == {
        "Suppliers": True,
        "Release owner": False,
    }


def test_the_readers_of_a_document_are_told_of_the_others_in_it() -> None:
    found = expected("The release owner must look.", "applies_to: [engineering]\n")
    assert not found.of(EVERYONE).others
    assert len(found.of(ENGINEERS).others) == 1
    assert len(found.beyond(ENGINEERS).others) == 1
    assert not found.of(RISK).others


def test_who_is_bound_beside_somebody_is_not_told_twice() -> None:
    found = expected("Role holders and the risk manager must meet.")
    assert len(found.of(RISK).duties) == 1
    assert len(found.of(EVERYONE).others) == 1
    both = found.of(EVERYONE, RISK)
    assert len(both.duties) == 1
    assert not both.others


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Engineering and suppliers must sign.", {ENGINEERS}),
        ("The risk manager, engineering, and the supplier must sign.", {RISK, ENGINEERS}),
        ("After a review the risk manager and the supplier must sign.", {RISK}),
        ("On Monday the risk manager and the supplier, if any, must sign.", {RISK}),
        ("It is for engineering, and suppliers must sign.", set()),
        ("If engineering and support agree, suppliers must sign.", set()),
    ],
)
def test_whom_the_registers_know_stays_bound_beside_a_stranger(sentence: str, parties: set[Party]) -> None:
    found = expected(sentence)
    assert {party for party in (ENGINEERS, RISK) if found.of(party).duties} == parties
    (told,) = found.of(EVERYONE).others
    assert told.duty.bound.stranger is not None
    assert told.duty.bound.stranger.name.lower() in ("suppliers", "supplier")


def test_the_same_words_of_two_persons_are_two_duties() -> None:
    files = {
        "policies/registers/organisation.yml": ORGANISATION,
        "policies/a.md": "---\ntitle: A\n---\n# A\n\nThe risk manager reads it. They must sign it.\n",
        "policies/b.md": "---\ntitle: B\n---\n# B\n\nThe release owner reads it. They must sign it.\n",
    }
    found = Case(book(files), TODAY).expected
    (own,), (told,) = found.of(RISK).duties, found.of(EVERYONE).others
    assert (own.again, told.again) == ((), ())
    assert told.duty.bound.stranger is not None


def test_adverbs_in_a_row_are_read_in_linear_time() -> None:
    text = f"{'first ' * 20_000}suppliers x"
    began = process_time()
    assert Strangers().subject(f"{text} must pay", 0, len(text) + 1, len(text) + 5, ENGLISH) is None
    assert process_time() - began < 2


@given(text=st.text(max_size=120), german=st.booleans())
def test_no_sentence_breaks_it(text: str, german: bool) -> None:
    language = GERMAN if german else ENGLISH
    for match in language.normative.finditer(text):
        found = Strangers().subject(text, 0, match.start(), match.end(), language)
        assert found is None or found.name
