"""The log-ins of the demonstration that the terminal shows."""

from dataclasses import dataclass

from govmedia.demo.places import GULOU, JIANGSU, NANJING
from govmedia.orgs.models import Role

PASSWORD = "yanshi-2026"  # noqa: S105 - printed on the terminal; it opens invented data on this machine only


@dataclass(frozen=True, slots=True)
class Login:
    """One of the log-ins that the terminal shows; `division` is empty for the operator of the first body.

    `name` where two have the same post: a bulletin is approved by another person than who wrote it."""

    login: str
    role: Role
    place: str
    division: str
    name: str = ""

    @property
    def role_label(self) -> str:
        return str(self.role.label)


LOGINS = (
    Login("gulou_clerk", Role.OPERATOR, "南京市鼓楼区卫生健康委员会", ""),
    Login("gulou_rev", Role.REVIEWER, "鼓楼区", GULOU),
    Login("nanjing_rev", Role.REVIEWER, "南京市", NANJING),
    Login("jiangsu_rev", Role.REVIEWER, "江苏省", JIANGSU),
    Login("gulou_sup", Role.SUPERVISOR, "鼓楼区", GULOU),
    Login("nanjing_sup", Role.SUPERVISOR, "南京市", NANJING),
    Login("jiangsu_sup", Role.SUPERVISOR, "江苏省", JIANGSU),
    Login("jiangsu_sup2", Role.SUPERVISOR, "江苏省", JIANGSU, "江苏省监管员二岗"),
    Login("inspector", Role.INSPECTOR, "江苏省", JIANGSU),
    Login("auditor", Role.AUDITOR, "江苏省", JIANGSU),
    Login("admin", Role.ADMIN, "江苏省", JIANGSU),
)
