"""What the room's pages share: their tabs."""

from typing import Any

from django.urls import reverse

from govmedia.orgs.models import User
from govmedia.orgs.rights import reach


def tabs(user: User, on: str) -> list[dict[str, Any]]:
    """The room's pages a person may open."""
    rows = [
        ("paste", "检查文字", "inspections:paste", "inspection.paste"),
        ("queue", "待判", "inspections:queue", "inspection.decide"),
        ("hits", "全部命中", "inspections:list", "inspection.see"),
        ("spread", "消息传播", "inspections:spread", "inspection.see"),
        ("checks", "检查项", "inspections:checks", "inspection.see"),
        ("lexicon", "词库", "lexicons:list", "lexicon.see"),
    ]
    return [
        {"label": label, "url": reverse(name), "on": key == on}
        for key, label, name, right in rows
        if reach(user, right)
    ]
