"""What the worker keeps for the public pages."""

from govmedia.public.coverage import keep_freshness
from govmedia.public.tallies import keep_counts

__all__ = ["keep_counts", "keep_freshness"]
