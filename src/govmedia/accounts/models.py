"""The registry of accounts."""

from django.db import models

from govmedia.common.ordering import NameOrder
from govmedia.orgs.models import Division, Level, Organisation


class Status(models.TextChoices):
    OPEN = "open", "正常开设"
    SUSPENDED = "suspended", "暂停"
    CLOSING = "closing", "停更公告中"
    CLOSED = "closed", "已注销"


class Health(models.TextChoices):
    HEALTHY = "healthy", "健康"
    FAULTY = "faulty", "有问题"
    NOT_SEEN = "not_seen", "未见"


class Cause(models.TextChoices):
    """Why an account is not seen; none of these ever costs the account a point."""

    NONE = "", "—"
    WAITING = "waiting", "刚纳入，等待首次查看"
    NETWORK = "network", "本平台网络不通"
    PLATFORM = "platform", "对方平台暂时无法访问"
    OWNER = "owner", "需要主办单位重新授权或修复接口"
    GONE = "gone", "接口显示账号已不存在"
    FROZEN = "frozen", "身份存疑，已冻结待人工核实"


LIVE = (Status.OPEN, Status.SUSPENDED, Status.CLOSING)


class Account(models.Model):
    """One official account on one platform. Identity is `code` (ours) and `platform_id` (the platform's)."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=80)
    name_order = NameOrder(of="name")
    platform = models.CharField(max_length=20)
    platform_id = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="accounts")
    # copies of the organisation's, so that lists of a division need no join
    division = models.ForeignKey(Division, models.PROTECT, related_name="accounts")
    level = models.CharField(max_length=10, choices=Level.choices)
    field = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    description = models.TextField(blank=True)
    url = models.CharField(max_length=2000, blank=True)
    qr_url = models.CharField(max_length=2000, blank=True)
    functions = models.JSONField(default=list)
    followers = models.BigIntegerField(null=True, blank=True)
    stands_for_government = models.BooleanField(default=False)
    # a reviewer accepted a second account of the same organisation on this platform
    second_allowed = models.BooleanField(default=False)
    opened_on = models.DateField(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    contact_name = models.CharField(max_length=40, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    # written by posts and checks
    first_seen_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    last_post_at = models.DateTimeField(null=True, blank=True)
    health = models.CharField(max_length=10, choices=Health.choices, default=Health.NOT_SEEN)
    health_cause = models.CharField(max_length=10, choices=Cause.choices, default=Cause.WAITING, blank=True)
    health_text = models.CharField(max_length=300, blank=True)
    health_since = models.DateTimeField(null=True, blank=True)
    veto_open = models.BooleanField(default=False)
    frozen_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "platform_id"],
                condition=~models.Q(platform_id="") & ~models.Q(status="closed"),
                name="accounts_platform_id_once",
            ),
            models.CheckConstraint(
                name="accounts_closed_has_date",
                condition=~models.Q(status="closed") | models.Q(closed_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["division", "status", "platform", "level", "health"], name="accounts_tally"),
            models.Index(fields=["status", "platform", "level", "division"], name="accounts_browse"),
            models.Index(fields=["organisation", "platform"], name="accounts_org_platform"),
            models.Index(fields=["name"], name="accounts_name"),
            models.Index(fields=["name_order"], name="accounts_name_order"),
            models.Index(fields=["last_seen_at"], name="accounts_last_seen"),
            models.Index(fields=["-updated_at"], name="accounts_updated"),
            models.Index(fields=["-last_post_at"], name="accounts_last_post"),
            models.Index(fields=["-filed_on"], name="accounts_filed"),
            # the directory's facets, each in the order of activity that its pages have
            models.Index(fields=["platform", "-last_post_at"], name="accounts_platform_active"),
            models.Index(fields=["level", "-last_post_at"], name="accounts_level_active"),
            models.Index(fields=["field", "-last_post_at"], name="accounts_field_active"),
            # with the activity at its end a place's page is sorted without reading an account
            models.Index(
                fields=["division", "platform", "level", "field", "-last_post_at"], name="accounts_facets_active"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SearchEntry(models.Model):
    """What an account is found by, see `search_text`; the databases' own index over `tokens` is in `search_index`.

    `id` is the place in the order of weight, see `weight`: the key of a row changes with the account's weight.
    """

    id = models.BigIntegerField(primary_key=True)
    account = models.OneToOneField(Account, models.CASCADE, related_name="search_entry")
    name = models.TextField()
    initials = models.TextField()
    sounds = models.TextField()
    band = models.CharField(max_length=4, default="0")
    tokens = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="accounts_search_name"),
            models.Index(fields=["initials"], name="accounts_search_initials"),
        ]

    def __str__(self) -> str:
        return self.name[:40]


class Trait(models.Model):
    """One hash by which an account is recognised: of its link or platform id, or a key of its name.

    Who imitates a name has a key in common with it (engine/likeness/keys.py).
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="traits")
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["key", "account"], name="accounts_trait_key")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.key}"


class FormerName(models.Model):
    """A name an account was filed under before."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=80)
    until_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["name"], name="accounts_former_name")]

    def __str__(self) -> str:
        return self.name


class Offered(models.Model):
    """One matter that an account's functions are about (engine/offers.toml), so that it is browsed by it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="offered")
    offer = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "account"], name="accounts_offered_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.offer}"


class Avatar(models.Model):
    """The picture an account shows as its own, as its feed names it, with its fingerprint (engine/content)."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="avatar")
    url = models.CharField(max_length=2000)
    fingerprint = models.BigIntegerField(null=True, blank=True)
    # when it is opened next
    due_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    cause = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="accounts_avatar_due")]

    def __str__(self) -> str:
        return self.url[:80]
