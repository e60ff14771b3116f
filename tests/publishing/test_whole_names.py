"""Names that no line's end tears, and addresses that break where people would break them."""

from __future__ import annotations

from markupsafe import Markup
from publications import publication

from builders import book
from histories import history
from policygraph.publishing.whole_names import breakable, whole

NAME = '<span class="pg-whole">{}</span>'


def test_names_with_a_hyphen_stay_whole() -> None:
    assert whole("Say it in #ai-incidents <b>.") == f"Say it in {NAME.format('#ai-incidents')} &lt;b&gt;."
    assert whole("AI-06 and ISO-9001") == f"{NAME.format('AI-06')} and {NAME.format('ISO-9001')}"


def test_other_text_is_as_it_was() -> None:
    for text in (
        "well-known",
        "https://a.example/#ai-06",
        "# a-b",
        "#a-name-that-is-far-too-long",
        "3 < 4",
        "",
    ):
        assert whole(text) is text
    safe = Markup("<i>AI-06</i>")
    assert whole(safe) is safe


def test_an_address_breaks_behind_its_signs() -> None:
    assert breakable("https://a.example/b-c?d&e") == "https://a.<wbr>example/<wbr>b-<wbr>c?<wbr>d&amp;<wbr>e"
    assert breakable("the safe in room 3-12") == "the safe in room 3-12"


def test_what_changed_keeps_them_whole() -> None:
    old = "---\nid: A-1\ntitle: Incidents\n---\n# Incidents\n\nYou must tell the desk.\n"
    new = old.replace("the desk", "`#ai-incidents` as AI-06 says")
    found = history({"a.md": [(0, "2026-01-05", old), (1, "2026-02-05", new)]})
    pages = {page.uri: page.text for page in publication(book({"a.md": new}, history=found)).pages}
    told = "".join(text for uri, text in pages.items() if uri.startswith("changes/"))
    assert told.count(NAME.format("#ai-incidents")) > 1
    assert told.count(NAME.format("AI-06")) > 1
    assert NAME.format("AI-06") in pages["audit/history/a.md"]


def test_a_place_of_records_may_break() -> None:
    record = "records: [{what: Log, where: 'https://people.fernway.example/skills', every: 1 year}]"
    made = publication(book({"a.md": f"---\nid: A-1\ntitle: A\n{record}\n---\n# A\n\nText.\n"}))
    page = next(page.text for page in made.pages if page.uri == "audit/records/index.md")
    assert ">https://people.<wbr>fernway.<wbr>example/<wbr>skills</a>" in page
    assert 'href="https://people.fernway.example/skills"' in page
