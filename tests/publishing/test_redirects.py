"""Pages at old addresses."""

from __future__ import annotations

from dataclasses import replace

from publications import publication, seen

from builders import book
from histories import commit, history
from policygraph.model.history import History, Revision
from policygraph.publishing.publication import Asset

TEXT = "---\nid: {id}\ntitle: {title}\n{more}---\nText.\n"


def doc(id: str, title: str = "Incidents", more: str = "") -> str:
    return TEXT.format(id=id, title=title, more=more)


def line(*paths: str, text: str, start: int = 0) -> tuple[Revision, ...]:
    """A file that was at each of these paths, one after the other."""
    states = []
    for number, path in enumerate(paths):
        made = commit(start + number, f"2026-01-{1 + start + number:02}")
        before = f"policies/{paths[number - 1]}" if number else None
        states.append(Revision(f"policies/{path}", made, text, before))
    return tuple(states)


def redirects(
    files: dict[str, str],
    lines: dict[str, tuple[Revision, ...]],
    *,
    directory_urls: bool = True,
    settings: str = "",
) -> dict[str, str]:
    found = History(revisions={f"policies/{path}": states for path, states in lines.items()})
    made = publication(book(files, settings, history=found), directory_urls=directory_urls)
    return {asset.uri: _text(asset) for asset in made.redirects}


def _text(asset: Asset) -> str:
    return asset.content.decode()


def test_an_old_address_leads_to_where_the_document_is_now_in_one_step() -> None:
    text = doc("A-1")
    found = redirects({"policies/new/c.md": text}, {"new/c.md": line("a.md", "b.md", "new/c.md", text=text)})
    assert sorted(found) == [
        "audit/documents/a/index.html",
        "audit/documents/b/index.html",
        "policies/a/index.html",
        "policies/b/index.html",
    ]
    page = seen(found["policies/a/index.html"])
    assert not page.wrong
    assert page.values("href") == ["../new/c/", "../new/c/"]
    assert page.values("content")[-1] == "0; url=../new/c/"
    assert "It is now at Incidents (A-1)." in page.text.replace(" )", ")").replace(" (", " (")


def test_without_directory_urls_it_is_a_file_and_with_a_site_s_address_canonical() -> None:
    text = doc("A-1")
    found = redirects(
        {"b.md": text},
        {"b.md": line("a.md", "b.md", text=text)},
        directory_urls=False,
        settings="url: https://h.example/\n",
    )
    page = found["policies/a.html"]
    assert '<link rel="canonical" href="https://h.example/policies/b.html"' in page
    assert 'content="0; url=b.html"' in page


def test_no_living_page_is_taken_away() -> None:
    one, other = doc("A-1"), doc("B-1", "Other")
    found = redirects(
        {"b.md": one, "a.md": other},
        {"b.md": line("a.md", "b.md", text=one), "a.md": line("a.md", text=other, start=5)},
    )
    assert found == {}
    # Nor where a file system takes two names for one.
    assert redirects({"a.md": one}, {"a.md": line("A.md", "a.md", text=one)}) == {}


def test_of_two_that_were_there_the_last_one_is_meant() -> None:
    one, other = doc("A-1"), doc("B-1", "Other")
    found = redirects(
        {"b.md": one, "c.md": other},
        {"b.md": line("x.md", "b.md", text=one), "c.md": line("x.md", "c.md", text=other, start=5)},
    )
    assert "Other" in found["policies/x/index.html"]


def test_a_file_that_git_saw_go_leads_to_whoever_bears_its_id() -> None:
    old, new = doc("A-1"), doc("A-9", "Mishaps", "former_ids: [A-1]\n")
    gone = (
        *line("old.md", text=old),
        Revision("policies/old.md", commit(3, "2026-02-01"), None, deleted=True),
    )
    found = redirects({"new.md": new}, {"old.md": gone, "new.md": line("new.md", text=new, start=3)})
    assert "Mishaps" in found["policies/old/index.html"]


def test_a_document_whose_file_is_named_after_its_id_answers_under_former_ids() -> None:
    new = doc("A-9", "Mishaps", "former_ids: [A-1, 'Q 7/../..']\n")
    found = redirects({"policies/work/a-9.md": new}, {})
    assert "policies/work/a-1/index.html" in found
    assert all(".." not in uri for uri in found)
    # The file's name was never made of an id here.
    assert redirects({"policies/work/mishaps.md": new}, {}) == {}


def test_two_that_claim_one_former_id_get_nothing() -> None:
    old = doc("A-1")
    gone = (
        *line("old.md", text=old),
        Revision("policies/old.md", commit(3, "2026-02-01"), None, deleted=True),
    )
    files = {
        "b.md": doc("B-1", "B", "former_ids: [A-1]\n"),
        "c.md": doc("C-1", "C", "former_ids: [A-1]\n"),
    }
    assert redirects(files, {"old.md": gone}) == {}


def test_hostile_paths_and_titles_do_no_harm() -> None:
    text = doc("A-1", "'<script>alert(1)</script> \"quoted\" {{ x }}'")
    states = list(line("a.md", "b.md", text=text))
    for number, path in enumerate(
        (
            "policies/../../etc/x.md",
            "policies/a\\b.md",
            "policies/.git/x.md",
            "elsewhere/x.md",
            "policies/" + "y" * 300 + ".md",
        )
    ):
        states.insert(0, Revision(path, commit(20 + number, "2026-01-01"), text))
    found = redirects({"b.md": text}, {"b.md": tuple(states)})
    assert sorted(found) == ["audit/documents/a/index.html", "policies/a/index.html"]
    page = found["policies/a/index.html"]
    assert page.count("<script>") == 1
    assert "{{" not in page


def test_the_page_of_a_renamed_area_leads_to_where_all_of_it_is_now() -> None:
    one, two = doc("A-1"), doc("A-2", "Travel")
    found = redirects(
        {"policies/daily/a.md": one, "policies/daily/b.md": two},
        {
            "daily/a.md": line("work/a.md", "daily/a.md", text=one),
            "daily/b.md": line("work/b.md", "daily/b.md", text=two, start=2),
        },
    )
    assert 'url=../daily/"' in found["areas/work/index.html"]
    assert "It is now at <a" in found["areas/work/index.html"]


def test_an_area_that_was_split_or_still_is_one_leads_nowhere() -> None:
    one, two, three = doc("A-1"), doc("A-2", "Travel"), doc("A-3", "Stays")
    files = {"policies/daily/a.md": one, "policies/rare/b.md": two}
    lines = {
        "daily/a.md": line("work/a.md", "daily/a.md", text=one),
        "rare/b.md": line("work/b.md", "rare/b.md", text=two, start=2),
    }
    assert not any(uri.startswith("areas/") for uri in redirects(files, lines))
    files = {"policies/daily/a.md": one, "policies/work/c.md": three}
    assert not any(uri.startswith("areas/") for uri in redirects(files, {"daily/a.md": lines["daily/a.md"]}))


def test_redirects_are_in_neither_pages_nor_assets() -> None:
    text = doc("A-1")
    states = {"policies/b.md": line("a.md", "b.md", text=text)}
    made = publication(book({"b.md": text}, history=replace(history({}), revisions=states)))
    taken = {page.uri for page in made.pages} | {asset.uri for asset in made.assets}
    assert made.redirects
    assert not taken & {asset.uri for asset in made.redirects}
