"""The catalogues: complete, in step with the code, and safe whatever the values are."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from policygraph.publishing.catalogues import languages, words_in
from policygraph.publishing.templates import environment
from policygraph.words import ENGLISH, _, ngettext, pgettext, speaking, spoken

PROJECT = Path(__file__).parents[2]
WORDS = PROJECT / "plugins/policygraph/publishing/words"
CATALOGUES = sorted(WORDS.glob("*.po"))
_VALUE = re.compile(r"%\(\w+\)s|%%")
_TAG = re.compile(r"<[^<>]+>")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def key(message: Message) -> tuple[str, object]:
    return (message.context or "", message.id)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The messages of the code as it is now."""
    path = tmp_path_factory.mktemp("words") / "policygraph.pot"
    command = "-q extract -F pyproject.toml -k NP_:1c,2 -k NN_:1,2 --omit-header"
    subprocess.run(
        [
            str(Path(sys.executable).with_name("pybabel")),
            *command.split(),
            "-o",
            str(path),
            "plugins/policygraph",
        ],
        cwd=PROJECT,
        check=True,
    )
    return read(path)


def test_the_collected_messages_are_those_of_the_code(collected: Catalog) -> None:
    kept = {key(message) for message in read(WORDS / "policygraph.pot")}
    assert {key(message) for message in collected} == kept, "run `make words`"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_says_every_message(path: Path, collected: Catalog) -> None:
    catalogue = read(path)
    said = {key(message): message for message in catalogue if message.id}
    wanted = {key(message) for message in collected if message.id}
    assert said.keys() == wanted
    for message in said.values():
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        translations = message.string if isinstance(message.string, tuple) else (message.string,)
        assert len(translations) == (catalogue.num_plurals if isinstance(message.id, tuple) else 1)
        assert not message.fuzzy, message.id
        for number, translation in enumerate(translations):
            original = originals[min(number, len(originals) - 1)]
            assert translation, f"nothing said for {original!r}"
            # One thing may be said without its number in either language, so what counts is that no value is unknown.
            known = set(_VALUE.findall("".join(originals)))
            assert set(_VALUE.findall(translation)) <= known, translation
            if len(originals) == 1:
                assert sorted(_VALUE.findall(translation)) == sorted(_VALUE.findall(original)), translation
            assert sorted(_TAG.findall(translation)) == sorted(_TAG.findall(original)), translation
            # Spaces at the ends are part of how messages stand on a page.
            assert translation[:1].isspace() == original[:1].isspace(), translation
            assert translation[-1:].isspace() == original[-1:].isspace(), translation


def test_english_needs_no_catalogue() -> None:
    assert languages()[0] == "en"
    assert words_in("en") is words_in("en-GB") is words_in("xx") is words_in("") is ENGLISH


@pytest.mark.parametrize("code", ["de", "DE", "de-AT", "de_CH"])
def test_a_kind_of_a_language_is_answered_in_it(code: str) -> None:
    assert words_in(code).code == "de"


@pytest.mark.parametrize("code", ["../de", "de/..", "*", "de.po", "\x00", "d" * 5000])
def test_a_hostile_language_is_english(code: str) -> None:
    assert words_in(code) is ENGLISH


def test_dates_lists_and_numbers_are_the_language_s_own() -> None:
    day = dt.date(2026, 4, 1)
    german = words_in("de")
    assert (ENGLISH.date(day), german.date(day)) == ("1 April 2026", "1. April 2026")
    assert (ENGLISH.short_date(day), german.short_date(day)) == ("1 Apr 2026", "1. Apr. 2026")
    assert (ENGLISH.month(dt.date(2026, 3, 1)), german.month(dt.date(2026, 3, 1))) == (
        "March 2026",
        "März 2026",
    )
    assert (ENGLISH.decimal(1234.5), german.decimal(1234.5)) == ("1,234.5", "1.234,5")
    assert (ENGLISH.all_of("abc"), german.all_of("abc")) == ("a, b and c", "a, b und c")


def test_what_is_spoken_ends_where_it_began() -> None:
    with pytest.raises(ZeroDivisionError), speaking(words_in("de")):
        assert spoken().code == "de"
        raise ZeroDivisionError
    assert spoken() is ENGLISH


def test_messages_have_named_values_and_numbers() -> None:
    with speaking(words_in("de")):
        assert ngettext("one day", "%(num)s days", 1) == "ein Tag"
        assert ngettext("one day", "%(num)s days", 3) == "3 Tage"
        assert pgettext("name", "policy") == "Richtlinie"
    assert ngettext("one day", "%(num)s days", 3) == "3 days"
    assert _("no such message, 100 %% of %(it)s", it="%(x)s") == "no such message, 100 % of %(x)s"


def test_a_value_is_never_markup() -> None:
    template = environment().from_string(
        "{% trans title=title %}In <em>{{ title }}</em>{% endtrans %}|{{ _('Of %(title)s', title=title) }}"
        "|{% trans count=2, title=title %}one of {{ title }}{% pluralize %}{{ count }} of {{ title }}{% endtrans %}"
    )
    said = template.render(title='<b onclick="x">{{\n%(y)s')
    assert "<b" not in said
    assert "\n" not in said
    assert said.count("%(y)s") == 3
    assert said.startswith("In <em>&lt;b")
