"""Writes about impostors: reports of the public in `reporting`, names it asks about in `asking`, decisions of the
desk in `deciding`."""

from govmedia.impostors.services.asking import note_asked, prune_asked, reopen_asked, settle_asked
from govmedia.impostors.services.deciding import approve, dismiss, propose, register, reopen, withdraw
from govmedia.impostors.services.reporting import Told, as_kept, client_of, report

__all__ = [
    "Told",
    "approve",
    "as_kept",
    "client_of",
    "dismiss",
    "note_asked",
    "propose",
    "prune_asked",
    "register",
    "reopen",
    "reopen_asked",
    "report",
    "settle_asked",
    "withdraw",
]
