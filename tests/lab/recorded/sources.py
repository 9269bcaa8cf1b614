"""All that is recorded, in its order: articles, deviations, curated traps, and the random cover of what is left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pelican_cors_series.markdown_ext.verbatim import find_blocks
from pelican_cors_series.observations import key_of, plain_scenario
from pelican_cors_series.rules import RequestScenario, judge_request, read_request_scenario
from pelican_cors_series.rules.deviations import all_deviations
from pelican_cors_series.widgets.ask import AskedScenario
from pelican_cors_series.widgets.cors_exchange import KIND as CORS_EXCHANGE
from pelican_cors_series.yaml_values import read_values

from .answer_traps import answer_traps
from .cover import cover
from .redirect_traps import redirect_traps
from .request_traps import request_traps
from .step_traps import step_traps
from .steps import reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTENT = Path(__file__).parents[3] / "content"


def articles() -> Iterator[tuple[str, RequestScenario]]:
    """Give the request scenario of each cors-exchange fence in the articles, by the file and its place there."""
    for file in sorted(CONTENT.rglob("*.md")):
        blocks = find_blocks(file.read_text("utf-8").splitlines())
        bodies = ["\n".join(block.body) for block in blocks if block.info.split()[:1] == [CORS_EXCHANGE]]
        for number, body in enumerate(bodies, 1):
            name = f"article-{file.parent.name}-{file.stem}-{number}"
            yield name, AskedScenario().read(read_values(body).value)


def deviations() -> Iterator[tuple[str, RequestScenario]]:
    """Give the scenario of each deviation."""
    for deviation in all_deviations():
        yield f"deviation-{deviation.id}", read_request_scenario(dict(deviation.scenario))


def traps() -> Iterator[tuple[str, RequestScenario]]:
    """Give the curated scenarios."""
    for group, scenarios in (request_traps() | answer_traps() | redirect_traps() | step_traps()).items():
        for number, scenario in enumerate(scenarios, 1):
            yield f"{group}-{number}", read_request_scenario(scenario)


def everything() -> list[tuple[str, RequestScenario]]:
    """Give each scenario once, under the first of its names."""
    named = _once([*articles(), *deviations(), *traps()])
    known = reached(judge_request(scenario) for _, scenario in named)
    least = [(f"cover-{number}", read_request_scenario(it)) for number, it in enumerate(cover(known), 1)]
    return _once([*named, *least])


def _once(named: Iterable[tuple[str, RequestScenario]]) -> list[tuple[str, RequestScenario]]:
    found: dict[str, tuple[str, RequestScenario]] = {}
    for name, scenario in named:
        plain = read_request_scenario(plain_scenario(scenario))
        found.setdefault(key_of(plain), (name, plain))
    return [*found.values()]
