"""A document's own text as engines get it, seen through Python-Markdown."""

from __future__ import annotations

import re
from time import process_time
from xml.etree.ElementTree import Element, SubElement

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import book
from policygraph.markdown_extension import PolicygraphExtension, _keep_whole
from policygraph.publishing.document_text import document_text, page_text
from policygraph.publishing.links import Links
from policygraph.publishing.publication import SiteStyle
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.pages import PageResolver

LINKS = Links(SiteStyle("policies"), "policies")


def text_of(handbook: Handbook, path: str = "policies/a.md") -> str:
    """The published source of a document, without the engine's front matter."""
    whole = document_text(handbook.by_path[path], handbook, LINKS, "", "")
    return whole.split("---\n", 2)[2].strip()


def html_of(handbook: Handbook, path: str = "policies/a.md") -> str:
    """The document as Python-Markdown renders it."""
    extensions = ["attr_list", "tables", "footnotes", "fenced_code", PolicygraphExtension(lambda text: text)]
    return markdown.markdown(text_of(handbook, path), extensions=extensions)


OTHERS = {
    "b.md": "---\nid: B-1\ntitle: Second\n---\n# Second\n\n## Who helps\n\nAsk.\n",
    "policies/deep/c.md": "---\nid: C-1\ntitle: Third\n---\nText.\n",
    "policies/deep/README.md": "---\nid: D-1\ntitle: Folder\n---\nText.\n",
}


@pytest.mark.parametrize(
    ("typed", "published"),
    [
        ("[[B-1]]", "[B&#45;1](b.md)"),
        ("[[b-1|the *second* one]]", "[the *second* one](b.md)"),
        ("[[B-1#who-helps|them]]", "[them](b.md#who-helps)"),
        ("[[C-1|three]]", "[three](deep/c.md)"),
        ("[third](deep/c.md)", "[third](deep/c.md)"),
        ("[third](./deep/c.md)", "[third](./deep/c.md)"),
        ("[third](/deep/c.md)", "[third](deep/c.md)"),
        ("[folder](deep/)", "[folder](deep/README.md)"),
        ('[folder](deep/ "titled")', '[folder](deep/README.md "titled")'),
        ("[web](https://example.org/b.md)", "[web](https://example.org/b.md)"),
        ("`[[B-1]]`", "`[[B-1]]`"),
    ],
)
def test_links_become_links_to_files(typed: str, published: str) -> None:
    handbook = book({"a.md": f"# First\n\nWords {typed} here.\n", **OTHERS})
    text = text_of(handbook)
    wanted = published.replace("&#45;", "-")
    assert wanted in re.sub(r"&#45;", "-", re.sub(r"<[^>]*>", "", text))


def test_links_that_lead_nowhere_keep_their_words_and_lose_their_link() -> None:
    html = html_of(book({"a.md": "# A\n\n[[X-9]], [gone](gone.md), [x](javascript:alert(1)).\n", **OTHERS}))
    assert "<a" not in html
    assert "X-9" in html
    assert "gone</span>" in html
    assert "javascript" not in html


def test_a_link_in_a_table_cell_and_in_a_heading() -> None:
    html = html_of(
        book({"a.md": "# See [[B-1|two]]\n\n| a | b |\n|---|---|\n| [[B-1\\|cell]] | x |\n", **OTHERS})
    )
    assert '<h1 id="see-two">See <a href="b.md">two</a></h1>' in html
    assert re.search(r'<td>.*<a href="b.md">cell</a>.*</td>', html)


def test_a_clause_links_to_its_place_on_the_frameworks_page() -> None:
    html = html_of(book({"a.md": "# A\n\nAs [[iso-42001:6.1.2|it says]].\n"}))
    assert 'href="../audit/frameworks/iso-42001.md#clause-6.1.2"' in html


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("# One\n", '<h1 id="one">One</h1>'),
        ("# One ##\n", '<h1 id="one">One</h1>'),
        ("# One {#own}\n", '<h1 id="own">One</h1>'),
        ("# C#\n", '<h1 id="c">C&#35;</h1>'),
        ("##5 Five\n\n# One\n", '<h2 id="5-five">5 Five</h2>'),
        ("One\n===\n", '<h1 id="one">One</h1>'),
        ("# 方針 と 手順\n", '<h1 id="方針-と-手順">方針 と 手順</h1>'),
        ("# One\n\n## Two\n\n## Two\n", '<h2 id="two-1">Two</h2>'),
        ("## Two\n\nText.\n", '<h1 id="two">Two</h1>'),
        ("Text.\n", "<h1>A</h1>"),
    ],
)
def test_headings_have_the_anchors_that_the_scan_gave_them(body: str, heading: str) -> None:
    assert heading in html_of(book({"a.md": body}))


def test_a_statements_address_is_its_anchor_and_leaves_the_text() -> None:
    html = html_of(
        book({"a.md": '# A\n\nFirst. You must store it. { #store satisfies="iso-42001:6.1.3" } Last.\n'})
    )
    here = '<a class="pg-here" href="#store" aria-label="Link to this statement"></a>'
    assert f'<span class="pg-passage" id="store">You must store it.{here}</span>' in html
    assert "satisfies" not in html


def test_sentences_are_framed_where_they_begin_and_end() -> None:
    html = html_of(book({"a.md": "# A\n\nOne. **You** must read [[B-1|two]]. Three.\n", **OTHERS}))
    found = re.search(r'One\. <span class="pg-passage" id="(p-\w+)">(.*?)</span> Three\.', html)
    assert found
    read, _, here = found[2].partition('<a class="pg-here"')
    assert read == '<strong>You</strong> must read <a href="b.md">two</a>.'
    assert f'href="#{found[1]}"' in here


def test_only_statements_have_a_link_to_themselves() -> None:
    html = html_of(book({"a.md": "# A\n\nSee [[B-1|two]]. You must ask.\n", **OTHERS}))
    assert html.count('class="pg-passage"') == 2
    assert html.count('class="pg-here"') == 1


def test_statements_in_lists_tables_and_quotations_have_a_link_each() -> None:
    body = "# A\n\n- You must ask.\n    1. You must not guess.\n\n> Never lie.\n\n| Who | What |\n|---|---|\n| All | You must look. |\n"
    html = html_of(book({"a.md": body}))
    assert html.count('class="pg-here"') == 4
    assert re.search(r"<td>.*class=\"pg-here\".*</td>", html)


def test_a_sentence_said_twice_has_two_anchors_and_two_links() -> None:
    handbook = book({"a.md": "# A\n\nYou must ask.\n\n## B\n\n- You must ask.\n- **You must ask.**\n"})
    html = html_of(handbook)
    ids = re.findall(r'class="pg-passage" id="([^"]+)"', html)
    assert [statement.passage.id for statement in handbook.documents[0].statements] == ids
    assert ids == [ids[0], f"{ids[0]}-2", f"{ids[0]}-3"]


def test_a_sentence_that_cannot_be_framed_has_its_link_all_the_same() -> None:
    html = html_of(book({"a.md": "# A\n\nOne *two. You must* ask.\n"}))
    assert '<span class="pg-anchor" id=' in html
    assert html.count('class="pg-here"') == 1


def test_active_content_is_published_as_text() -> None:
    body = "# A <script>x</script>\n\n<script>\nalert(1)\n</script>\n\nb <img src=x onerror=y> `<script>` c\n\n<svg onload=z>\n"
    html = html_of(book({"a.md": body}))
    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert "<code>&lt;script&gt;</code>" in html


def test_header_goes_below_the_title_and_foot_to_the_end() -> None:
    handbook = book({"a.md": "One\n===\n\nText.\n"})
    text = document_text(handbook.documents[0], handbook, LINKS, "<div>H</div>", "<div>F</div>")
    assert re.search(r"===\s+<div>H</div>\s+Text\.\s+<div>F</div>\s*$", text)


TELLING = Links(SiteStyle("policies", tells_languages=True), "policies")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("# Reis\n\nU moet `</p>` <b>melden</b>.\n", True),
        ("U moet melden.\n\n```\nx\n```\n", True),
        ("# Reis\n\n<details>\nU moet melden.\n</details>\n", False),
        ("# Reis\n\nU moet `</div>` melden.\n", False),
        ("# Reis\n\n```\nU moet melden.\n", False),
    ],
)
def test_text_in_another_language_stands_in_an_element_that_nothing_in_it_can_close(
    body: str, told: bool
) -> None:
    handbook = book({"a.md": f"---\nid: A-1\ntitle: Reis\nlang: nl\n---\n{body}"})
    document = handbook.documents[0]
    text = document_text(document, handbook, TELLING, "<p>H</p>", "<p>F</p>")
    assert ('<p>H</p>\n\n<div lang="nl" markdown="1">\n\n' in text) is told
    assert text.endswith("\n\n</div>\n\n<p>F</p>\n") is told
    assert ("lang=nl" in text.partition("<p>H</p>")[0]) is told
    assert "lang" not in document_text(document, handbook, LINKS, "", "")


def test_pages_beside_the_handbook_link_into_it() -> None:
    handbook = book(OTHERS)
    found = PageResolver(handbook).resolve(
        "docs/index.md", "[[B-1|b]] [c](../policies/deep/c.md) [o](other.md) [[Z-9]]"
    )
    text = page_text(found, LINKS, "index.md")
    assert "[b](policies/b.md) [c](policies/deep/c.md) [o](other.md)" in text
    assert [problem.message for problem in found.problems] == ["There is no document 'Z-9'."]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["# T", "must", "[[B-1]]", "**b", "**", "`", "- x", "> q", "|a|", "<b>", "\n", "\n\n", ". ", "{#i}", "[x](b.md)", "~~~", "é", "    ", "<script>", "1. "]), max_size=30))  # fmt: skip
def test_any_text_is_published_with_every_anchor_it_needs(pieces: list[str]) -> None:
    handbook = book({"a.md": "# A\n\n" + " ".join(pieces), "b.md": OTHERS["b.md"]})
    document = handbook.by_path["policies/a.md"]
    text = text_of(handbook)
    for reference in handbook.outgoing.get(document.path, ()):
        for passage in reference.passages:
            if passage.span is not None:
                assert text.count(f'id="{passage.id}"') == 1
    for statement in document.statements:
        assert text.count(f'id="{statement.passage.id}"') == 1
        assert text.count(f'href="#{statement.passage.id}"') == 1
    assert text.count("<span") >= text.count("</span>")


@pytest.mark.parametrize(
    "script", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x"]
)
def test_the_extension_takes_addresses_that_run_off_links(script: str) -> None:
    html = markdown.markdown(
        f"[x](<{script}>) [y](https://example.org)", extensions=[PolicygraphExtension(lambda t: t)]
    )
    assert script not in html
    assert 'href="https://example.org"' in html


@pytest.mark.parametrize(
    ("typed", "published"),
    [
        ("See AI-06, or *AI-7* and AI-08.", "See {AI-06}, or <em>{AI-7}</em> and {AI-08}."),
        ("*So* AI-06 and [AI-09](x.md) AI-10", '<em>So</em> {AI-06} and <a href="x.md">{AI-09}</a> {AI-10}'),
        # A name of many parts, an address and a range are broken where they must.
        ("On 2026-11-26 see AI-06-draft, x/AI-061-b and self-made.", None),
    ],
)
def test_a_numbered_name_stays_on_one_line(typed: str, published: str | None) -> None:
    html = markdown.markdown(typed, extensions=[PolicygraphExtension(lambda text: text)])
    wanted = re.sub(r"\{(.*?)\}", r'<span class="pg-whole">\1</span>', published or typed)
    assert html == f"<p>{wanted}</p>"


def test_many_numbered_names_between_marks_are_kept_whole_in_linear_time() -> None:
    def seconds(count: int) -> float:
        root = Element("p")
        for _ in range(count):
            SubElement(root, "em").tail = " AI-06 "
        began = process_time()
        _keep_whole(root)
        assert len(root) == 2 * count
        return process_time() - began

    # Quadratic, it would be 64 times.
    assert seconds(24_000) < 30 * max(seconds(3_000), 0.002)


def test_a_short_name_in_code_stays_on_one_line() -> None:
    extensions = ["fenced_code", "attr_list", PolicygraphExtension(lambda text: text)]
    html = markdown.markdown(
        "`#ai-ideas`, `#a-b`{ .mine }, `two-part words`, `a-very-long-name-of-something`, `AI-06` and `plain`"
        "\n\n# AI-06 Risks\n\n    AI-06 in-block\n\n```\n#ai-ideas AI-06\n```\n",
        extensions=extensions,
    )
    assert re.findall(r'<code class="(.*?)">(.*?)</code>', html) == [
        ("pg-whole", "#ai-ideas"),
        ("mine pg-whole", "#a-b"),
        ("pg-whole", "AI-06"),
    ]
    assert "<span" not in html


def test_own_html_is_put_aside_unchanged() -> None:
    block = '<div class="pg-x" data-y="1"><table>\n<tr><td>*no* [[B-1]]</td></tr>\n</table></div>'
    code = "```\n" + block + "\n```"
    extensions = ["fenced_code", PolicygraphExtension(lambda text: text)]
    html = markdown.markdown(f"# H\n\n{block}\n\ntext\n\n{code}\n", extensions=extensions)
    assert block in html
    assert "&lt;div class=&quot;pg-x&quot;" in html
