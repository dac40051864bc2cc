"""The command as people and scripts call it, in this process so that it sees the test's database."""

import io
import json
import os
import subprocess
import sys
from typing import NamedTuple

import pytest

from govmedia.cli import main

# Where Python finds this copy; all else of a variable could only hide what a stranger's machine lacks.
KEPT = ("PATH", "PYTHONPATH", "SYSTEMROOT")


class Said(NamedTuple):
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def home(tmp_path, monkeypatch, settings):
    """An empty data folder."""
    monkeypatch.setenv("GOVMEDIA_HOME", str(tmp_path))
    settings.EDITION_FOLDERS = [tmp_path / "editions"]
    settings.HOLIDAY_FOLDERS = [tmp_path / "holidays"]
    return tmp_path


@pytest.fixture
def run(capsysbinary, monkeypatch, home):
    """Run `govmedia WORD…` with a text on stdin."""

    def call(*words: str, given: str | bytes = b"") -> Said:
        data = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        try:
            status = main(list(words))
        except SystemExit as why:
            status = int(why.code or 0)
        out, err = capsysbinary.readouterr()
        return Said(status, out.decode(), err.decode())

    return call


@pytest.fixture
def stranger(tmp_path):
    """Runs the command where nothing was ever set up; returns exit status and output, messages last."""
    place = tmp_path / "stranger"
    place.mkdir()

    def call(*words: object) -> tuple[int, str]:
        environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(place)}
        command = [sys.executable, "-m", "govmedia.cli", *map(str, words)]
        done = subprocess.run(command, env=environment, cwd=place, capture_output=True, check=False)
        return done.returncode, (done.stdout + done.stderr).decode()

    return call
