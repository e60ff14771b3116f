"""The pages of reviews and exceptions, and what documents and sheets say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from publications import publication, seen

from builders import REGISTERS, book
from histories import State, history, reviewed
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.review_timeline import MOST_LINES

PEOPLE = {
    f"{REGISTERS}organisation.yml": "roles:\n  ciso: {title: Security lead, holders: [Ada]}\n"
    "  board: {title: Board, holders: [Bea]}\n"
}
X = "---\nid: X-1\ntitle: Rating\napprover: ciso\nreview_every: 12 months\nreferences:\n  - {to: Y-1, relation: depends on}\n---\n# Rating\n\nWe take it from there.\n"
Y_24 = "---\nid: Y-1\ntitle: Answering\napprover: board\n---\n# Answering\n\nYou must answer within 24 hours of the call.\n"
Y_72 = Y_24.replace("24 hours", "72 hours")
FILES = {**PEOPLE, "x.md": X, "y.md": Y_72}
PAST: dict[str, Iterable[State]] = {
    "x.md": [(0, "2025-01-01", X)],
    "y.md": [(0, "2025-01-01", Y_24, "Bea"), (2, "2026-04-01", Y_72)],
    f"{REGISTERS}reviews/x.yml": [(1, "2025-06-02", "x", "Zoe")],
}
LOG = {
    **reviewed("X-1", "2025-06-01", X, file="x"),
    **reviewed("Y-1", "2025-06-01", Y_24, by="Bea", role="board", file="y"),
}
EXCEPTIONS = """\
exceptions:
  - id: E-3
    title: Slow on Sundays
    departs_from: Y-1
    quote: "You must answer within 72 hours of the call."
    owner: ciso
    because: "Nobody works on Sundays."
    granted: 2026-01-01
    by: "Bea"
    expires: 2027-01-01
  - {id: E-1, title: Old one, departs_from: Y-1, owner: board, because: "Why", expires: 2026-01-01, closed: 2025-12-01}
  - {id: E-2, title: Forgotten, departs_from: X-1, owner: ciso, because: "Why", expires: 2026-11-01}
"""
WITH_EXCEPTIONS = {f"{REGISTERS}exceptions.yml": EXCEPTIONS}


def pages(files: Mapping[str, str], past: Mapping[str, Iterable[State]] | None = None) -> dict[str, Page]:
    made = book(files, history=history(past) if past is not None else None)
    return {page.uri: page for page in publication(made).pages}


@pytest.fixture(scope="module")
def site() -> dict[str, Page]:
    return pages({**FILES, **LOG, **WITH_EXCEPTIONS}, PAST)


def text(page: Page) -> str:
    return seen(page.text).text


# Reviews


def test_the_page_says_how_each_document_stands(site: dict[str, Page]) -> None:
    shown = text(site["audit/reviews/index.md"])
    assert "2 reviews. Of 2 documents in force, 1 stand as they were approved" in shown
    assert (
        "changed in substance since approval 1 never approved 0 review overdue 1 suspect references 1"
        in shown
    )
    assert "Rating X-1 in force 1.0 1 June 2025 Ada, Security lead" in shown
    assert "1 June 2026 overdue by 175 days every 12 months, from the last review no" in shown
    assert "Answering Y-1 in force without approval" in shown
    assert "in substance “24” became “72”" in shown
    assert "entered by somebody else than the reviewer 1" in shown
    assert "entered by Zoe" in shown


def test_what_the_approver_wrote_himself_is_said(site: dict[str, Page]) -> None:
    assert "Bea approved a text that Bea changed in 00000000." in text(site["audit/reviews/index.md"])


def test_the_approved_text_is_a_click_away(site: dict[str, Page]) -> None:
    anchor = "r-0000000000"
    assert f"../history/y/#{anchor}" in seen(site["audit/reviews/index.md"].text).values("href")
    assert anchor in seen(site["audit/history/y.md"].text).values("id")


def test_a_suspect_reference_stands_on_both_sheets_with_its_redline(site: dict[str, Page]) -> None:
    words = "which changed in substance on 1 April 2026: “24” became “72”"
    for name in ("x", "y"):
        page = site[f"audit/documents/{name}.md"]
        assert words in text(page)
        assert "../../history/y/#r-0000000200" in seen(page.text).values("href")
    assert "has changed in substance since anybody looked at it" in text(site["audit/documents/x.md"])
    assert "were last looked at before it changed" in text(site["audit/documents/y.md"])


def test_the_log_has_the_newest_first() -> None:
    log = {**LOG, **reviewed("X-1", "2026-07-01", X, "rejected", by="Bea", role="board")}
    shown = text(pages({**FILES, **log}, PAST)["audit/reviews/index.md"])
    newest = shown.index("1 July 2026 Rating X-1 rejected Bea Board")
    assert newest < shown.index("1 June 2025 Rating X-1 approved version 1.0 Ada Security lead")
    assert "Rejected on 1 July 2026 by Bea, and nobody has approved or confirmed the text since." in shown


def test_without_reviews_nothing_is_claimed() -> None:
    site = pages(FILES)
    shown = text(site["audit/reviews/index.md"])
    assert "No review is recorded. Nothing is known here of who approved which text" in shown
    assert "Not known: without the history of the texts" in shown
    assert "in force without approval" not in shown
    assert "without approval" not in site["policies/y.md"].text
    assert "pg-timeline" not in shown


def test_bulks_are_listed() -> None:
    files = {f"d{number}.md": f"---\ntitle: D{number}\n---\nText.\n" for number in range(5)}
    log: dict[str, str] = {}
    for number in range(5):
        log |= reviewed(f"d{number}", "2026-05-01", None, file=f"r{number}")
    shown = text(pages({**PEOPLE, **files, **log})["audit/reviews/index.md"])
    assert "1 May 2026: 5 reviews by Ada d0 , d1 , d2 , d3 , d4" in shown
    assert " 1 day with many reviews " in shown


def test_of_a_large_bulk_the_first_documents_are_named() -> None:
    files = {f"d{number:02}.md": f"---\ntitle: D{number}\n---\nText.\n" for number in range(23)}
    log: dict[str, str] = {}
    for number in range(23):
        log |= reviewed(f"d{number:02}", "2026-05-01", None, file=f"r{number}")
    shown = text(pages({**PEOPLE, **files, **log})["audit/reviews/index.md"])
    bulk = shown.partition("23 reviews by Ada")[2].partition("Log")[0]
    assert "d19 and 3 more" in bulk
    assert "d20" not in bulk


def test_long_tables_are_split() -> None:
    count = MOST_ROWS + 1
    files = {f"d{number:03}.md": f"---\ntitle: D{number:03}\n---\nText.\n" for number in range(count)}
    log: dict[str, str] = {}
    for number in range(count):
        log |= reviewed(f"d{number:03}", f"2026-05-{number % 28 + 1:02}", None, file=f"r{number:03}")
    site = pages({**PEOPLE, **files, **log})
    main = site["audit/reviews/index.md"]
    assert main.text.count("<table") == 1  # the picture's
    parts = [uri for uri in site if uri.startswith("audit/reviews/") and uri != main.uri]
    assert len(parts) == 4
    assert sum(site[uri].text.count('<th scope="row">') for uri in parts) == 2 * count
    assert all(len(site[uri].text) < 1_000_000 for uri in parts)
    hrefs = seen(main.text).values("href")
    assert all(any(href.strip("./") in uri for href in hrefs if href.strip("./")) for uri in parts)


def test_the_picture_shows_each_review_and_says_it_in_words() -> None:
    site = pages({**FILES, **LOG}, PAST)
    page = seen(site["audit/reviews/index.md"].text)
    assert page.wrong == []
    assert "Reviews over time: 2 reviews of 2 documents; 1 overdue." in page.text
    rows = [label for label in page.values("aria-label") if "approved by Ada" in label]
    assert len(rows) == 1
    assert rows[0].startswith("1 June 2025: approved by Ada")


def test_of_many_documents_the_picture_counts_by_area_and_quarter() -> None:
    files = {
        f"a{number % 2}/d{number}.md": "---\nreview_every: 1 year\neffective: 2026-01-01\n---\nText.\n"
        for number in range(MOST_LINES + 1)
    }
    log = {**reviewed("d1", "2026-05-01", None, file="r1"), **reviewed("d3", "2026-06-30", None, file="r3")}
    page = seen(pages({**PEOPLE, **files, **log})["audit/reviews/index.md"].text)
    assert page.wrong == []
    words = [label for label in page.values("aria-label") if "2027 to" in label]
    assert len(words) == 2  # as many as areas, not as many as documents
    assert any("April 2026 to June 2026: 2 reviews" in label for label in words)
    assert any("January 2027 to March 2027: 31 reviews due" in label for label in words)


# The document


def test_a_text_that_nobody_approved_is_not_said_to_hold() -> None:
    every_year = "approver: board\nreview_every: 1 year\n"
    before, now = (said.replace("approver: board\n", every_year) for said in (Y_24, Y_72))
    log = reviewed("Y-1", "2025-06-01", before, by="Bea", role="board")
    past = {"y.md": [(0, "2025-01-01", before, "Bea"), (2, "2026-04-01", now)]}
    shown = text(pages({**PEOPLE, "y.md": now, **log}, past)["policies/y.md"])
    assert "is in force without approval." in shown
    assert "A review of it was due on 1 June 2026 and is not recorded yet." in shown
    assert "This text holds" not in shown


def test_the_document_says_quietly_what_its_reader_must_know(site: dict[str, Page]) -> None:
    shown = text(site["policies/y.md"])
    assert "is in force without approval. See version 1.0 of 1 June 2025 , the approved one." in shown
    assert "An exception, Slow on Sundays , is permitted until 1 January 2027." in shown
    assert "Old one" not in shown
    assert "Version 1.0, approved 1 June 2025, changed since" in shown
    assert "An exception, Forgotten , expired on 1 November 2026 and was not closed." in text(
        site["policies/x.md"]
    )


def test_the_sheet_has_the_reviews_and_the_exceptions(site: dict[str, Page]) -> None:
    shown = text(site["audit/documents/y.md"])
    assert "Version 1.0 , approved on 1 June 2025 by Bea as Board" in shown
    assert "The text in force is not the approved one" in shown
    assert "E-3 open Slow on Sundays" in shown
    assert "E-1 closed Old one" in shown


def test_dates_that_history_does_not_bear_out_are_counted_and_folded_by_kind() -> None:
    entry = f"{REGISTERS}reviews/x.yml"
    made = pages({**FILES, **LOG}, {**PAST, entry: [(1, "2026-02-06", "x", "Ada")]})
    page = made["audit/reviews/index.md"]
    shown = text(page)
    assert "dates that history does not bear out 1" in shown
    assert (
        "Entered long after their date 1 Rating X-1 , 1 June 2025, Ada Entered 250 days after its date."
        in shown
    )
    assert page.text.count('<details class="pg-dated">') == 1
    # The log and the sheet have it too; the table of standings, which every review would fill, has not.
    assert shown.count("Entered 250 days after its date.") == 2
    assert "Entered 250 days after its date." in text(made["audit/documents/x.md"])


def test_dates_that_history_bears_out_or_cannot_tell(site: dict[str, Page]) -> None:
    assert "None: every entry and every text" in text(site["audit/reviews/index.md"])
    bare = text(pages({**FILES, **LOG})["audit/reviews/index.md"])
    assert "Not known: only a whole history tells when an entry came." in bare


# Exceptions


def test_exceptions_are_listed_by_what_wants_attention(site: dict[str, Page]) -> None:
    page = site["audit/exceptions/index.md"]
    shown = text(page)
    assert "Permitted departures: 1 expired, not closed; 1 open; 1 closed." in shown
    assert (
        shown.index("E-2 expired, not closed expired 22 days ago")
        < shown.index("E-3 open")
        < shown.index("1 closed E-1")
    )
    assert "Owner Security lead (Ada) Granted 1 January 2026, by Bea Expires 1 January 2027" in shown
    assert "You must answer within 72 hours of the call." in shown
    assert "the whole document" in shown
    assert "exception-e-3" in seen(page.text).values("id")


def test_an_exception_from_what_no_document_is_does_not_vanish() -> None:
    stray = '  - {id: E-9, departs_from: "B-33#<b>", quote: "Doors are shut.", owner: ciso, because: "Why", expires: 2026-11-01}\n'
    site = pages({**FILES, f"{REGISTERS}exceptions.yml": f"{EXCEPTIONS}{stray}"})
    page = site["audit/exceptions/index.md"]
    shown = text(page)
    assert "2 expired, not closed; 1 open; 1 closed." in shown
    assert "Departs from B-33#<b> , which no single document is ." in shown
    assert "“Doors are shut.”" in shown
    assert "not found in the text of today" not in shown


def test_many_exceptions_are_split_and_their_links_hold() -> None:
    entries = "".join(
        f'  - {{id: "E-{number}", departs_from: Y-1, owner: ciso, because: "Why", expires: 2027-01-01}}\n'
        for number in range(150)
    )
    site = pages({**FILES, f"{REGISTERS}exceptions.yml": f"exceptions:\n{entries}"})
    first, second = site["audit/exceptions/index.md"], site["audit/exceptions/part-2.md"]
    assert first.text.count("<section") == 100
    assert second.text.count("<section") == 50
    assert "../part-2/" in seen(first.text).values("href") or "part-2/" in seen(first.text).values("href")
    shown = seen(site["policies/y.md"].text)
    assert "There are 145 more exceptions" in shown.text


# Hostile values

NASTY = '<script>alert(1)</script>" onmouseover="x {{ 7*7 }} `x`'


def test_hostile_values_stay_text() -> None:
    quoted = NASTY.replace('"', '\\"')
    review = f'document: X-1\nby: "{quoted}"\nas: "{quoted}"\ndate: 2026-05-01\noutcome: approved\nnote: "{quoted}"\npull_request: "javascript:alert(1)"\n'
    entry = f'exceptions:\n  - {{id: "{quoted}", title: "{quoted}", departs_from: X-1, quote: "{quoted}", owner: "{quoted}", because: "{quoted}", by: "{quoted}", expires: 2027-01-01}}\n'
    files = {**FILES, f"{REGISTERS}reviews/r.yml": review, f"{REGISTERS}exceptions.yml": entry}
    site = pages(files, PAST)
    for uri in (
        "audit/reviews/index.md",
        "audit/exceptions/index.md",
        "audit/documents/x.md",
        "policies/x.md",
    ):
        page = seen(site[uri].text.partition("\n---\n")[2])
        assert page.wrong == []
        assert not any("onmouseover" in attributes for _, attributes in page.tags)
        assert "alert(1)" not in " ".join(page.values("href"))
        assert "{{" not in site[uri].text
        assert sum(tag == "script" for tag, _ in page.tags) == 0 or "alert(1)</script>" not in site[uri].text
    assert NASTY.split("{{")[0].split("<")[0] in text(site["audit/reviews/index.md"])


def test_duplicate_ids_of_exceptions_keep_anchors_apart() -> None:
    entry = "{id: E, departs_from: X-1, owner: ciso, because: W, expires: 2027-01-01}"
    site = pages({**FILES, f"{REGISTERS}exceptions.yml": f"exceptions:\n  - {entry}\n  - {entry}\n"})
    ids = seen(site["audit/exceptions/index.md"].text).values("id")
    assert [i for i in ids if i.startswith("exception-")] == ["exception-e", "exception-e-again"]


def test_the_same_handbook_gives_the_same_pages() -> None:
    files = {**FILES, **LOG, **WITH_EXCEPTIONS}
    one, other = pages(files, PAST), pages(dict(reversed(files.items())), PAST)
    assert {uri: page.text for uri, page in one.items()} == {uri: page.text for uri, page in other.items()}
