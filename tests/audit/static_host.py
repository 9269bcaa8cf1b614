"""A static host on this machine: addresses without their endings, texts compressed, connections kept."""

from __future__ import annotations

import gzip
import threading
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pelican.server import ComplexHTTPRequestHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

TOOLS = Path(__file__).parent / "node_modules"
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest"}


class Host(ComplexHTTPRequestHandler):
    """Answers as a static host does."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> Any:  # noqa: ANN401 - as the library has it
        """Send the head of a compressed text, or of the file as it is."""
        found = self.get_path_that_exists(self.path.split("?", 1)[0])
        file = Path(self.base_path, unquote(found or "").lstrip("/"))
        file = file / "index.html" if file.is_dir() else file
        if not found or file.suffix not in COMPRESSED:
            return super().send_head()
        body = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve a folder and yield its address; it need not be there yet."""
    handler = type("Here", (Host,), {"base_path": str(folder)})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
