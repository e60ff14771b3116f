"""What is expected of whom: a page for each group of readers and each role, and one on which people choose theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.duties import Pace
from policygraph.judging.expected import Group, RankedDocument, RankedDuty, Share
from policygraph.judging.subjects import EVERYONE
from policygraph.model.document import Modality
from policygraph.publishing.chunking import pieces
from policygraph.publishing.document_pages import as_it_stood
from policygraph.publishing.duty_views import (
    KINDS,
    MOST_AGAIN,
    MOST_OTHERS,
    PACES,
    KindView,
    heading_of,
    is_outside,
    kinds_of,
    minutes_of,
    others_of,
    stranger_name,
    when_of,
    words_of,
)
from policygraph.publishing.escaping import script_json, shortened
from policygraph.publishing.expected_places import CHOOSER, data_uri, group_name, group_uri, party_name
from policygraph.publishing.feeds import audience_feed
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import Asset, Page
from policygraph.publishing.templates import page
from policygraph.publishing.tongues import foreign
from policygraph.words import N_, _, ngettext

TITLE = N_("What is expected of me")
DESCRIPTION = N_("What you must do, what you must never do, and by when: for your group and your role.")
MOST_DUTIES = 300
"""Duties on one page, and of one group on the page where people choose."""
MOST_FOR_EVERYONE = 150
"""Duties of everyone that the page of a group repeats; beyond, it links to them."""
_FIRST_READ = 8
"""Documents for newcomers shown at once; the others unfold."""
_MOST_READ = 200
_SCRIPT = "assets/policygraph/expected.js"

ORDER = N_(
    "In this order: what always holds; what comes again, the shortest interval first; what something sets off, the "
    "shortest deadline first; and last what is rare: once a year or less, incidents and emergencies."
)
_NOTHING = N_("The handbook asks nothing of everyone.")


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
                    stranger_name(ranked),
                    int(is_outside(ranked)),
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
            heading_of(one),
            _address(links, one.document.path, one.passage.id),
            *filter(None, [foreign(one.document.lang)]),
        ]
        for one in (duty, *ranked.again[:MOST_AGAIN])
    ]
    return [
        ranked.rank,
        [modality for modality, _ in KINDS].index(duty.modality),
        int(duty.pace),
        duty.words,
        duty.items,
        [[cell.head, cell.text] for cell in duty.cells],
        when_of(duty),
        sources,
        len(words_of(duty)),
        len(ranked.again[MOST_AGAIN:]),
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
        minutes_of(share.duties),
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
                "minutes": minutes_of((*run, *(told if last else ()))),
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
    count, minutes = len(everyone.duties), minutes_of(everyone.duties)
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
    kinds = (*kinds_of(links, duties, part), *others_of(links, others, part))
    return PartView(title, kinds, "" if duties else empty)


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
