"""What accepting a filing does to the registry and to polling, and what stands in its way."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from govmedia.accounts import queries as accounts
from govmedia.accounts import services as registry
from govmedia.accounts.models import LIVE, Account, Status
from govmedia.common.refusals import Refused
from govmedia.engine.platforms import platform_label
from govmedia.filings import content
from govmedia.filings.models import Filing
from govmedia.filings.oddities import needs_reason
from govmedia.filings.reading import INTERFACE
from govmedia.orgs.models import User
from govmedia.posts import services as posts
from govmedia.posts.models import Interface


def taken(filing: Filing) -> dict[str, str]:
    """Addresses of the form that belong to another live account, and a successor that is none: field → sentence."""
    found: dict[str, str] = {}
    form = filing.form
    others = Account.objects.filter(status__in=LIVE).exclude(pk=filing.account_id)
    if form.get("url"):
        owner = others.filter(url=form["url"]).order_by("pk").first()
        if owner is not None:
            found["url"] = f"这个链接已由「{owner.name}」（{owner.code}）备案，请核对。"
    if form.get("feed_url"):
        holder = (
            Interface.objects.filter(handle=form["feed_url"], account__status__in=LIVE)
            .exclude(account=filing.account_id)
            .select_related("account")
            .order_by("pk")
            .first()
        )
        if holder is not None:
            found["feed_url"] = f"这个接口已由「{holder.account.name}」（{holder.account.code}）备案，请核对。"
    if form.get("successor") and successor_of(filing) is None:
        found["successor"] = _which_successor(filing)
    return found


def _which_successor(filing: Filing) -> str:
    """What to write instead of a name that means no account, or several."""
    meant = accounts.open_by_code_or_name(filing.form["successor"])
    if meant is not None and meant.pk == filing.account_id:
        return "这就是要注销的账号本身，请填写另一个账号的编号或名称；没有承接账号的，留空。"
    near = accounts.successor_candidates(filing.form["successor"], filing.organisation.division_id)
    words = [
        f"「{row.name}」（{platform_label(row.platform)}，{row.code}）" for row in near if row.pk != filing.account_id
    ]
    hint = f"是不是：{'、'.join(words)}？请填写编号。" if words else "请填写账号编号，或名录中的完整名称。"
    return f"没有找到这个账号，或有几个同名的。{hint}"


def successor_of(filing: Filing) -> Account | None:
    """The live account a closing filing names, other than the one to be closed."""
    row = accounts.open_by_code_or_name(filing.form.get("successor", ""))
    return None if row is None or row.pk == filing.account_id else row


def carry_out(filing: Filing, *, by: User, now: datetime) -> None:
    """Write what was accepted into the registry, inside the transaction of the decision."""
    problems = [*taken(filing).values(), *_turned(filing)]
    if problems:
        raise Refused("提交之后情况有变：" + "".join(problems))
    _DEEDS[filing.kind](filing, by, now)


def _turned(filing: Filing) -> Iterator[str]:
    """What has come about since the filing was submitted, so that no reviewer has ever weighed it."""
    weighed = {warning["kind"] for warning in filing.warnings}
    if not filing.organisation.active and "inactive" not in weighed:
        yield f"主办单位「{filing.organisation.name}」已停用，请退回核实。"
    if needs_reason(filing, filing.platform) and not filing.form.get("second_reason"):
        yield f"该单位在{platform_label(filing.platform)}上已有账号，请退回补充理由。"


def announce(filing: Filing, *, by: User, now: datetime) -> None:
    """While a closing is under way the directory says so, as its notice is out; no more once it has failed."""
    account = _account(filing)
    account.refresh_from_db(fields=["status"])
    if filing.state == "submitted" and account.status == Status.OPEN:
        registry.announce_closing(account=account, by=by, now=now, why=filing.form.get("reason", ""))
        filing.form = {**filing.form, "announced": True}
    elif (
        filing.state in {"refused", "withdrawn"} and account.status == Status.CLOSING and filing.form.get("announced")
    ):
        registry.change_account(account=account, values={"status": Status.OPEN}, by=by, now=now, why=str(filing))
        filing.form = {**filing.form, "announced": False}
    else:
        return
    filing.save(update_fields=["form"])


def _open(filing: Filing, by: User, now: datetime) -> None:
    form = filing.form
    values = registry.AccountValues(
        organisation=filing.organisation,
        name=form["name"],
        platform=form["platform"],
        description=form.get("description", ""),
        url=form["url"],
        functions=content.functions(form.get("functions", "")),
        stands_for_government=form.get("stands_for_government") == "on",
        # A reason typed for another platform and left behind allows nothing: no reviewer was asked about it.
        second_allowed=needs_reason(filing, filing.platform),
        opened_on=content.happened_on(filing.kind, form),
        contact_name=form["contact_name"],
        contact_phone=form["contact_phone"],
    )
    filing.account = registry.open_account(filing_values=values, by=by, now=now)
    filing.save(update_fields=["account"])
    if form.get("feed_url"):
        pinned_id, title = _identity(filing)
        posts.add_interface(
            account=filing.account,
            kind=INTERFACE,
            handle=form["feed_url"],
            pinned_id=pinned_id,
            title=title,
            by=by,
            now=now,
        )


def _change(filing: Filing, by: User, now: datetime) -> None:
    changed = {item.key: new for item, _, new in content.differences(filing)}
    values: dict[str, object] = {key: value for key, value in changed.items() if key not in {"feed_url", "functions"}}
    if "functions" in changed:
        values["functions"] = content.functions(changed["functions"])
    account = _account(filing)
    if values:
        why = filing.form.get("reason", "")
        registry.change_account(account=account, values=values, by=by, now=now, why=why)
    if changed.get("feed_url"):
        _turn_interface(account, filing, by, now)


def _turn_interface(account: Account, filing: Filing, by: User, now: datetime) -> None:
    pinned_id, title = _identity(filing)
    posts.change_interface(
        account=account,
        kind=INTERFACE,
        handle=filing.form["feed_url"],
        pinned_id=pinned_id,
        title=title,
        by=by,
        now=now,
        why=filing.form.get("reason", ""),
    )


def _close(filing: Filing, by: User, now: datetime) -> None:
    account = _account(filing)
    closed_on = content.happened_on(filing.kind, filing.form)
    assert closed_on is not None
    successor = successor_of(filing)
    why = filing.form.get("reason", "")
    registry.close_account(account=account, closed_on=closed_on, successor=successor, by=by, now=now, why=why)
    posts.stop_interface(account=account, by=by, now=now, why=why)


_DEEDS = {content.OPEN: _open, content.CHANGE: _change, content.CLOSE: _close}


def _account(filing: Filing) -> Account:
    assert filing.account is not None
    return filing.account


def _identity(filing: Filing) -> tuple[str, str]:
    """The feed's own id and title as read for this very address; empty where the first look has to tell."""
    look: Mapping[str, str] = filing.fetched
    if not look.get("ok") or look.get("url") != filing.form.get("feed_url"):
        return "", ""
    return look.get("feed_id", ""), look.get("title", "")
