"""Texts held against each other: line and page breaks are no words, nor are spaces."""


def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())
