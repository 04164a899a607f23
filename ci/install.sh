#!/usr/bin/env bash
# A step of action.yml: installs seedlint, from this checkout or the package index, into an
# environment of its own, and says where it is.
#
# PYTHON: the Python to use; SEEDLINT_VERSION: a release, or nothing for this checkout
set -euo pipefail

package=$GITHUB_ACTION_PATH
if [[ -n ${SEEDLINT_VERSION:-} ]]; then
    if [[ ! $SEEDLINT_VERSION =~ ^[0-9]+(\.[0-9a-z]+)*$ ]]; then
        echo '::error title=seedlint::the input "version" is no version such as 0.1.0'
        exit 2
    fi
    package=seedlint==$SEEDLINT_VERSION
fi

environment=$RUNNER_TEMP/seedlint-environment
"$PYTHON" -m venv "$environment"
programs=$environment/bin
[[ -d $programs ]] || programs=$environment/Scripts # on Windows
"$programs/python" -m pip install --quiet --disable-pip-version-check "$package"
"$programs/seedlint" --version
echo "seedlint=$programs/seedlint" >>"$GITHUB_OUTPUT"
