"""A document's page as text: its head, its words that explain themselves, and the way to its owner."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import markdown
import pytest
from publications import Seen, published, seen

from builders import book
from policygraph.markdown_extension import PolicygraphExtension
from policygraph.settings import SettingsError

ROLES = """\
roles:
  keeper: {title: Keeper, holders: ["Ada Byron"], contact: keeper@example.org}
  cook: {title: Cook, contact: "room 12"}
"""
TERMS = """\
terms:
  - term: Risk
    definition: 'Evil <img src=x onerror=alert(1)> "quoted" {{ macro }} & more'
  - term: "<script>x</script>"
    definition: "A tag."
"""
A = "---\nid: A-1\ntitle: First & <b>last</b>\nowner: keeper\nwhy: Because it burns.\nsummary: How to bake.\n---\n# First\n\nA risk must be rated, see [[B-1]].\n\nA <script>x</script> tag.\n"
B = "---\nid: B-1\ntitle: Second\nowner: cook\nsummary: How to <i>cook</i>.\nstatus: retired\n---\n# Second\n\nText.\n"
FILES = {
    "a.md": A,
    "b.md": B,
    "a.de.md": "---\nlang: de\ntitle: Erstes\n---\n# Erstes\n\nEin Risk.\n",
    "policies/registers/organisation.yml": ROLES,
    "policies/registers/terms.yml": TERMS,
}
SITE = "url: https://hand.example.org/book/\n"


def page(uri: str = "policies/a.md", settings: str = SITE) -> str:
    return published(FILES, settings)[uri].text


def rendered(text: str) -> Seen:
    """A page as a browser sees it."""
    body = text.split("---\n", 2)[2]
    extensions = ["attr_list", "tables", "footnotes", PolicygraphExtension(lambda text: text)]
    return seen(markdown.markdown(body, extensions=extensions))


def still(settings: str = SITE, uri: str = "policies/a.md") -> dict[str, str | None]:
    links = [a for tag, a in rendered(page(uri, settings)).tags if tag == "a" and "data-pg-still" in a]
    return links[0] if links else {}


# The head


def test_the_head_begins_with_why_and_folds_the_control_data() -> None:
    text = page().split("---\n", 2)[2]
    order = [
        "Because it burns.",
        "How to bake.",
        "Everyone",
        "Ada Byron, Keeper",
        "keeper@example.org",
        "1 minute",
    ]
    positions = [text.index(part) for part in (*order, "<details", "A-1</span>", "Audit sheet", "</details>")]
    assert positions == sorted(positions)


def test_a_contact_that_is_no_address_is_no_link() -> None:
    head = page("policies/b.md").split("<details")[0]
    assert "room 12" in head
    assert 'href="room' not in head


# Terms and previews


def test_a_term_is_a_link_to_what_it_means_and_has_a_card() -> None:
    found = rendered(page())
    links = [a for tag, a in found.tags if tag == "a" and a.get("class") == "pg-term"]
    assert [link["href"] for link in links] == ["../../terms/#term-risk"]
    cards = {a["href"]: a for tag, a in found.tags if tag == "a" and "data-pg-title" in a}
    assert cards["../../terms/#term-risk"]["data-pg-text"] == (
        'Evil <img src=x onerror=alert(1)> "quoted" {{ macro }} & more'
    )
    assert cards["../b/"]["data-pg-title"] == "Second"
    assert cards["../b/"]["data-pg-text"] == "How to <i>cook</i>."
    assert cards["../b/"]["data-pg-more"] == "B-1 · 1 min read · retired"
    assert found.names().isdisjoint({"img", "script", "i"})
    assert found.wrong == []


def test_the_braces_of_a_definition_reach_no_other_plugin() -> None:
    assert "{{" not in page()


def test_every_card_leads_to_a_page_and_no_page_has_a_card_of_itself() -> None:
    pages = published(FILES, SITE)
    for uri in ("policies/a.md", "policies/b.md", "policies/a.de.md"):
        here = f"https://x/{uri.removesuffix('.md')}/"
        for tag, attributes in rendered(pages[uri].text).tags:
            if tag == "a" and "data-pg-title" in attributes:
                target = urljoin(here, attributes["href"] or "")
                assert target != here
                assert f"{urlsplit(target).path.strip('/')}.md" in pages


def test_a_page_grows_with_its_own_references_only() -> None:
    many = {
        f"z{n}.md": f"---\nid: Z-{n}\nsummary: {'words ' * 20}\n---\n# Z{n}\n\nText.\n" for n in range(40)
    }
    few, all = published(FILES, SITE), published({**FILES, **many}, SITE)
    assert len(all["policies/a.md"].text) == len(few["policies/a.md"].text)


# Is this still true?


def test_without_a_setting_the_owner_is_written_to() -> None:
    link = still()
    parts = urlsplit(link["href"] or "")
    asked = parse_qs(parts.query)
    assert (parts.scheme, parts.path) == ("mailto", "keeper@example.org")
    assert asked["subject"] == ["Is this still true? A-1 First & <b>last</b>"]
    assert asked["body"][0].startswith(
        "A-1 First & <b>last</b>\r\n\r\nhttps://hand.example.org/book/policies/a/"
    )
    pattern = unquote(link["data-pg-still"] or "")
    assert "> ~passage~" in pattern
    assert "policies/a/#~anchor~" in pattern


def test_where_the_address_of_the_site_is_not_known_the_page_knows_it() -> None:
    link = still("")
    assert "http" not in unquote(link["href"] or "")
    assert "~address~" in unquote(link["data-pg-still"] or "")


def test_a_translation_asks_the_owner_of_the_document_that_counts() -> None:
    link = still(uri="policies/a.de.md")
    assert (link["href"] or "").startswith("mailto:keeper@example.org?")
    assert "A-1 Erstes" in unquote(link["href"] or "")


@pytest.mark.parametrize("settings", ["", "feedback: {mail: owner}\n"])
def test_an_owner_without_an_address_cannot_be_written_to(settings: str) -> None:
    assert still(SITE + settings, "policies/b.md") == {}


@pytest.mark.parametrize("word", ["none", "off", "false"])
def test_the_link_can_be_left_out(word: str) -> None:
    assert still(f"{SITE}feedback: {word}\n") == {}


def test_mail_to_one_address_for_all() -> None:
    link = still(f"{SITE}feedback: {{mail: hand+book@example.org}}\n", "policies/b.md")
    assert (link["href"] or "").startswith("mailto:hand%2Bbook@example.org?subject=")


def test_an_issue_with_title_and_body() -> None:
    link = still(
        f'{SITE}feedback: {{issue: "https://code.example.org/new?title={{title}}&body={{body}}&x=1"}}\n'
    )
    asked = parse_qs(urlsplit(link["href"] or "").query)
    assert asked["title"] == ["Is this still true? A-1 First & <b>last</b>"]
    assert "https://hand.example.org/book/policies/a/" in asked["body"][0]
    assert asked["x"] == ["1"]
    assert "~passage~" in parse_qs(urlsplit(link["data-pg-still"] or "").query)["body"][0]


def test_a_form_with_words_of_its_own() -> None:
    link = still(
        f'{SITE}feedback: {{form: "https://forms.example.org/f?doc={{id}}&at={{url}}&quote={{passage}}"}}\n'
    )
    whole = urlsplit(link["href"] or "")
    assert parse_qs(whole.query, keep_blank_values=True) == {
        "doc": ["A-1"],
        "at": ["https://hand.example.org/book/policies/a/"],
        "quote": [""],
    }
    assert parse_qs(urlsplit(link["data-pg-still"] or "").query)["quote"] == ["~passage~"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("{issue: 'javascript:alert(1)'}", "must be a web address"),
        ("{form: 'data:text/html,x'}", "must be a web address"),
        ("{form: 'https://x.example/a b'}", "must be a web address"),
        ("{form: 'https://x.example/\"onload=y'}", "must be a web address"),
        ("{form: '//x.example/'}", "must be a web address"),
        ("{issue: 'https://x.example/{titel}'}", "Did you mean 'title'?"),
        ("{issue: 'https://x.example/{Title}'}", "must be a web address"),
        ("{issue: 'https://{id}.example/'}", "must be a web address"),
        ("{mail: 'nobody'}", "no mail address"),
        ("{mail: 'a@b.example?bcc=c@d.example'}", "no mail address"),
        ("{mail: ''}", "is empty"),
        ("{mail: owner, form: 'https://x.example/'}", "several ways"),
        ("{}", "no way"),
        ("{mial: owner}", "Did you mean 'mail'?"),
        ("maybe", "says no way"),
        ("[mail]", "must hold"),
    ],
)
def test_what_cannot_be_a_way_is_said(value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(message)):
        book({}, f"feedback: {value}\n")


@pytest.mark.parametrize(
    "title", ["~passage~", "~anchor~ ~address~", "a%00b", "\u202ex", "&body=evil", "é" * 400]
)
def test_a_title_cannot_reach_into_the_link(title: str) -> None:
    files = {**FILES, "a.md": A.replace("First & <b>last</b>", f'"{title}"')}
    found = rendered(published(files, SITE)["policies/a.md"].text)
    link = next(attributes for _, attributes in found.tags if "data-pg-still" in attributes)
    pattern = link["data-pg-still"] or ""
    assert pattern.count("~passage~") == pattern.count("~anchor~") == 1
    assert set(parse_qs(urlsplit(link["href"] or "").query)) == {"subject", "body"}
    assert len(link["href"] or "") < 3_000
