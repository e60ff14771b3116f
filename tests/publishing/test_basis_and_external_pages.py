"""The pages of basis and of documents of external origin."""

from __future__ import annotations

import json

from publications import published, seen

EVIL = '<script>alert(1)</script> {{ x }} | "q"'
EVIL_YAML = json.dumps(EVIL)
FILES = {
    "policies/a/one.md": "---\nid: one\ntitle: One\nreview_every: 6 months\nbasis: helpful\nsatisfies: ['iso-42001:6.1.2', 'iso-42001:A.8.4']\n"
    "---\n# One\n\nThe board must approve this policy every year. You must follow [[two]].\n",
    "policies/a/two.md": "---\nid: two\ntitle: Two\n---\n# Two\n\nText.\n",
    "policies/b/three.md": "---\nid: three\ntitle: Three\nsatisfies: ['iso-42001:A.8.4']\n---\n# Three\n\nSome words that nobody asks for.\n",
    "policies/registers/external.yml": "documents:\n"
    "  - {id: X-1, title: 'ISO/IEC 42001:2023', kind: standard, version: first, framework: iso-42001, where: 'https://x.example', checked: 2026-01-01, check_every: 6 months}\n"
    "  - {id: X-2, title: A law of the land}\n",
}
SETTINGS = "frameworks: [iso-42001]\nreview_every: 1 year\n"


def test_why_documents_exist() -> None:
    page = seen(published(FILES, SETTINGS)["audit/basis/index.md"].text)
    assert "standard 1 answers a clause" in page.text
    assert "promised 1 a statement of another document" in page.text
    assert "helpful 1 asked for by nobody" in page.text
    assert "declared helpful it answers iso-42001:6.1.2, which demands documented information" in page.text
    assert "one “ You must follow two. ”" in page.text
    assert "every 6 months policies/a/one.md:4" in page.text
    assert "every year policies/handbook.yml set by ourselves" in page.text
    assert "every year : The board must approve this policy every year." in page.text


def test_what_is_kept_only_for_ourselves() -> None:
    text = seen(published(FILES, SETTINGS)["audit/basis/index.md"].text).text
    kept = text.partition("Kept only for ourselves")[2]
    assert "One document of 7 words" in kept
    assert "three Three 7 1 0 1" in kept
    assert "Two" not in kept
    nothing = published({"policies/one.md": FILES["policies/a/one.md"]}, SETTINGS)["audit/basis/index.md"]
    assert "every document in force is asked for" in seen(nothing.text).text


def test_documents_from_outside() -> None:
    page = seen(published(FILES, SETTINGS)["audit/external/index.md"].text)
    assert "2 documents of external origin" in page.text
    assert "1 check is overdue" in page.text
    assert "check overdue 1 January 2026 every 6 months 1 July 2026 one , three" in page.text
    assert "not recorded not recorded nobody is recorded" in page.text
    assert "https://x.example" in page.values("href")


def test_nothing_from_outside_is_said() -> None:
    page = published({"policies/a.md": "---\ntitle: A\n---\nText.\n"})["audit/external/index.md"]
    assert "registers/external.yml lists none." in seen(page.text).text


def test_many_are_split() -> None:
    late = "  - {id: X-0, title: Law number 0, checked: 2026-01-01, check_every: 1 month}\n"
    many = late + "".join(f"  - {{id: X-{n}, title: Law number {n}}}\n" for n in range(1, 700))
    documents = {f"policies/a/d{n}.md": f"---\nid: D{n}\ntitle: D{n}\n---\nText.\n" for n in range(310)}
    pages = published({**documents, "policies/registers/external.yml": f"documents:\n{many}"})
    assert [uri for uri in pages if uri.startswith("audit/external/")] == [
        "audit/external/index.md",
        *(f"audit/external/part-{n}.md" for n in (1, 2, 3)),
    ]
    overdue = [
        n for n in (1, 2, 3) if "1 check is overdue" in seen(pages[f"audit/external/part-{n}.md"].text).text
    ]
    assert overdue == [1]
    assert "1 check is overdue" in seen(pages["audit/external/index.md"].text).text
    assert [uri for uri in pages if uri.startswith("audit/basis/")] == [
        "audit/basis/index.md",
        "audit/basis/a-1.md",
        "audit/basis/a-2.md",
    ]


def test_hostile_words_stay_text() -> None:
    pages = published(
        {
            "policies/a.md": f"---\nid: a\ntitle: {EVIL_YAML}\nowner: {EVIL_YAML}\n---\nText.\n",
            "policies/registers/external.yml": f"documents:\n  - {{id: {EVIL_YAML}, title: {EVIL_YAML}, kind: {EVIL_YAML}, version: {EVIL_YAML}, "
            f"owner: {EVIL_YAML}, where: 'javascript:alert(1)', framework: {EVIL_YAML}, used_by: [a]}}\n",
        }
    )
    for uri in ("audit/basis/index.md", "audit/external/index.md"):
        page = pages[uri].text
        assert "<script" not in page
        assert "{{" not in page
        assert not any("javascript" in href for href in seen(page).values("href"))
        assert seen(page.split("\n---\n", 1)[1]).wrong == []
