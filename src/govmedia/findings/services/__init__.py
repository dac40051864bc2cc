"""Writing findings: what the machine sees (`judged`), what people decide, and telling them once."""

from govmedia.findings.rounds import Judged
from govmedia.findings.services.appealing import appeal, decide, withdraw
from govmedia.findings.services.claiming import claim, claim_many, unclaim
from govmedia.findings.services.deciding import Done, confirm_many, move, postpone, postpone_many
from govmedia.findings.services.editions import keep_edition, put_in_force
from govmedia.findings.services.freezing import freeze
from govmedia.findings.services.judged import (
    Inspected,
    apply_hits,
    apply_hits_many,
    apply_inspection,
    end_for_closed,
)
from govmedia.findings.services.noticing import Report, raise_notices
from govmedia.findings.services.pressing import press, remind

__all__ = [
    "Done",
    "Inspected",
    "Judged",
    "Report",
    "appeal",
    "apply_hits",
    "apply_hits_many",
    "apply_inspection",
    "claim",
    "claim_many",
    "confirm_many",
    "decide",
    "end_for_closed",
    "freeze",
    "keep_edition",
    "move",
    "postpone",
    "postpone_many",
    "press",
    "put_in_force",
    "raise_notices",
    "remind",
    "unclaim",
    "withdraw",
]
