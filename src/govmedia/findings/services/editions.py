"""The edition in force, and copies of all that anything was ever judged by."""

from datetime import datetime

from django.db import transaction

from govmedia.audit.services import Deed, record
from govmedia.common import installation
from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused
from govmedia.engine.edition import Edition, EditionError
from govmedia.findings import queries
from govmedia.findings.models import EditionCopy
from govmedia.orgs.models import User
from govmedia.orgs.rights import require


@transaction.atomic
def put_in_force(*, name: str, by: User | None, now: datetime) -> Edition:
    """Have the machine judge by this edition from the next look on. Errors: NoRight, Refused, EditionError."""
    if by is not None:
        require(by, "system.see", division=str(by.division_id or ""))
    found = queries.edition(name)
    if found.valid_from > day_of(now):
        raise Refused(f"《{found.title}》自 {found.valid_from} 起施行，还不能启用。")
    before = installation.read(queries.EDITION_SETTING, queries.EDITION_DEFAULT)
    if before != name:
        installation.write(queries.EDITION_SETTING, name)
        deed = Deed(
            "edition.use", f"edition:{name}", found.title, {"name": before}, {"name": name, "hash": found.hash}
        )
        record(deed, by=by, now=now)
    keep_edition(edition=found, now=now)
    return found


@transaction.atomic
def keep_edition(*, edition: Edition, now: datetime) -> None:
    """Keep a copy of an edition the first time something is judged by it, so that it can be shown for ever."""
    if EditionCopy.objects.filter(pk=edition.hash).exists():
        return
    try:
        table = queries.edition_table(edition.name)
    except (EditionError, KeyError):
        return
    # The file may have changed since the edition was read; a copy that does not prove itself is worth nothing.
    if queries.table_hash(table) != edition.hash:
        return
    _, created = EditionCopy.objects.get_or_create(
        pk=edition.hash, defaults={"name": edition.name, "table": table, "kept_at": now}
    )
    if created:
        after = {"hash": edition.hash}
        record(Deed("edition.keep", f"edition:{edition.name}", edition.title, after=after), by=None, now=now)
