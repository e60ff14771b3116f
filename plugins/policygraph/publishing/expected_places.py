"""Where the pages of groups and roles stand, and how a choice of them is written in an address."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from policygraph.judging.expected import Group
from policygraph.judging.subjects import Party
from policygraph.publishing.index import Index
from policygraph.publishing.links import file_name
from policygraph.words import _

CHOOSER = "for/index.md"
_TAKEN = ("index", "readme", "roles", "statements")
"""Names below `for/` that are no group's."""


def party_name(party: Party) -> str:
    """A group or role as it stands in the address of the page on which people choose."""
    name = quote(party.id, safe="-._~")
    return f"role:{name}" if party.kind == "role" else name


def group_name(group: Group) -> str:
    """What a group or role is called; everyone has a name of ours where no register gives one."""
    return group.title or _("Everyone")


def group_uri(index: Index, party: Party) -> str:
    """The source path of the page of a group or role; empty for one that only documents not in force name."""
    name = _name(index, party)
    return f"for/{name}.md" if name else ""


def data_uri(index: Index, party: Party) -> str:
    """The file with what a group or role is asked, for the page on which people choose."""
    return f"for/statements/{_name(index, party)}.js"


def _name(index: Index, party: Party) -> str:
    if not index.party_files:
        index.party_files.update(_names(group.party for group in index.case.expected.groups))
    name = index.party_files.get(party, "")
    return f"roles/{name}" if name and party.kind == "role" else name


def _names(parties: Iterable[Party]) -> dict[Party, str]:
    """A file name for each group and role, none twice among groups or among roles."""
    names: dict[Party, str] = {}
    taken: set[tuple[str, str]] = {("audience", name) for name in _TAKEN}
    taken |= {("role", name) for name in ("index", "readme")}
    for party in parties:
        name = wanted = file_name(party.id)
        number = 2
        while (party.kind, name) in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add((party.kind, name))
        names[party] = name
    return names
