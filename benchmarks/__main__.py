"""``python -m benchmarks`` is :mod:`benchmarks.compare`; others are run by their names."""

from __future__ import annotations

from benchmarks.compare import main

if __name__ == "__main__":
    main()
