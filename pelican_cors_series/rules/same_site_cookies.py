"""Same-site requests: the site for cookies of a page or a worker, and which cookies SameSite lets a request take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cookie_records import RFC6265BIS
from .lists import last
from .origins import opaque_origin, origin_of_a_url, same_site_of_two_origins
from .records import Document
from .request_origin import FETCH, current_url, redirect_taint
from .rule import ours, rule

if TYPE_CHECKING:
    from .cookie_records import Cookie, SameSiteMode
    from .fetch_records import Client, Request
    from .records import Origin

# https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
TWO_MINUTES = 120_000


@rule(RFC6265BIS + "section-5.2.1")
def site_for_cookies_of_a_document(document: Document) -> Origin:
    """Give the origin of the top-level page; an opaque one where any page around the document is of another site."""
    top_document = last(inclusive_ancestors(document))  # 1
    top_origin = origin_without_sandbox(top_document)  # 2
    documents = inclusive_ancestors(document)  # 3
    for item in documents:  # 4
        origin = origin_without_sandbox(item)  # 4.1
        if not same_site_of_two_origins(origin, top_origin):  # 4.2
            return opaque_origin()
    return top_origin  # 5


@ours
def inclusive_ancestors(document: Document) -> list[Document]:
    """Give a document and those that hold it, the top-level one last."""
    documents = [document]
    holder = document.container_document
    while holder is not None:
        documents.append(holder)
        holder = holder.container_document
    return documents


@ours
def origin_without_sandbox(document: Document) -> Origin:
    """Give the origin of a document, or of its address where a sandbox took its own away."""
    return origin_of_a_url(document.url) if document.sandboxed_origin else document.origin


@rule(RFC6265BIS + "section-5.2.2.1")
def site_for_cookies_of_a_worker(worker: Client) -> Origin:
    """Give the origin of a worker; an opaque one where a document that it works for is of another site."""
    site = worker.origin  # 1
    for document in worker.documents:  # 2
        document_site = site_for_cookies_of_a_document(document)  # 2.1
        if not same_site_of_two_origins(document_site, site):  # 2.2
            return opaque_origin()
    return site  # 3


@ours
def site_for_cookies(client: Client) -> Origin:
    """Give the site for cookies of a page or a worker; one that states no document is the top-level page itself."""
    if client.global_object != "Window":
        return site_for_cookies_of_a_worker(client)
    document = client.document
    if document is None:
        document = Document(client.api_base_url, client.origin, sandboxed_origin=client.origin.opaque)
    return site_for_cookies_of_a_document(document)


@rule(RFC6265BIS + "section-5.2")
def same_site_request(request: Request) -> bool:
    """Tell whether a request is "same-site": it goes to the site of the page that makes it; else it is "cross-site".

    A page that its user reloads is of the kind that brought it.
    """
    if request.user_reload_of is not None:  # 1
        return request.user_reload_of == "same-site"
    return request.client is None or same_site_of_two_origins(
        origin_of_a_url(current_url(request)), site_for_cookies(request.client)
    )  # 2


@ours
def is_a_safe_method(method: str) -> bool:
    """Tell whether a method is safe: it asks for nothing to be changed."""
    return method in SAFE_METHODS


@ours
def is_a_top_level_navigation(request: Request) -> bool:
    """Tell whether a request is for the page of a window or tab; that of a frame has the frame's own destination."""
    return request.destination == "document"


@rule(FETCH + "determine-the-same-site-mode")
def determine_the_same_site_mode(request: Request) -> SameSiteMode:
    """Tell which cookies a request may take along, by where it comes from.

    Read as browsers do it. Step 1 asserts GET or POST, which a PUT would break: here every safe method counts as GET
    does, and any other as POST. Steps 2 and 3 stand the wrong way round: to the letter no link from another site would
    bring cookies with SameSite=Lax, and no link at all those with Strict. So step 2 only finds out whether another site
    started the navigation, to the address that is asked now; and step 3 lets Lax cookies go along with a safe one that
    another site started or redirected.
    """
    safe = is_a_safe_method(request.method)  # 1
    initiator = request.top_level_navigation_initiator_origin
    url_origin = origin_of_a_url(current_url(request))
    from_another_site = initiator is not None and not same_site_of_two_origins(initiator, url_origin)  # 2
    redirected = redirect_taint(request) == "cross-site"
    if safe and is_a_top_level_navigation(request) and (from_another_site or redirected):  # 3
        return "lax-or-less"
    if from_another_site:
        return "unset-or-less"
    if request.client is not None and request.client.has_cross_site_ancestor:  # 4
        return "unset-or-less"
    if redirected:  # 5
        return "unset-or-less"
    return "strict-or-less"  # 6


@rule(RFC6265BIS + "section-5.6.7.2")
def lax_allowing_unsafe(request: Request, cookie: Cookie, now: int) -> bool:
    """Tell whether a top-level navigation from another site takes a cookie along that is Lax, or by default so.

    A cookie without SameSite goes along with a POST too while it is at most two minutes old: so Chromium does, where
    other browsers send it anyway. `now` is in milliseconds.
    """
    return (
        is_a_safe_method(request.method)  # 1
        or (cookie.same_site == "unset" and now - cookie.creation_time <= TWO_MINUTES)  # 2
    )
