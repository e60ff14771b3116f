"""What the finder is told: names, words and addresses, of every document and of nothing that a page does not show."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from publications import publication

from builders import REGISTERS, book
from policygraph.publishing.full_text import plain_words
from policygraph.publishing.publication import Publication

PLACES = "assets/policygraph/places.js"
AUDIT = "assets/policygraph/audit-places.js"

FILES = {
    "work/orders.md": "---\nid: B-03\ntitle: Taking orders\ntype: procedure\nsummary: How a cake is ordered.\n"
    "aliases: [Order book]\ntags: [shopping]\nformer_ids: [B-3]\n---\n# Taking orders\n\nWe take orders gladly.\n\n"
    "## By phone\n\nYou must repeat the marzipan.\n\n### At night\n\nNobody answers.\n\n#### Deep\n\nPistachio.\n",
    "work/mishaps.md": "---\nid: B-04\ntitle: Mishaps\nstatus: draft\n---\n# Mishaps\n\nSee [[B-03]]. Überfälle, café.\n",
    f"{REGISTERS}terms.yml": "terms:\n  - {term: Till, abbreviation: POS, aliases: [cash register], definition: A box.}\n",
}


def _data(made: Publication, uri: str) -> Any:
    text = next(asset.content for asset in made.assets if asset.uri == uri).decode()
    return json.loads(text.partition("=")[2].rstrip().removesuffix(";"))


def _words(made: Publication) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for asset in made.assets:
        if asset.uri.startswith("assets/policygraph/text/"):
            text = asset.content.decode().partition("]=")[2].rstrip().removesuffix(";")
            found |= json.loads(text)
    return found


def test_a_document_is_known_by_all_its_names() -> None:
    made = publication(book(FILES))
    documents = {entry[0]: entry for entry in _data(made, PLACES)["documents"]}
    (id, title, type, _, address, also, tags, former, _, summary, headings, note, cited) = documents["B-03"]
    assert (id, title, type) == ("B-03", "Taking orders", "procedure")
    assert (also, tags, former) == (["Order book"], ["shopping"], ["B-3"])
    assert address == "policies/work/orders/"
    assert summary == "How a cake is ordered."
    assert headings == [["By phone", "by-phone"], ["At night", "at-night"]]
    assert (note, cited) == ("", 1)
    assert documents["B-04"][-2] == "draft"


def test_words_lead_to_the_section_they_stand_in() -> None:
    words = _words(publication(book(FILES)))
    number = [entry[0] for entry in _data(publication(book(FILES)), PLACES)["documents"]].index("B-03")
    assert words["gladly"] == [number, 0, 1]
    assert words["marzipan"] == [number, 1, 1]
    # What stands below a heading that no result names counts to the one above it.
    assert words["pistachio"] == [number, 2, 1]
    assert "uberfalle" in words
    assert "cafe" in words


def test_a_translation_is_found_by_its_own_words() -> None:
    german = "---\ntitle: Bestellungen\nsummary: Wie bestellt wird.\n---\n# Bestellungen\n\n## Am Telefon\n\nDas Marzipan wiederholen.\n"
    made = publication(book({**FILES, "work/orders.de.md": german}))
    data, words = _data(made, PLACES), _words(made)
    titles = [entry[1] for entry in data["documents"]]
    entry = data["documents"][titles.index("Bestellungen")]
    assert entry[0] == ""
    assert entry[2] == "procedure (de)"
    assert entry[4] == "policies/work/orders.de/"
    assert entry[10] == [["Am Telefon", "am-telefon"]]
    assert words["wiederholen"] == [titles.index("Bestellungen"), 1, 1]
    # Both have the word; the original keeps its number, under which the audit pages know it.
    assert words["marzipan"] == [titles.index("Taking orders"), 1, 1, titles.index("Bestellungen"), 1, 1]
    assert len(_data(made, AUDIT)["sheets"]) == 2


def test_every_address_is_that_of_a_page() -> None:
    made = publication(book(FILES), directory_urls=False)
    urls = {
        (page.uri.removesuffix(".md") + ".html")
        .replace("README.html", "index.html")
        .replace("/index.html", "/index.html")
        for page in made.pages
    }
    data, audit = _data(made, PLACES), _data(made, AUDIT)
    addresses = [entry[4] for entry in data["documents"]]
    addresses += [entry[2] for entry in (*data["terms"], *data["pages"], *audit["clauses"], *audit["rules"])]
    addresses += [entry[1] for entry in audit["pages"]] + audit["sheets"] + [data["audit"]]
    assert {address.partition("#")[0] for address in addresses} <= urls


def test_the_audit_pages_are_a_file_of_their_own() -> None:
    made = publication(book(FILES))
    places = next(asset.content for asset in made.assets if asset.uri == PLACES).decode()
    assert "audit/documents/" not in places
    assert "audit/documents/" in next(asset.content for asset in made.assets if asset.uri == AUDIT).decode()


def test_pages_for_groups_and_of_changes_are_places() -> None:
    kinds = {entry[1] for entry in _data(publication(book(FILES)), PLACES)["pages"]}
    assert {"Area", "For you", "What changed", "Page"} <= kinds


def test_hostile_names_stay_data() -> None:
    hostile = '</script><script>alert(1)</script>"\\u2028'
    made = publication(
        book(
            {
                "a.md": f"---\ntitle: {json.dumps(hostile)}\naliases: [{json.dumps(hostile)}]\n---\n# A\n\n{hostile}\n"
            }
        )
    )
    for asset in made.assets:
        if asset.uri.startswith("assets/policygraph/") and asset.uri.endswith("places.js"):
            assert b"<" not in asset.content
            assert _data(made, asset.uri)
    # A word that every object has by birth is a word like any other.
    assert _words(publication(book({"a.md": "# A\n\nThe constructor of hasOwnProperty.\n"})))[
        "constructor"
    ] == [0, 0, 1]


def test_files_of_words_stay_small_and_none_is_split() -> None:
    files = {
        f"d{n}.md": f"# D{n}\n\n" + " ".join(f"w{(n * 37 + i * 11) % 9000}x" for i in range(300))
        for n in range(60)
    }
    made = publication(book(files))
    pieces = [asset for asset in made.assets if asset.uri.startswith("assets/policygraph/text/")]
    assert len(pieces) > 2
    assert max(len(asset.content) for asset in pieces) < 80_000
    begins = _data(made, PLACES)["text"]
    assert begins == sorted(begins)
    assert len(begins) == len(pieces)


@given(st.text())
def test_words_are_plain(text: str) -> None:
    for word in plain_words(text):
        assert word == word.lower()
        assert re.fullmatch(r"\w+", word)


def test_the_front_door_lists_areas_and_no_documents() -> None:
    files = {f"policies/area-{n}/d{m}.md": f"# Document {n} {m}\n" for n in range(40) for m in range(3)}
    pages = {page.uri: page.text for page in publication(book(files)).pages}
    home = pages["index.md"]
    assert home.count("3 documents") == 40
    assert "Document 1 1" not in home
    assert "pg-rooms-list--many" in home
    assert "All 120 documents" in home


def test_an_example_of_an_id_is_one_that_people_would_type() -> None:
    def hint(files: dict[str, str]) -> str:
        pages = {page.uri: page.text for page in publication(book(files)).pages}
        found = re.search(r'pg-find-hint"[^>]*>([^<]*)<', pages["index.md"])
        assert found
        return found[1]

    assert hint({"remote-work.md": "# Remote work\n"}) == "A title, a word."
    assert "such as HR-7" in hint({"a.md": "---\nid: HR-7\ntitle: Leave\n---\n# Leave\n"})
