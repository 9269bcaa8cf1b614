"""Random scenarios: requests between hosts as they really are, and servers that get CORS right about half the time.

A seed makes the same scenarios everywhere and always, so that a number names what engines were compared on.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeAlias

from pelican_cors_series.rules import read_request_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pelican_cors_series.rules import RequestScenario

Header: TypeAlias = tuple[str, str]

PAGES = ("https://app.example", "http://app.example", "http://app.example:8080")
# The page's own server, one of its site, and others, with the ports that servers of each scheme have.
SERVERS = {
    "https": ("https://app.example", "https://api.app.example", "https://api.example", "https://api.example:8443"),
    "http": ("http://app.example", "http://app.example:8080", "http://api.example", "http://cdn.test:3000"),
}
PATHS = ("/", "/items/7", "/items?page=2", "/items/7#top", "/%EA%B0%80")
METHODS = ("GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "put", "patch", "QUERY")
BODIES = ("text", "urlencoded", "form-data", "json-blob", "blob", "bytes")
REQUEST_HEADERS: Sequence[Header] = (
    ("Content-Type", "application/json"),
    ("Content-Type", "text/plain"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Authorization", "Bearer token"),
    ("X-Requested-With", "fetch"),
    ("X-Trace", "1"),
    ("Accept", "application/json"),
    ("Accept-Language", "ko, en;q=0.5"),
    ("Range", "bytes=0-99"),
    ("Range", "bytes=-100"),
    ("Cache-Control", "no-cache"),
    ("If-None-Match", '"1"'),
)
# Now and then, what nobody writes on purpose.
ODD_REQUEST_HEADERS: Sequence[Header] = (
    ("X-Empty", ""),
    ("Cookie", "a=1"),
    ("Host", "other.example"),
    ("Sec-Fetch-Mode", "cors"),
    ("Proxy-Trace", "1"),
    ("bad name", "1"),
    ("Content-Type", "text/plain; charset=\xe9"),
    ("Accept", '"'),
    ("Accept", "a" * 129),
    ("X-HTTP-Method-Override", "TRACE"),
)
STATUSES = (200, 200, 200, 200, 201, 204, 206, 304, 400, 401, 403, 404, 500)
REDIRECTS = (301, 302, 302, 303, 307, 308)
ODD_LOCATIONS = (
    "",
    "next",
    "?again",
    "#top",
    "//api.example/",
    "http://",
    "data:,x",
    "https://user:password@api.example/",
)
ODD_ADDRESSES = ("data:text/plain,x", "about:blank", "ftp://api.example/", "https://u:p@api.example/", "//[", "/x")
POLICIES = ("no-referrer", "origin", "same-origin", "strict-origin", "unsafe-url", "no-referrer-when-downgrade")
LONGEST_CHAIN = 4
# Of how many something happens.
SELDOM, SOMETIMES, OFTEN = 0.05, 0.2, 0.6


def random_scenarios(seed: int) -> Iterator[RequestScenario]:
    """Give the endless scenarios of a seed."""
    random = Random(seed)  # noqa: S311 - nobody has to guess it
    while True:
        yield read_request_scenario(random_scenario(random))


def random_scenario(random: Random) -> dict[str, object]:
    """Give one scenario, in the form that a file has."""
    page = random.choice(PAGES)
    sandboxed = random.random() < SOMETIMES
    chain = _chain(random, page)
    request = _request(random, page, chain[0])
    origin = "null" if sandboxed or (len(chain) > 1 and random.random() < SOMETIMES) else page
    server = []
    for at, to in zip(chain, [*_addresses(random, chain, request), None], strict=True):
        preflight = None if random.random() < SELDOM else _preflight(random, origin, request)
        response = None if random.random() < SELDOM else _response(random, origin, request, to)
        server.append({"at": at, "preflight": preflight, "response": response})
    return {"page": f"{page}/", "sandboxed": sandboxed, "request": request, "server": server}


def _chain(random: Random, page: str) -> list[str]:
    """Give the origins of the servers that answer one after the other: mostly one, over the scheme of the page."""
    length = 1 if random.random() < OFTEN else random.randint(2, LONGEST_CHAIN)
    scheme = page.partition(":")[0]
    schemes = ["http", "https"] if scheme == "http" or random.random() < SELDOM else [scheme]
    others = [random.choice(SERVERS[random.choice(schemes)]) for _ in range(length)]
    chain = [page if random.random() < SOMETIMES else other for other in others]
    return [random.choice(chain[: place + 1]) if random.random() < SOMETIMES else at for place, at in enumerate(chain)]


def _addresses(random: Random, chain: list[str], request: dict[str, object]) -> list[str]:
    """Give the addresses that redirects lead to: now and then one where the chain has been, as the servers allowed."""
    been = [str(request["url"])]
    for at in chain[1:]:
        before = [address for address in been if address.startswith(f"{at}/")]
        been.append(random.choice(before) if before and random.random() < OFTEN else at + random.choice(PATHS))
    return been[1:]


def _request(random: Random, page: str, at: str) -> dict[str, object]:
    path = random.choice(PATHS)
    method = random.choice(METHODS)
    request: dict[str, object] = {"url": path if at == page and random.random() < SOMETIMES else at + path}
    if random.random() < SELDOM:
        request["url"] = random.choice((*ODD_ADDRESSES, f"{at}:"))
    options = {
        "method": method if random.random() < OFTEN else "GET",
        "mode": random.choice(("cors", "cors", "cors", "cors", "no-cors", "same-origin")),
        "credentials": random.choice(("same-origin", "same-origin", "include", "omit")),
        "redirect": random.choice(("follow", "follow", "follow", "follow", "error", "manual")),
    }
    request |= options
    chosen = random.choices(REQUEST_HEADERS, k=random.choice((0, 0, 0, 1, 1, 2)))
    if random.random() < 1 - SELDOM:
        # Mostly a name stands once.
        chosen = list(dict(chosen).items())
    if random.random() < SELDOM:
        chosen.append(random.choice(ODD_REQUEST_HEADERS))
    request["headers"] = [list(header) for header in chosen]
    if options["method"] not in ("GET", "HEAD") and random.random() < OFTEN:
        request["body"] = random.choice(BODIES)
    if random.random() < SOMETIMES:
        request["referrerPolicy"] = random.choice(POLICIES)
    if random.random() < SELDOM:
        request["cache"] = random.choice(("no-store", "reload", "no-cache", "only-if-cached"))
    if random.random() < SELDOM:
        request["keepalive"] = True
    return request


def _allow_origin(random: Random, origin: str, request: dict[str, object]) -> list[Header]:
    credentialed = request["credentials"] == "include"
    right = origin if credentialed or random.random() < OFTEN else "*"
    wrong = ("*", "null", f"{origin}/", "https://other.example", f"{origin}, {origin}", origin.upper(), "")
    value = right if random.random() < 1 - SOMETIMES else random.choice(wrong)
    headers = [] if random.random() < SOMETIMES / 2 else [("Access-Control-Allow-Origin", value)]
    if random.random() < (1 - SOMETIMES if credentialed else SELDOM):
        headers.append(("Access-Control-Allow-Credentials", random.choice((*("true",) * 4, "True", "1"))))
    return headers


def _preflight(random: Random, origin: str, request: dict[str, object]) -> dict[str, object]:
    headers = _allow_origin(random, origin, request)
    methods = ("PUT, DELETE, PATCH, QUERY", str(request["method"]), "*", "GET, POST", "put", "PUT DELETE", "")
    asked = request["headers"]
    names = ", ".join(name.lower() for name, _ in asked) if isinstance(asked, list) else ""
    wanted = (names, names, "authorization, content-type, x-trace", "*", "Content-Type", "x-other", "a b")
    if random.random() < 1 - SOMETIMES / 2:
        headers.append(("Access-Control-Allow-Methods", random.choice((*methods[:2] * 3, *methods))))
    if random.random() < 1 - SOMETIMES / 2:
        headers.append(("Access-Control-Allow-Headers", random.choice((*wanted[:3] * 2, *wanted))))
    if random.random() < SELDOM:
        headers.append(("Access-Control-Max-Age", random.choice(("0", "600", "-1", "x", "1.5", ""))))
    status = 204 if random.random() < 1 - SOMETIMES else random.choice((200, 301, 302, 401, 404, 405, 500))
    return {"status": status, "headers": [list(header) for header in headers]}


def _response(random: Random, origin: str, request: dict[str, object], to: str | None) -> dict[str, object]:
    # The rules know no HTTP cache, and one would answer for a server whose address comes twice.
    headers = [*_allow_origin(random, origin, request), ("Cache-Control", "no-store")]
    if to is not None:
        status = random.choice(REDIRECTS)
        location = random.choice(ODD_LOCATIONS) if random.random() < SELDOM else to
        headers.append(("Location", location))
    else:
        status = random.choice(STATUSES)
        headers += [("Content-Type", random.choice(("application/json", "text/plain", "text/html"))), ("X-Trace", "1")]
    if random.random() < OFTEN:
        headers.append(("Content-Length", "5"))
    if random.random() < SOMETIMES:
        exposed = random.choice(("X-Trace", "*", "x-trace, x-other", "X-Trace;", ""))
        headers.append(("Access-Control-Expose-Headers", exposed))
    if random.random() < SOMETIMES / 2:
        policy = random.choice(("same-origin", "same-site", "cross-origin", "x"))
        headers.append(("Cross-Origin-Resource-Policy", policy))
    return {"status": status, "headers": [list(header) for header in headers]}
