"""The tables that are given away: what each is, its fields and its rows. What a field means is said here only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from govmedia.accounts.tables import LABELS, shown_cell
from govmedia.engine.platforms import FIELDS, LEVELS, PLATFORMS, STATUSES

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in JSON Lines, its head in CSV and workbooks, type, meaning and allowed words."""

    name: str
    label: str
    kind: str
    meaning: str
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def said_words(self) -> str:
        return "；".join(f"{code} {label}" for code, label in self.words.items())


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is given away. `name` is its files' stem, `key` the fields that tell its rows apart."""

    name: str
    title: str
    text: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def header(self) -> list[str]:
        return [one.label for one in self.fields]

    def cells(self, row: Row) -> list[Any]:
        """A row as the cells of a table for people: words of lists by their Chinese labels."""
        return [
            shown_cell(row, one.name) if one.name in LABELS else _cell(one, row.get(one.name)) for one in self.fields
        ]


def _cell(column: Field, value: Any) -> Any:
    if isinstance(value, list):
        return "；".join(LABELS.get(part, part) for part in value)
    return column.words.get(value, value) if isinstance(value, str) else value


_PLATFORMS = {code: one.label for code, one in PLATFORMS.items()}
_FIELDS = {code: one.label for code, one in FIELDS.items()}
_TEXT, _DAY, _WHOLE, _LIST = "文本", "日期（2026-01-31）", "整数", "列表"

_ACCOUNT = (
    ("code", _TEXT, "备案编号，十位大写字母和数字，不含 I、O、0、1；不会改变，也不会再给别的账号", {}),
    ("name", _TEXT, "账号名称", {}),
    ("platform", _TEXT, "所在平台", _PLATFORMS),
    ("platform_id", _TEXT, "平台给的固定标识，如公众号的原始 ID", {}),
    ("organisation", _TEXT, "主办单位全称", {}),
    ("organisation_code", _TEXT, "主办单位的统一社会信用代码，18 位", {}),
    ("division", _TEXT, "主办单位所在的行政区划代码（GB/T 2260），六位；乡镇街道九位", {}),
    ("level", _TEXT, "主办单位的层级", dict(LEVELS)),
    ("kind", _TEXT, "平台内的类型，如 订阅号、服务号", {}),
    ("status", _TEXT, "账号的状态；已注销的仍列在名录里", dict(STATUSES)),
    ("opened_on", _DAY, "开设日期", {}),
    ("closed_on", _DAY, "注销日期，只有已注销的有", {}),
    ("url", _TEXT, "账号在平台上的网址", {}),
    ("qr_url", _TEXT, "二维码里的内容；空的用链接", {}),
    ("field", _TEXT, "业务领域", _FIELDS),
    ("functions", _LIST, "功能栏目；JSON 里是 name 和 url，表格里是 名称|网址，用；隔开", {}),
    ("followers", _WHOLE, "备案时填报的关注数", {}),
    ("successor", _TEXT, "已注销的账号由哪个账号承接（备案编号）", {}),
)
ACCOUNT_FIELDS = tuple(Field(name, LABELS[name], kind, text, words) for name, kind, text, words in _ACCOUNT)
CHANGES = {"opened": "新开设", "renamed": "改名", "changed": "变更", "closed": "注销"}

DIRECTORY = Table(
    "directory",
    "账号名录",
    "全部备案账号，已注销的也在内，按编号排列。",
    ("code",),
    ACCOUNT_FIELDS,
)
CHANGED = Table(
    "changes",
    "名录的变化",
    "近 400 天里开设、改名、变更和注销的账号，新的在前。一行是一次变化，后面各栏是这个账号现在的情况；"
    "照它更新自己存的名录，不必重下全部。",
    ("on", "change", "code"),
    (
        Field("on", "变化日期", _DAY, "哪一天变化的（北京时间）"),
        Field("change", "变化", _TEXT, "发生了什么", CHANGES),
        Field("changed_fields", "变化的栏目", _LIST, "变更的有：哪些栏目变了，写英文栏目名"),
        Field("former_name", "原名称", _TEXT, "改名的有：改名以前的名称"),
        *ACCOUNT_FIELDS,
    ),
)

IMPOSTORS = Table(
    "impostors",
    "冒用账号",
    "经两位监管人员核实、认定为冒用政务账号的，新的在前；认定后来撤销的也列出，写明撤销。不在表里不等于安全。",
    ("number",),
    (
        Field("number", "序号", _WHOLE, "认定的序号，不会改变"),
        Field("name", "账号名称", _TEXT, "冒用账号的名称"),
        Field("platform", "平台", _TEXT, "所在平台，空的是不明", _PLATFORMS),
        Field("platform_id", "平台标识", _TEXT, "平台给的固定标识"),
        Field("link", "链接", _TEXT, "冒用账号的网址，只供比对，请勿打开"),
        Field("imitates", "冒用的账号", _TEXT, "它冒充的账号的备案编号"),
        Field("said", "认定的理由", _TEXT, "公布的依据"),
        Field("on", "认定日期", _DAY, "哪一天认定的（北京时间）"),
        Field("withdrawn_on", "撤销日期", _DAY, "认定后来撤销的有：它不是冒用账号"),
        Field("withdrawn_why", "撤销的理由", _TEXT, "为什么撤销"),
    ),
)

_NAMED = (
    Field("code", "编号", _TEXT, "备案编号"),
    Field("account", "账号名称", _TEXT, "检查时的账号名称"),
    Field("platform", "平台", _TEXT, "平台的中文名称"),
    Field("organisation", "主办单位", _TEXT, "检查时的主办单位"),
    Field("level", "层级", _TEXT, "层级的中文名称"),
)


def bulletin_tables(number: str, title: str) -> dict[str, Table]:
    """The tables of one published bulletin."""
    about = f"《{title}》"
    return {
        "sampled": Table(
            f"bulletin-{number}-sampled", f"检查的账号 · {title}", f"{about}检查的每个账号和结论。", ("code",),
            (
                *_NAMED,
                Field("score", "得分", _WHOLE, "百分制；单项否决的没有"),
                Field("result", "结论", _TEXT, "空的是未评定，不计入合格率", {"合格": "合格", "不合格": "不合格"}),
            ),
        ),
        "failing": Table(
            f"bulletin-{number}-failing", f"不合格的账号 · {title}", f"{about}不合格的账号和理由。", ("code",),
            (
                *_NAMED,
                Field("indicator", "不合格指标", _TEXT, "触及的指标，几项用、隔开"),
                Field("detail", "说明", _TEXT, "具体情况"),
                Field("due", "整改期限", _DAY, "应在哪一天前改好"),
            ),
        ),
        "deductions": Table(
            f"bulletin-{number}-deductions", f"扣分 · {title}", f"{about}评定的账号各项扣分，一行一项。",
            ("code", "indicator"),
            (
                *_NAMED,
                Field("indicator", "指标", _TEXT, "扣分的指标"),
                Field("points", "扣分", _WHOLE, "扣几分"),
                Field("detail", "说明", _TEXT, "具体情况"),
            ),
        ),
        "rates": Table(
            f"bulletin-{number}-rates", f"合格率 · {title}", f"{about}总体和各层级、各平台的合格率。", ("group",),
            (
                Field("group", "分组", _TEXT, "全部，或一个层级、平台"),
                Field("sampled", "检查数", _WHOLE, "检查的账号数"),
                Field("unjudged", "未评定", _WHOLE, "其中没有评定的，不计入合格率"),
                Field("passed", "合格", _WHOLE, "合格的账号数"),
                Field("failing", "不合格", _WHOLE, "不合格的账号数"),
                Field("rate", "合格率", _TEXT, "合格数除以评定数，照通报的写法"),
            ),
        ),
    }  # fmt: skip


def ranking_table(number: str, title: str) -> Table:
    """The ranking of one published assessment."""
    return Table(
        f"assessment-{number}-ranking", f"名次 · {title}", f"《{title}》各单位的名次、总分和等次。", ("division",),
        (
            Field("place", "名次", _WHOLE, "空的不排名次"),
            Field("division", "行政区划代码", _TEXT, "六位"),
            Field("name", "单位", _TEXT, "被考核的地方"),
            Field("score", "总分", "小数", "没有数据可考核的没有"),
            Field("grade", "等次", _TEXT, "按考核办法划定"),
            Field("vetoes", "单项否决", _LIST, "触及的否决项"),
        ),
    )  # fmt: skip


DICTIONARY = Table(
    "dictionary",
    "数据字典",
    "每张表每一栏的含义、类型和可能的取值。",
    ("table", "name"),
    (
        Field("table", "表", _TEXT, "表的文件名"),
        Field("name", "字段", _TEXT, "JSON Lines 里的名称"),
        Field("label", "列名", _TEXT, "CSV 和 Excel 里的列名"),
        Field("kind", "类型", _TEXT, "值的类型"),
        Field("meaning", "含义", _TEXT, "说的是什么"),
        Field("words", "取值", _TEXT, "只能是这些时列出，前面是 JSON 里的写法，后面是表格里的写法"),
    ),
)


def dictionary_rows(tables: Iterator[Table]) -> Iterator[Row]:
    """The dictionary of the given tables, itself among them where it is given."""
    for table in tables:
        for one in table.fields:
            yield {
                "table": table.name, "name": one.name, "label": one.label, "kind": one.kind,
                "meaning": one.meaning, "words": one.said_words,
            }  # fmt: skip


def since(rows: Iterator[Row], day: date) -> Iterator[Row]:
    """The changes on and after a day; rows come newest first."""
    first = day.isoformat()
    for row in rows:
        if row["on"] < first:
            return
        yield row
