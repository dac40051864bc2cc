"""Writing what was found in posts and what people say of it."""

from govmedia.inspections.services.deciding import (
    allow,
    decide,
    end_allowance,
    propose_allowance,
    restore_check,
    undo,
)
from govmedia.inspections.services.inspecting import begin_at, inspect_due, inspect_posts, prune
from govmedia.inspections.services.originality import compare_due, compare_from, drop_old
from govmedia.inspections.services.rescanning import rescan_due
from govmedia.inspections.services.telling import tell_operators
from govmedia.inspections.services.visiting import prune_targets, visit_due

__all__ = [
    "allow",
    "begin_at",
    "compare_due",
    "compare_from",
    "decide",
    "drop_old",
    "end_allowance",
    "inspect_due",
    "inspect_posts",
    "propose_allowance",
    "prune",
    "prune_targets",
    "rescan_due",
    "restore_check",
    "tell_operators",
    "undo",
    "visit_due",
]
