"""Files beside the documents that are published with them."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.resolving.handbook import Handbook

SUFFIXES = frozenset(
    [
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".svg",
        ".webp",
        ".avif",
        ".pdf",
        ".docx",
        ".xlsx",
        ".pptx",
        ".odt",
        ".ods",
        ".odp",
        ".csv",
        ".txt",
        ".drawio",
    ]
)
"""Pictures and attachments. Settings, registers and whatever else lies in the folder stay where they are."""


def attachments(files: Iterable[str], handbook: Handbook) -> tuple[str, ...]:
    """Return the paths to publish: pictures and attachments, and every file that a document links."""
    linked = {
        t.file for t in handbook.link_targets.values() if t.file and t.document is None and not t.outside
    }
    return tuple(
        sorted(path for path in files if path in linked or path[path.rfind(".") :].lower() in SUFFIXES)
    )
