"""People and roles: who somebody is, by the name typed, and whether they hold a role."""

from __future__ import annotations

import unicodedata

from policygraph.model.organisation import Role
from policygraph.reading.text import name_key


def person_key(name: str) -> str:
    """The form in which two spellings of one person's name are equal: capitals and spaces do not count."""
    return name_key(unicodedata.normalize("NFKC", name).casefold())


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, as far as names can tell."""
    return bool(key := person_key(one)) and key == person_key(other)


def holds(role: Role, person: str) -> bool:
    """Whether a person holds a role, by the register of the organisation as it stands."""
    return any(same_person(person, holder) for holder in role.holders)
