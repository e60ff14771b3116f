"""Documents of external origin: standards, laws and contracts that the organisation works to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from policygraph.model.interval import Interval
from policygraph.model.place import Place


@dataclass(frozen=True, slots=True)
class ExternalDocument:
    """An entry of `registers/external.yml` (ISO/IEC 42001, clause 7.5.3).

    `framework` is the id of the catalog that lists its clauses, where there is one. `used_by` names documents as
    typed until the register is resolved, and holds their paths afterwards. `checked` is the day on which somebody
    last looked whether the version is still the current one.
    """

    id: str
    title: str
    place: Place
    kind: str = ""
    version: str = ""
    owner: str = ""
    where: str = ""
    framework: str = ""
    used_by: tuple[str, ...] = ()
    checked: dt.date | None = None
    check_every: Interval | None = None

    @property
    def due(self) -> dt.date | None:
        """The last day by which it has to be checked again; None where the interval or the last check is unknown."""
        return self.check_every.after(self.checked) if self.check_every and self.checked else None
