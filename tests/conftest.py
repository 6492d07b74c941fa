"""What holds for all tests: they run as if nobody knew where."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# No test of this suite is about time, and machines that run it do other work, too. Property tests
# have the same examples each time, so that a change is judged by what it changes; new ones are
# looked for where more of them are asked for, as `.ci/run --all` does.
settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="OGCHECK_EXAMPLES" not in os.environ,
)
settings.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def _outside_of_github_actions() -> Iterator[None]:
    """There, the default format is another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GITHUB_ACTIONS", raising=False)
        patch.delenv("GITHUB_STEP_SUMMARY", raising=False)
        yield


def pytest_configure(config: pytest.Config) -> None:
    """Let processes that tests start compile each module once, wherever bytecode is kept."""
    folder = tempfile.mkdtemp(prefix="ogcheck-bytecode-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["PYTHONPYCACHEPREFIX"] = folder
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
