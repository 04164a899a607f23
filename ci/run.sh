#!/usr/bin/env bash
# A step of action.yml: runs seedlint, and leaves its exit code to a later step, so that what
# it found can be uploaded first.
#
# SEEDLINT: the program; SEEDLINT_PATHS: a path a line; SEEDLINT_ARGS: options, between blanks
set -euo pipefail

report=$RUNNER_TEMP/seedlint.sarif
rm -f "$report"

paths=()
while IFS= read -r path || [[ -n $path ]]; do
    path=${path%$'\r'}
    [[ -z $path ]] || paths+=("$path")
done <<<"${SEEDLINT_PATHS:-}"

# Split, but neither expanded nor run.
options=()
while read -r -a some; do
    options+=(${some[@]+"${some[@]}"})
done <<<"${SEEDLINT_ARGS:-}"

code=0
"$SEEDLINT" check --output-format github --output-format "sarif=$report" \
    ${options[@]+"${options[@]}"} -- ${paths[@]+"${paths[@]}"} || code=$?

echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [[ -s $report ]]; then
    echo "sarif=$report" >>"$GITHUB_OUTPUT"
fi
