"""Which of somebody else's front matter keys means what, guessed from names and values, with the ground for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from policygraph.cli.starting.survey import Key, Survey
from policygraph.model.document import Status
from policygraph.reading.front_matter import ID
from policygraph.settings import DEFAULT_TYPES, ENGINE_KEYS

NAMES = {
    "id": "id identifier number document_id doc_id policy_id document_number policy_number ref",
    "title": "title name document_title policy_name subject",
    "type": "type kind document_type doc_type",
    "status": "status state",
    "area": "area section department",
    "owner": "owner policy_owner document_owner owned_by responsible maintainer",
    "approver": "approver approved_by",
    "summary": "summary description abstract purpose",
    "why": "why rationale",
    "aliases": "aliases alias aka also_known_as",
    "tags": "tags keywords labels topics",
    "applies_to": "applies_to audience audiences",
    "review_every": "review_every review_cycle review_frequency review_period",
    "effective": "effective effective_date date_effective valid_from in_force_since",
    "expires": "expires expiry expiry_date valid_until",
    "satisfies": "satisfies controls",
    "replaced_by": "replaced_by superseded_by obsoleted_by",
    "former_ids": "former_ids previous_ids old_ids",
    "lang": "lang language locale",
}
"""The names under which each field is usually found, the likeliest first."""

_WORDS = {
    Status.ACTIVE: "active final living approved published current effective accepted adopted released live valid "
    "in_force in_effect",
    Status.DRAFT: "draft proposed proposal review in_review last_call pending wip work_in_progress idea stagnant "
    "deferred provisional",
    Status.RETIRED: "retired withdrawn superseded obsolete deprecated archived moved rejected expired replaced inactive "
    "historic",
}
_STATUS_OF = {word: status for status, words in _WORDS.items() for word in words.split()}
_RELATIONS = (
    (r"requir|depend|need|prerequisite", "depends on"),
    (r"implement", "implements"),
    (r"supersede|replace|obsolete", "supersedes"),
    (r"see_?also", "see also"),
)
_NAMED = re.compile(r"(?<![\w-])([A-Z][A-Z]{1,9})-(\d+)(?![\w-])")
_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Guess:
    """A field with the key that holds it, how many documents have the key, and why that is thought."""

    field: str
    key: str
    found: int
    sure: bool
    ground: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Guesses:
    """Everything that was guessed; `unread` are status words whose meaning is open."""

    fields: tuple[Guess, ...]
    statuses: dict[str, Status]
    unread: tuple[str, ...]
    types: tuple[str, ...]
    id_pattern: str
    id_pattern_ground: str
    others: tuple[str, ...]


def guess(found: Survey) -> Guesses:
    """Guess what the keys of a survey mean."""
    fields: dict[str, Guess] = {}
    taken: set[str] = set()
    for name in NAMES:
        match = _by_name(name, found, taken)
        if name == "id":
            match = match or _id_by_values(found)
        if match is not None:
            fields[name] = match
            taken.add(match.key)
    ids = _ids(found, fields.get("id"))
    references = _references(found, ids, taken)
    taken |= {one.key for one in references}
    statuses, unread = _statuses(found, fields.get("status"))
    pattern, ground = _id_pattern(found, ids)
    others = tuple(key for key in found.keys if key not in taken and key not in ENGINE_KEYS)
    return Guesses(
        (*fields.values(), *references),
        statuses,
        unread,
        _types(found, fields.get("type")),
        pattern,
        ground,
        others,
    )


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().casefold())


def _by_name(name: str, found: Survey, taken: set[str]) -> Guess | None:
    plain = {_plain(key): key for key in reversed(found.keys) if key not in taken}
    for usual in NAMES[name].split():
        key = plain.get(usual)
        if key is None or not (count := len(found.keys[key].filled)):
            continue
        if name == "id" and not _are_ids(found.keys[key]):
            continue
        own = usual == name
        return Guess(name, key, count, own or count * 2 >= len(found.bodies), f"by its name, '{key}'")
    return None


def _are_ids(key: Key) -> bool:
    """Whether every value is a single id, and each is another's."""
    values = [values[0].casefold() for values in key.filled if len(values) == 1 and ID.fullmatch(values[0])]
    return len(values) == len(key.filled) and len(set(values)) >= 0.98 * len(values)


def _id_by_values(found: Survey) -> Guess | None:
    for key in found.keys.values():
        count = len(key.filled)
        if count < max(2, 0.8 * len(found.bodies)) or not _are_ids(key):
            continue
        in_name = sum(
            values[0].casefold() in _stem(path).casefold() for path, values in key.values.items() if values
        )
        if in_name >= 0.8 * count:
            return Guess(
                "id", key.name, count, True, "each value is different, and stands in the name of its file"
            )
    return None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _ids(found: Survey, id: Guess | None) -> dict[str, str]:
    """Every name under which a document can be meant, in small letters, with its file."""
    names = {_stem(path).casefold(): path for path in found.bodies}
    names |= {path.casefold(): path for path in found.bodies}
    if id is not None:
        names |= {values[0].casefold(): path for path, values in found.keys[id.key].values.items() if values}
    return names


def _references(found: Survey, ids: dict[str, str], taken: set[str]) -> list[Guess]:
    guesses = []
    for key in found.keys.values():
        if key.name in taken or key.name in ENGINE_KEYS:
            continue
        targets = [part.strip() for values in key.filled for value in values for part in value.split(",")]
        targets = [target for target in targets if target]
        there = [target for target in targets if target.removeprefix("./").casefold() in ids]
        if len(there) < 2 or len(there) < _ENOUGH * len(targets):
            continue
        plain = _plain(key.name)
        relation = next((word for form, word in _RELATIONS if re.search(form, plain)), "")
        ground = f"{len(there)} of {len(targets)} values name a document of this folder"
        sure = len(there) >= 0.9 * len(targets)
        guesses.append(Guess("references", key.name, len(key.filled), sure, ground, relation))
    return guesses


def _statuses(found: Survey, status: Guess | None) -> tuple[dict[str, Status], tuple[str, ...]]:
    if status is None:
        return {}, ()
    words = Counter(values[0] for values in found.keys[status.key].filled)
    known = {word: _STATUS_OF[_plain(word)] for word in words if _plain(word) in _STATUS_OF}
    unread = tuple(word for word, _ in words.most_common() if word not in known)
    ours = {status.value for status in Status}
    return {word: known[word] for word in sorted(known) if word not in ours}, unread


def _types(found: Survey, type: Guess | None) -> tuple[str, ...]:
    if type is None:
        return ()
    words = {values[0].lower() for values in found.keys[type.key].filled} - {*DEFAULT_TYPES}
    return tuple(sorted(words)) if len(words) <= 20 else ()


def _id_pattern(found: Survey, ids: Iterable[str]) -> tuple[str, str]:
    """What stands before a bare number where a text means a document: EIP-20 for the id 20."""
    numbers = {id for id in ids if id.isdecimal()}
    if len(numbers) * 2 < len(found.bodies):
        return "", ""
    known: Counter[str] = Counter()
    every: Counter[str] = Counter()
    example: dict[str, str] = {}
    for body in found.bodies.values():
        for prefix, number in _NAMED.findall(body):
            every[prefix] += 1
            if number in numbers:
                known[prefix] += 1
                example.setdefault(prefix, f"{prefix}-{number}")
    best = max(known, key=lambda prefix: (known[prefix], prefix), default=None)
    if best is None or known[best] < 3 or known[best] < _ENOUGH * every[best]:
        return "", ""
    ground = f"{known[best]} of {every[best]} names such as {example[best]} in the texts mean a document"
    return rf"{best}-(\d+)", ground
