"""The referrer of a request: which address it names, how much of that, and what a redirect's header changes."""

# ruff: noqa: C901, PLR0911, PLR0912, S101 - a line is a step of the Standard; an algorithm is not split
from __future__ import annotations

from typing import TYPE_CHECKING

from .code_points import position_of_one
from .header_values import extract_header_list_values
from .leaves import parse_url
from .lists import last
from .origins import origin_of_a_url, same_origin
from .records import Document, Url
from .redirects import fragment, includes_credentials
from .request_origin import current_url
from .rule import ours, rule
from .secure_contexts import is_url_potentially_trustworthy

if TYPE_CHECKING:
    from .fetch_records import Client, Request, Response

REFERRER_POLICY = "https://w3c.github.io/webappsec-referrer-policy/#"

# https://fetch.spec.whatwg.org/#local-scheme
LOCAL_SCHEMES = ("about", "blob", "data")
LONGEST_REFERRER = 4096
# Those that a header can name. https://w3c.github.io/webappsec-referrer-policy/#referrer-policies
REFERRER_POLICIES = (
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
)


@rule(REFERRER_POLICY + "determine-requests-referrer")
def determine_request_s_referrer(request: Request) -> Url | None:
    """Give the address that a request names as its referrer; None where it names none.

    A request without a client, and a source with a local scheme, leave nothing to send under any policy: there the
    rule ends early. The empty policy has no branch, since Fetch puts the page's in its place before it asks.
    """
    policy = request.referrer_policy  # 1
    environment = request.client  # 2
    given = request.referrer  # 3
    if given == "client":  # 3.[1]
        if environment is None:
            return None
        if environment.global_object == "Window":  # 3.[1].1
            document = associated_document(environment)  # 3.[1].1.1
            if document.origin.opaque:  # 3.[1].1.2
                return None
            while is_an_iframe_srcdoc_document(document):  # 3.[1].1.3
                assert document.container_document is not None
                document = document.container_document
            source = document.url  # 3.[1].1.4
        else:
            source = creation_url(environment)  # 3.[1].2
    else:
        parsed = parse_url(given)  # 3.[2]
        assert parsed is not None
        source = parsed
    referrer_url = strip_url_for_use_as_a_referrer(source, False)  # 4
    referrer_origin = strip_url_for_use_as_a_referrer(source, True)  # 5
    if referrer_url is None or referrer_origin is None:
        return None
    if len(referrer_url.href) > LONGEST_REFERRER:  # 6
        referrer_url = referrer_origin
    switched = policy  # 8
    if switched == "no-referrer":  # 8.[1]
        return None
    if switched == "origin":  # 8.[2]
        return referrer_origin
    if switched == "unsafe-url":  # 8.[3]
        return referrer_url
    if switched == "strict-origin":  # 8.[4]
        if is_a_downgrade(referrer_url, request):  # 8.[4].1
            return None
        return referrer_origin  # 8.[4].2
    if switched == "strict-origin-when-cross-origin":  # 8.[5]
        if is_a_same_origin_referrer(referrer_url, request):  # 8.[5].1
            return referrer_url
        if is_a_downgrade(referrer_url, request):  # 8.[5].2
            return None
        return referrer_origin  # 8.[5].3
    if switched == "same-origin":  # 8.[6]
        if is_a_same_origin_referrer(referrer_url, request):  # 8.[6].1
            return referrer_url
        return None  # 8.[6].2
    if switched == "origin-when-cross-origin":  # 8.[7]
        if is_a_same_origin_referrer(referrer_url, request):  # 8.[7].1
            return referrer_url
        return referrer_origin  # 8.[7].2
    if switched == "no-referrer-when-downgrade":  # 8.[8]
        if is_a_downgrade(referrer_url, request):  # 8.[8].1
            return None
        return referrer_url  # 8.[8].2
    return None


@rule(REFERRER_POLICY + "strip-url")
def strip_url_for_use_as_a_referrer(url: Url, origin_only: bool) -> Url | None:
    """Take from an address what no referrer carries; None for a local scheme, which makes no referrer at all."""
    if url.scheme in LOCAL_SCHEMES:  # 2
        return None
    stripped = with_userinfo(url, "", password_of(url))  # 3
    stripped = with_userinfo(stripped, "", "")  # 4
    stripped = without_fragment(stripped)  # 5
    if origin_only:  # 6
        stripped = with_an_empty_path(stripped)  # 6.1
        stripped = without_query(stripped)  # 6.2
    return stripped  # 7


@rule(REFERRER_POLICY + "parse-referrer-policy-from-header")
def parse_a_referrer_policy_from_a_referrer_policy_header(response: Response) -> str:
    """Give the last policy that the Referrer-Policy headers name and that is known; empty where there is none."""
    policy_tokens = extract_header_list_values("Referrer-Policy", response.header_list)  # 1
    policy = ""  # 2
    tokens = [] if policy_tokens is None else policy_tokens.values
    known = [token for token in tokens if token in REFERRER_POLICIES]  # 3
    if len(known) > 0:
        policy = last(known)
    return policy  # 4


@rule(REFERRER_POLICY + "set-requests-referrer-policy-on-redirect")
def set_request_s_referrer_policy_on_redirect(request: Request, actual_response: Response) -> str:
    """Let the Referrer-Policy of a redirect take the place of the request's, and give the policy that counts then."""
    policy = parse_a_referrer_policy_from_a_referrer_policy_header(actual_response)  # 1
    if policy != "":  # 2
        request.referrer_policy = policy
    return request.referrer_policy


@ours
def is_a_downgrade(referrer_url: Url, request: Request) -> bool:
    """Tell whether a request leads from a trustworthy address to one that is not, as from https: to http:."""
    return is_url_potentially_trustworthy(referrer_url) and not is_url_potentially_trustworthy(current_url(request))


@ours
def is_a_same_origin_referrer(referrer_url: Url, request: Request) -> bool:
    """Tell whether a request is same-origin-referrer.

    https://w3c.github.io/webappsec-referrer-policy/#same-origin-referrer-request
    """
    return same_origin(origin_of_a_url(referrer_url), origin_of_a_url(current_url(request)))


@ours
def associated_document(client: Client) -> Document:
    """Give the document of a window. https://html.spec.whatwg.org/multipage/nav-history-apis.html#concept-document-window."""
    if client.document is not None:
        return client.document
    return Document(url=client.api_base_url, origin=client.origin)


@ours
def creation_url(client: Client) -> Url:
    """Give the address of a worker's script. https://html.spec.whatwg.org/multipage/webappapis.html#concept-environment-creation-url."""
    return client.api_base_url if client.creation_url is None else client.creation_url


@ours
def is_an_iframe_srcdoc_document(document: Document) -> bool:
    """Tell whether a document came from an iframe's srcdoc.

    https://html.spec.whatwg.org/multipage/iframe-embed-object.html#an-iframe-srcdoc-document
    """
    return document.url.scheme == "about" and document.url.path == "srcdoc"


@ours
def password_of(url: Url) -> str:
    """Give the password of a URL, empty where it has none: neither name nor password can hold a bare : or @."""
    if not includes_credentials(url):
        return ""
    parts = url.href.split("@")[0].split(":")
    return parts[2] if len(parts) > 2 else ""  # noqa: PLR2004 - scheme, user name, password


@ours
def with_userinfo(url: Url, username: str, password: str) -> Url:
    """Give a URL with another user name and password; one that has neither and gets neither stays as it is."""
    if not includes_credentials(url):
        return url
    host_and_rest = "@".join(url.href.split("@")[1:])
    userinfo = username if password == "" else f"{username}:{password}"
    before = "" if userinfo == "" else f"{userinfo}@"
    return with_href(url, f"{url.scheme}://{before}{host_and_rest}", url.path)


@ours
def without_fragment(url: Url) -> Url:
    """Give a URL without its fragment."""
    return url if fragment(url) is None else with_href(url, url.href.split("#")[0], url.path)


@ours
def with_an_empty_path(url: Url) -> Url:
    """Give a URL with the path of one empty segment, which is written /."""
    start = len(url.scheme) + 1
    if url.host is not None:
        start = position_of_one(url.href, start + 2, ("/", "?", "#"))
    end = position_of_one(url.href, start, ("?", "#"))
    return with_href(url, f"{url.href[0:start]}/{url.href[end:]}", "/")


@ours
def without_query(url: Url) -> Url:
    """Give a URL that has no fragment without its query."""
    return with_href(url, url.href.split("?")[0], url.path)


@ours
def with_href(url: Url, href: str, path: str) -> Url:
    """Give a URL whose serialization and path have changed, and nothing else."""
    return Url(href=href, scheme=url.scheme, host=url.host, port=url.port, path=path, blob_origin=url.blob_origin)
