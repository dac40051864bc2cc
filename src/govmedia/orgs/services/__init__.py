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
from govmedia.orgs.services.tokens import BadToken, TokenMissing, bearer_of, make_token, revoke_token

__all__ = [
    "BadToken",
    "TokenMissing",
    "accept_invitation",
    "bearer_of",
    "change_organisation",
    "change_password",
    "change_user",
    "clean_line",
    "create_organisation",
    "create_user",
    "division_of",
    "invite",
    "load_divisions",
    "make_token",
    "revoke_token",
]
