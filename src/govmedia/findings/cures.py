"""What the one responsible can do about a finding, who looks at it again, and when it will be taken back."""

CURES = {
    "R05": "恢复发布。系统下一次查看到新内容后自动销号，一般在 12 小时内，不用另外报告。",
    "Y01": "合并、关停重复开设的账号，或提交变更备案使名称一致；备案通过后自动销号。",
    "Y02": "保持更新。本季度内已出现的间隔不会消失，下季度重新计算。",
    "Y07": "补办备案。已逾期的记录在本季度内保留，下季度重新计算。",
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
