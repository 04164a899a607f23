"""seedlint: the linter for YAML front matter."""

__version__ = "0.1.0"
