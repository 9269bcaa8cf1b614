"""Origins in messages: whether postMessage() delivers to a window, and the origin that Origin.from() finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .leaves import parse_url
from .origins import HTML, origin_of_a_url, same_origin
from .rule import rule

if TYPE_CHECKING:
    from .records import Origin

Delivery = Literal["delivered", "discarded", "SyntaxError"]


@rule("https://html.spec.whatwg.org/multipage/web-messaging.html#window-post-message-steps")
def window_post_message_steps_targetorigin(
    target_origin: str, incumbent_origin: Origin, document_origin: Origin
) -> Delivery:
    """Tell what becomes of a message: its window gets it, it is discarded silently, or postMessage() throws.

    `target_origin` is the option as script gives it, / where it is left out. `incumbent_origin` is that of the script
    which posts, `document_origin` that of the document in the window which shall get it.
    """
    wanted = target_origin  # 1
    origin: Origin | None = None
    if wanted == "/":  # 2
        origin = incumbent_origin
    elif wanted != "*":  # 3
        parsed_url = parse_url(wanted)  # 3.1
        if parsed_url is None:  # 3.2
            return "SyntaxError"
        origin = origin_of_a_url(parsed_url)  # 3.3
    if origin is not None and not same_origin(document_origin, origin):  # 4
        return "discarded"
    return "delivered"


@rule(HTML + "dom-origin-from")
def origin_from_value(text: str | None, extracted_origin: Origin | None) -> Origin | None:
    """Give the origin that Origin.from() makes of a value; None where it throws a TypeError.

    `text` is a value that is a string, None for any other. `extracted_origin` is what a platform object gives, such as
    a message event, a window or a link; None for one that has no origin, and for what is no platform object.
    """
    if extracted_origin is not None:  # 1
        return extracted_origin
    if text is not None:  # 2
        parsed_url = parse_url(text)  # 2.1
        if parsed_url is not None:  # 2.2
            return origin_of_a_url(parsed_url)
    return None  # 3
