"""The rows of the open tables, read from the rooms that own them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Any

from govmedia.accounts.models import Account, FormerName
from govmedia.accounts.tables import LABELS, account_object
from govmedia.assessments import queries as assessments
from govmedia.audit.models import Entry
from govmedia.bulletins import queries as bulletins
from govmedia.common.clock import SHANGHAI, day_of
from govmedia.impostors.queries import published as published_impostors
from govmedia.opendata.tables import CHANGED, DIRECTORY, IMPOSTORS, Row, Table, bulletin_tables, ranking_table

# How far back changes are told of one by one; whoever comes later takes the whole directory.
CHANGES_DAYS = 400
_BATCH = 2000


def tables(today: date) -> Iterator[tuple[Table, Iterator[Row]]]:
    """Every table with its rows; what was withdrawn is not among them."""
    yield DIRECTORY, directory()
    yield CHANGED, changes(today)
    yield IMPOSTORS, impostors()
    for row in bulletins.public_bulletins():
        if row.state == "published":
            yield from _bulletin(row)
    for row in assessments.public_assessments():
        if row.state == "published":
            table = ranking_table(str(row.pk), row.name)
            names = [one.name for one in table.fields]
            yield table, ({name: body[name] for name in names} for body in row.published["bodies"])


def directory() -> Iterator[Row]:
    rows = Account.objects.select_related("organisation", "successor").order_by("code")
    return (account_object(row) for row in rows.iterator(chunk_size=_BATCH))


def changes(today: date) -> Iterator[Row]:
    """One row for each change of the last days, newest first, with the account as it is now."""
    events = sorted(_events(today - timedelta(days=CHANGES_DAYS)), key=itemgetter("code"))
    events.sort(key=itemgetter("on"), reverse=True)
    for start in range(0, len(events), _BATCH):
        batch = events[start : start + _BATCH]
        held = Account.objects.filter(code__in={event["code"] for event in batch})
        now = {row.code: account_object(row) for row in held.select_related("organisation", "successor")}
        yield from ({**event, **now[event["code"]]} for event in batch if event["code"] in now)


def impostors() -> Iterator[Row]:
    """What was decided of impostors, newest first; why a withdrawn one was suspected is not repeated."""
    for row in published_impostors():
        gone = row.state == "withdrawn"
        yield _filled({
            "number": row.pk,
            "name": row.name,
            "platform": row.platform,
            "platform_id": row.platform_id,
            "link": row.link,
            "imitates": row.imitates.code if row.imitates else "",
            "said": "" if gone else row.said,
            "on": day_of(row.approved_at).isoformat(),
            "withdrawn_on": day_of(row.ended_at).isoformat() if gone else "",
            "withdrawn_why": row.end_reason if gone else "",
        })  # fmt: skip


def _events(first: date) -> Iterator[dict[str, Any]]:
    """What happened to accounts since a day: by the registry's own dates, other changes by the log."""
    for change, column in (("opened", "filed_on"), ("closed", "closed_on")):
        for code, on in Account.objects.filter(**{f"{column}__gte": first}).values_list("code", column):
            yield {"on": on.isoformat(), "change": change, "code": code}
    renamed = FormerName.objects.filter(until_on__gte=first).values_list("account__code", "until_on", "name")
    for code, on, name in renamed:
        yield {"on": on.isoformat(), "change": "renamed", "former_name": name, "code": code}
    since = datetime.combine(first, time.min, SHANGHAI)
    entries = Entry.objects.filter(verb="account.change", at__gte=since).order_by("seq")
    for subject, at, after in entries.values_list("subject", "at", "after").iterator(chunk_size=_BATCH):
        fields = sorted(LABELS.keys() & after.keys() - {"name", "code"})
        if fields:
            yield _changed(subject.partition(":")[2], at, fields)
    yield from _of_organisations(since)


def _of_organisations(since: datetime) -> Iterator[dict[str, Any]]:
    """An organisation that is renamed changes all its accounts."""
    entries = Entry.objects.filter(verb="organisation.change", at__gte=since).order_by("seq")
    for subject, at, after in entries.values_list("subject", "at", "after"):
        fields = sorted({"organisation" if key == "name" else key for key in after.keys() & {"name", "field"}})
        if fields:
            held = Account.objects.filter(organisation__code=subject.partition(":")[2])
            for code in held.values_list("code", flat=True):
                yield _changed(code, at, fields)


def _changed(code: str, at: datetime, fields: list[str]) -> dict[str, Any]:
    return {"on": day_of(at).isoformat(), "change": "changed", "changed_fields": fields, "code": code}


def _bulletin(row: Any) -> Iterator[tuple[Table, Iterator[Row]]]:
    whole = bulletins.whole_of(row)
    made = bulletin_tables(str(row.pk), row.title)
    for name, named in (
        ("sampled", whole.sampled_accounts),
        ("failing", whole.failing),
        ("deductions", whole.deductions),
    ):
        columns = [one.name for one in made[name].fields]
        yield made[name], (_filled({column: getattr(one, column) for column in columns}) for one in named or ())
    yield made["rates"], (_filled(one) for one in _rates(whole))


def _rates(whole: Any) -> Iterator[dict[str, Any]]:
    failing = None if whole.passed is None or whole.sampled is None else (
        whole.sampled - (whole.unjudged or 0) - whole.passed
    )  # fmt: skip
    yield {
        "group": "全部", "sampled": whole.sampled, "unjudged": whole.unjudged, "passed": whole.passed,
        "failing": failing, "rate": whole.pass_rate,
    }  # fmt: skip
    for group, counts in whole.stated_counts.items():
        yield {"group": group, **counts, "rate": whole.rates_by_group.get(group, "")}


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """Without what is unknown, as everywhere in our JSON."""
    return {key: value for key, value in row.items() if value not in (None, "")}
