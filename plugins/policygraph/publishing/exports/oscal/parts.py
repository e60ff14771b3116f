"""What all OSCAL documents share: identifiers that never change, metadata, properties and links.

OSCAL (Open Security Controls Assessment Language) is what NIST and others exchange statements about controls in.
Identifiers are derived from names, and all dates from the day of the case, so the same handbook gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping

from policygraph.model.document import Document
from policygraph.model.framework import Clause, Framework
from policygraph.model.place import Passage
from policygraph.publishing.exports.records import Data
from policygraph.publishing.index import Index

OSCAL_VERSION = "1.1.3"

DERIVED = (
    "Derived from what documents say of themselves. It shows where to look, and does not show that a control is "
    "fulfilled."
)

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:policygraph:oscal")
_NOT_IN_A_TOKEN = re.compile(r"[^A-Za-z0-9._-]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_SPACE = re.compile(r"\s+")


def identifier(*names: str) -> str:
    """The UUID of a thing: always the same for the same names."""
    joined = "\x1f".join(text(name) for name in names)
    return str(uuid.uuid5(_NAMESPACE, joined))


def text(value: str, otherwise: str = "not recorded") -> str:
    """A value on one line, never empty: neither is allowed where OSCAL asks for words."""
    return _SPACE.sub(" ", _CONTROL.sub(" ", value)).strip() or otherwise


def token(name: str) -> str:
    """A name as OSCAL allows it: it begins with a letter; where characters had to go, a short hash keeps two apart."""
    safe = _NOT_IN_A_TOKEN.sub("-", name).strip("-.")
    if safe != name or len(safe) > 100:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        safe = f"{safe[:80]}-{digest}"
    return safe if safe[:1].isalpha() else f"_{safe}"


def control_id(clause: Clause) -> str:
    """The id of a control: qualified by its framework, since the same number means something else in another."""
    words = clause.id.replace(" ", "-")
    return token(f"{clause.framework.lower()}_{words}")


def metadata(index: Index, title: str, remarks: str) -> Data:
    """What a document is about, and as of which day."""
    settings = index.handbook.settings
    organisation = settings.organisation or settings.name
    party = identifier("party", organisation)
    day = index.today.isoformat()
    return {
        "title": text(title),
        "last-modified": f"{day}T00:00:00+00:00",
        "version": day,
        "oscal-version": OSCAL_VERSION,
        **filled(roles=roles(index)),
        "parties": [{"uuid": party, "type": "organization", "name": text(organisation)}],
        "remarks": text(remarks),
    }


def roles(index: Index) -> list[Data]:
    """The roles of the organisation."""
    found = index.handbook.organisation.roles
    return [{"id": token(id), "title": text(role.title, id)} for id, role in found.items()]


def responsible(index: Index, owner: str | None) -> list[Data]:
    """Who answers for something, where the register of roles knows it."""
    role = index.handbook.role(owner)
    return [{"role-id": token(role.id.lower())}] if role else []


def prop(name: str, value: str) -> Data:
    """A property with a name of OSCAL's own."""
    return {"name": name, "value": text(value)}


def own_prop(name: str, value: str) -> Data:
    """A property with a name of ours."""
    return {"name": name, "ns": "urn:policygraph:oscal", "value": text(value)}


def overdue_props(count: int) -> list[Data]:
    """How many records are overdue, which a fresh one beside them would hide; nothing where none is."""
    return [own_prop("records-overdue", str(count))] if count else []


def filled(**values: Iterable[Data]) -> dict[str, list[Data]]:
    """The lists that hold something; OSCAL allows no empty ones. An underscore in a name stands for a hyphen."""
    lists = {name.replace("_", "-"): list(items) for name, items in values.items()}
    return {name: items for name, items in lists.items() if items}


def document_link(index: Index, document: Document, passage: Passage | None = None) -> Data:
    """A link to a document's page, or to a passage of it."""
    uri = index.pages[document.path]
    anchor = passage.id if passage else ""
    words = passage.sentence if passage else document.title
    return {"href": _address(index, uri, anchor), "rel": "reference", "text": text(words)}


def _address(index: Index, uri: str, anchor: str) -> str:
    """The whole address where the handbook knows its own, or else one from the top of the site."""
    return index.web_address(uri, anchor) or index.links.web_address("", uri, anchor) or "./"


def catalog_file(framework: Framework) -> str:
    """The name under which the catalog of a framework is referred to."""
    return f"oscal-catalog-{token(framework.id)}.json"


def profile_file(framework: Framework) -> str:
    """The name under which the profile of a framework is referred to."""
    return f"oscal-profile-{token(framework.id)}.json"


def whole(kind: str, names: tuple[str, ...], content: Mapping[str, object]) -> Data:
    """A document of one kind with its identifier."""
    return {kind: {"uuid": identifier(kind, *names), **content}}
