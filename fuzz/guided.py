"""The same targets under atheris, which mutates what reached new branches of our code.

Optional: ``pip install atheris``. Native parsers are not instrumented, so the branches are those
of Python: the screens, the trees, the rules.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from fuzz.corpus import CASES, corpus_of


def guided(name: str, runs: int, seed: str) -> bool:
    """Fuzz one target; ends the process at the first failure, whose input is kept."""
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        sys.stderr.write("atheris is not installed: pip install atheris\n")
        return False
    for loaded in [each for each in sys.modules if each.split(".")[0] == "seedlint"]:
        del sys.modules[loaded]
    sys.modules.pop("fuzz.targets", None)
    with atheris.instrument_imports(include=["seedlint"]):
        target = importlib.import_module("fuzz.targets").TARGETS[name]
    folder = Path(tempfile.mkdtemp(prefix="seedlint-fuzz-"))
    for number, raw in enumerate(corpus_of(name)):
        (folder / str(number)).write_bytes(raw)
    (CASES / name).mkdir(parents=True, exist_ok=True)
    options = (
        f"-runs={runs}",
        f"-seed={sum(seed.encode())}",
        f"-artifact_prefix={CASES / name}/",
        "-max_len=20000",
        "-timeout=10",
    )
    atheris.Setup([sys.argv[0], *options, str(folder)], target)
    atheris.Fuzz()
    return True
