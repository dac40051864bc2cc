"""Expected refusals: facts about a request, each with the Chinese sentence its author reads."""


class Refused(Exception):
    """A request that cannot be carried out; `text` says in Chinese what, why and what to do.

    `field` names the form field concerned, if there is one.
    """

    text = "不能这样做。"

    def __init__(self, text: str = "", field: str = "") -> None:
        self.text = text or self.text
        self.field = field
        super().__init__(self.text)

    @property
    def status(self) -> int:
        """What a page that is shown again with what was typed answers: 422 where a field is wrong, else 409."""
        return 422 if self.field else 409


class NoRight(Exception):
    """The person's role or place does not allow this; answered with 403.

    Not a Refused: a page that takes refusals back to its form must not take this one.
    """

    text = "你没有这项权限。如需办理，请联系本级监管员。"

    def __init__(self, text: str = "") -> None:
        self.text = text or self.text
        super().__init__(self.text)


class WrongState(Refused):
    """The object has moved on since the page was shown."""

    text = "当前状态下不能这样做，可能已有人先处理。请看最新情况。"


class Overtaken(WrongState):
    """What was typed was typed over an older draft than the one that is kept."""

    text = "另一个页面（或另一位同事）已经改过这份草稿，这里的改动没有保存，请刷新后再填。"


class NoteMissing(Refused):
    """This step needs a reason."""

    text = "请写明理由。"

    def __init__(self, text: str = "", field: str = "note") -> None:
        super().__init__(text, field)
