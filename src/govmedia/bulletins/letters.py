"""The letter to a unit with failing accounts: what was found, by when it is to be put right, what to do."""

import io
import re
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile

from govmedia.bulletins.kept import font_folders
from govmedia.bulletins.models import Letter
from govmedia.engine.bulletins.documents import document
from govmedia.engine.bulletins.html import article_of
from govmedia.engine.bulletins.paper import paper_of
from govmedia.engine.bulletins.placeholders import chinese_date, safe
from govmedia.engine.bulletins.shape import Annex, Bulletin

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def letter_of(letter: Letter) -> Bulletin:
    """The letter as a document."""
    row = letter.bulletin
    due = f"于{chinese_date(row.due_on.isoformat())}前" if row.due_on else "尽快"
    told = f"《{safe(row.title)}》（{safe(row.number)}）"
    number = len(letter.accounts)
    return Bulletin(
        title=f"关于限期整改{number}个不合格政务新媒体账号的通知",
        issuer=row.issuer,
        mark=row.issuer,
        addressees=(letter.organisation.name,),
        lead=(
            f"按照{told}，你单位主办的{number}个账号被评定为不合格，名单附后。",
            f"请对照问题逐项整改，{due}完成，并在“问题”页面报告整改情况。监管部门将逐一复查，未改到位的重新计入问题。",
            "如认为认定有误，可在“问题”页面申诉，并附上证据。",
        ),
        annexes=(
            Annex("不合格账号名单", columns=("序号", "账号名称", "平台", "不合格情形", "说明"), rows=_rows(letter)),
        ),
        signed_on=row.signed_on.isoformat() if row.signed_on else "",
        remark=row.remark,
    )


def _rows(letter: Letter) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (str(number), one["account"], one["platform"], one["indicator"], one["detail"])
        for number, one in enumerate(letter.accounts, 1)
    )


def letter_file(letter: Letter, kind: str) -> bytes:
    """The letter as `docx` or `html`."""
    return document(letter_of(letter), kind, font_folders())


def letter_article(letter: Letter) -> str:
    """The letter as an element of a page."""
    return article_of(paper_of(letter_of(letter)))


def name_of(letter: Letter, kind: str) -> str:
    """A file name that every system takes."""
    unit = _NOT_IN_NAMES.sub("", letter.organisation.name).strip(". ")[:60]
    return f"{letter.pk}-{unit}.{kind}"


def zipped(letters: Iterable[Letter]) -> bytes:
    """All letters in one file."""
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as file:
        for letter in letters:
            file.writestr(name_of(letter, "docx"), letter_file(letter, "docx"))
    return data.getvalue()
