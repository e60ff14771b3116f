"""What of the sample handbook is Fernway's own, and what stands in its place in somebody else's handbook.

The sample is kept once, in `policies/`; a starter is made from it when somebody asks for one.
"""

from __future__ import annotations

COMPANY = "Fernway"
"""Gives way to the name of the organisation, once the phrases below have found theirs."""

PHRASES = (
    # Whole sentences that state Fernway's facts.
    (
        "Fernway makes Fernway Desk, the software in which 63 housing associations and landlords handle the repair "
        "requests of about 410,000 homes. Some 3,400 requests arrive on a working day.",
        "Fernway makes the software in which housing associations and landlords handle repair requests.",
    ),
    (" At present the head of procurement is vacant; the finance director stands in.", ""),
    (
        "until we have a new head of procurement, Martin Keogh answers them",
        "the head of procurement answers them",
    ),
    (" Vacant since September 2026; the finance director covers.", ""),
    (" State on 16 November 2026.", ""),
    ("all 120 of us, in Bristol, in Rotterdam and at home", "all of us, in the office and at home"),
    ("British and Dutch rules", "national rules"),
    (
        "Peter Lindqvist works for us two days a month and for nobody in the line",
        "The internal auditor works for nobody in the line",
    ),
    (
        "keeps him away from work he has had a hand in, so that his findings",
        "keeps whoever audits away from work they have had a hand in, so that their findings",
    ),
    ("Where he will look", "Where the auditor will look"),
    ("Bristol, sales and support", "sales and support"),
    ("Rotterdam, data team", "data team"),
    ("; runs in Dublin", ""),
    ("Ines Carvalho, the responsible AI officer", "the responsible AI officer"),
    ("Claire Hutton and Ines read it", "The head of people and the responsible AI officer read it"),
    ("Ruth Adeyemi, chair of the board", "the chair of the board"),
    ("Ines Carvalho's team", "the responsible AI officer's team"),
    ("emergencies checked by Karen Doyle", "emergencies checked by the repairs safety adviser"),
    ("read by Karen Doyle", "read by the repairs safety adviser"),
    ("half a day with Karen Doyle", "half a day with the repairs safety adviser"),
    ("*Helen Marsh, chief executive*", "*The chief executive*"),
    (", +44 117 496 0140,", ","),
    (
        "[current table](https://handbook.fernway.example/audit/applicability/iso-42001/)",
        "see Applicability among the pages for auditors",
    ),
    ("the [form without a name](https://people.fernway.example/concerns)", "the form without a name"),
    # Owners of systems, by name in the inventory.
    ("Aoife Brennan", "product manager"),
    ("Theo Lambert", "product manager"),
    ("Daniel Whitlock", "head of engineering"),
    ("Claire Hutton", "head of people"),
    ("Leila Haddad", "head of operations"),
    ("Martin Keogh", "finance director"),
    # Systems and suppliers.
    ("the-limits-for-smart-triage", "the-limits-for-system-a"),
    ("release back smart-triage", "release back system-a"),
    ("#triage-watch", "#ai-watch"),
    ("git:triage-data", "git:training-data"),
    ("of Fernway Desk", "of our product"),
    ("resell Fernway Desk", "resell our product"),
    ("in Fernway Desk", "in our product"),
    ("what Fernway Desk does", "what our product does"),
    ("Smart Triage", "System A"),
    ("Reply Draft", "System B"),
    ("Photo Hint", "System C"),
    ("Support Search", "System D"),
    ("Tender Helper", "System E"),
    ("Twin Finder", "System F"),
    ("Applicant Sorter", "System G"),
    ("Pairwright", "Assistant A"),
    ("Minutekeeper", "Assistant B"),
    ("Quillon-2, rented from Quillon, EU region", "a language model rented from a supplier, EU region"),
    ("Quillon-2", "a rented language model"),
    ("Quillon", "the supplier"),
    # Addresses.
    ("ai-reports@fernway.example", "ai-reports@example.org"),
    ("concerns@fernway.example", "concerns@example.org"),
    ("chair@fernway.example", "chair@example.org"),
    ("www.fernway.example", "www.example.org"),
)
"""Phrases with what takes their place, in this order: longer ones before those that they hold."""

OWN_LINES = ("where", "contact", "effective", "people", "rests_on")
"""Keys whose values are Fernway's facts: addresses, days, headcounts, numbers of its own risks."""

NEW_VALUES = {"holders": "[]", "status": "draft"}
"""Keys that start anew: nobody holds a role yet, and no document is in force."""
