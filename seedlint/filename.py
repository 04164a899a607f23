"""Options that name a file or a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from os import PathLike


class FileName(click.Path):
    """A path that says something: a variable that is not set must not mean the default."""

    def convert(
        self,
        value: str | PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Read an option's value."""
        if not value:
            self.fail(f"names no {'file' if self.file_okay else 'folder'}", param, ctx)
        return super().convert(value, param, ctx)
