"""Sources from which a post may be reposted: a table anyone can extend, and what a source's name looks like.

The table is CSV in UTF-8 with the columns 名称 (name), 类别 (kind), 别名 (further names, separated by 、) and 出处
(where it is permitted). We ship the best known central media only; an office imports 互联网新闻信息稿源单位名单,
which the Cyberspace Administration publishes, and its own additions.
Source: 互联网新闻信息稿源单位名单（国家网信办）；《互联网新闻信息服务管理规定》第十五条.
"""

import csv
from functools import cache
from pathlib import Path

from govmedia.engine.content.patterns import compiled
from govmedia.engine.tables import TableError

COLUMNS = ("名称", "类别", "别名", "出处")
LONGEST_NAME, MOST_ROWS, SHOWN = 60, 50_000, 20
_NOISE = compiled(r"[\s“”\"'《》【】\[\]（）()@：:·]{1,40}")
# Names that an office, a party body, a medium of record or a school has: no list knows them all.
_OFFICIAL = compiled(
    r"发布|政府|政务|人大|政协|纪委|监委|党委|宣传|网信|组织部|统战|政法|公安|警方|警务|交警|消防|应急|法院|检察|司法|税务|海关|气象|卫健|疾控|教育|教体|文旅|人社|民政|医保"
    r"|住建|自然资源|生态环境|交通|水利|农业|商务|发改|财政|市场监管|统计|审计|退役军人|共青团|团县委|团市委|妇联|工会|残联|红十字|融媒|日报|晚报|晨报|早报|时报|都市报|报社"
    r"|电视台|广播|电台|总台|通讯社|新闻网|政府网|新闻中心|杂志社|[局委厅署院办]$|中国[\u4e00-\u9fff]{0,8}[报网社]|人民|新华|央视|国务院|国家|学校|大学|医院|博物馆|图书馆|文化馆"
)
_NOBODY = compiled(
    r"^(?:网络|互联网|网上|网友|综合网络|综合整理|网络综合|网络整理|网络素材|图文网络|百度|百度百科|百度图片|百家号|今日头条|头条号?|搜狐号?|网易号?|新浪微博|微博|微信|微信公众号|公众号|朋友圈|微信群"
    r"|知乎|豆瓣|贴吧|小红书|抖音|快手|b站|哔哩哔哩|某网站|佚名|未知|不详|不明|无|略|转载|侵删)$"
)


class SourcesFaulty(TableError):
    """A table of sources that cannot be used; `text` names lines and columns in Chinese."""


def plain_name(name: str) -> str:
    """The name without blanks, brackets and quotation marks."""
    return _NOISE.sub("", name).lower()


def load_sources(path: Path) -> frozenset[str]:
    """All names and further names of the table, plain. Errors: SourcesFaulty."""
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as why:
        raise SourcesFaulty(f"{path.name}：读不到这个文件（{why.strerror}）。请检查路径和权限。") from why
    except UnicodeDecodeError as why:
        raise SourcesFaulty(f"{path.name}：不是 UTF-8 编码。请另存为“CSV UTF-8”后再试。") from why
    rows = csv.reader(lines, strict=True)
    names: dict[str, int] = {}
    problems: list[str] = []
    try:
        _check_head(path.name, next(rows, []))
        for row in rows:
            _take_row(row, rows.line_num, names, problems)
            if len(names) > MOST_ROWS:
                raise SourcesFaulty(f"{path.name}：超过 {MOST_ROWS} 个名称。请分成几个文件。")
    except csv.Error as why:
        raise SourcesFaulty(f"{path.name}：第{rows.line_num}行引号不配对。请改正后再试。") from why
    if problems:
        more = f"\n……共 {len(problems)} 处" if len(problems) > SHOWN else ""
        raise SourcesFaulty(f"{path.name} 有错：\n" + "\n".join(problems[:SHOWN]) + more)
    return frozenset(names)


def _check_head(file: str, head: list[str]) -> None:
    if tuple(cell.strip() for cell in head) != COLUMNS:
        raise SourcesFaulty(f"{file}：第1行应为“{'，'.join(COLUMNS)}”四列。")


def _take_row(row: list[str], line: int, names: dict[str, int], problems: list[str]) -> None:
    if not any(cell.strip() for cell in row):
        return
    if len(row) != len(COLUMNS):
        problems.append(f"第{line}行：应有 {len(COLUMNS)} 列，现有 {len(row)} 列。")
        return
    name, _, further, source = (cell.strip() for cell in row)
    if not source:
        problems.append(f"第{line}行“出处”列：没有填写依据。")
    for column, one in (("名称", name), *(("别名", part) for part in further.split("、") if part.strip())):
        plain = plain_name(one)
        if not plain or len(plain) > LONGEST_NAME:
            problems.append(f"第{line}行“{column}”列：应为 1 至 {LONGEST_NAME} 个字。")
        elif names.setdefault(plain, line) != line:
            problems.append(f"第{line}行“{column}”列：“{one}”与第{names[plain]}行重复。")


@cache
def shipped_sources() -> frozenset[str]:
    """The table that comes with the program."""
    return load_sources(Path(__file__).parent / "data" / "sources.csv")


def names_nobody(name: str) -> bool:
    """True for 网络, 百度, 佚名 and the like: no source at all."""
    return _NOBODY.match(plain_name(name)) is not None


def looks_official(name: str) -> bool:
    """True where the name is that of an office, a medium of record, a school or a hospital."""
    return _OFFICIAL.search(name) is not None
