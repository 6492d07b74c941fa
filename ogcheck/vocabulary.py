"""The properties that exist: their value types, how many may stand, which og:type they belong to.

One table, after the Open Graph protocol (https://ogp.me, revision 718f79b of its source) with its
object types, the X cards (developer.x.com, last public text of May 2024), the properties that
platforms read or generators emit beside them, and those of Open Graph 1.0 that are deprecated.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ogcheck.values.patterns import late


class Entry(NamedTuple):
    """One property of the vocabulary."""

    name: str
    type: str
    """``text``, ``url``, ``datetime``, ``integer`` (above 0), ``float``, ``boolean``, ``locale``,
    ``mime``, ``type``, ``isbn``, ``currency``, ``profile`` (a URL), ``byline`` (a profile's URL,
    for which some readers take an id or a name), ``handle``, ``id``, ``enum:a|b``."""
    many: bool
    """Several values are legal."""
    owners: tuple[str, ...]
    """The og:types that it belongs to; none means any."""
    status: str
    """``protocol``, ``known`` (read or emitted beside it), ``deprecated``, ``page`` or ``ld``
    (JSON-LD)."""

    @property
    def root(self) -> str | None:
        """The property that opens the object which this one describes: ``og:image`` and so on."""
        return _root(self.name)


_VIDEO = "video.movie video.episode video.tv_show video.other"
_MUSIC = "music.song music.album music.playlist"

# name  value type  one|many  og:types (- for any)
_PROTOCOL = f"""
og:title                text      one   -
og:type                 type      one   -
og:image                url       many  -
og:url                  url       one   -
og:audio                url       many  -
og:description          text      one   -
og:determiner           enum:a|an|the||auto  one  -
og:locale               locale    one   -
og:locale:alternate     locale    many  -
og:site_name            text      one   -
og:video                url       many  -
og:image:url            url       many  -
og:image:secure_url     url       many  -
og:image:type           mime      many  -
og:image:width          integer   many  -
og:image:height         integer   many  -
og:image:alt            text      many  -
og:video:url            url       many  -
og:video:secure_url     url       many  -
og:video:type           mime      many  -
og:video:width          integer   many  -
og:video:height         integer   many  -
og:video:alt            text      many  -
og:audio:url            url       many  -
og:audio:secure_url     url       many  -
og:audio:type           mime      many  -
music:duration          integer   one   music.song
music:album             url       many  music.song
music:album:disc        integer   many  music.song
music:album:track       integer   many  music.song
music:musician          profile   many  music.song music.album
music:song              url       many  music.album music.playlist
music:song:disc         integer   many  music.album music.playlist
music:song:track        integer   many  music.album music.playlist
music:release_date      datetime  one   music.album
music:creator           profile   one   music.playlist music.radio_station
video:actor             profile   many  {_VIDEO}
video:actor:role        text      many  {_VIDEO}
video:director          profile   many  {_VIDEO}
video:writer            profile   many  {_VIDEO}
video:duration          integer   one   {_VIDEO}
video:release_date      datetime  one   {_VIDEO}
video:tag               text      many  {_VIDEO}
video:series            url       one   video.episode
article:published_time  datetime  one   article
article:modified_time   datetime  one   article
article:expiration_time datetime  one   article
article:author          byline    many  article
article:section         text      one   article
article:tag             text      many  article
book:author             profile   many  book
book:isbn               isbn      one   book
book:release_date       datetime  one   book
book:tag                text      many  book
payment:description     text      one   payment.link
payment:currency        currency  one   payment.link
payment:amount          float     one   payment.link
payment:expires_at      datetime  one   payment.link
payment:status          enum:PENDING|PAID|FAILED|EXPIRED  one  payment.link
payment:id              text      one   payment.link
payment:success_url     url       one   payment.link
profile:first_name      text      one   profile
profile:last_name       text      one   profile
profile:username        text      one   profile
profile:gender          enum:male|female  one  profile
"""

_KNOWN = """
fb:app_id               id        one   -
fb:admins               id        many  -
fb:pages                id        many  -
fb:page_id              id        one   -
fb:article_style        text      one   -
fb:profile_id           id        one   -
article:publisher       byline    one   -
article:content_tier    enum:free|metered|locked  one  -
article:opinion         boolean   one   -
og:see_also             url       many  -
og:updated_time         datetime  one   -
og:published_time       datetime  one   -
og:modified_time        datetime  one   -
og:ttl                  integer   one   -
og:emails               text      many  -
og:rich_attachment      boolean   one   -
og:availability         text      one   -
og:restrictions:age     text      one   -
og:restrictions:country:allowed     text  many  -
og:restrictions:country:disallowed  text  many  -
og:restrictions:content text      one   -
og:video:tag            text      many  -
og:video:duration       integer   many  -
og:video:release_date   datetime  many  -
og:price:amount         float     one   -
og:price:currency       currency  one   -
og:price:standard_amount  float   one   -
music:preview_url:url   url       many  -
music:preview_url:secure_url  url many  -
music:preview_url:type  mime      many  -
product:age_group       text      one   -
product:availability    text      one   -
product:brand           text      one   -
product:category        text      one   -
product:color           text      many  -
product:condition       text      one   -
product:ean             text      one   -
product:expiration_time datetime  one   -
product:gtin            text      one   -
product:is_product_shareable  boolean  one  -
product:isbn            isbn      one   -
product:item_group_id   text      one   -
product:material        text      many  -
product:mfr_part_no     text      one   -
product:original_price:amount    float     many  -
product:original_price:currency  currency  many  -
product:pattern         text      many  -
product:plural_title    text      one   -
product:pretax_price:amount      float     many  -
product:pretax_price:currency    currency  many  -
product:price:amount    float     many  -
product:price:currency  currency  many  -
product:product_link    url       one   -
product:purchase_limit  integer   one   -
product:retailer        text      one   -
product:retailer_category        text      one   -
product:retailer_item_id         text      one   -
product:retailer_part_no         text      one   -
product:retailer_title  text      one   -
product:sale_price:amount        float     many  -
product:sale_price:currency      currency  many  -
product:sale_price_dates:start   datetime  one   -
product:sale_price_dates:end     datetime  one   -
product:shipping_cost:amount     float     many  -
product:shipping_cost:currency   currency  many  -
product:shipping_weight:value    float     one   -
product:shipping_weight:units    text      one   -
product:size            text      many  -
product:target_gender   text      one   -
product:upc             text      one   -
product:weight:value    float     one   -
product:weight:units    text      one   -
fediverse:creator       handle    many  -
theme-color             text      many  -
twitter:card            enum:summary|summary_large_image|app|player  one  -
twitter:site            handle    one   -
twitter:site:id         id        one   -
twitter:creator         handle    one   -
twitter:creator:id      id        one   -
twitter:title           text      one   -
twitter:description     text      one   -
twitter:url             url       one   -
twitter:domain          text      one   -
twitter:image           url       one   -
twitter:image:alt       text      one   -
twitter:image:width     integer   one   -
twitter:image:height    integer   one   -
twitter:player          url       one   -
twitter:player:width    integer   one   -
twitter:player:height   integer   one   -
twitter:player:stream   url       one   -
twitter:player:stream:content_type  text  one  -
twitter:app:name:iphone      text one   -
twitter:app:name:ipad        text one   -
twitter:app:name:googleplay  text one   -
twitter:app:id:iphone        id   one   -
twitter:app:id:ipad          id   one   -
twitter:app:id:googleplay    id   one   -
twitter:app:url:iphone       text one   -
twitter:app:url:ipad         text one   -
twitter:app:url:googleplay   text one   -
twitter:app:country          text one   -
twitter:label1          text      one   -
twitter:data1           text      one   -
twitter:label2          text      one   -
twitter:data2           text      one   -
twitter:label3          text      one   -
twitter:data3           text      one   -
twitter:dnt             text      one   -
twitter:account_id      id        many  -
twitter:widgets:csp     text      one   -
twitter:widgets:theme   text      one   -
twitter:widgets:autoload      text  one  -
twitter:widgets:link-color    text  one  -
twitter:widgets:border-color  text  one  -
"""

_DEPRECATED = """
og:latitude             float     one   -
og:longitude            float     one   -
og:street-address       text      one   -
og:locality             text      one   -
og:region               text      one   -
og:postal-code          text      one   -
og:country-name         text      one   -
og:email                text      one   -
og:phone_number         text      one   -
og:fax_number           text      one   -
og:isbn                 isbn      one   -
og:upc                  text      one   -
og:audio:title          text      many  -
og:audio:artist         text      many  -
og:audio:album          text      many  -
twitter:image:src       url       one   -
twitter:image0          url       one   -
twitter:image1          url       one   -
twitter:image2          url       one   -
twitter:image3          url       one   -
"""

# What belongs to the page itself, whatever a site calls it.
_PAGE = """
page:title              text      one   -
page:description        text      one   -
page:canonical          url       one   -
page:published          datetime  one   -
page:modified           datetime  one   -
page:lang               text      one   -
page:image              url       many  -
page:author             text      many  -
"""

# What JSON-LD says of the page itself, by the names of schema.org's Article and WebPage.
_LD = """
ld:type                 text      many  -
ld:headline             text      one   -
ld:name                 text      one   -
ld:description          text      one   -
ld:datePublished        datetime  one   -
ld:dateModified         datetime  one   -
ld:image                url       many  -
ld:url                  url       one   -
ld:mainEntityOfPage     url       one   -
ld:author               text      many  -
ld:publisher            text      many  -
ld:inLanguage           text      many  -
"""


def _table() -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for status, rows in (("protocol", _PROTOCOL), ("known", _KNOWN), ("deprecated", _DEPRECATED),
                         ("page", _PAGE), ("ld", _LD)):  # fmt: skip
        for row in rows.strip().splitlines():
            name, kind, count, *owners = row.split()
            if owners == ["-"]:
                owners = []
            table[name] = Entry(name, kind, count == "many", tuple(owners), status)
    return table


PROPERTIES: dict[str, Entry] = _table()
"""Every known property by its canonical name."""

TYPES: frozenset[str] = frozenset(
    "music.song music.album music.playlist music.radio_station video.movie video.episode "
    "video.tv_show video.other article book payment.link profile website".split()
)
"""The global og:types of the protocol."""

LEGACY_TYPES: frozenset[str] = frozenset(
    "activity sport company bar cafe hotel restaurant cause sports_league sports_team band "
    "government non_profit school university actor athlete author director musician politician "
    "public_figure city country landmark state_province drink food game product movie album song "
    "tv_show blog object".split()
)
"""Types of Open Graph 1.0 that are outside the protocol today."""

FACEBOOK_TYPES: frozenset[str] = frozenset(
    "books.author books.book books.genre business.business fitness.course game.achievement place "
    "product.group product.item restaurant.menu restaurant.menu_item restaurant.menu_section "
    "restaurant.restaurant video".split()
)
"""Types that Facebook adds (developers.facebook.com/docs/reference/opengraph), and ``video``."""

NAMESPACES: frozenset[str] = frozenset({"og", "article", "twitter"})
"""Top-level keys of front matter under which an unknown name is a misspelt property."""

MISNAMED: dict[str, str] = {
    "og:locale:alternative": "og:locale:alternate",
    "og:alternate:locale": "og:locale:alternate",
    "og:lang": "og:locale",
    "og:language": "og:locale",
    "og:site": "og:site_name",
    "og:desc": "og:description",
    "og:img": "og:image",
    "og:link": "og:url",
    "og:image:secure": "og:image:secure_url",
    "og:image:mime": "og:image:type",
    "og:image:mime:type": "og:image:type",
    "og:image:alt:text": "og:image:alt",
    "og:author": "article:author",
    "og:publisher": "article:publisher",
    "og:section": "article:section",
    "og:tag": "article:tag",
    "og:publish:date": "article:published_time",
    "og:pubdate": "article:published_time",
    "article:published": "article:published_time",
    "article:published:at": "article:published_time",
    "article:published:date": "article:published_time",
    "article:publish:date": "article:published_time",
    "article:publish:time": "article:published_time",
    "article:publication:date": "article:published_time",
    "article:publication:time": "article:published_time",
    "article:pubdate": "article:published_time",
    "article:date": "article:published_time",
    "article:modified": "article:modified_time",
    "article:modified:at": "article:modified_time",
    "article:modified:date": "article:modified_time",
    "article:updated": "article:modified_time",
    "article:updated:at": "article:modified_time",
    "article:updated:date": "article:modified_time",
    "article:updated:time": "article:modified_time",
    "article:update:time": "article:modified_time",
    "article:expires": "article:expiration_time",
    "article:expiration": "article:expiration_time",
    "twitter:desc": "twitter:description",
    "twitter:alt": "twitter:image:alt",
    "twitter:image:alt:text": "twitter:image:alt",
}
"""Names that pages use for another one, by their words joined with colons; near misses aside."""

_ROOT = late(r"(og:(?:image|video|audio))(?::|$)")


@lru_cache(maxsize=512)
def _root(name: str) -> str | None:
    match = _ROOT.match(name)
    return match.group(1) if match else None


def is_url(name: str) -> bool:
    """Whether the property ``name`` holds a URL."""
    entry = PROPERTIES.get(name)
    return entry is not None and entry.type == "url"


def is_text(name: str) -> bool:
    """Whether the property ``name`` holds text for people."""
    entry = PROPERTIES.get(name)
    return entry is not None and entry.type == "text"


IMAGE_URLS = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image",
              "twitter:image:src")  # fmt: skip
"""Properties that name an image file for a card."""

PAGE_URLS = ("og:url", "page:canonical")
"""Properties that name the page's own address."""

MEDIA_URLS = (*IMAGE_URLS, "og:video", "og:video:url", "og:video:secure_url", "og:audio",
              "og:audio:url", "og:audio:secure_url", "twitter:player")  # fmt: skip
"""Properties that name a file to fetch for a card."""

SHARE_URLS = (*PAGE_URLS, *MEDIA_URLS)
"""Properties that platforms follow."""
