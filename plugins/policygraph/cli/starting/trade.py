"""What of the sample handbook belongs to its trade (software for landlords), and what stands in its place.

A word in square brackets is for the new owner of the handbook to fill in.
"""

from __future__ import annotations

import re

TRADE_PHRASES = (
    (
        "storms and heatwaves bring sudden floods of requests, so it counts as an issue",
        "[what it changes for you], so it counts as an issue",
    ),
    # Sentences that only make sense in that trade.
    (
        "A tenant who reports a gas leak has never agreed to be rated by a machine. This is what we owe her.",
        "Whoever is judged by a system of ours has never agreed to it. This is what we owe them.",
    ),
    (
        "We use AI to get help to tenants sooner and to spare housing officers dull work.",
        "We use AI to [what it is good for here] and to spare people dull work.",
    ),
    (
        "No tenant is refused a repair, a payment or an answer by a machine alone.",
        "Nobody is refused a service, a payment or an answer by a machine alone.",
    ),
    (
        "Our AI must work as well for a tenant who writes broken English, or Polish, or in capitals.",
        "Our AI must work as well for somebody who writes in a foreign language, or with many mistakes.",
    ),
    ("in words a tenant understands", "in words everybody understands"),
    (
        "scores tenants, predicts who will fall behind with the rent, or guesses at feelings, health or origin",
        "scores people, or guesses at their feelings, health or origin",
    ),
    ("talks to a tenant while pretending", "talks to somebody while pretending"),
    (
        "makes the software in which housing associations and landlords handle repair requests. If one of them says "
        '"I can smell gas", what we built decides how soon somebody reads it. That is why',
        "makes [what you make, and for whom]. What we build decides [what hangs on it]. That is why",
    ),
    (
        "national rules on dangerous homes, customers' tenders",
        "[the other rules of your trade], customers' tenders",
    ),
    ("tenants who write in 30 languages", "people who write in many languages"),
    ("eleven years of repair requests", "years of records"),
    (
        "| Tenants | Emergencies seen at once; the same care in any language; a person to talk to |",
        "| People affected | Harm prevented; the same care for everyone; a person to talk to |",
    ),
    (
        "| Housing officers | Ratings they can question; drafts they can trust |",
        "| Users | Results they can question and trust |",
    ),
    (
        "| O1 | No tenant in danger waits | No missed gas or carbon monoxide report; at least 99.5 % of all emergencies caught |",
        "| O1 | Nobody in danger waits | No [worst case] missed; at least 99.5 % of all urgent cases caught |",
    ),
    (
        "Name the groups: tenants with little English, older tenants, tenants with a disability, families with small children.",
        "Name the groups: people with little English, older people, people with a disability, families with small children.",
    ),
    (
        "estates that might always come last, housing officers' jobs and skills, trust in landlords, energy used",
        "groups that might always come last, users' jobs and skills, trust, energy used",
    ),
    ("Anything that touches a tenant gets", "Anything that touches people outside gets"),
    ("somebody who knows repairs", "somebody who knows the trade"),
    ("*System A rates a gas leak as routine*", "*System A misses an urgent case*"),
    (
        "if triage favoured one landlord's estates, whole streets would wait",
        "if a system favoured one group, another would wait",
    ),
    ("keyword net for dangers to life", "keyword net for dangers"),
    ("rates how urgent a repair request is", "[what it does: for example, rates how urgent a request is]"),
    (
        "own classifier on an open language model, 180 million parameters",
        "own classifier on an open language model",
    ),
    ("request text, type of home, no names", "request text, no names"),
    (
        "drafts an answer that a housing officer edits and sends",
        "[for example, drafts an answer that a person edits and sends]",
    ),
    ("suggests the trade from a tenant's photo", "[for example, reads a photo]"),
    ("merged repeated requests by likeness", "[for example, merged repeated requests]"),
    (
        "merged two flats' floods; replaced by fixed rules",
        "merged two cases that were not one; replaced by fixed rules",
    ),
    ("Moving one number can hide a hundred emergencies", "Moving one number can hide a hundred urgent cases"),
    (
        "If we miss a gas leak, the next ten minutes matter more than the next ten meetings.",
        "When something goes badly wrong, the next ten minutes matter more than the next ten meetings.",
    ),
    ("a missed emergency; a tenant harmed or nearly", "somebody harmed or nearly; [your worst case]"),
    ("drafts with another tenant's data", "drafts with somebody else's data"),
    ("wrong drafts caught by officers", "wrong drafts caught by users"),
    (
        "if a tenant may be in danger now, you must phone the customer's emergency line before anything else",
        "if somebody may be in danger now, you must phone [whoever can help] before anything else",
    ),
    ("Words and homes not seen before", "Words and cases not seen before"),
    (
        "Unsure whether tenants are safe? Switch off. Requests then go to the *all urgent* queue, read by people.",
        "Unsure whether people are safe? Switch off. Requests are then read by people.",
    ),
    ("No names of tenants.", "No names."),
    ("| Emergency line staffed day and night |", "| [Your customers' own duties] |"),
    ("| Tenants told that AI is used |", "| People told that AI is used |"),
    ("nobody uses ratings to judge tenants", "nobody uses ratings to judge people"),
    (
        "A former gas engineer who says which repair requests are emergencies and checks how System A rated them.",
        "Knows the trade: says which cases are urgent and checks how System A rated them.",
    ),
    (
        "a request with a word of the list (gas, carbon monoxide, sparks, in thirty languages) is read by a person first",
        "a request with a word of the list ([the dangers of your trade]) is read by a person first",
    ),
    (
        "Monitoring shows what has happened to a tenant; this shows it before it happens to one.",
        "Monitoring shows what has happened to somebody; this shows it before it happens.",
    ),
    (
        "What a system does to people: a tenant, a group of tenants, a housing officer, a neighbourhood. Good or bad, meant or not.",
        "What a system does to people, alone or in groups, and to those who work with it. Good or bad, meant or not.",
    ),
    (
        "A repair request about a danger to life or health now: gas, carbon monoxide, fire, live electricity, flooding, no "
        "heating for a vulnerable tenant in winter.",
        "A request about a danger to life or health now: [examples of your trade].",
    ),
    (
        "An emergency that System A rated lower than emergency and nobody corrected before the tenant had to wait.",
        "An urgent case that System A rated lower and nobody corrected in time.",
    ),
    (
        "One gas leak in a thousand requests hides well behind an average of 99 per cent.",
        "One grave case in a thousand hides well behind an average of 99 per cent.",
    ),
    ("does it help a housing officer on a wet Monday?", "does it help its users on a bad Monday?"),
    (
        "Two misspellings in each request | no emergency lost",
        "Two misspellings in each request | no urgent case lost",
    ),
    ("500 drafts read by two officers", "500 drafts read by two users"),
    ("none with another tenant's data", "none with somebody else's data"),
    (
        "Before gate C, three housing officers from two customers",
        "Before gate C, three users from two customers",
    ),
    (
        "A model that learned from one landlord's tidy requests is blind to everyone else's.",
        "A model that learned from one customer's tidy records is blind to everyone else's.",
    ),
    (
        "**Customers' repair requests:** only from the 41 customers who said yes",
        "**Customers' data:** only from customers who said yes",
    ),
    ("Labels: two officers agree", "Labels: two people agree"),
    ("tenants in a hurry misspell", "people in a hurry misspell"),
    (
        "A housing officer who knows where System A is weak will catch what it misses.",
        "A user who knows where System A is weak will catch what it misses.",
    ),
    (
        "It misses about 1 in 300 leaks reported without the word *water*",
        "It misses about 1 in 300 cases that are put in unusual words",
    ),
    ("English and Dutch must appear on the same day.", "All languages must appear on the same day."),
    ("Tenant pages are tried out", "Pages for everybody are tried out"),
    ("in English, Dutch or Polish", "in [your languages]"),
    ("figures on missed emergencies, fairness", "figures on missed urgent cases, fairness"),
    ("what a mistake of yours could do to a tenant", "what a mistake of yours could do to somebody"),
    ("in which fields: data, repairs, languages", "in which fields: data, the trade, languages"),
    ("One pasted tenant's letter in the wrong chat window", "One letter pasted into the wrong chat window"),
    ("Tenants' or customers' data", "Data of people or customers"),
    ("to hide from a tenant who asks", "to hide from somebody who asks"),
    ("Tenants and customers come in through", "People outside come in through"),
    ("Tenants, customers and suppliers reach us", "People outside reach us"),
    ("a danger to tenants", "a danger to people"),
    ("Tenants' and officers' trust", "Trust of users and people affected"),
    (
        "Two floods in one house were merged as one, and a flat waited six hours.",
        "Two cases were merged as one, and somebody waited six hours.",
    ),
    ("Tenants' and customers' ideas", "Ideas from outside"),
    ("A tenant's harm counts", "Harm to people outside counts"),
    ("tenant data", "personal data"),
    (
        "Nine tenants from five customers, paid for their time, meet",
        "Some people affected, paid for their time, meet",
    ),
    (
        "Nine tenants from five customers, paid for their time, who meet",
        "Some people affected, paid for their time, who meet",
    ),
)
"""Phrases with what takes their place, in this order."""

TRADE_WORDS = (
    (r"\b([Tt])est emergencies\b", lambda m: "Urgent test cases" if m[1] == "T" else "urgent test cases"),
    (r"\bemergency, (?=something went wrong)", ""),
    (r"\bfalse emergency\b", "false alarm"),
    (r"\bFalse emergencies\b", "False alarms"),
    (r"\bkinds of home\b", "kinds of case"),
    (r"repairs-safety-adviser", "safety-adviser"),
    (r"\brepairs safety adviser\b", "safety adviser"),
    (r"\bRepairs safety adviser\b", "Safety adviser"),
    (r"\bThe tenant panel\b", "The panel of people affected"),
    (r"\bTenant panel\b", "Panel of people affected"),
    (r"\btenant panel\b", "panel of people affected"),
    (r"\bRepair requests\b", "Requests"),
    (r"\brepair requests?\b", lambda m: m[0].removeprefix("repair ")),
    (r"\bhousing officer\b", "user"),
    (r"\bhousing officers\b", "users"),
    (r"\bHousing officers\b", "Users"),
    (r"(?<!protection )(?<!AI )\bofficers\b", "users"),
    (r"(?<!protection )(?<!AI )\bOfficers\b", "Users"),
    (r"\bTenants\b", "People affected"),
    (r"\btenants\b", "people affected"),
    (r"\b[Aa] tenant\b", lambda m: f"{m[0][0]} person affected"),
    (r"\btenant\b", "person affected"),
    (r"\blandlords\b", "customers"),
    (r"\blandlord\b", "customer"),
    (r"\b[Aa]n emergency\b", lambda m: f"{m[0][0]}n urgent case"),
    (r"\bEmergenc(y|ies)\b", lambda m: "Urgent case" + ("s" if m[1] == "ies" else "")),
    (r"\bemergenc(y|ies)\b", lambda m: "urgent case" + ("s" if m[1] == "ies" else "")),
)
"""Words of the trade with the plain ones that take their place, in this order."""

_WORDS = tuple((re.compile(pattern), new) for pattern, new in TRADE_WORDS)


def without_trade(text: str) -> str:
    """The text in words that fit any trade."""
    for old, phrase in TRADE_PHRASES:
        text = text.replace(old, phrase)
    for pattern, word in _WORDS:
        text = pattern.sub(word, text)
    return text
