"""handbook.yml to settings. Settings that cannot be used stop the work with one clear message."""

from __future__ import annotations

import re
from types import MappingProxyType

from pathspec import PathSpec

from policygraph.model.document import Status
from policygraph.model.finding import Severity
from policygraph.model.place import Place
from policygraph.model.reference import BUILT_IN_RELATIONS, Relation
from policygraph.reading.appearance_setting import appearance_setting
from policygraph.reading.branches import BRANCH
from policygraph.reading.feedback_setting import feedback_setting
from policygraph.reading.values import Reader, nearest
from policygraph.reading.yaml_tree import Listing, Node, Scalar, Table, TreeError, parse_yaml
from policygraph.settings import DEFAULT_TYPES, FIELD_NAMES, Area, FieldSource, Settings, SettingsError

KEYS = (
    "name",
    "organisation",
    "description",
    "url",
    "language",
    "documents",
    "registers",
    "exclude",
    "frameworks",
    "catalogs",
    "relations",
    "types",
    "areas",
    "fields",
    "id_pattern",
    "title_from",
    "statuses",
    "ignore_keys",
    "declare_relations",
    "review_every",
    "word_budget",
    "rules",
    "branch",
    "feedback",
    "appearance",
)
"""Every key of handbook.yml."""

TITLE_SOURCES = ("front matter", "heading", "file name")
_MAX_PATTERN = 100
_WORDS = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_URL = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[\w.~%!$&'()*+,;=:@-]*)*", re.ASCII)
# What can keep a machine busy for ever (a repeated group), or swallow whole paragraphs (a repeated dot).
_COSTLY = re.compile(
    r"\)[*+{?]|(?<!\\)\.[*+{]|\\[SDW][*+{]|\[\^[^]]*\][*+{]|\\[1-9]|\(\?|[*+?}][*+]|\*.*\*|\+.*\+.*\+"
)


def read_settings(text: str, file: str) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: for the first thing that is wrong, with its place.
    """
    try:
        tree = parse_yaml(text, file)
    except TreeError as error:
        raise SettingsError(error.message, error.place) from None
    reader = _SettingsReader()
    table = reader.table(tree, "The settings file") or Table((), Place(file))
    settings = reader.settings(table, file)
    if reader.problems:
        problem = min(reader.problems, key=lambda p: p.place)
        hint = f" Did you mean '{problem.suggestion}'?" if problem.suggestion else ""
        mend = f" {problem.mend}" if problem.mend else ""
        raise SettingsError(f"{problem.message}{hint}{mend}", problem.place)
    return settings


class _SettingsReader(Reader):
    def settings(self, table: Table, file: str) -> Settings:
        values = {name: node for name, (_, node) in self.keys(table, KEYS, "handbook.yml").items()}

        def line(name: str, default: str) -> str:
            return self.text(values.get(name), name) or default

        def lines(name: str) -> tuple[str, ...]:
            return tuple(text for item in self.items(values.get(name)) if (text := self.text(item, name)))

        types = tuple(dict.fromkeys((*DEFAULT_TYPES, *(name.lower() for name in lines("types")))))
        return Settings(
            name=line("name", "Handbook"),
            organisation=line("organisation", ""),
            description=line("description", ""),
            url=self._url(values.get("url")),
            language=line("language", "en").lower(),
            documents=line("documents", "."),
            registers=line("registers", "registers"),
            exclude=self._exclude(values.get("exclude")),
            frameworks=tuple(name.lower() for name in lines("frameworks")),
            catalogs=lines("catalogs"),
            relations=MappingProxyType(self._relations(values.get("relations"))),
            types=types,
            areas=MappingProxyType(self._areas(values.get("areas"))),
            fields=MappingProxyType(self._fields(values.get("fields"))),
            id_patterns=self._patterns(values.get("id_pattern")),
            title_from=self._title_from(values.get("title_from")),
            statuses=MappingProxyType(self._statuses(values.get("statuses"))),
            ignore_keys=frozenset(lines("ignore_keys")),
            declare_relations=bool(self.flag(values.get("declare_relations"), "declare_relations")),
            review_every=self.interval(values.get("review_every"), "review_every"),
            word_budget=MappingProxyType(self._budget(values.get("word_budget"), types)),
            rules=MappingProxyType(self._rules(values.get("rules"))),
            branch=self._branch(values.get("branch")),
            feedback=feedback_setting(self, values.get("feedback")),
            appearance=appearance_setting(self, values.get("appearance")),
            file=file,
        )

    def _branch(self, node: Node | None) -> str:
        name = self.text(node, "branch") or ""
        if node is not None and name and not BRANCH.fullmatch(name):
            self.report(node.place, f"'{name}' cannot be the name of a branch, such as main.")
        return name

    def _url(self, node: Node | None) -> str:
        value = self.text(node, "url")
        if value is None or node is None:
            return ""
        if not _URL.fullmatch(value):
            self.report(
                node.place,
                f"'url' is '{value}', but must be the address of the published handbook.",
                mend="Write it whole, for example https://handbook.example.org/.",
            )
            return ""
        return value if value.endswith("/") else f"{value}/"

    def _exclude(self, node: Node | None) -> tuple[str, ...]:
        found = []
        for item in self.items(node):
            pattern = self.text(item, "exclude")
            if pattern is None:
                continue
            try:
                PathSpec.from_lines("gitignore", [pattern])
            except (ValueError, re.error):
                self.report(item.place, f"'{pattern}' is no pattern of files, such as drafts/ or *.txt.")
            else:
                found.append(pattern)
        return tuple(found)

    def _relations(self, node: Node | None) -> dict[str, Relation]:
        found = {relation.name: relation for relation in BUILT_IN_RELATIONS}
        table = self.table(node, "relations")
        for key, value in table.entries if table else ():
            details = self.table(value, key.text)
            if details is None:
                continue
            entries = self.keys(details, ("inverse", "relies", "symmetric"), "A relation")
            values = {name: item for name, (_, item) in entries.items()}
            symmetric = bool(self.flag(values.get("symmetric"), "symmetric"))
            inverse = self.text(values.get("inverse"), "inverse") or (key.text if symmetric else None)
            if inverse is None:
                self.report(
                    key.place, f"The relation '{key.text}' needs an 'inverse', as 'owns' has 'owned by'."
                )
                continue
            relies = bool(self.flag(values.get("relies"), "relies"))
            found[key.text.lower()] = Relation(key.text.lower(), inverse, relies, symmetric)
        return found

    def _areas(self, node: Node | None) -> dict[str, Area]:
        found: dict[str, Area] = {}
        table = self.table(node, "areas")
        for key, value in table.entries if table else ():
            if isinstance(value, Scalar):
                found[key.text] = Area(key.text, self.text(value, key.text) or key.text)
                continue
            details = self.table(value, key.text)
            entries = self.keys(details, ("title", "description"), "An area") if details else {}
            values = {name: item for name, (_, item) in entries.items()}
            title = self.text(values.get("title"), "title") or key.text
            found[key.text] = Area(key.text, title, self.text(values.get("description"), "description") or "")
        return found

    def _fields(self, node: Node | None) -> dict[str, tuple[FieldSource, ...]]:
        found: dict[str, tuple[FieldSource, ...]] = {}
        table = self.table(node, "fields")
        entries = self.keys(table, FIELD_NAMES, "A document") if table else {}
        for name, (_, value) in entries.items():
            items = value.items if isinstance(value, Listing) else (value,)
            sources = tuple(source for item in items if (source := self._field(item, name)) is not None)
            if sources:
                found[name] = sources
        return found

    def _field(self, node: Node, name: str) -> FieldSource | None:
        if isinstance(node, Scalar):
            key = self.text(node, name)
            return FieldSource(key) if key else None
        table = self.table(node, name)
        if table is None:
            return None
        entries = self.keys(table, ("from", "prefix", "relation"), f"The field '{name}'")
        values = {key: item for key, (_, item) in entries.items()}
        key = self.text(values.get("from"), "from")
        if key is None:
            self.report(table.place, f"The field '{name}' does not say which key it comes 'from'.")
            return None
        relation = self.text(values.get("relation"), "relation")
        return FieldSource(key, self.text(values.get("prefix"), "prefix") or "", relation)

    def _patterns(self, node: Node | None) -> tuple[re.Pattern[str], ...]:
        found = []
        for item in self.items(node):
            text = self.text(item, "id_pattern")
            if text is None:
                continue
            try:
                pattern = re.compile(rf"(?<![\w-]){text}(?![\w-])")
            except re.error as error:
                self.report(
                    item.place, f"'{text}' is no pattern (regular expression) that can be used: {error}."
                )
                continue
            if (
                pattern.groups > 1
                or len(text) > _MAX_PATTERN
                or _COSTLY.search(text)
                or re.fullmatch(text, "")
            ):
                self.report(
                    item.place,
                    "An id pattern is one plain expression with at most one group, such as EIP-(\\d+).",
                )
                continue
            found.append(pattern)
        return tuple(found)

    def _title_from(self, node: Node | None) -> tuple[str, ...]:
        found = []
        for text, place in self.texts(node, "title_from"):
            if text not in TITLE_SOURCES:
                self.report(
                    place, f"A title comes from one of: {', '.join(TITLE_SOURCES)}; not from '{text}'."
                )
            found.append(text)
        return tuple(found) or TITLE_SOURCES

    def _statuses(self, node: Node | None) -> dict[str, Status]:
        table = self.table(node, "statuses")
        found: dict[str, Status] = {}
        for key, value in table.entries if table else ():
            if (status := self.choice(value, key.text, Status)) is not None:
                found[key.text.lower()] = status
        return found

    def _budget(self, node: Node | None, types: tuple[str, ...]) -> dict[str, int]:
        """Words by type of document; one number holds for all. A document without a type is a 'document'."""
        types = (*types, "document")
        if isinstance(node, Scalar):
            words = self._words(node, "word_budget")
            return {"": words} if words else {}
        found: dict[str, int] = {}
        table = self.table(node, "word_budget")
        for key, value in table.entries if table else ():
            if key.text.lower() not in types:
                self.report(
                    key.place,
                    f"'word_budget' names the type '{key.text}', which no document can have.",
                    suggestion=nearest(key.text, types),
                    mend="Add the type under 'types', or correct its name.",
                )
            elif words := self._words(value, key.text):
                found[key.text.lower()] = words
        return found

    def _words(self, node: Node, name: str) -> int | None:
        text = self.text(node, name)
        if text is None:
            return None
        if not _WORDS.fullmatch(text):
            self.report(node.place, f"'{name}' is a number of words, such as 1500; '{text[:40]}' is none.")
            return None
        return int(text)

    def _rules(self, node: Node | None) -> dict[str, Severity | None]:
        table = self.table(node, "rules")
        found: dict[str, Severity | None] = {}
        for key, value in table.entries if table else ():
            word = (self.text(value, key.text) or "").lower()
            if word == "off":
                found[key.text.upper()] = None
            elif word in [severity.value for severity in Severity]:
                found[key.text.upper()] = Severity(word)
            else:
                words = ", ".join(severity.value for severity in Severity)
                self.report(value.place, f"'{key.text}' is '{word}', but must be one of: {words}, off.")
        return found
