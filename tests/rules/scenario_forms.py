"""Scenarios of requests in the form in which an author writes them, made of their parts."""

from __future__ import annotations

from typing import Any

PAGE, API, OTHER = "https://app.example", "https://api.example", "https://other.example"
ORIGIN, CREDENTIALS = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"
METHODS, HEADERS = "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"
ALLOW, STAR = {ORIGIN: PAGE}, {ORIGIN: "*"}


def form(*hops: dict[str, Any], page: str = PAGE, sandboxed: bool = False, **request: object) -> dict[str, Any]:
    server = [{"at": API, **hop} for hop in hops]
    return {"page": page, "sandboxed": sandboxed, "request": {"url": f"{API}/x", **request}, "server": server}


def answer(headers: dict[str, str] | None = None, status: int = 200) -> dict[str, Any]:
    return {"status": status, "headers": headers or {}}


def hop(
    headers: dict[str, str] | None = None, preflight: dict[str, Any] | None = None, **more: object
) -> dict[str, Any]:
    return {"response": answer(headers), "preflight": preflight, **more}


def redirect(to: str, headers: dict[str, str], **more: object) -> dict[str, Any]:
    return {"response": answer({"Location": to, **headers}, 302), "preflight": answer(headers, 204), **more}
