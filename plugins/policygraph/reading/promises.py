"""Promises in the text: which timed sentences bind somebody, and which statements leave open when.

The text is scanned once; this is asked block by block while that happens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from policygraph.model.document import Modality
from policygraph.model.place import Passage, Place
from policygraph.model.promise import Force, Kind, TimedSentence, Timing, VagueWording
from policygraph.reading import english_timings, german_timings
from policygraph.reading.block import Block
from policygraph.reading.language import Language
from policygraph.reading.pattern import Pattern
from policygraph.reading.sentences import ADDRESS
from policygraph.reading.text import folded
from policygraph.reading.timings import FoundTiming, TimingWords

_CLAUSE_END = re.compile(r"[;:](?=\s)|\s[–—]\s")
_EXAMPLE_HEADING = re.compile(r"\b(?:examples?|cases?|case studies|beispiele?)\b", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_QUOTES = {"“": "”", "„": "“", "«": "»", '"': '"'}
_LONGEST_SUBJECT = 120
_LONGEST_SENTENCE = 2_000
"""A "sentence" beyond this many characters is a list or worse, and promises nothing that could be quoted."""


def _re(*alternatives: str) -> Pattern:
    return Pattern(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w-])")


@dataclass(frozen=True, slots=True)
class PromiseWords:
    """The words of one language that decide whether a timing is a promise.

    `weak` verbs only advise; `past`, `example` and `condition` tell of something else than what will be
    done; `acting` begins an order, as "at once" needs where no verb demands. `deadlines`, `periods` and
    `retentions` head a table's column of bare lengths of time. `vague` maps vague words to what would make
    them definite: a timing of that kind in the same sentence, or nothing.
    """

    timings: TimingWords
    weak: Pattern
    past: Pattern
    example: Pattern
    condition: Pattern
    acting: Pattern
    deadlines: Pattern
    periods: Pattern
    retentions: Pattern
    vague: tuple[tuple[Pattern, Kind | None], ...]
    vague_gate: tuple[str, ...]


_ENGLISH_VAGUE = (
    (_re("regular(?:ly)?(?! (?:expression|employee|staff|working|business|duties))", "on a regular basis", "at regular intervals", "at planned intervals", "periodic(?:ally)?", "from time to time", "occasionally", "frequently"), Kind.FREQUENCY),
    (_re("in a timely (?:manner|fashion)", "timely", "as soon as (?:possible|practicable|reasonably practicable)", "promptly", "in due course", "within a reasonable (?:time|period)", "without unreasonable delay"), Kind.DEADLINE),
    (_re("as appropriate", "(?:where|when|if|wherever|whenever) (?:appropriate|necessary|needed|required|applicable|possible|feasible|practicable|practical|reasonable)", "as (?:necessary|needed)", r"as required(?! (?:by|under|in|to|for))", "as far as possible", "to the extent (?:possible|practicable)", "if need be"), None),
)  # fmt: skip
_ENGLISH = PromiseWords(
    timings=english_timings.WORDS,
    weak=_re("should", "could", "would", "might", "can", "cannot", "ought", "may"),
    past=_re(
        "was", "were", "had", "did", "ago", "previously", "used to", r"(?:in|since) (?:19|20)\d\d",
        r"(?:last|past) (?:year|month|week|quarter|time)", "ran", "took", "gave", "went", "came", "began",
        "wrote", "became", "chose", "spoke", r"(?<!is )(?<!are )(?<!be )(?<!been )met",
        r"(?:we|they|he|she|it|i|you) (?:\w+ly )?(?!need)\w{2,}ed",
    ),
    example=Pattern(r"^\W*(?:for example|e\.g\.|example|for instance|imagine|say,)|\bfor (?:example|instance)\b"),
    condition=Pattern(r"\b(?:if|when|whenever|unless|until|while|whether|as long as|once)\b(?!\s+(?:a|an|per|every|each|in)\b)[^,;:]*$"),
    acting=Pattern(
        r"(?:^\W*|[:;,]\s*|\b(?:and|or|then|please|you)\s+)(?:also\s+|always\s+)?(?:report|tell|phone|call|ring|notify|inform|write|stop|"
        r"escalate|contact|send|lock|change|remove|revoke|delete|disable|switch|disconnect|pass|hand|leave|close)\b",
    ),
    deadlines=_re("within", "by when", "deadlines?", "time limits?", "due", "how (?:soon|fast|quickly)", r"respon(?:se|d)\w*(?: time)?", "no later than", "when"),
    periods=_re("how often", "frequency", "interval", "every", "period", "cycle", "review"),
    retentions=_re("kept(?: for)?", "keep(?: for)?", "retention(?: period)?", "retain(?:ed)?(?: for)?", "how long", "stored(?: for)?"),
    vague=_ENGLISH_VAGUE,
    vague_gate=tuple("regular|planned|periodic|time to time|occasional|frequently|timely|soon|prompt|due course|reasonabl|appropriate|necessary|needed|required|applicable|possible|feasible|practica|need be".split("|")),
)  # fmt: skip
_GERMAN_VAGUE = (
    (_re("regelmäßig(?:e[nrsm]?)?", "in regelmäßigen Abständen", "periodisch", "von Zeit zu Zeit", "gelegentlich", "turnusmäßig"), Kind.FREQUENCY),
    (_re("zeitnah(?:e[nrsm]?)?", "rechtzeitig", "so (?:bald|schnell) wie möglich", "schnellstmöglich", "baldmöglichst", "in angemessener (?:Frist|Zeit)", "möglichst bald", "zu gegebener Zeit"), Kind.DEADLINE),
    (_re("gegebenenfalls", r"ggf\.", "bei Bedarf", "(?:falls|wenn|soweit|sofern|wo) (?:erforderlich|notwendig|nötig|möglich|angemessen|zutreffend|sinnvoll)", "nach Möglichkeit", "in angemessener Weise"), None),
)  # fmt: skip
_GERMAN = PromiseWords(
    timings=german_timings.WORDS,
    weak=_re("sollte", "sollten", "könnte", "könnten", "kann", "können", "würde", "würden", "darf", "dürfen"),
    past=_re("war", "waren", "wurde", "wurden", "hatte", "hatten", r"(?:im|letzten|letztes|vergangenen) Jahr", r"(?:im|in|seit) (?:Jahr )?(?:19|20)\d\d", r"vor \w+ (?:Tagen|Wochen|Monaten|Jahren)", "bisher"),
    example=Pattern(r"^\W*(?:zum Beispiel|z\. ?B\.|Beispiel|etwa,)|\bzum Beispiel\b"),
    condition=Pattern(r"\b(?:wenn|falls|sofern|sobald|solange|ob|bis dass)\b[^,;:]*$"),
    acting=Pattern(
        r"(?:^\W*|[:;,]\s*|\b(?:und|oder|dann|bitte)\s+)(?:melde\w*|meldet|informier\w*|benachrichtig\w*|ruf\w*|stopp\w*|schreib\w*|"
        r"sperr\w*|lösch\w*|änder\w*)\b",
    ),
    deadlines=_re("innerhalb", "binnen", "frist", "fristen", "bis wann", "spätestens", "wie schnell", "reaktionszeit"),
    periods=_re("wie oft", "häufigkeit", "turnus", "intervall", "rhythmus", "zyklus"),
    retentions=_re("aufbewahrung", "aufbewahrungsfrist", "aufbewahrt", "wie lange", "speicherdauer"),
    vague=_GERMAN_VAGUE,
    vague_gate=tuple("regelmäßig|periodisch|von zeit|gelegentlich|turnus|zeitnah|rechtzeitig|möglich|angemessen|gegeben|ggf|bedarf|erforderlich|notwendig|nötig|zutreffend|sinnvoll".split("|")),
)  # fmt: skip
_LANGUAGES = {"en": _ENGLISH, "de": _GERMAN}


class PromiseReader:
    """Collects the timed sentences and the vague wording of one document."""

    def __init__(self, language: Language) -> None:
        self.timed: list[TimedSentence] = []
        self.vague: list[VagueWording] = []
        self._language = language
        self._words = _LANGUAGES.get(language.code, _ENGLISH)
        self._seen: set[tuple[str, Timing, str]] = set()

    def read(
        self,
        block: Block,
        passage: Callable[[Block, int], Passage],
        place: Callable[[int], Place],
        *,
        binding: bool,
        quotation: bool,
    ) -> None:
        """Read a block that demands something (`binding`) or not.

        In a `quotation` only what demands something counts, and nothing is vague.
        """
        words = self._words
        low = folded(block.prose)
        timed = words.timings.possible(low)
        vague = binding and not quotation and any(map(low.__contains__, words.vague_gate))
        if not timed and not vague:
            return
        example = _EXAMPLE_HEADING.search(block.headings[-1]) if block.headings else None
        for start, end in block.bounds(self._language):
            if end - start > _LONGEST_SENTENCE:
                continue
            text = low[start:end]
            address = ADDRESS.search(block.prose, start, end) if "{" in text else None
            if address is not None:
                text = text[: address.start() - start]
            found = [
                one
                for one in (words.timings.found(text) if words.timings.possible(text) else ())
                if not _quoted(block.plain[start:], one.start)
            ]
            whole: Passage | None = None
            for one in found:
                force = self._force(text, one, stated=not quotation and example is None)
                if force is None:
                    continue
                whole = whole or _addressed(passage(block, start), address)
                self._add(block, whole, one, force, text, block.plain[start:end], address)
            if vague and self._language.normative.search(text):
                kinds = {one.timing.kind for one in found}
                for match in self._vague(text, kinds):
                    if not _quoted(block.plain[start:], match.start()):
                        whole = whole or _addressed(passage(block, start), address)
                        at = place(block.offset(start + match.start()))
                        spelt = block.plain[start + match.start() : start + match.end()]
                        self.vague.append(VagueWording(spelt, at, whole))
        if timed and block.whole is not None:
            self._cell(block, passage)

    def _force(self, text: str, one: FoundTiming, *, stated: bool) -> Force | None:
        begin, finish = _clause(text, one)
        before = text[begin : one.start]
        if self._words.condition.search(before):
            return None
        verb = _last(self._language.normative, text, begin, one.start)
        weak = _last(self._words.weak, text, begin, one.start)
        if verb is None and weak is None:
            verb = self._language.normative.search(text, one.end, finish)
            weak = self._words.weak.search(text, one.end, finish)
            if verb is not None and weak is not None and weak.start() < verb.start():
                return None
        if weak is not None and verb is not None and "," in text[weak.end() : one.start]:
            weak = None  # of a clause that has ended: "…, what it can do, every 12 months"
        if verb is not None and (weak is None or weak.start() < verb.end()):
            modality = self._language.modality_of(verb[0], text[begin : verb.start()])
            return Force.MUST if modality is Modality.DUTY else None
        if weak is not None or not stated or text.rstrip().endswith("?"):
            return None
        if self._words.past.search(text) or self._words.example.search(text):
            return None
        if one.timing.interval is None and not self._words.acting.search(before):
            return None
        return Force.STATED

    def _add(
        self,
        block: Block,
        passage: Passage,
        one: FoundTiming,
        force: Force,
        text: str,
        plain: str,
        address: re.Match[str] | None,
    ) -> None:
        # A head that only says "when" says nothing more about the promise.
        column = block.head if block.whole is not None and self._kind(block.head) is None else ""
        key = (passage.id, one.timing, column)
        if key in self._seen:
            return
        self._seen.add(key)
        begin, finish = _clause(text, one)
        clause = f"{plain[begin : one.start]} {plain[one.end : finish]}"
        subject = ""
        if block.whole is None:
            verb = self._language.normative.search(text, begin, finish) if force is Force.MUST else None
            subject = plain[begin : verb.start()] if verb else plain[begin:finish]
            subject = subject[-_LONGEST_SUBJECT:] if verb else subject[:_LONGEST_SUBJECT]
        else:
            clause = block.whole[1]
        id = address["id"] if address else None
        self.timed.append(
            TimedSentence(passage, one.timing, force, _line(clause), _line(subject), column, id or None)
        )

    def _cell(self, block: Block, passage: Callable[[Block, int], Passage]) -> None:
        """A cell of bare lengths of time, where the head of the column or the section says what they are."""
        words = self._words
        text = folded(ADDRESS.sub("", block.prose)).strip()
        kind = self._kind(block.head)
        if kind is None and words.timings.bare.fullmatch(text) and block.headings:
            kind = Kind.DEADLINE if words.deadlines.search(block.headings[-1]) else None
        if kind is None:
            return
        taken = words.timings.found(text)
        found = [
            FoundTiming(Timing(kind, interval), start, end)
            for interval, start, end in words.timings.bare_intervals(text)
            if not any(start < one.end and one.start < end for one in taken)
        ]
        found += [one for one in taken if one.timing.interval is None and kind is Kind.DEADLINE]
        for one in found:
            self._add(block, passage(block, 0), one, Force.STATED, text, block.plain, None)

    def _kind(self, head: str) -> Kind | None:
        for pattern, kind in (
            (self._words.retentions, Kind.RETENTION),
            (self._words.deadlines, Kind.DEADLINE),
            (self._words.periods, Kind.FREQUENCY),
        ):
            if pattern.search(head):
                return kind
        return None

    def _vague(self, text: str, kinds: set[Kind]) -> Iterator[re.Match[str]]:
        """Vague words that nothing in the sentence makes definite."""
        for pattern, cured in self._words.vague:
            if cured is None or cured not in kinds:
                yield from pattern.finditer(text)


def _last(pattern: Pattern | re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found


def _clause(text: str, one: FoundTiming) -> tuple[int, int]:
    """The part of a sentence, between semicolons, colons and dashes, that holds a timing."""
    before = _last(_CLAUSE_END, text, 0, one.start)
    after = _CLAUSE_END.search(text, one.end)
    return before.end() if before else 0, after.start() if after else len(text)


def _quoted(text: str, position: int) -> bool:
    """Whether a position of a sentence stands between quotation marks."""
    closing = ""
    for character in text[:position]:
        if not closing:
            closing = _QUOTES.get(character, "")
        elif character == closing:
            closing = ""
    return bool(closing)


def _addressed(passage: Passage, address: re.Match[str] | None) -> Passage:
    return replace(passage, id=address["id"]) if address and address["id"] else passage


def _line(text: str) -> str:
    return _SPACES.sub(" ", ADDRESS.sub("", text)).strip()
