"""Entries of the review log: one small file each, as the command writes it and a pull request's report offers it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.fingerprint import Fingerprint
from policygraph.model.review import Outcome
from policygraph.publishing.links import file_name
from policygraph.reading.fingerprint import fingerprint
from policygraph.reading.registers import REVIEWS
from policygraph.reading.text import slug
from policygraph.reading.yaml_text import quoted
from policygraph.resolving.handbook import Handbook

YOUR_NAME = "Your name"
"""What stands where only the reader knows who signs."""

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A review that is yet to be written down, of the text with the hashes `looked_at`."""

    document: str
    by: str
    role: str
    on: dt.date
    outcome: Outcome
    looked_at: Fingerprint
    note: str = ""
    pull_request: str = ""

    @property
    def name(self) -> str:
        """The name of its file, safe everywhere; two reviews rarely share one, so that branches do not conflict."""
        person = slug(self.by)[:_LONGEST_NAME].strip("-_") or "somebody"
        return f"{self.on}-{file_name(self.document)}-{person}.yml"

    def text(self) -> str:
        """What the file says: every value quoted, so that nothing in it can be taken for YAML."""
        pairs = [
            ("document", self.document),
            ("by", self.by),
            ("as", self.role),
            ("date", self.on.isoformat()),
            ("outcome", self.outcome.value),
            ("text", self.looked_at.text),
            ("substance", self.looked_at.substance),
            ("note", self.note),
            ("pull_request", self.pull_request),
        ]
        return "".join(f"{key}: {quoted(value)}\n" for key, value in pairs if value)


def proposed_entry(
    handbook: Handbook, document: Document, today: dt.date, pull_request: str = ""
) -> tuple[str, str]:
    """The file, from the project's root, and the text with which the approver can approve the text of today.

    It is ready where one person holds the approving role; else the name is left to whoever signs.
    """
    role = handbook.role(document.front.approver)
    by = role.holders[0] if role and len(role.holders) == 1 else YOUR_NAME
    entry = ReviewEntry(
        document.id,
        by,
        role.id if role else document.front.approver or document.owner or "approver",
        today,
        Outcome.APPROVED,
        fingerprint(document.text),
        pull_request=pull_request,
    )
    return f"{reviews_folder(handbook)}/{entry.name}", entry.text()


def reviews_folder(handbook: Handbook) -> str:
    """The folder of the review log, from the project's root."""
    return "/".join(
        part
        for part in (handbook.folder, handbook.settings.registers.strip("/"), REVIEWS)
        if part not in ("", ".")
    )
