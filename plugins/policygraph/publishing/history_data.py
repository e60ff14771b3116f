"""The versions of each document as data, from which the browser compares any two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygraph.model.history import Revision
from policygraph.publishing.escaping import script_json
from policygraph.publishing.index import Index
from policygraph.publishing.paragraphs import Paragraph
from policygraph.publishing.publication import Asset
from policygraph.publishing.redline import body_of, values_of
from policygraph.publishing.revisions import moment_words, short

MOST_VERSIONS = 100
MOST_CHARACTERS = 1_500_000
"""Text of one document's versions that is shipped; what stands in several of them counts once."""


def versions_uri(uri: str) -> str:
    """The file with the versions of a document, by the page of its history."""
    return f"{uri.removesuffix('.md')}.js"


def versions_data(index: Index) -> Iterator[Asset]:
    """The versions of every document that has more than one."""
    for path, uri in sorted(index.histories.items()):
        states = index.handbook.history.of(path)
        pool, versions = _versions(states)
        if len(versions) > 1:
            data = {"paragraphs": [[p.kind.value, p.text] for p in pool], "versions": versions}
            # A page opened from a folder may load a script, and nothing else; so the data is one.
            yield Asset(versions_uri(uri), f"window.policygraphVersions={script_json(data)};\n".encode())


def count_of_versions(states: Sequence[Revision]) -> int:
    """How many versions of a document are shipped."""
    texts = [state.text for state in states if state.text is not None]
    if len(texts) <= MOST_VERSIONS and sum(map(len, texts)) <= MOST_CHARACTERS:
        return len(texts)
    return len(_versions(states)[1])


def _versions(states: Sequence[Revision]) -> tuple[list[Paragraph], list[dict[str, object]]]:
    """The paragraphs of all versions, each once, and the versions in terms of them, the newest first."""
    numbers: dict[Paragraph, int] = {}
    versions: list[dict[str, object]] = []
    size = 0
    for state in reversed(states):
        if state.text is None:
            continue
        body = body_of(state.text)
        size += sum(len(p.text) for p in dict.fromkeys(body) if p not in numbers)
        if len(versions) >= MOST_VERSIONS or (size > MOST_CHARACTERS and versions):
            break
        versions.append(
            {
                "id": short(state.commit),
                "when": moment_words(state.commit.when),
                "subject": state.commit.subject,
                "fields": list(values_of(state.text).items()),
                "body": [numbers.setdefault(p, len(numbers)) for p in body],
            }
        )
    return list(numbers), versions
