"""Documents of a bulletin of 200 pages: the .docx and the PDF, from the same data; and the figures of its accounts.

python bench/bulletins.py [--pages N]
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from govmedia.engine.bulletins.checking import differences
from govmedia.engine.bulletins.documents import document
from govmedia.engine.bulletins.figures import AccountRow, Deduction, with_figures
from govmedia.engine.bulletins.shape import Bulletin
from govmedia.engine.bulletins.wording import with_wording

# About so many accounts fill a page of the four annexes; their rows are of one or two lines.
ACCOUNTS_A_PAGE = 15.6
PAGE = re.compile(rb"/Type\s*/Page\b")
Made = TypeVar("Made")


def tell(metric: str, value: float, unit: str) -> None:
    line = {"bench": "bulletins", "metric": metric, "value": round(value, 2), "unit": unit}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def timed(metric: str, make: Callable[[], Made]) -> Made:
    started = time.perf_counter()
    made = make()
    tell(metric, time.perf_counter() - started, "s")
    return made


def rows(number: int) -> list[AccountRow]:
    """Accounts of a province, all inspected; names of different lengths, one in twenty failing."""
    due = date(2026, 10, 30)
    bureaus = ("人民政府办公室", "公安局", "教育局", "卫生健康局", "文化广电和旅游局")
    platforms = ("微信公众号", "微博", "微信公众号", "抖音", "移动客户端")
    made = []
    for place in range(number):
        county = f"示范{'甲乙丙丁戊己庚辛'[place % 8]}县"
        failing = place % 20 == 7
        made.append(
            AccountRow(
                code=f"{place:06}",
                name=f"{county}{'发布' if place % 3 else '便民服务'}{place}",
                organisation=f"示范省示范市{county}{bureaus[place % 5]}",
                level=("省级", "市级", "县级", "县级")[place % 4],
                platform=platforms[place % 5],
                passed=not failing,
                reasons=(("超过两周未更新",) if place % 3 else ("未提供有效互动功能",)) if failing else (),
                score=None if failing else 100 - place % 30,
                deductions=() if failing or place % 6 else (Deduction("内容更新不及时", 5, f"8月更新{place % 4}次"),),
                due=due + timedelta(days=place % 9) if failing else None,
            )
        )
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    pages = parser.parse_args().pages
    accounts = rows(round(pages * ACCOUNTS_A_PAGE))
    base = Bulletin(
        "示范省人民政府办公厅关于2026年第三季度全省政务新媒体检查情况的通报",
        "示范省人民政府办公厅",
        number="示政办函〔2026〕12号",
        addressees=("各市、县（市、区）人民政府", "省各委办厅局"),
        signed_on="2026-10-15",
        copies_to=("省委办公厅", "省人大常委会办公厅"),
        printed_by="示范省人民政府办公厅",
        printed_on="2026-10-15",
    )
    bulletin = timed("figures and wording", lambda: with_wording(with_figures(base, accounts)))
    if differences(bulletin):
        sys.stderr.write("样例通报的数字对不上。\n")
        return 1
    docx = timed(".docx written", lambda: document(bulletin, "docx"))
    pdf = timed("PDF set", lambda: document(bulletin, "pdf"))
    timed("HTML written", lambda: document(bulletin, "html"))
    tell("accounts", len(accounts), "accounts")
    tell("pages", len(PAGE.findall(pdf)), "pages")
    tell(".docx size", len(docx) / 1e6, "MB")
    tell("PDF size", len(pdf) / 1e6, "MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
