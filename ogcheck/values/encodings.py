"""Which encoding the bytes of an HTML page are in, as browsers decide it.

A byte-order mark, then what the first 1,024 bytes declare
(https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding). Where nothing says,
UTF-8 if the bytes are, else windows-1252, which is what browsers take for most of the world
(https://html.spec.whatwg.org/#determining-the-character-encoding, step 9). Names and labels are
those of the Encoding standard (https://encoding.spec.whatwg.org/#names-and-labels).
"""

from __future__ import annotations

import re
from typing import NamedTuple

PRESCAN = 1024
"""How many bytes are looked at for a declaration."""

# name: Python's codec, and the labels beside the name.
_ENCODINGS: dict[str, tuple[str, str]] = {
    "utf-8": ("utf-8", "utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8"),
    "ibm866": ("cp866", "866 cp866 csibm866"),
    "iso-8859-2": ("iso8859-2", "csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 l2 latin2 "
                   "iso_8859-2:1987"),
    "iso-8859-3": ("iso8859-3", "csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 l3 latin3 "
                   "iso_8859-3:1988"),
    "iso-8859-4": ("iso8859-4", "csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 l4 latin4 "
                   "iso_8859-4:1988"),
    "iso-8859-5": ("iso8859-5", "csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 "
                   "iso_8859-5 iso_8859-5:1988"),
    "iso-8859-6": ("iso8859-6", "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 "
                   "iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 "
                   "iso_8859-6:1987"),
    "iso-8859-7": ("iso8859-7", "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 "
                   "iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek"),
    "iso-8859-8": ("iso8859-8", "csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 "
                   "iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual"),
    "iso-8859-8-i": ("iso8859-8", "csiso88598i logical"),
    "iso-8859-10": ("iso8859-10", "csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6"),
    "iso-8859-13": ("iso8859-13", "iso8859-13 iso885913"),
    "iso-8859-14": ("iso8859-14", "iso8859-14 iso885914"),
    "iso-8859-15": ("iso8859-15", "csisolatin9 iso8859-15 iso885915 iso_8859-15 l9"),
    "iso-8859-16": ("iso8859-16", ""),
    "koi8-r": ("koi8-r", "cskoi8r koi koi8 koi8_r"),
    "koi8-u": ("koi8-u", "koi8-ru"),
    "macintosh": ("mac-roman", "csmacintosh mac x-mac-roman"),
    "windows-874": ("cp874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620"),
    "windows-1250": ("cp1250", "cp1250 x-cp1250"),
    "windows-1251": ("cp1251", "cp1251 x-cp1251"),
    "windows-1252": ("cp1252", "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 "
                     "iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii "
                     "x-cp1252 x-user-defined"),
    "windows-1253": ("cp1253", "cp1253 x-cp1253"),
    "windows-1254": ("cp1254", "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 "
                     "iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254"),
    "windows-1255": ("cp1255", "cp1255 x-cp1255"),
    "windows-1256": ("cp1256", "cp1256 x-cp1256"),
    "windows-1257": ("cp1257", "cp1257 x-cp1257"),
    "windows-1258": ("cp1258", "cp1258 x-cp1258"),
    "x-mac-cyrillic": ("mac-cyrillic", "x-mac-ukrainian"),
    "gbk": ("gb18030", "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 "
            "x-gbk"),
    "gb18030": ("gb18030", ""),
    "big5": ("big5hkscs", "big5-hkscs cn-big5 csbig5 x-x-big5"),
    "euc-jp": ("euc-jp", "cseucpkdfmtjapanese x-euc-jp"),
    "iso-2022-jp": ("iso-2022-jp", "csiso2022jp"),
    "shift_jis": ("cp932", "csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis"),
    "euc-kr": ("cp949", "cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 "
               "ksc5601 ksc_5601 windows-949"),
    "utf-16le": ("utf-16-le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16"),
    "utf-16be": ("utf-16-be", "unicodefffe"),
}  # fmt: skip
_LABELS = {label: name for name, (_, labels) in _ENCODINGS.items()
           for label in (name, *labels.split())}  # fmt: skip
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))

_PIECE = re.compile(
    rb"<!--(?:>|->|.*?-->|.*\Z)|<meta(?=[\t\n\f\r /])|</?[a-zA-Z][^\t\n\f\r >]*|<[!/?][^>]*>?",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*(?:(?P<end>>)|(?P<name>=?[^\t\n\f\r /=>]*)[\t\n\f\r ]*(?:=[\t\n\f\r ]*"
    rb"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\t\n\f\r >\"'][^\t\n\f\r >]*)?))?)",
)
_CHARSET = re.compile(
    r"charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r ;\"']+))",
    re.IGNORECASE,
)
_XML = re.compile(rb"<\?xml[^>]*?\bencoding[\x00-\x20]*=[\x00-\x20]*(?:\"([^\">]*)\"|'([^'>]*)')")


class Encoding(NamedTuple):
    """What the bytes of a page are."""

    name: str
    """The encoding's name, in lower case."""
    origin: str
    """``bom``, ``meta``, ``xml`` or ``default``."""


def named(label: str) -> str | None:
    """The encoding that a label means; None if it means none."""
    return _LABELS.get(label.strip("\t\n\f\r ").lower())


def codec(name: str) -> str:
    """Python's codec for an encoding."""
    return _ENCODINGS[name][0]


def sniff(data: bytes) -> Encoding | None:
    """What the bytes themselves say they are; None where they say nothing."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Encoding(name, "bom")
    found = _prescan(data[:PRESCAN])
    if found is not None:
        return Encoding(found, "meta")
    match = _XML.match(data[:PRESCAN])
    if match is not None:
        declared = _declared((match[1] or match[2] or b"").decode("latin-1"))
        if declared is not None:
            return Encoding(declared, "xml")
    return None


def _declared(label: str) -> str | None:
    """What a declaration means: one of UTF-16 cannot be true, or nobody could read it."""
    name = named(label)
    return "utf-8" if name in ("utf-16le", "utf-16be") else name


def _prescan(data: bytes) -> str | None:
    at = 0
    while True:
        piece = _PIECE.search(data, at)
        if piece is None:
            return None
        at = piece.end()
        what = piece.group()
        if what.startswith((b"<!", b"<?")) or what[1:2] == b"/" and not what[2:3].isalpha():
            continue
        is_meta = what.lower() == b"<meta"
        attributes: dict[str, str] = {}
        while True:
            match = _ATTRIBUTE.match(data, at)
            if match is None or match.end() == at or match.end() >= len(data):
                return None  # cut by the end of what is looked at
            at = match.end()
            if match["end"]:
                break
            if is_meta:
                value = match["double"] or match["single"] or match["bare"] or b""
                name = match["name"].decode("latin-1").lower()
                attributes.setdefault(name, value.decode("latin-1"))
        if is_meta:
            found = _of_meta(attributes)
            if found is not None:
                return found


def _of_meta(attributes: dict[str, str]) -> str | None:
    label = attributes.get("charset")
    if label is None and attributes.get("http-equiv", "").lower() == "content-type":
        match = _CHARSET.search(attributes.get("content", ""))
        label = (match[1] or match[2] or match[3]) if match is not None else None
    return _declared(label) if label else None


def decode(data: bytes, name: str) -> str:
    """``data`` in another encoding than UTF-8; what it has no character for is U+FFFD.

    In windows-1252 five bytes are control characters, which Python's codec refuses.
    """
    if name == "windows-1252":
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("cp1252", "surrogateescape").translate(_CONTROLS)
    return data.decode(codec(name), "replace")


_CONTROLS = {0xDC00 + byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
