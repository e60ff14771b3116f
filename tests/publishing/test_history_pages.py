"""History pages of a small handbook whose history is made by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import markdown
import pytest
from publications import publication, seen

from builders import book
from histories import commit, history
from policygraph.model.history import History, Keeping, Landing, Revision
from policygraph.publishing import document_history, history_data, history_pages
from policygraph.publishing.publication import Page, Publication

FRONT = "---\nid: A-1\ntitle: Incidents\nowner: {owner}\n---\n"
FIRST = FRONT.format(owner="risk-manager") + "# Incidents\n\nYou must report within 24 hours.\n"
TYPO = FIRST.replace("report", "reprot")
SECOND = FIRST.replace("must", "may").replace("24", "72").replace("risk-manager", "head-of-data")
OTHER = "---\nid: B-1\ntitle: Other\n---\nText.\n"
PAGE = "audit/history/a.md"
INDEX = "audit/history/index.md"
EVIL = "<script>alert(1)</script> [x](javascript:alert(1)) {{ y }} `z` | \x1b[31m"


def made(found: History, files: dict[str, str] | None = None) -> Publication:
    """Publish a handbook with a history."""
    return publication(book(files or {"a.md": SECOND, "b.md": OTHER}, history=found))


def pages(found: History, files: dict[str, str] | None = None) -> dict[str, Page]:
    """Its pages by uri."""
    return {page.uri: page for page in made(found, files).pages}


def text(page: Page) -> str:
    """What a reader sees of a page."""
    body = page.text.split("\n---\n", 1)[1]
    return seen(markdown.markdown(body, extensions=["attr_list", "tables"])).text


def usual() -> History:
    """Three states of one document and one of another."""
    return history(
        {
            "a.md": [
                (0, "2026-01-05", FIRST),
                (1, "2026-02-05", TYPO, "Bob"),
                (3, "2026-03-05", SECOND, "Cleo"),
            ],
            "b.md": [(2, "2026-02-20", OTHER)],
        }
    )


def with_revision(found: History, at: int, **changes: object) -> History:
    """A history with one state of the document changed."""
    states = list(found.of("policies/a.md"))
    states[at] = replace(states[at], **changes)  # type: ignore[arg-type]
    return replace(found, revisions={**found.revisions, "policies/a.md": tuple(states)})


def with_commit(found: History, at: int, **changes: object) -> History:
    """A history with the commit of one state changed."""
    commit = replace(found.of("policies/a.md")[at].commit, **changes)  # type: ignore[arg-type]
    return with_revision(found, at, commit=commit)


def test_each_version_stands_with_who_when_and_what_kind_of_change_the_newest_first() -> None:
    shown = text(pages(usual())[PAGE])
    newest, typo, first = (
        shown.index("5 March 2026, 12:00 UTC"),
        shown.index("5 February 2026, 12:00 UTC"),
        shown.index("5 January 2026, 12:00 UTC"),
    )
    assert newest < typo < first
    for words in ("Cleo", "substance", "“24” became “72”", "owner: risk-manager became head-of-data"):
        assert words in shown[newest:typo]
    assert "removed: 24 . added: 72" in shown[newest:typo]
    for words in ("Bob", "editorial", "spelling: “report” became “reprot”"):
        assert words in shown[typo:first]
    assert "first version" in shown[first:]


def test_a_document_with_one_version_has_no_page_and_its_sheet_says_so() -> None:
    found = pages(usual())
    assert "audit/history/b.md" not in found
    sheet = text(found["audit/documents/b.md"])
    assert "20 February 2026, 12:00 UTC" in sheet
    assert "first version" in sheet
    assert "versions, with what changed in each" not in sheet


def test_a_sheet_shows_the_last_three_versions_and_leads_to_all() -> None:
    states = [(n, f"2026-01-{n + 1:02}", FIRST.replace("24", str(24 + n))) for n in range(6)]
    page = pages(history({"a.md": states}))["audit/documents/a.md"]
    block = page.text[page.text.index('id="pg-history"') :]
    assert block.count("<time") == 3
    assert "All 6 versions" in block
    assert 'href="../../history/a/"' in block


@pytest.mark.parametrize(
    ("landing", "bot", "shown"),
    [
        (Landing.SQUASH, False, "squash merge"),
        (Landing.MERGE, False, "merge"),
        (Landing.ORDINARY, True, "bot"),
    ],
)
def test_merges_and_bots_are_shown_as_what_they_are(landing: Landing, bot: bool, shown: str) -> None:
    found = with_commit(
        usual(),
        2,
        landing=landing,
        bot=bot,
        authors=("Cleo", "Dana", "Eve"),
        committer="GitHub",
        pull_request="#12",
    )
    page = pages(found)[PAGE]
    assert f'<span class="pg-mark">{shown}</span>' in page.text
    assert "Cleo, with Dana, Eve · committed by GitHub" in text(page)
    assert "#12" in text(page)


def test_a_rename_alone_is_a_move_without_a_redline() -> None:
    found = history({"a.md": [(0, "2026-01-05", SECOND), (1, "2026-02-05", SECOND)]})
    page = pages(with_revision(found, 1, renamed_from="policies/old.md"))[PAGE]
    assert "renamed from policies/old.md" in text(page)
    assert "moved" in text(page)
    assert "<details" not in page.text


def test_a_deletion_and_a_return_are_shown() -> None:
    gone = with_revision(usual(), 1, text=None, deleted=True)
    shown = text(pages(gone)[PAGE])
    assert "brought back" in shown
    assert "removed" in shown


def test_what_is_no_text_is_said_and_its_neighbours_are_not_compared() -> None:
    shown = text(pages(with_revision(usual(), 1, text=None))[PAGE])
    assert "not readable as text" in shown
    assert "the text before it cannot be read" in shown


def test_changes_that_git_does_not_know_are_said_everywhere() -> None:
    found = pages(replace(usual(), uncommitted=frozenset({"policies/a.md"})))
    assert "changed since the last commit" in text(found[PAGE])
    assert "changed since the last commit" in text(found["audit/documents/a.md"])
    assert "not committed" in text(found[INDEX])


@pytest.mark.parametrize(
    ("keeping", "words"),
    [
        (Keeping.SHALLOW, "built from a shallow clone"),
        (Keeping.NO_GIT, "Git could not be run"),
        (Keeping.NO_REPOSITORY, "does not lie in a git repository"),
        (Keeping.NO_COMMITS, "has no commit yet"),
        (Keeping.UNREADABLE, "Git gave no answer that could be read"),
    ],
)
def test_what_could_not_be_read_is_said_on_every_page_that_would_show_it(
    keeping: Keeping, words: str
) -> None:
    kept = usual() if keeping is Keeping.SHALLOW else History()
    found = pages(replace(kept, keeping=keeping, note="because <b>so</b>"))
    assert words in text(found[INDEX])
    assert words in text(found["audit/documents/a.md"])
    assert "because <b>so</b>" in text(found[INDEX])
    if keeping is Keeping.SHALLOW:
        assert words in text(found[PAGE])
        assert "oldest known here" in text(found[PAGE])
    else:
        assert PAGE not in found


def test_another_branch_than_the_published_one_is_named() -> None:
    shown = text(pages(replace(usual(), branch="main", instead="feature"))[INDEX])
    assert "The published branch (main) could not be read; this is the history of feature." in shown


def test_the_page_of_all_says_that_a_commit_is_no_approval_and_lists_what_changed_lately() -> None:
    shown = text(pages(usual())[INDEX])
    assert "a commit is not an approval" in shown
    lately = shown[
        shown.index("Changed lately") : shown.index("Versions of") if "Versions of" in shown else None
    ]
    assert lately.index("5 March 2026") < lately.index("20 February 2026") < lately.index("5 February 2026")
    assert "2 rows" not in shown


def test_removed_documents_are_listed() -> None:
    found = usual()
    gone = (Revision("policies/old.md", commit(4, "2026-04-01", "Dana"), None, deleted=True),)
    before = Revision("policies/old.md", commit(0, "2026-01-05"), OTHER)
    found = replace(found, revisions={**found.revisions, "policies/old.md": (before, *gone)})
    shown = text(pages(found)[INDEX])
    assert "policies/old.md" in shown[shown.index("Removed") :]
    assert "Dana" in shown


def test_many_removed_documents_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_pages, "MOST_ROWS", 2)
    found = usual()
    removed = {
        f"policies/{name}": (
            Revision(f"policies/{name}", commit(0, "2026-01-05"), OTHER),
            Revision(f"policies/{name}", commit(at, "2026-04-01", "Dana"), None, deleted=True),
        )
        for at, name in enumerate(("first.md", "second.md", "third.markdown"), start=4)
    }
    shown = text(pages(replace(found, revisions={**found.revisions, **removed}))[INDEX])
    listed = shown[shown.index("Removed") :]
    assert "third.markdown" in listed
    assert "first.md" not in listed
    assert "One more was removed before these" in listed


def test_a_document_called_index_does_not_take_the_place_of_the_page_of_all() -> None:
    files = {"index.md": SECOND, "index-document.md": OTHER}
    found = history(
        {
            "index.md": [(0, "2026-01-05", FIRST), (1, "2026-02-05", SECOND)],
            "index-document.md": [(0, "2026-01-05", FIRST), (1, "2026-02-05", OTHER)],
        }
    )
    uris = [page.uri for page in made(found, files).pages if page.uri.startswith("audit/history/")]
    assert len(uris) == len(set(uris)) == 3


def test_nothing_that_git_says_becomes_markup() -> None:
    found = with_commit(
        usual(),
        2,
        subject=EVIL,
        author=EVIL,
        committer="<i>" + EVIL,
        authors=(EVIL, "<u>"),
        pull_request=EVIL + "1",
    )
    found = with_revision(found, 2, renamed_from=EVIL)
    publication = made(found)
    for page in publication.pages:
        if not page.uri.startswith(("audit/history/", "audit/documents/")):
            continue
        body = page.text.split("\n---\n", 1)[1]
        html = seen(markdown.markdown(body, extensions=["attr_list", "tables"]))
        assert html.wrong == html.stack == []
        assert not {"u", "i"} & html.names()
        assert all(
            (src or "").startswith("../")
            for tag, at in html.tags
            if tag == "script"
            for src in [at.get("src")]
        )
        assert not [href for href in html.values("href") if href.lower().startswith("javascript")]
        assert "{{" not in body
        assert "\x1b" not in body
    (data,) = (asset for asset in publication.assets if asset.uri == "audit/history/a.js")
    assert b"<script" not in data.content


def test_versions_are_shipped_as_a_script_that_names_each_paragraph_once() -> None:
    (data,) = (asset for asset in made(usual()).assets if asset.uri == "audit/history/a.js")
    prefix = b"window.policygraphVersions="
    assert data.content.startswith(prefix)
    value = json.loads(data.content.removeprefix(prefix).rstrip(b";\n"))
    assert [version["when"] for version in value["versions"]] == [
        "5 March 2026, 12:00",
        "5 February 2026, 12:00",
        "5 January 2026, 12:00",
    ]
    newest = value["versions"][0]
    assert [value["paragraphs"][n] for n in newest["body"]] == [
        ["heading", "Incidents"],
        ["text", "You may report within 72 hours."],
    ]
    assert ["owner", ["head-of-data"]] in newest["fields"]
    assert len(value["paragraphs"]) == 4


def test_a_long_history_goes_on_on_further_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_history, "PAGE_SIZE", 20_000)
    monkeypatch.setattr(document_history, "MOST_REDLINES", 5)

    def version(n: int) -> str:
        lines = (f"Line {line} of version {n} says what must be done." for line in range(40))
        return FRONT.format(owner="me") + "\n\n".join(lines)

    states = [(n, f"2025-01-{n + 1:02}", version(n)) for n in range(12)]
    own = [page for page in made(history({"a.md": states})).pages if page.uri.startswith("audit/history/a")]
    assert len(own) > 1
    assert all(len(page.text) < 40_000 for page in own)
    assert sum(page.text.count('class="pg-revision"') for page in own) == 12
    assert sum(page.text.count("<details") for page in own) == 5
    assert "No redline is kept ready for a version as old as this" in own[-1].text
    assert 'href="part-2/"' in own[0].text
    assert "the newest versions" in text(own[1])


def test_no_page_is_too_large_where_huge_texts_are_rewritten() -> None:
    def version(n: int) -> str:
        return FRONT.format(owner="me") + "\n\n".join(
            f"Zeile {n + i} ändert sich ü{n}" * 20 for i in range(700)
        )

    states = [(n, f"2025-01-{n + 1:02}", version(1000 * n)) for n in range(4)]
    publication = made(history({"a.md": states}))
    own = [page for page in publication.pages if page.uri.startswith("audit/history/")]
    assert all(len(page.text.encode()) < 900_000 for page in own)


def test_what_is_too_old_to_be_compared_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_data, "MOST_VERSIONS", 2)
    assert "The newest 2 of 3 versions can be compared with one another" in text(pages(usual())[PAGE])


def test_the_same_history_gives_the_same_pages() -> None:
    assert made(usual()) == made(usual())
