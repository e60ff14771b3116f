"""What is expected of whom: a page for each group of readers and each role, and one on which people choose theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.judging.duties import Duty, Pace
from policygraph.judging.expected import Group, RankedDocument, RankedDuty, Share
from policygraph.judging.subjects import EVERYONE
from policygraph.model.document import Modality
from policygraph.publishing.chunking import pieces
from policygraph.publishing.document_pages import as_it_stood
from policygraph.publishing.escaping import html_text, script_json, shortened
from policygraph.publishing.expected_places import CHOOSER, data_uri, group_name, group_uri, party_name
from policygraph.publishing.feeds import audience_feed
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import Asset, Page
from policygraph.publishing.templates import page
from policygraph.publishing.tongues import foreign, told
from policygraph.words import N_, _, ngettext

TITLE = N_("What is expected of me")
DESCRIPTION = N_("What you must do, what you must never do, and by when: for your group and your role.")
MOST_DUTIES = 300
"""Duties on one page, and of one group on the page where people choose."""
MOST_OTHERS = 100
"""Duties of those whom no register knows, in one part of a page."""
MOST_FOR_EVERYONE = 150
"""Duties of everyone that the page of a group repeats; beyond, it links to them."""
_FIRST_READ = 8
"""Documents for newcomers shown at once; the others unfold."""
_MOST_READ = 200
_MOST_NAMES = 3
_MOST_AGAIN = 3
"""Other documents named that say the same in the same words."""
_WORDS_A_MINUTE = 200
_SCRIPT = "assets/policygraph/expected.js"

PACES = {
    Pace.ALWAYS: N_("Always"),
    Pace.REGULARLY: N_("Regularly"),
    Pace.EVENT: N_("When it happens"),
    Pace.RARELY: N_("Rarely"),
}
ORDER = N_(
    "In this order: what always holds; what comes again, the shortest interval first; what something sets off, the "
    "shortest deadline first; and last what is rare: once a year or less, incidents and emergencies."
)
_KINDS = (
    (Modality.DUTY, N_("You must")),
    (Modality.BAN, N_("You must never")),
    (Modality.PERMISSION, N_("You may")),
)
_NOTHING = N_("The handbook asks nothing of everyone.")
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


@dataclass(frozen=True, slots=True)
class PartView:
    """What is for one group, or for everyone. `instead` says it where the duties stand on another page."""

    title: str
    kinds: tuple[KindView, ...]
    empty: str = ""
    instead: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A document to read, with its minutes."""

    title: str
    href: str
    minutes: int
    lang: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody new reads first, in the order of the graph."""

    count: int
    minutes: int
    first: tuple[ReadingView, ...]
    folded: tuple[ReadingView, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A group or role that can be chosen."""

    value: str
    title: str
    description: str
    href: str
    file: str
    count: int
    minutes: int


def expected_pages(index: Index) -> Iterator[Page]:
    """The page on which people choose, and the page of each group and role."""
    yield _chooser(index)
    for group in index.case.expected.groups:
        yield from _group_pages(index, group)


def expected_data(index: Index) -> Iterator[Asset]:
    """What each group and role is asked, as scripts: the page on which people choose puts them together."""
    links = PageLinks(index, CHOOSER)
    for group in index.case.expected.groups:
        share = index.case.expected.of(group.party)
        data = {
            "title": group_name(group),
            "kind": group.party.kind,
            "page": links.address(group_uri(index, group.party)),
            "left_out": max(0, len(share.duties) - MOST_DUTIES),
            "duties": [_duty_data(links, ranked) for ranked in share.duties[:MOST_DUTIES]],
            "others": [
                [
                    *_duty_data(links, ranked),
                    _stranger(ranked),
                    int(_outside(ranked)),
                    *filter(None, [foreign(ranked.duty.document.lang)]),
                ]
                for ranked in share.others[:MOST_OTHERS]
            ],
            "documents": [
                [
                    r.rank,
                    r.document.title,
                    _address(links, r.document.path),
                    r.document.reading_minutes,
                    *filter(None, [foreign(r.document.lang)]),
                ]
                for r in share.documents[:_MOST_READ]
            ],
        }
        key = script_json(party_name(group.party))
        text = f"(window.policygraphExpected??={{}})[{key}]={script_json(data)};\n"
        yield Asset(data_uri(index, group.party), text.encode())


def _duty_data(links: PageLinks, ranked: RankedDuty) -> list[object]:
    duty = ranked.duty
    sources = [
        [
            one.document.title,
            _heading(one),
            _address(links, one.document.path, one.passage.id),
            *filter(None, [foreign(one.document.lang)]),
        ]
        for one in (duty, *ranked.again[:_MOST_AGAIN])
    ]
    return [
        ranked.rank,
        [modality for modality, _ in _KINDS].index(duty.modality),
        int(duty.pace),
        duty.words,
        duty.items,
        [[cell.head, cell.text] for cell in duty.cells],
        _when(duty),
        sources,
        len(_all_words(duty)),
        len(ranked.again[_MOST_AGAIN:]),
        duty.head,
    ]


def _address(links: PageLinks, path: str, anchor: str = "") -> str:
    index = links.index
    return index.links.address(links.uri, index.pages[path]) + (
        index.links.href(links.uri, links.uri, anchor) if anchor else ""
    )


def _chooser(index: Index) -> Page:
    links = PageLinks(index, CHOOSER)
    choices = [_choice(links, group) for group in index.case.expected.groups]
    kinds = [group.party.kind for group in index.case.expected.groups]
    return page(
        CHOOSER,
        _(TITLE),
        "expected_chooser.md.j2",
        description=_(DESCRIPTION),
        hide=("navigation", "toc"),
        values={
            "stood": as_it_stood(index),
            "everyone": choices[0],
            "audiences": tuple(
                c for c, kind in zip(choices[1:], kinds[1:], strict=True) if kind == "audience"
            ),
            "roles": tuple(c for c, kind in zip(choices, kinds, strict=True) if kind == "role"),
            "order": _(ORDER),
            "root": links.address("index.md"),
            "paces": script_json([_(PACES[pace]) for pace in Pace]),
            "script": links.to(_SCRIPT),
        },
    )


def _choice(links: PageLinks, group: Group) -> ChoiceView:
    index = links.index
    share = index.case.expected.of(group.party)
    description = group.description or ", ".join(group.holders)
    return ChoiceView(
        party_name(group.party),
        group_name(group),
        shortened(description, 120),
        links.to(group_uri(index, group.party)),
        links.address(data_uri(index, group.party)),
        len(share.duties),
        _minutes(share.duties),
    )


def _group_pages(index: Index, group: Group) -> Iterator[Page]:
    expected = index.case.expected
    everyone = expected.of(EVERYONE)
    own = everyone if group.party == EVERYONE else expected.of(group.party)
    if group.party.kind == "audience" and group.party != EVERYONE:
        own = expected.beyond(group.party)
    # A role comes on top of groups that nobody can know here, so what everyone must do stays on its page.
    common = everyone if group.party.kind == "audience" and group.party != EVERYONE else Share((), ())
    told = common.duties if len(common.duties) <= MOST_FOR_EVERYONE else ()
    whole = expected.of(EVERYONE, group.party) if group.party.kind == "audience" else own
    first = group_uri(index, group.party)
    runs = pieces(own.duties, MOST_DUTIES) or ((),)
    uris = [first, *(f"{first.removesuffix('.md')}/{number}.md" for number in range(2, len(runs) + 1))]
    title = _title(group)
    for number, (uri, run) in enumerate(zip(uris, runs, strict=True), start=1):
        links = PageLinks(index, uri)
        last = number == len(runs)
        parts = [_part(links, group, run, own.others if last else ())]
        if last and group.party != EVERYONE:
            parts.append(_common(links, group, everyone, told))
        yield page(
            uri,
            title if number == 1 else _("%(title)s, part %(number)s", title=title, number=number),
            "expected.md.j2",
            description=_(
                "%(title)s: what you must do, what you must never do, and by when: for your group and your role.",
                title=title,
            ),
            hide=("navigation",),
            values={
                "stood": as_it_stood(index),
                "feed": audience_feed(index, links, group.party.id) if group.party.kind == "audience" else "",
                "lead": group.description if number == 1 else "",
                "holders": ", ".join(group.holders),
                "role": group.party.kind == "role",
                "counts": _counts((*own.duties, *told)),
                "minutes": _minutes((*run, *(told if last else ()))),
                "documents": len(whole.documents),
                "documents_minutes": whole.minutes,
                "newcomer": _newcomer(links, whole.documents) if number == 1 else None,
                "order": _(ORDER),
                "chooser": f"{links.to(CHOOSER)}#who={party_name(group.party)}",
                "parts": tuple(parts),
                "pages": tuple(
                    (_("Part %(number)s", number=n), links.to(u))
                    for n, u in enumerate(uris, start=1)
                    if u != uri
                ),
            },
        )


def _title(group: Group) -> str:
    if group.party == EVERYONE:
        return _("What is expected of everyone")
    return _("What is expected of you: %(group)s", group=group_name(group))


def _part(
    links: PageLinks, group: Group, duties: Sequence[RankedDuty], others: Sequence[RankedDuty]
) -> PartView:
    if group.party == EVERYONE:
        return _section(links, _("For everyone"), duties, others, "own", _(_NOTHING))
    empty = (
        _("No sentence of the handbook names this role.")
        if group.party.kind == "role"
        else _("The handbook asks nothing of this group alone.")
    )
    return _section(links, _("For you"), duties, others, "own", empty)


def _common(links: PageLinks, group: Group, everyone: Share, told: Sequence[RankedDuty]) -> PartView:
    href = links.to(group_uri(links.index, EVERYONE))
    if told or not everyone.duties:
        return _section(links, _("For everyone"), told, everyone.others, "common", _(_NOTHING))
    count, minutes = len(everyone.duties), _minutes(everyone.duties)
    told_of = ngettext(
        "%(count)s statement, %(minutes)s min",
        "%(count)s statements, %(minutes)s min",
        count,
        count=count,
        minutes=minutes,
    )
    return PartView(_("For everyone"), (), "", told_of, href)


def _section(
    links: PageLinks,
    title: str,
    duties: Sequence[RankedDuty],
    others: Sequence[RankedDuty],
    part: str,
    empty: str,
) -> PartView:
    kinds = (*_kinds(links, duties, part), *_others(links, others, part))
    return PartView(title, kinds, "" if duties else empty)


def _kinds(links: PageLinks, duties: Sequence[RankedDuty], part: str) -> tuple[KindView, ...]:
    kinds = []
    for number, (modality, title) in enumerate(_KINDS):
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


def _others(links: PageLinks, others: Sequence[RankedDuty], part: str) -> Iterator[KindView]:
    """What is asked of those whom no register knows: of whoever may be the reader, and of all others."""
    for number, (outside, title, note) in enumerate(_STRANGERS, start=len(_KINDS)):
        named: dict[str, list[RankedDuty]] = {}
        for ranked in others[:MOST_OTHERS]:
            if _outside(ranked) is outside:
                named.setdefault(_stranger(ranked), []).append(ranked)
        if not named:
            continue
        left_out = sum(_outside(ranked) is outside for ranked in others[MOST_OTHERS:])
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


def _outside(ranked: RankedDuty) -> bool:
    stranger = ranked.duty.bound.stranger
    return stranger is not None and stranger.outside


def _stranger(ranked: RankedDuty) -> str:
    stranger = ranked.duty.bound.stranger
    return stranger.name if stranger is not None else ""


def _view(links: PageLinks, ranked: RankedDuty) -> DutyView:
    duty = ranked.duty
    return DutyView(
        duty.head,
        duty.words,
        duty.items,
        tuple((cell.head, cell.text) for cell in duty.cells),
        _when(duty),
        _source(links, duty),
        tuple(_source(links, one) for one in ranked.again[:_MOST_AGAIN]),
        len(ranked.again[_MOST_AGAIN:]),
        duty.document.lang,
    )


def _source(links: PageLinks, duty: Duty) -> SourceView:
    return SourceView(
        duty.document.title,
        _heading(duty),
        links.document(duty.document.path, duty.passage.id),
        duty.document.lang,
    )


def _heading(duty: Duty) -> str:
    heading = duty.passage.headings[-1] if duty.passage.headings else ""
    return "" if heading == duty.document.title else heading


def _when(duty: Duty) -> tuple[str, ...]:
    """How often and by when, in the words that all promises share; a row of a table says it in its cells."""
    if duty.cells:
        return ()
    return tuple(dict.fromkeys(str(timing) for _, timing in duty.timings))


def _newcomer(links: PageLinks, documents: Sequence[RankedDocument]) -> Newcomer | None:
    if not documents:
        return None
    views = [
        ReadingView(
            ranked.document.title,
            links.document(ranked.document.path),
            ranked.document.reading_minutes,
            ranked.document.lang,
        )
        for ranked in documents[:_MOST_READ]
    ]
    shown = len(views) if len(views) <= _FIRST_READ + 2 else _FIRST_READ
    return Newcomer(
        len(documents),
        sum(ranked.document.reading_minutes for ranked in documents),
        tuple(views[:shown]),
        tuple(views[shown:]),
        len(documents) - len(views),
    )


def _counts(duties: Iterable[RankedDuty]) -> tuple[int, int]:
    modalities = [ranked.duty.modality for ranked in duties]
    return modalities.count(Modality.DUTY), modalities.count(Modality.BAN)


def _minutes(duties: Iterable[RankedDuty]) -> int:
    """Minutes to read duties as a page shows them."""
    words = sum(len(_all_words(ranked.duty)) for ranked in duties)
    return max(1, round(words / _WORDS_A_MINUTE))


def _all_words(duty: Duty) -> list[str]:
    cells = [part for cell in duty.cells for part in (cell.head, cell.text)]
    return " ".join((duty.words, *duty.items, *cells, *_when(duty))).split()
