"""Which rules the user means."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.cli.failure import Refusal
from policygraph.judging.rule import Rule
from policygraph.judging.rules import all_rules
from policygraph.reading.values import nearest


def rule_codes(typed: Iterable[str]) -> tuple[str, ...]:
    """Codes, beginnings of codes or names of rules, as the user typed them with commas or one by one.

    Raises:
        Refusal: where one of them means no rule.
    """
    names = {rule.name: rule.code for rule in all_rules()}
    found = []
    for part in (piece.strip() for text in typed for piece in text.split(",")):
        if not part:
            continue
        code = names.get(part.lower(), part.upper())
        if not any(rule.code.startswith(code) for rule in all_rules()):
            raise Refusal(_unknown(part))
        found.append(code)
    return tuple(found)


def named_rule(text: str) -> Rule:
    """The rule with a code or a name.

    Raises:
        Refusal: where there is none.
    """
    for rule in all_rules():
        if text.strip().upper() == rule.code or text.strip().lower() == rule.name:
            return rule
    raise Refusal(_unknown(text))


def _unknown(text: str) -> str:
    rules = {name: rule for rule in all_rules() for name in (rule.code, rule.name)}
    near = nearest(text, rules)
    if near is None:
        return f"There is no rule '{text}'. `policygraph rules` lists them."
    return f"There is no rule '{text}'. Did you mean {rules[near].code} ({rules[near].name})?"
