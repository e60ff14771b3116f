"""Atom feeds of what changed, held against the rules of RFC 4287."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publications import publication

from builders import REGISTERS, book
from histories import history
from policygraph.model.history import History, Keeping, Revision
from policygraph.publishing.feeds import ATOM, entry_id, xml_text

FIRST = "---\nid: A-1\ntitle: Incidents\napplies_to: [data]\n---\nYou must report within 24 hours.\n"
SECOND = FIRST.replace("24", "72")
OTHER = "---\nid: B-1\ntitle: Other\n---\nText that binds nobody.\n"
ORGANISATION = {
    f"{REGISTERS}organisation.yml": "audiences:\n  everyone: {title: Everyone}\n  data: {title: Data team}\n  sales: {title: Sales}\n"
}
URL = "url: https://handbook.example/h/\n"
A = f"{{{ATOM}}}"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def usual() -> History:
    return history(
        {
            "a.md": [(0, "2025-01-05", FIRST), (2, "2026-03-05", SECOND)],
            "b.md": [(1, "2025-12-20", OTHER)],
        }
    )


def feeds(found: History, files: dict[str, str] | None = None, settings: str = URL) -> dict[str, bytes]:
    named = files if files is not None else {"a.md": SECOND, "b.md": OTHER, **ORGANISATION}
    made = publication(book(named, settings, history=found))
    return {asset.uri: asset.content for asset in made.assets if asset.uri.endswith(".xml")}


def checked(content: bytes) -> ET.Element:
    """Parse a feed, and hold it against RFC 4287 (section by section)."""
    root = ET.fromstring(content)
    assert root.tag == f"{A}feed"
    for element in (root, *root.findall(f"{A}entry")):
        for name in ("id", "title", "updated"):  # 4.1.1, 4.1.2: exactly one of each
            assert len(element.findall(f"{A}{name}")) == 1, name
        id = element.findtext(f"{A}id")
        assert id
        assert urlsplit(id).scheme  # 4.2.6: an IRI with a scheme
        stamp = element.findtext(f"{A}updated") or ""
        assert STAMP.fullmatch(stamp)  # 3.3, RFC 3339
        dt.datetime.fromisoformat(stamp)
        # 4.1.1, 4.1.2: no two alternates of one type and language
        alternates = [link for link in element.findall(f"{A}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
        assert all(link.get("href") for link in element.findall(f"{A}link"))
        assert element.findtext(f"{A}title") is not None
    author = root.find(f"{A}author")  # 4.1.1: a feed has an author unless every entry has
    assert author is not None
    assert author.findtext(f"{A}name")
    assert root.find(f"{A}link[@rel='self']") is not None
    ids = [entry.findtext(f"{A}id") for entry in root.findall(f"{A}entry")]
    assert len(ids) == len(set(ids))
    order = [entry.findtext(f"{A}updated") or "" for entry in root.findall(f"{A}entry")]
    assert order == sorted(order, reverse=True)
    assert (root.findtext(f"{A}updated") or "") >= max(order, default="")
    return root


def titles(content: bytes) -> list[str]:
    return [entry.findtext(f"{A}title") or "" for entry in checked(content).findall(f"{A}entry")]


def test_there_is_a_feed_of_everything_and_one_for_each_audience() -> None:
    made = feeds(usual())
    assert sorted(made) == [
        "changes/all.xml",
        "changes/for-data.xml",
        "changes/for-everyone.xml",
        "changes/for-sales.xml",
    ]
    began = "The handbook began with 1 document"
    assert titles(made["changes/all.xml"]) == ["Changed: Incidents", "New: Other", began]
    assert titles(made["changes/for-data.xml"]) == ["Changed: Incidents", "New: Other", began]
    assert titles(made["changes/for-sales.xml"]) == ["New: Other", began]


def test_an_audience_that_no_register_knows_has_a_feed_too() -> None:
    made = feeds(usual(), {"a.md": SECOND, "b.md": OTHER})
    assert sorted(made) == ["changes/all.xml", "changes/for-data.xml"]


def test_addresses_are_whole_where_the_site_s_is_known() -> None:
    root = checked(feeds(usual())["changes/all.xml"])
    hrefs = [link.get("href") or "" for link in root.iter(f"{A}link")]
    assert all(href.startswith("https://handbook.example/h/changes/") for href in hrefs)
    assert any("/changes/2026/#change-" in href for href in hrefs)


def test_addresses_hold_from_the_feed_s_own_place_where_it_is_not() -> None:
    root = checked(feeds(usual(), settings="")["changes/all.xml"])
    hrefs = [link.get("href") or "" for link in root.iter(f"{A}link")]
    assert "./" in hrefs
    assert any(href.startswith("2026/#change-") for href in hrefs)
    assert not any(":" in href for href in hrefs)


def test_an_entry_tells_what_why_and_whom() -> None:
    entry = checked(feeds(usual())["changes/all.xml"]).find(f"{A}entry")
    assert entry is not None
    summary = entry.findtext(f"{A}summary") or ""
    assert (
        "It now says “You must report within 72 hours” where it said “You must report within 24 hours”."
        in summary
    )
    assert "For: Data team." in summary


def test_what_is_only_spelt_otherwise_is_in_no_feed() -> None:
    typo = FIRST.replace("report", "reprot")
    found = history({"a.md": [(0, "2025-01-05", FIRST), (1, "2026-03-05", typo)]})
    assert titles(feeds(found, {"a.md": typo})["changes/all.xml"]) == ["The handbook began with 1 document"]


@pytest.mark.parametrize(
    "keeping", [Keeping.NO_GIT, Keeping.NO_REPOSITORY, Keeping.NO_COMMITS, Keeping.UNREADABLE]
)
def test_without_a_history_there_is_no_feed(keeping: Keeping) -> None:
    assert feeds(History(keeping)) == {}


def test_a_shallow_clone_announces_no_beginning() -> None:
    # It would be another one at every build.
    found = history({"a.md": [(7, "2026-03-05", SECOND)]}, keeping=Keeping.SHALLOW)
    assert titles(feeds(found, {"a.md": SECOND})["changes/all.xml"]) == []


def test_ids_stay_when_more_happens_and_when_the_site_moves() -> None:
    def ids(content: bytes) -> list[str]:
        return [entry.findtext(f"{A}id") or "" for entry in checked(content).findall(f"{A}entry")]

    before = ids(feeds(usual())["changes/all.xml"])
    third = SECOND.replace("72", "12")
    more = usual()
    line = more.of("policies/a.md")
    later = Revision(
        "policies/moved.md", replace(line[-1].commit, id="c" * 40, order=9), third, "policies/a.md"
    )
    revisions = {"policies/moved.md": (*line, later), "policies/b.md": more.of("policies/b.md")}
    after = ids(
        feeds(
            replace(more, revisions=revisions),
            {"moved.md": third, "b.md": OTHER, **ORGANISATION},
            "url: https://elsewhere.example/\n",
        )["changes/all.xml"]
    )
    assert after[1:] == before


def test_a_part_of_something_larger_is_an_entry_of_its_own() -> None:
    text = "---\nid: N-{n}\ntitle: Number {n}\napplies_to: [{who}]\n---\nYou must do it.\n"
    files = {f"n{n}.md": text.format(n=n, who="data" if n % 2 else "sales") for n in range(8)}
    states = {name: [(1, "2026-02-05", words)] for name, words in files.items()}
    made = feeds(
        history({"a.md": [(0, "2025-01-05", FIRST)], **states}), {"a.md": FIRST, **files, **ORGANISATION}
    )
    assert titles(made["changes/all.xml"])[0] == "8 documents are new"
    assert titles(made["changes/for-data.xml"])[0] == "4 documents are new"
    ids = {checked(made[uri]).findtext(f"{A}entry/{A}id") for uri in made if "everyone" not in uri}
    assert len(ids) == 3


def test_two_builds_give_the_same_bytes() -> None:
    assert feeds(usual()) == feeds(usual())


def test_more_entries_than_anybody_reads_are_left_to_the_pages() -> None:
    states = [(n, f"2026-03-{1 + n % 28:02}", FIRST.replace("24", str(100 + n))) for n in range(80)]
    made = feeds(history({"a.md": states}), {"a.md": states[-1][2]})
    assert len(titles(made["changes/all.xml"])) == 50


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4), st.text(max_size=40))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_message_and_any_name_give_a_feed_that_parses_with_ids_of_its_own(
    subjects: list[str], name: str
) -> None:
    states = history(
        {
            "a.md": [
                (n, f"2026-03-{1 + n:02}", FIRST.replace("24", str(100 + n)))
                for n in range(len(subjects) + 1)
            ]
        }
    )
    line = tuple(
        replace(revision, commit=replace(revision.commit, subject=subject, author=name))
        for revision, subject in zip(states.of("policies/a.md"), ["", *subjects], strict=True)
    )
    found = replace(states, revisions={"policies/a.md": line})
    for content in feeds(found, {"a.md": line[-1].text or ""}).values():
        assert len(titles(content)) == len(subjects) + 1


@given(st.text())
def test_what_xml_cannot_hold_is_left_out(text: str) -> None:
    element = ET.Element("a")
    element.text = xml_text(text)
    assert ET.fromstring(ET.tostring(element)).text or not xml_text(text)


@given(st.text(), st.text())
def test_two_changes_have_two_ids(one: str, other: str) -> None:
    shown = [text.encode("utf-8", "replace") for text in (one, other)]
    assert (entry_id(one) == entry_id(other)) == (shown[0] == shown[1])


def test_pages_tell_programs_of_the_feeds_where_the_site_s_address_is_known() -> None:
    files = {"a.md": SECOND, "b.md": OTHER, **ORGANISATION}
    heads = publication(book(files, URL, history=usual())).heads
    assert {"index.md", "changes/index.md", "changes/2026.md", "for/data.md"} <= heads.keys()
    assert heads["for/data.md"] == (
        '<link rel="alternate feed" type="application/atom+xml" title="Handbook: what changed for Data team"'
        ' href="../../changes/for-data.xml">'
    )
    assert publication(book(files, history=usual())).heads == {}
    hostile = {**files, f"{REGISTERS}organisation.yml": "audiences:\n  data: {title: '\"><script>'}\n"}
    assert "<script" not in publication(book(hostile, URL, history=usual())).heads["for/data.md"]


def test_the_page_of_a_group_leads_to_its_feed() -> None:
    files = {"a.md": SECOND, "b.md": OTHER, **ORGANISATION}
    made = {page.uri: page.text for page in publication(book(files, URL, history=usual())).pages}
    assert 'href="../../changes/for-data.xml"' in made["for/data.md"]
    assert (
        "changes/for-" not in {page.uri: page.text for page in publication(book(files)).pages}["for/data.md"]
    )
