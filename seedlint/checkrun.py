"""One run of ``seedlint check``: what it works with, finds and reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from seedlint import timing
from seedlint.api import report_of, results_of
from seedlint.baselinepath import open_baseline
from seedlint.check import unreadable_file
from seedlint.diagnostic import Severity
from seedlint.files import Unwalked, is_excluded
from seedlint.means import Means, cache_folder
from seedlint.reporting import Look, print_report
from seedlint.run import EXIT_CLEAN, EXIT_FINDINGS
from seedlint.scope import STANDARD_INPUT, Files
from seedlint.trouble import Trouble, tell, trouble_from_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seedlint.baseline import Baseline
    from seedlint.check import FileResult
    from seedlint.clioptions import CheckOptions
    from seedlint.fixrun import FixRun
    from seedlint.ignorerun import IgnoreRun
    from seedlint.narrowed import Narrowed
    from seedlint.outputs import Output
    from seedlint.profile import Profiles
    from seedlint.scope import Scope
    from seedlint.settings import Settings
    from seedlint.terminal import ColorChoice


class CheckRun:
    """One run. Raises :class:`Trouble` or :class:`click.UsageError` for what a person must mend."""

    def __init__(
        self,
        options: CheckOptions,
        scope: Scope,
        settings: Settings,
        profiles: Profiles,
        outputs: Sequence[Output],
    ) -> None:
        self._options = options
        self._scope = scope
        self._settings = settings
        self._profiles = profiles
        # A gate takes no baseline from what it checks.
        is_unnamed = options.baseline is None and settings.baseline is None
        self._ignores_baseline = options.no_baseline or (settings.is_foreign and is_unnamed)
        self._known = self._baseline()
        is_isolated = options.isolated or settings.is_foreign
        self._look = Look(
            outputs,
            cast("ColorChoice", options.color),
            options.quiet,
            options.verbose,
            options.unsafe_fixes,
            statistics=options.statistics,
            inline_ignores=settings.inline_ignores,
            least=self._least(),
            is_first=settings.path is None and settings.schema is None and not is_isolated,
        )
        self._fixing = self._fix_run()
        self._ignoring = self._ignore_run()
        # A gate keeps nothing in what it checks, unless it is told where.
        no_cache = options.no_cache or (settings.is_foreign and options.cache_dir is None)
        folder = None if no_cache else cache_folder(settings, options.cache_dir)
        is_shown = not (options.quiet or options.interactive)
        self._means = Means(settings, profiles, options.jobs, folder, shows_progress=is_shown)
        self._narrowed = self._narrowing()

    def results(self) -> list[FileResult]:
        """What is to be said of each file."""
        with trouble_from_settings():
            found = list(self._results())
        if self._known is not None and self._fixing is None and self._ignoring is None:
            return [self._known.sift(result) for result in found]
        return found

    def print_files(self) -> None:
        """Print the paths of the files instead."""
        with trouble_from_settings():
            if STANDARD_INPUT in self._scope.paths:
                paths = [_stdin_name(self._options)]
            else:
                paths = [candidate.path for candidate in self._files([]).requested]
        from seedlint.visible import visible_path

        sys.stdout.writelines(f"{visible_path(path)}\n" for path in paths)

    def require_seeds(self, found: Sequence[FileResult]) -> None:
        """Say so if no file was checked; that is a mistake, unless nothing changed."""
        if any(result.is_seed for result in found):
            return
        if self._scope.is_narrowed:
            if not self._options.quiet:
                tell(self._scope.nothing_changed())
        elif not self._options.allow_empty:
            names = [result.file for result in found]
            raise Trouble(self._scope.nothing_found(self._settings, names))

    def report(self, found: Sequence[FileResult]) -> int:
        """Print the report; the exit code for what it says."""
        report = report_of(found, self._settings.fail_on)
        with timing.phase("report"):
            print_report(report.diagnostics, found, self._look, self._fixing, self._left_out())
        if self._ignoring is not None:
            self._ignoring.tell(self._options.quiet)
        return report.exit_code

    def exit_code(self, code: int) -> int:
        """The exit code, given that for the diagnostics; says what else it is for."""
        if self._options.fail_on_stale and self._known is not None:
            from seedlint.stale import tell_of_stale

            code = max(code, EXIT_FINDINGS if tell_of_stale(self._known) else EXIT_CLEAN)
        if self._ignoring is not None:
            code = self._ignoring.exit_code(code)
        if self._fixing is not None:
            code = self._fixing.exit_code(code)
        return EXIT_CLEAN if self._options.exit_zero and code == EXIT_FINDINGS else code

    # What the run works with.

    def _least(self) -> Severity | None:
        """The mildest severity that is shown, which must not hide what the exit code is for."""
        if self._options.min_severity is None:
            return None
        least, fail_on = Severity(self._options.min_severity), self._settings.fail_on
        if least.rank < fail_on.rank:
            raise click.UsageError(
                f"--min-severity {least} would hide what fails the check: --fail-on is {fail_on}"
            )
        return least

    def _baseline(self) -> Baseline | None:
        given, is_ignored = self._options.baseline, self._ignores_baseline
        with trouble_from_settings():
            return open_baseline(self._settings, self._profiles, given, is_ignored)

    def _fix_run(self) -> FixRun | None:
        """What fixes the files; ``None`` if the options, though about fixes, ask for none."""
        if not any(self._options.of_fixes):
            return None
        from seedlint.fixmode import FixMode

        mode = FixMode(*self._options.of_fixes)
        mode.refuse_contradictions(STANDARD_INPUT in self._scope.paths)
        if not mode.fixes:
            return None
        from seedlint.fixrun import FixRun, project_root

        color, interview = self._look.color, None
        if mode.interactive:
            from seedlint.interactive import interview_at_terminal

            interview = interview_at_terminal(color)
            if interview is None:
                raise Trouble("--interactive needs a terminal to ask and to be answered at")
        root = project_root(self._settings)
        return FixRun(mode, self._profiles, root, color, interview, self._known)

    def _ignore_run(self) -> IgnoreRun | None:
        reason = self._options.add_ignore
        if reason is None:
            return None
        from seedlint.fixrun import project_root
        from seedlint.ignorerun import IgnoreRun, reason_problem

        if problem := reason_problem(reason):
            raise click.BadParameter(problem, param_hint="'--add-ignore'")
        return IgnoreRun(reason, project_root(self._settings), self._known)

    def _narrowing(self) -> Narrowed | None:
        if not self._scope.is_narrowed:
            return None
        from seedlint.narrowed import Narrowed

        writes = (self._fixing or self._ignoring) is not None
        return Narrowed(self._scope, self._means, writes=writes)

    def _left_out(self) -> int | None:
        """How many findings are known; ``None`` only where a baseline may be news to somebody."""
        unknown = 0 if self._ignores_baseline or self._ignoring is not None else None
        left_out = unknown if self._known is None else self._known.known
        if self._narrowed is not None and self._scope.new_only:
            left_out = (left_out or 0) + self._narrowed.known
        return left_out

    # What it finds.

    def _results(self) -> Iterator[FileResult]:
        if STANDARD_INPUT in self._scope.paths:
            yield from self._standard_input()
            return
        unwalked: list[Unwalked] = []
        files = self._files(unwalked)
        if self._fixing is not None:
            yield from self._fixed(self._fixing, files, unwalked)
        elif self._ignoring is not None:
            yield from self._ignoring.files(self._means.corpus(self._scope.paths, *files))
            for folder in unwalked:
                yield unreadable_file(folder.path, folder.reason)
        elif self._narrowed is not None:
            yield from self._narrowed.results(files, unwalked)
        else:
            yield from results_of(self._means, self._scope.paths, files.requested, unwalked)

    def _standard_input(self) -> Iterator[FileResult]:
        if sys.stdin is None:
            raise click.UsageError("standard input is closed")
        from seedlint.stdincheck import standard_input

        options = self._options
        name = _stdin_name(options)
        if not (options.force_exclude and is_excluded(name, self._settings, Path.cwd())):
            yield standard_input(options.stdin_filename, self._means, self._fixing)
        elif self._fixing is not None:
            self._fixing.pass_through()

    def _files(self, unwalked: list[Unwalked]) -> Files:
        """The files to look at; of folders that could not be listed, ``unwalked`` is told."""
        settings, cwd = self._settings, Path.cwd()
        candidates = self._scope.selected(settings, cwd, self._options.force_exclude, unwalked)
        if settings.is_foreign:
            from seedlint.foreign import without_strays

            candidates = without_strays(candidates, settings, unwalked)
        files = Files(list(timing.timed("discovery", candidates)))
        return files if self._narrowed is None else self._narrowed.files(files.requested)

    def _fixed(
        self, fixing: FixRun, files: Files, unwalked: Sequence[Unwalked]
    ) -> Iterator[FileResult]:
        wanted = fixing.wanted_at_once
        corpus = self._means.corpus(self._scope.paths, *files, fixes=True, wanted=wanted)
        try:
            yield from fixing.files(corpus)
        finally:
            corpus.close()
        for folder in unwalked:
            yield fixing.log.remaining(unreadable_file(folder.path, folder.reason))


def _stdin_name(options: CheckOptions) -> str:
    from seedlint.stdincheck import UNNAMED

    return options.stdin_filename or UNNAMED
