"""The GitHub Action, run as GitHub runs it: its steps, on what actions/checkout leaves."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
REFERENCE = re.compile(r"\$\{\{ (inputs|steps)\.([\w.-]+) \}\}")
GOOD = (ROOT / "seeds" / "northbridge-clean.md").read_text("utf-8")
BAD = GOOD.replace("Man charged after harbour", "Man &amp; woman charged after harbour")
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is missing")
HOSTILE = ("news\nroom/$(touch pwned) `touch pwned`.md", "::error::x;touch pwned.md", "-rf.md")
ANNOTATION = re.compile(r"^::(error|warning|notice) file=([^,]*),", re.MULTILINE)


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@northbridge.example"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
    )  # fmt: skip
    return done.stdout.strip()


@dataclass
class Origin:
    """The repository on GitHub, and the commits that events name."""

    folder: Path
    base: str
    """What the pull request was made from; main has moved on since."""
    main: str
    head: str
    merge: str
    """What GitHub makes of main and the pull request."""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    """A newsroom with an old fault in two releases; a pull request touches one and adds others."""
    folder = tmp_path_factory.mktemp("origin")
    git(folder, "init", "-q", "-b", "main")
    # As on GitHub: any commit may be fetched, not only the ends of branches.
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    for name in ("archive.md", "touched.md"):
        (folder / name).write_text(BAD)
    (folder / "ogcheck.toml").write_text((ROOT / "seeds" / "ogcheck.toml").read_text("utf-8"))
    base = commit(folder)

    git(folder, "checkout", "-q", "-b", "more-news")
    (folder / "touched.md").write_text(BAD + "One more sentence.\n")
    for name in HOSTILE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(BAD)
    head = commit(folder)

    git(folder, "checkout", "-q", "main")
    (folder / "meanwhile.md").write_text(BAD)
    main = commit(folder)
    git(folder, "checkout", "-q", "--detach")
    git(folder, "merge", "-q", "--no-ff", "--no-edit", "more-news")
    merge = git(folder, "rev-parse", "HEAD")
    git(folder, "update-ref", "refs/pull/1/merge", merge)
    return Origin(folder, base, main, head, merge)


def commit(folder: Path) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "news")
    return git(folder, "rev-parse", "HEAD")


@dataclass
class Job:
    """A job that uses the action, with what it left."""

    origin: Origin
    temp: Path
    env: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    uploads: list[dict[str, str]] = field(default_factory=list)
    log: str = ""
    failed: bool = False
    installs: bool = False
    """Whether the cache holds nothing, and ogcheck is installed."""

    def __post_init__(self) -> None:
        self.workspace = self.temp / "work space"
        self.workspace.mkdir()
        self.files = {name: self.temp / name for name in ("output", "summary", "event.json")}
        runner_temp = self.temp / "runner temp"
        runner_temp.mkdir()
        self.env = {
            **os.environ,
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_EVENT_PATH": str(self.files["event.json"]),
            "GITHUB_OUTPUT": str(self.files["output"]),
            "GITHUB_STEP_SUMMARY": str(self.files["summary"]),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(runner_temp),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }

    def checkout(self, ref: str, *, depth: int | None = 1) -> None:
        """Fetch one commit, as deep as asked, and check it out."""
        git(self.workspace, "init", "-q")
        git(self.workspace, "remote", "add", "origin", self.origin.folder.as_uri())
        deep = [] if depth is None else [f"--depth={depth}"]
        git(self.workspace, "fetch", "-q", "--no-tags", *deep, "origin", ref)
        git(self.workspace, "checkout", "-q", "FETCH_HEAD")

    def event(self, name: str, sha: str, **payload: Any) -> None:
        """What started the job."""
        self.files["event.json"].write_text(json.dumps(payload))
        self.env |= {"GITHUB_EVENT_NAME": name, "GITHUB_SHA": sha}

    def use(self, **given: str) -> None:
        """Run the action's steps with these inputs, ``_`` for ``-``."""
        named = {name.replace("_", "-"): value for name, value in given.items()}
        assert named.keys() <= ACTION["inputs"].keys()
        values = {f"inputs.{k}": v["default"] for k, v in ACTION["inputs"].items()}
        values |= {f"inputs.{k}": v for k, v in named.items()}

        def filled(text: str) -> str:
            return REFERENCE.sub(lambda m: values.get(f"{m[1]}.{m[2]}", ""), text)

        for step in STEPS:
            if not self._is_run(step, values):
                continue
            env = {key: filled(value) for key, value in step.get("env", {}).items()}
            if "run" in step:
                said = self._script(step, env)
            else:
                said = self._other(step, {k: filled(str(v)) for k, v in step["with"].items()})
            values |= {f"steps.{step.get('id')}.outputs.{k}": v for k, v in said.items()}
        self.outputs = {k: filled(v["value"]) for k, v in ACTION["outputs"].items()}

    def _is_run(self, step: dict[str, Any], values: dict[str, str]) -> bool:
        condition = step.get("if", "")
        terms = condition.removeprefix("${{ ").removesuffix(" }}").split(" && ")
        if self.failed and "!cancelled()" not in terms:
            return False
        for term in filter(None, terms):
            if term != "!cancelled()":
                name, sign, value = term.split(" ")
                assert sign in ("==", "!=")
                if (values.get(name, "") == value.strip("'")) is (sign == "!="):
                    return False
        return True

    def _script(self, step: dict[str, Any], env: dict[str, str]) -> dict[str, str]:
        """Run one as ``shell: bash`` does; what it put out."""
        script, output = self.temp / "script.sh", self.files["output"]
        script.write_text(step["run"])
        output.write_text("")
        assert step["shell"] == "bash"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace, env=self.env | env, stdin=subprocess.DEVNULL, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
        )  # fmt: skip
        self.log += done.stdout.decode()
        self.failed = self.failed or done.returncode != 0
        return dict(line.split("=", 1) for line in output.read_text().splitlines())

    def _other(self, step: dict[str, Any], given: dict[str, str]) -> dict[str, str]:
        """Stand in for an action of GitHub's own."""
        name = step["uses"].partition("@")[0]
        if name == "actions/setup-python":
            return {"python-path": sys.executable}
        if name == "actions/cache":
            if self.installs:
                return {"cache-hit": ""}
            if not Path(given["path"]).exists():
                Path(given["path"]).symlink_to(sys.prefix)
            return {"cache-hit": "true"}
        assert name == "github/codeql-action/upload-sarif"
        self.uploads.append(given)
        return {}

    @property
    def annotated(self) -> set[str]:
        """The files with annotations in the log, as the runner takes them."""
        return {undone(found[2]) for found in ANNOTATION.finditer(self.log)}

    @property
    def logged(self) -> set[str]:
        """The files that the SARIF log speaks of."""
        log = json.loads(Path(self.outputs["sarif"]).read_text("utf-8"))
        return {
            unquote(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
            for r in log["runs"][0]["results"]
        }


def undone(text: str) -> str:
    for escaped, what in (("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escaped, what)
    return text.replace("\\n", "\n")  # as terminals are told of it


@pytest.fixture
def job(origin: Origin, tmp_path: Path) -> Job:
    return Job(origin, tmp_path)


@pytest.fixture
def pull_request(job: Job) -> Job:
    """A job of the pull request, on the newest commit alone, which is the merge."""
    job.checkout("refs/pull/1/merge")
    pull = {"base": {"sha": job.origin.base}, "head": {"sha": job.origin.head}}
    job.event("pull_request", job.origin.merge, pull_request=pull)
    return job


def lay_traps(job: Job) -> None:
    """Put modules into the repository that Python would take for its own."""
    for name in ("json", "pip", "venv", "hashlib", "ogcheck", "yaml", "sitecustomize"):
        (job.workspace / f"{name}.py").write_text("open('pwned', 'w')\nraise SystemExit\n")
    job.env["PYTHONPATH"] = "."


def test_all_is_checked_after_a_push_with_what_the_action_installs(job: Job) -> None:
    """And nothing of what lies in the repository is run."""
    job.checkout("main")
    lay_traps(job)
    job.event("push", job.origin.main, before=job.origin.base)
    job.installs = True
    job.use()
    assert job.outputs["status"] == "1", job.log
    assert job.failed
    assert job.annotated == {"archive.md", "touched.md", "meanwhile.md"}
    assert job.logged == job.annotated
    assert job.uploads == []
    assert "archive.md" in job.files["summary"].read_text("utf-8")
    assert not (job.workspace / "pwned").exists()


def test_a_pull_request_is_asked_for_its_files(pull_request: Job) -> None:
    lay_traps(pull_request)
    pull_request.use()
    assert pull_request.annotated == {"touched.md", *HOSTILE}, pull_request.log
    assert pull_request.logged == {"touched.md", *HOSTILE}
    assert pull_request.outputs["status"] == "1"
    assert not (pull_request.workspace / "pwned").exists()
    assert pull_request.uploads == []


def test_or_for_its_lines(pull_request: Job) -> None:
    pull_request.use(scope="changed-lines")
    assert pull_request.annotated == {*HOSTILE}, pull_request.log


def test_or_for_all(pull_request: Job) -> None:
    pull_request.use(scope="all")
    assert pull_request.logged == {"archive.md", "meanwhile.md", "touched.md", *HOSTILE}


def test_code_scanning_gets_all(pull_request: Job) -> None:
    """What its log does not hold is taken for mended."""
    pull_request.use(upload_sarif="true", paths="-rf.md\narchive.md\ntouched.md\n")
    assert pull_request.annotated == {"-rf.md", "touched.md"}, pull_request.log
    assert pull_request.logged == {"-rf.md", "archive.md", "touched.md"}
    (upload,) = pull_request.uploads
    assert upload["sarif_file"] == pull_request.outputs["sarif"]
    assert pull_request.failed
    assert pull_request.files["summary"].read_text("utf-8").count("touched.md") == 1


def test_each_use_has_a_category_and_a_log_of_its_own(pull_request: Job) -> None:
    logs = []
    for given in ({}, {"category": "built/pages"}):
        pull_request.use(scope="all", **given)
        logs.append(Path(pull_request.outputs["sarif"]))
        pull_request.failed = False
    ids = [json.loads(one.read_text("utf-8"))["runs"][0]["automationDetails"]["id"] for one in logs]
    assert ids == ["ogcheck/", "built/pages/"]


def test_code_scanning_gets_no_more_than_it_takes(tmp_path: Path) -> None:
    levels = ["note"] * 20_000 + ["warning"] * 4_000 + ["error"] * 1_000
    log = tmp_path / "log.sarif"
    script = [sys.executable, "-I", str(ROOT / ".github/action/sarif.py"), str(log), "c"]
    for more, kept, said in ((0, 25_000, 0), (1, 5_000, 1)):
        results = [{"level": level} for level in levels] + [{"level": "error", "last": 1}] * more
        log.write_text(json.dumps({"runs": [{"results": results}]}))
        done = subprocess.run(script, check=True, capture_output=True, text=True)
        found = json.loads(log.read_text())["runs"][0]["results"]
        assert len(found) == kept
        assert done.stdout.count("::warning") == said
    assert found[1_000] == {"level": "error", "last": 1}
    assert {one["level"] for one in found} == {"error", "warning"}
    assert "there are 25,001: the worst 5,000 are sent" in done.stdout


def test_what_a_step_built_is_checked_where_it_is_named(pull_request: Job) -> None:
    """Git ignores it, so that it is no change."""
    (pull_request.workspace / ".git" / "info" / "exclude").write_text("public/\n")
    (pull_request.workspace / "public").mkdir()
    (pull_request.workspace / "public" / "built.md").write_text(BAD)
    pull_request.use(paths="public")
    assert pull_request.annotated == {"public/built.md"}, pull_request.log


def test_the_base_of_a_pull_request_holds_nothing_of_it(job: Job) -> None:
    job.checkout("main")
    pull = {"base": {"sha": job.origin.main}, "head": {"sha": job.origin.head}}
    job.event("pull_request_target", job.origin.main, pull_request=pull)
    job.use()
    assert "holds nothing of it" in job.log
    assert job.outputs == {"status": "2", "sarif": ""}


def test_a_merge_queue_is_compared_with_its_base(job: Job) -> None:
    job.checkout("refs/pull/1/merge")
    job.event("merge_group", job.origin.merge, merge_group={"base_sha": job.origin.main})
    job.use()
    assert job.annotated == {"touched.md", *HOSTILE}, job.log


@pytest.mark.parametrize("depth", [None, 1])
def test_the_head_of_a_pull_request(job: Job, depth: int | None) -> None:
    """Checked out in place of the merge, it can be compared only with its history."""
    job.checkout(job.origin.head, depth=depth)
    pull = {"base": {"sha": job.origin.main}}
    job.event("pull_request", job.origin.merge, pull_request=pull)
    job.use()
    if depth is None:
        assert job.annotated == {"touched.md", *HOSTILE}, job.log
    else:
        assert "Check out with fetch-depth: 0, or set the input scope to all." in job.log
        assert job.outputs == {"status": "2", "sarif": ""}
        assert job.failed


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"scope": "changed"}, "The input scope is none of all, changed-files and changed-lines."),
        ({"summary": "yes"}, "The input summary is neither true nor false."),
        ({"category": "a b"}, "The input category takes letters, digits"),
        ({"upload_sarif": ""}, "The input upload-sarif is neither true nor false."),
        ({"paths": " \n\r\n"}, "The input paths is empty."),
        ({"paths": "$(touch pwned)\n; touch pwned\n*\n"}, "$(touch pwned)"),
        ({"args": "--notes; touch pwned"}, "--notes; touch pwned"),
        ({"config": "`touch pwned`.toml"}, "`touch pwned`.toml"),
        ({"fail_on": "error --exit-zero"}, "error --exit-zero"),
    ],
)  # fmt: skip
def test_inputs_are_refused_or_are_text(job: Job, given: dict[str, str], said: str) -> None:
    job.checkout("main")
    job.event("push", job.origin.main)
    job.use(**given)
    assert said in job.log
    assert "::error title=ogcheck::" in job.log
    assert job.outputs == {"status": "2", "sarif": ""}
    assert job.failed
    assert not (job.workspace / "pwned").exists()


def test_inputs_that_are_obeyed(job: Job) -> None:
    """An option and a path a line, Windows' line ends or not."""
    job.checkout("main")
    job.event("push", job.origin.main)
    (job.workspace / "a b").mkdir()
    (job.workspace / "a b" / "c d.md").write_text(BAD)
    (job.workspace / "other.toml").write_text('select = ["URL007"]\n')
    job.use(
        paths="a b\r\narchive.md", args="--select\r\nTXT010\r\n", fail_on="never",
        config="other.toml", summary="false",
    )  # fmt: skip
    assert job.annotated == {"a b/c d.md", "archive.md"}, job.log
    assert job.outputs["status"] == "0"
    assert not job.failed
    assert not job.files["summary"].exists()


def test_names_of_files_are_no_commands_on_standard_error(pull_request: Job) -> None:
    (pull_request.workspace / "::warning::no page.md").write_text("No front matter.\n")
    (pull_request.workspace / "a ##[warning]b.md").write_text("No front matter.\n")
    pull_request.use(args="--verbose", paths="::warning::no page.md\na ##[warning]b.md")
    assert "::warning::no page.md: passed over" in pull_request.log
    assert "a ## [warning]b.md: passed over" in pull_request.log
    commands = [line for line in pull_request.log.splitlines() if line.lstrip().startswith("::")]
    assert commands == []
    assert pull_request.outputs["status"] == "0"


def test_the_cache_is_of_one_version_of_the_action(tmp_path: Path) -> None:
    def key() -> str:
        (tmp_path / "output").write_text("")
        subprocess.run(
            ["bash", ROOT / ".github" / "action" / "place.sh"], check=True, timeout=60,
            env={**os.environ, "GITHUB_ACTION_PATH": str(tmp_path), "PYTHON": sys.executable,
                 "RUNNER_TEMP": "/t", "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64",
                 "GITHUB_OUTPUT": str(tmp_path / "output")},
        )  # fmt: skip
        venv, key = (tmp_path / "output").read_text().splitlines()
        assert re.fullmatch(r"venv=/t/ogcheck-[0-9a-f]{16}", venv)
        assert re.fullmatch(r"key=ogcheck-Linux-X64-[0-9a-f]{64}", key)
        return key

    for name in ("ogcheck/a b.py", "schemas/a.json", "pyproject.toml", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1")
    first = key()
    (tmp_path / "ogcheck" / "a b.pyc").write_text("1")
    (tmp_path / "README.md").write_text("2")
    assert key() == first
    (tmp_path / "ogcheck" / "a b.py").write_text("2")
    assert key() != first


def test_inputs_reach_scripts_by_their_environment_only() -> None:
    """No script holds an expression, and each input and output of a step that is named exists."""
    for step in STEPS:
        assert "${{" not in step.get("run", "")
    used = set(REFERENCE.findall((ROOT / "action.yml").read_text("utf-8")))
    conditions = " ".join(step.get("if", "") for step in STEPS)
    used |= set(re.findall(r"(inputs|steps)\.([\w.-]+)", conditions))
    assert {name for kind, name in used if kind == "inputs"} == ACTION["inputs"].keys()
    assert {name.split(".")[0] for kind, name in used if kind == "steps"} <= {
        step.get("id") for step in STEPS
    }
