"""Where the baseline is, if there is one. All that a run without one needs to know of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from seedlint.config_error import ConfigError
from seedlint.paths import shown

if TYPE_CHECKING:
    from seedlint.baseline import Baseline
    from seedlint.profile import Profiles
    from seedlint.settings import Settings

BASELINE = ".seedlint-baseline.json"


def baseline_path(settings: Settings, given: str | None) -> Path:
    """The file that is given on the command line, that the settings name, or the usual one.

    Raises ConfigError: settings come with the content, and have nothing read or written
    outside of the project.
    """
    if given is not None:
        return Path(given).absolute()
    if settings.baseline is None:
        return settings.root / BASELINE
    path = Path(os.path.normpath(settings.baseline))
    if not path.is_relative_to(os.path.normpath(settings.root)):
        origin = settings.origins.get(("baseline",), settings.path or path)
        message = "the baseline lies outside of the project: name it by --baseline instead"
        raise ConfigError(origin, None, message)
    return path


def open_baseline(
    settings: Settings, profiles: Profiles, given: str | None, unused: bool
) -> Baseline | None:
    """The baseline a run is to use; ``None`` for none. Raises ConfigError.

    One that somebody names must be there.
    """
    if unused:
        return None
    path = baseline_path(settings, given)
    if not os.path.lexists(path):
        if given is None and settings.baseline is None:
            return None
        message = "there is no such baseline; `seedlint baseline` writes it"
        raise ConfigError(path, None, message)
    from seedlint.baseline import Baseline
    from seedlint.baselinefile import read_baseline

    return Baseline(read_baseline(path), settings.root, profiles, shown(path))
