"""Texts that try to break a mail."""

import pytest

HOSTILE = (
    "<script>alert('x')</script><img src=x onerror=alert(1)>",
    "Grants\r\nBcc: everybody@example.org\r\n\r\nbody",
    "Grants\u2028Subject: other\x0b\x0c\x85next\x00",
    "\u202eevil\u202c \u2067isolate\u2069 \u200f\u05d2\u05d9\u05e0\u05d4",
    "🌱👩🏽‍🌾 " * 400,
    "w" * 10_000,
    "half a pair \ud83c of surrogates",
    "{{ 7 * 7 }} {% raw %} %s {0}",
    "a\u0301" * 3_000,
)

hostile = pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
