#!/usr/bin/env bash
# Where ogcheck is installed on this runner, and the key under which that is cached: both change with
# the action's own files and with the Python that runs them.
#   in:  PYTHON
#   out: venv, key
set -euo pipefail
cd "$GITHUB_ACTION_PATH"

digest=$(
  {
    "$PYTHON" -I -c 'import sys; print(sys.version, sys.base_prefix)'
    find ogcheck schemas pyproject.toml -type f -not -name '*.pyc' | LC_ALL=C sort |
      tr '\n' '\0' | xargs -0 cat
  } | "$PYTHON" -I -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
)
digest=${digest%$'\r'}
{
  printf 'venv=%s\n' "$RUNNER_TEMP/ogcheck-${digest:0:16}"
  printf 'key=%s\n' "ogcheck-$RUNNER_OS-$RUNNER_ARCH-$digest"
} >>"$GITHUB_OUTPUT"
