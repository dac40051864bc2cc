"""The directory as a table: out for people and other systems, in for a first filling or a correction.

Columns are the fields of the Account object; headers may be those names or their Chinese labels. A row is found by
`code`, else by `platform` and `platform_id`; else it opens a new account. An empty cell leaves the value as it is.
Each bad row is named and passed over; the others are written.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from govmedia.accounts.models import Account, Status
from govmedia.accounts.queries import by_code, live
from govmedia.accounts.services import AccountValues, change_account, close_account, open_account
from govmedia.common import installation
from govmedia.common.exports import as_typed, cell, csv_chunks, xlsx_chunks
from govmedia.common.refusals import Refused
from govmedia.engine.platforms import FIELDS, LEVELS, field_code, platform_code, platform_label
from govmedia.orgs.models import Organisation, User
from govmedia.orgs.services import clean_line

LABELS = {
    "code": "编号", "name": "账号名称", "platform": "平台", "platform_id": "平台账号标识", "organisation": "主办单位",
    "organisation_code": "统一社会信用代码", "division": "行政区划代码", "level": "层级", "kind": "类型",
    "status": "状态", "opened_on": "开设日期", "closed_on": "注销日期", "url": "链接", "qr_url": "二维码内容",
    "field": "领域", "functions": "功能栏目", "followers": "关注数", "successor": "承接账号编号",
}  # fmt: skip
NOTES = {
    "code": "已有账号填编号；新增留空", "name": "必填，不超过 80 字", "platform": "必填，如 微信公众号 或 wechat_mp",
    "platform_id": "平台给的固定标识，如原始 ID", "organisation": "单位全称（与代码二选一）",
    "organisation_code": "18 位代码", "division": "以单位所在区划为准，不必填", "level": "以单位层级为准，不必填",
    "kind": "如 订阅号、服务号", "status": "正常开设、暂停、停更公告中、已注销", "opened_on": "2020-01-31",
    "closed_on": "状态为已注销时必填", "url": "https:// 开头", "qr_url": "二维码里的内容，没有则用链接",
    "field": "如 卫生健康；空则随单位", "functions": "名称|链接，多个用；隔开", "followers": "整数",
    "successor": "注销后由哪个账号承接",
}  # fmt: skip
EXAMPLE = {
    "name": "示例发布", "platform": "微信公众号", "platform_id": "gh_0123456789ab", "organisation": "示例市示例局",
    "opened_on": "2020-01-31", "url": "https://example.gov.cn/", "functions": "办事指南|https://example.gov.cn/guide；在线咨询",
}  # fmt: skip
ROWS_MOST = 300_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a table: the line in the file (from 1), the column's name, its value, and why."""

    line: int
    column: str
    value: str
    reason: str

    @property
    def text(self) -> str:
        return (
            f"{LABELS.get(self.column, self.column)}“{self.value[:40]}”：{self.reason}"
            if self.column
            else self.reason
        )


@dataclass(slots=True)
class Report:
    """What an import did."""

    created: int = 0
    changed: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def text(self) -> str:
        head = f"新增 {self.created:,} 个，变更 {self.changed:,} 个，未变 {self.same:,} 个"
        return f"{head}，{len(self.problems):,} 行有问题未导入。" if self.problems else f"{head}。"


class BadCell(Refused):
    """A cell that cannot be read; `field` is its column."""


def template() -> str:
    """An empty table with labels, field names, notes and an example; lines that begin with # are not imported."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow(LABELS.values())
    for row in (LABELS, NOTES, EXAMPLE):
        cells = [key if row is LABELS else row.get(key, "") for key in LABELS]
        writer.writerow(["#" + cells[0], *cells[1:]])
    return out.getvalue()


def report_csv(report: Report) -> str:
    """The problems as CSV: line,column,value,reason."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["line", "column", "value", "reason"])
    writer.writerows([one.line, one.column, one.value, one.reason] for one in report.problems)
    return out.getvalue()


def account_object(account: Account) -> dict[str, Any]:
    """The Account object; what is unknown is left out. Needs organisation and successor loaded."""
    whole = {
        "code": account.code,
        "name": account.name,
        "platform": account.platform,
        "platform_id": account.platform_id,
        "organisation": account.organisation.name,
        "organisation_code": account.organisation.code,
        "division": account.division_id,
        "level": account.level,
        "kind": account.kind,
        "status": account.status,
        "opened_on": account.opened_on and account.opened_on.isoformat(),
        "closed_on": account.closed_on and account.closed_on.isoformat(),
        "url": account.url,
        "qr_url": account.qr_url,
        "field": account.field,
        "functions": account.functions,
        "followers": account.followers,
        "successor": account.successor.code if account.successor else None,
    }
    return {key: value for key, value in whole.items() if value not in (None, "", [])}


def export_accounts(fmt: str) -> Iterator[bytes]:
    """The whole directory by code, as `csv`, `xlsx` or `jsonl`, piece by piece."""
    rows = Account.objects.select_related("organisation", "successor").order_by("code")
    objects = (account_object(row) for row in rows.iterator(chunk_size=2000))
    if fmt == "jsonl":
        for one in objects:
            yield json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        return
    demo, chunks = bool(installation.read(installation.DEMO)), csv_chunks if fmt == "csv" else xlsx_chunks
    yield from chunks(list(LABELS.values()), ([shown_cell(one, key) for key in LABELS] for one in objects), demo)


def shown_cell(one: Mapping[str, Any], key: str) -> Any:
    """A field of an Account object as people read it in a table: words of lists by their labels."""
    value = one.get(key)
    if key == "functions" and value:
        return "；".join(f"{f['name']}|{f['url']}" if f.get("url") else f["name"] for f in value)
    if key == "platform":
        return platform_label(value)
    if key == "status":
        return Status(value).label
    if key == "level":
        return LEVELS.get(value, value)
    if key == "field" and value in FIELDS:
        return FIELDS[value].label
    return value


@transaction.atomic
def import_accounts(data: bytes, *, by: User | None, now: datetime) -> Report:
    """Write a CSV table into the registry; good rows are written, bad ones named."""
    report = Report()
    for line, row in _rows(data, report):
        try:
            with transaction.atomic():
                _write(row, report, by, now)
        except Refused as why:
            report.problems.append(Problem(line, why.field, row.get(why.field, ""), why.text))
    return report


def _rows(data: bytes, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter="\t" if first.count("\t") > first.count(",") else ","
    )
    lines = _lines(reader, report)
    header = next(lines, None)
    if header is None:
        report.problems = report.problems or [Problem(1, "", "", "文件是空的。请用 --template 取一份空表填写。")]
        return
    names = [_column(head) for head in header]
    if not {"code", "name", "platform_id"} & set(names):
        report.problems.append(Problem(1, "", "", "第一行不是表头。请保留表头，如“账号名称,平台,统一社会信用代码”。"))
        return
    for row in lines:
        if not any(text.strip() for text in row) or row[0].startswith("#"):
            continue
        if reader.line_num > ROWS_MOST:
            report.problems.append(
                Problem(reader.line_num, "", "", f"超过 {ROWS_MOST:,} 行，其余未读。请拆成几个文件。")
            )
            return
        pairs = zip(names, row, strict=False)
        yield reader.line_num, {name: as_typed(text).strip() for name, text in pairs if name}


def _lines(reader: Any, report: Report) -> Iterator[list[str]]:
    """The rows, as far as they can be told apart: an open quotation mark swallows all that follows."""
    try:
        yield from reader
    except csv.Error:
        text = "从这一行起读不下去：有一格过长，可能少了一个引号。其余未读，请改好后再导入。"
        report.problems.append(Problem(reader.line_num, "", "", text))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _column(head: str) -> str:
    wanted = head.strip().lstrip("#")
    return next((name for name, label in LABELS.items() if wanted in {name, label}), "")


def _write(row: Mapping[str, str], report: Report, by: User | None, now: datetime) -> None:
    account = _coded(row)
    if account is not None:
        row = _differing(row, account)
    values = _values(row)
    account = account or _known(values)
    if account is None:
        _close(_opened(row, values, by, now), row, by, now)
        report.created += 1
        return
    if row.get("organisation_code") and row["organisation_code"].upper() != account.organisation.code:
        raise BadCell("主办单位变更请通过备案变更办理，不能用导入改。", "organisation_code")
    if "platform" in values and values.pop("platform") != account.platform:
        raise BadCell("平台不能变更；换平台请关停后另行备案。", "platform")
    status = values.get("status")
    changed = {key: value for key, value in values.items() if getattr(account, key) != value}
    if status == Status.CLOSED:
        changed.pop("status", None)
    if changed and account.status != Status.CLOSED:
        account = change_account(account=account, values=changed, by=by, now=now, why="导入表格")
    elif changed:
        raise BadCell("该账号已注销，不能再变更。", "status")
    closed = account.status != Status.CLOSED and _close(account, row, by, now)
    if changed or closed:
        report.changed += 1
    else:
        report.same += 1


def _coded(row: Mapping[str, str]) -> Account | None:
    if not row.get("code"):
        return None
    account = by_code(row["code"])
    if account is None:
        raise BadCell("没有这个编号。请核对；新增账号请把编号留空。", "code")
    return account


def _differing(row: Mapping[str, str], account: Account) -> dict[str, str]:
    """The cells that are not what an export would say: the others need not be understood to be left as they are."""
    shown = account_object(account)
    return {key: text for key, text in row.items() if text != as_typed(str(cell(shown_cell(shown, key)))).strip()}


def _known(values: Mapping[str, Any]) -> Account | None:
    if not values.get("platform_id") or not values.get("platform"):
        return None
    rows = live().filter(platform=values["platform"], platform_id=values["platform_id"])
    return rows.select_related("organisation").first()


def _opened(row: Mapping[str, str], values: Mapping[str, Any], by: User | None, now: datetime) -> Account:
    needed = _needed(values)
    organisation = _organisation(row)
    twins = live().filter(organisation=organisation, platform=needed["platform"], name=needed["name"])
    twin = None if needed.get("platform_id") else twins.order_by("pk").first()
    if twin is not None:
        raise BadCell(
            f"该单位在这个平台上已有同名账号（{twin.code}）。更正它请填编号；另有一个请填平台账号标识。", "name"
        )
    return open_account(filing_values=AccountValues(organisation=organisation, **needed), by=by, now=now)


def _needed(values: Mapping[str, Any]) -> dict[str, Any]:
    for key in ("name", "platform"):
        if not values.get(key):
            raise BadCell(f"新增账号须填写{LABELS[key]}。", key)
    return {key: value for key, value in values.items() if key != "status"}


def _organisation(row: Mapping[str, str]) -> Organisation:
    code, name = row.get("organisation_code", "").upper(), row.get("organisation", "")
    if code:
        found = list(Organisation.objects.filter(code=code)[:2])
    else:
        found = list(Organisation.objects.filter(name=name)[:2]) if name else []
    if len(found) == 1:
        return found[0]
    column = "organisation_code" if code or not name else "organisation"
    if found:
        raise BadCell("有多个同名单位，请改填统一社会信用代码。", column)
    raise BadCell("没有这个主办单位。请先新增单位，或核对代码与全称。", column)


def _close(account: Account, row: Mapping[str, str], by: User | None, now: datetime) -> bool:
    if _status(row.get("status", "")) != Status.CLOSED:
        return False
    if not row.get("closed_on"):
        raise BadCell("已注销的账号须填写注销日期。", "closed_on")
    successor = None
    if row.get("successor"):
        successor = by_code(row["successor"])
        if successor is None:
            raise BadCell("没有这个编号的承接账号。", "successor")
    closed_on = _day("closed_on")(row["closed_on"])
    close_account(account=account, closed_on=closed_on, successor=successor, by=by, now=now, why="导入表格")
    return True


def _values(row: Mapping[str, str]) -> dict[str, Any]:
    """The row's cells that are not empty, read by their column's kind."""
    return {key: read(row[key]) for key, read in _READERS.items() if row.get(key)}


def _line(key: str, most: int) -> Callable[[str], str]:
    return lambda text: clean_line(text, field=key, label=LABELS[key], most=most)


def _link(key: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        link = clean_line(text, field=key, label=LABELS[key], most=2000)
        if key == "url" and not link.startswith(("http://", "https://")):
            raise BadCell("链接须以 http:// 或 https:// 开头。", key)
        return link

    return read


def _day(key: str) -> Callable[[str], date]:
    def read(text: str) -> date:
        try:
            return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
        except ValueError as why:
            raise BadCell("不是日期，请写成 2020-01-31。", key) from why

    return read


def _status(text: str) -> str:
    return next((one.value for one in Status if text in {one.value, one.label}), "")


def _read_status(text: str) -> str:
    status = _status(text)
    if not status:
        raise BadCell(f"没有这个状态。可填：{'、'.join(Status.labels)}。", "status")
    return status


def _read_platform(text: str) -> str:
    code = platform_code(text)
    if code is None:
        raise BadCell("没有这个平台。可用 govmedia platforms 查看平台名称。", "platform")
    return code


def _read_field(text: str) -> str:
    return field_code(text) or clean_line(text, field="field", label=LABELS["field"], most=20)


def _read_followers(text: str) -> int:
    digits = text.replace(",", "").replace("，", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        raise BadCell("不是整数，请写成 12345。", "followers")
    return int(digits)


def _read_functions(text: str) -> Sequence[dict[str, str]]:
    found = []
    for part in text.replace(";", "；").split("；"):
        name, _, link = part.strip().partition("|")
        if name:
            found.append({"name": name.strip()[:40], **({"url": link.strip()} if link.strip() else {})})
    return found


_READERS: Mapping[str, Callable[[str], Any]] = {
    "name": _line("name", 80),
    "platform": _read_platform,
    "platform_id": _line("platform_id", 200),
    "kind": _line("kind", 20),
    "status": _read_status,
    "opened_on": _day("opened_on"),
    "url": _link("url"),
    "qr_url": _link("qr_url"),
    "field": _read_field,
    "functions": _read_functions,
    "followers": _read_followers,
}
