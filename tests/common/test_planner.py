"""The database is let know of its tables where nobody else tells it."""

import os
import sqlite3
import subprocess
import sys

import pytest

from factories import make_account
from govmedia.common.planner import analyse_sqlite


def known(path):
    """Indexes the database at the path knows something of."""
    with sqlite3.connect(path) as database:
        return {name for (name,) in database.execute("SELECT idx FROM sqlite_stat1") if name}


def test_a_start_that_changed_tables_lets_the_database_look_at_them(tmp_path):
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("GOVMEDIA_", "DJANGO_"))}
    environment = inherited | {"GOVMEDIA_HOME": f"{tmp_path}"}
    command = [sys.executable, "-m", "govmedia.config.prepare"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    path = tmp_path / "govmedia.sqlite3"
    assert any(name.startswith("orgs_division") for name in known(path))
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM sqlite_stat1")
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert known(path) == set(), "nothing was changed: no time is spent at each start"


@pytest.mark.django_db
def test_sqlite_looks_at_its_tables_every_night(gulou_health, django_assert_num_queries):
    from django.db import connection

    make_account(gulou_health)
    if connection.vendor != "sqlite":
        with django_assert_num_queries(0):
            analyse_sqlite()
        return
    analyse_sqlite()
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx FROM sqlite_stat1 WHERE idx = 'accounts_name_order'")
        assert cursor.fetchone() == ("accounts_name_order",)
