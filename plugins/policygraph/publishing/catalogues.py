"""The catalogues of words: one file a language, made by translators from the messages in the code.

They are gettext's `.po` files in `words/`, read as they stand; how to add a language is told in
docs/policygraph/languages.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from gettext import GNUTranslations
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import PurePosixPath
from types import MappingProxyType

from policygraph.words import ENGLISH, Message, Words


class CatalogueWords(Words):
    """The words of a language with a catalogue. A message that it lacks is said in English."""

    def __init__(self, code: str, catalogue: bytes) -> None:
        # Loaded only where another language than English is spoken, since Babel takes a while.
        from babel import Locale
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        self.code = code
        self._locale = Locale.parse(code, sep="-")
        found = read_po(BytesIO(catalogue), locale=self._locale)
        compiled = BytesIO()
        write_mo(compiled, found)
        compiled.seek(0)
        self._translations = GNUTranslations(compiled)
        self.plural_rule = found.plural_expr
        scripts: dict[str, dict[str, Message]] = {}
        for message in found:
            if message.id and message.string and not message.fuzzy:
                one = message.id if isinstance(message.id, str) else message.id[0]
                said = message.string if isinstance(message.string, str) else tuple(message.string)
                for file, _ in message.locations:
                    if file.endswith(".js"):
                        scripts.setdefault(PurePosixPath(file).name, {})[one] = said
        self.of_scripts = MappingProxyType(scripts)

    def message(self, text: str, context: str = "") -> str:
        """A message in this language."""
        return self._translations.pgettext(context, text) if context else self._translations.gettext(text)

    def plural(self, one: str, many: str, number: int) -> str:
        """The message for a number of things, by the rule of this language."""
        return self._translations.ngettext(one, many, number)

    def date(self, day: dt.date) -> str:
        """A date as this language writes it in full: 1. April 2026."""
        from babel.dates import format_date

        return format_date(day, "long", self._locale)

    def short_date(self, day: dt.date) -> str:
        """A date where there is little room: 1. Apr. 2026."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMd", day, locale=self._locale)

    def day(self, day: dt.date) -> str:
        """A day where the year is known: 1. April."""
        from babel.dates import format_skeleton

        return format_skeleton("MMMMd", day, locale=self._locale)

    def month(self, day: dt.date) -> str:
        """The month of a day."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", day, locale=self._locale)

    def short_month(self, day: dt.date) -> str:
        """The name of a day's month where there is little room: Apr."""
        from babel.dates import format_date

        return format_date(day, "LLL", self._locale)

    def decimal(self, number: float, places: int = 1) -> str:
        """A number with decimal places: 1.234,5."""
        from babel.numbers import format_decimal

        return format_decimal(number, f"#,##0.{'0' * places}", self._locale)

    def all_of(self, words: Sequence[str]) -> str:
        """Words as a sentence lists them: a, b und c."""
        from babel.lists import format_list

        return format_list(words, locale=self._locale)

    def inside(self, name: str) -> str:
        """A name as it is: a German noun keeps its capital, and of other languages we do not know."""
        return name


def languages() -> tuple[str, ...]:
    """The languages that the interface speaks, English first."""
    return (ENGLISH.code, *sorted(file.name.removesuffix(".po") for file in _files()))


@cache
def words_in(code: str) -> Words:
    """The words for a language: its own, else those of the language it is a kind of (`de-AT`), else English."""
    wanted = code.replace("_", "-").lower()
    names = {file.name.removesuffix(".po").lower(): file for file in _files()}
    while wanted and wanted not in names:
        wanted = wanted.rpartition("-")[0]
    return CatalogueWords(wanted, names[wanted].read_bytes()) if wanted else ENGLISH


def language_family(code: str) -> str:
    """The language that a code is a kind of: `de` of `de-AT`."""
    return re.split("[-_]", code.lower(), maxsplit=1)[0]


def _files() -> list[Traversable]:
    folder = resources.files("policygraph.publishing").joinpath("words")
    return [entry for entry in folder.iterdir() if entry.name.endswith(".po")]
