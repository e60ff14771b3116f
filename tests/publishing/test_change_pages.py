"""The pages of what changed, for readers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import markdown
import pytest
from publications import publication, seen

from builders import REGISTERS, book
from histories import commit, history, reviewed
from policygraph.model.history import History, Keeping, Moment, Revision
from policygraph.publishing import change_places
from policygraph.publishing.change_words import _text_words
from policygraph.publishing.publication import Page
from policygraph.publishing.redline import redline

FIRST = "---\nid: A-1\ntitle: Incidents\nowner: risk-manager\napplies_to: [data]\n---\n# Incidents\n\nYou must report within 24 hours.\n"
SECOND = FIRST.replace("24", "72")
OTHER = "---\nid: B-1\ntitle: Other\nsummary: All the rest.\n---\nText that binds nobody.\n"
ROLES = {
    f"{REGISTERS}organisation.yml": "roles:\n  risk-manager: {title: Risk manager}\n  head-of-data: {title: Head of data}\n"
    "audiences:\n  everyone: {title: All of us}\n  data: {title: Data team}\n  product: {title: Product}\n"
}
EVIL = "<script>alert(1)</script> [x](javascript:alert(1)) {{ y }} `z` | \x1b[31m \u202e end of it"
INDEX = "changes/index.md"


def pages(found: History, files: dict[str, str] | None = None) -> dict[str, Page]:
    named = files if files is not None else {"a.md": SECOND, "b.md": OTHER, **ROLES}
    return {page.uri: page for page in publication(book(named, history=found)).pages}


def text(page: Page) -> str:
    body = page.text.split("\n---\n", 1)[1]
    return seen(markdown.markdown(body, extensions=["attr_list", "tables"])).text


def subject(states: History, order: int, words: str, **more: object) -> History:
    def mended(revision: Revision) -> Revision:
        if revision.commit.order != order:
            return revision
        made = replace(revision.commit, subject=words, **more)  # type: ignore[arg-type]
        return replace(revision, commit=made)

    return replace(
        states, revisions={path: tuple(map(mended, line)) for path, line in states.revisions.items()}
    )


def usual() -> History:
    states = history(
        {
            "a.md": [(0, "2025-01-05", FIRST), (2, "2026-03-05", SECOND)],
            "b.md": [(1, "2025-12-20", OTHER)],
        }
    )
    return subject(states, 2, "docs: Three days, since weekends are long (#7)")


def test_a_change_says_in_plain_words_what_whom_and_why_by_month() -> None:
    shown = text(pages(usual())[INDEX])
    assert "March 2026" in shown
    assert "Changed 5 March A-1 Incidents" in shown
    assert (
        "It now says “You must report within 72 hours” where it said “You must report within 24 hours”."
        in shown
    )
    assert "“Three days, since weekends are long”" in shown
    assert "For: Data team" in shown
    assert (
        shown.index("March 2026")
        < shown.index("December 2025")
        < shown.index("The handbook began with 1 document")
    )
    assert "New 20 December B-1 Other All the rest. For: All of us" in shown


def test_every_year_has_a_page_of_its_own_whose_addresses_stay() -> None:
    made = pages(usual())
    assert {"changes/2025.md", "changes/2026.md"} <= made.keys()
    anchors = {v for uri in ("changes/2025.md", "changes/2026.md") for v in seen(made[uri].text).values("id")}
    assert {v for v in seen(made[INDEX].text).values("id") if v.startswith("change-")} <= anchors
    assert "The handbook began" in text(made["changes/2025.md"])
    assert "The handbook began" not in text(made["changes/2026.md"])


def test_a_change_in_owner_and_audience_is_told_with_their_names() -> None:
    new = FIRST.replace("risk-manager", "head-of-data").replace("[data]", "[data, product]")
    found = history({"a.md": [(0, "2025-01-05", FIRST), (1, "2026-03-05", new)]})
    shown = text(pages(found, {"a.md": new, **ROLES})[INDEX])
    assert "It is now owned by: Head of data (before: Risk manager)." in shown
    assert "It now also applies to: Product." in shown
    all_of_us = FIRST.replace("applies_to: [data]\n", "")
    found = history({"a.md": [(0, "2025-01-05", FIRST), (1, "2026-03-05", all_of_us)]})
    assert "It now applies to: All of us." in text(pages(found, {"a.md": all_of_us, **ROLES})[INDEX])


def test_what_is_only_worded_otherwise_is_folded_away() -> None:
    typo = FIRST.replace("report", "reprot")
    found = history({"a.md": [(0, "2025-01-05", FIRST), (1, "2026-03-05", typo)]})
    page = pages(found, {"a.md": typo})[INDEX]
    assert "1 small change" in text(page)
    assert "pg-change-quiet" in page.text
    assert "spelling: “report” became “reprot”" in text(page)
    assert "pg-lately" not in pages(found, {"a.md": typo})["index.md"].text


def test_of_many_changed_at_once_each_says_what_and_the_commit_says_why() -> None:
    old = "---\nid: N-{n}\ntitle: Number {n}\n---\nYou must do it within 24 hours.\n"
    states = history(
        {
            f"n{n}.md": [
                (0, "2025-01-05", old.format(n=n)),
                (1, "2026-03-05", old.format(n=n).replace("24", "72")),
            ]
            for n in range(7)
        }
    )
    log = reviewed("N-0", "2026-03-06", old.format(n=0).replace("24", "72"))
    noted = {name: entry + 'note: "Of this one alone."\n' for name, entry in log.items()}
    files = {path: line[-1].text or "" for path, line in states.revisions.items()}
    made = pages(subject(states, 1, "docs: Three days everywhere"), {**files, **noted, **ROLES})
    shown = text(made["changes/2026.md"])
    assert "7 documents changed at once “Three days everywhere”" in shown.replace("Why: ", "")
    assert "Of this one alone" not in shown
    assert (
        shown.count(
            "It now says “You must do it within 72 hours” where it said “You must do it within 24 hours”."
        )
        == 7
    )
    assert "Word by word : Number 3" in shown
    # The head of a document leads to what was done to it, and not to the others.
    links = [href for n in range(7) for href in seen(made[f"policies/n{n}.md"].text).values("href")]
    anchors = {href.partition("#")[2] for href in links if "#change-" in href}
    assert len(anchors) == 7
    assert anchors <= set(seen(made["changes/2026.md"].text).values("id"))
    assert "Three days everywhere" in text(made["index.md"])


def test_the_front_door_shows_the_last_three_that_matter() -> None:
    shown = text(pages(usual())["index.md"])
    assert "What changed lately Changed 5 March 2026 Incidents It now says" in shown
    assert "New 20 December 2025 Other" in shown


def test_a_change_that_applies_later_stands_above_all_until_it_does() -> None:
    later = SECOND.replace("---\n# I", "effective: 2027-03-01\n---\n# I")
    found = history({"a.md": [(0, "2025-01-05", FIRST), (1, "2026-11-05", later)]})
    shown = text(pages(found, {"a.md": later})[INDEX])
    assert "Coming From 1 March 2027 : Incidents" in shown
    assert "It applies from 1 March 2027." in shown
    past = later.replace("2027-03-01", "2026-11-06")
    found = history({"a.md": [(0, "2025-01-05", FIRST), (1, "2026-11-05", past)]})
    shown = text(pages(found, {"a.md": past})[INDEX])
    assert "Coming" not in shown
    assert "It applies from 6 November 2026." in shown


def test_a_retired_document_names_what_replaces_it_now() -> None:
    old = OTHER.replace("---\nText", "status: retired\nreplaced_by: C-1\n---\nText")
    middle = "---\nid: C-1\ntitle: Middle\nstatus: retired\nreplaced_by: A-1\n---\nText.\n"
    found = history({"b.md": [(0, "2025-01-05", OTHER), (1, "2026-03-05", old)]})
    made = pages(found, {"a.md": FIRST, "b.md": old, "c.md": middle})
    assert (
        "Retired 5 March B-1 Other It no longer applies, and is kept for the record. Use Incidents instead."
        in text(made[INDEX])
    )
    assert "Use Incidents instead." in text(made["policies/b.md"])


def test_a_removed_document_is_named_without_a_link() -> None:
    found = history({"a.md": [(0, "2025-01-05", FIRST)], "b.md": [(1, "2025-02-05", OTHER)]})
    gone = Revision("policies/b.md", commit(2, "2026-03-05"), None, deleted=True)
    found = replace(found, revisions={**found.revisions, "policies/b.md": (*found.of("policies/b.md"), gone)})
    page = pages(found, {"a.md": FIRST})[INDEX]
    assert "Removed 5 March B-1 Other It was taken out of the handbook, and no longer applies." in text(page)
    assert ">Other</a>" not in page.text


@pytest.mark.parametrize(
    ("keeping", "words"),
    [
        (Keeping.NO_GIT, "Git could not be run"),
        (Keeping.NO_REPOSITORY, "does not lie in a git repository"),
        (Keeping.NO_COMMITS, "no commit yet"),
    ],
)
def test_without_a_history_the_page_says_so(keeping: Keeping, words: str) -> None:
    made = pages(History(keeping), {"a.md": FIRST})
    shown = text(made[INDEX])
    assert words in shown
    assert "What changed before is not known here." in shown
    assert "feed" not in shown
    assert not any(uri.startswith("changes/2") for uri in made)


def test_a_shallow_clone_knows_of_no_beginning() -> None:
    shown = text(pages(replace(usual(), keeping=Keeping.SHALLOW))[INDEX])
    assert "shallow clone" in shown
    assert "What is known here begins with 1 document" in shown


def test_names_and_messages_are_text_on_the_page_and_nothing_else() -> None:
    first = FIRST.replace("title: Incidents", f"title: {EVIL.replace(chr(27), '')!r}")
    second = first.replace("24", "72 <img src=x onerror=alert(2)>")
    found = subject(
        history({"a.md": [(0, "2025-01-05", first), (1, "2026-03-05", second)]}), 1, EVIL, author=EVIL
    )
    made = pages(found, {"a.md": second})
    for uri in (INDEX, "changes/2026.md", "index.md", "policies/a.md"):
        body = made[uri].text.split("\n---\n", 1)[1]
        html = markdown.markdown(body, extensions=["attr_list", "tables"])
        page = seen(html)
        assert not page.wrong
        assert not {"script", "img"} & page.names()
        assert not [href for href in page.values("href") if href.startswith("javascript:")]
        assert "\x1b" not in html
        assert "{{" not in html
    assert "<script>alert(1)</script>" in text(made[INDEX])


def test_a_year_that_is_too_much_for_a_page_has_pages_by_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_places, "PAGE_WEIGHT", 3_000)
    states = [
        (n, f"2026-{1 + n // 4:02}-{1 + n % 4:02}", FIRST.replace("24", str(100 + n))) for n in range(12)
    ]
    made = pages(history({"a.md": states}), {"a.md": states[-1][2]})
    months = sorted(uri for uri in made if uri.startswith("changes/2026-"))
    assert "changes/2026-01.md" in months
    assert "changes/2026-02-2.md" in months
    listed = seen(made["changes/2026.md"].text).values("href")
    assert len(listed) == len(months) + 1
    anchors = [a for uri in months for a in seen(made[uri].text).values("id") if a.startswith("change-")]
    assert len(anchors) == len(set(anchors)) == 11


def test_no_page_grows_beyond_bounds() -> None:
    words = "must may never 5 7 days week "
    states = [
        (n, f"2026-03-{1 + n % 28:02}", FIRST + "\n\n".join(f"{words * 40} {n * m}" for m in range(40)))
        for n in range(60)
    ]
    made = pages(history({"a.md": states}), {"a.md": states[-1][2]})
    sizes = {uri: len(page.text) for uri, page in made.items() if uri.startswith("changes/")}
    assert max(sizes.values()) < 1_000_000
    assert len(sizes) > 3


def test_pages_of_a_past_day_mark_nothing() -> None:
    found = replace(usual(), moment=Moment(dt.date(2026, 4, 1), "0" * 40, "main"))
    made = pages(found)
    assert "data-pg-changed" not in made["policies/a.md"].text
    assert not any('data-pg-mark="' in page.text.replace('data-pg-mark=""', "") for page in made.values())
    assert "data-pg-looked" not in made[INDEX].text


def test_uncommitted_work_is_announced_and_not_told() -> None:
    found = replace(usual(), uncommitted=frozenset({"policies/a.md"}))
    shown = text(pages(found, {"a.md": SECOND.replace("72", "99"), "b.md": OTHER})[INDEX])
    assert "1 document has changes that are not committed yet." in shown
    assert "99" not in shown


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "Staff must ask.",
            "Staff must not ask.",
            ["It now says “Staff must not ask” where it said “Staff must ask”."],
        ),
        ("Keep it. Then delete it.", "Keep it.", ["Gone: “Then delete it.”"]),
        ("Keep it.", "Keep it.\n\n- Ask [[A-2|them]] first.", ["New: “Ask them first.”"]),
        (
            "| High | 24 hours |",
            "| High | 4 hours |",
            ["It now says “High · 4 hours” where it said “High · 24 hours”."],
        ),
        ("See [it](https://a.example/x).", "See [it](https://a.example/y).", ["A link leads elsewhere."]),
        (
            "See the list of tools that we use.",
            "See [the list](../list.md) of tools that we use.",
            ["A link is new."],
        ),
        (
            "See [the list](../list.md) of tools that we use.",
            "See the list of tools that we use.",
            ["A link is gone."],
        ),
        ("# One\n\nText.", "# Two\n\nText.", ["It is reworded in one place."]),
        ("a 1. b 2. c 3. d 4. e 5.", "a 6. b 7. c 8. d 9. e 0.", None),
        ("Same.", "Same.", []),
    ],
)
def test_differences_in_sentences(old: str, new: str, told: list[str] | None) -> None:
    found = _text_words(redline(f"{old}\n", f"{new}\n"))
    if told is None:
        assert len(found) <= 4
    else:
        assert found == told
