"""The promises page."""

from __future__ import annotations

import json
import re

from publications import published, seen

EVIL = '<script>alert(1)</script> {{ x }} | "q"'
FILES = {
    "a/one.md": "---\nid: one\ntitle: One\nowner: boss\napplies_to: [all]\nrecords:\n  - {what: Risk register, every: 3 months}\n---\n"
    "# One\n\nThe boss must read the risk register every quarter. Access rights must be reviewed every month.\n\n"
    "Logs must be kept for two years. Answers must be given in a timely manner.\n",
    "a/two.md": "---\nid: two\ntitle: Two\n---\n# Two\n\nWe review access rights once a year.\n",
    "policies/registers/organisation.yml": "roles:\n  boss: {title: The big boss}\naudiences:\n  all: {title: All of us}\n",
}  # fmt: skip


def _named(files: dict[str, str]) -> dict[str, str]:
    return {
        name if name.startswith("policies/") else f"policies/{name}": text for name, text in files.items()
    }


def test_the_page_counts_and_quotes() -> None:
    text = seen(published(_named(FILES))["audit/promises/index.md"].text).text
    assert "1 of 3 promises are backed by a record" in text
    assert "frequencies 1 of 3" in text
    assert "The boss must read the risk register every quarter." in text
    assert "both speak of risk and register, and both are every 3 months" in text
    assert "retention periods, which need no record of their own 1" in text
    assert "All of us" in text


def test_conflicts_and_vague_words_are_quoted_with_links() -> None:
    page = seen(published(_named(FILES))["audit/promises/index.md"].text)
    assert re.search(r"every month in One .* every year in Two", page.text)
    assert "“in a timely manner” in One" in page.text


def test_links_lead_to_the_sentence() -> None:
    pages = published(_named(FILES))
    anchors = {
        href.partition("#")[2]
        for href in seen(pages["audit/promises/index.md"].text).values("href")
        if "#p-" in href
    }
    marked = set(seen(pages["policies/a/one.md"].text).values("id")) | set(
        seen(pages["policies/a/two.md"].text).values("id")
    )
    assert anchors
    assert anchors <= marked


def test_nothing_promised_is_said() -> None:
    text = seen(
        published({"policies/a.md": "---\ntitle: A\n---\nText.\n"})["audit/promises/index.md"].text
    ).text
    assert "0 of 0 promises are backed" in text
    assert "No document in force promises a frequency" in text


def test_many_promises_are_split_by_area() -> None:
    sentences = "\n\n".join(f"Thing {n} must be checked every {n} days." for n in range(2, 403))
    pages = published({"policies/a/a.md": f"---\ntitle: A\n---\n{sentences}\n", **_named(FILES)})
    parts = [uri for uri in pages if uri.startswith("audit/promises/")]
    assert sorted(parts) == ["audit/promises/a-1.md", "audit/promises/a-2.md", "audit/promises/index.md"]
    assert "audit" not in seen(pages["audit/promises/index.md"].text).names()
    assert seen(pages["audit/promises/a-1.md"].text).text.count("every 50 days") == 2


def test_hostile_words_stay_text() -> None:
    evil = json.dumps(EVIL)
    pages = published(
        {
            "policies/a.md": f"---\ntitle: {evil}\nowner: {evil}\napplies_to: [{evil}]\nrecords:\n  - what: {evil}\n    every: 1 week\n---\n"
            f"You must read script alert {EVIL.replace('<', '&lt;')} every week.\n"
        }
    )
    page = pages["audit/promises/index.md"]
    assert "<script" not in page.text
    assert "{{" not in page.text
    assert seen(page.text.split("\n---\n", 1)[1]).wrong == []
