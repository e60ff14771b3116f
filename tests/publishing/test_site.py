from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import markdown
import pytest
from publications import publication, published, seen

from builders import book, on_disk
from policygraph.publishing.links import Links
from policygraph.publishing.publication import NavItem, Page, Publication, SiteStyle
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.resolve import resolve

ROOT = Path(__file__).parents[2]
EXTENSIONS = ["attr_list", "tables", "footnotes", "toc"]

EVIL = "<script>alert(1)</script> `x` {{ y }} | [z](javascript:alert(1)) --8<-- *[ABC]: q"
YAML_EVIL = json.dumps(EVIL)
HOSTILE = {
    "a/one.md": f"---\ntitle: {YAML_EVIL}\nsummary: {YAML_EVIL}\nwhy: {YAML_EVIL}\nowner: {YAML_EVIL}\n"
    f"type: {YAML_EVIL}\napplies_to: [{YAML_EVIL}]\naliases: [{YAML_EVIL}]\nstrange: {YAML_EVIL}\n"
    f"records:\n  - what: {YAML_EVIL}\n    where: 'javascript:alert(1)'\n"
    f"references:\n  - to: two\n    because: {YAML_EVIL}\n"
    f"not_related:\n  - to: three\n    because: {YAML_EVIL}\n"
    "satisfies: ['iso-42001:6.1.2']\nallow:\n  - {code: PG213, because: '<b>'}\n---\n"
    "# One\n\nYou must see [[two]] when <b>x</b> &lt; `y` holds.\n\nThree is not linked here.\n",
    "a/two.md": f"---\nid: two\ntitle: {YAML_EVIL}\nstatus: draft\n---\n# Two\n\nText.\n",
    "three.md": "---\ntitle: Three of them\nstatus: retired\nreplaced_by: two\n---\n# Three\n\nOld.\n",
    "registers/terms.yml": f"terms:\n  - term: {YAML_EVIL}\n    definition: {YAML_EVIL}\n",
    "registers/organisation.yml": f"roles:\n  boss:\n    title: {YAML_EVIL}\n    contact: {YAML_EVIL}\n",
}
SETTINGS = f"name: {YAML_EVIL}\ndescription: {YAML_EVIL}\nareas:\n  a: {{title: {YAML_EVIL}, description: {YAML_EVIL}}}\n"


def _body(page: Page) -> str:
    return page.text.split("\n---\n", 1)[1]


def _rendered(page: Page) -> str:
    return markdown.markdown(_body(page), extensions=EXTENSIONS)


def _hostile() -> dict[str, Page]:
    files = {f"policies/{name}": text for name, text in HOSTILE.items()}
    return published(files, SETTINGS)


@pytest.fixture(scope="module")
def sample() -> Publication:
    return publication(resolve(read_handbook(locate(None, ROOT))))


def test_nothing_typed_becomes_markup() -> None:
    for page in _hostile().values():
        html = seen(_rendered(page))
        scripts = [attributes for tag, attributes in html.tags if tag == "script"]
        own = ("../../assets/", "../assets/", "data/documents.js")
        assert all((attributes.get("src") or "").startswith(own) for attributes in scripts), page.uri
        assert len(scripts) == {"audit/graph.md": 3, "audit/why/index.md": 2, "for/index.md": 1}.get(
            page.uri, 0
        )
        assert not [v for v in html.values("href") if v.lower().startswith("javascript")], page.uri
        generated = (
            _body(page) if page.document is None else "".join(re.findall(r"<(?:div|section).*", _body(page)))
        )
        assert "{{" not in generated, page.uri
        assert not re.search(r"^\s*--8<--", _body(page), re.MULTILINE)


def test_every_page_is_well_formed(sample: Publication) -> None:
    for page in (*sample.pages, *_hostile().values()):
        html = seen(_rendered(page))
        assert html.wrong == [], page.uri
        assert html.stack == [], page.uri
        ids = html.values("id")
        assert len(ids) == len(set(ids)), (page.uri, sorted({i for i in ids if ids.count(i) > 1}))


def test_html_blocks_survive_any_markdown_engine(sample: Publication) -> None:
    # A block that has a blank line inside, or begins indented, is text to some engine.
    for page in sample.pages:
        if page.document is not None:
            continue
        for block in _body(page).strip().split("\n\n"):
            if block.startswith("#"):
                assert "<" not in block
                continue
            assert block.startswith("<"), (page.uri, block[:80])
            html = seen(block)
            assert not html.wrong, (page.uri, block[:80])
            assert not html.stack, (page.uri, block[:80])


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_link_leads_somewhere(directory_urls: bool) -> None:
    handbook = resolve(read_handbook(locate(None, ROOT)))
    made = publication(handbook, directory_urls=directory_urls)
    links = Links(SiteStyle("policies", directory_urls), handbook.folder)
    anchors = {links.url(page.uri): set(seen(_rendered(page)).values("id")) for page in made.pages}
    files = {asset.uri for asset in made.assets}
    files |= {"handbook.json", "register.csv", "references.csv", "mentions.csv"}
    broken = []
    for page in made.pages:
        here = links.url(page.uri)
        html = seen("\n".join(b for b in _body(page).split("\n\n") if b.startswith("<")))
        for link in [*html.values("href"), *html.values("xlink:href"), *html.values("src")]:
            if link.startswith(("http://", "https://", "mailto:")):
                continue
            path, _, fragment = link.partition("#")
            target = here
            if path:
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(f"/{here}"), unquote(path)))
                target = target.lstrip("/") + ("/" if path.endswith("/") and target != "/" else "")
            if target in files:
                continue
            if target not in anchors:
                broken.append((page.uri, link, "no page"))
            elif target == links.url("audit/why/index.md") and fragment.startswith("from="):
                continue  # read by the explorer
            elif target == links.url("for/index.md") and fragment.startswith("who="):
                continue  # read by the page itself
            elif fragment and unquote(fragment) not in anchors[target]:
                broken.append((page.uri, link, "no anchor"))
    assert broken == []


def test_no_page_grows_with_the_handbook() -> None:
    files = {
        f"d{n}.md": f"---\ntitle: Document {n}\n---\n# D\n\nSee [[d{(n * 7) % 700}]].\n" for n in range(700)
    }
    files |= {f"x{n}.md": "# X\n\nYou must see [[d1]].\n" for n in range(400)}
    made = publication(book(files))
    assert max(len(page.text.encode()) for page in made.pages) < 1_000_000
    uris = {page.uri for page in made.pages}
    assert "audit/register/general-4.md" in uris
    assert any(uri.startswith("audit/references/") for uri in uris)
    assert any(uri.startswith("audit/matrix/") for uri in uris)


def test_no_section_of_the_navigation_is_long() -> None:
    files = {f"big/d{n}.md": "# D\n" for n in range(30)} | {f"small/s{n}.md": "# S\n" for n in range(3)}
    made = publication(book({f"policies/{name}": text for name, text in files.items()}))

    def check(items: tuple[NavItem, ...]) -> None:
        assert len(items) <= 25
        for item in items:
            check(item.items)

    check(made.nav)
    titles = {item.title: item for item in made.nav}
    areas = {item.title: item for item in titles["Areas"].items}
    assert areas["Big"].uri == "areas/big/index.md"
    # An area's own page comes first, then its documents.
    assert next(item.uri for item in areas["Small"].items) == "areas/small/index.md"
    assert len(areas["Small"].items) == 4
    assert [item.title for item in titles["Audit"].items][:2] == ["Overview", "Documents"]


def test_an_engine_s_search_is_left_with_the_site_s_own_pages(sample: Publication) -> None:
    for page in sample.pages:
        assert "exclude: true" in page.text.split("\n---\n", 1)[0]


def test_a_document_says_what_it_references_and_what_references_it() -> None:
    pages = published(
        {
            "a.md": '---\ntitle: Alpha\nreferences:\n  - to: b\n    relation: depends on\n    because: "It counts."\n'
            "---\n# Alpha\n\n## Part\n\nWe follow [[b]] here.\n",
            "b.md": "---\ntitle: Beta\n---\n# Beta\n\nText.\n",
        }
    )
    source, target = pages["policies/a.md"].text, pages["policies/b.md"].text
    anchor = re.search(r'id="(p-[0-9a-f]+)"', source)
    assert anchor
    assert "depends on" in source
    assert f'href="#{anchor[1]}"' in source
    assert "relied on by" in target
    assert f'href="../a/#{anchor[1]}"' in target
    assert "It counts." in seen(target).text
    assert '<svg class="pg-picture"' in target


def test_a_retired_document_names_its_successor() -> None:
    pages = published(
        {
            "old.md": "---\ntitle: Old\nstatus: retired\nreplaced_by: new\n---\n# Old\n",
            "new.md": "---\ntitle: New\n---\n# New\n",
        }
    )
    text = seen(pages["policies/old.md"].text).text
    assert "retired" in text
    assert "Use New instead." in text


def test_a_translation_leads_to_its_original(tmp_path: Path) -> None:
    handbook = on_disk(
        tmp_path,
        {
            "policies/a.md": "---\ntitle: Alpha\n---\n# Alpha\n",
            "policies/a.de.md": "---\ntitle: Alfa\n---\n# Alfa\n",
        },
    )
    pages = {page.uri: page for page in publication(handbook).pages}
    assert 'href="../a/"' in pages["policies/a.de.md"].text
    assert 'hreflang="de"' in pages["policies/a.md"].text
    assert "pg-foot" not in pages["policies/a.de.md"].text


def test_frameworks_tell_what_is_answered_and_what_a_catalog_lacks() -> None:
    pages = published(
        {
            "a.md": "---\ntitle: Alpha\nsatisfies: ['iso-42001:6.1.2']\n---\n# Alpha\n\nSee [[iso-42001:4.1]].\n",
            "b.md": "---\ntitle: Beta\nstatus: draft\nsatisfies: ['iso-42001:5.2']\n---\n# Beta\n",
        },
        "frameworks: [iso-42001, eu-ai-act]\n",
    )
    rows = dict(
        re.findall(r'<tr id="clause-([\w.]+)">(.*?)</tr>', pages["audit/frameworks/iso-42001.md"].text, re.S)
    )
    assert ("pg-bar--2" in rows["6.1.2"], "a names no owner." in rows["6.1.2"]) == (True, True)
    assert ("pg-bar--1" in rows["5.2"], "draft, not in force" in rows["5.2"]) == (True, True)
    assert "pg-bar--1" in rows["4.1"]
    assert "pg-bar--0" in rows["4.2"]
    act = seen(pages["audit/frameworks/eu-ai-act.md"].text).text
    assert "It is known to change Article 4, Article 5, Article 75, Article 113." in act
    assert "%" not in seen(pages["audit/frameworks/index.md"].text).text


def test_what_is_not_known_is_said() -> None:
    sheet = seen(published({"a.md": "# Alpha\n"})["audit/documents/a.md"].text).text
    assert sheet.count("not recorded") > 4
    assert "No record is named." in sheet


def test_the_home_page_is_left_to_a_site_that_has_its_own() -> None:
    made = publication(book({"a.md": "# A\n"}), home=False)
    assert "index.md" not in {page.uri for page in made.pages}
    assert "Home" not in {item.title for item in made.nav}


def test_graph_data_is_a_script_that_no_title_can_end() -> None:
    files = {f"policies/{name}": text for name, text in HOSTILE.items()}
    assets = {asset.uri: asset.content for asset in publication(book(files, SETTINGS)).assets}
    text = assets["assets/policygraph/graph-data.js"].decode()
    assert text.startswith("window.policygraphData=")
    assert "<" not in text
    data = json.loads(text.removeprefix("window.policygraphData=").rstrip(";\n"))
    assert len(data["nodes"]) == 3
    assert all(0 <= source < 3 and 0 <= target < 3 for source, target, _ in data["edges"])


def test_an_empty_handbook_publishes() -> None:
    pages = published({})
    assert "audit/index.md" in pages
    assert "audit/matrix.md" in pages


def test_no_sheet_grows_with_what_a_hostile_document_holds() -> None:
    """Whatever one document repeats, its sheet shows so much of it and says what it leaves out."""
    keys = "".join(f"unknown{n}: {'x' * 100}\n" for n in range(400))
    claims = ", ".join(f'"iso-42001:{n}.{m}"' for n in range(4, 11) for m in range(1, 60))
    text = " ".join(f"You must follow [[B]] in case {n}." for n in range(3_000))
    pages = published(
        {
            "policies/a.md": f"---\nid: A\n{keys}satisfies: [{claims}]\n---\n{text}\n",
            "policies/b.md": "---\nid: B\n---\nText.\n",
        }
    )
    sheet = pages["audit/documents/a.md"].text
    assert len(sheet.encode()) < 600_000
    assert "2980 more passages are in handbook.json." in sheet
    assert "300 more are not shown here; the file has all of them." in sheet
    assert len(pages["audit/references.md"].text.encode()) < 600_000
