"""A bulletin that cannot be read or set; told in Chinese: where, what, how to put it right."""


class BulletinError(ValueError):
    """All that is wrong at once; `problems` are Chinese sentences."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
