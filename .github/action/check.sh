#!/usr/bin/env bash
# Run ogcheck as the inputs say. Inputs and names of files are data here: nothing of them is split,
# expanded or run by the shell, or printed as a command to the runner.
#   in:  VENV, INPUT_PATHS, INPUT_SCOPE, INPUT_CONFIG, INPUT_FAIL_ON, INPUT_ARGS, INPUT_SUMMARY,
#        INPUT_UPLOAD_SARIF, INPUT_CATEGORY
#   out: status, sarif
set -euo pipefail

python=$VENV/bin/python
[ -e "$python" ] || python=$VENV/Scripts/python.exe
# A folder of its own: the action may be used twice in a job.
sarif=$(mktemp -d "$RUNNER_TEMP/ogcheck.XXXXXX")/ogcheck.sarif

# In a container, the checkout belongs to another user than the job's, and git would refuse it.
count=${GIT_CONFIG_COUNT:-0}
export GIT_CONFIG_COUNT=$((count + 1)) "GIT_CONFIG_KEY_$count=safe.directory" \
  "GIT_CONFIG_VALUE_$count=*"

annotate() { printf '::error title=ogcheck::%s\n' "$1"; }

refuse() {
  annotate "$1"
  printf 'status=2\n' >>"$GITHUB_OUTPUT"
  exit 2
}

# ogcheck with the arguments of $@. What it says on standard error may name files, and the runner
# obeys commands there, too. -I: what lies in the repository that is checked is no module.
ogcheck() {
  { "$python" -I -m ogcheck "$@" 2>&1 >&3 3>&- |
    sed -e 's/^[[:space:]]*::/ogcheck: &/' -e 's/##\[/## [/g' >&2; } 3>&1
}

# Fetch one commit, where the checkout does not hold it.
fetch() {
  local depth=()
  ! git cat-file -e "$1^{commit}" 2>/dev/null || return 0
  [ "$(git rev-parse --is-shallow-repository)" = false ] || depth=(--depth=1)
  git fetch --quiet --no-tags ${depth[@]+"${depth[@]}"} origin "$1"
}

# The revision that a pull request or a merge queue is compared with; empty for other events.
base() {
  local word value said parents=()
  case $GITHUB_EVENT_NAME in
    pull_request | pull_request_target | merge_group) ;;
    *) return ;;
  esac
  said=$("$python" -I -c 'import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    event = json.load(file)
queue = event.get("merge_group")
print(queue["base_sha"] if queue else event["pull_request"]["base"]["sha"])
' "$GITHUB_EVENT_PATH")
  said=${said%$'\r'}
  [[ $said =~ ^[0-9a-f]{40,64}$ ]] || return 1
  if [ "$GITHUB_EVENT_NAME" = merge_group ]; then
    fetch "$said" && printf '%s' "$said"
    return
  fi
  # What is checked out is, unless told otherwise, the merge of the pull request into its base. The
  # commit names its parents also where they were not fetched.
  while read -r word value; do
    [ -n "$word" ] || break
    [ "$word" != parent ] || parents+=("$value")
  done < <(git cat-file commit HEAD)
  if [ "$GITHUB_EVENT_NAME" = pull_request ] && [ "${#parents[@]}" -eq 2 ] &&
    [ "$(git rev-parse HEAD)" = "$GITHUB_SHA" ]; then
    fetch "${parents[0]}" && printf '%s' "${parents[0]}"
  else
    fetch "$said" && git merge-base "$said" HEAD
  fi
}

# Put into the array "lines" each line of $1 that is not blank.
split() {
  local line
  lines=()
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    [ -z "${line//[[:space:]]/}" ] || lines+=("$line")
  done <<<"$1"
}

case $INPUT_SCOPE in
  all | changed-files | changed-lines) ;;
  *) refuse "The input scope is none of all, changed-files and changed-lines." ;;
esac
case $INPUT_SUMMARY in
  true) ;;
  false) unset GITHUB_STEP_SUMMARY ;;
  *) refuse "The input summary is neither true nor false." ;;
esac
case $INPUT_UPLOAD_SARIF in
  true | false) ;;
  *) refuse "The input upload-sarif is neither true nor false." ;;
esac

[[ $INPUT_CATEGORY =~ ^[A-Za-z0-9_./-]+$ ]] || refuse "The input category takes letters, digits and \
the characters - _ . / only."

split "$INPUT_ARGS"
arguments=(${lines[@]+"${lines[@]}"})
[ -z "$INPUT_CONFIG" ] || arguments+=("--config=$INPUT_CONFIG")
[ -z "$INPUT_FAIL_ON" ] || arguments+=("--fail-on=$INPUT_FAIL_ON")
split "$INPUT_PATHS"
[ "${#lines[@]}" -gt 0 ] || refuse "The input paths is empty."
arguments+=(-- "${lines[@]}")

changes=()
if [ "$INPUT_SCOPE" != all ]; then
  since=$(base) || refuse "What the pull request changes cannot be told from the commits that are \
here. Check out with fetch-depth: 0, or set the input scope to all."
  if [ "$GITHUB_EVENT_NAME" = pull_request_target ] && [ "$since" = "$(git rev-parse HEAD)" ]; then
    refuse "What is checked out is what the pull request goes to, and holds nothing of it. Use the \
event pull_request."
  fi
  if [ -n "$since" ]; then
    changes=("--diff-base=$since")
    [ "$INPUT_SCOPE" != changed-files ] || changes+=(--whole-files)
  fi
fi

status=0
if [ "${#changes[@]}" -gt 0 ] && [ "$INPUT_UPLOAD_SARIF" = true ]; then
  # Code scanning takes for mended what a log does not hold: its log is of all files.
  ogcheck check --exit-zero --quiet --format "sarif:$sarif" "${arguments[@]}" || status=$?
  log=()
else
  log=(--format "sarif:$sarif")
fi
if [ "$status" -eq 0 ]; then
  ogcheck check --format auto ${log[@]+"${log[@]}"} ${changes[@]+"${changes[@]}"} \
    "${arguments[@]}" || status=$?
fi
[ "$status" -ne 2 ] || annotate "ogcheck could not do its work: the log says why."
[ ! -e "$sarif" ] || "$python" -I "$GITHUB_ACTION_PATH/.github/action/sarif.py" "$sarif" "$INPUT_CATEGORY"
printf 'status=%s\n' "$status" >>"$GITHUB_OUTPUT"
[ ! -e "$sarif" ] || printf 'sarif=%s\n' "$sarif" >>"$GITHUB_OUTPUT"
exit "$status"
