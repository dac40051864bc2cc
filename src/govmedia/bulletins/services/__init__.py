"""Writing bulletins: drafts and their words, the way to publication, letters to units that failed."""

from govmedia.bulletins.services.deciding import move
from govmedia.bulletins.services.drafting import FIELDS, refresh, save, start
from govmedia.bulletins.services.sending import Sent, send_letters

__all__ = ["FIELDS", "Sent", "move", "refresh", "save", "send_letters", "start"]
