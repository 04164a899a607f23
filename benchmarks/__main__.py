"""``python -m benchmarks`` runs every measurement."""

from __future__ import annotations

from benchmarks.compare import main

if __name__ == "__main__":
    main()
