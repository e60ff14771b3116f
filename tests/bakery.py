"""A small handbook with a history of its own: a bakery's rules for its ordering assistant.

It holds one of everything that an auditor's page can show, and its git history is made by the test.
"""

from __future__ import annotations

from pathlib import Path

from policygraph.reading.fingerprint import fingerprint
from repositories import Repo

LENA = "Lena Voss <lena@bakery.example>"
OMAR = "Omar Haddad <omar@bakery.example>"
BOT = "dependabot[bot] <bot@code.example>"

SETTINGS = """\
name: Bakery handbook
organisation: Voss Bakery
url: https://handbook.bakery.example/
frameworks: [house, iso-27701-lite]
catalogs: [catalogs/house.yml, catalogs/lite.yml]
review_every: 12 months
areas:
  rules: Rules
  work: Daily work
"""

HOUSE = """\
catalog:
  id: house
  title: House rules of the guild
  edition: "2025"
  licence: "Our own words."
items:
  - {id: "1", title: Direction, kind: clause-group}
  - {id: "1.1", title: Policy, parent: "1", kind: clause, documented_information: true}
  - {id: "1.2", title: Roles, parent: "1", kind: clause}
  - {id: "2", title: Work, kind: clause-group}
  - {id: "2.1", title: Orders, parent: "2", kind: clause}
  - {id: "2.2", title: Mishaps, parent: "2", kind: clause, documented_information: true}
  - {id: "2.3", title: Suppliers, parent: "2", kind: clause}
  - {id: C.1, title: Allergen check, kind: control}
  - {id: C.2, title: Night baking, kind: control}
  - {id: C.3, title: Backups, kind: control}
"""

LITE = """\
catalog: {id: iso-27701-lite, title: Privacy in brief, edition: "2024"}
items:
  - {id: P1, title: Purpose, kind: clause}
  - {id: P2, title: Incidents, kind: clause}
"""

ORGANISATION = """\
roles:
  owner: {title: Owner, holders: ["Lena Voss"], contact: lena@bakery.example}
  head-baker: {title: Head baker, holders: ["Omar Haddad"]}
  bookkeeper: {title: Bookkeeper, holders: []}
audiences:
  everyone: {title: Everyone}
  bakers: {title: Bakers}
"""

EXPECTATIONS = """\
expectations:
  - {from: "house:2.2", to: "house:1.2", why: "Whoever is called at night must be a named person.", strength: direct}
  - {from: "house:2.1", to: "house:1.1", why: "Orders are taken as the policy promises.", strength: direct}
  - {from: "house:1.1", to: "house:2.2", why: "A promise needs a plan for the day it is broken.", strength: related}
"""

APPLICABILITY = """\
house:
  C.1: {applies: true, because: "A wrong label can kill (R-1).", rests_on: [R-1, B-03], status: in place}
  C.2: {applies: false, because: "Nobody bakes at night."}
own:
  V-1: {title: Taste panel, applies: true, because: "Customers taste what we measure.", status: planned}
"""

RECORDS = """\
records:
  - {document: B-03, what: Order log, made: 2026-11-02, by: "Omar Haddad", retention: 3 years}
  - {document: B-04, what: Mishap sheets, made: 2026-03-01}
"""

EXTERNAL = """\
documents:
  - {id: X-1, title: House rules of the guild, kind: standard, version: "2025", owner: owner, framework: house, checked: 2026-01-10, check_every: 12 months}
  - {id: X-2, title: Food labelling act, kind: law, version: "2024", used_by: [B-03]}
"""

TERMS = """\
terms:
  - {term: Mishap, definition: "Whatever a customer could be hurt by, <b>or</b> angry about.", aliases: ["near miss"]}
  - {term: Label, definition: "What is written on the box, allergens first."}
"""

EXCEPTIONS = """\
exceptions:
  - id: E-1
    title: Till 2 keeps paper
    departs_from: B-03#log
    quote: "You must log every order within one hour."
    owner: head-baker
    because: "The old till cannot export."
    granted: 2026-06-01
    by: "Lena Voss"
    expires: 2026-12-31
  - {id: E-2, title: Summer hours, departs_from: B-04, owner: owner, because: "Holidays", expires: 2026-09-01, closed: 2026-08-30}
  - {id: E-3, title: Old labels, departs_from: B-03, owner: owner, because: "Stock", expires: 2026-10-01}
"""

POLICY = """\
---
id: B-01
title: Ordering assistant policy
owner: owner
approver: owner
summary: What the assistant may do for our customers.
effective: 2025-02-01
satisfies: ["house:1.1", "iso-27701-lite:P1"]
not_related:
  - to: B-04
    because: "Mishaps are for the team, not for the promise."
    decided: 2025-03-01
    by: "Lena Voss"
---
# Ordering assistant policy

The assistant takes orders. A person must answer within {hours} hours when it cannot.

It must never guess an allergen.
"""

ROLES = """\
---
id: B-02
title: Who does what
owner: owner
approver: owner
satisfies: ["house:1.2"]
references:
  - to: B-01
    relation: implements
    because: "The promise needs people."
---
# Who does what

The head baker looks after the assistant, as [[B-01]] asks. Mistakes go the way of the Mishap procedure.
"""

ORDERS = """\
---
id: B-03
title: Taking orders
type: procedure
owner: head-baker
approver: owner
applies_to: [bakers]
satisfies: ["house:2.1", "house:C.1", "iso-27701-lite:P1"]
references:
  - to: B-02
    relation: depends on
    because: "The head baker decides."
records:
  - {what: Order log, where: "https://till.bakery.example/log", every: 1 month}
  - {what: Label checks, every: 3 months}
---
# Taking orders

You must log every order within one hour. { #log satisfies="house:C.1" }

The head baker must read the order log every month, under [[B-02]]. Labels are checked regularly.

Before a cake leaves the shop, somebody who did not bake it must read the label aloud and compare it with the order.
"""

MISHAPS = """\
---
id: B-04
title: Mishap procedure
owner: head-baker
approver: owner
former_ids: [B-4]
satisfies: ["house:2.2", "iso-27701-lite:P2"]
references:
  - to: B-03
    relation: depends on
    because: "A mishap starts as an order."
records:
  - {what: Mishap sheets, where: "git:bakery/mishaps", every: 1 month}
---
# Mishap procedure

Whoever notices must phone the head baker at once. The sheet must be written within two working days and kept
for three years. [[B-03]] says what was ordered.

Before a cake leaves the shop, somebody who did not bake it must read the label aloud and compare it with the order.
"""

PARTY = """\
---
id: B-05
title: Summer party
owner: bookkeeper
---
# Summer party

Cake, as appropriate.
"""


def review(
    document: str, on: str, outcome: str, text: str, by: str = "Lena Voss", role: str = "owner"
) -> str:
    """One entry of the review log, with the hashes of the text it looked at."""
    looked = fingerprint(text)
    return (
        f"document: {document}\nby: {by}\nas: {role}\ndate: {on}\noutcome: {outcome}\n"
        f"text: sha256:{looked.text}\nsubstance: sha256:{looked.substance}\n"
    )


def make(folder: Path) -> Repo:
    """Build the repository: a year and a half of a small handbook's life."""
    repo = Repo(folder)
    first, second = POLICY.format(hours=24), POLICY.format(hours=4)
    base = "policies/registers/"
    repo.commit(
        "2025-01-20",
        {
            "policies/handbook.yml": SETTINGS,
            "policies/catalogs/house.yml": HOUSE,
            "policies/catalogs/lite.yml": LITE,
            f"{base}organisation.yml": ORGANISATION,
            "policies/rules/policy.md": first,
            "policies/rules/roles.md": ROLES,
        },
        "A policy for the assistant",
        author=LENA,
        committer=LENA,
    )
    repo.commit(
        "2025-02-01",
        {f"{base}reviews/2025-02-01-policy.yml": review("B-01", "2025-02-01", "approved", first)},
        "Approve the policy",
        author=LENA,
        committer=LENA,
    )
    repo.branch("orders")
    repo.commit(
        "2025-05-02",
        {"policies/work/orders.md": ORDERS.replace("one hour", "a day")},
        "Orders",
        author=OMAR,
        committer=OMAR,
    )
    repo.commit("2025-05-03", {"policies/work/mishap.md": MISHAPS}, "Mishaps", author=OMAR, committer=OMAR)
    repo.switch("main")
    repo.merge(
        "2025-05-10",
        "orders",
        "Merge pull request #7 from orders\n\nOrders and mishaps",
        author=LENA,
        committer=LENA,
    )
    repo.commit(
        "2025-11-12",
        {
            f"{base}reviews/2025-11-12-orders.yml": review(
                "B-03", "2025-11-12", "approved", ORDERS.replace("one hour", "a day")
            ),
            f"{base}reviews/2025-11-12-roles.yml": review("B-02", "2025-11-12", "confirmed unchanged", ROLES),
        },
        "Reviews",
        author=OMAR,
        committer=OMAR,
    )
    repo.commit(
        "2026-02-03",
        {"policies/work/orders.md": ORDERS},
        "Log orders within one hour (#12)\n\nCo-authored-by: Lena Voss <lena@bakery.example>\n",
        author=OMAR,
        committer=OMAR,
    )
    repo.commit(
        "2026-03-01",
        move={"policies/work/mishap.md": "policies/work/mishaps.md"},
        message="A better file name",
        author=OMAR,
        committer=OMAR,
    )
    repo.commit("2026-03-02", {"policies/work/party.md": PARTY}, "Party", author=BOT, committer=BOT)
    repo.commit(
        "2026-04-05",
        {"policies/rules/policy.md": second},
        "Answer within 4 hours",
        author=LENA,
        committer=LENA,
    )
    repo.commit(
        "2026-06-01",
        {
            f"{base}applicability.yml": APPLICABILITY,
            f"{base}records.yml": RECORDS,
            f"{base}external.yml": EXTERNAL,
            f"{base}exceptions.yml": EXCEPTIONS,
            f"{base}terms.yml": TERMS,
            f"{base}expectations.yml": EXPECTATIONS,
            f"{base}reviews/2026-05-30-mishaps.yml": review(
                "B-04", "2026-05-30", "approved with changes", MISHAPS, "Omar Haddad", "head-baker"
            ),
        },
        "Registers",
        author=LENA,
        committer=LENA,
    )
    return repo
