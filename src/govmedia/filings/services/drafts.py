"""Filings before they are submitted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from govmedia.accounts.models import LIVE as LIVE_ACCOUNTS
from govmedia.accounts.models import Account
from govmedia.audit.services import Deed, record
from govmedia.common.refusals import Overtaken, Refused, WrongState
from govmedia.filings import content, reading
from govmedia.filings.models import Filing
from govmedia.filings.states import LIVE
from govmedia.orgs.models import Organisation, User
from govmedia.orgs.rights import require
from govmedia.posts.models import Interface

_LOGGED_CHARS = 200


@transaction.atomic
def start(
    *, kind: str, organisation: Organisation, by: User, now: datetime, account: Account | None = None
) -> Filing:
    """Begin a draft. For a change or a closing what the registry says is filled in; one at a time for an account."""
    require(by, "filing.submit", organisation=organisation.pk)
    form: dict[str, Any]
    if kind == content.OPEN:
        form = {"contact_name": by.name, "contact_phone": by.phone}
    else:
        account = _free_account(account, organisation)
        filed = _as_filed(account)
        form = {**filed, "before": filed, "platform": account.platform} if kind == content.CHANGE else {}
    filing = Filing.objects.create(
        kind=kind,
        organisation=organisation,
        account=account,
        name=account.name if account else "",
        platform=account.platform if account else "",
        form=form,
        created_by=by,
        created_at=now,
        updated_at=now,
    )
    filing.editors.add(by)
    record(deed("filing.start", filing, after={"kind": filing.kind}), by=by, now=now)
    return filing


@transaction.atomic
def save_draft(*, filing_id: int, values: Mapping[str, Any], by: User, now: datetime, version: str = "") -> Filing:
    """Keep what was typed so far, right or wrong; nothing is checked before submitting.

    `values` by the keys of content.ITEMS; unknown ones are ignored, missing ones stay as they are. `version` is
    `version_of` the filing they were typed over; where another page has changed it since, Overtaken.
    """
    filing = _editable(filing_id, by)
    clean = content.clean_draft(filing.kind, values)
    before = {key: filing.form.get(key, "") for key in clean if filing.form.get(key, "") != clean[key]}
    if before:
        if version and version != version_of(filing):
            raise Overtaken
        _write(filing, clean, by, now)
        after = {key: clean[key] for key in before}
        record(deed("filing.edit", filing, before=_short(before), after=_short(after)), by=by, now=now)
    return filing


def read_feed(*, filing_id: int, url: str, by: User, now: datetime) -> Filing:
    """Look at the feed and fill in what it says; `filing.fetched` tells what was read or, in Chinese, why not.

    Values that somebody typed are left alone. The look is made outside the transaction: it may take 15 seconds,
    and nobody else's writing should wait for it.
    """
    with transaction.atomic():
        _editable(filing_id, by)
    address = content.clean_draft(content.OPEN, {"feed_url": url})["feed_url"]
    problem = "" if len(address) <= 2000 else "网址过长。"
    if not address:
        raise Refused("请先填写数据接口的地址。", "feed_url")
    if problem or (problem := content.address_problem(address)):
        row = {"url": address[:2000], "at": now.isoformat(), "ok": False, "outcome": "refused_address"}
        return _keep_look(filing_id, address, {**row, "cause": problem}, by, now)
    return _keep_look(filing_id, address, reading.kept(address, reading.look(address, now=now), now=now), by, now)


@transaction.atomic
def _keep_look(filing_id: int, address: str, look: dict[str, Any], by: User, now: datetime) -> Filing:
    filing = _editable(filing_id, by)
    earlier = filing.fetched.get("filled", {})
    filing.fetched = look
    filled = {"feed_url": address}
    if filing.kind == content.OPEN:
        for key, value in look.get("filled", {}).items():
            present = filing.form.get(key, "")
            if value and present in {"", earlier.get(key, "")}:
                filled[key] = value
    _write(filing, filled, by, now)
    after = {key: look.get(key) for key in ("url", "outcome", "cause", "title", "body_sm3", "address")}
    record(deed("filing.read", filing, after=after), by=by, now=now)
    return filing


def version_of(filing: Filing) -> str:
    """A mark that changes with every write to the filing."""
    return filing.updated_at.isoformat()


def deed(verb: str, filing: Filing, **states: Any) -> Deed:
    """An entry for the log about a filing."""
    division = filing.organisation.division_id
    return Deed(verb, f"filing:{filing.pk}", str(filing), division=division, **states)


def _write(filing: Filing, values: Mapping[str, str], by: User, now: datetime) -> None:
    filing.form = {**filing.form, **values}
    filing.name = filing.form.get("name", filing.name)[:80]
    if filing.kind == content.OPEN:
        filing.platform = filing.form.get("platform", "")[:20]
    filing.happened_on = content.happened_on(filing.kind, filing.form)
    filing.updated_at = now
    filing.save()
    filing.editors.add(by)


def _editable(filing_id: int, by: User) -> Filing:
    filing = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("organisation__division", "account")
        .get(pk=filing_id)
    )
    require(by, "filing.submit", organisation=filing.organisation_id)
    if filing.state not in {"draft", "returned"}:
        raise WrongState("这件备案已经提交，不能再改。需要修改请先撤回。")
    return filing


def _free_account(account: Account | None, organisation: Organisation) -> Account:
    """The account, locked, if it may be changed or closed now."""
    if account is None or account.organisation_id != organisation.pk:
        raise Refused("只能为本单位的账号办理变更或关停。")
    row = Account.objects.select_for_update().get(pk=account.pk)
    if row.status not in LIVE_ACCOUNTS:
        raise WrongState(f"「{row.name}」已注销，不能再变更或关停。")
    busy = Filing.objects.filter(account=row, state__in=LIVE).exclude(kind=content.OPEN).first()
    if busy is not None:
        raise WrongState(f"「{row.name}」有一件{busy.get_kind_display()}备案还没办完，请先办完或撤回那一件。")
    return row


def _as_filed(account: Account) -> dict[str, str]:
    """The account as the form of a change shows it."""
    handle = Interface.objects.filter(account=account).values_list("handle", flat=True).first()
    return {
        "name": account.name,
        "url": account.url,
        "feed_url": handle or "",
        "description": account.description,
        "contact_name": account.contact_name,
        "contact_phone": account.contact_phone,
        "functions": content.functions_text(account.functions),
    }


def _short(values: Mapping[str, str]) -> dict[str, str]:
    """Values as the log keeps them: long ones cut, a telephone number left out."""
    return {
        key: "…" if key == "contact_phone" else value[:_LOGGED_CHARS] for key, value in values.items()
    }  # fmt: skip
