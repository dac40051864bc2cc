"""Files of a finding; what may be handed in, and where bytes lie, is the same everywhere."""

from collections.abc import Sequence
from datetime import datetime

from govmedia.common.exhibits import Upload, check_uploads, kept
from govmedia.common.refusals import Refused
from govmedia.findings.models import Appeal, Claim, Exhibit, Finding
from govmedia.orgs.models import User

OF_FINDING_MOST = 12


def attach(
    *,
    finding: Finding,
    uploads: Sequence[Upload],
    by: User,
    now: datetime,
    claim: Claim | None = None,
    appeal: Appeal | None = None,
) -> list[Exhibit]:
    """Keep what was handed in with a finding, its report or its appeal. Errors: Refused."""
    check_uploads(uploads)
    if uploads and Exhibit.objects.filter(finding=finding, kind=Exhibit.Kind.UPLOAD).count() >= OF_FINDING_MOST:
        raise Refused(f"这个问题已有 {OF_FINDING_MOST} 个附件，不能再附。请在说明里写明。", "files")
    rows = [
        Exhibit(
            finding=finding,
            claim=claim,
            appeal=appeal,
            kind=Exhibit.Kind.UPLOAD,
            at=now,
            by=by,
            **kept(one),
        )
        for one in uploads
    ]
    return Exhibit.objects.bulk_create(rows)
