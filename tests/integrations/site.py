"""A small web site of our samples, served on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseRequestHandler

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
MEDIA_TYPES = {".txt": "text/plain", ".xml": "application/rss+xml", ".csv": "text/csv"}
"""HTTP's header by suffix, of what is no HTML."""


def sample(name: str) -> str:
    """Return a page of the samples."""
    return (SAMPLES / name).read_text(encoding="utf-8")


def three_pages() -> dict[str, str]:
    """Return two articles and a page without one."""
    articles = ("date-palms-arabic.html", "pumps-company-news.html")
    nothing = "<!doctype html><title>Not found</title><p>Not found."
    return {name: sample(name) for name in articles} | {"nothing.html": nothing}


def serving(pages: Mapping[str, str]) -> AbstractContextManager[str]:
    """Serve pages by their paths, and a front page that links to them all; yields its address."""
    links = "".join(f'<li><a href="/{path}">{path}</a>' for path in pages)
    site = {f"/{path}": page for path, page in pages.items()} | {"/": f"<!doctype html><ul>{links}</ul>"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = site.get(self.path)
            self.send_response(200 if page is not None else 404)
            self.send_header(
                "Content-Type", MEDIA_TYPES.get(Path(self.path).suffix, "text/html; charset=utf-8")
            )
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, format: str, *arguments: object) -> None:
            """Keep the tests' output clean."""

    return _serving_with(Handler)


def serving_folder(folder: Path) -> AbstractContextManager[str]:
    """Serve a folder and all that is in it, as ``python -m http.server`` does; yields its address."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Keep the tests' output clean."""

    return _serving_with(partial(Handler, directory=str(folder)))


@contextmanager
def _serving_with(handler: Callable[..., BaseRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
