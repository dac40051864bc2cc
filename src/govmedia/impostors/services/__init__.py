"""Writes about impostors: reports of the public in `reporting`, decisions of the desk in `deciding`."""

from govmedia.impostors.services.deciding import approve, dismiss, propose, register, reopen, withdraw
from govmedia.impostors.services.reporting import Told, client_of, report

__all__ = ["Told", "approve", "client_of", "dismiss", "propose", "register", "reopen", "report", "withdraw"]
