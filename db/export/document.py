"""What every form hands to the writer: the bytes of a file and how to prove them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """payload: the whole file; differs(its bytes as read back) says in Chinese what is wrong, or None."""

    payload: bytes
    differs: Callable[[bytes], str | None]
