"""Writes to filings: drafts, what the machine reads for them, and their way through review."""

from govmedia.filings.services.drafts import read_feed, save_draft, start, version_of
from govmedia.filings.services.review import FormRefused, form_errors, move, submit

__all__ = ["FormRefused", "form_errors", "move", "read_feed", "save_draft", "start", "submit", "version_of"]
