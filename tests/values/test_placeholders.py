"""What is a placeholder, and what only looks like one."""

from __future__ import annotations

import pytest

from ogcheck.values import placeholders
from ogcheck.values.placeholders import Role

SITE = "https://www.northbridge.example"


@pytest.mark.parametrize(
    ("text", "role", "found", "template"),
    [
        ("{{ page.title }}", "title", "{{ page.title }}", True),
        (" {{ page.title }} ", "title", "{{ page.title }}", True),
        ("{{ page.title }} | Northbridge Police", "title", "{{ page.title }}", True),
        ("Northbridge Police – {{ title }}", "title", "{{ title }}", True),
        ("{{ title }} {{ subtitle }}", "title", "{{ title }} {{ subtitle }}", True),
        ("{% block title %}", "title", "{% block title %}", True),
        ("<%= @title %>", "title", "<%= @title %>", True),
        ("${title}", "text", "${title}", True),
        ("%%title%% %%sep%% %%sitename%%", "title", "%%title%% %%sep%% %%sitename%%", True),
        ("%title%", "title", "%title%", True),
        ("$MetaTitle", "title", "$MetaTitle", True),
        (f"{SITE}/{{{{ slug }}}}/", "url", "{{ slug }}", True),
        (f"{SITE}/${{slug}}/", "url", "${slug}", True),
        (f"{SITE}/%slug%/", "url", "%slug%", True),
        (f"{SITE}/%description%", "url", "%description%", True),
        ("{{ date }}", "other", "{{ date }}", True),
        ("<image path/url>", "image", "<image path/url>", False),
        ("<alt text>", "text", "<alt text>", False),
        ("<your title>", "title", "<your title>", False),
        ("Desc Text.", "text", "Desc Text.", False),
        ("Insert title here", "title", "Insert title here", False),
        ("Lorem ipsum dolor sit amet", "text", "Lorem ipsum dolor sit amet", False),
        ("PLACEHOLDER", "title", "PLACEHOLDER", False),
        ("PLACEHOLDER_TITLE", "title", "PLACEHOLDER_TITLE", False),
        ("PLACEHOLDER for the summary", "text", "PLACEHOLDER", False),
        ("PLACEHOLDER_TITLE: BRIDGE CLOSED", "title", "PLACEHOLDER_TITLE", False),
        (f"{SITE}/PLACEHOLDER.jpg", "image", "PLACEHOLDER", False),
        ("https://canonical.url/to/page", "url", "canonical.url", False),
        ("https://your-domain.com/a/", "url", "your-domain.com", False),
        ("https://www.yoursite.com/a/", "url", "www.yoursite.com", False),
        ("https://example.com/a.jpg", "image", "example.com", False),
        ("https://img.example.org/a.jpg", "image", "img.example.org", False),
        ("https://via.placeholder.com/1200x630", "image", "via.placeholder.com", False),
        ("@yourhandle", "handle", "@yourhandle", False),
        ("@your_twitter_handle", "handle", "@your_twitter_handle", False),
        ("your-facebook-app-id", "other", "your-facebook-app-id", False),
    ],
)
def test_placeholders(text: str, role: Role, found: str, template: bool) -> None:
    result = placeholders.find(text, role)
    assert result is not None
    assert text[result.start : result.end] == found
    assert result.template is template
    assert any(sign in text for sign in placeholders.SIGNS)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Why {{ page.title }} shows nothing in an include", "title"),
        ("{{ braces }} - explained", "title"),
        ("How ${name} is interpolated", "title"),
        ("Bounds for ${x}_n$ in the plane", "title"),
        ("${n}$", "title"),
        ("${\\rm C}_2$ algebras", "title"),
        ("A {{a}, {b}} partition", "title"),
        ("<dialog>", "title"),
        ("<ViewTransition>", "title"),
        ("<input required>", "title"),
        ("a < b and c > d", "title"),
        ("THE PLACEHOLDER EFFECT", "title"),
        ("Placeholders in CSS", "title"),
        ("What “lorem ipsum dolor sit amet” means", "title"),
        ("Lorem ipsum", "title"),
        ("Insert title here, says every template", "title"),
        ("Meet us here", "title"),
        ("Your name here: a memorial", "title"),
        ("100% of 20% of it", "text"),
        ("$GOOG", "title"),
        ("$20 notes stolen", "title"),
        ("https://example.com/news/", "url"),
        ("https://www.northbridge.example/a.jpg", "image"),
        ("https://notexample.com/a.jpg", "image"),
        (f"{SITE}/a%20b%20c", "url"),
        (f"{SITE}/%E2%80%99%abc%20d", "url"),
        (f"{SITE}/Foo$Bar", "url"),
        ("https://yours.northbridge.example/", "url"),
        ("@yourlocalpolice", "handle"),
        ("@handlebars", "handle"),
        ("1200", "other"),
    ],
)
def test_what_only_looks_like_one(text: str, role: Role) -> None:
    assert placeholders.find(text, role) is None
