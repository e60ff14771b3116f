"""The pages of what is expected of whom: whole, safe, never too long, and each sentence once."""

from __future__ import annotations

import json
import re

from publications import publication, published, seen

from builders import book
from policygraph.publishing.publication import Page, Publication

ORGANISATION = """\
roles:
  boss: {title: Boss, holders: [Ada Byron], purpose: Decides.}
  idle: {title: Idle, holders: []}
audiences:
  everyone: {title: Everyone}
  bakers: {title: Bakers, description: Whoever bakes.}
  sellers: {title: Sellers}
"""
FILES = {
    "registers/organisation.yml": ORGANISATION,
    "policies/all.md": "---\ntitle: For all\n---\n# For all\n\nYou must be [kind](bake.md). You may leave.\n",
    "policies/bake.md": "---\ntitle: Baking\napplies_to: [bakers, sellers]\n---\n# Baking\n\n## Ovens\n\n"
    "You must look at the oven every hour. You must never sleep. The boss must count within two days. "
    "You must\n\n- sweep;\n- lock.\n",
}


def _files(**others: str) -> dict[str, str]:
    return {
        name if name.startswith("policies/") else f"policies/{name}": t
        for name, t in {**FILES, **others}.items()
    }


def _sentences(page: Page) -> list[str]:
    return re.findall(r'class="pg-duty-words">(.*?)</p>', page.text)


def test_a_group_s_page_separates_what_is_for_you_from_what_is_for_everyone() -> None:
    text = published(_files())["for/bakers.md"].text
    own, _, common = text.partition("## For everyone")
    assert "## For you" in own
    assert own.index("### You must\n") < own.index("### You must never")
    assert "Whoever bakes." in own
    assert "You must look at the oven every hour." in own
    assert '<span class="pg-duty-when">every hour</span>' in own
    assert "<li>sweep;</li>" in own
    assert "You must be kind." in common
    assert "The boss must count" not in text
    assert "<summary>You may (1)</summary>" in common
    assert "In this order: what always holds" in own
    assert seen(own).text.count("2 to do") == 0
    assert "<strong>3</strong> to do" in own
    assert "<strong>1</strong> never to do" in own


def test_what_is_asked_of_those_whom_no_register_knows_is_set_apart_and_not_counted() -> None:
    files = _files(
        **{
            "policies/<b>.md": "---\ntitle: Buying\n---\n# Buying\n\nYou must ask. Suppliers must pay <script>. "
            "The release owner must look. The buyer must compare. Customers may leave.\n"
        }
    )
    text = published(files)["for/everyone.md"].text
    assert "<strong>2</strong> to do" in text
    assert "<summary>If you are meant: Buyer, Release owner (2)</summary>" in text
    assert "<summary>Asked of others: Customers, Suppliers (2)</summary>" in text
    mine, _, others = text.partition("<summary>If you are meant")
    assert "Suppliers must" not in mine
    assert "The release owner must look." in others
    assert "<script" not in others
    made = publication(book(files))
    data = {asset.uri: asset.content for asset in made.assets}["for/statements/everyone.js"]
    told = json.loads(data.decode().partition("]=")[2].rstrip(";\n"))
    assert [(one[11], one[12]) for one in told["others"]] == [
        ("Suppliers", 1),
        ("Release owner", 0),
        ("Buyer", 0),
        ("Customers", 1),
    ]


def test_a_name_that_no_register_knows_is_in_the_language_of_its_sentences() -> None:
    front = "title: Einkauf\nlang: de\n"
    files = _files(**{"policies/e.md": f"---\n{front}---\n# Einkauf\n\nLieferanten müssen uns melden.\n"})
    text = published(files)["for/everyone.md"].text
    assert re.search(r'<p class="pg-pace-name" id="[^"]*" lang="de">Lieferanten</p>', text)
    assert '<summary>Asked of others: <span lang="de">Lieferanten</span> (1)</summary>' in text
    data = {asset.uri: asset.content for asset in publication(book(files)).assets}[
        "for/statements/everyone.js"
    ]
    (other,) = json.loads(data.decode().partition("]=")[2].rstrip(";\n"))["others"]
    assert other[11:] == ["Lieferanten", 1, "de"]


def test_very_many_others_are_counted_where_they_find_no_room() -> None:
    many = "\n\n".join(f"The release owner must tick box {n}." for n in range(130))
    files = _files(**{"policies/many.md": f"---\ntitle: Many\n---\n# Many\n\n{many}\n"})
    text = published(files)["for/everyone.md"].text
    assert "<summary>If you are meant: Release owner (130)</summary>" in text
    assert "And 30 more, in the documents." in text


def test_a_duty_leads_to_its_sentence_and_names_its_heading() -> None:
    pages = published(_files())
    links = dict(re.findall(r'<a href="([^"]*#[^"]*)">([^<]*)</a>', pages["for/bakers.md"].text))
    anchors = [href.rpartition("#")[2] for href, title in links.items() if title == "Baking"]
    assert anchors
    assert all(f'id="{anchor}"' in pages["policies/bake.md"].text for anchor in anchors)
    assert '<span class="pg-duty-under">Ovens</span>' in pages["for/bakers.md"].text


def test_a_role_s_page_holds_only_what_names_it() -> None:
    pages = published(_files())
    page = pages["for/roles/boss.md"]
    assert _sentences(page) == ["The boss must count within two days."]
    assert "Held by Ada Byron." in page.text
    assert "What everyone must do holds for you too" in page.text
    empty = seen(pages["for/roles/idle.md"].text).text
    assert "No sentence of the handbook names this role." in empty
    assert "Nobody holds this role at present." in empty


def test_newcomers_are_told_what_to_read_and_how_long_it_takes() -> None:
    text = published(_files())["for/bakers.md"].text
    assert "New here? 2 documents to read, 2 min" in text


def test_the_home_page_the_navigation_and_the_documents_lead_here() -> None:
    made = publication(book(_files()))
    pages = {page.uri: page.text for page in made.pages}
    assert '<a href="for/">What is expected of me</a>' in pages["index.md"]
    assert "for/index.md" in {item.uri for item in made.nav}
    assert '<a href="../../for/bakers/">Bakers</a>' in pages["policies/bake.md"]
    assert '<a href="../../for/sellers/">sellers</a>' in pages["policies/bake.md"]
    assert '<a href="../../for/everyone/">Everyone</a>' in pages["policies/all.md"]


def test_names_that_would_take_a_page_s_place_give_way() -> None:
    audiences = ["index", "roles", "statements", "A b", "a-b", "../x", "<script>"]
    text = json.dumps(audiences)
    made = publication(
        book(_files(**{"odd.md": f"---\ntitle: Odd\napplies_to: {text}\n---\n# Odd\n\nYou must go.\n"}))
    )
    uris = [page.uri for page in made.pages] + [asset.uri for asset in made.assets]
    assert len(uris) == len(set(uris))
    assert not [uri for uri in uris if ".." in uri or "<" in uri]
    pages = {page.uri: page for page in made.pages}
    for uri in ("for/index-2.md", "for/roles-2.md", "for/statements-2.md"):
        assert "You must go." in pages[uri].text
    assert "<script>" not in "".join(page.text for uri, page in pages.items() if uri.startswith("for/"))


def test_what_is_typed_stays_text() -> None:
    evil = "</script><img src=x onerror=alert(1)> {{ y }}"
    made = publication(
        book(
            _files(
                **{
                    "evil.md": f"---\ntitle: {json.dumps(evil)}\n---\n# Evil\n\nYou must `{evil}` go.\n\n"
                    "| Who | What |\n|---|---|\n| boss | must <b>x</b> `{{ z }}` |\n",
                    "registers/organisation.yml": f"roles:\n  boss: {{title: Boss, purpose: {json.dumps(evil)}}}\n"
                    f"audiences:\n  a: {{title: {json.dumps(evil)}}}\n",
                }
            )
        )
    )
    for page in made.pages:
        if page.uri.startswith("for/"):
            body = page.text.split("\n---\n", 1)[1]
            assert "onerror" not in " ".join(name for _, found in seen(body).tags for name in found)
            assert "{{" not in body
            assert seen(body).wrong == seen(body).stack == []
    for asset in made.assets:
        if asset.uri.startswith("for/"):
            assert b"<" not in asset.content
            assert b"\n" not in asset.content.rstrip(b"\n")


def _large(count: int, front: str = "") -> Publication:
    files = {
        f"policies/d{n}.md": f"---\ntitle: Document {n}\n{front}\n---\n# D\n\nYou must do number {n}. Never skip {n}.\n"
        for n in range(count)
    }
    return publication(book(files))


def test_no_page_grows_with_the_handbook_and_none_repeats_it() -> None:
    made = _large(400, "applies_to: [bakers]")
    pages = {page.uri: page for page in made.pages if page.uri.startswith("for/bakers")}
    assert list(pages) == ["for/bakers.md", "for/bakers/2.md", "for/bakers/3.md"]
    assert sorted(s for page in pages.values() for s in _sentences(page)) == sorted(
        s for n in range(400) for s in (f"You must do number {n}.", f"Never skip {n}.")
    )
    assert max(len(page.text) for page in pages.values()) < 300_000
    data = {asset.uri: asset.content for asset in made.assets}["for/statements/bakers.js"]
    beginning = '(window.policygraphExpected??={})["bakers"]='
    told = json.loads(data.decode().removeprefix(beginning).removesuffix(";\n"))
    assert (len(told["duties"]), told["left_out"]) == (300, 500)


def test_what_everyone_must_do_is_linked_to_where_it_would_swell_every_page() -> None:
    files = _files(**{f"d{n}.md": f"# D{n}\n\nYou must do number {n}.\n" for n in range(200)})
    text = published(files)["for/bakers.md"].text
    assert "number 7" not in text
    assert 'holds for you too: <a href="../everyone/">202 statements' in text


def test_a_sentence_of_many_documents_stands_once() -> None:
    files = {f"policies/d{n}.md": f"---\ntitle: T{n}\n---\n# D\n\nYou must be kind.\n" for n in range(10)}
    page = published(files)["for/everyone.md"]
    assert _sentences(page) == ["You must be kind."]
    assert "and 6 more" in seen(page.text).text


def test_an_empty_handbook_expects_nothing() -> None:
    pages = published({})
    assert "The handbook asks nothing of everyone." in pages["for/everyone.md"].text
    assert "for/index.md" in pages


def test_a_draft_leaves_its_readers_unlinked_where_they_have_no_page() -> None:
    pages = published(
        {"a.md": "---\ntitle: A\nstatus: draft\napplies_to: [Ghosts]\n---\n# A\n\nYou must go.\n"}
    )
    assert "<dd>Ghosts</dd>" in pages["policies/a.md"].text
    assert "for/ghosts.md" not in pages
