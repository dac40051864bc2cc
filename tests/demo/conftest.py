"""A demonstration of twenty accounts, with its emulator running on loopback."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from socket import socket

import pytest

from govmedia.demo.build import EMULATOR_FILE
from govmedia.demo.services import Report, build
from govmedia.emulators.feeds import feeds_in_thread
from govmedia.orgs import divisions
from govmedia.orgs.models import Division

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Demo:
    """What a test needs to know of the demonstration it stands in."""

    home: Path
    report: Report
    port: int
    said: list[str]


@pytest.fixture
def ground(db) -> None:
    """The divisions of Jiangsu; loading the whole country takes longer than the rest."""
    rows = [row for row in divisions.rows(("32",)) if row.code.startswith("32")]
    Division.objects.bulk_create(
        Division(code=row.code, name=row.name, full_name=row.full_name, level=row.level, parent_id=row.parent or None)
        for row in rows
    )


@pytest.fixture
def make_demo(ground, tmp_path, settings) -> Callable[..., Demo]:
    def make(**values: object) -> Demo:
        settings.HOME = tmp_path
        said: list[str] = []
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        values = {"accounts": 20, "seed": 7, **values}
        report = build(home=tmp_path, now=NOW, progress=said.append, emulator_port=port, **values)
        return Demo(tmp_path, report, port, said)

    return make


@pytest.fixture
def demo(make_demo) -> Demo:
    return make_demo()


@pytest.fixture
def emulator(demo, settings) -> Iterator[str]:
    """The demonstration's emulator; it lives at the tests' present."""
    settings.FETCH_ALLOW = [f"127.0.0.1:{demo.port}"]
    with feeds_in_thread(demo.home / EMULATOR_FILE, lambda: NOW, demo.port) as address:
        yield address
