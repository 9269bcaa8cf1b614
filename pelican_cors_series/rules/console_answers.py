"""What an engine's console message can depend on and name of a server's answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from .header_values import extract_header_list_values, get, header_values_of
from .leaves import ascii_lowercase, parse_url
from .request_headers import is_a_header_name
from .request_methods import cors_safelisted_method
from .statuses import ok_status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .fetch_records import Answer, Request
    from .rule import Step

KindOfOrigin: TypeAlias = Literal["missing", "*", "null", "url", "invalid"]

ALLOW_ORIGIN = "Access-Control-Allow-Origin"
ASKED_NAMES = "cors_preflight_fetch#4"
ANY_OTHER = "*"


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """The last answer of a server; `status` is 0 and each header "" where none has come.

    `allow_origin_is` names what Access-Control-Allow-Origin holds, `allow_origin_parts` what it can be split at.
    `wrong_method` and `wrong_header` are the first members of their lists that are no tokens. The methods are `unread`
    where they can't be parsed; `method_allowed` and `authorization_by_wildcard` are what the lists come to.
    """

    status: int = 0
    ok: bool = False
    allow_origin: str = ""
    allow_origin_is: KindOfOrigin = "missing"
    allow_origin_parts: Literal["comma", "space", "none"] = "none"
    allow_origin_twice: bool = False
    allow_credentials: str = ""
    allow_methods: str = ""
    allow_headers: str = ""
    wrong_method: str = ""
    wrong_header: str = ""
    methods_unread: bool = False
    method_allowed: bool = False
    authorization_by_wildcard: bool = False


@dataclass(frozen=True, slots=True)
class KeptHeaders:
    """How an engine keeps the headers of a request.

    `names` are those that it writes its own way, by their lower case, and keeps before the others. `order` are names in
    lower case in the order of its table, with ANY_OTHER where those stand that are not among them.
    """

    names: Mapping[str, str]
    order: tuple[str, ...]


def facts_of_an_answer(answer: Answer, request: Request, steps: Sequence[Step]) -> AnswerFacts:
    """Give the facts of an answer to a request, or to its preflight, that the steps so far have led to."""
    headers = answer.header_list
    origin = get(ALLOW_ORIGIN, headers)
    methods = extract_header_list_values("Access-Control-Allow-Methods", headers)
    names = extract_header_list_values("Access-Control-Allow-Headers", headers)
    allowed_methods = [] if methods is None else methods.values
    allowed_names = [] if names is None else names.values
    wild = request.credentials_mode != "include"
    return AnswerFacts(
        status=answer.status,
        ok=ok_status(answer.status),
        allow_origin=origin or "",
        allow_origin_is=_kind_of_origin(origin),
        allow_origin_parts="comma" if "," in (origin or "") else "space" if " " in (origin or "") else "none",
        allow_origin_twice=len(header_values_of(ALLOW_ORIGIN, headers)) > 1,
        allow_credentials=get("Access-Control-Allow-Credentials", headers) or "",
        allow_methods=get("Access-Control-Allow-Methods", headers) or "",
        allow_headers=get("Access-Control-Allow-Headers", headers) or "",
        wrong_method=_no_token(get("Access-Control-Allow-Methods", headers)),
        wrong_header=_no_token(get("Access-Control-Allow-Headers", headers)),
        methods_unread=methods is not None and methods.failure,
        method_allowed=request.method in allowed_methods
        or cors_safelisted_method(request.method)
        or (wild and "*" in allowed_methods),
        authorization_by_wildcard=wild
        and "*" in allowed_names
        and "authorization" in _asked_names(steps)
        and "authorization" not in map(ascii_lowercase, allowed_names),
    )


def _asked_names(steps: Sequence[Step]) -> Sequence[str]:
    # Those of the request itself may be fewer by now: a redirect takes some away.
    asked = next((step.value for step in reversed(steps) if step.step == ASKED_NAMES), [])
    return [str(name) for name in asked] if isinstance(asked, list) else []


def _kind_of_origin(value: str | None) -> KindOfOrigin:
    match value:
        case None:
            return "missing"
        case "*":
            return "*"
        case "null":
            return "null"
    return "invalid" if parse_url(value.encode("latin-1").decode("utf-8", "replace")) is None else "url"


def _no_token(value: str | None) -> str:
    members = [member.strip("\t ") for member in (value or "").split(",")]
    return next((member for member in members if member and not is_a_header_name(member)), "")


def refused_header(step: Step, request: Request, kept: KeptHeaders) -> dict[str, str]:
    """Give the header that a preflight's answer does not allow, where it is several the one that an engine names.

    `refused_header` is the first by its lower case, `refused_by_order` the first in the engine's order, and
    `refused_as_written` the first of the request's own, as the engine writes it; names that it knows come first.
    """
    value = step.value if step.rule == "cors_preflight_fetch" and isinstance(step.value, list) else []
    refused = [ascii_lowercase(str(name)) for name in value]
    written = [name for name, _ in request.header_list if ascii_lowercase(name) in refused] or refused
    rank = {name: place for place, name in enumerate(kept.order)}
    as_written = min(written, key=lambda name: ascii_lowercase(name) not in kept.names, default="")
    return {
        "refused_header": min(refused, default=""),
        "refused_by_order": min(refused, key=lambda name: (rank.get(name, rank.get(ANY_OTHER, 0)), name), default=""),
        "refused_as_written": kept.names.get(ascii_lowercase(as_written), as_written),
    }
