"""The worked examples of the reference, run as a user would run them."""

import functools
import os
import shlex
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "docs" / "reference" / "examples"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def serve():
    """A function that serves a folder on loopback and returns its address."""
    running = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
        running.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"127.0.0.1:{server.server_address[1]}"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("folder", sorted(path.parent for path in EXAMPLES.glob("*/command")), ids=lambda p: p.name)
def test_example_answers_as_documented(folder, serve, tmp_path):
    place = serve(folder / "served") if (folder / "served").exists() else ""
    command = shlex.split((folder / "command").read_text(encoding="utf-8").replace("{served}", f"http://{place}"))
    given = folder / "input"
    done = subprocess.run(
        [sys.executable, "-m", "govmedia.cli", *command[1:]],
        input=given.read_bytes() if given.exists() else b"",
        capture_output=True,
        env={**os.environ, "GOVMEDIA_HOME": str(tmp_path), "GOVMEDIA_FETCH_ALLOW": place},
        cwd=tmp_path,
        timeout=60,
    )
    assert done.returncode == int((folder / "status").read_text())
    assert done.stdout.decode() == (folder / "output").read_text(encoding="utf-8")
    errors = folder / "errors"
    if errors.exists():
        assert done.stderr.decode().replace(place or "\0", "{served}") == errors.read_text(encoding="utf-8")
