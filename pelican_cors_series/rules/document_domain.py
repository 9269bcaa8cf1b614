"""document.domain: which hosts it may be set to, and what setting it makes of an origin."""

# ruff: noqa: S101 - a line is a step of the Standard, its assertions included
from __future__ import annotations

from .documents import SANDBOXED_DOCUMENT_DOMAIN
from .hosts import parse_host
from .origins import HTML, effective_domain
from .public_suffix import host_equals, is_a_domain, public_suffix
from .records import Origin
from .rule import rule


@rule(HTML + "is-a-registrable-domain-suffix-of-or-is-equal-to")
def is_a_registrable_domain_suffix_of_or_is_equal_to(host_suffix_string: str, original_host: str) -> bool:
    """Tell whether a text is a serialized host itself, or one of its ends that someone can register."""
    if host_suffix_string == "":  # 1
        return False
    host_suffix = parse_host(host_suffix_string)  # 2
    if host_suffix is None:  # 3
        return False
    if not host_equals(host_suffix, original_host):  # 4
        if not is_a_domain(host_suffix) or not is_a_domain(original_host):  # 4.1
            return False
        if not original_host.endswith(f".{host_suffix}"):  # 4.2
            return False
        suffix_of_the_original = public_suffix(original_host)
        assert suffix_of_the_original is not None
        if (
            host_suffix == public_suffix(host_suffix)  # 4.3.a
            or suffix_of_the_original.endswith(f".{host_suffix}")  # 4.3.b
        ):  # 4.3
            return False
        assert host_suffix.endswith(f".{suffix_of_the_original}")  # 4.4
    return True  # 5


@rule(HTML + "dom-document-domain")
def document_domain_setter(
    has_browsing_context: bool, sandbox_flags: list[str], origin: Origin, is_origin_keyed: bool, given_value: str
) -> Origin | None:
    """Give what becomes of a document's origin when script sets document.domain; None where a SecurityError is thrown.

    `has_browsing_context` is false for a document that no window shows, `is_origin_keyed` true where the page's agent
    cluster holds one origin alone: there the setter changes nothing.
    """
    if not has_browsing_context:  # 1
        return None
    if SANDBOXED_DOCUMENT_DOMAIN in sandbox_flags:  # 2
        return None
    domain_before = effective_domain(origin)  # 3
    if domain_before is None:  # 4
        return None
    if not is_a_registrable_domain_suffix_of_or_is_equal_to(given_value, domain_before):  # 5
        return None
    if is_origin_keyed:  # 6
        return origin
    domain = parse_host(given_value)  # 7
    return Origin(opaque=False, scheme=origin.scheme, host=origin.host, port=origin.port, domain=domain)
