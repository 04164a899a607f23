"""``python -m fuzz``: short by default; long with ``--runs 1000000 --jobs 2``.

Each target gets as many mutations. What fails is made as small as possible and kept in
tests/fuzz_cases/, whose files tests/test_fuzz.py gives to the targets again.
"""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING

from fuzz.corpus import CASES, corpus_of
from fuzz.mutation import mutate
from fuzz.runner import in_jobs, inputs, run
from fuzz.shrinking import shrunk
from fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fuzz.runner import Failure

_MOST_KINDS = 10


def main(arguments: Sequence[str]) -> int:
    """Fuzz; 1 if something failed."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", nargs="*", help=f"of {', '.join(TARGETS)}; all by default")
    parser.add_argument("--runs", type=int, default=2000, help="mutations a target")
    parser.add_argument("--seed", default="1", help="the same seed gives the same mutations")
    parser.add_argument("--jobs", type=int, default=1, help="processes, which share the runs")
    parser.add_argument("--guided", action="store_true", help="let atheris look for new branches")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.target) - set(TARGETS)
    if unknown:
        parser.error(f"no target: {', '.join(sorted(unknown))}")
    names = chosen.target or list(TARGETS)
    if chosen.guided:
        from fuzz.guided import guided

        return in_jobs([partial(guided, name, chosen.runs, chosen.seed) for name in names[:1]])
    failed = [_fuzz(name, chosen.runs, chosen.seed, chosen.jobs) for name in names]
    return int(any(failed))


def _fuzz(name: str, runs: int, seed: str, jobs: int) -> bool:
    corpus = corpus_of(name)
    began = time.monotonic()
    shares = [runs // jobs + (job < runs % jobs) for job in range(jobs)]
    failed = in_jobs(
        [
            partial(_job, name, corpus, share, f"{name} {seed} {job}")
            for job, share in enumerate(shares)
        ]
    )
    took = time.monotonic() - began
    print(f"{name}: {runs} runs in {took:.0f} s, {'failed' if failed else 'no failure'}")
    return failed > 0


def _job(name: str, corpus: Sequence[bytes], runs: int, seed: str) -> bool:
    """One process's share of the runs: goes on after failures, a kind of them once. Whether all was
    well."""
    given = inputs(mutate, corpus, seed)
    kinds: set[str] = set()
    while runs > 0:
        done, failure = run(TARGETS[name], islice(given, runs))
        if failure is None:
            break
        # The child made the inputs; this process has yet to pass them over.
        runs -= done + 1
        for _ in islice(given, done + 1):
            pass
        if failure.kind not in kinds:
            kinds.add(failure.kind)
            _keep(name, shrunk(TARGETS[name], failure))
        if len(kinds) >= _MOST_KINDS:
            print(f"{name}: given up with {runs} runs left", flush=True)
            break
    return not kinds


def _keep(name: str, failure: Failure) -> None:
    path = CASES / name / blake2b(failure.raw, digest_size=6).hexdigest()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(failure.raw)
    print(
        f"{name}: {failure.kind}\n  {failure.details}\n  {failure.raw[:300]!r}\n  {path}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
