"""Writing what was found in posts and what people say of it."""

from govmedia.inspections.services.deciding import (
    allow,
    decide,
    end_allowance,
    overrule,
    propose_allowance,
    restore_check,
    undo,
)
from govmedia.inspections.services.inspecting import begin_at, inspect_due, inspect_posts, prune
from govmedia.inspections.services.originality import compare_due, compare_from, drop_old
from govmedia.inspections.services.renewing import renew_due
from govmedia.inspections.services.rescanning import rescan_due
from govmedia.inspections.services.specimens import end_specimen, keep_specimen, propose_specimen, try_specimens
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
    "end_specimen",
    "inspect_due",
    "inspect_posts",
    "keep_specimen",
    "overrule",
    "propose_allowance",
    "propose_specimen",
    "prune",
    "prune_targets",
    "renew_due",
    "rescan_due",
    "restore_check",
    "tell_operators",
    "try_specimens",
    "undo",
    "visit_due",
]
