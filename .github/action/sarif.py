"""Make a SARIF log fit for GitHub's code scanning.

    python sarif.py LOG CATEGORY

The category tells the logs of one commit apart. Of a log with more results than GitHub takes, the
worst are kept, as many as it would show; a line says so. Where the figures come from:
https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
"""

import json
import sys

from ogcheck.problem import Severity

TAKEN = 25_000
"""Results of a run: an upload with more is refused."""
SHOWN = 5_000
"""How many of them are kept."""


def main(path: str, category: str) -> None:
    with open(path, encoding="utf-8") as file:
        log = json.load(file)
    (run,) = log["runs"]
    run["automationDetails"] = {"id": f"{category}/"}
    results = run["results"]
    if len(results) > TAKEN:
        worst = sorted(results, key=lambda one: Severity(one["level"]).rank)  # it is stable
        run["results"] = worst[:SHOWN]
        print(
            f"::warning title=ogcheck::Code scanning takes {TAKEN:,} results at most, and there "
            f"are {len(results):,}: the worst {SHOWN:,} are sent. A baseline accepts old ones."
        )
    with open(path, "w", encoding="utf-8") as file:
        json.dump(log, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
