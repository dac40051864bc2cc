"""One figure of a bulletin that does not close."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` names the rule, `where` the fields, `text` says in Chinese what does not fit and what to look at."""

    kind: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}：{self.text}"
