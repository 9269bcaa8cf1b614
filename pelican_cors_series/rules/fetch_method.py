"""The fetch() method, and fetch itself: a request gets what its client gives it, and main fetch runs."""

# ruff: noqa: RET504, S101 - a line is a step of the Standard, its assertions included
from __future__ import annotations

from typing import TYPE_CHECKING

from .fetch_records import EmbedderPolicy, FetchParams, PolicyContainer, SettledPromise
from .fetching import main_fetch
from .header_values import header_list_contains
from .request_constructor import request_constructor
from .request_origin import FETCH
from .rule import rule

if TYPE_CHECKING:
    from .fetch_records import Client, Network, Request, RequestInit, RequestObject, Response


@rule(FETCH + "dom-global-fetch")
def fetch_method(
    address: str | None, object_given: RequestObject | None, init: RequestInit, client: Client, network: Network
) -> SettledPromise:
    """Run fetch() of a page until its promise settles."""
    request_object = request_constructor(address, object_given, init, client)  # 2
    if request_object is None:
        return SettledPromise(rejected=True, response=None)
    request = request_object.request  # 3
    if client.global_object == "ServiceWorkerGlobalScope":  # 6
        request.service_workers_mode = "none"
    response_object: Response | None = None  # 7
    response = fetch(request, network)  # 12
    if response.type == "error":  # 12.3
        return SettledPromise(rejected=True, response=response)
    response_object = response  # 12.4
    promise = SettledPromise(rejected=False, response=response_object)  # 12.5
    return promise  # 13


@rule(FETCH + "concept-fetch")
def fetch(request: Request, network: Network) -> Response:
    """Fetch a request for its client."""
    populated = populate_request_from_client(request)  # 4
    if not header_list_contains("Accept", populated.header_list):  # 12
        value = "*/*"  # 12.1
        populated.header_list.append(("Accept", value))  # 12.4
    return main_fetch(FetchParams(populated, network), False)  # 17


@rule(FETCH + "populate-request-from-client")
def populate_request_from_client(request: Request) -> Request:
    """Give a request the origin and the policies of its client."""
    if request.origin is None:  # 2
        assert request.client is not None  # 2.1
        request.origin = request.client.origin  # 2.2
    if request.policy_container is None:  # 3
        if request.client is not None:  # 3.1
            request.policy_container = request.client.policy_container
        else:
            request.policy_container = PolicyContainer(embedder_policy=EmbedderPolicy())  # 3.2
    return request
