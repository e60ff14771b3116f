"""Nothing of ours stands on a reader's page, in a feed, in a redirect or on paper without having been said.

The authors of this handbook write Cyrillic, and every message is marked: a Latin word that is in none is a leak.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from publications import publication

from builders import REGISTERS, TODAY, book
from histories import history
from policygraph.judging.judge import judge
from policygraph.model.history import History
from policygraph.publishing import site
from policygraph.publishing.index import index_of
from policygraph.publishing.print.volume import Press, handbook_volume, stylesheet
from policygraph.publishing.publication import Publication, SiteStyle
from policygraph.words import Words, speaking

_SAID = re.compile("⟦[^⟦⟧]*⟧")
_MACHINE = re.compile(
    r"<\?xml.*?\?>|<style>.*?</style>|<script>.*?</script>|<code.*?</code>|urn:uuid:[\w-]+", re.DOTALL
)
_SHOWN = re.compile(r'(?:aria-label|title|data-pg-all|data-pg-more|data-pg-text)="([^"]*)"')
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[A-Za-z]{3,}")

FIRST = """---
id: 1-1
title: Приказы
owner: "7"
approver: "7"
applies_to: ["8"]
summary: Как мы работаем.
review_every: 6 months
references: [{to: 2-2, because: "Так надо."}]
---
# Приказы

Да 24.

Смотри [пропал](nowhere.md).
"""
SECOND = FIRST.replace("24", "72").replace('["8"]', '["9", "8"]')
RETIRED = "---\nid: 2-2\ntitle: Старое\nstatus: retired\ntype: procedure\n---\n# Старое\n\nТекст.\n"
FILES = {
    "a.md": SECOND.replace("Да", "Не"),
    "b.md": RETIRED,
    f"{REGISTERS}organisation.yml": 'roles:\n  "7": {title: Глава, holders: ["Анна"], contact: "7@x.ru"}\n'
    'audiences:\n  "8": {title: Люди}\n  "9": {title: Другие}\n',
    f"{REGISTERS}exceptions.yml": 'exceptions:\n  - {id: "3", title: Вечер, document: 1-1, owner: "7", reason: Так, '
    "granted: 2020-01-01, expires: 2020-02-01}\n",
}


class Marked(Words):
    """Marks whatever is said."""

    def message(self, text: str, context: str = "") -> str:
        return f"⟦{text}⟧"

    def plural(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"

    def date(self, day: dt.date) -> str:
        return f"⟦{super().date(day)}⟧"

    def day(self, day: dt.date) -> str:
        return f"⟦{super().day(day)}⟧"

    def month(self, day: dt.date) -> str:
        return f"⟦{super().month(day)}⟧"

    def all_of(self, words: object) -> str:
        return "⟦and⟧"


def past() -> History:
    return history(
        {
            "a.md": [
                (0, "2025-01-05", FIRST, "Анна"),
                (2, "2026-03-05", FILES["a.md"], "Анна"),
            ],
            "b.md": [
                (1, "2025-02-05", RETIRED.replace("retired", "active"), "Анна"),
                (3, "2026-04-05", RETIRED, "Анна"),
            ],
        }
    )


def unsaid(text: str) -> list[str]:
    """Latin words that a reader sees and that no message said."""
    body = text.split("\n---\n", 1)[-1]
    body = _MACHINE.sub(" ", body)
    while (less := _SAID.sub(" ", body)) != body:
        body = less
    shown = " ".join(_SHOWN.findall(body))
    return _WORD.findall(f"{_TAG.sub(' ', body)} {shown}")


@pytest.fixture(scope="module")
def made() -> Publication:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(site, "words_in", lambda _: Marked())
        return publication(book(FILES, 'name: "Книга"\nlanguage: ru\n', history=past()))


def test_the_check_sees_what_is_not_said() -> None:
    assert unsaid('<p aria-label="Loose">⟦Said ⟦date⟧⟧ <em>unsaid</em></p>') == ["unsaid", "Loose"]


@pytest.mark.parametrize("folder", ["policies/", "changes/", "audit/history/"])
def test_pages_say_every_word(made: Publication, folder: str) -> None:
    pages = [page for page in made.pages if page.uri.startswith(folder)]
    assert pages
    found = {page.uri: words for page in pages if (words := unsaid(page.text))}
    # A commit’s subject, and values of the front matter as they were typed.
    known = {"UTC", "Change", "active", "retired"}
    loose = {uri: set(words) - known for uri, words in found.items()}
    assert {uri: words for uri, words in loose.items() if words} == {}


def test_feeds_say_every_word(made: Publication) -> None:
    feeds = [asset for asset in made.assets if asset.uri.endswith(".xml")]
    assert len(feeds) > 1
    for feed in feeds:
        assert set(unsaid(feed.content.decode())) <= {"policygraph", "Change"}, feed.uri


def test_paper_says_every_word() -> None:
    index = index_of(judge(book(FILES, 'name: "Книга"\n', history=past()), TODAY), SiteStyle("policies"))
    with speaking(Marked()):
        html = handbook_volume(Press(index, frozenset(), "0123456789ab")).html
        css = stylesheet()
    assert set(unsaid(html)) <= {"policies"}
    assert 'content: "⟦Page " counter(page) " of " counter(pages) "⟧"' in css
    assert "$" not in css
    assert 'content: "Page " counter(page) " of " counter(pages) ""' in stylesheet()
