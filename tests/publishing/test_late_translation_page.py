"""The page of a translation says when its original has moved on."""

from __future__ import annotations

from publications import publication, seen

from builders import book
from histories import history

OLD = "---\nid: P-1\ntitle: Help\n---\n# Help\n\nYou must answer within 24 hours of the call.\n"
NEW = OLD.replace("24", "72")
GERMAN = "---\ntitle: Hilfe\n---\n# Hilfe\n\nDu musst binnen 24 Stunden antworten.\n"


def test_the_reader_hears_that_the_original_has_changed() -> None:
    past = {
        "help.md": [(0, "2026-01-01", OLD), (2, "2026-04-01", NEW)],
        "help.de.md": [(1, "2026-02-01", GERMAN)],
    }
    made = publication(book({"help.md": NEW, "help.de.md": GERMAN}, history=history(past)))
    pages = {page.uri: page.text for page in made.pages}
    text = seen(pages["policies/help.de.md"]).text
    assert "It has changed since, on 1 April 2026; what is new there is not here yet." in text
    assert "has changed since" not in seen(pages["policies/help.md"]).text
