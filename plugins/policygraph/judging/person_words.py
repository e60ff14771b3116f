"""Nouns for persons and bodies, as the subjects of sentences in policies; in the singular and in lower case."""

from __future__ import annotations

import re

OUTSIDE = frozenset(
    (
        "applicant authority beneficiary bidder candidate carrier child client competitor consultancy contractor counterparty customer "
        "dealer distributor freelancer guest importer insurer journalist landlord lender lessor licensee licensor "
        "manufacturer outsider parent partner patient provider pupil recipient regulator reseller resident seller "
        "shareholder sub-contractor sub-processor subcontractor subprocessor subsidiary supplier tenant vendor visitor"
    ).split()
)
"""Those who are not in the organisation: their duties are nobody's who reads the handbook."""

PERSONS = frozenset(
    (
        "accountant actor administrator admin adviser advisor aide analyst approver architect assessor "
        "assistant associate attorney auditor author board bookkeeper boss buyer captain caretaker chair chairman "
        "chairperson chairwoman champion chief clerk coach commander commissioner committee consultant controller "
        "coordinator co-ordinator council counsel counsellor custodian delegate department deployer deputy designer "
        "developer director division doctor driver editor engineer evaluator examiner executive expert facilitator "
        "founder group guardian handler head helper holder host initiator inspector installer instructor "
        "interviewer investigator keeper lawyer lead leader learner leadership lecturer librarian lieutenant line-manager "
        "maintainer management manager mechanic mediator mentor moderator nurse officer operator organiser organizer owner "
        "panel planner president principal processor producer programmer proposer publisher raiser rapporteur "
        "recruiter releaser reporter representative requester requestor researcher responder reviewer rota "
        "scientist secretary signatory specialist sponsor steward student superintendent supervisor surveyor taskforce "
        "teacher team technician tester trainer trainee translator treasurer trustee tutor underwriter volunteer "
        "warden witness writer"
    ).split()
)
"""Those who may be in the organisation: whoever reads may be one of them, or not."""

READERS = frozenset(
    "employee staff colleague member personnel worker user workforce everyone everybody anyone anybody".split()
)
"""Those who are the readers themselves."""

WHOEVER = frozenset(
    "nobody none neither nothing everybody everyone anyone anybody whoever who we you i it they he she this that "
    "these those such one what which there".split()
)
"""What begins a subject that is no noun, or binds whoever it concerns."""

_DEPARTMENTS = "communications compliance facilities finance legal management marketing payroll procurement purchasing sales"
DEPARTMENTS = frozenset((*_DEPARTMENTS.split(), *_DEPARTMENTS.title().split()))
"""Departments that a subject without an article names."""

CAPITALS = frozenset("CCO CEO CFO CIO CISO COO CRO CTO DPO DSB HR ISB IT".split())
"""Offices and departments by their capitals: "it" is none."""

APPOINTED = frozenset(
    "accountable appointed authorised authorized competent designated named nominated qualified responsible zuständige "
    "verantwortliche benannte beauftragte".split()
)
"""What makes somebody out of "person"."""

FOREIGN = frozenset("third external interested affected contracting".split())
"""What makes somebody outside out of "party"."""

_OUTSIDE = (
    "lieferant|kunde|kundin|auftragnehmer|auftragsverarbeiter|dienstleister|hersteller|anbieter|partner|mieter|behörde|"
    "bewerber|besucher|patient|verkäufer|versicherer|vermieter|konkurrent|gast|händler|lizenznehmer|gesellschafter"
)
_INSIDE = (
    "eigner|eigentümer|inhaber|verantwortliche|beauftragte|leiter|leitung|führungskraft|führungskräfte|vorgesetzte|"
    "vorstand|geschäftsführung|geschäftsführer|ausschuss|gremium|beirat|betriebsrat|aufsichtsrat|team|gruppe|abteilung|"
    "ingenieur|entwickler|prüfer|auditor|einkäufer|käufer|besteller|betreiber|administrator|berater|fachkraft|"
    "fachkräfte|autor|redakteur|freigeber|genehmiger|ansprechpartner|koordinator|trainer|tester|analyst|manager|"
    "direktor|sekretär|anwalt|jurist|buchhalter|planer|techniker|projektleiter|moderator|schulungsleiter|meldende|"
    "referent|sponsor|vertreter|stellvertreter|rat|stab|fachbereich|personalabteilung|rechtsabteilung"
)
_ENDINGS = "(?:e|en|n|r|rn|s|es|in|innen|ern)?"

GERMAN_OUTSIDE = re.compile(rf"(?:[\w-]*)(?:{_OUTSIDE}){_ENDINGS}", re.IGNORECASE)
GERMAN_PERSON = re.compile(rf"(?:[\w-]*)(?:{_OUTSIDE}|{_INSIDE}){_ENDINGS}", re.IGNORECASE)
"""The same in German, where the noun ends a longer word: "Schichtleiterin"."""

GERMAN_THING = re.compile(
    r"[\w-]*(?:(?:ur|se|sach|fach|heil|orts)kunde|"
    r"(?:an|ein|ab|um|zu|her|über|weiter|rohr|wasser|strom|gas|daten|netz)leitung|"
    r"(?:bau|ziel|waren|produkt|daten|alters|risiko|unter)gruppe|"
    r"(?:vor|haus|appa|inse|quad|ver|un|hei)rat|rate|(?:maß|buch)stabe?|(?:halb|ableit)leiter)(?:n|s|en)?",
    re.IGNORECASE,
)
"""Things whose names end as those of persons do: a deed, instructions, stocks."""
