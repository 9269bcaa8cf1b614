"""The command cors-series: check the content, judge, explain and try scenarios, print the rules and the schemas.

Each of its commands is a function or two here, beside the others that a person may type: hence the length.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import runpy
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican_cors_series.problems import Place, has_error, problem, report
from pelican_cors_series.text import load_text, own_languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pelican_cors_series.lab import EngineName
    from pelican_cors_series.problems import Problem
    from pelican_cors_series.rules import RequestScenario, RequestVerdict
    from pelican_cors_series.text import Text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 where what it read has an error, 2 for a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that has no Korean still gets the report.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    chosen = _parser(given).parse_args(given)
    code: int = chosen.run(chosen)
    return code


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cors-series", description="Tools for a series whose claims can be run.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="read the content and report every problem, without building")
    check.add_argument("path", nargs="?", help="the content folder; the settings' PATH if not given")
    check.add_argument("-s", "--settings", default="pelicanconf.py", help="the settings file (%(default)s)")
    check.set_defaults(run=_check)

    judge = commands.add_parser("judge", help="judge scenarios: JSON lines in, JSON lines out")
    judge.add_argument("file", nargs="?", help="the file with the scenarios; standard input if not given")
    judge.set_defaults(run=_judge)

    explain = commands.add_parser("explain", help="explain a scenario: the verdict, why, and what was sent")
    explain.add_argument("file", help="the file with the scenario, in YAML or JSON")
    explain.add_argument("--language", choices=own_languages(), default="en", help="%(default)s if not given")
    explain.set_defaults(run=_explain)

    lab = commands.add_parser("lab", help="run a scenario for real, and show what engines do beside what the rules say")
    # The other commands need no words, and reading them takes a moment.
    words = load_text(_language_of(given)).words["lab_help"] if "lab" in given else {}
    lab.description = words.get("description")
    lab.add_argument("file", help=words.get("file"))
    lab.add_argument("--engine", action="append", choices=("chromium", "firefox", "webkit"), help=words.get("engine"))
    lab.add_argument("--open", action="store_true", help=words.get("open"))
    lab.add_argument("--language", choices=own_languages(), default="en", help=words.get("language"))
    lab.set_defaults(run=_lab)

    rules = commands.add_parser("print-rules", help="print the rules as a JavaScript module")
    rules.add_argument("--only", metavar="NAME", action="append", help="this rule and what it needs; may be repeated")
    rules.add_argument("--minify", action="store_true", help="in as few bytes as the built site has them")
    rules.set_defaults(run=_print_rules)

    schema = commands.add_parser("schema", help="print a JSON Schema")
    schema.add_argument("of", nargs="?", choices=("front-matter", "scenario", "observation"), default="front-matter")
    schema.set_defaults(run=_schema)
    return parser


def _language_of(given: Sequence[str]) -> str:
    """Return the language that a command line asks for, before it is known to be a right one."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--language")
    try:
        language = early.parse_known_args(given)[0].language
    except argparse.ArgumentError:
        language = None
    return language if language in own_languages() else "en"


def _check(chosen: argparse.Namespace) -> int:
    # Here, so that the other commands do without Markdown and YAML.
    from pelican_cors_series.preflight import read_tree  # noqa: PLC0415
    from pelican_cors_series.settings import read_settings  # noqa: PLC0415

    raw, problems = _read_file(Path(chosen.settings))
    if raw is not None:
        if chosen.path:
            raw["PATH"] = chosen.path
        settings, problems = read_settings(raw, chosen.settings)
        problems = [*problems, *read_tree(settings).problems]
    sys.stdout.write(report(problems) or "no problems\n")
    return int(has_error(problems))


def _read_file(path: Path) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return the names and values that a settings file makes, its PATH taken from the file's own folder."""
    try:
        raw = runpy.run_path(str(path))
    except Exception as error:  # noqa: BLE001 - a settings file is code, and may raise anything
        line = error.lineno or 1 if isinstance(error, SyntaxError) else 1
        reason = f"{type(error).__name__}: {error}"
        return None, [problem("settings-file", Place(str(path), line), reason=reason)]
    raw["PATH"] = str(path.parent / raw.get("PATH", "."))
    return raw, []


def _judge(chosen: argparse.Namespace) -> int:
    try:
        if chosen.file is None:
            return _judge_lines(sys.stdin.buffer)
        with Path(chosen.file).open("rb") as lines:
            return _judge_lines(lines)
    except BrokenPipeError:
        # Whoever reads has seen enough. What is buffered must not be written on the way out either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        sys.stderr.write(f"cors-series: {chosen.file}: {error.strerror}\n")
        return 2


def _judge_lines(lines: Iterable[bytes]) -> int:
    from pelican_cors_series.rules import judge_line  # noqa: PLC0415 - the rules take a moment

    code = 0
    for line in lines:
        answer, judged = judge_line(line)
        # Another program may wait for this answer before it writes its next line.
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
        code |= not judged
    return int(code)


def _explain(chosen: argparse.Namespace) -> int:
    from pelican_cors_series.explanation import explain  # noqa: PLC0415 - the rules take a moment
    from pelican_cors_series.scenario_file import judge_file  # noqa: PLC0415

    judged, problems = judge_file(Path(chosen.file))
    if judged is not None:
        sys.stdout.write(explain(*judged, load_text(chosen.language)))
    sys.stderr.write(report(problems))
    return int(has_error(problems))


def _lab(chosen: argparse.Namespace) -> int:
    from pelican_cors_series.rules import RequestScenario, RequestVerdict  # noqa: PLC0415 - the rules take a moment
    from pelican_cors_series.scenario_file import judge_file  # noqa: PLC0415

    text = load_text(chosen.language)
    if chosen.open and chosen.engine:
        sys.stderr.write(f"cors-series: {text('open_page.engine_with_open')}\n")
        return 2
    judged, problems = judge_file(Path(chosen.file))
    sys.stderr.write(report(problems))
    match judged:
        case (RequestScenario() as scenario, RequestVerdict() as verdict):
            # A stopped run leaves nothing behind: what ends it by a signal unwinds it as an error does.
            before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
            try:
                failed = _open(scenario, text) if chosen.open else _try(scenario, verdict, chosen.engine, text)
                return int(failed) or int(has_error(problems))
            except KeyboardInterrupt:
                return 128 + signal.SIGINT
            finally:
                signal.signal(signal.SIGTERM, before)
        case None:
            return 1
    sys.stderr.write(f"cors-series: {text('lab.requests_only')}\n")
    return 1


def _try(scenario: RequestScenario, verdict: RequestVerdict, wanted: Sequence[EngineName] | None, text: Text) -> bool:
    """Run a scenario in the engines; True where none could."""
    from pelican_cors_series import lab  # noqa: PLC0415 - the other commands do without it
    from pelican_cors_series.side_by_side import beside_the_rules, by_the_rules  # noqa: PLC0415

    names = wanted or lab.NAMES
    for name in names:
        engine = lab.engine(name)
        if engine.found() is None:
            sys.stderr.write(text("lab.missing", title=engine.title, line=engine.apt_line()) + "\n")
    present = [name for name in lab.installed() if name in names]
    if not present:
        sys.stderr.write(f"cors-series: {text('lab.none')}\n")
        return True
    sys.stdout.write(by_the_rules(scenario, verdict, text))
    sys.stdout.flush()
    try:
        for seen in lab.observe([scenario], present, consoles=True):
            engine = lab.engine(seen.engine)
            title = f"{engine.title} {engine.version()}"
            shown = beside_the_rules(title, seen, verdict, text, engine=seen.engine, console=seen.console)
            sys.stdout.write(f"\n{shown}")
            sys.stdout.flush()
    except (lab.CannotRunError, lab.EngineError, lab.MissingLibraryError, OSError) as error:
        sys.stderr.write(f"cors-series: {error}\n")
        return True
    return False


def _open(scenario: RequestScenario, text: Text) -> bool:
    """Run a scenario in the user's own browser; True where that is not possible."""
    from pelican_cors_series import lab  # noqa: PLC0415 - the other commands do without it
    from pelican_cors_series.own_browser import show_in_own_browser  # noqa: PLC0415

    def write(told: str) -> None:
        sys.stdout.write(told)
        sys.stdout.flush()

    try:
        show_in_own_browser(scenario, text, write)
    except (lab.CannotRunError, OSError) as error:
        sys.stderr.write(f"cors-series: {error}\n")
        return True
    return False


def _print_rules(chosen: argparse.Namespace) -> int:
    from pelican_cors_series.rules import UnknownRuleError, print_rules  # noqa: PLC0415 - the printer takes a moment

    try:
        printed = print_rules(chosen.only)
    except UnknownRuleError as error:
        sys.stderr.write(f"cors-series: {error}\n")
        return 2
    if chosen.minify:
        from pelican_cors_series.minifier import minify  # noqa: PLC0415 - the readable print does without it

        printed = f"{minify(printed).text}\n"
    sys.stdout.write(printed)
    return 0


def _schema(chosen: argparse.Namespace) -> int:
    schema = _schema_of(chosen.of)
    sys.stdout.write(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    return 0


def _schema_of(what: str) -> dict[str, Any]:
    # Each brings what the others do without.
    if what == "scenario":
        from pelican_cors_series.rules import scenario_schema  # noqa: PLC0415

        return scenario_schema()
    if what == "observation":
        from pelican_cors_series.observations import observation_schema  # noqa: PLC0415

        return observation_schema()
    from pelican_cors_series import front_matter  # noqa: PLC0415

    return front_matter.schema()


if __name__ == "__main__":
    sys.exit(main())
