"""Every word of the interface is a message: where all messages are foreign, no English of ours is left on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown import Markdown

from bakery import make
from builders import TODAY
from policygraph.judging.judge import judge
from policygraph.judging.rules import all_rules
from policygraph.publishing import site
from policygraph.publishing.publication import Publication, SiteStyle
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.resolve import resolve
from policygraph.words import Words

_KEPT = re.compile(r"%\(\w+\)s|%%|<[^<>]*>|&#?\w+;")
_WORD = re.compile(r"[A-Za-z]+")
_SAID = re.compile(r"[^A-Za-zж]*ж[^A-Za-z]*|[^\sA-Za-z0-9'’./&–-]+|\d+")
_NO_WORDS = re.compile(r"[\w/-]+\.(?:csv|json|xlsx|graphml|md|yml)\b|\b[0-9a-f]{7,}\b|\bUTC\b|\bLIX\b|^en$")
_VOID = frozenset({"br", "img", "input", "link", "meta", "hr"})
_ATTRIBUTES = ("aria-label", "title", "alt", "placeholder", "data-pg-find", "content")


class Foreign(Words):
    """A language in which every letter of every message is one that English does not have."""

    code = "xx"

    def message(self, text: str, context: str = "") -> str:
        parts = zip([*_KEPT.split(text)], [*_KEPT.findall(text), ""], strict=True)
        return "".join(re.sub("[A-Za-z]", "ж", plain) + kept for plain, kept in parts)

    def plural(self, one: str, many: str, number: int) -> str:
        return self.message(super().plural(one, many, number))

    def date(self, day: object) -> str:
        return "1 ж"

    short_date = short_month = month = day = date  # type: ignore[assignment]

    def all_of(self, words: Sequence[str]) -> str:
        return " ж ".join(words)


class _Texts(HTMLParser):
    """What people see or hear of a page, piece by piece; what says that it is English need not be said."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._english: list[bool] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        english = given.get("lang") == "en" or tag in ("code", "pre", "script", "style")
        if not english and not any(self._english):
            self.texts += [value for name in _ATTRIBUTES if (value := given.get(name)) and name != "content"]
        if tag not in _VOID:
            self._english.append(english)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._english.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._english):
            self.texts.append(data)


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Handbook]:
    folder = tmp_path_factory.mktemp("bakery")
    make(folder)
    return folder, resolve(read_handbook(locate(None, folder)))


@pytest.fixture(scope="module")
def made(handbook: tuple[Path, Handbook]) -> Publication:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "words_in", lambda code: Foreign())
        return site.publish(judge(handbook[1], TODAY), SiteStyle("policies"))


def _tokens(text: str) -> str:
    return " ".join(word.lower() for word in _WORD.findall(text))


@pytest.fixture(scope="module")
def own(handbook: tuple[Path, Handbook]) -> str:
    """The words of the handbook itself: its files, its history, and the frameworks it names."""
    folder, book = handbook
    parts = [path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".yml")]
    parts += [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    for commit in book.history.commits:
        parts += [commit.subject, commit.about, *commit.paragraphs, *commit.authors, commit.id]
    parts += [revision.text or "" for line in book.history.revisions.values() for revision in line]
    for framework in book.frameworks.values():
        # What is English by itself says so, wherever it stands.
        parts += [framework.id, "" if framework.lang else framework.title]
        parts += [c.id if c.lang else f"{c.id} {c.title}" for c in framework.clauses.values()]
    parts += [rule.code for rule in all_rules()]
    return f" {' '.join(_tokens(part) for part in parts)} "


def test_no_page_has_english_of_ours(made: Publication, own: str) -> None:
    left: dict[str, list[str]] = {}
    for page in made.pages:
        body = page.text.split("\n---\n", 1)[1]
        parser = _Texts()
        parser.feed(Markdown(extensions=["attr_list", "tables"]).convert(body))
        parser.feed(page.title)
        for text in parser.texts:
            for run in _SAID.split(_NO_WORDS.sub("ж", text)):
                tokens = _tokens(run)
                if tokens and f" {tokens} " not in own:
                    left.setdefault(tokens, []).append(page.uri)
    report = "\n".join(f"{uris[0]}: {tokens}" for tokens, uris in sorted(left.items(), key=lambda i: i[1][0]))
    assert not left, f"{len(left)} pieces of text are said in English:\n{report}"
