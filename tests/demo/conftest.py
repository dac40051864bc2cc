"""A demonstration of twenty accounts, made once for each file of tests, with its emulator on loopback."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from socket import socket

import pytest
from django.db import transaction
from django.test import override_settings

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
    said: tuple[str, ...]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The build is a file's own and not a test's, so that nothing else says that these tests need the database."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db)


def add_divisions() -> None:
    """Those of Jiangsu; the whole country takes longer than the rest."""
    rows = [row for row in divisions.rows(("32",)) if row.code.startswith("32")]
    Division.objects.bulk_create(
        Division(code=row.code, name=row.name, full_name=row.full_name, level=row.level, parent_id=row.parent or None)
        for row in rows
    )


def make(home: Path, **values: object) -> Demo:
    """Build one; the port is a free one."""
    said: list[str] = []
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    values = {"accounts": 20, "seed": 7, "now": NOW, **values}
    with override_settings(HOME=home):
        report = build(home=home, progress=said.append, emulator_port=port, **values)
    return Demo(home, report, port, tuple(said))


@pytest.fixture
def make_demo(db, tmp_path) -> Callable[..., Demo]:
    """For tests about building: nothing is there yet."""
    add_divisions()
    return lambda **values: make(tmp_path, **values)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Demo]:
    """One build for all tests of a file, undone at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        add_divisions()
        yield make(tmp_path_factory.mktemp("demo"))
        transaction.set_rollback(True)


@pytest.fixture
def demo(built, tmp_path, settings) -> Iterator[Demo]:
    """The build as it was, whatever the test does to it."""
    shutil.copytree(built.home, tmp_path, dirs_exist_ok=True)
    settings.HOME = tmp_path
    with transaction.atomic():
        yield replace(built, home=tmp_path)
        transaction.set_rollback(True)


@pytest.fixture
def emulator(demo, settings) -> Iterator[str]:
    """The demonstration's emulator; it lives at the tests' present."""
    settings.FETCH_ALLOW = [f"127.0.0.1:{demo.port}"]
    with feeds_in_thread(demo.home / EMULATOR_FILE, lambda: NOW, demo.port) as address:
        yield address
