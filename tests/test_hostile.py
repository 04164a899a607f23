"""The hostile set: each case comes to what it should, and nothing else is touched."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import Case, all_cases, matches

ROOT = Path(__file__).parent.parent
CASES = all_cases()
OPTIONS = ["--isolated", "--allow-empty", "--output-format=json", "--jobs=1"]
# What a program opens before it has a say, and what it is told about the machine by.
SYSTEM = (
    "/proc/",
    "/sys/",
    "/dev/null",
    "/dev/urandom",
    "/etc/ld.so",
    "/lib",
    "/usr/lib",
    "/usr/local/lib",
    "/usr/share/locale",
    "/usr/share/zoneinfo",
    "/etc/localtime",
    "/etc/locale",
    "/etc/ssl/openssl.cnf",
)


def own_places(project: Path) -> tuple[str, ...]:
    """The project, which holds the cache, and the interpreter with its libraries."""
    folders = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()}
    folders |= {str(project), str(ROOT), *filter(None, sys.path)}
    return tuple(f"{os.path.realpath(folder)}/" for folder in folders) + tuple(folders)


def run_all(folder: Path, cases: Sequence[Case], prefix: Sequence[str] = ()) -> Any:
    """Write the cases and run them in one child, perhaps under another program."""
    tasks = []
    for case in cases:
        arguments = case.write(folder / case.name)
        tasks.append([case.name, str(folder / case.name), [*OPTIONS, *arguments]])
    process = subprocess.run(
        [*prefix, sys.executable, "-m", "tests.hostile.child"],
        input=json.dumps(tasks),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert process.returncode == 0, process.stderr[-2000:]
    return json.loads(process.stdout)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The project with all cases, and what the run told of them."""
    folder = tmp_path_factory.mktemp("hostile")
    return folder, run_all(folder, CASES)


def test_the_set_covers_what_it_should() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)
    schemas = [name for name in names if name.startswith("schema-")]
    assert len(schemas) >= 30
    assert len(names) - len(schemas) >= 100


def test_every_case_comes_to_what_it_should(told: tuple[Path, Any]) -> None:
    found = told[1]["found"]
    wrong = [
        f"{case.name}: {found[case.name]}, expected {case.expected}"
        for case in CASES
        if not matches(case, found[case.name])
    ]
    assert wrong == []


def test_no_socket_no_process_and_no_file_of_others(told: tuple[Path, Any]) -> None:
    project, heard = told
    places = own_places(project)
    assert heard["forbidden"] == []
    assert [path for path in heard["opened"] if not path.startswith((*places, *SYSTEM))] == []
    assert any(path.startswith(str(project)) for path in heard["opened"])


def _can_trace() -> bool:
    strace = shutil.which("strace")
    if strace is None:
        return False
    return subprocess.run([strace, "-o", os.devnull, "true"], check=False).returncode == 0


@pytest.mark.skipif(not _can_trace(), reason="strace is not there, or may not trace")
def test_nor_does_native_code_open_any(tmp_path: Path) -> None:
    project, log = tmp_path / "project", tmp_path / "calls"
    # Those that name something to open, and one in ten of the others: tracing is slow.
    cases = [case for at, case in enumerate(CASES) if at % 10 == 0 or "ref" in case.name]
    calls = "trace=%network,execve,open,openat,creat"
    run_all(project, cases, ["strace", "-f", "-y", "-qq", "-e", calls, "-o", str(log)])
    places = (*own_places(project), *SYSTEM)
    lines = log.read_text(errors="replace").splitlines()
    assert [line for line in lines if not _is_harmless(line, places)] == []
    assert any(f"= 3<{project}/" in line for line in lines)


def _is_harmless(line: str, places: tuple[str, ...]) -> bool:
    """Whether a line of strace's is about a file that may be opened, or about none at all."""
    call = re.match(r"\d+ +(\w+)\(", line)
    if call is None:
        return "---" in line or "+++" in line or "resumed>" in line
    if call[1] == "execve":
        return f'"{sys.executable}"' in line
    opened = re.search(r" = \d+<([^>]*)>$", line)
    if opened is None:
        return call[1] in ("open", "openat", "creat") and line.endswith(
            "(No such file or directory)"
        )
    return opened[1].startswith(places)
