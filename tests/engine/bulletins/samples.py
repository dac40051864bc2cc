"""A bulletin with all its parts."""

from datetime import date

from govmedia.engine.bulletins.figures import AccountRow, Deduction, with_figures
from govmedia.engine.bulletins.shape import Bulletin, Section
from govmedia.engine.bulletins.wording import with_wording

# What means something to XML, HTML, Typst or a spreadsheet, and control characters.
NASTY = '<w:t>&amp;"\'#import "x"; $x$ *b* _c_ @d `e` \\n [f] {g} =h //i /*j*/ ]]>\x00\x0b\x1b\ufffe'
BASE = Bulletin(
    title="示范省人民政府办公厅关于2026年第三季度全省政务新媒体检查情况的通报",
    issuer="示范省人民政府办公厅",
    number="示政办函〔2026〕12号",
    addressees=("各市人民政府", "省各委办厅局"),
    window="2026年第三季度",
    rectification_due="2026-10-30",
    signed_on="2026-10-05",
    remark="此件公开发布",
    copies_to=("省委办公厅", "省人大常委会办公厅"),
    printed_by="示范省人民政府办公厅",
    printed_on="2026-10-06",
)


def rows(number, name="账号"):
    return [
        AccountRow(
            code=f"{place:05}",
            name=f"{name}{place}",
            organisation="示范市示范县公安局",
            level=("省级", "市级", "县级")[place % 3],
            platform=("微信公众号", "微博")[place % 2],
            passed=place % 10 != 3,
            reasons=("超过两周未更新",) if place % 10 == 3 else (),
            score=90 if place % 10 != 3 else None,
            deductions=(Deduction("内容更新不及时", 5),) if place % 10 == 4 else (),
            due=date(2026, 10, 30) if place % 10 == 3 else None,
        )
        for place in range(number)
    ]


def bulletin(number=40, name="账号"):
    return with_wording(with_figures(BASE, rows(number, name)))


def filled(paragraphs):
    """A section of so many paragraphs of two lines."""
    return Section("情况", 1, ("此段文字用来占满一行有余以便换到下一行的位置。" * 2,) * paragraphs)
