"""What pages show of a filing: plain values for templates."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from govmedia.engine.platforms import PLATFORMS, platform_label
from govmedia.filings import chain, content, queries
from govmedia.filings.models import Filing, Step
from govmedia.filings.states import FILING, WAITING

_STEP_WORDS = {move.name: move.label for move in FILING.moves}
_STEP_TONES = {"pass_on": "ok", "accept": "ok", "return": "warn", "refuse": "bad", "withdraw": "warn"}


def marks(filing: Filing) -> dict[str, str]:
    """Which values still are what the machine, or the log-in, filled in: field → what to say beside it."""
    filled = filing.fetched.get("filled", {})
    found = {key: "已自动填写" for key, value in filled.items() if value and filing.form.get(key) == value}
    if filing.kind == content.OPEN:
        own = {"contact_name": filing.created_by.name, "contact_phone": filing.created_by.phone}
        found |= {key: "按登录人填写" for key, value in own.items() if value and filing.form.get(key) == value}
    return found


def look(filing: Filing) -> dict[str, Any] | None:
    """What the machine read from the feed as it stands in the form; None before it has looked at that address."""
    row = filing.fetched
    if not row or row.get("url") != filing.form.get("feed_url"):
        return None
    return {
        **row,
        "at": datetime.fromisoformat(row["at"]),
        "latest_at": _moment(row.get("latest_at")),
        "posts": [{**post, "at": _moment(post.get("at"))} for post in row.get("posts", [])],
    }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def pairs(filing: Filing) -> list[dict[str, Any]]:
    """The form as label and value, with the old value where a change differs from the registry."""
    changed = {item.key: old for item, old, _ in content.differences(filing)} if filing.kind == content.CHANGE else {}
    rows = []
    for item in content.ITEMS[filing.kind]:
        value = filing.form.get(item.key, "")
        if not value and (not item.needed or item.key == "second_reason") and item.key not in changed:
            continue
        rows.append(
            {
                "label": item.label,
                "value": _word(item.shape, value),
                "changed": item.key in changed,
                "was": _word(item.shape, changed.get(item.key, "")),
            }
        )
    return rows


def unsaved(filing: Filing, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed and differs from what is kept, as label and text; what was emptied cannot be copied."""
    typed = content.clean_draft(filing.kind, values)
    return [
        (item.label, text if item.shape == "list" else _word(item.shape, text))
        for item in content.ITEMS[filing.kind]
        if (text := typed.get(item.key, "")) and text != filing.form.get(item.key, "")
    ]


def _word(shape: str, value: str) -> str:
    if shape == "platform":
        return platform_label(value) if value in PLATFORMS else value
    if shape == "tick":
        return "是" if value == "on" else "否"
    return "、".join(line["name"] for line in content.functions(value)) if shape == "list" else value


def warnings(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Kept warnings with a link to the account each is about; its public page, which everybody may see."""
    return [{**row, "url": _account_url(row["account"]), "url_label": "看这个账号"} for row in rows]


def _account_url(code: str) -> str:
    """The account's page in the directory; empty where this process serves the desk only."""
    try:
        return reverse("public:account", args=[code]) if code else ""
    except NoReverseMatch:
        return ""


def last_note(filing: Filing) -> Step | None:
    """The step at which the filing was last decided, with its reason."""
    return queries.steps_of(filing).filter(decided_at__isnull=False).order_by("-decided_at").first()


def timeline(filing: Filing) -> list[dict[str, Any]]:
    """Where the filing has been, who has it, and what comes next."""
    items: list[dict[str, Any]] = [
        {"at": filing.created_at, "who": f"{filing.created_by.name}，{filing.organisation.name}", "text": "开始填写"}
    ]
    for step in queries.steps_of(filing):
        office = chain.office_name(step.division)
        if step.number == 0:
            items.append({"at": step.arrived_at, "text": f"提交给{office}", "tone": "ok"})
        if step.decided_at:
            word, tone = _STEP_WORDS.get(step.move, step.move), _STEP_TONES.get(step.move, "")
            who = f"{step.decided_by.name}，{office}"
            items.append({"at": step.decided_at, "who": who, "text": word, "note": step.note, "tone": tone})
    if filing.state in WAITING:
        items += _ahead(filing)
    elif filing.state == "accepted":
        items.append({"at": filing.decided_at, "text": "已写入名录", "tone": "ok"})
    elif filing.state in {"draft", "returned"}:
        items.append({"text": f"等{filing.organisation.name}提交", "tone": "now"})
    return items


def _ahead(filing: Filing) -> Iterator[dict[str, Any]]:
    stops = chain.of_form(filing.form)
    here = stops[filing.step]
    since = {"at": filing.waiting_since, "who": f"收到，应在 {filing.due_on} 前审完"}
    yield {"text": f"{here.name}审核中", "tone": "now", **since}
    for stop in stops[filing.step + 1 :]:
        yield {"text": f"{stop.name}审核", "who": f"收到后 {stop.working_days} 个工作日内", "tone": "next"}
    yield {"text": "写入名录" if filing.kind != content.CLOSE else "名录标为已注销", "tone": "next"}


def progress(filing: Filing, *, own: bool) -> str:
    """One sentence: who has it, and what happens next; `own`: said to the organisation that files."""
    if filing.state in WAITING:
        stops = chain.of_form(filing.form)
        after = stops[filing.step + 1].name if not queries.at_last_stop(filing) else ""
        ahead = f"通过后报{after}。" if after else "通过后即完成备案。"
        return f"现在由{stops[filing.step].name}审核，应在 {filing.due_on} 前审完，{ahead}"
    return {
        "draft": "还没有提交，只有本单位看得到。",
        "returned": "已退回，请按意见修改后重新提交。" if own else "已退回，等主办单位补正后重新提交。",
        "accepted": "已准予备案，名录已更新。",
        "refused": "不予备案，名录没有变化。",
        "withdrawn": "已撤回，名录没有变化。",
    }.get(filing.state, FILING.words[filing.state])
