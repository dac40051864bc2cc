"""The command as people and scripts call it, in this process so that it sees the test's database."""

import io
import json
import sys
from typing import NamedTuple

import pytest

from govmedia.cli import main


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
