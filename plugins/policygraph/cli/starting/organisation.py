"""What a new handbook calls the organisation it is for."""

UNNAMED = "our company"
"""What stands in the documents where nobody has given a name."""


def handbook_name(organisation: str, kind: str) -> str:
    """The handbook's title: the organisation's name, if it has one, and what kind of handbook it is."""
    return kind[0].upper() + kind[1:] if organisation == UNNAMED else f"{organisation} {kind}"
