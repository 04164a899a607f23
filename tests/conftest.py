"""What holds for all tests."""

from __future__ import annotations

import os

# Wherever the tests run, nothing they start may take that for its own CI job, or be told by
# its environment how to report.
for name in (
    "GITHUB_ACTIONS",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_WORKSPACE",
    "GITLAB_CI",
    "CI_PROJECT_DIR",
    "SEEDLINT_OUTPUT_FORMAT",
):
    os.environ.pop(name, None)
