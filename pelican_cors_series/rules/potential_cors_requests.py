"""What an element asks for by its crossorigin attribute: its state, and the request that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .fetch_records import Request
from .leaves import ascii_lowercase
from .rule import rule

if TYPE_CHECKING:
    from .fetch_records import CredentialsMode, Mode
    from .records import Url

HTML_FETCHING = "https://html.spec.whatwg.org/multipage/urls-and-fetching.html#"


@rule(HTML_FETCHING + "create-a-potential-cors-request")
def create_a_potential_cors_request(
    url: Url,
    destination: str,
    cors_attribute_state: Literal["No CORS", "Anonymous", "Use Credentials"],
    same_origin_fallback: bool,
) -> Request:
    """Make the request of an element."""
    mode: Mode = "no-cors" if cors_attribute_state == "No CORS" else "cors"  # 1
    if same_origin_fallback and mode == "no-cors":  # 2
        mode = "same-origin"
    credentials_mode: CredentialsMode = "include"  # 3
    if cors_attribute_state == "Anonymous":  # 4
        credentials_mode = "same-origin"
    return Request(
        url_list=[url],
        header_list=[],
        destination=destination,
        mode=mode,
        credentials_mode=credentials_mode,
        use_url_credentials=True,
    )  # 5


@rule(HTML_FETCHING + "cors-settings-attributes")
def cors_settings_attribute_states(value: str | None) -> Literal["No CORS", "Anonymous", "Use Credentials"]:
    """Give the state of a crossorigin attribute; None is an element without one."""
    if value is None:  # 1
        return "No CORS"
    if ascii_lowercase(value) == "anonymous":  # 2
        return "Anonymous"
    if ascii_lowercase(value) == "use-credentials":  # 3
        return "Use Credentials"
    return "Anonymous"  # 4


@rule(HTML_FETCHING + "cors-settings-attribute-credentials-mode")
def cors_settings_attribute_credentials_mode(
    state: Literal["No CORS", "Anonymous", "Use Credentials"],
) -> CredentialsMode:
    """Give the credentials mode of a state of the crossorigin attribute."""
    return "include" if state == "Use Credentials" else "same-origin"  # 5
