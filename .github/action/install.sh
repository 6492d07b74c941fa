#!/usr/bin/env bash
# Install the action's own checkout into an environment that nothing else uses.
#   in: PYTHON, VENV
# -I: what lies in the repository that is checked is no module, whatever its name. What pip starts
# is told so by the environment alone.
set -euo pipefail
unset PYTHONPATH PYTHONHOME

"${PYTHON:?}" -I -m venv --clear "$VENV"
python=$VENV/bin/python
[ -e "$python" ] || python=$VENV/Scripts/python.exe
"$python" -I -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"
