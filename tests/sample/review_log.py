"""Write Fernway's review log anew, with the hashes of the sample's texts as they stand.

The sample is edited now and then, which in a real handbook would ask for a review. Run it after such an edit:

    python tests/sample/review_log.py
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from policygraph.model.review import Outcome
from policygraph.publishing.review_entry import ReviewEntry, reviews_folder
from policygraph.reading.files import locate
from policygraph.reading.fingerprint import fingerprint
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.resolve import resolve

ROOT = Path(__file__).parents[2]
APPROVED, CHANGES = Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES
CONFIRMED, REJECTED = Outcome.CONFIRMED, Outcome.REJECTED
HELEN = ("Helen Marsh", "chief-executive")
RUTH, JONAS = ("Ruth Adeyemi", "board"), ("Jonas Verbeek", "board")
NADIA = ("Nadia Okafor", "ai-governance-lead")
DANIEL = ("Daniel Whitlock", "head-of-engineering")
AOIFE = ("Aoife Brennan", "head-of-engineering")
OCTOBER = "Read before the surveillance audit; nothing to change."

ALONE = "Wording: each rule can be read on its own."

TODAY, FIRST = "the text of today", "the first text in git"

LOG = (
    ("AI-01", "2026-02-26", HELEN, APPROVED, TODAY, ""),
    ("AI-04", "2026-02-26", HELEN, APPROVED, TODAY, ""),
    ("AI-02", "2026-03-12", RUTH, APPROVED, TODAY, "Minute 2026-07 of the board."),
    ("AI-03", "2026-03-12", HELEN, APPROVED, TODAY, ""),
    ("AI-06", "2026-03-27", NADIA, APPROVED, FIRST, ""),
    ("AI-08", "2026-03-27", NADIA, APPROVED, TODAY, "Ines has tried it on Smart Triage first."),
    ("AI-09", "2026-03-26", NADIA, APPROVED, TODAY, ""),
    ("AI-10", "2026-03-27", NADIA, APPROVED, TODAY, ""),
    ("AI-12", "2026-03-30", HELEN, APPROVED, TODAY, "Talked over with the works council."),
    ("AI-11", "2026-04-28", NADIA, APPROVED, TODAY, ""),
    ("AI-13", "2026-04-28", NADIA, APPROVED, TODAY, ""),
    ("AI-14", "2026-04-29", NADIA, APPROVED, TODAY, "With the data protection officer."),
    ("AI-15", "2026-05-13", DANIEL, APPROVED, TODAY, ""),
    ("AI-16", "2026-05-28", DANIEL, APPROVED, TODAY, ""),
    ("AI-17", "2026-05-28", DANIEL, APPROVED, FIRST, ""),
    ("AI-18", "2026-05-29", AOIFE, APPROVED, TODAY, "While Daniel was on leave."),
    ("AI-07", "2026-05-29", HELEN, APPROVED, TODAY, ""),
    ("AI-19", "2026-06-11", NADIA, APPROVED, TODAY, "After the drill of 9 June."),
    ("AI-22", "2026-06-25", HELEN, APPROVED, TODAY, ""),
    ("AI-23", "2026-06-25", HELEN, APPROVED, TODAY, ""),
    ("AI-24", "2026-07-09", HELEN, APPROVED, TODAY, ""),
    ("AI-05", "2026-08-27", HELEN, CHANGES, TODAY, "Goal O4 lowered after the talk in the leadership team."),
    ("AI-20", "2026-09-10", HELEN, REJECTED, TODAY, "The list of tools was a year old. Bring it back with the new one."),
    ("AI-20", "2026-09-28", HELEN, APPROVED, TODAY, "With the new list."),
    ("AI-02", "2026-09-17", JONAS, CONFIRMED, TODAY, "Half-yearly look by the board."),
    ("AI-12", "2026-10-02", HELEN, CONFIRMED, TODAY, ""),
    ("AI-09", "2026-10-14", NADIA, CONFIRMED, TODAY, OCTOBER),
    ("AI-10", "2026-10-14", NADIA, CONFIRMED, TODAY, OCTOBER),
    ("AI-11", "2026-10-14", NADIA, CONFIRMED, TODAY, OCTOBER),
    ("AI-13", "2026-10-14", NADIA, CONFIRMED, TODAY, OCTOBER),
    ("AI-14", "2026-10-14", NADIA, CONFIRMED, TODAY, OCTOBER),
    ("AI-06", "2026-11-16", NADIA, APPROVED, TODAY, "The records now say which statement they show."),
    ("AI-03", "2026-11-19", HELEN, APPROVED, TODAY, ALONE),
    ("AI-04", "2026-11-19", HELEN, APPROVED, TODAY, ALONE),
    ("AI-05", "2026-11-19", HELEN, APPROVED, TODAY, ALONE),
    ("AI-12", "2026-11-19", HELEN, APPROVED, TODAY, ALONE),
    ("AI-20", "2026-11-19", HELEN, APPROVED, TODAY, ALONE),
    ("AI-23", "2026-11-19", HELEN, APPROVED, TODAY, ALONE),
    ("AI-24", "2026-11-19", HELEN, APPROVED, TODAY, ALONE),
    ("AI-06", "2026-11-20", NADIA, APPROVED, TODAY, ALONE),
    ("AI-09", "2026-11-20", NADIA, APPROVED, TODAY, ALONE),
    ("AI-10", "2026-11-20", NADIA, APPROVED, TODAY, ALONE),
    ("AI-11", "2026-11-20", NADIA, APPROVED, TODAY, ALONE),
    ("AI-13", "2026-11-20", NADIA, APPROVED, TODAY, ALONE),
    ("AI-14", "2026-11-20", NADIA, APPROVED, TODAY, ALONE),
    ("AI-15", "2026-11-20", DANIEL, APPROVED, TODAY, ALONE),
)  # fmt: skip
"""Document, day, person and role, outcome, which text was looked at, note. AI-21 waits for its owner's successor."""


def main() -> None:
    """Write one file for each entry."""
    handbook = resolve(read_handbook(locate(None, ROOT)))
    folder = ROOT / reviews_folder(handbook)
    folder.mkdir(exist_ok=True)
    written = set()
    for id, day, (by, role), outcome, which, note in LOG:
        document = handbook.by_id[id.casefold()]
        states = handbook.history.of(document.path)
        text = (states[0].text if which == FIRST and states else None) or document.text
        entry = ReviewEntry(id, by, role, dt.date.fromisoformat(day), outcome, fingerprint(text), note)
        (folder / entry.name).write_text(entry.text(), encoding="utf-8", newline="\n")
        written.add(entry.name)
    for path in folder.glob("*.yml"):
        if path.name not in written:
            path.unlink()


if __name__ == "__main__":
    main()
