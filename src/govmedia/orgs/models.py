"""Divisions, organisations, users and what lets them in."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from govmedia.common.ordering import NameOrder
from govmedia.orgs.rights import SCOPES


class Level(models.TextChoices):
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡镇街道"


class Division(models.Model):
    """An administrative division. `code`: six digits of GB/T 2260, nine for townships."""

    code = models.CharField(primary_key=True, max_length=9)
    name = models.CharField(max_length=60)
    full_name = models.CharField(max_length=120)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    def __str__(self) -> str:
        return self.full_name


class Organisation(models.Model):
    """A public body that runs accounts. `code` is its 统一社会信用代码 (GB 32100)."""

    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=80)
    name_order = NameOrder(of="name")
    short_name = models.CharField(max_length=40, blank=True)
    division = models.ForeignKey(Division, models.PROTECT, related_name="organisations")
    level = models.CharField(max_length=10, choices=Level.choices)
    field = models.CharField(max_length=20, blank=True)
    duties = models.TextField(blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["division", "name"], name="orgs_name_in_division")]
        indexes = [
            models.Index(fields=["name"], name="orgs_name"),
            models.Index(fields=["name_order"], name="orgs_name_order"),
            models.Index(fields=["short_name"], name="orgs_short_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    OPERATOR = "operator", "运维员"
    EDITOR = "editor", "编辑"
    REVISER = "reviser", "审校"
    REVIEWER = "reviewer", "审核员"
    SUPERVISOR = "supervisor", "监管员"
    INSPECTOR = "inspector", "检查员"
    AUDITOR = "auditor", "审计员"
    ADMIN = "admin", "系统管理员"


ORGANISATION_ROLES = frozenset({Role.OPERATOR, Role.EDITOR, Role.REVISER})


class UserManager(BaseUserManager["User"]):
    """Users are made by orgs.services; this only finds them."""

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(login=username)


class User(AbstractBaseUser):
    """Somebody who logs in: bound to an organisation (operators, editors) or to a division (offices)."""

    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=40)
    name_order = NameOrder(of="name")
    role = models.CharField(max_length=12, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="users")
    division = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="users")
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="orgs_user_has_one_place",
                condition=models.Q(organisation__isnull=True, division__isnull=False)
                | models.Q(organisation__isnull=False, division__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_role_display()}）"


class Invitation(models.Model):
    """A one-time link by which an invited user, or one whose password was reset, sets a password."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.expires_at:%F}"


class Token(models.Model):
    """A key of the API that acts for its user, for one purpose. Its secret is kept as a hash only."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=40)
    scope = models.CharField(max_length=20)
    secret_hash = models.CharField(max_length=64, unique=True)
    # the secret's first characters, by which its holder knows it again
    start = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # to the hour
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "created_at"], name="orgs_token_user")]

    def __str__(self) -> str:
        return f"{self.name}（{self.start}…）"

    @property
    def scope_label(self) -> str:
        return SCOPES[self.scope].label if self.scope in SCOPES else self.scope


class LoginFailure(models.Model):
    """A failed log-in, kept for the lock-out after repeated ones."""

    login = models.CharField(max_length=60)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["login", "at"], name="orgs_loginfailure_login")]

    def __str__(self) -> str:
        return self.login
