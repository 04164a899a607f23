"""What a person is told besides the report: on standard error, a line each."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from seedlint.errors import SeedlintError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.settings import Settings


class Trouble(click.ClickException):
    """Something a person has to mend before seedlint can run."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """One line, on standard error unless said otherwise."""
        click.echo(_line(self.format_message()), file=file, err=file is None)


@contextmanager
def trouble_from_settings() -> Iterator[None]:
    """Mistakes in settings, contracts and paths, as words for a person."""
    try:
        yield
    except SeedlintError as error:
        raise Trouble(str(error)) from error


def tell(text: str) -> None:
    """Say something to a person."""
    click.echo(_line(text), err=True)


def tell_of_plugins(settings: Settings) -> None:
    """Say so if plug-ins were withheld."""
    if settings.plugins:
        from seedlint.api import plugin_notices

        for text in plugin_notices(settings):
            tell(text)


def _line(text: str) -> str:
    # A path or a name in it may hold what a terminal or a log would obey.
    from seedlint.visible import visible

    return f"seedlint: {visible(text)}"
