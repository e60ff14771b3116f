"""Editions: builds of the handbook for one readership each."""

from __future__ import annotations

from enum import StrEnum

from policygraph.model.document import Visibility

_WIDEST_FIRST = (Visibility.PUBLIC, Visibility.INTERNAL, Visibility.AUDITOR)


class Edition(StrEnum):
    """For whom a build is: everybody, those who work here, or auditors, who see all."""

    PUBLIC = "public"
    INTERNAL = "internal"
    AUDITOR = "auditor"

    @property
    def whole(self) -> bool:
        """Whether nothing is kept from its readers."""
        return self is Edition.AUDITOR

    @property
    def audited(self) -> bool:
        """Whether it has audit pages, control data and files for machines."""
        return self is not Edition.PUBLIC

    def shows(self, visibility: Visibility) -> bool:
        """Whether its readers may see a document."""
        return _WIDEST_FIRST.index(visibility) <= _WIDEST_FIRST.index(Visibility(self.value))
