"""Figures in sentences: `{{pass_rate}}` stands for what the data say: wording is edited, figures are not."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches

from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.bulletins.shape import Bulletin, Counts, NamedAccount, flat

PLACEHOLDER = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
# Accounts a sentence names before it says 等.
NAMES_MOST = 30


def safe(name: str) -> str:
    """A group's or an indicator's name as a placeholder may carry it."""
    return re.sub(r"[{}\n]", " ", name)


def names_in(text: str) -> list[str]:
    """The placeholders of a text."""
    return [name.strip() for name in PLACEHOLDER.findall(text)]


def fill(text: str, values: Mapping[str, str], where: str = "") -> str:
    """The text with its figures. Errors: BulletinError, naming each placeholder that has none."""
    problems = [_unknown(name, values, where) for name in dict.fromkeys(names_in(text)) if name not in values]
    rest = PLACEHOLDER.sub("", text)
    if "{{" in rest or "}}" in rest:
        problems.append(f"{where}：花括号没有配对。占位符应写成 {{{{pass_rate}}}} 这样。")
    if problems:
        raise BulletinError(*problems)
    return PLACEHOLDER.sub(lambda found: values[found[1].strip()], text)


def _unknown(name: str, values: Mapping[str, str], where: str) -> str:
    near = get_close_matches(name, values, 3, 0.5)
    hint = f"是不是 {'、'.join('{{' + one + '}}' for one in near)}？" if near else ""
    return f"{where}：没有占位符 {{{{{name}}}}}，或这份通报没有这个数字。{hint}请改正，或在通报文件里补上这个数字。"


def values_of(one: Bulletin) -> dict[str, str]:
    """Every figure of a bulletin by the name its sentences may use; what it does not say is not there."""
    found: dict[str, str] = {}
    for name in (
        "accounts_total", "sampled", "unjudged", "passed", "full_marks_accounts", "commended_reposting", "posts",
        "original", "closed", "cancelled",
    ):  # fmt: skip
        if (number := getattr(one, name)) is not None:
            found[name] = str(number)
    if one.failing_count is not None:
        found["failing"] = str(one.failing_count)
    for name in ("issuer", "window", "method", "pass_rate", "sample_rate", "original_rate", "closed_rate"):
        if word := getattr(one, name):
            found[name] = word
    if one.rectification_due:
        found["rectification_due"] = chinese_date(one.rectification_due)
    if one.estimate:
        found |= {
            "estimate.rate": one.estimate.rate,
            "estimate.low": one.estimate.low,
            "estimate.high": one.estimate.high,
        }
    return found | _groups(one) | _changes(one) | _lists(one)


def _groups(one: Bulletin) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("by_level", "by_platform", "sampled_by_level", "sampled_by_platform"):
        found |= _counts(name, getattr(one, name))
    for name in ("failing_counts", "deduction_counts"):
        found |= _counts(name, getattr(one, name), "“", "”")
    found |= {f"rates_by_group.{safe(group)}": rate for group, rate in one.rates_by_group.items()}
    for group, numbers in one.stated_counts.items():
        found |= {
            f"stated_counts.{safe(group)}.{kind}": str(number)
            for kind, number in numbers.items()
            if number is not None
        }
    for name, groups in (
        ("rates_by_group", one.rates_by_group.keys()),
        ("rates_by_level", one.by_level.keys() | {f"{group}（层级）" for group in one.by_level}),
        ("rates_by_platform", one.by_platform.keys() | {f"{group}（平台）" for group in one.by_platform}),
    ):
        if said := "，".join(_rate(one, group) for group in one.rates_by_group if group in groups):
            found[name] = said
    if full := [group for group, rate in one.rates_by_group.items() if rate == "100%"]:
        found["full_groups"] = "、".join(full)
    if better := [
        group for group, change in one.changes.items() if group in one.rates_by_group and float(change) > 0
    ]:
        found["improved_groups"] = "、".join(better)
    return found


def _rate(one: Bulletin, group: str) -> str:
    change = one.changes.get(group)
    return f"{group}{one.rates_by_group[group]}" + (f"（{_points(change)}）" if change is not None else "")


def _counts(name: str, counts: Counts, before: str = "", after: str = "") -> dict[str, str]:
    numbers = flat(counts)
    found = {f"{name}.{safe(group)}": str(number) for group, number in numbers.items()}
    for group, parts in counts.items():
        if isinstance(parts, Mapping):
            found |= {f"{name}.{safe(group)}.{safe(part)}": str(number) for part, number in parts.items()}
    if numbers:
        found[name] = "，".join(f"{before}{group}{after}{number}个" for group, number in numbers.items())
    return found


def _changes(one: Bulletin) -> dict[str, str]:
    found = {}
    for name, change in one.changes.items():
        if name == "accounts_total":
            word = "增加" if float(change) > 0 else "减少"
            said = f"比上期{word}{change.lstrip('+-')}个" if float(change) else "与上期持平"
        else:
            said = f"比上期{_points(change)}" if float(change) else "与上期持平"
        found[f"change.{safe(name)}"] = said
    return found


def _points(change: str) -> str:
    if not float(change):
        return "持平"
    return f"{'提高' if float(change) > 0 else '下降'}{change.lstrip('+-')}个百分点"


def _lists(one: Bulletin) -> dict[str, str]:
    found = {}
    for name, rows in (("failing_names", one.failing or ()), ("deduction_names", one.deductions or ())):
        by_indicator: dict[str, list[NamedAccount]] = {}
        for row in rows:
            for indicator in row.indicator.split("、"):
                by_indicator.setdefault(indicator, []).append(row)
        if rows:
            found[name] = _named(rows)
        found |= {
            f"{name}.{safe(indicator)}": _named(named) for indicator, named in by_indicator.items() if indicator
        }
    if one.commended_accounts:
        found["commended_accounts"] = "".join(f"“{name}”" for name in one.commended_accounts)
    return found


def _named(rows: Iterable[NamedAccount]) -> str:
    said = list(dict.fromkeys(f"“{row.account}”" + (f"（{row.platform}）" if row.platform else "") for row in rows))
    return "、".join(said[:NAMES_MOST]) + (f"等{len(said)}个账号" if len(said) > NAMES_MOST else "")


def chinese_date(text: str) -> str:
    """2026-10-05 as 2026年10月5日; what is no such date stays as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"
