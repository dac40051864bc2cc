"""For tests that start processes of their own: a database that these can open."""

import sqlite3
from pathlib import Path

from django.db import connection


def database_for_others(folder: Path) -> str:
    """GOVMEDIA_DB_URL of the test's database as it is now.

    On SQLite that is a copy, since the test's own is in memory; on PostgreSQL it is the same, so the test must
    commit (`transactional_db`).
    """
    if connection.vendor == "sqlite":
        path = folder / "others.sqlite3"
        connection.ensure_connection()
        target = sqlite3.connect(path)
        connection.connection.backup(target)
        target.close()
        return f"sqlite:///{path}"
    values = connection.settings_dict
    if values["HOST"].startswith("/"):
        return f"postgresql://{values['USER']}@:{values['PORT']}/{values['NAME']}?host={values['HOST']}"
    return f"postgresql://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
