"""What the database knows of its own tables, by which it plans queries."""

from django.db import connection


def analyse() -> None:
    """Let the database look at what it holds now. Of an index it knows nothing about it makes no good use: pages of
    a country took ten times as long. Takes a second for two gigabytes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def analyse_sqlite() -> None:
    """`analyse` where nobody else sees to it; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        analyse()
