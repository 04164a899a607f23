"""Standard input, checked or fixed as if it were a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.check import Input, check_batch
from seedlint.files import Candidate
from seedlint.paths import located
from seedlint.run import Checked

if TYPE_CHECKING:
    from seedlint.check import FileResult
    from seedlint.fixrun import FixRun
    from seedlint.means import Means
    from seedlint.settings import Settings

UNNAMED = "<stdin>"


def standard_input(name: str | None, means: Means, run: FixRun | None) -> FileResult:
    """What is to be said of standard input, after it was fixed if there is a run that fixes.

    With a name it takes the place of the file of that name, whether there is one or not:
    what is found is what a check of that file would find if it had this text, and files of
    the corpus are compared with this text. Without a name it is no part of the corpus.
    """
    name = _own_name(name, means.settings)
    file = name or UNNAMED
    profile = means.profiles.of(file)
    raw = sys.stdin.buffer.read(profile.limits.file_size + 1)
    if name is None:
        given = Input(raw, file, profile, named=True)
        (result,) = check_batch([given])
        checked = Checked(Candidate(file, file, True), given, result)
        return checked.result if run is None else run.standard_input(checked)
    corpus = means.corpus([name], [])
    try:
        checked = corpus.checked_text(raw, name)
        return checked.result if run is None else run.standard_input(checked, corpus)
    finally:
        corpus.close()


def _own_name(name: str | None, settings: Settings) -> str | None:
    """The name of a file as the project has it, where it was named by way of a link to there."""
    if name is None:
        return None
    cwd = Path.cwd()
    full = located(name, cwd, settings)
    return name if full == os.path.abspath(name) else os.path.relpath(full, cwd)  # noqa: PTH100
