"""The letter to a platform: which account passes for whose, what it did, what the platform is asked to do."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from govmedia.common.clock import SHANGHAI
from govmedia.engine.bulletins.documents import document
from govmedia.engine.bulletins.placeholders import safe
from govmedia.engine.bulletins.shape import Annex, Bulletin
from govmedia.engine.platforms import platform_label
from govmedia.impostors.models import Impostor

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# In force since 2022-08-01; its words on imitation as reported by Xinhua on 2022-06-28.
_BASIS = "《互联网用户账号信息管理规定》要求，注册、使用账号信息不得假冒、仿冒、捏造党政军机关的名称、标识"


def letter_of(row: Impostor) -> Bulletin:
    """The letter as a document, dated by the decision."""
    where = platform_label(row.platform) if row.platform else ""
    # Whoever decided writes: his division's authority, not the one that the real account belongs to.
    place = row.approved_by.division if row.approved_by and row.approved_by.division else row.division
    issuer = f"{place.full_name}政务新媒体主管部门"
    link = f"（链接：{safe(row.link)}）" if row.link else ""
    real = row.imitates
    told = f"冒用{safe(real.organisation.name)}的政务账号“{safe(real.name)}”" if real else "冒充政务账号"
    signed = row.approved_at.astimezone(SHANGHAI).date().isoformat() if row.approved_at else ""
    return Bulletin(
        title="关于请依法处置冒用政务账号的函",
        issuer=issuer,
        mark=issuer,
        addressees=(f"{where}平台运营单位" if where else "有关平台运营单位",),
        lead=(
            f"经两名监管人员核实，你平台上的账号“{safe(row.name)}”{link}{told}，主要情形是：{safe(row.said).rstrip('。')}。",
            f"{_BASIS}。请核验该账号的注册主体，对冒用的依法采取限制功能、暂停使用、关闭账号等措施，"
            "保存有关记录，并将处置结果函告我单位。",
            "有关情况见附件。认定如有变化，将另行函告。联系人、联系电话：________________。",
        ),
        annexes=(Annex("冒用账号情况", columns=("项目", "冒用账号", "真实账号"), rows=_rows(row)),),
        signed_on=signed,
    )


def _rows(row: Impostor) -> tuple[tuple[str, ...], ...]:
    real = row.imitates
    pairs = (
        ("名称", row.name, real.name if real else ""),
        ("平台", platform_label(row.platform) if row.platform else "", platform_label(real.platform) if real else ""),
        ("平台账号ID", row.platform_id, real.platform_id if real else ""),
        ("链接", row.link, real.url if real else ""),
        ("主体", "未核实", real.organisation.name if real else ""),
        ("备案编号", "无", real.code if real else ""),
        ("相似之处", "；".join(row.reasons), ""),
    )
    return tuple((label, one or "—", other or "—") for label, one, other in pairs)


def letter_file(row: Impostor, kind: str) -> bytes:
    """The letter as `docx` or `pdf`. Errors: BulletinError."""
    return document(letter_of(row), kind, _font_folders())


def _font_folders() -> Sequence[Path]:
    return [Path(settings.HOME) / "fonts"]
