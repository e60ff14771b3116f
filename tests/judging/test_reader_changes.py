"""What changed for readers, from histories made by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from builders import TODAY, book
from histories import commit, history, reviewed
from policygraph.judging.case import Case
from policygraph.judging.news import Changes, News
from policygraph.model.history import History, Keeping, Revision

TEXT = """---
id: A-1
title: Incidents
owner: risk-manager
applies_to: [{who}]
{more}---
# Incidents

You must report an incident within {hours} hours.
"""


def doc(hours: str = "24", more: str = "", who: str = "engineering") -> str:
    return TEXT.format(hours=hours, more=more, who=who)


OTHER = "---\nid: B-1\ntitle: Other\n---\nSome text of no weight.\n"


def found(states: History, files: dict[str, str] | None = None, today: dt.date = TODAY) -> Changes:
    named = files
    if named is None:
        named = {path: line[-1].text for path, line in states.revisions.items() if line[-1].text is not None}
    return Case(book(named, history=states), today).changes


def told(changes: Changes) -> list[tuple[str, str, str]]:
    return [
        (change.day.isoformat(), change.line.id, batch.news.value)
        for batch in changes.batches
        for change in batch.changes
    ]


def with_subject(states: History, order: int, **changes: object) -> History:
    def mended(revision: Revision) -> Revision:
        if revision.commit.order != order:
            return revision
        return replace(revision, commit=replace(revision.commit, **changes))  # type: ignore[arg-type]

    lines = {path: tuple(map(mended, line)) for path, line in states.revisions.items()}
    return replace(states, revisions=lines)


def gone(states: History, path: str, order: int, day: str) -> History:
    line = (*states.of(path), Revision(path, commit(order, day), None, deleted=True))
    return replace(states, revisions={**states.revisions, path: line})


def test_what_the_first_commit_brought_is_the_beginning_and_no_change() -> None:
    changes = found(history({"a.md": [(0, "2026-01-05", doc())], "b.md": [(0, "2026-01-05", OTHER)]}))
    assert changes.batches == ()
    assert changes.beginning is not None
    assert [c.line.id for c in changes.beginning.documents] == ["A-1", "B-1"]
    assert changes.beginning.known


def test_new_changed_and_worded_otherwise_the_newest_first() -> None:
    changes = found(
        history(
            {
                "a.md": [
                    (0, "2026-01-05", doc()),
                    (2, "2026-03-05", doc().replace("report an", "reprot an")),
                    (3, "2026-03-06", doc("72").replace("report an", "reprot an")),
                ],
                "b.md": [(1, "2026-02-05", OTHER)],
            }
        )
    )
    assert told(changes) == [
        ("2026-03-06", "A-1", "changed"),
        ("2026-03-05", "A-1", "editorial"),
        ("2026-02-05", "B-1", "new"),
    ]
    assert [batch.news for batch in changes.loud] == [News.CHANGED, News.NEW]
    assert changes.loud[0].first.audiences == ("engineering",)
    assert changes.loud[1].first.audiences == ()


def test_a_draft_is_nobody_s_business_until_it_applies() -> None:
    draft = doc(more="status: draft\n")
    changes = found(
        history(
            {
                "a.md": [
                    (1, "2026-02-01", draft),
                    (2, "2026-02-02", draft.replace("24", "48")),
                    (3, "2026-02-03", doc("48")),
                    (4, "2026-02-04", draft),
                    (5, "2026-02-05", doc("12")),
                ],
                "b.md": [(0, "2026-01-05", OTHER)],
            }
        )
    )
    assert told(changes) == [
        ("2026-02-05", "A-1", "in force again"),
        ("2026-02-04", "A-1", "taken back to a draft"),
        ("2026-02-03", "A-1", "new"),
    ]
    back = changes.batches[0].first
    assert back.before is not None
    assert "48 hours" in back.before  # compared with what applied last


def test_a_text_that_applies_later_says_from_when() -> None:
    later = doc("72", "effective: 2027-03-01\n")
    changes = found(history({"a.md": [(0, "2026-01-05", doc()), (1, "2026-02-05", later)]}))
    (batch,) = changes.loud
    assert batch.first.applies_from == dt.date(2027, 3, 1)
    earlier = doc("72", "effective: 2026-02-05\n")
    changes = found(history({"a.md": [(0, "2026-01-05", doc()), (1, "2026-02-05", earlier)]}))
    assert changes.loud[0].first.applies_from is None


def test_a_retired_a_removed_and_an_expired_document_no_longer_apply() -> None:
    states = history(
        {
            "a.md": [(0, "2026-01-05", doc()), (1, "2026-02-05", doc(more="status: retired\n"))],
            "b.md": [(0, "2026-01-05", OTHER)],
            "c.md": [
                (
                    0,
                    "2026-01-05",
                    OTHER.replace("B-1", "C-1").replace("---\nSome", "expires: 2026-05-31\n---\nSome"),
                )
            ],
        }
    )
    states = gone(states, "policies/b.md", 2, "2026-03-05")
    changes = found(states)
    assert told(changes) == [
        ("2026-06-01", "C-1", "expired"),
        ("2026-03-05", "B-1", "removed"),
        ("2026-02-05", "A-1", "retired"),
    ]
    assert changes.batches[1].first.line.document is None
    assert changes.batches[1].first.line.title == "Other"
    assert told(found(states, today=dt.date(2026, 5, 31)))[0][2] == "removed"


def test_a_document_extended_after_it_expired_ended_and_applies_again() -> None:
    states = history(
        {
            "a.md": [
                (0, "2026-01-05", doc(more="expires: 2026-02-28\n")),
                (1, "2026-04-05", doc(more="expires: 2027-02-28\n")),
            ]
        }
    )
    assert told(found(states)) == [("2026-04-05", "A-1", "in force again"), ("2026-03-01", "A-1", "expired")]


def test_control_data_alone_concern_no_reader_and_an_owner_does() -> None:
    clause = doc(more='satisfies: ["iso-42001:8.1"]\n')
    owner = clause.replace("risk-manager", "head-of-data")
    states = history(
        {"a.md": [(0, "2026-01-05", doc()), (1, "2026-02-05", clause), (2, "2026-03-05", owner)]}
    )
    assert [word for _, _, word in told(found(states))] == ["changed", "control data"]


def test_whoever_it_no_longer_applies_to_is_told_too() -> None:
    states = history(
        {"a.md": [(0, "2026-01-05", doc(who="Data, product")), (1, "2026-02-05", doc(who="data"))]}
    )
    (batch,) = found(states).loud
    assert set(batch.first.audiences) == {"data", "product"}
    assert batch.concerning("product") == batch
    assert batch.concerning("sales") is None


def test_many_at_once_are_told_of_together() -> None:
    text = "---\nid: N-{n}\ntitle: Number {n}\n---\nYou must do it.\n"
    files = {f"n{n}.md": [(1, "2026-02-05", text.format(n=n))] for n in range(8)}
    changes = found(history({"a.md": [(0, "2026-01-05", doc())], **files}))
    (batch,) = changes.batches
    assert batch.news is News.NEW
    assert len(batch.changes) == 8
    # Its key is no document's own, so that it stays when one of them is renamed.
    assert batch.key == f"{batch.first.commit.id}:new"


def test_a_shallow_clone_has_no_known_beginning() -> None:
    changes = found(history({"a.md": [(0, "2026-01-05", doc())]}, keeping=Keeping.SHALLOW))
    assert changes.beginning is not None
    assert not changes.beginning.known


def test_without_git_nothing_is_known_and_marks_are_there_all_the_same() -> None:
    changes = found(History(Keeping.NO_GIT), {"a.md": doc()})
    assert changes.batches == ()
    assert changes.beginning is None
    assert len(changes.marks["policies/a.md"]) == 12


def test_a_text_that_cannot_be_read_is_no_news() -> None:
    states = history(
        {"a.md": [(1, "2026-01-05", doc()), (2, "2026-02-05", doc())], "b.md": [(0, "2026-01-01", OTHER)]}
    )
    line = states.of("policies/a.md")
    states = replace(
        states, revisions={**states.revisions, "policies/a.md": (replace(line[0], text=None), line[1])}
    )
    assert told(found(states)) == []


def test_a_mark_stays_for_as_long_as_the_document_asks_the_same() -> None:
    typo = doc().replace("report an", "reprot an")
    clause = typo.replace("---\n# Inc", 'satisfies: ["iso-42001:8.1"]\n---\n# Inc')
    first = history({"a.md": [(0, "2026-01-05", doc())]})
    mark = found(first).marks["policies/a.md"]
    same = history({"a.md": [(0, "2026-01-05", doc()), (1, "2026-02-05", typo), (2, "2026-02-06", clause)]})
    assert found(same).marks["policies/a.md"] == mark
    other = history({"a.md": [(0, "2026-01-05", doc()), (1, "2026-02-05", doc("72"))]})
    assert found(other).marks["policies/a.md"] != mark
    # What stands on disk and is not committed counts: it is what readers see.
    assert found(first, {"a.md": doc("72")}).marks["policies/a.md"] == found(other).marks["policies/a.md"]


def test_the_note_of_the_review_that_looked_at_the_text_is_the_reason() -> None:
    states = with_subject(
        history({"a.md": [(0, "2026-01-05", doc()), (1, "2026-02-05", doc("72"))]}), 1, subject="docs: longer"
    )
    log = reviewed("A-1", "2026-02-06", doc("72"))
    noted = {name: text + 'note: "A day was too short at weekends."\n' for name, text in log.items()}
    assert (
        found(states, {"a.md": doc("72"), **noted}).loud[0].first.reason == "A day was too short at weekends."
    )
    assert found(states, {"a.md": doc("72")}).loud[0].first.reason == ""


def test_what_git_cannot_order_in_time_still_has_one_order() -> None:
    states = history(
        {"a.md": [(0, "2026-03-05", doc()), (1, "2026-01-05", doc("72")), (2, "2026-02-05", doc("9"))]}
    )
    assert [day for day, _, _ in told(found(states))] == ["2026-02-05", "2026-01-05"]


def test_a_commit_about_other_things_gives_no_reason_but_where_it_names_the_document() -> None:
    states = history(
        {"a.md": [(0, "2026-01-05", doc()), (1, "2026-02-05", doc("72"))], "b.md": [(0, "2026-01-01", OTHER)]}
    )

    def reason(subject: str, *paragraphs: str) -> str:
        changed = with_subject(states, 1, subject=subject, inside=1, beside=9, paragraphs=paragraphs)
        return found(changed).loud[0].reason

    assert reason("The finder is quicker") == ""
    assert reason("A-1: a day was too short; the finder is quicker") == "A day was too short"
    assert reason("Incidents: a day was too short") == "A day was too short"
    assert reason("The finder is quicker", "Say three days in a.md.") == "Say three days in a.md."
    assert reason("B-1: another matter altogether") == ""


def test_many_at_once_of_a_commit_about_other_things_have_no_reason() -> None:
    states = history(
        {
            f"n{n}.md": [
                (0, "2026-01-05", doc().replace("A-1", f"N-{n}")),
                (1, "2026-02-05", doc("72").replace("A-1", f"N-{n}")),
            ]
            for n in range(7)
        }
    )
    told = {"subject": "Three days everywhere", "inside": 7}
    assert found(with_subject(states, 1, **told, beside=3)).loud[0].reason == "Three days everywhere"
    assert found(with_subject(states, 1, **told, beside=4)).loud[0].reason == ""
