"""The keys of a priority's elements: 1.a, 1.b, and after 1.z comes 1.aa."""

from string import ascii_lowercase


def element_key(priority_key: str, position: int) -> str:
    """Return the key of the element at `position` (counted from 0) of the priority `priority_key`."""
    letters = ""
    remaining = position + 1
    while remaining:
        remaining, letter = divmod(remaining - 1, len(ascii_lowercase))
        letters = ascii_lowercase[letter] + letters
    return f"{priority_key}.{letters}"
