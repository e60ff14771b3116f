"""A duty as people read it: its words, when, and where it stands; by kind and pace, and under the names of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.judging.duties import Duty, Pace
from policygraph.judging.expected import RankedDuty
from policygraph.model.document import Modality
from policygraph.publishing.escaping import html_text
from policygraph.publishing.index import PageLinks
from policygraph.publishing.tongues import told
from policygraph.words import N_, _, ngettext

MOST_OTHERS = 100
"""Duties of those whom no register knows, in one part of a page."""
_MOST_NAMES = 3
MOST_AGAIN = 3
"""Other documents named that say the same in the same words."""
_WORDS_A_MINUTE = 200

PACES = {
    Pace.ALWAYS: N_("Always"),
    Pace.REGULARLY: N_("Regularly"),
    Pace.EVENT: N_("When it happens"),
    Pace.RARELY: N_("Rarely"),
}
KINDS = (
    (Modality.DUTY, N_("You must")),
    (Modality.BAN, N_("You must never")),
    (Modality.PERMISSION, N_("You may")),
)
_STRANGERS = (
    (
        False,
        N_("If you are meant: %(names)s"),
        N_(
            "No register of roles and groups knows these names. What stands here is yours if you are the one."
        ),
    ),
    (
        True,
        N_("Asked of others: %(names)s"),
        N_("For you to know, not to do: those who are named here are not part of the organisation."),
    ),
)


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a duty stands: its document, and the heading above it."""

    title: str
    heading: str
    href: str
    lang: str


@dataclass(frozen=True, slots=True)
class DutyView:
    """A duty as people read it."""

    head: str
    words: str
    items: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    when: tuple[str, ...]
    source: SourceView
    again: tuple[SourceView, ...]
    more: int
    lang: str


@dataclass(frozen=True, slots=True)
class RunView:
    """Duties under one heading: of one pace, or of one whom no register knows, in the language of the sentences."""

    title: str
    duties: tuple[DutyView, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class KindView:
    """What people must do, must never do, or may do; or what others must. Permissions and others are folded.

    Of those `left_out` there is no room.
    """

    title: str
    anchor: str
    folded: bool
    count: int
    runs: tuple[RunView, ...]
    note: str = ""
    left_out: int = 0


def kinds_of(links: PageLinks, duties: Sequence[RankedDuty], part: str) -> tuple[KindView, ...]:
    """What people must do, must never do and may do; `part` tells the parts of a page apart."""
    kinds = []
    for number, (modality, title) in enumerate(KINDS):
        these = [ranked for ranked in duties if ranked.duty.modality is modality]
        runs = tuple(
            RunView(_(PACES[pace]), tuple(_view(links, r) for r in these if r.duty.pace is pace))
            for pace in Pace
            if any(r.duty.pace is pace for r in these)
        )
        if these:
            kinds.append(
                KindView(_(title), f"pg-{part}-{number}", modality is Modality.PERMISSION, len(these), runs)
            )
    return tuple(kinds)


def others_of(links: PageLinks, others: Sequence[RankedDuty], part: str) -> Iterator[KindView]:
    """What is asked of those whom no register knows: of whoever may be the reader, and of all others."""
    for number, (outside, title, note) in enumerate(_STRANGERS, start=len(KINDS)):
        named: dict[str, list[RankedDuty]] = {}
        for ranked in others[:MOST_OTHERS]:
            if is_outside(ranked) is outside:
                named.setdefault(stranger_name(ranked), []).append(ranked)
        if not named:
            continue
        left_out = sum(is_outside(ranked) is outside for ranked in others[MOST_OTHERS:])
        names = sorted(named, key=str.casefold)
        languages = {name: named[name][0].duty.document.lang for name in names}
        shown = Markup(", ").join(html_text(told(name, languages[name])) for name in names[:_MOST_NAMES])
        if (more := len(names) - _MOST_NAMES) > 0:
            said = ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more, names=shown)
            shown = Markup(said)  # noqa: S704 - a message of ours, and names that are escaped
        yield KindView(
            Markup(_(title, names=shown)),  # noqa: S704 - as above
            f"pg-{part}-{number}",
            True,
            sum(map(len, named.values())) + left_out,
            tuple(
                RunView(name, tuple(_view(links, r) for r in named[name]), languages[name]) for name in names
            ),
            _(note),
            left_out,
        )


def is_outside(ranked: RankedDuty) -> bool:
    """Whether a duty is that of somebody outside the organisation."""
    stranger = ranked.duty.bound.stranger
    return stranger is not None and stranger.outside


def stranger_name(ranked: RankedDuty) -> str:
    """The name, known to no register, of whom a duty binds; empty where there is none."""
    stranger = ranked.duty.bound.stranger
    return stranger.name if stranger is not None else ""


def _view(links: PageLinks, ranked: RankedDuty) -> DutyView:
    duty = ranked.duty
    return DutyView(
        duty.head,
        duty.words,
        duty.items,
        tuple((cell.head, cell.text) for cell in duty.cells),
        when_of(duty),
        _source(links, duty),
        tuple(_source(links, one) for one in ranked.again[:MOST_AGAIN]),
        len(ranked.again[MOST_AGAIN:]),
        duty.document.lang,
    )


def _source(links: PageLinks, duty: Duty) -> SourceView:
    return SourceView(
        duty.document.title,
        heading_of(duty),
        links.document(duty.document.path, duty.passage.id),
        duty.document.lang,
    )


def heading_of(duty: Duty) -> str:
    """The heading above a duty, where it says more than the title of its document."""
    heading = duty.passage.headings[-1] if duty.passage.headings else ""
    return "" if heading == duty.document.title else heading


def when_of(duty: Duty) -> tuple[str, ...]:
    """How often and by when, in the words that all promises share; a row of a table says it in its cells."""
    if duty.cells:
        return ()
    return tuple(dict.fromkeys(str(timing) for _, timing in duty.timings))


def minutes_of(duties: Iterable[RankedDuty]) -> int:
    """Minutes to read duties as a page shows them."""
    words = sum(len(words_of(ranked.duty)) for ranked in duties)
    return max(1, round(words / _WORDS_A_MINUTE))


def words_of(duty: Duty) -> list[str]:
    """The words of a duty as a page shows it."""
    cells = [part for cell in duty.cells for part in (cell.head, cell.text)]
    return " ".join((duty.words, *duty.items, *cells, *when_of(duty))).split()
