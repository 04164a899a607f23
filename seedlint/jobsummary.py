"""The summary of a job on GitHub: Markdown, in a file that the runner names."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from seedlint.report._markdown import report
from seedlint.trouble import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedlint.diagnostic import Diagnostic
    from seedlint.report.summary import Summary

# All that a step writes; the runner refuses a file that is larger as a whole.
_SIZE = 1 << 20
_SMALLEST = 1024


def add_job_summary(diagnostics: Sequence[Diagnostic], summary: Summary, file: str) -> None:
    """Add a report to what the file holds, as far as there is room.

    It is an extra: if it cannot be written, that is said, and nothing else is the matter.
    """
    try:
        with open(file, "ab") as stream:  # noqa: PTH123
            size = os.fstat(stream.fileno()).st_size
            room = _SIZE - size - len("\n\n")
            if room >= _SMALLEST:
                text = report(diagnostics, summary, room)
                stream.write(f"{chr(10) if size else ''}{text}\n".encode())
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"the job summary cannot be written to {file}: {reason}"
        tell(message)
