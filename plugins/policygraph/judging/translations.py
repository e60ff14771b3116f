"""Translations that are older than what they translate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from policygraph.judging.substance_walk import SubstanceChange, SubstanceWalk, occasion_of
from policygraph.judging.texts import Texts
from policygraph.model.document import Document
from policygraph.resolving.handbook import Handbook


@dataclass(frozen=True, slots=True)
class LateTranslation:
    """A translation whose text was last touched, on a day, before its original changed in substance."""

    translation: Document
    original: Document
    touched: dt.date
    changed: SubstanceChange


def late_translations(handbook: Handbook, today: dt.date, texts: Texts) -> tuple[LateTranslation, ...]:
    """Every late translation, in reading order. Where no history is at hand there are none.

    One that came with the same commit as the change is not late, nor is one that is being edited.
    """
    history = handbook.history
    found = []
    for translation in handbook.translations:
        states = history.of(translation.path)
        original = handbook.by_path.get(translation.translation_of or "")
        if not states or original is None or translation.path in history.uncommitted:
            continue
        touched = occasion_of(states[-1].commit)
        changed = SubstanceWalk(history, original, today, texts).since(touched)
        if changed is not None:
            found.append(LateTranslation(translation, original, touched.day, changed))
    return tuple(found)
