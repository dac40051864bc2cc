"""What a new password must be, in our own words: the framework's have no Chinese for some of them."""

from django.contrib.auth import password_validation as theirs


class LongEnough(theirs.MinimumLengthValidator):
    """So many characters at least."""

    def get_error_message(self) -> str:
        return f"密码太短：至少要 {self.min_length} 个字符。"


class Uncommon(theirs.CommonPasswordValidator):
    """None of those that everybody tries first."""

    def get_error_message(self) -> str:
        return "这个密码太常见，容易被猜到。请换一个。"


class NotOnlyDigits(theirs.NumericPasswordValidator):
    """Something else beside digits."""

    def get_error_message(self) -> str:
        return "密码不能全是数字。请加上字母或符号。"
