"""Every rule with a handbook that it reports and one that it leaves alone."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from builders import TODAY, Files, book, judged, on_disk
from policygraph.judging.judge import judge
from policygraph.judging.rule import Rule
from policygraph.judging.rules import all_rules
from policygraph.model.finding import Finding, Severity
from policygraph.model.problem import ProblemKind
from policygraph.reading.catalogs import shipped

PEOPLE = "roles:\n  ciso: {holders: [Ada]}\naudiences:\n  everyone: {}\n  staff: {}\n"
ROLES = "policies/registers/organisation.yml"
RETIRED = "---\ntitle: Old\nstatus: retired\n---\nGone.\n"


def front(keys: str, text: str = "Text.") -> str:
    return f"---\n{keys}\n---\n{text}\n"


@dataclass(frozen=True)
class Case:
    """A handbook that breaks a rule at one place, and one that does not."""

    code: str
    bad: Files
    at: str
    words: str
    good: Files
    suggestion: str | None = None
    settings: str = ""
    good_settings: str | None = None
    link: Mapping[str, str] = field(default_factory=dict)


B = {"policies/b.md": front("title: B")}
RECORDS = "policies/registers/records.yml"
EXCEPTIONS = "policies/registers/exceptions.yml"
REVIEW = "policies/registers/reviews/one.yml"
CONTROLS = [c.id for c in shipped("iso-42001").leaves if c.kind == "control"]
SIX = CONTROLS[:6]
APPLICABILITY = "policies/registers/applicability.yml"


def exception(keys: str) -> str:
    return (
        f"exceptions:\n  - {{id: X1, departs_from: b, owner: o, because: Why, expires: 2027-01-01, {keys}}}\n"
    )


def controls(keys: str, *more: str) -> str:
    return "\n".join(("iso-42001:", f"  A.2.2: {{{keys}}}", *(f"  {line}" for line in more))) + "\n"


def review(keys: str) -> str:
    return f"document: b\nby: Ada\nas: ciso\ndate: 2026-05-01\noutcome: approved\n{keys}"


WHOLE = 'because: "Another matter.", decided: 2026-03-01, by: ciso'

CASES = [
    Case("PG101", {"policies/a.md": b"Caf\xe9\n"}, "policies/a.md:1:4", "not saved as UTF-8", {"policies/a.md": "Café\n"}),
    Case(
        "PG102",
        {"policies/a.md": "x" * 2_000_001},
        "policies/a.md:1:1",
        "2.0 MB",
        {"policies/a.md": "x" * 2_000_000},
    ),
    Case(
        "PG103",
        {"secret.md": "x"},
        "policies/a.md:1:1",
        "leads out of the handbook",
        {"policies/b.md": "x"},
        link={"policies/a.md": "secret.md"},
    ),
    Case(
        "PG104",
        {"policies/a\nb.md": "x"},
        "policies/a\\nb.md:1:1",
        "characters that no link can carry",
        {"policies/a b.md": "x"},
    ),
    Case(
        "PG105",
        {"policies/a.md": "---\ntitle: One: two\n---\nText.\n"},
        "policies/a.md:2:11",
        "colon inside a value",
        {"policies/a.md": '---\ntitle: "One: two"\n---\nText.\n'},
    ),
    Case(
        "PG106",
        {"policies/a.md": "title: A\nowner: x\n---\nText.\n"},
        "policies/a.md:1:1",
        "no '---' line above it",
        {"policies/a.md": "---\ntitle: A\n---\nText.\n"},
        "---",
    ),
    Case(
        "PG107",
        {"policies/a.md": front("title: A\nowner: x\nowner: y")},
        "policies/a.md:4:1",
        "'owner' stands here twice",
        {"policies/a.md": front("title: A\nowner: x")},
    ),
    Case(
        "PG108",
        {"policies/a.md": front("title: A\neffective: 2025-30-01")},
        "policies/a.md:3:12",
        "no day of the calendar",
        {"policies/a.md": front("title: A\neffective: 2025-01-30")},
        "2025-01-30",
    ),
    Case(
        "PG109",
        B | {"policies/a.md": front("references:\n  - {to: b, because: Results, set the tone}")},
        "policies/a.md:3:31",
        "comma has cut the text",
        B | {"policies/a.md": front('references:\n  - {to: b, because: "Results, set the tone"}')},
    ),
    Case(
        "PG110",
        {"policies/a.md": front("id: AI/06 risk")},
        "policies/a.md:2:5",
        "'AI/06 risk' cannot be an id",
        {"policies/a.md": front("id: AI-06")},
        "AI-06-risk",
    ),
    Case(
        "PG111",
        {"policies/a.md": front("onwer: ciso")},
        "policies/a.md:2:1",
        "'onwer' is no key",
        {"policies/a.md": front("owner: ciso")},
        "owner",
    ),
    Case(
        "PG112",
        {"policies/a.md": "Text.\n\n<iframe src=\"x\">\n"},
        "policies/a.md:3:1",
        "run something in the reader's browser",
        {"policies/a.md": "Text.\n\n`<script>alert(1)</script>`\n"},
    ),
    Case(
        "PG201",
        {"policies/a.md": "See [[AI-80]].", "policies/b.md": front("id: AI-08")},
        "policies/a.md:1:5",
        "no document 'AI-80'",
        {"policies/a.md": "See [[ai-08]].", "policies/b.md": front("id: AI-08")},
        "AI-08",
    ),
    Case(
        "PG202",
        {"policies/x/a.md": "See [it](y/b.md).", "policies/y/b.md": "x"},
        "policies/x/a.md:1:5",
        "'y/b.md' leads to no file",
        {"policies/x/a.md": "See [it](../y/b.md).", "policies/y/b.md": "x"},
        "../y/b.md",
    ),
    Case(
        "PG203",
        {"policies/a.md": "See [[b#when-to-redo]].", "policies/b.md": "# B\n\n## When to redo it\n"},
        "policies/a.md:1:5",
        "'B' has no heading '#when-to-redo'",
        {"policies/a.md": "See [[b#when-to-redo-it]].", "policies/b.md": "# B\n\n## When to redo it\n"},
        "#when-to-redo-it",
    ),
    Case(
        "PG204",
        B | {"policies/a.md": front("references:\n  - to: b\n    relation: dependson")},
        "policies/a.md:4:15",
        "'dependson' is no relation here",
        B | {"policies/a.md": front("references:\n  - to: b\n    relation: depends on")},
        "depends on",
    ),
    Case(
        "PG205",
        {"policies/a.md": "See [[old]].", "policies/old.md": RETIRED, "policies/new.md": front("references: [{to: old, relation: supersedes}]")},
        "policies/a.md:1:5",
        "'Old' (old) is retired",
        {"policies/a.md": "---\nstatus: retired\n---\nSee [[old]].", "policies/old.md": RETIRED},
        "new",
    ),
    Case(
        "PG206",
        {"policies/a.md": "See [[a]]."},
        "policies/a.md:1:5",
        "'a' links to itself",
        {"policies/a.md": "# Here\n\nSee [[#here]]."},
    ),
    Case(
        "PG207",
        {"policies/a.md": front("references: [b]"), "policies/b.md": front("references: [a]")},
        "policies/a.md:2:14",
        "in a circle: a, b.",
        {"policies/a.md": front("references: [b]"), "policies/b.md": "See [[a]]."},
    ),
    Case(
        "PG208",
        {"policies/a.md": front("status: active"), "policies/b.md": front("references: [{to: a, relation: supersedes}]")},
        "policies/a.md:2:1",
        "(a) is superseded by b and still active",
        {"policies/a.md": front("status: retired"), "policies/b.md": front("references: [{to: a, relation: supersedes}]")},
        "status: retired",
    ),
    Case(
        "PG209",
        {"policies/a.md": "[[Access]]", "policies/b.md": front("title: Access"), "policies/c.md": front("title: Access")},
        "policies/a.md:1:1",
        "names 2 documents: b, c",
        {"policies/a.md": "[[b]]", "policies/b.md": front("title: Access"), "policies/c.md": front("title: Access")},
    ),
    Case(
        "PG210",
        B | {"policies/a.md": "See [[b]]."},
        "policies/a.md:1:5",
        "the front matter does not declare it",
        B | {"policies/a.md": front("references: [b]", "See [[b]].")},
        "- to: b",
        "declare_relations: true",
    ),
    Case(
        "PG211",
        {"policies/a.md": front("references: [AI-24]"), "policies/b.md": front("id: AI-24\ntitle: Zed")},
        "policies/a.md:2:14",
        "never mentions 'Zed' (AI-24)",
        {"policies/a.md": front("references: [AI-24]", "See AI-24."), "policies/b.md": front("id: AI-24\ntitle: Zed")},
        "[[AI-24]]",
    ),
    Case(
        "PG212",
        {"policies/a.md": "See the access control policy.", "policies/b.md": front("id: AI-15\ntitle: Access control policy")},
        "policies/a.md:1:9",
        "'access control policy' names AI-15 without a link",
        {"policies/a.md": "We control access.", "policies/b.md": front("id: AI-15\ntitle: Access control policy")},
        "[[AI-15|access control policy]]",
    ),
    Case(
        "PG213",
        {"policies/a.md": "[[b]]", "policies/b.md": "x"},
        "policies/a.md:1:1",
        "No document references 'A' (a).",
        {"policies/a.md": "[[b]]", "policies/b.md": "[[a]]"},
    ),
    Case(
        "PG220",
        {
            "policies/a.md": front('title: A\nsatisfies: ["iso-42001:6.1.2"]'),
            "policies/b.md": front('title: B\nsatisfies: ["iso-42001:6.1.4"]', "See [[a]]."),
        },
        "policies/a.md:3:1",
        "An auditor will ask why a does not reference 'B' (b): a answers iso-42001:6.1.2, b answers",
        {
            "policies/a.md": front('title: A\nsatisfies: ["iso-42001:6.1.2"]', "See [[b]]."),
            "policies/b.md": front('title: B\nsatisfies: ["iso-42001:6.1.4"]', "See [[a]]."),
        },
        'references:\n  - to: b\n    because: "The impact assessment informs how consequences are judged."',
        settings="frameworks: [iso-42001]",
    ),
    Case(
        "PG221",
        {
            "policies/a.md": front(f"not_related:\n  - {{to: b, {WHOLE}}}", "See [[b]]."),
            "policies/b.md": "x",
        },
        "policies/a.md:3:10",
        "no reference to 'B' (b) is needed, but line 5 references it",
        {"policies/a.md": front(f"not_related:\n  - {{to: b, {WHOLE}}}"), "policies/b.md": "See [[a]]."},
    ),
    Case(
        "PG222",
        {
            "policies/a.md": front('not_related:\n  - {to: b, because: "…", decided: 2026-03-01}'),
            "policies/b.md": "x",
        },
        "policies/a.md:3:10",
        "The decision about 'B' (b) lacks its reason (`because`) and who decided it (`by`).",
        {"policies/a.md": front(f"not_related:\n  - {{to: b, {WHOLE}}}"), "policies/b.md": "x"},
    ),
    Case(
        "PG223",
        {
            "policies/a.md": front(f"not_related:\n  - {{to: b, {WHOLE.replace('2026-', '2099-')}}}"),
            "policies/b.md": "x",
        },
        "policies/a.md:3:10",
        "The decision about 'B' (b) is dated 1 March 2099, which is still to come.",
        {"policies/a.md": front(f"not_related:\n  - {{to: b, {WHOLE}}}"), "policies/b.md": "x"},
    ),
    Case(
        "PG214",
        {"policies/x/a.md": "[m](/y/b.html)", "policies/y/b.md": "x"},
        "policies/x/a.md:1:1",
        "'/y/b.html' is an address of some published site",
        {"policies/x/a.md": "[m](/y/b.md)", "policies/y/b.md": "x"},
        "../y/b.md",
    ),
    Case(
        "PG215",
        {"policies/a.md": "Do [click](javascript:alert(1))."},
        "policies/a.md:1:4",
        "begins with 'javascript:'",
        {"policies/a.md": "Do [click](https://example.org)."},
    ),
    Case(
        "PG216",
        {"policies/a.md": "| x |\n|---|\n| See [[B|the other]] |\n", "policies/b.md": "x"},
        "policies/a.md:3:7",
        "cuts this link in two",
        {"policies/a.md": "| x |\n|---|\n| See [[B\\|the other]] |\n", "policies/b.md": "x"},
        "[[B\\|",
    ),
    Case(
        "PG217",
        {
            "policies/a.md": front("visibility: public") + "See [[b|the rules]] and [[b]].\n",
            "policies/b.md": front("visibility: internal"),
        },
        "policies/a.md:5:5",
        "b is not public: readers of the public edition see this link's words alone.",
        {
            "policies/a.md": front("visibility: public") + "See [[b|the rules]].\n",
            "policies/b.md": front("visibility: public"),
        },
    ),
    Case(
        "PG301",
        {"policies/a.md": front('satisfies: ["iso-4201:6.1.2"]')},
        "policies/a.md:2:13",
        "no framework 'iso-4201'",
        {"policies/a.md": front('satisfies: ["iso-42001:6.1.2"]')},
        "iso-42001",
    ),
    Case(
        "PG302",
        {"policies/a.md": front('satisfies: ["iso-42001:6.1.22"]')},
        "policies/a.md:2:13",
        "no clause '6.1.22' in iso-42001",
        {"policies/a.md": front('satisfies: ["iso-42001:6.1.2"]')},
        "iso-42001:6.1.2",
    ),
    Case(
        "PG303",
        {"policies/a.md": front('satisfies: ["iso-27001:A.9.2.1"]')},
        "policies/a.md:2:13",
        "id of edition 2013",
        {"policies/a.md": front('satisfies: ["iso-27001:A.5.16"]')},
    ),
    Case(
        "PG304",
        {"policies/a.md": front('satisfies: ["iso-42001:6.1"]')},
        "policies/a.md:2:13",
        "heading over several clauses",
        {"policies/a.md": "See [[iso-42001:6.1]]."},
    ),
    Case(
        "PG310",
        {
            "policies/b.md": front('satisfies: ["iso-42001:A.2.2"]'),
            APPLICABILITY: controls('applies: false, because: "We have none."'),
        },
        "policies/registers/applicability.yml:2:3",
        "'iso-42001:A.2.2' is declared not to apply, and yet is answered by b.",
        {
            "policies/b.md": front('satisfies: ["iso-42001:A.2.2"]\nstatus: draft'),
            APPLICABILITY: controls('applies: false, because: "We have none."'),
        },
    ),
    Case(
        "PG311",
        {
            "policies/b.md": front('satisfies: ["iso-42001:A.2.2"]\nstatus: draft'),
            APPLICABILITY: controls('applies: true, because: "R-1"'),
        },
        "policies/registers/applicability.yml:2:3",
        "'iso-42001:A.2.2' applies, but no document in force answers it. So far only b, not in force, would.",
        {
            "policies/b.md": front('satisfies: ["iso-42001:A.2.2"]'),
            APPLICABILITY: controls('applies: true, because: "R-1"'),
        },
    ),
    Case(
        "PG312",
        {
            **B,
            APPLICABILITY: controls(
                'applies: true, because: "The standard  asks."',
                *(f'{id}: {{applies: true, because: "The standard asks"}}' for id in SIX[1:]),
            ),
        },
        "policies/registers/applicability.yml:2:3",
        "6 controls are justified with the same sentence: A.2.2, A.2.3, A.2.4, A.3.2, A.3.3, A.4.2.",
        {
            **B,
            APPLICABILITY: controls(
                'applies: true, because: "R-1"',
                *(f'{id}: {{applies: true, because: "The standard asks"}}' for id in SIX[1:]),
            ),
        },
    ),
    Case(
        "PG313",
        {**B, APPLICABILITY: controls("applies: false")},
        "policies/registers/applicability.yml:2:3",
        "'iso-42001:A.2.2' is left out without a reason.",
        {**B, APPLICABILITY: controls('applies: false, because: "We buy nothing."')},
    ),
    Case(
        "PG314",
        {**B, APPLICABILITY: controls("applies: true", *(f"{id}: {{applies: true}}" for id in CONTROLS[1:-2]))},
        "policies/registers/applicability.yml:2:3",
        "nothing is decided about 2 controls: A.10.3, A.10.4.",
        {**B, APPLICABILITY: controls("applies: true", *(f"{id}: {{applies: true}}" for id in CONTROLS[1:]))},
    ),
    Case(
        "PG401",
        {"policies/a.md": front("id: X"), "policies/b.md": front("title: B\nid: x")},
        "policies/b.md:3:1",
        "belongs to policies/a.md already",
        {"policies/a.md": front("id: X"), "policies/b.md": front("id: X\nlang: de")},
    ),
    Case(
        "PG402",
        {"policies/access-control.md": "Text."},
        "policies/access-control.md:1:1",
        "shown as 'Access control'",
        {"policies/access-control.md": "# Access\n\nText."},
        'title: "Access control"',
    ),
    Case(
        "PG403",
        {"policies/a.md": front("title: A")},
        "policies/a.md:1:1",
        "'A' has no owner",
        {"policies/a.md": front("owner: ciso"), "policies/b.md": RETIRED},
    ),
    Case(
        "PG404",
        {"policies/a.md": front("title: A")},
        "policies/a.md:1:1",
        "'A' has no summary",
        {"policies/a.md": front("summary: What it is about."), "policies/b.md": RETIRED},
    ),
    Case(
        "PG408",
        {"policies/a.md": front("title: A")},
        "policies/a.md:1:1",
        "'A' does not say why it matters",
        {
            "policies/a.md": front("why: A tenant may come to harm."),
            "policies/b.md": RETIRED,
            "policies/index.md": front("title: All of them"),
        },
    ),
    Case(
        "PG409",
        {"policies/a.md": front("title: Access control policy\nwhy: To ensure proper access control.")},
        "policies/a.md:3:1",
        "only repeats the title",
        {"policies/a.md": front("title: Access control policy\nwhy: A guest read the payroll for three weeks.")},
    ),
    Case(
        "PG410",
        {"policies/a.md": front('title: A\nwhy: "Required by ISO/IEC 42001, clause 6.1.2."')},
        "policies/a.md:3:1",
        "is given as 'ISO/IEC 42001'",
        {"policies/a.md": front("title: A\nwhy: Nobody should be rated by a machine unasked.")},
    ),
    Case(
        "PG405",
        {"policies/a.md": front("title: A", "# A heading\n\n## Another")},
        "policies/a.md:1:1",
        "'A' has no text",
        {
            "policies/a.md": front("title: A", "# A heading\n\nText."),
            "policies/b.md": front("title: B\nstatus: draft", "# B"),
            "policies/c.md": front("title: C\nstatus: retired", "# C"),
        },
    ),
    Case(
        "PG406",
        {"policies/a.md": front("owner: cisso"), ROLES: PEOPLE},
        "policies/a.md:2:1",
        "'cisso' is no role",
        {"policies/a.md": front("owner: CISO"), ROLES: PEOPLE},
        "ciso",
    ),
    Case(
        "PG407",
        {"policies/a.md": front("applies_to: [staf]"), ROLES: PEOPLE},
        "policies/a.md:2:1",
        "'staf' is no audience",
        {"policies/a.md": front("applies_to: [Staff]"), ROLES: PEOPLE},
        "staff",
    ),
    Case(
        "PG431",
        {"policies/b.md": front("title: B\nreview_every: 6 months\neffective: 2026-01-01")},
        "policies/b.md:3:1",
        "was due on 2026-07-01, 145 days ago; no review is recorded. It is to be reviewed every 6 months",
        {
            "policies/b.md": front("title: B\nreview_every: 6 months\neffective: 2026-01-01"),
            REVIEW: review("").replace("approved", "confirmed unchanged").replace("2026-05", "2026-06"),
        },
    ),
    Case(
        "PG432",
        {**B, "policies/c.md": front("title: C\napprover: ciso"), REVIEW: review("")},
        "policies/c.md:3:1",
        "'C' is in force, and no approval is recorded.",
        {**B, REVIEW: review("")},
    ),
    Case(
        "PG433",
        {"policies/b.md": front("title: B\napprover: ciso"), ROLES: PEOPLE, REVIEW: review("").replace("Ada", "Bob")},
        "policies/registers/reviews/one.yml:1:1",
        "Version 1.0 of b was approved by Bob, who does not hold the approving role 'Ciso' today.",
        {"policies/b.md": front("title: B\napprover: ciso"), ROLES: PEOPLE, REVIEW: review("").replace("Ada", "ADA")},
    ),
    Case(
        "PG434",
        {**B, EXCEPTIONS: exception("granted: 2026-01-01").replace("2027-01-01", "2026-11-22")},
        "policies/registers/exceptions.yml:2:5",
        "The exception 'X1' from b expired on 2026-11-22 and is not closed. Owner: o.",
        {**B, EXCEPTIONS: exception("closed: 2026-11-20").replace("2027-01-01", "2026-11-22")},
    ),
    Case(
        "PG436",
        {"policies/b.md": front("title: B\nexpires: 2026-11-22")},
        "policies/b.md:3:1",
        "'B' expired on 2026-11-22 and is still active.",
        {
            "policies/b.md": front("title: B\nexpires: 2026-11-23"),
            "policies/c.md": front("title: C\nstatus: retired\nexpires: 2026-11-22"),
        },
    ),
    Case(
        "PG437",
        {**B, REVIEW: review("").replace("2026-05-01", "2026-11-24")},
        "policies/registers/reviews/one.yml:1:1",
        "The review of b by Ada is dated 2026-11-24, which is still to come; it does not count.",
        {**B, REVIEW: review("").replace("2026-05-01", "2026-11-23")},
    ),
    Case(
        "PG438",
        {**B, EXCEPTIONS: exception("granted: 2027-01-02")},
        "policies/registers/exceptions.yml:2:5",
        "The exception 'X1' expires on 2027-01-01, before it is granted on 2027-01-02.",
        {**B, EXCEPTIONS: exception("granted: 2026-11-23, closed: 2026-11-23")},
    ),
    Case(
        "PG501",
        {ROLES: "roles:\n  ciso: Ada\n"},
        "policies/registers/organisation.yml:2:9",
        "must hold 'key: value' lines",
        {ROLES: PEOPLE},
    ),
    Case(
        "PG502",
        {"policies/a.md": front("owner: ciso"), ROLES: "roles:\n  ciso: {title: Head of security}\n"},
        "policies/registers/organisation.yml:2:3",
        "Nobody holds 'Head of security', the owner or approver of a.",
        {"policies/a.md": front("owner: ciso"), ROLES: PEOPLE + "\n"},
    ),
    Case(
        "PG503",
        {"policies/a.md": front('allow:\n  PG999: "Because."')},
        "policies/a.md:3:3",
        "no rule 'PG999'",
        {"policies/a.md": front('allow:\n  PG404: "Because."')},
    ),
    Case(
        "PG504",
        {**B, RECORDS: "records:\n  - {document: bb, what: Log, made: 2026-01-01}\n"},
        "policies/registers/records.yml:2:5",
        "no document 'bb'",
        {**B, RECORDS: "records:\n  - {document: B, what: Log, made: 2026-01-01}\n"},
        "b",
    ),
    Case(
        "PG505",
        {
            "policies/b.md": front("title: B", "Keys must be kept for a year."),
            EXCEPTIONS: exception('quote: "Keys must be kept for two years."'),
        },
        "policies/registers/exceptions.yml:2:5",
        "stands no longer in b",
        {
            "policies/b.md": front("title: B", "Keys must be kept for a year."),
            EXCEPTIONS: exception('quote: "Keys must be kept for a year."'),
        },
    ),
    Case(
        "PG506",
        {**B, REVIEW: review("")},
        "policies/registers/reviews/one.yml:1:1",
        "does not say which text",
        {**B, REVIEW: review(f"text: {'a' * 64}\nsubstance: sha256:{'b' * 64}\n")},
    ),
]  # fmt: skip

RULES = {one.code: one for one in all_rules()}


def findings(root: Path, case: Case, files: Files, settings: str) -> list[Finding]:
    for name, target in case.link.items():
        (root / "policies").mkdir()
        (root / name).symlink_to(root / target)
    found = on_disk(root, files, settings or None)
    return [finding for finding in judge(found, TODAY).findings if finding.code == case.code]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_rule_reports_what_breaks_it(tmp_path: Path, case: Case) -> None:
    (finding,) = findings(tmp_path, case, case.bad, case.settings)
    assert str(finding.place) == case.at
    assert case.words in finding.message
    assert finding.suggestion == case.suggestion
    assert finding.rule == RULES[case.code].name
    assert finding.severity is RULES[case.code].severity
    assert finding.help.endswith(".")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_rule_leaves_good_work_alone(tmp_path: Path, case: Case) -> None:
    good = Case(case.code, {}, "", "", case.good)
    settings = case.settings if case.good_settings is None else case.good_settings
    assert findings(tmp_path, good, case.good, settings) == []


def test_no_rule_lacks_a_test() -> None:
    named = "".join(
        file.read_text(encoding="utf-8") for file in sorted(Path(__file__).parent.glob("test_*.py"))
    )
    assert [code for code in RULES if f'"{code}"' not in named] == []


def test_links_need_no_declaration_unless_the_handbook_asks() -> None:
    found = judged({"a.md": "See [[b]].", "b.md": "x"})
    assert not [f for f in found.findings if f.code == "PG210"]


def test_an_exception_is_closed_after_it_was_granted_and_not_in_the_future() -> None:
    dates = "granted: 2027-02-01, closed: 2027-01-31"
    found = judged({"b.md": "x", EXCEPTIONS: exception(dates)}).findings
    assert [f.message for f in found if f.code == "PG438"] == [
        "The exception 'X1' expires on 2027-01-01, before it is granted on 2027-02-01.",
        "The exception 'X1' is closed on 2027-01-31, which is still to come; until then it is not closed.",
        "The exception 'X1' was closed on 2027-01-31, before it was granted on 2027-02-01.",
    ]


def test_an_exception_from_what_no_document_is_expires_too() -> None:
    past = exception("granted: 2026-01-01").replace("2027-01-01", "2025-01-01")
    found = judged({"a.md": "x", EXCEPTIONS: past}).findings
    assert [(f.code, f.message) for f in found if f.place.file == EXCEPTIONS] == [
        ("PG434", "The exception 'X1' from 'b', which no single document is, expired on 2025-01-01 and is not closed. Owner: o."),
        ("PG438", "The exception 'X1' expires on 2025-01-01, before it is granted on 2026-01-01."),
        ("PG504", "There is no document 'b'."),
    ]  # fmt: skip


# The registry


def test_codes_are_unique_and_sorted() -> None:
    codes = [one.code for one in all_rules()]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"PG[1-9]\d\d", code) for code in codes)
    names = Counter(one.name for one in all_rules())
    assert set(names.values()) == {1}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


def test_each_kind_of_problem_has_exactly_one_rule() -> None:
    used = Counter(
        kind
        for one in all_rules()
        for kind in re.findall(r"ProblemKind\.(\w+)", inspect.getsource(one.check))
    )
    assert used == Counter(kind.name for kind in ProblemKind)


@pytest.mark.parametrize("one", all_rules(), ids=lambda one: one.code)
def test_a_rule_has_a_whole_page_of_help(one: Rule) -> None:
    for part in (one.help.what, one.help.why, one.help.example, one.help.remedy):
        assert part == inspect.cleandoc(part) != ""
    assert one.help.what.endswith(".")
    assert one.help.why.endswith(".")
    assert one.help.remedy.endswith((".", "`"))


# What settings and authors decide


def test_the_handbook_sets_a_rules_severity() -> None:
    files = {"a.md": "---\ntitle: A\n---\nx"}
    usual = {f.code: f.severity for f in judged(files).findings}
    assert usual == {"PG403": Severity.WARNING, "PG404": Severity.INFO, "PG408": Severity.INFO}
    changed = judged(files, "rules: {PG403: error, pg404: warning}")
    assert {f.code: f.severity for f in changed.findings} == {
        "PG403": Severity.ERROR,
        "PG404": Severity.WARNING,
        "PG408": Severity.INFO,
    }


def test_the_handbook_switches_a_rule_off() -> None:
    found = judged({"a.md": "---\ntitle: A\n---\nx"}, "rules: {PG403: off, PG404: 'off', PG408: off}")
    assert (found.findings, found.allowed) == ((), ())


def test_settings_that_name_no_rule_are_reported() -> None:
    found = judged({}, "rules: {PG40: off}")
    (finding,) = found.findings
    assert (finding.code, finding.place.file) == ("PG503", "policies/handbook.yml")
    assert "'PG40'" in finding.message
    assert finding.suggestion in RULES


def test_what_an_author_allows_is_kept_apart_with_the_reason() -> None:
    allow = 'title: A\nallow:\n  pg403: "Owned by everybody."'
    found = judged({"a.md": front(allow), "b.md": front("title: B")})
    (allowed,) = found.allowed
    assert (allowed.code, allowed.allowed, allowed.document) == (
        "PG403",
        "Owned by everybody.",
        "policies/a.md",
    )
    missing = [f for f in found.findings if f.code == "PG403"]
    assert [f.document for f in missing] == ["policies/b.md"]
    assert "PG404" in {f.code for f in found.of("policies/a.md")}


def test_what_is_allowed_without_a_reason_stays() -> None:
    found = judged({"a.md": front("title: A\nallow:\n  PG403:")})
    assert found.allowed == ()
    assert {"PG403", "PG108"} <= {f.code for f in found.findings}


def test_a_translation_may_allow_what_is_found_in_it() -> None:
    german = front('title: A\nallow:\n  PG201: "Wird noch geschrieben."\n  PG999: "Nichts."', "Siehe [[q]].")
    found = judged({"a.md": front("title: A"), "a.de.md": german})
    assert [(f.code, f.document) for f in found.allowed] == [("PG201", "policies/a.de.md")]
    assert [(f.code, f.document) for f in found.findings if f.code in ("PG201", "PG503")] == [
        ("PG503", "policies/a.de.md")
    ]


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), ["PG202", "PG403", "PG404", "PG408"]),
        (("PG403",), (), ["PG403"]),
        (("PG4",), (), ["PG403", "PG404", "PG408"]),
        (("pg2", "PG404"), (), ["PG202", "PG404"]),
        ((), ("PG4",), ["PG202"]),
        (("PG4",), ("pg404",), ["PG403", "PG408"]),
        (("PG",), ("PG",), []),
        (("PG9",), (), []),
    ],
)
def test_some_rules_only(select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]) -> None:
    found = judge(book({"a.md": front("title: A", "[x](nothing.md)")}), TODAY, select, ignore)
    assert sorted(f.code for f in found.findings) == expected


def test_findings_stand_in_the_order_of_their_places() -> None:
    found = judged({"b.md": "[[q]]\n\n[[r]]", "a.md": "[[q]] [[r]]"})
    places = [(f.place.file, f.place.line, f.place.column) for f in found.findings]
    assert places == sorted(places)
    assert len(set(places)) > 3


# Rules that weigh several references


def test_a_circle_is_reported_at_a_reference_that_makes_it() -> None:
    found = judged(
        {
            "a.md": front("references:\n  - see also: b\n  - depends on: c"),
            "b.md": front("references: [a]"),
            "c.md": front("references: [b]"),
        }
    )
    (finding,) = [f for f in found.findings if f.code == "PG207"]
    assert str(finding.place) == "policies/a.md:4:17"


def test_a_retired_document_may_point_at_its_successor() -> None:
    found = judged(
        {"a.md": front("status: retired\nreplaced_by: b\nreferences: [b]"), "b.md": front("title: B")}
    )
    assert not [f for f in found.findings if f.code == "PG207"]


def test_the_last_successor_is_suggested() -> None:
    found = judged(
        {
            "a.md": "See [[b]].",
            "b.md": front("status: retired\nreplaced_by: c"),
            "c.md": front("status: retired\nreplaced_by: d"),
            "d.md": front("title: D"),
        }
    )
    assert [f.suggestion for f in found.findings if f.code == "PG205"] == ["d"]


def test_successors_in_a_circle_suggest_nothing() -> None:
    found = judged(
        {
            "a.md": "See [[b]].",
            "b.md": front("status: retired\nreplaced_by: c"),
            "c.md": front("status: retired\nreplaced_by: b"),
        }
    )
    assert [f.suggestion for f in found.findings if f.code == "PG205"] == [None]


def test_a_successor_may_link_what_it_replaces() -> None:
    found = judged({"a.md": front("status: retired\nreplaced_by: b"), "b.md": "This replaces [[a]]."})
    assert not [f for f in found.findings if f.code == "PG205"]


def test_a_superseded_documents_status_is_found_under_a_foreign_key() -> None:
    files = {"a.md": front("title: A\nstate: active"), "b.md": front("references: [{supersedes: a}]")}
    (finding,) = [f for f in judged(files, "fields: {status: state}").findings if f.code == "PG208"]
    assert (str(finding.place), finding.suggestion) == ("policies/a.md:3:1", "state: retired")


def test_a_control_that_applies_without_a_reason_weighs_less_unless_the_settings_weigh_it() -> None:
    files = {**B, APPLICABILITY: controls("applies: true", "A.2.3: {applies: false}")}
    settings = "rules: {PG313: info}"
    assert [f.severity for f in judge(book(files), TODAY, ["PG313"]).findings] == ["warning", "error"]
    assert [f.severity for f in judge(book(files, settings), TODAY, ["PG313"]).findings] == ["info", "info"]
