"""What the one responsible can do about a finding, who looks at it again, and when it will be taken back."""

CURES = {
    "R05": "恢复发布。系统下一次查看到新内容后自动销号，一般在 12 小时内，不用另外报告。",
    "Y01": "合并、关停重复开设的账号，或提交变更备案使名称一致；备案通过后自动销号。",
    "Y02": "保持更新。本季度内已出现的间隔不会消失，下季度重新计算。",
    "Y07": "补办备案。已逾期的记录在本季度内保留，下季度重新计算。",
}
# The same as a few words, with how many there are.
DEEDS = {
    "R01": "改正 {} 处严重表述错误",
    "R02": "删除 {} 处涉密内容",
    "R03": "删除 {} 处有害内容或链接",
    "R05": "恢复发布",
    "R06": "修复移动客户端",
    "R07": "开通互动功能",
    "Y01": "合并、关停重复的账号或备案变更",
    "Y02": "保持更新",
    "Y03": "删除 {} 处广告",
    "Y04": "重新答复 {} 处",
    "Y05": "修复 {} 处功能",
    "Y06": "改正 {} 处错别字、表述错误",
    "Y07": "补办备案",
    "Y08": "改正 {} 处转载",
    "Y09": "删除 {} 处无关信息或个人观点",
    "Y10": "删除 {} 处个人隐私",
}
BY_MACHINE = "整改后，系统在下一次查看时自动销号。"
# What only a person saw no look can see gone.
BY_HUMAN = "整改后，在问题页面报告已整改并附上说明，由监管员或检查员复查后销号。"
# What happened stays on the quarter's record: no look sees it gone, so that a human says whether enough was done.
LASTING = ("Y02", "Y07")
MACHINE = "machine"


def cure_of(code: str, machine: bool) -> str:
    """How to cure a finding of this indicator; `machine`: the health check saw it, not a person."""
    return CURES.get(code, BY_MACHINE) if machine else BY_HUMAN


def machine_rechecks(source: str, code: str) -> bool:
    """Whether a report of rectification is looked at again by the machine; else a human does."""
    return source == MACHINE and code not in LASTING


def deed_of(code: str, title: str, count: int) -> str:
    """What is to be done about so many faults of an indicator, in a few words."""
    return DEEDS.get(code, f"整改“{title}”{{}} 处").format(count)
