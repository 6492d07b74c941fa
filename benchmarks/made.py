"""What made pages have in common: their words, and how a newsroom's HTML page is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

WORDS = (
    "appeal officers harbour burglary witness station bridge market street charged sentenced "
    "missing teenager driver collision evidence operation community patrol warrant arrested"
).split()


def html_page(
    title: str,
    address: str,
    metas: Mapping[str, str],
    texts: Iterable[str],
    end_of_head: str = "</head>",
) -> str:
    """A page with such metadata, and a paragraph for each of ``texts``."""
    lines = [
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">',
        f"<title>{title} | Northbridge News</title>",
        *(f'<meta property="{name}" content="{value}">' for name, value in metas.items()),
        '<meta name="twitter:card" content="summary_large_image">',
        f'<link rel="canonical" href="{address}">',
        f"{end_of_head}<body><main>",
        *(f'<p class="text">{text}</p>' for text in texts),
        "</main></body></html>",
    ]
    return "\n".join(lines)
