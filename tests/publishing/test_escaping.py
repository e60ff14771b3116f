from __future__ import annotations

import html

import markdown
import pyromark
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policygraph.publishing.escaping import (
    html_text,
    markdown_text,
    readable_markdown,
    relative_file,
    safe_url,
    shortened,
    title_text,
    yaml_text,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "`code` **bold** _it_",
    "{{ config }} {% raw %} {# x #}",
    "a | b",
    "[x](javascript:alert(1))",
    '--8<-- "/etc/passwd"',
    "*[ABC]: x",
    "&lt;b&gt; &amp; R&D",
    "# not a heading",
    "1. not a list",
    "- not a list",
    "![x](y)",
    "text {: .class }",
    "http://example.com/ <http://x>",
    "line\n\nbreak",
    "\x02wzxhzdk:0\x03",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_markdown_heading_shows_the_text_and_nothing_else(text: str) -> None:
    rendered = markdown.markdown(
        f"# {markdown_text(text)}\n", extensions=["attr_list", "tables", "footnotes", "abbr", "md_in_html"]
    )
    assert rendered.startswith("<h1>")
    assert rendered.endswith("</h1>")
    inner = rendered[4:-5]
    assert "<" not in inner
    shown = " ".join(html.unescape(inner).split())
    assert shown == " ".join(text.replace("\x02", "").replace("\x03", "").split())


@given(st.one_of(st.text(), st.text(alphabet="ab 1._-*`[]()<>!#&;|~+=\\x"), st.sampled_from(HOSTILE)))
def test_readable_markdown_shows_the_text_and_nothing_else(text: str) -> None:
    safe = readable_markdown(text)
    rendered = pyromark.html(
        f"- {safe}\n", options=pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_TABLES
    )
    assert rendered.startswith("<ul>\n<li>")
    inner = rendered.removeprefix("<ul>\n<li>").rstrip().removesuffix("</ul>").rstrip().removesuffix("</li>")
    assert "<" not in inner
    assert html.unescape(inner).split() == html.unescape(str(markdown_text(text))).split()


@pytest.mark.parametrize(
    "text", ["AI-06 risk: don't panic (2 of 3)", "snake_case & R&D, 50 % at 12:00", "a/b.md"]
)
def test_readable_markdown_leaves_ordinary_text_alone(text: str) -> None:
    assert readable_markdown(text) == text


@given(st.text())
def test_html_text_can_neither_open_a_tag_nor_end_a_block(text: str) -> None:
    safe = str(html_text(text))
    assert not set(safe) & set("<>\"'{\n\r\x02\x03\x0c")


@given(st.text())
def test_a_title_is_safe_raw_escaped_and_unescaped(text: str) -> None:
    title = title_text(text)
    for shown in (title, html.escape(title), html.unescape(title)):
        assert not set(html.unescape(shown)) & set("<>\"'")
    assert "{{" not in title
    assert "{%" not in title


@given(st.text())
def test_front_matter_survives_yaml(text: str) -> None:
    assert yaml.safe_load(f"title: {yaml_text(text)}") == {"title": title_text(text)}


def test_an_ordinary_title_stays_as_it_is() -> None:
    assert title_text("Health & safety: R&D (2026)") == "Health & safety: R&D (2026)"


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://risk.example/ai?x=1#y", "https://risk.example/ai?x=1#y"),
        ("http://intranet:8080/x", "http://intranet:8080/x"),
        ("risk@example.org", "mailto:risk@example.org"),
        ("mailto:risk@example.org", "mailto:risk@example.org"),
        ("/records/ai", "/records/ai"),
        ("//evil.example/x", None),
        ("javascript:alert(1)", None),
        ("JavaScript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("\\\\server\\share", None),
        ("https://", None),
        ("The cabinet on floor 2", None),
        ("mailto:javascript:alert(1)", None),
        ("http://[::1", None),
        ("", None),
    ],
)
def test_only_web_mail_and_own_paths_become_links(typed: str, link: str | None) -> None:
    assert safe_url(typed) == link


def test_a_relative_path_is_read_from_the_documents_folder() -> None:
    assert relative_file("../people/a.md", "policies/risk") == "policies/people/a.md"
    assert relative_file("../../../etc/passwd", "policies") is None
    assert relative_file("HR system", "policies") is None


def test_a_long_text_ends_at_a_word() -> None:
    assert shortened("one two three four five six", 15) == "one two three …"
    assert shortened("short", 15) == "short"
