"""Shapes of what people type about themselves, organisations and users."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.http import HttpRequest, QueryDict

from govmedia.common.refusals import Refused
from govmedia.engine.platforms import FIELDS
from govmedia.engine.uscc import uscc_problem
from govmedia.orgs.models import ORGANISATION_ROLES, Organisation, Role, User
from govmedia.orgs.queries import divisions_for, organisations_for
from govmedia.orgs.rights import scopes_of

MISSING = "请填写这一项。"
NOT_LISTED = "请从列表中选一项。"
INVISIBLE = ProhibitNullCharactersValidator("含有看不见的字符，请删去后重新输入。")


def show_refusal(form: forms.Form, why: Refused) -> None:
    """Put a refusal beside the field it names, or above the form."""
    form.add_error(why.field if why.field in form.fields else None, why.text)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the values sent, be they none at all, or nothing for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


class PlainForm(forms.Form):
    """A form whose labels carry no colon and whose errors are in plain words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = MISSING
            # Django's own sentences call a null character an empty text, and repeat a wrong choice however long.
            field.error_messages["invalid_choice"] = NOT_LISTED
            field.validators = [
                INVISIBLE if isinstance(rule, ProhibitNullCharactersValidator) else rule for rule in field.validators
            ]


def _line(label: str, most: int, *, hint: str = "", needed: bool = True, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=needed,
        help_text=hint,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"max_length": f"最多 {most} 个字，现在有 %(show_value)d 个，请缩短。"},
    )


def _secret(label: str, autocomplete: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        strip=False,
        help_text=hint,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"max_length": "密码最多 200 个字符。"},
    )


class LoginForm(PlainForm):
    """Name and password."""

    login = _line("登录名", 60, autocomplete="username", autocapitalize="none", spellcheck="false")
    password = _secret("密码", "current-password")


class TwiceForm(PlainForm):
    """A new password, typed twice."""

    password = _secret("新密码", "new-password", "至少 10 个字符，不能全是数字，不要用常见密码。")
    again = _secret("再输一遍新密码", "new-password")

    def clean_again(self) -> str:
        again = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError("两次输入的新密码不一样，请重新输入。")
        return again


class PasswordForm(TwiceForm):
    """The old password and a new one."""

    field_order = ("old", "password", "again")
    old = _secret("原密码", "current-password")


class TokenForm(PlainForm):
    """A token of the API: what it is called, what it is for, and how long it works."""

    name = _line("名称", 40, hint="用在哪里，例如“官网发布系统”。", autocomplete="off")
    scope = forms.ChoiceField(label="用途")
    days = forms.TypedChoiceField(
        label="有效期", coerce=int, initial=365,
        choices=[(30, "30 天"), (90, "90 天"), (180, "180 天"), (365, "1 年"), (730, "2 年")],
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [
            (code, f"{scope.label}：{scope.says}") for code, scope in scopes_of(user).items()
        ]


class OrganisationForm(PlainForm):
    """An organisation: its code and place are asked once, when it is created."""

    code = _line("统一社会信用代码", 30, hint="18 位，最后一位是校验码。", autocomplete="off", spellcheck="false")
    name = _line("单位名称", 80, hint="与公章一致的全称。")
    short_name = _line("简称", 40, needed=False, hint="列表中显示，例如“鼓楼区卫健委”。")
    division = forms.ChoiceField(label="所在行政区划")
    field = forms.ChoiceField(label="领域", required=False)
    duties = forms.CharField(
        label="职责",
        required=False,
        max_length=2000,
        help_text="一两句话，审核备案时用来对照账号名称。",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "最多 2,000 个字，现在有 %(show_value)d 个，请缩短。"},
    )

    def __init__(self, *args: Any, user: User, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = {organisation.field: organisation.field} if organisation and organisation.field else {}
        words = stored | {code: row.label for code, row in FIELDS.items()}
        self.fields["field"].choices = [("", "请选择"), *words.items()]
        if organisation is not None:
            del self.fields["code"], self.fields["division"]
            return
        places = divisions_for(user).values_list("code", "full_name")
        self.fields["division"].choices = [("", "请选择"), *places]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].upper().replace(" ", "")
        problem = uscc_problem(code)
        if problem:
            raise forms.ValidationError(problem)
        return code


class UserForm(PlainForm):
    """A user: where he works follows from the role and is asked once, when he is created."""

    login = _line("登录名", 60, hint="字母、数字或 _ . @ -，建成后不能改。", autocomplete="off", spellcheck="false")
    name = _line("姓名", 40, autocomplete="off")
    role = forms.ChoiceField(label="角色")
    organisation = _line(
        "所在单位",
        80,
        needed=False,
        hint="运维员、编辑、审校必填：输入单位全称、简称或统一社会信用代码。",
        list="organisations",
        autocomplete="off",
    )
    division = forms.ChoiceField(label="所在辖区", required=False, help_text="审核员、监管员、检查员等必填。")
    phone = _line("电话", 20, needed=False, autocomplete="off", inputmode="tel")

    def __init__(self, *args: Any, user: User, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manager = user
        roles = [role for role in Role if user.role == Role.ADMIN or role not in {Role.AUDITOR, Role.ADMIN}]
        if person is not None:
            of_body = person.organisation_id is not None
            roles = [role for role in roles if (role in ORGANISATION_ROLES) == of_body]
            for name in ("login", "organisation", "division"):
                del self.fields[name]
        else:
            places = divisions_for(user).values_list("code", "full_name")
            self.fields["division"].choices = [("", "请选择"), *places]
        self.fields["role"].choices = [("", "请选择"), *((role.value, role.label) for role in roles)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "division" not in self.fields or "role" not in values:
            return values
        if values["role"] in ORGANISATION_ROLES:
            values["organisation"] = self._organisation(values.get("organisation", ""))
            values["division"] = ""
        elif not values.get("division"):
            self.add_error("division", "请选择所在辖区。")
        return values

    def _organisation(self, typed: str) -> str:
        """The code of the organisation that was typed by code, name or short name, within the manager's reach."""
        wanted = typed.strip()
        reachable = organisations_for(self.manager).filter(active=True)
        for how in ({"code": wanted.upper()}, {"name": wanted}, {"short_name": wanted}):
            found = list(reachable.filter(**how).values_list("code", flat=True)[:2])
            if len(found) == 1:
                return found[0]
        self.add_error("organisation", "没有找到这个单位，请输入全称或统一社会信用代码；没有登记的先新增单位。")
        return ""
