"""Responses that no server sends: a network error, and what a local scheme answers."""

from __future__ import annotations

from .fetch_records import Body, Response
from .rule import ours


@ours
def network_error() -> Response:
    """Make a network error. https://fetch.spec.whatwg.org/#concept-network-error."""
    return Response(url_list=[], header_list=[], type="error", status=0)


@ours
def local_response(content_type: str) -> Response:
    """Make the response of an about:, blob: or data: URL."""
    return Response(url_list=[], header_list=[("Content-Type", content_type)], body=Body(source=content_type))
