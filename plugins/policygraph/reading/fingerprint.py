"""Fingerprints: by which a text, and the substance of a text, are known again."""

from __future__ import annotations

import hashlib

from policygraph.model.fingerprint import Fingerprint
from policygraph.reading.fence import normalised
from policygraph.reading.substance import substance


def fingerprint(text: str) -> Fingerprint:
    """Hash the text of a document's file: as it stands (byte order mark and line endings levelled), and its
    substance alone."""
    return Fingerprint(text_hash(text), _sha256(substance(text).canonical()))


def text_hash(text: str) -> str:
    """The hash of a file's text alone: as `sha256sum` gives it for a file in UTF-8 with line feeds."""
    return _sha256(normalised(text))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
