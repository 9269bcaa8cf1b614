"""A certificate authority that lives as long as the lab, and the certificates of the hosts that it stands for."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class MissingLibraryError(RuntimeError):
    """The lab lacks a library that the package itself does without; the message says how to install it."""


class Certificates:
    """An authority whose key never leaves this process. Raises MissingLibraryError where trustme is not installed."""

    def __init__(self) -> None:
        try:
            import trustme  # noqa: PLC0415 - the lab alone needs it
        except ImportError:
            message = "the lab needs the package trustme for its certificates: pip install 'pelican-cors-series[lab]'"
            raise MissingLibraryError(message) from None
        self._authority = trustme.CA(organization_name="pelican-cors-series lab")
        self._contexts: dict[str, ssl.SSLContext] = {}

    def context(self, host: str) -> ssl.SSLContext:
        """Give what a server needs to speak TLS as that host, a domain or an IP address without brackets.

        Raises ValueError for a host that no certificate can name.
        """
        if host not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.set_alpn_protocols(["http/1.1"])
            self._authority.issue_cert(host).configure_cert(context)
            self._contexts[host] = context
        return self._contexts[host]

    def write_authority(self, path: Path) -> None:
        """Write the authority's own certificate, in PEM, for a browser that has to be told of it."""
        self._authority.cert_pem.write_to_path(str(path))
