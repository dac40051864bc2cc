"""Writes to divisions, organisations, users and their tokens."""

from govmedia.orgs.services.people import (
    accept_invitation,
    change_organisation,
    change_password,
    change_user,
    clean_line,
    create_organisation,
    create_user,
    division_of,
    invite,
    load_divisions,
)

__all__ = [
    "accept_invitation",
    "change_organisation",
    "change_password",
    "change_user",
    "clean_line",
    "create_organisation",
    "create_user",
    "division_of",
    "invite",
    "load_divisions",
]
