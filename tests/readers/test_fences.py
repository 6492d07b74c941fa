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
        ("+++\na = 1\n+++\nBody\n", "a = 1\n"),
        ("\ufeff\n+++ \r\na = 1\r\n+++", "a = 1\r\n"),
        ("+++\n+++\n", ""),
        ("\n  +++\na = 1\n+++\n", "a = 1\n"),
        ('+++\na = """\n +++\n++++\n"""\n+++\t\n', 'a = """\n +++\n++++\n"""\n'),
        ("+++\na = 1\n---\nb\n+++\n", "a = 1\n---\nb\n"),
        ('{"a": 1}\nBody\n', '{"a": 1}'),
        ('\n{\n  "a": {"b": "}{"}\n}\nBody }\n', '{\n  "a": {"b": "}{"}\n}'),
        ('{"a": "\\"}"}', '{"a": "\\"}"}'),
        (';;;\n"a": 1\n;;;\nBody\n', '"a": 1\n'),
        ("---json\n{}\n---\nBody\n", "{}\n"),
        ("---toml\na = 1\n---\nBody\n", "a = 1\n"),
        ("\n--- YAML \r\na: 1\r\n---\r\n", "a: 1\r\n"),
        ("---yml\na: 1\n---", "a: 1\n"),
        ("```toml\na = 1\n```\n", "a = 1\n"),
        ("```toml\n+++\na = 1\n+++\n```\n", "a = 1\n"),
        ("~~~ JSON\n{}\n~~~\n", "{}\n"),
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
        "+++\nText, and nothing that closes it.\n",
        "++++\na = 1\n++++\n",
        "+++ a\n+++\n",
        "{{ partial }}\n",
        "{% include x %}\n",
        "{: .lead}\nText.\n",
        "{#top}\n",
        '{/* "a": 1 */}\n',
        "{}\nText.\n",
        '{"a", "b"}\n',
        ";;; a list in Lisp\n",
        ";;;\nText.\n",
        "---js\n{}\n---\n",
        "---jsonc\n{}\n---\n",
        "```json5\n{}\n```\n",
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
        ("+++\na = 1\n---\n", "+++"),
        ("+++\n# c\n\n[a.b]\n", "+++"),
        ("+++\n'a b' = 1\n +++\n", "+++"),
        ("---toml\na = 1\n+++\n", "---"),
        ("---json\n{}", "---"),
        (';;;\n"a": 1\n', ";;;"),
        ("```toml\na = 1\n", "```"),
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


def test_an_object_without_an_end() -> None:
    text = '\n{\n  "a": "}"\n\nBody\n'
    found = fences.find(text)
    assert isinstance(found, Unclosed)
    assert (found.fence, found.dialect, text[slice(*found.opening)]) == ("}", "json", "{")


@pytest.mark.parametrize(
    ("text", "dialect", "opening", "closing"),
    [
        ("---\na: 1\n---\n", "yaml", "---", "---"),
        ("+++ \na = 1\n+++\n", "toml", "+++", "+++"),
        ('{"a": 1}\n', "json", "{", "}"),
        (';;;\n"a": 1\n;;;\n', "json", ";;;", ";;;"),
        ("---toml\na = 1\n---\n", "toml", "---toml", "---"),
        ("--- json\n{}\n---\n", "json", "--- json", "---"),
        ("---yml\na: 1\n---\n", "yaml", "---yml", "---"),
        ("```toml\na = 1\n```\n", "toml", "```toml", "```"),
        ("~~~json\n{}\n~~~\n", "json", "~~~json", "~~~"),
    ],
)
def test_the_dialect_is_told_from_the_fence(
    text: str, dialect: str, opening: str, closing: str
) -> None:
    found = fences.find(text)
    assert found is not None
    assert not isinstance(found, Unclosed)
    assert found.opening is not None
    assert found.closing is not None
    assert found.dialect == dialect
    assert found.braces is (opening != ";;;")
    assert found.fenced is (opening[0] in "`~")
    assert text[slice(*found.opening)] == opening
    assert text[slice(*found.closing)] == closing


@pytest.mark.parametrize("text", ["---js\n{}\n---\n", "\ufeff\n--- JavaScript\r\n{}\r\n---\r\n"])
def test_a_program_is_not_read_and_named(text: str) -> None:
    said = fences.unread(text)
    assert said == "its front matter is JavaScript, which is never run, and so not read"


@pytest.mark.parametrize("text", ["{{ partial }}\n", "# Title\n", "---\n\n---\n", "---jsx\n---\n"])
def test_what_is_no_front_matter_is_not_named(text: str) -> None:
    assert fences.unread(text) is None


@pytest.mark.parametrize(
    "text", ['{"a": "' + '\\"' * 100_000, "{" * 100_000, '{"a": ' + "{" * 100_000, '{"' * 100_000,
             '{"a":1' + '"\n' * 100_000, "+++\n" * 100_000, "+++\na = 1\n" + "+++ x\n" * 100_000]
)  # fmt: skip
def test_repetition_takes_no_longer_than_its_length(text: str) -> None:
    found = fences.find(text)
    assert found is None or isinstance(found, Unclosed) or found.content.end < len(text)
