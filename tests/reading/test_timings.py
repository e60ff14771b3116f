"""Timings in sentences: found, normalised, and left alone where nothing is promised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import source
from policygraph.model.interval import Interval
from policygraph.model.promise import Kind, TimedSentence, Timing


def timed(text: str, lang: str = "en") -> tuple[TimedSentence, ...]:
    return source(f"---\ntitle: T\nlang: {lang}\n---\n{text}\n").scan.timed


def said(text: str, lang: str = "en") -> list[str]:
    return [f"{one.force.value}: {one.timing}" for one in timed(text, lang)]


def vague(text: str, lang: str = "en") -> list[str]:
    return [one.words for one in source(f"---\ntitle: T\nlang: {lang}\n---\n{text}\n").scan.vague]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Risks must be looked at every quarter.", ["must: every 3 months"]),
        ("You must tell the authority within 72 hours.", ["must: within 72 hours"]),
        ("Report it within seventy-two (72) hours.", ["stated: within 72 hours"]),
        ("Access must be reviewed at least once a year.", ["must: every year"]),
        ("The plan is tested annually.", ["stated: every year"]),
        ("The committee meets twice a year.", ["stated: twice a year"]),
        ("Backups must be restored three times per quarter.", ["must: 3 times every 3 months"]),
        ("Every page must be audited at least once in two years.", ["must: every 2 years"]),
        ("The drill is held each working day.", ["stated: every working day"]),
        ("Keys must be changed every 12 months.", ["must: every 12 months"]),
        ("Keys must be changed every other month.", ["must: every 2 months"]),
        ("The group meets every second Tuesday.", ["stated: every 2 weeks"]),
        ("The auditor must draw up the plan each September.", ["must: every year"]),
        ("It must be sent no later than 30 days after the event.", ["must: within 30 days"]),
        ("Answer by the end of the next working day.", ["stated: within 1 working day"]),
        ("You must report a fault at once.", ["must: at once"]),
        ("Phone 4400 or write to the team at once.", ["stated: at once"]),
        ("The review must be held within five working days.", ["must: within 5 working days"]),
        ("The pack must be sent five working days before.", ["must: 5 working days before"]),
        ("The plan shall be reviewed on an annual basis.", ["must: every year"]),
        ("Staff must complete quarterly training.", ["must: every 3 months"]),
        ("The board must hold an annual review.", ["must: every year"]),
        ("The plan must be tested at 6-month intervals.", ["must: every 6 months"]),
        ("We practise a level 1 incident every six months.", ["stated: every 6 months"]),
        ("The steering group meets monthly.", ["stated: every month"]),
        ("Logs must be kept for at least 12 months.", ["must: for 12 months"]),
        ("They may leave; we must delete the data within 30 days.", ["must: within 30 days"]),
        (
            "You must assess what it can do, every 12 months, and within ten working days of an incident.",
            ["must: every 12 months", "must: within 10 working days"],
        ),
        (
            "The head must hold it within five working days and publish it within ten.",
            ["must: within 5 working days", "must: within 10 working days"],
        ),
    ],
)  # fmt: skip
def test_english_timings(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Risiken müssen vierteljährlich geprüft werden.", ["must: every 3 months"]),
        ("Sie müssen den Vorfall innerhalb von 72 Stunden melden.", ["must: within 72 hours"]),
        ("Der Plan muss mindestens einmal im Jahr getestet werden.", ["must: every year"]),
        ("Die Antwort muss spätestens nach zwei Arbeitstagen vorliegen.", ["must: within 2 working days"]),
        ("Spätestens 30 Tage nach dem Austritt muss das Konto gesperrt sein.", ["must: within 30 days"]),
        ("Die Leitung trifft sich monatlich.", ["stated: every month"]),
        ("Die Zugänge müssen alle sechs Monate geprüft werden.", ["must: every 6 months"]),
        ("Jedes Quartal muss der Bericht vorliegen.", ["must: every 3 months"]),
        ("Es muss eine jährliche Prüfung stattfinden.", ["must: every year"]),
        ("Der Vorfall muss unverzüglich gemeldet werden.", ["must: at once"]),
        ("Bis zum Ende des nächsten Arbeitstages muss eine Antwort da sein.", ["must: within 1 working day"]),
        ("Die Unterlagen müssen fünf Arbeitstage vor der Sitzung da sein.", ["must: 5 working days before"]),
        ("Protokolle müssen zwei Jahre lang aufbewahrt werden.", ["must: for 2 years"]),
        ("Man kann monatlich kündigen.", []),
        ("Das Treffen war letztes Jahr monatlich.", []),
        ("Die jährliche Prüfung ist wichtig.", []),
    ],
)
def test_german_timings(text: str, expected: list[str]) -> None:
    assert said(text, "de") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The team is four years old and has 12 months of data.",
        "The auditor must not audit what they ran within the last 12 months.",
        "We met monthly last year.",
        "The committee was seen every week.",
        "For example, the team meets every week.",
        "Do you meet every week?",
        "If backups fail every day, tell the head.",
        "You may ask every month.",
        "Passwords should be changed every 90 days.",
        "It must never be kept longer than 12 months.",
        "The annual report is on the shelf.",
        "Two alarms rang at once.",
        "Read this page every time it changes.",
        "We pay nine pounds a month for it.",
        "A file must be smaller than 10 MB.",
        'The sign says "meet every week".',
        "Run `every 5 minutes` in the shell.",
        "```\nYou must do it every week.\n```",
        "> Somebody else meets every week.",
        "## An example\n\nThe flat is visited every week.",
    ],
)
def test_what_is_no_promise(text: str) -> None:
    assert said(text) == []


def test_a_quotation_that_demands_still_counts() -> None:
    assert said("> You must do it every week.") == ["must: every week"]


def test_a_column_says_what_bare_lengths_of_time_mean() -> None:
    table = (
        "| Step | Who | Within | Kept |\n|---|---|---|---|\n"
        "| Name an owner | lead | 2 working days | 5 years |\n| Stop it | anyone | at once | |\n"
    )
    assert said(table) == ["stated: within 2 working days", "stated: for 5 years", "stated: at once"]
    assert {one.column for one in timed(table)} == {""}


def test_a_heading_says_it_for_a_whole_table() -> None:
    table = "## Who is told, and by when\n\n| Who | Level 1 | Level 2 |\n|---|---|---|\n| Authority | 72 hours | 72 hours |\n"
    found = timed(table)
    assert [(one.column, str(one.timing)) for one in found] == [
        ("Level 1", "within 72 hours"),
        ("Level 2", "within 72 hours"),
    ]
    assert {one.passage.sentence for one in found} == {"Authority · 72 hours · 72 hours"}


def test_an_empty_cell_does_not_move_the_columns() -> None:
    table = "| Step | Who | Within |\n|---|---|---|\n| Stop it | | 2 days |\n"
    assert said(table) == ["stated: within 2 days"]


def test_an_addressed_statement_keeps_its_address() -> None:
    one = timed('Logs must be checked every week. { #logs satisfies="iso-42001:A.6.2.8" }')[0]
    assert (one.address, one.passage.id) == ("logs", "logs")


def test_vague_words_are_found_in_statements_only() -> None:
    assert vague("Access must be reviewed regularly and, where possible, by two people.") == [
        "regularly",
        "where possible",
    ]
    assert vague("Access is reviewed regularly.") == []
    assert vague("Access must be reviewed `regularly`.") == []
    assert vague('The sign that says "regularly" must be removed.') == []
    assert vague("> Access must be reviewed regularly.") == []
    assert vague("Die Rechte müssen regelmäßig und zeitnah geprüft werden.", "de") == [
        "regelmäßig",
        "zeitnah",
    ]


def test_words_that_the_same_sentence_makes_definite_are_not_vague() -> None:
    assert vague("Access must be reviewed regularly, at least once a year.") == []
    assert vague("You must answer promptly, within two days.") == []
    assert vague("You must answer promptly, at least once a year.") == ["promptly"]


def test_the_place_of_vague_words_is_their_own() -> None:
    found = source("---\ntitle: T\n---\nText.\n\nAccess must be *reviewed* regularly.\n").scan.vague[0]
    assert (found.place.line, found.place.column) == (6, 27)


UNITS = ("minute", "hour", "day", "working day", "week", "month", "year")
NUMBERS = {1: "one", 2: "two", 3: "three", 5: "five", 10: "ten", 12: "twelve", 30: "thirty", 90: "ninety"}


@given(st.integers(1, 999), st.sampled_from(UNITS), st.sampled_from(["every", "within"]), st.booleans())
def test_any_number_of_any_unit(count: int, unit: str, word: str, hyphen: bool) -> None:
    plural = unit if count == 1 else f"{unit}s"
    shown = plural.replace(" ", "-") if hyphen else plural
    found = timed(f"The lead must look at it {word} {count} {shown}.")
    kind = Kind.FREQUENCY if word == "every" else Kind.DEADLINE
    assert [one.timing for one in found] == [Timing(kind, Interval(count, unit))]


@given(st.sampled_from(sorted(NUMBERS)), st.sampled_from(UNITS))
def test_numbers_in_words_are_numbers(count: int, unit: str) -> None:
    plural = unit if count == 1 else f"{unit}s"
    words = timed(f"You must answer within {NUMBERS[count]} {plural}.")
    digits = timed(f"You must answer within {count} {plural}.")
    assert [one.timing for one in words] == [one.timing for one in digits] != []


@given(
    st.lists(
        st.sampled_from(
            'must every within 10 2 days week quarter at least once a year the same day · ; : “ ” " { #x } | > - `'.split()
        ),
        max_size=25,
    )
)
def test_any_words_are_read_without_harm(words: list[str]) -> None:
    for one in timed(" ".join(words)):
        assert one.timing.interval is None or one.timing.interval.count > 0
        assert one.timing.days >= 0
        assert str(one.timing)


def test_numbers_beyond_reason_are_left_alone() -> None:
    assert said("You must answer within 0 days.") == []
    assert said("You must answer within 99999 days.") == []
