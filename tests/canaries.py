"""A handbook with a canary in everything that an edition may have to leave out: words that stand nowhere else.

`zxaud…` is for auditors alone, `zxint…` for those who work there, what begins with neither for everybody.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from pathlib import Path

from builders import Files
from repositories import Repo

PNG = b"\x89PNG\r\n\x1a\n"
LEVELS = ("int", "aud")
_WORD = re.compile(rb"zx(?:int|aud)[a-z]*q", re.IGNORECASE)

NOT_PUBLISHED = frozenset({"zxintgonetextq", "zxaudgonetextq"})
"""Canaries that no edition shows: what documents said that are gone and were never changed."""


def canaries_in(site: Path) -> dict[str, set[str]]:
    """Every canary in a site with the files that hold it: names of files, what they hold, and what is packed in it."""
    found: dict[str, set[str]] = {}
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        content = file.read_bytes() if file.is_file() else b""
        for word in _WORD.findall(name.encode() + b"\n" + _unpacked(file, content)):
            found.setdefault(word.decode().lower(), set()).add(name)
    return found


def _unpacked(file: Path, content: bytes) -> bytes:
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"\n".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def of_level(found: dict[str, set[str]], level: str) -> dict[str, set[str]]:
    """Those canaries of a level."""
    return {word: files for word, files in found.items() if word.startswith(f"zx{level}")}


def all_canaries(files: Files, messages: tuple[str, ...]) -> set[str]:
    """Every canary that went in."""
    texts = [*files, *messages, *(text if isinstance(text, str) else "" for text in files.values())]
    return {word.decode().lower() for text in texts for word in _WORD.findall(text.encode())}


def _inner(level: str, visibility: str) -> dict[str, str | bytes]:
    """A document that some edition leaves out, with everything that a document can have."""
    z = f"zx{level}"
    folder = f"policies/{z}areaq"
    return {
        f"{folder}/{z}fileq.md": f"""\
---
id: {z}idq
title: The {z}titleq rules
visibility: {visibility}
type: procedure
owner: zxint{level}roleidq
approver: keeper
summary: A {z}summaryq in one sentence.
why: Because {z}whyq happened.
aliases: ["{z}aliasq book"]
tags: [{z}tagq]
former_ids: [{z}formerq]
applies_to: [zxint{level}groupq]
satisfies: ["iso-42001:6.1.2"]
references:
  - to: PUB-1
    relation: depends on
    because: "It says {z}becauseq."
not_related:
  - to: PUB-2
    because: "They differ, {z}decisionq."
records:
  - what: The {z}recordq list
    where: https://example.org/{z}whereq
    every: 3 months
{z}keyq: a value
---
# The {z}titleq rules

## The {z}headingq

Everybody must keep a {z}statementq every month. Mind the {z}termq.

![A {z}altq]({z}pictureq.png) and [a {z}formlabelq]({z}formq.docx).

See [[PUB-1|the {z}labelq]].
""",
        f"{folder}/{z}fileq.de.md": f"---\ntitle: Die {z}germanq\n---\nAlle müssen {z}uebersetzungq lesen.\n",
        f"{folder}/{z}pictureq.png": PNG + z.encode() + b"pictureinsideq",
        f"{folder}/{z}formq.docx": z.encode() + b"forminsideq",
    }


def _public(extra: str, body: str, id: str, title: str) -> str:
    return (
        f"---\nid: {id}\ntitle: {title}\nvisibility: public\nowner: keeper\n{extra}---\n# {title}\n\n{body}"
    )


def _links(level: str) -> str:
    """Every way to link the document of a level."""
    z = f"zx{level}"
    path = f"{z}areaq/{z}fileq.md"
    return f"""\
Ask [[{z}idq|the first words]], [[{z}aliasq book|the second]], [[The {z}titleq rules#the-{z}headingq|the third]],
[[{z}formerq|the fourth]], [the fifth]({path}), [the *sixth*](<{path}#the-{z}headingq> "A title"), [the seventh][{level}],
<a class="x" href="{path}">the eighth</a> and [the ninth](/{z}areaq/{z}fileq.de.md).

| One | Two |
|---|---|
| [[{z}idq\\|the tenth]] | x |

[{level}]: {path}
"""


def front(level: str) -> str:
    """Front matter that names the document of a level."""
    z = f"zx{level}"
    return f"""\
references:
  - to: {z}idq
    relation: depends on
    because: "It {z}reasonq."
  - PUB-2
not_related:
  - to: {z}formerq
    because: "No, {z}againstq."
"""


CONTROL = """\
approver: zxintapproverq
review_every: 1 year
satisfies: ["iso-42001:6.1.4"]
records:
  - what: A zxintpublicrecordq
basis: promised
allow:
  PG302: "zxintallowanceq"
zxintextraq: anything
"""


def first_files() -> dict[str, str | bytes]:
    """How the handbook begins: two documents that are public now are not yet."""
    return {
        "policies/handbook.yml": "name: Small\nframeworks: [iso-42001]\nareas:\n"
        + "".join(
            f"  zx{z}areaq: {{title: The zx{z}areatitleq, description: A zx{z}roomq}}\n" for z in LEVELS
        ),
        "policies/zxintearlyfileq.md": "---\nid: PUB-2\ntitle: The zxintearlytitleq\n---\nIt was zxintearlytextq.\n",
        "policies/later.md": "---\nid: INT-2\ntitle: Later\nvisibility: auditor\n---\nIt was zxaudearlytextq.\n",
        "policies/zxintgoneq.md": "---\nid: zxintgoneidq\ntitle: A zxintgonetitleq\n---\nIt zxintgonetextq.\n",
        "policies/zxaudgoneq.md": "---\nid: zxaudgoneidq\ntitle: A zxaudgonetitleq\nvisibility: auditor\n---\nIt zxaudgonetextq.\n",
        "policies/open.md": _public(
            "", "See [[zxintgoneidq|what is gone]]. You must ask.\n", "PUB-1", "Open"
        ),
    }


def last_files() -> dict[str, str | bytes]:
    """What is added to it: what is there at the end, together with what was there first."""
    body = (
        'You must ask the keeper every month. { #asking satisfies="iso-42001:8.2" }\n\n'
        + "See [[iso-42001:6.1.2|the clause]], [[PUB-2]] and the openness.\n\n![Shared](shared.png)\n\n"
    )
    return {
        **_inner("int", "internal"),
        **_inner("aud", "auditor"),
        "policies/open.md": _public(
            f"{CONTROL}{front('int')}", body + _links("int") + _links("aud"), "PUB-1", "Open"
        ),
        "policies/open.de.md": "---\ntitle: Offen\n---\nAlle müssen fragen.\n",
        "policies/open.fr.md": "---\ntitle: Ouvert zxintfrenchq\nvisibility: internal\n---\nTexte.\n",
        "policies/renamed.md": _public("", "It is open now.\n", "PUB-2", "Second"),
        "policies/later.md": "---\nid: INT-2\ntitle: Later\nvisibility: internal\nowner: keeper\n"
        f"{front('aud')}---\n# Later\n\nIt is zxintlaterq. {_links('aud')}",
        "policies/broken.md": "---\ntitle: Broken zxaudslipq\nvisibility: auditors only\n---\nA zxaudsliptextq.\n",
        "policies/shared.png": PNG,
        "policies/zxaudlooseq.pdf": b"nobody links it",
        "policies/registers/terms.yml": "terms:\n"
        "  - {term: Openness, definition: Being open.}\n"
        + "".join(f"  - {{term: zx{z}termq, definition: A zx{z}definitionq.}}\n" for z in LEVELS),
        "policies/registers/organisation.yml": "roles:\n"
        "  keeper: {title: Keeper, holders: [Zxintholderq Person], contact: zxintcontactq@example.org, purpose: A zxintpurposeq.}\n"
        "  zxintintroleidq: {title: The zxintroletitleq, holders: [A zxintotherholderq]}\n"
        "  zxintapproverq: {title: A zxintapprovertitleq}\n"
        "  zxintaudroleidq: {title: The zxintauditroleq}\n"
        "audiences:\n  everyone: {title: Everyone}\n"
        "  zxintintgroupq: {title: The zxintgrouptitleq}\n  zxintaudgroupq: {title: The zxintauditgroupq}\n",
        "policies/registers/applicability.yml": "iso-42001:\n  A.2.2:\n    applies: true\n"
        "    because: A zxintjustificationq.\n    rests_on: [R-1, zxaudidq]\n    status: in place\n",
        "policies/registers/records.yml": "records:\n"
        + "".join(
            f"  - {{document: zx{z}idq, what: The zx{z}recordq list, made: 2026-03-01, by: A zx{z}makerq}}\n"
            for z in LEVELS
        ),
        "policies/registers/exceptions.yml": "exceptions:\n"
        + "".join(
            f"  - {{id: zx{z}exceptionq, title: A zx{z}exceptiontitleq, departs_from: zx{z}idq, because: A zx{z}exceptionreasonq,"
            " owner: keeper, expires: 2027-01-01}\n"
            for z in LEVELS
        )
        + "  - {id: X-3, title: A zxintopenexceptionq, departs_from: PUB-1, because: So., owner: keeper, expires: 2027-01-01}\n",
        "policies/registers/external.yml": "documents:\n"
        + "".join(
            f"  - {{id: zx{z}externalq, title: A zx{z}lawq, used_by: [zx{z}idq], owner: keeper}}\n"
            for z in LEVELS
        ),
        **{
            f"policies/registers/reviews/2026-05-0{n}-zx{z}reviewfileq.yml": f"document: zx{z}idq\nby: A zx{z}reviewerq\n"
            f"as: keeper\ndate: 2026-05-0{n}\noutcome: confirmed unchanged\nnote: A zx{z}reviewnoteq.\n"
            for n, z in enumerate(LEVELS, start=1)
        },
    }


MESSAGES = (
    "Begin with zxintfirstsubjectq and zxaudfirstsubjectq",
    "Rename what is zxintmovedsubjectq",
    "Add the rest, zxaudlastsubjectq",
    "Say it better, zxintpublicsubjectq",
)


def write_canaries(folder: Path) -> Repo:
    """Write the handbook into a repository of its own, commit by commit."""
    repo = Repo(folder)
    author = "A Zxintcommitterq <zxintmailq@example.org>"
    repo.commit("2026-01-05", first_files(), MESSAGES[0], author=author)
    repo.commit(
        "2026-02-05",
        {},
        MESSAGES[1],
        move={"policies/zxintearlyfileq.md": "policies/renamed.md"},
        remove=("policies/zxintgoneq.md", "policies/zxaudgoneq.md"),
        author=author,
    )
    repo.commit("2026-03-05", last_files(), MESSAGES[2], author=author)
    text = str(last_files()["policies/open.md"])
    better = text.replace("ask the keeper every month", "ask the keeper every week").replace(
        "[[zxintidq", "[[zxintidq"
    )
    repo.commit("2026-06-05", {"policies/open.md": better}, MESSAGES[3], author=author)
    return repo
