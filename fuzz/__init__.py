"""Fuzzing: ``python -m fuzz --help``.

A target is a function that takes any bytes and raises nothing, whatever they are; what it promises
besides, it asserts. The runner calls targets with mutations of known inputs in child processes,
which may crash, hang or run out of memory.
"""
