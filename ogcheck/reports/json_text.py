"""JSON that every parser, stream and terminal takes, for the formats that are written in it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ogcheck.values.patterns import late

if TYPE_CHECKING:
    from ogcheck.problem import Fix

_SURROGATE = late(r"[\ud800-\udfff]")
_NOT_ASCII = late(r"[^\x00-\x7f]+")
_UNSAFE = late(r"[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What JSON allows in a string as it is, but a terminal would obey or hide, or UTF-8 refuse."""


def dump(data: Any, *, ascii_only: bool = False) -> str:
    """``data`` as JSON on one line; undecodable bytes in it become the text ``\\xNN``."""
    text = _UNSAFE.sub(_escape, json.dumps(data, ensure_ascii=False))
    return (
        _NOT_ASCII.sub(lambda match: json.dumps(match.group())[1:-1], text) if ascii_only else text
    )


def is_carried(fix: Fix) -> bool:
    """Whether JSON can carry the text of ``fix`` unharmed: it holds no undecodable bytes."""
    return not any(_SURROGATE.search(edit.text) for edit in fix.edits)


def _escape(match: re.Match[str]) -> str:
    r"""JSON's escape for a character; for a lone surrogate, the text ``\xNN`` or ``\uNNNN``."""
    code = ord(match.group())
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\\\x{code - 0xDC00:02x}"
    return f"\\\\u{code:04x}" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"
