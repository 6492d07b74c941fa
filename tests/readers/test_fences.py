"""Where front matter begins and ends."""

from __future__ import annotations

import pytest

from ogcheck.readers import fences
from ogcheck.readers.fences import Unclosed


def content(text: str) -> str | None:
    found = fences.find(text)
    assert not isinstance(found, Unclosed), found
    return None if found is None else text[found.content.start : found.content.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: x\n---\nBody\n", "title: x\n"),
        ("---\ntitle: x\n...\nBody\n", "title: x\n"),
        ("---\ntitle: x\n---", "title: x\n"),
        ("---\ntitle: x\n...", "title: x\n"),
        ("---\ntitle: x\n--- \t\nBody", "title: x\n"),
        ("---  \ntitle: x\n---\n", "title: x\n"),
        ("---\r\ntitle: x\r\n---\r\nBody\r\n", "title: x\r\n"),
        ("---\rtitle: x\r---\rBody\r", "title: x\r"),
        ("\ufeff---\ntitle: x\n---\n", "title: x\n"),
        ("\ufeff\r\n---\r\ntitle: x\r\n---", "title: x\r\n"),
        ("\n  \n\t\n---\ntitle: x\n---\n", "title: x\n"),
        ("---\n---\n", ""),
        ("---\n---", ""),
        ("---\n\n---\nBody", "\n"),
        ("---\n# a comment\n---\n", "# a comment\n"),
        ("---\n\n# a comment\n\ntitle: x\n---\n", "\n# a comment\n\ntitle: x\n"),
        ("---\n# tags\n- news\n---\n", "# tags\n- news\n"),
        ("---\n\ntitle: x\n---\n", "\ntitle: x\n"),
        ("---\n  title: x\n---\n", "  title: x\n"),
        ('---\n"og:title": x\n---\n', '"og:title": x\n'),
        ("---\n'it''s': x\n---\n", "'it''s': x\n"),
        ("---\n{title: x}\n---\n", "{title: x}\n"),
        ("---\n? title\n: x\n---\n", "? title\n: x\n"),
        ("---\n&a title: x\n---\n", "&a title: x\n"),
        ("---\n<<: *a\n---\n", "<<: *a\n"),
        ("---\n-title: x\n---\n", "-title: x\n"),
        ("---\ntitle: a --- b\n---\n", "title: a --- b\n"),
        ("---\ntitle: |\n  ---\n  ...\n---\n", "title: |\n  ---\n  ...\n"),
        ("---\ntitle: x\n...\n---\n", "title: x\n"),
        ("---\ntitle: x\n----\n---\n", "title: x\n----\n"),
        ("```yaml\nog: {}\n```\nBody", "og: {}\n"),
        ("```yml\nog: {}\n```", "og: {}\n"),
        ("``` YAML \nog: {}\n```\n", "og: {}\n"),
        ("~~~yaml\nog: {}\n~~~\n", "og: {}\n"),
        ("~~~~yaml\nog: |\n  x\n~~~\n~~~~~ \n", "og: |\n  x\n~~~\n"),
        ("````yaml\na: 1\n```\n````\n", "a: 1\n```\n"),
        ("```yaml\na: 1\n   ```\n", "a: 1\n"),
        ("```yaml\na: 1\n    ```\n```\n", "a: 1\n    ```\n"),
        ("```yaml\na: '```'\n```\n", "a: '```'\n"),
        ("```yaml\na: 1\n```js\n```\n", "a: 1\n```js\n"),
        ("\ufeff\n```yaml\r\na: 1\r\n```\r\n", "a: 1\r\n"),
        ("```yaml\ra: 1\r```\r", "a: 1\r"),
        ("```yaml\n```\n", ""),
        ("```yaml\n---\na: 1\n---\n```\n", "---\na: 1\n"),
        ("```yaml\r---\ra: 1\r--- \r```\r", "---\ra: 1\r"),
        ("```yaml\n---\na: 1\n```\n", "---\na: 1\n"),
    ],
)
def test_front_matter_is_found(text: str, expected: str) -> None:
    assert content(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "Body only.\n",
        "# A heading\n\n---\ntitle: x\n---\n",
        "---\n\nA paragraph between two thematic breaks.\n\n---\n",
        "---\n- an item\n---\n",
        "---\n\n# A heading\n\nA paragraph.\n\n---\n",
        "---\n> A quotation\n---\n",
        "---\n*emphasis*: of a kind\n---\n",
        "---\n[a link]: https://x.example/\n---\n",
        "---\n| a | table |\n",
        "---\n`code`: x\n---\n",
        "---\nA paragraph that is not: closed\n",
        "----\ntitle: x\n----\n",
        "--- title: x\n---\n",
        "-- -\ntitle: x\n---\n",
        " ---\ntitle: x\n---\n",
        "```\nog: {}\n```\n",
        "```python\nog = {}\n```\n",
        "```yaml title=x\nog: {}\n```\n",
        "``yaml\nog: {}\n``\n",
        "Text first.\n\n```yaml\nog:\n  title: x\n```\n",
    ],
)
def test_what_is_not_front_matter(text: str) -> None:
    assert fences.find(text) is None


@pytest.mark.parametrize(
    ("text", "fence"),
    [
        ("---\ntitle: x\n\nBody\n", "---"),
        ("---\ntitle: x", "---"),
        ("---\n# c\ntitle: x\n ---\n", "---"),
        ("---\r\ntitle: x\r\n--- not the end\r\n", "---"),
        ("```yaml\nog: {}\n", "```"),
        ("````yaml\nog: {}\n```\n", "````"),
        ("~~~yaml\nog: {}\n```\n", "~~~"),
    ],
)
def test_an_opening_fence_without_an_end(text: str, fence: str) -> None:
    found = fences.find(text)
    assert isinstance(found, Unclosed)
    assert found.fence == fence
    assert text[found.opening.start : found.opening.end].startswith(fence)


def test_the_spans_of_the_fences() -> None:
    text = "\ufeff\n```yaml\r\na: 1\r\n  ``` \r\nBody"
    found = fences.find(text)
    assert found is not None
    assert not isinstance(found, Unclosed)
    assert found.fenced
    assert found.opening is not None
    assert found.closing is not None
    assert text[slice(*found.opening)] == "```yaml"
    assert text[slice(*found.closing)] == "  ``` "
    assert text[found.closing.end :] == "\r\nBody"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+++\ntitle = 'x'\n+++\n", "TOML"),
        ("\n---json\n{}\n---\n", "JSON"),
        ("---js\n{}\n---\n", "JS"),
        ("```toml\ntitle = 'x'\n```\n", "TOML"),
        ('{\n  "title": "x"\n}\n', "JSON"),
        (";;;\n", "JSON"),
        ("{{ partial }}\n", None),
        ("# Title\n", None),
        ("---\n\n---\n", None),
    ],
)
def test_what_is_not_read_is_named(text: str, reason: str | None) -> None:
    said = fences.unread(text)
    assert said == (
        None if reason is None else f"its front matter is {reason}, and only YAML is read"
    )
