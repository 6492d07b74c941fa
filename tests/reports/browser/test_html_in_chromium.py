"""The HTML page where it is read: filtered, ordered, printed, in the dark, and by axe-core.

They need ``chromium``, ``node``, and a folder with the npm packages ``playwright-core`` and
``axe-core``, which ``OGCHECK_NODE_MODULES`` names; ``.ci/run --all`` brings them. Where the
variable is set, what is missing is a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from ogcheck.problem import Edit, Finding, Fix, Place, Problem, Severity, complete
from ogcheck.source import Source
from tests.reports.writing import report_of

MODULES = os.environ.get("OGCHECK_NODE_MODULES")

pytestmark = pytest.mark.skipif(
    not MODULES, reason="needs Chromium, Node and OGCHECK_NODE_MODULES: .ci/run --all has them"
)

TEXT = "---\ntitle: Fish &amp; chips\ndate: 警告\n---\n"
HOSTILE = '"></option></script><script>document.title="owned"</script><img src=x onerror=alert(1)>'


class Browser:
    """Chromium behind ``driver.cjs``; each request is answered before the next."""

    def __init__(self, requests: IO[str], answers: IO[str]) -> None:
        self._requests = requests
        self._answers = answers

    def __call__(self, action: str, **given: Any) -> Any:
        """What an action of the driver answers."""
        self._requests.write(json.dumps({"action": action, **given}) + "\n")
        self._requests.flush()
        answer = json.loads(self._answers.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def open(
        self, page: Path, *, scripts: bool = True, scheme: str = "light", width: int = 1280
    ) -> None:
        """Open a file in a browser that remembers nothing."""
        self("open", url=page.as_uri(), scripts=scripts, scheme=scheme, width=width)

    @property
    def status(self) -> str:
        """What the filter says of itself."""
        return "".join(self("texts", selector="#shown"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "OGCHECK_NODE_MODULES is set, and there is no chromium"
    driver = Path(__file__).with_name("driver.cjs")
    command = ["node", str(driver), str(Path(str(MODULES)).resolve()), chromium]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Browser(process.stdin, process.stdout)
        process.stdin.close()
        process.wait(timeout=60)


def problem(path: str, code: str, severity: Severity, message: str) -> Problem:
    """A problem with all its parts."""
    fix = Fix(True, "Decode it", (Edit(16, 21, "&"),))
    finding = Finding(code, message, 16, 21, help="Write & instead.", fix=fix,
                      related=(Place(4, 9, "see here"),), also=(Finding("SCH009", "no", 0, 0),)
                      )  # fmt: skip
    return complete(finding, Source(path, TEXT), name=f"rule-{code.lower()}", severity=severity)


SOME = [
    problem("news/2024/a.md", "TXT010", Severity.ERROR, "og:title holds a character reference."),
    problem("news/2024/a.md", "OG021", Severity.NOTE, "The site has no name."),
    problem("news/2024/b.md", "OG007", Severity.WARNING, "The image has no text."),
    problem("news/2023/c.md", "OG007", Severity.WARNING, "The image has no text, either."),
    problem("news/2023/d.md", "OG021", Severity.NOTE, "The site has no name."),
    problem("news/2023/d.md", "OG021", Severity.NOTE, "The site has no name in Ärger."),
    problem("about.md", "TXT010", Severity.ERROR, "og:title holds a character reference."),
]
AWKWARD = [
    problem(f"{HOSTILE}/{HOSTILE}.md", HOSTILE, Severity.ERROR, HOSTILE),
    problem("javascript:alert(1)//.md", "javascript:alert(1)", Severity.WARNING, "\u202e\x1b[2J"),
    problem("ar/" + "خبر" * 40 + ".md", "OG001", Severity.NOTE, "“" + "شرطة " * 60 + "”"),
    problem("x" * 300 + ".md", "X" * 80, Severity.NOTE, "y" * 3000),
]
MANY = [
    problem(f"news/{i % 30}/{i // 60}.md", f"OG{i % 23:03}", list(Severity)[i % 3], f"Number {i}.")
    for i in range(400)
]
PAGES = {"none": [], "one": SOME[:1], "some": SOME, "awkward": AWKWARD, "many": MANY}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports, as files, and one of ten thousand problems."""
    huge = [problem(f"{i % 99}/{i // 200}/{i % 200}.md", f"OG{i % 23:03}", Severity.ERROR, "It is.")
            for i in range(10_000)]  # fmt: skip
    folder = tmp_path_factory.mktemp("pages")
    return {name: _write(folder / f"{name}.html", found)
            for name, found in {**PAGES, "huge": huge}.items()}  # fmt: skip


def _write(file: Path, problems: list[Problem]) -> Path:
    file.write_text(report_of(problems, "html", files=len(problems) + 1), "utf-8")
    return file


def _axe(browser: Browser) -> Any:
    """What axe-core objects to, and what it cannot judge.

    It can judge no contrast of what is not drawn yet, nor below a filter that stays in view, as it
    does in windows that are wider than those of these tests.
    """
    browser("evaluate", script="document.styleSheets[0].insertRule('li { content-visibility: "
            "visible !important }') && null")  # fmt: skip
    return browser("axe")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    browser: Browser, pages: dict[str, Path], name: str, scheme: str
) -> None:
    browser.open(pages[name], scheme=scheme, width=1000)
    assert _axe(browser) == []


def test_axe_finds_nothing_once_it_was_used(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["some"], width=1000)
    browser("click", selector="th button >> nth=0")
    browser("select", selector="#order", value="rule")
    browser("fill", selector="#text", text="name")
    assert _axe(browser) == []
    browser("fill", selector="#text", text="nothing at all")
    assert _axe(browser) == []


@pytest.mark.parametrize("name", [*PAGES, "huge"])
def test_it_asks_for_nothing_and_complains_of_nothing(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    browser.open(pages[name])
    if name not in ("none", "huge"):
        for order in ("most", "severity", "rule", "file"):
            browser("select", selector="#order", value=order)
        browser("click", selector="th button >> nth=0")
        browser("fill", selector="#text", text=HOSTILE)
        browser("press", keys="Enter")
        browser("click", selector="button[type=reset]")
    assert browser("requests") == [pages[name].as_uri()]
    assert browser("complaints") == []
    assert browser("evaluate", script="document.title") == "ogcheck report"


@pytest.mark.parametrize("name", [*PAGES, "huge"])
def test_all_is_there_without_scripts(browser: Browser, pages: dict[str, Path], name: str) -> None:
    number = 10_000 if name == "huge" else len(PAGES[name])
    browser.open(pages[name], scripts=False)
    assert browser("count", selector="li") == number
    assert browser("count", selector="button, input, select") == 0
    browser.open(pages[name])
    assert browser("count", selector="li") == number


def test_what_is_typed_filters(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["some"])
    assert browser.status == "7 of 7 problems shown."
    for typed, number in (
        ("og021", 3),
        ("NAME  2023", 2),
        ("ärger", 1),
        ("news/2024", 3),
        ("warning", 2),
        ("", 7),
        ("chips", 7),
    ):
        browser("fill", selector="#text", text=typed)
        assert browser("count", selector="li") == number, typed
        assert browser.status == f"{number} of 7 problems shown."
    browser("fill", selector="#text", text="name ärger")
    assert browser("texts", selector="h3") == ["news/2023/d.md (1 of 2)"]
    browser("fill", selector="#text", text="nothing at all")
    assert browser("count", selector="li, h3") == 0
    assert browser.status == "No problem matches."
    browser("click", selector="button[type=reset]")
    assert browser("count", selector="li") == 7
    assert browser("evaluate", script="document.getElementById('text').value") == ""


def test_choices_filter_together(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["some"])
    folders = browser("evaluate", script="[...document.querySelectorAll('#folder option')]"
                      ".map((one) => [one.text, one.value])")  # fmt: skip
    assert [text for text, _ in folders] == ["all", "./", "news/", "news/2023/", "news/2024/"]
    numbers = []
    for _, value in folders:
        browser("select", selector="#folder", value=value)
        numbers.append(browser("count", selector="li"))
    assert numbers == [7, 7, 6, 3, 3]
    browser("select", selector="#severity", value="note")
    assert browser("texts", selector="h3") == ["news/2024/a.md (1 of 2)"]
    browser("select", selector="#folder", value="")
    assert browser("count", selector="li") == 3
    browser("fill", selector="#text", text="ärger")
    assert browser("count", selector="li") == 1
    browser("select", selector="#rule", value="OG007")
    assert browser.status == "No problem matches."


def test_orders(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["some"])
    by_file = browser("texts", selector="li")
    expected = {
        "most": ["news/2024/a.md (2)", "news/2023/d.md (2)", "news/2024/b.md (1)",
                 "news/2023/c.md (1)", "about.md (1)"],
        "severity": ["error (2)", "warning (2)", "note (3)"],
        "rule": ["OG021 rule-og021 (3)", "OG007 rule-og007 (2)", "TXT010 rule-txt010 (2)"],
        "file": ["news/2024/a.md (2)", "news/2024/b.md (1)", "news/2023/c.md (1)",
                 "news/2023/d.md (2)", "about.md (1)"],
    }  # fmt: skip
    for order, headings in expected.items():
        browser("select", selector="#order", value=order)
        assert browser("texts", selector="h3") == headings
        assert sorted(browser("texts", selector="li")) == sorted(by_file)
        first = browser("texts", selector="li")[0].strip()
        assert first.startswith("note OG021" if order == "rule" else "error TXT010")
    assert browser("texts", selector="li") == by_file
    browser("select", selector="#severity", value="error")
    browser("select", selector="#order", value="rule")
    assert browser("texts", selector="h3") == ["TXT010 rule-txt010 (2)"]


def _column(browser: Browser, table: str, column: int) -> list[str]:
    selector = f"table[data-filter={table}] tbody tr > :nth-child({column})"
    return [text.removesuffix("Show").strip() for text in browser("texts", selector=selector)]


def test_tables_are_sorted_by_click(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["some"])

    def click(table: str, column: int) -> list[str]:
        head = f"table[data-filter={table}] thead th:nth-child({column})"
        browser("click", selector=f"{head} button")
        orders = browser("evaluate", script="[...document.querySelectorAll("
                         f"'table[data-filter={table}] thead th')].map((one) => one.ariaSort)"
                         )  # fmt: skip
        assert [order for i, order in enumerate(orders) if i != column - 1 and order] == []
        return [orders[column - 1], *_column(browser, table, column)]

    assert click("rule", 2) == ["descending", "3", "2", "2"]
    assert click("rule", 2) == ["ascending", "2", "2", "3"]
    assert click("rule", 3) == ["descending", "2", "0", "0"]
    assert click("rule", 1) == [
        "ascending",
        *("OG007 rule-og007", "OG021 rule-og021", "TXT010 rule-txt010"),
    ]
    assert click("folder", 3) == ["descending", "7", "6", "3", "3"]
    assert click("folder", 1) == ["ascending", "./", "news/", "news/2023/", "news/2024/"]
    assert click("folder", 1) == ["descending", "news/2024/", "news/2023/", "news/", "./"]


def test_numbers_are_sorted_as_numbers(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["huge"])
    browser("click", selector="table[data-filter=folder] thead th:nth-child(3) button")
    numbers = [int(one.replace(",", "")) for one in _column(browser, "folder", 3)]
    assert numbers[0] == 10_000
    assert numbers == sorted(numbers, reverse=True)


def test_a_row_shows_its_problems_by_keyboard(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["some"])
    focused = "document.activeElement.ariaLabel || document.activeElement.textContent"
    for expected in ("", "Rule", "Problems", "Errors", "Warnings", "Notes", "What it reports",
                     "OG021", "Show only OG021 rule-og021"):  # fmt: skip
        browser("press", keys="Tab")
        said = browser("evaluate", script=focused)
        # The first stop is the region that scrolls.
        assert said == expected or not expected and "OG021" in said
    browser("press", keys="Enter")
    assert browser("count", selector="li") == 3
    assert browser("evaluate", script=focused) == "Problems"
    assert browser("evaluate", script="document.getElementById('rule').value") == "OG021"


def test_hostile_names_can_be_chosen(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["awkward"])
    browser("select", selector="#rule", value=HOSTILE)
    assert browser("count", selector="li") == 1
    assert browser("texts", selector="h3") == [f"{HOSTILE}/{HOSTILE}.md (1)"]
    links = browser("evaluate", script="[...document.links].map((one) => one.protocol)")
    assert set(links) == {"https:"}


LIGHTNESS = """(() => {
  const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
  return (r + g + b) / 765;
})()"""


def test_dark_and_light_and_paper(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["some"], scheme="light")
    assert browser("evaluate", script=LIGHTNESS) > 0.9
    browser.open(pages["some"], scheme="dark")
    assert browser("evaluate", script=LIGHTNESS) < 0.2
    browser("media", media="print")
    assert browser("evaluate", script=LIGHTNESS) > 0.9
    assert browser("count", selector="form, th button:text('Show')") == 0
    assert browser("count", selector="li") == 7


def test_all_is_printed(browser: Browser, pages: dict[str, Path], tmp_path: Path) -> None:
    """A box that scrolls would be cut, and so would a list that is drawn when it is seen."""
    lengths = {}
    for name in ("some", "many"):
        browser.open(pages[name])
        browser("pdf", path=str(tmp_path / "report.pdf"))
        lengths[name] = (tmp_path / "report.pdf").read_bytes().count(b"/Type /Page\n")
    assert lengths["some"] <= 3
    assert lengths["many"] > 30
    browser("media", media="print")
    boxes = browser("evaluate", script="[...document.querySelectorAll('.scroll')]"
                    ".map((one) => [one.scrollHeight, one.clientHeight])")  # fmt: skip
    assert [inside for inside, height in boxes if inside > height] == []


@pytest.mark.parametrize("width", [320, 700, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.open(pages[name], width=width)
    wide = browser("evaluate", script="document.documentElement.scrollWidth")
    assert wide <= width


def test_ten_thousand_are_filtered_while_one_types(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["huge"])
    browser("fill", selector="#text", text="og001")
    assert browser.status == "435 of 10,000 problems shown."
    taken = browser("evaluate", script="""(() => {
      const start = performance.now();
      const text = document.getElementById("text");
      text.value = "og0";
      text.dispatchEvent(new Event("input"));
      document.body.offsetHeight;
      return performance.now() - start;
    })()""")  # fmt: skip
    assert taken < 5_000  # a fifth of a second, on a machine of one's own
