"""No network at run time, ever: the interpreter itself reports every attempt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

WATCHED = """
import sys

FORBIDDEN = ("socket.", "urllib.", "http.client.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "nntplib.")
FORBIDDEN += ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork")
attempts = []

def watch(event, arguments):
    # Asking for this machine's own name reaches nothing.
    if event.startswith(FORBIDDEN) and event != "socket.gethostname":
        attempts.append((event, arguments))
        raise PermissionError(f"{event} is forbidden in this test")

sys.addaudithook(watch)
"""

CLEANING = """
from pathlib import Path
from bs4 import BeautifulSoup
from filter import Cleaner, clean
from filter.render import to_json, to_markdown, to_text

pages = [path for path in Path("samples").iterdir() if path.suffix in (".html", ".txt")]
cleaner = Cleaner()
for path in pages:
    data = path.read_bytes()
    for page in (data, data.decode(errors="replace"), BeautifulSoup(data, "html.parser")):
        article = cleaner.clean(page, url="https://news.example/story")
        to_json(article), to_markdown(article), to_text(article), article.metadata, article.blocks
assert len(list(cleaner.clean_many(path.read_bytes() for path in pages))) == len(pages) > 5
clean('<link rel=stylesheet href="https://news.example/a.css"><img src="//news.example/b"><iframe src="http://x/">')
clean('<!DOCTYPE html SYSTEM "http://news.example/x.dtd" [<!ENTITY e SYSTEM "http://news.example/e">]><p>&e;')
clean('<?xml version="1.0"?><html xmlns:x="http://news.example/"><base href="http://news.example/"><p>x')
"""

COMMANDS = """
from filter.cli import program
import filter.cli, io, runpy

for arguments in (["clean", "--format", "json", "samples/harbour-ferry.html"], ["clean", "--explain",
                  "samples/library-pbn-tail.html"], ["model"], ["--help"]):
    sys.argv = ["newsfilter", *arguments]
    try:
        filter.cli.main()
    except SystemExit as end:
        assert not end.code, (arguments, end.code)
"""


def run_watched(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in which every use of the network, and every other program, is refused and noted."""
    return subprocess.run(
        [sys.executable, "-c", WATCHED + program + "\nassert not attempts, attempts\n"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_watch_would_notice() -> None:
    attempt = "import socket\ntry: socket.create_connection(('127.0.0.1', 9))\nexcept PermissionError: pass"
    result = run_watched(attempt)
    assert result.returncode != 0
    assert "socket." in result.stderr


def test_cleaning_uses_no_network() -> None:
    result = run_watched(CLEANING)
    assert result.returncode == 0, result.stderr


def test_commands_use_no_network() -> None:
    result = run_watched(COMMANDS)
    assert result.returncode == 0, result.stderr
