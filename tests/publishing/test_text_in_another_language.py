"""What the catalogs and rules of the package say is English, as some documents are: on a German page it says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown import Markdown
from publications import publication

from builders import REGISTERS, TODAY, sources
from histories import history
from policygraph.judging.judge import judge
from policygraph.judging.rules import all_rules
from policygraph.model.history import History, Keeping
from policygraph.publishing.catalogues import words_in
from policygraph.publishing.index import index_of
from policygraph.publishing.print.volume import Press, handbook_volume
from policygraph.publishing.publication import Publication, SiteStyle
from policygraph.reading.catalogs import read_catalog, shipped
from policygraph.reading.registers.expectations import shipped_expectations
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.resolve import resolve
from policygraph.words import speaking

NOTE = "Git said that something is broken"
OWN_CLAUSE = "Brot backen"
OWN_REASON = "Weil Brot gebacken wird."
TITLE = "Rules for everybody who bakes"
SUMMARY = "What everybody does before work."
SENTENCE = "Whoever bakes must wash their hands every day."
FILES = {
    "a.md": "---\nid: A-1\ntitle: Risiken\nsatisfies: ['iso-42001:6.1.2', 'nist-csf:GV.OC-01']\n---\n# Risiken\n\n"
    "Wir kennen [[iso-42001:6.1.4]] und [[nirgends]].\n",
    "b.md": "---\nid: B-1\ntitle: Leitlinie\nsatisfies: ['iso-42001:5.2', 'brot:1']\n---\n# Leitlinie\n\nBrot ist gut.\n",
    "c.md": "---\nid: C-1\ntitle: Ziele\nsatisfies: ['iso-42001:6.2', 'eu-ai-act:Article 9']\n---\n# Ziele\n\nViel Brot.\n",
    "d.md": f"---\nid: D-1\ntitle: {TITLE}\nlang: en\nsummary: {SUMMARY}\nsatisfies: ['iso-42001:5.3']\n"
    "references: [{to: B-1, relation: depends on, because: They belong together.}]\n"
    f"records: [{{what: Log, every: 1 year}}]\n---\n# {TITLE}\n\n{SENTENCE} See [[C-1]].\n",
    f"{REGISTERS}applicability.yml": "iso-42001:\n  A.2.2: {applies: true, because: Ja, rests_on: ['iso-42001:5.2']}\n",
    f"{REGISTERS}expectations.yml": "expectations:\n  - {from: 'iso-42001:6.2', to: 'iso-42001:6.1.2', why: "
    f"{OWN_REASON}}}\n",
    f"{REGISTERS}external.yml": "external:\n  - {id: X-1, title: Die Norm, framework: iso-42001}\n",
}
OWN = f"catalog: {{id: brot, title: Brotkatalog}}\nitems:\n  - {{id: '1', title: {OWN_CLAUSE}}}\n"
SHIPPED = [shipped(name) for name in ("iso-42001", "nist-csf", "eu-ai-act")]
ENGLISH = {
    *(framework.title for framework in SHIPPED),
    *(framework.notes for framework in SHIPPED),
    *(c.title for f in SHIPPED for c in f.clauses.values() if c.title.count(" ")),
    *(expectation.because for expectation in shipped_expectations("iso-42001")),
    *(rule.name for rule in all_rules()),
    f"{NOTE}.",
    TITLE,
    SUMMARY,
    SENTENCE,
    f"{SENTENCE} See C-1.",
    "They belong together.",
} - {""}
VOID = frozenset({"br", "img", "input", "link", "meta", "hr"})


class Told(HTMLParser):
    """The texts of a page, and the titles of its elements, each with the language that they say they are in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._langs = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang = given.get("lang") or self._langs[-1]
        if title := given.get("title"):
            self.found.append((title, lang))
        if tag not in VOID:
            self._langs.append(lang)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._langs.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._langs.pop()

    def handle_data(self, data: str) -> None:
        # The table below a picture says the same as its labels.
        if self.lasttag not in ("text", "title"):
            self.found.append((" ".join(data.split()), self._langs[-1]))


def handbook(language: str) -> Handbook:
    history = History(Keeping.UNREADABLE, f"{NOTE}.")
    read = sources(FILES, f"language: {language}\nframeworks: [iso-42001, nist-csf, brot]\n", history=history)
    own, _ = read_catalog(OWN, "policies/brot.yml", {})
    assert own is not None
    return resolve(replace(read, frameworks={**read.frameworks, "brot": own}))


@pytest.fixture(scope="module")
def german() -> Publication:
    return publication(handbook("de"))


@pytest.fixture(scope="module")
def english() -> Publication:
    return publication(handbook("en"))


def told(made: Publication) -> Iterator[tuple[str, str, str]]:
    for page in made.pages:
        body = page.text.split("\n---\n", 1)[1]
        parser = Told()
        parser.feed(Markdown(extensions=["attr_list"]).convert(body))
        yield from ((page.uri, text, lang) for text, lang in parser.found)


def test_english_text_says_so_on_german_pages(german: Publication) -> None:
    seen = set()
    unmarked = []
    for uri, text, lang in told(german):
        if uri == "policies/d.md":
            continue  # what is in the text of a document is told by the Markdown extension
        for known in (text, re.sub(r"^[^\s:]+ ", "", text)):
            if known in ENGLISH:
                seen.add(known)
                if lang != "en":
                    unmarked.append((uri, text))
    assert not unmarked, "\n".join(f"{uri}: {text}" for uri, text in unmarked)
    assert f"{NOTE}." in seen
    assert "The risk assessment is aligned with the AI policy." in seen
    assert {shipped("iso-42001").title, shipped("eu-ai-act").title, "AI risk assessment"} <= seen
    assert {rule.name for rule in all_rules()} <= seen


def test_text_of_the_handbook_itself_is_no_other_language(german: Publication) -> None:
    found = [lang for _, text, lang in told(german) if OWN_CLAUSE in text or text == OWN_REASON]
    assert found
    assert set(found) == {""}


def test_english_pages_say_nothing_of_it(english: Publication) -> None:
    assert not [page.uri for page in english.pages if ' lang="en"' in page.text]


def test_no_mark_ends_up_in_an_attribute(german: Publication) -> None:
    assert not [page.uri for page in german.pages if re.search(r'="[^"<>]*<span|&lt;span', page.text)]


def test_paper_says_so_too() -> None:
    index = index_of(judge(handbook("de"), TODAY), SiteStyle("policies"))
    with speaking(words_in("de")):
        parser = Told()
        parser.feed(handbook_volume(Press(index, frozenset(), "0123456789ab")).html)
    found = [(text, lang) for text, lang in parser.found if text in ENGLISH]
    assert {lang for _, lang in found} == {"en"}
    assert {TITLE, "They belong together."} <= {text for text, _ in found}


def test_scripts_are_told_as_well(german: Publication, english: Publication) -> None:
    def asset(made: Publication, uri: str) -> str:
        return next(asset.content.decode() for asset in made.assets if asset.uri == uri)

    because = '"The risk assessment is aligned with the AI policy.":"en"'
    assert because in asset(german, "audit/why/data/a.md.js")
    assert because not in asset(english, "audit/why/data/a.md.js")
    assert OWN_REASON not in asset(german, "audit/why/data/c.md.js").partition('"tongues"')[2]
    places = asset(german, "assets/policygraph/audit-places.js")
    assert re.search(r'\["iso-42001:5\.2","AI policy","[^"]*","en"\]', places)
    assert re.search(rf'\["brot:1","{OWN_CLAUSE}","[^"]*"\]', places)
    assert ',"en"]' not in asset(english, "assets/policygraph/audit-places.js")


def test_the_data_of_the_finder_and_of_the_graph_tell_it(german: Publication, english: Publication) -> None:
    def data(made: Publication, uri: str) -> Any:
        content = next(asset.content.decode() for asset in made.assets if asset.uri == uri)
        return json.loads(content.partition("=")[2].rstrip(";\n"))

    def languages(made: Publication) -> dict[str, list[str]]:
        return {d[1]: d[13:] for d in data(made, "assets/policygraph/places.js")["documents"]}

    assert languages(german) == {TITLE: ["en"], "Risiken": [], "Leitlinie": [], "Ziele": []}
    assert not any(languages(english).values())
    nodes = data(german, "assets/policygraph/graph-data.js")["nodes"]
    assert {node["title"]: node.get("lang") for node in nodes if "lang" in node} == {TITLE: "en"}
    picture = next(asset.content.decode() for asset in german.assets if asset.uri == "graph.svg")
    assert re.findall(r'<a class="n [^>]* lang="en"><title>([^<]*)</title>', picture) == [f"D-1 {TITLE}"]


def test_a_translation_is_told_where_it_is_found() -> None:
    files = {
        "a.md": "---\nid: A-1\ntitle: Risiken\n---\n# Risiken\n\nBrot.\n",
        "a.nl.md": "---\nlang: nl\ntitle: Risico\ntranslation_of: A-1\n---\n# Risico\n\nBrood.\n",
    }
    made = publication(resolve(sources(files, "language: de\n")))
    places = next(a.content.decode() for a in made.assets if a.uri == "assets/policygraph/places.js")
    found = json.loads(places.partition("=")[2].rstrip(";\n"))["documents"]
    assert {document[1]: document[13:] for document in found} == {"Risiken": [], "Risico": ["nl"]}


def test_a_card_and_the_picture_beside_a_text_tell_it() -> None:
    files = {
        "a.md": "---\nid: A-1\ntitle: Risiken\n---\n# Risiken\n\nSiehe [[D-1]].\n",
        "d.md": f"---\nid: D-1\ntitle: {TITLE}\nlang: en\nsummary: {SUMMARY}\n---\n# {TITLE}\n\nSee [[A-1]].\n",
    }
    made = publication(resolve(sources(files, "language: de\n")))
    pages = {page.uri: page.text for page in made.pages}
    (card,) = re.findall(r'<a [^>]*data-pg-title="[^>]*>', pages["policies/a.md"])
    assert card.endswith(' lang="en">')
    (card,) = re.findall(r'<a [^>]*data-pg-title="[^>]*>', pages["policies/d.md"])
    assert "lang=" not in card
    for page in (pages["policies/a.md"], pages["policies/d.md"]):
        said = re.findall(r'<text [^>]*lang="en">([^<]*)</text>', page)
        assert said
        assert all(line.strip("…") in TITLE for line in said)


def test_a_redline_tells_it_of_the_text_and_not_of_what_is_ours() -> None:
    old = f"---\nid: D-1\ntitle: {TITLE}\nlang: en\nowner: baker\nsummary: Old.\n---\n# {TITLE}\n\nWash your hands.\n"
    new = old.replace("Old.", SUMMARY).replace("Wash", "Never wash").replace("baker", "chef")
    found = history({"d.md": [(0, "2026-01-05", old), (1, "2026-02-05", new)]})
    files = {"d.md": new}
    german, english = (
        {
            p.uri: p.text
            for p in publication(resolve(sources(files, f"language: {code}\n", history=found))).pages
        }
        for code in ("de", "en")
    )
    page = german["audit/history/d.md"]
    assert 'data-pg-lang="en"' in page
    redline = page.partition('<div class="pg-redline">')[2].partition("</div>\n</details>")[0]
    parser = Told()
    parser.feed(redline)
    languages = {text: lang for text, lang in parser.found if text}
    assert languages[SUMMARY] == "en"
    assert languages["Never wash"] == "en"
    assert languages["your hands."] == "en"
    assert languages["chef"] == ""
    assert languages["hinzugefügt:"] == ""
    assert any(' lang="en">Never wash<' in text for uri, text in german.items() if uri.startswith("changes/"))
    assert not [uri for uri, text in english.items() if 'lang="en"' in text]


def test_a_chosen_duty_is_told_as_well(german: Publication, english: Publication) -> None:
    for made, mark in ((german, ',"en"]'), (english, '"]')):
        everyone = next(a.content.decode() for a in made.assets if a.uri == "for/statements/everyone.js")
        source = everyone.partition(f'["{TITLE}"')[2].partition("]")[0] + "]"
        assert source.endswith(mark), source


def test_what_is_laid_over_a_shipped_catalog_is_in_its_own_language() -> None:
    over = (
        "catalog: {id: iso-42001, lang: de}\n"
        "items:\n  - {id: '5.2', title: KI-Leitlinie}\n  - {id: '5.3', documented_information: true}\n"
    )
    found, problems = read_catalog(over, "own.yml", {"iso-42001": shipped("iso-42001")})
    assert found is not None
    assert not problems
    assert (found.clauses["5.2"].lang, found.clauses["5.3"].lang, found.lang) == ("de", "en", "en")
