"""The lab's server, asked by raw sockets: it answers as the scenario says, hop by hop, and writes down what came."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from lab_client import line_to, tunnel_to

from pelican_cors_series.lab.messages import HttpRequest, Reply
from pelican_cors_series.lab.run import Run
from pelican_cors_series.lab.server import LabServer
from pelican_cors_series.rules import WireEntry, read_request_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pelican_cors_series.rules.records import Url

MARK = "~lab-1"
API = "http://api.example"
ALLOWED = {"Access-Control-Allow-Origin": "*"}
PREFLIGHT = f"OPTIONS {API}/{MARK}/x HTTP/1.1\nOrigin: null\nAccess-Control-Request-Method: PUT"


@pytest.fixture
def server() -> Iterator[LabServer]:
    with LabServer() as running:
        yield running


def run_on(server: LabServer, *hops: dict[str, Any]) -> Run:
    url = {"url": f"{hops[0]['at']}/x"}
    scenario = read_request_scenario({"page": "https://app.example/", "request": url, "server": list(hops)})
    server.handlers[MARK] = run = Run(MARK, scenario)
    return run


def entries(run: Run) -> list[tuple[object, ...]]:
    return [(entry.hop, entry.method, entry.preflight, entry.origin, entry.asks_headers) for entry in run.wire]


def test_preflight_and_request_get_their_own_answers_on_one_connection_and_are_written_down(server: LabServer) -> None:
    preflight = {"status": 204, "headers": {**ALLOWED, "Access-Control-Allow-Methods": "PUT"}}
    run = run_on(server, {"at": API, "preflight": preflight, "response": {"status": 200, "headers": ALLOWED}})
    with line_to(server) as line:
        first = line.ask(f"{PREFLIGHT}\nAccess-Control-Request-Headers: x-a,x-b")
        second = line.ask(f"PUT {API}/{MARK}/x HTTP/1.1\nOrigin: null\nContent-Length: 3", b"abc")
    assert first.startswith(b"HTTP/1.1 204 No Content\r\n")
    assert b"Access-Control-Allow-Methods: PUT\r\n" in first
    assert second == b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n"
    assert entries(run) == [(0, "OPTIONS", True, "null", "x-a,x-b"), (0, "PUT", False, "null", None)]


def test_options_that_asks_for_no_method_is_no_preflight(server: LabServer) -> None:
    run = run_on(server, {"at": API, "preflight": {"status": 500}, "response": {"status": 200}})
    with line_to(server) as line:
        assert line.ask(f"OPTIONS {API}/{MARK}/x HTTP/1.1").startswith(b"HTTP/1.1 200 ")
    assert entries(run) == [(0, "OPTIONS", False, None, None)]


def test_each_redirect_leads_to_the_next_hop_and_keeps_the_mark(server: LabServer) -> None:
    other = "http://other.example:8080"
    run = run_on(
        server,
        {"at": API, "response": {"status": 302, "headers": {"Location": f"{other}/y"}}},
        {"at": other, "response": {"status": 307, "headers": {"Location": "/z"}}},
        {"at": other, "response": {"status": 404}},
    )
    with line_to(server) as line:
        assert f"Location: {other}/{MARK}/y\r\n".encode() in line.ask(f"GET {API}/{MARK}/x HTTP/1.1")
        assert f"Location: /{MARK}/z\r\n".encode() in line.ask(f"GET {other}/{MARK}/y HTTP/1.1")
        assert line.ask(f"GET {other}/{MARK}/z HTTP/1.1").startswith(b"HTTP/1.1 404 ")
    assert [entry.hop for entry in run.wire] == [0, 1, 2]


def test_the_redirect_of_a_preflight_leads_nowhere(server: LabServer) -> None:
    moved = {"status": 301, "headers": {"Location": "/y"}}
    run = run_on(server, {"at": API, "preflight": moved, "response": {"status": 200}})
    with line_to(server) as line:
        assert line.ask(PREFLIGHT).startswith(b"HTTP/1.1 301 ")
        assert line.ask(f"PUT {API}/{MARK}/x HTTP/1.1").startswith(b"HTTP/1.1 200 ")
    assert [entry.hop for entry in run.wire] == [0, 0]


@pytest.mark.parametrize("answer", ["preflight", "response"])
def test_an_answer_that_is_left_out_closes_the_connection_but_the_request_has_come(
    server: LabServer, answer: str
) -> None:
    run = run_on(server, {"at": API, {"preflight": "response", "response": "preflight"}[answer]: {"status": 200}})
    with line_to(server) as line:
        assert line.ask(PREFLIGHT if answer == "preflight" else f"GET {API}/{MARK}/x HTTP/1.1") == b""
    assert [entry.preflight for entry in run.wire] == [answer == "preflight"]


@pytest.mark.parametrize("target", ["http://other.example", "http://api.example:8080", "http://www.api.example"])
def test_a_request_for_another_origin_than_the_hops_is_closed_and_not_written_down(
    server: LabServer, target: str
) -> None:
    run = run_on(server, {"at": API, "response": {"status": 200}})
    with line_to(server) as line:
        assert line.ask(f"GET {target}/{MARK}/x HTTP/1.1") == b""
    assert run.wire == []


def test_a_request_beyond_the_last_hop_is_closed(server: LabServer) -> None:
    run = run_on(server, {"at": API, "response": {"status": 302, "headers": {"Location": "/y"}}})
    with line_to(server) as line:
        line.ask(f"GET {API}/{MARK}/x HTTP/1.1")
        assert line.ask(f"GET {API}/{MARK}/y HTTP/1.1") == b""
    assert run.wire[0] == WireEntry(0, "GET", preflight=False, origin=None, asks_headers=None) or len(run.wire) == 1


def test_a_request_that_a_browser_repeats_counts_once(server: LabServer) -> None:
    run = run_on(server, {"at": API})
    for _ in range(3):
        with line_to(server) as line:
            assert line.ask(f"GET {API}/{MARK}/x HTTP/1.1") == b""
    assert len(run.wire) == 1


@pytest.mark.parametrize("path", ["/", "/x", "/~lab-2/x", "/~lab-10/x"])
def test_what_belongs_to_no_run_is_met_by_a_closed_connection(server: LabServer, path: str) -> None:
    run_on(server, {"at": API, "response": {"status": 200}})
    with line_to(server) as line:
        assert line.ask(f"GET {API}{path} HTTP/1.1") == b""


def test_the_answer_has_the_headers_of_the_scenario_and_no_other(server: LabServer) -> None:
    headers = [["X-A", "1"], ["x-a", ""], ["X-B", "\xe9"], ["Content-Length", "7"]]
    run_on(server, {"at": API, "response": {"status": 299, "headers": headers}})
    with line_to(server) as line:
        head = line.ask(f"GET {API}/{MARK}/x HTTP/1.1")
        assert head == b"HTTP/1.1 299 \r\nX-A: 1\r\nx-a: \r\nX-B: \xe9\r\nContent-Length: 7\r\n"
        assert len(line.stream.read(7)) == 7
        assert line.ask(f"GET {API}/{MARK}/x HTTP/1.1") == head


def test_a_body_without_a_length_ends_with_the_connection(server: LabServer) -> None:
    run_on(server, {"at": API, "response": {"status": 200}})
    with line_to(server) as line:
        assert line.ask(f"GET {API}/{MARK}/x HTTP/1.1") == b"HTTP/1.1 200 OK\r\n"
        assert line.rest() != b""


@pytest.mark.parametrize("lengths", [["x"], ["-1"], ["5", "6"], ["99999999999999999999"]])
def test_a_length_that_no_body_has_is_sent_as_it_is_and_ends_the_connection(
    server: LabServer, lengths: list[str]
) -> None:
    headers = [["Content-Length", length] for length in lengths]
    run_on(server, {"at": API, "response": {"status": 200, "headers": headers}})
    with line_to(server) as line:
        head = line.ask(f"GET {API}/{MARK}/x HTTP/1.1")
        assert [value.strip().decode() for value in head.split(b"Content-Length:")[1:]] == lengths
        assert line.rest() != b""


def test_what_is_no_http_ends_its_own_connection_alone(server: LabServer) -> None:
    run_on(server, {"at": API, "response": {"status": 204}})
    with line_to(server) as broken, line_to(server) as line:
        assert broken.ask("\x16\x03\x01 no http") == b""
        assert line.ask(f"GET {API}/{MARK}/x HTTP/1.1").startswith(b"HTTP/1.1 204 ")


@pytest.mark.parametrize(
    ("at", "authority"),
    [
        ("https://api.example", "api.example:443"),
        ("https://api.example:8443", "api.example:8443"),
        ("https://127.0.0.1", "127.0.0.1:443"),
        ("https://[::1]:8443", "[::1]:8443"),
    ],
)
def test_a_tunnel_ends_at_the_host_itself_with_a_certificate_of_its_name(
    server: LabServer, tmp_path: Path, at: str, authority: str
) -> None:
    run = run_on(server, {"at": at, "response": {"status": 204}})
    server.certificates.write_authority(tmp_path / "authority.pem")
    with tunnel_to(server, authority, str(tmp_path / "authority.pem")) as line:
        assert line.ask(f"GET /{MARK}/x HTTP/1.1\nHost: {authority}").startswith(b"HTTP/1.1 204 ")
        assert line.ask(f"GET /{MARK}/x HTTP/1.1\nHost: {authority}").startswith(b"HTTP/1.1 204 ")
    assert [entry.hop for entry in run.wire] == [0]


def test_a_tunnel_to_a_host_that_no_certificate_can_name_is_closed(server: LabServer) -> None:
    with line_to(server) as line:
        assert line.ask("CONNECT a_b..example:443 HTTP/1.1") == b""


def test_http_does_not_answer_for_https(server: LabServer) -> None:
    run = run_on(server, {"at": "https://api.example", "response": {"status": 204}})
    with line_to(server) as line:
        assert line.ask(f"GET http://api.example:443/{MARK}/x HTTP/1.1") == b""
    assert run.wire == []


def test_it_listens_on_the_loopback_interface_alone(server: LabServer) -> None:
    assert server.port > 0
    with socket.socket() as elsewhere:
        elsewhere.settimeout(1)
        # 127.0.0.2 is the same machine, but another address of it.
        with pytest.raises(OSError, match=r"refused|timed out"):
            elsewhere.connect(("127.0.0.2", server.port))


def _lab_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("cors-series")]


def _refuses(port: int) -> bool:
    with socket.socket() as again:
        return again.connect_ex(("127.0.0.1", port)) != 0


def test_nothing_is_left_of_it_even_where_connections_are_open() -> None:
    with LabServer() as server:
        run_on(server, {"at": API, "response": {"status": 204}})
        with line_to(server) as idle, line_to(server) as used:
            used.ask(f"GET {API}/{MARK}/x HTTP/1.1")
            server.close()
            assert idle.rest() == b""
            assert used.rest() == b""
    assert _lab_threads() == []
    assert _refuses(server.port)


def test_it_ends_by_itself_when_its_time_is_up() -> None:
    with LabServer(limit=0.2) as server:
        assert server.ended.wait(5)
        time.sleep(0.05)
        assert _refuses(server.port)
    assert _lab_threads() == []


def test_a_defect_of_a_handler_ends_it_and_is_raised() -> None:
    def broken(_request: HttpRequest, _url: Url) -> Reply | None:
        message = "a defect"
        raise ValueError(message)

    with LabServer() as server:
        server.handlers[MARK] = broken
        with line_to(server) as line:
            assert line.ask(f"GET {API}/{MARK}/x HTTP/1.1") == b""
        assert server.ended.wait(5)
        with pytest.raises(ValueError, match="a defect"):
            server.close()
    assert _lab_threads() == []
