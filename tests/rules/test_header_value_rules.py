"""How header values are taken apart where no foreign row says it: by the Standard's examples and its ABNF."""

from __future__ import annotations

import pytest

from pelican_cors_series.rules.embedder_policy import obtain_an_embedder_policy
from pelican_cors_series.rules.header_values import (
    collect_an_http_quoted_string,
    extract_header_list_values,
    get,
    get_decode_and_split,
    get_decode_and_split_value,
)
from pelican_cors_series.rules.mime_types import extract_a_mime_type, mime_type_essence


def test_the_values_of_a_name_are_joined_and_split_outside_quotes() -> None:
    headers = [("A", "1"), ("B", "x"), ("a", '"2,3", 4')]
    assert get("a", headers) == '1, "2,3", 4'
    assert get("c", headers) is None
    assert get_decode_and_split("A", headers) == ["1", '"2,3"', "4"]
    assert get_decode_and_split("c", headers) is None


@pytest.mark.parametrize(
    ("value", "values"),
    [
        ("", [""]),
        (",", ["", ""]),
        ('a"b,c"d, e ', ['a"b,c"d', "e"]),
        ('"a\\",b",c', ['"a\\",b"', "c"]),
        ('"a,b', ['"a,b']),
        ('a, "b"', ["a", '"b"']),
        ("a\n, b\x0b", ["a\n", "b\x0b"]),
    ],
)
def test_a_value_is_split_at_commas(value: str, values: list[str]) -> None:
    assert get_decode_and_split_value(value) == values


@pytest.mark.parametrize(
    ("text", "extracted", "whole"),
    [
        ('"\\', "\\", '"\\'),
        ('"Hello" World', "Hello", '"Hello"'),
        ('"Hello \\\\ World\\""', 'Hello \\ World"', '"Hello \\\\ World\\""'),
    ],
)
def test_quoted_strings_are_those_of_the_table_in_the_standard(text: str, extracted: str, whole: str) -> None:
    for extract_value, value in ((True, extracted), (False, whole)):
        collected = collect_an_http_quoted_string(text, 0, extract_value)
        assert (collected.value, collected.position) == (value, len(whole))


@pytest.mark.parametrize(
    ("name", "lines", "values"),
    [
        ("Access-Control-Allow-Methods", ["GET, PUT", "x"], ["GET", "PUT", "x"]),
        ("Access-Control-Allow-Methods", ["GET;PUT"], None),
        ("Access-Control-Allow-Headers", [""], []),
        ("Access-Control-Allow-Headers", [",\tx ,,*"], ["x", "*"]),
        ("Access-Control-Allow-Headers", ["x", "y z"], None),
        ("Access-Control-Request-Headers", ["a,b"], ["a", "b"]),
        ("Access-Control-Request-Headers", [","], None),
        ("Access-Control-Request-Headers", ["a b"], None),
        ("Access-Control-Request-Method", ["PUT"], ["PUT"]),
        ("Access-Control-Request-Method", ["PUT", "PUT"], None),
        ("Access-Control-Request-Method", ["P T"], None),
        ("access-control-max-age", ["0600"], ["0600"]),
        ("Access-Control-Max-Age", ["-1"], None),
        ("Access-Control-Max-Age", ["1", "2"], None),
        ("Access-Control-Max-Age", ["٣"], None),
        ("Access-Control-Allow-Credentials", ["true"], ["true"]),
        ("Access-Control-Allow-Credentials", ["True"], None),
        ("Access-Control-Allow-Origin", ["*"], ["*"]),
        ("Access-Control-Allow-Origin", ["*", "*"], None),
        ("Access-Control-Allow-Origin", ["null"], ["null"]),
        ("Access-Control-Allow-Origin", ["https://a.example:8443"], ["https://a.example:8443"]),
        ("Access-Control-Allow-Origin", ["https://[::1]"], ["https://[::1]"]),
        ("Access-Control-Allow-Origin", ["https://a.example/"], None),
        ("Access-Control-Allow-Origin", ["https://a.example, https://b.example"], None),
        ("Access-Control-Allow-Origin", ["a.example"], None),
        ("Origin", ["null"], ["null"]),
        ("Origin", ["*"], None),
        ("Location", ["/a b"], ["/a b"]),
        ("Location", ["/a", "/b"], None),
        ("Referrer-Policy", ["origin, no-referrer"], ["origin", "no-referrer"]),
    ],
)
def test_values_are_extracted_by_the_abnf_of_their_header(
    name: str, lines: list[str], values: list[str] | None
) -> None:
    headers = [(name, line) for line in lines]
    extracted = extract_header_list_values(name.upper(), headers)
    assert extracted is not None
    assert (extracted.failure, extracted.values) == (values is None, values or [])
    assert extract_header_list_values("Access-Control-Expose-Headers", headers) is None


@pytest.mark.parametrize(
    ("value", "policy"),
    [
        (" credentialless ", "credentialless"),
        ('require-corp; report-to="a\\"b";b=?1;c=1.5;*d=%"%c3%a4";e=:YQ==:;f=@1;g=a/b;h', "require-corp"),
        ('"require-corp"', "unsafe-none"),
        ("require-corp;", "unsafe-none"),
        ("require-corp ; a", "unsafe-none"),
        ("require-corp;A", "unsafe-none"),
        ("require-corp;a=", "unsafe-none"),
        ('require-corp;a="\x7f"', "unsafe-none"),
        ("REQUIRE-CORP", "unsafe-none"),
    ],
)
def test_an_embedder_policy_is_a_token_with_parameters(value: str, policy: str) -> None:
    for name, member in (("", "value"), ("-Report-Only", "report_only_value")):
        headers = [(f"Cross-Origin-Embedder-Policy{name}", value)]
        found = obtain_an_embedder_policy(headers, secure_context=True)
        assert getattr(found, member) == policy
        assert {found.value, found.report_only_value} <= {policy, "unsafe-none"}
        found = obtain_an_embedder_policy(headers, secure_context=False)
        assert (found.value, found.report_only_value) == ("unsafe-none", "unsafe-none")


@pytest.mark.parametrize(
    ("value", "parsed"),
    [
        ("\r\n Text/HTML \t;A=B\n", ("text/html", [("a", "B")])),
        ("x/x;a=bc=d", ("x/x", [("a", "bc=d")])),
        ("x/x;a=;b=\t;c=d", ("x/x", [("c", "d")])),
        ('x/x;a="b;c=d"e;f=g', ("x/x", [("a", "b;c=d"), ("f", "g")])),
        ('x/x;a="";A=b;=c;d', ("x/x", [("a", "")])),
        ("x/x;a=\x7f;b=\u0100;c=\xff;d=\x1f;e=f\tf", ("x/x", [("c", "\xff"), ("e", "f\tf")])),
        ("x/x, y/y;a=b, y/y", ("y/y", [])),
        ("x/x;charset=a, y/y, y/y", ("y/y", [])),
        ("x/x;charset=a, x/x;b=c, x/x", ("x/x", [("charset", "a")])),
        ("x/x, x/x", ("x/x", [])),
        ("*/*", None),
        ("x/", None),
        ("/x", None),
        ("x", None),
    ],
)
def test_a_mime_type_is_extracted(value: str, parsed: tuple[str, list[tuple[str, str]]] | None) -> None:
    mime_type = extract_a_mime_type([("Content-Type", value)])
    assert (None if mime_type is None else (mime_type_essence(mime_type), mime_type.parameters)) == parsed


def test_without_a_content_type_there_is_no_mime_type() -> None:
    assert extract_a_mime_type([("Content-Typ", "text/plain")]) is None
