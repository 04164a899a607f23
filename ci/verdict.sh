#!/usr/bin/env bash
# The last step of action.yml: ends as seedlint ended.
#
# SEEDLINT_EXIT_CODE: how that was
set -euo pipefail

case $SEEDLINT_EXIT_CODE in
0) echo "seedlint found nothing that fails this job" ;;
1) echo "seedlint found problems; they are in the log of the run above" ;;
*) echo "seedlint could not do its work; the log of the run above says why" ;;
esac
exit "$SEEDLINT_EXIT_CODE"
