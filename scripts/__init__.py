"""What people, hooks and CI run on this repository: ``python -m scripts VERB``."""
