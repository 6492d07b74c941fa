"""How a path of keys is cut into words, and which name they mean."""

from __future__ import annotations

import pytest

from ogcheck.names import Words, below, vocabulary_words, words
from ogcheck.vocabulary import PROPERTIES


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("og/site/name", "og:site_name"),
        ("og/site_name", "og:site_name"),
        ("og/siteName", "og:site_name"),
        ("og_site_name", "og:site_name"),
        ("og:site_name", "og:site_name"),
        ("og:site:name", "og:site_name"),
        ("og-site-name", "og:site_name"),
        ("og.site.name", "og:site_name"),
        ("ogSiteName", "og:site_name"),
        ("OGSiteName", "og:site_name"),
        ("OpenGraph/SiteName", "og:site_name"),
        ("openGraph/siteName", "og:site_name"),
        ("openGraph.siteName", "og:site_name"),
        ("open_graph/site_name", "og:site_name"),
        ("opengraph/site-name", "og:site_name"),
        ("property=og:site_name", "og:site_name"),
        ("name=twitter:card", "twitter:card"),
        (" og:title ", "og:title"),
        ("og/url", "og:url"),
        ("ogURL", "og:url"),
        ("ogImageURL", "og:image:url"),
        ("og/image/secureUrl", "og:image:secure_url"),
        ("og/image/src", "og:image:url"),
        ("og/image/alt", "og:image:alt"),
        ("twitterCard", "twitter:card"),
        ("twitter/card", "twitter:card"),
        ("article/published/time", "article:published_time"),
        ("article/publishedTime", "article:published_time"),
        ("music/album/disc", "music:album:disc"),
        ("title", None),
        ("ogtitle", None),
        ("og", None),
        ("og/tittle", None),
        ("blog/title", None),
        ("", None),
    ],
)
def test_a_path_of_keys_means_a_name(path: str, name: str | None) -> None:
    cut: Words = ()
    for key in path.split("/"):
        cut = below(cut, key)
    assert vocabulary_words().get(cut) == name


@pytest.mark.parametrize(
    "name", sorted(n for n, e in PROPERTIES.items() if e.status not in ("page", "ld"))
)
def test_every_name_of_the_vocabulary_means_itself(name: str) -> None:
    assert vocabulary_words()[words(name)] == name
