"""Abbreviations: which ones a text uses, and whether anything explains them to its reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.place import Place
from policygraph.reading.block import MASK, Block, Positions
from policygraph.resolving.handbook import Handbook

_CAPITALS = re.compile(r"(?<![^\W_])[A-ZÄÖÜ]{2,6}(?=(?:s|en|n)?(?![\w]))")
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_GLUE = frozenset(tuple("-/.:_&@#\\+=[]<>*~§$€£%'’"))
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LOUD = re.compile(r"[A-ZÄÖÜ]{2,}")
_SMALL = frozenset(
    "a an and at by called for from in known of on or our the to with das dem den der des die ein eine für genannt "
    "im kurz mit oder und von zu zum zur".split()
)
_NEAR = 160
_FEW = 12
_INSIDE = re.compile(
    r"\w[\"”*_]*\s*\((?:the|our|an?|short|abbreviated|kurz|also|in short|[:\"“„*_\s])*$", re.IGNORECASE
)
_CLOSED = re.compile(r"(?:s|en|n)?[\"”*_]*\s*[),;]")
_OPENED = re.compile(r"(?:s|en|n)?[\"”*_]*\s+\((\w)")
_MEANS = re.compile(
    r"[\"”*_]*,?\s+(?:means|stands\s+for|is\s+short\s+for|is\s+the\s+abbreviation|bedeutet|steht\s+für)\b",
    re.IGNORECASE,
)

WELL_KNOWN = frozenset(
    (
        # Places, bodies, laws and standards that a reader of policies meets elsewhere
        "EU EC EEA EWR UK US USA UN UNO NATO OECD WHO ILO ISO IEC IEEE IETF NIST CEN ETSI ITU EN DIN BS ANSI RFC BSI ENISA ICO "
        "EDPB GDPR DSGVO BDSG CCPA HIPAA SOX PCI DSS SOC OWASP CE AG GMBH SE LLC LLP PLC LTD INC KG "
        # People and departments
        "CEO CFO CTO COO CIO CISO DPO HR IT PR QA VIP "
        # Technology
        "AI KI ML API APP URL URI HTTP HTTPS HTML CSS XML JSON YAML CSV PDF PNG JPG JPEG SVG GIF ZIP SQL SSH SSL TLS VPN LAN WLAN "
        "WAN DNS IP TCP UDP FTP SFTP SMTP IMAP USB PC RAM CPU GPU SSD HDD OS IOS ID UI UX SMS MMS PIN TAN NFC RFID QR GPS "
        "CCTV TV CD DVD SIM SSO MFA IDE SDK SAAS PAAS IAAS AES RSA SHA MD PGP GPG GIT CLI GUI BIOS UPS LED DVR "
        "GNU EPUB MOBI BTRFS ZFS NTFS LINUX UNIX MACOS AWS GCP IBM SAP KPMG PWC BMW DHL "
        # Units, money, time
        "KB MB GB TB KW KWH KM CM MM EUR USD GBP CHF UTC GMT CET CEST MEZ AM PM BC AD MO TU WE TH FR SA SU "
        # Words
        "OK FAQ TBD TBC NA PS CV ETC RSVP ASAP DIY FYI PO BOX NB AND OR NOT MUST SHALL SHOULD MAY NEVER ALWAYS ONLY ALL ANY NO YES IF "
        "DO DONT THE IS ARE BE TO OF IN ON BY AT AN AS IT WE YOU NICHT UND ODER ALLE NUR KEIN KEINE NIE MUSS SOLL DARF "
        "KANN TODO NOTE DRAFT HINWEIS READ WRITE STOP START END"
    ).split()
)
"""Abbreviations that need no explanation, and words that are written in capitals to make them loud."""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """An abbreviation at its first use; `later` tells that the text explains it further down."""

    place: Place
    name: str
    later: bool


class Abbreviations:
    """Knows what a handbook explains: its terms, and the names of its roles, documents and frameworks."""

    def __init__(self, handbook: Handbook) -> None:
        texts = [handbook.settings.name, handbook.settings.organisation]
        for term in handbook.organisation.terms:
            texts += (term.term, term.abbreviation, *term.aliases)
        for role in handbook.organisation.roles.values():
            texts += (role.id, role.title)
        for audience in handbook.organisation.audiences.values():
            texts += (audience.id, audience.title)
        for framework in handbook.frameworks.values():
            texts += (framework.id, framework.title)
        for document in handbook.documents:
            texts += (document.id, *document.front.aliases, *document.front.former_ids)
        for external in handbook.external:
            texts += (external.id, external.title)
        words = (word for text in texts for word in _WORD.findall(text))
        self._known = WELL_KNOWN | {word.upper() for word in words if 2 <= len(word) <= 6}

    def unexplained(self, document: Document, blocks: tuple[Block, ...]) -> Iterator[Unexplained]:
        """The abbreviations of a text that nothing explains at their first use, in the order in which they stand."""
        first: dict[str, tuple[Block, int]] = {}
        explained: set[str] = set()
        for block, match in self._met(blocks):
            name = match[0]
            if name in first or name not in explained:
                if _explained(block, match.start(), match.end()):
                    explained.add(name)
                else:
                    first.setdefault(name, (block, match.start()))
        positions: Positions | None = None
        for name, (block, at) in first.items():
            if f"*[{name}]:" in document.body or _is_word(name, document.body):
                continue
            positions = positions or Positions(document.path, document.body, document.body_line)
            yield Unexplained(positions.place(block.offset(at)), name, name in explained)

    def _met(self, blocks: tuple[Block, ...]) -> Iterator[tuple[Block, re.Match[str]]]:
        for block in blocks:
            if block.plain.islower():
                continue
            loud: bool | None = None
            for match in _CAPITALS.finditer(block.plain):
                if match[0] in self._known or _ROMAN.fullmatch(match[0]) or _part_of_more(block.plain, match):
                    continue
                if loud is None:
                    loud = _is_loud(block.plain)
                if loud and block.plain.strip() != match[0]:
                    break
                yield block, match


def _part_of_more(text: str, match: re.Match[str]) -> bool:
    """Whether capitals are a piece of an id, a number, a path or a name: AI-06, ISO 9001, R&D, MAP 1.5."""
    before, after = text[: match.start()][-1:], text[match.end() : match.end() + 3]
    if before in _GLUE or (after[:1] in _GLUE and after[:1] not in (".", ":", "*", "]", "-")):
        return bool(before or after)
    if after[:1] in (".", "-", ":"):
        rest = after[1:]
        return bool(
            rest[:1].isdigit() or (rest[:1].isalpha() and not (after[0] == "-" and rest[1:].islower()))
        )
    return after[:1].isspace() and after[1:2].isdigit()


def _is_loud(text: str) -> bool:
    """Whether a text is written in capitals."""
    letters = [character for character in text if character.isalpha()]
    return len(_LOUD.findall(text)) > 2 and 2 * sum(map(str.isupper, letters)) > len(letters)


def _explained(block: Block, start: int, end: int) -> bool:
    """Whether the words around an abbreviation say what it stands for, or it is a link to where that is said."""
    text, name = block.plain, block.plain[start:end]
    if block.prose[start] == MASK or text.strip() == name:  # a cell beside the explanation
        return True
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _INSIDE.search(before) and _CLOSED.match(after):
        return True
    if _MEANS.match(after) or ((bracket := _OPENED.match(after)) and bracket[1].upper() == name[0]):
        return True
    words = [word[0].upper() for word in _WORD.findall(before) if word.lower() not in _SMALL][-_FEW:]
    position = "".join(words).rfind(name)
    if position >= 0 and len(words) - position - len(name) <= 1:
        return True
    words = [word[0].upper() for word in _WORD.findall(after) if word.lower() not in _SMALL][:_FEW]
    return 0 <= "".join(words).find(name) <= 1


def _is_word(name: str, body: str) -> bool:
    """Whether capitals only make a word loud that the text also has in small letters."""
    return re.search(rf"(?<!\w){name.lower()}(?!\w)", body) is not None
