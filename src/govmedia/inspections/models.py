"""Inspected posts, their hits, what people allowed, and checks that speak no longer by themselves."""

from django.conf import settings
from django.db import models

from govmedia.accounts.models import Account
from govmedia.common.models import both_or_neither
from govmedia.inspections.states import State
from govmedia.orgs.models import Division
from govmedia.posts.models import Post

FOUND_MAX = 200
SPECIMEN_MAX = 500
AROUND = 40


class Inspected(models.Model):
    """A post as it was inspected: by its content's hash, and by which checks (versions and shipped tables)."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="inspected")
    sm3 = models.CharField(max_length=64)
    checks = models.CharField(max_length=16)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.post_id}"


class Target(models.Model):
    """An address outside that posts show or lead to, opened once by the worker: a picture, or a page (opened again
    after a month and after three). What was found there is kept, so that further posts need no further request.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", "图片"
        PAGE = "page", "网页"

    class Outcome(models.TextChoices):
        WAITING = "", "还没有打开"
        OK = "ok", "已查看"
        TROUBLE = "trouble", "打不开"
        REFUSED = "refused", "不允许打开"
        GONE = "gone", "已不存在"
        UNFIT = "unfit", "不是可以查看的内容"
        LEFT = "left", "排队过久，没有打开"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    url = models.CharField(max_length=2000)
    url_sm3 = models.CharField(max_length=64)
    host = models.CharField(max_length=255)
    first_seen_at = models.DateTimeField()
    # when it is opened next; empty: no more
    due_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    visits = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.WAITING, blank=True)
    cause = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=200, blank=True)
    # a picture's text and codes; of pages only what was found is kept
    text = models.TextField(blank=True)
    codes = models.JSONField(default=list)
    found = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "url_sm3"], name="inspections_target_once")]
        indexes = [
            models.Index(fields=["due_at", "host"], name="inspections_target_due"),
            models.Index(fields=["host", "looked_at"], name="inspections_target_host"),
        ]

    def __str__(self) -> str:
        return self.url


class TargetUse(models.Model):
    """A post shows a picture or leads to a page: the place among its images or links."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="uses")
    post = models.ForeignKey(Post, models.CASCADE, related_name="target_uses", db_index=False)
    index = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "target"], name="inspections_use_once")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.index}"


class TextHit(models.Model):
    """One hit of one check on one post, with the words around it, so that it stands when the post is gone."""

    class Level(models.TextChoices):
        VETO = "veto", "红线"
        DEDUCT = "deduct", "扣分"
        NOTICE = "notice", "提示"

    post = models.ForeignKey(Post, models.CASCADE, related_name="text_hits")
    account = models.ForeignKey(Account, models.CASCADE, related_name="text_hits")
    counts_on = models.DateField()
    check_code = models.CharField(max_length=40)
    category = models.CharField(max_length=12)
    level = models.CharField(max_length=8, choices=Level.choices)
    field = models.CharField(max_length=8)
    index = models.PositiveSmallIntegerField(null=True, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    found = models.CharField(max_length=FOUND_MAX)
    before = models.CharField(max_length=AROUND, blank=True)
    after = models.CharField(max_length=AROUND, blank=True)
    suggestion = models.CharField(max_length=FOUND_MAX, blank=True)
    message = models.CharField(max_length=300)
    basis = models.CharField(max_length=300, blank=True)
    confidence = models.FloatField()
    # may be sent to the operator without a human looking
    auto = models.BooleanField()
    lexicon = models.CharField(max_length=60, blank=True)
    check_version = models.PositiveSmallIntegerField(default=1)
    post_sm3 = models.CharField(max_length=64)
    # where the words stand if not in the post itself: in a picture it shows, on a page it leads to
    target = models.ForeignKey(Target, models.SET_NULL, null=True, blank=True, related_name="hits")
    # what a human's word on it is worth: weight of the level by how sure it is
    gain = models.FloatField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    seen_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="decided_hits"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [both_or_neither("inspections_decision", "decided_by", "decided_at")]
        indexes = [
            models.Index(fields=["state", "-gain", "id"], name="inspections_queue"),
            models.Index(fields=["account", "state", "counts_on"], name="inspections_account"),
            models.Index(fields=["check_code", "state"], name="inspections_check"),
            models.Index(fields=["decided_at"], name="inspections_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.found}"


class Allowance(models.Model):
    """Words that a check shall pass over from now on, in a division and below it; two people's decision."""

    check_code = models.CharField(max_length=40)
    division = models.ForeignKey(Division, models.PROTECT, related_name="allowances")
    # contains what was found, with as much around it as makes it unmistakable
    phrase = models.CharField(max_length=120)
    why = models.CharField(max_length=300)
    hit = models.ForeignKey(TextHit, models.SET_NULL, null=True, blank=True, related_name="allowances")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposed_allowances")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="approved_allowances"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            both_or_neither("inspections_approval", "approved_by", "approved_at"),
            models.UniqueConstraint(
                fields=["check_code", "phrase", "division"],
                condition=models.Q(ended_at__isnull=True),
                name="inspections_allowed_once",
            ),
        ]

    def __str__(self) -> str:
        return self.phrase


class Specimen(models.Model):
    """A sentence about which two people agreed: a check must find what stands at the place, or must pass over it.

    `holds`: whether the checks that `tried_by` names do so; empty before it was tried.
    """

    check_code = models.CharField(max_length=40)
    division = models.ForeignKey(Division, models.PROTECT, related_name="specimens")
    text = models.CharField(max_length=SPECIMEN_MAX)
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    is_error = models.BooleanField()
    why = models.CharField(max_length=300)
    hit = models.ForeignKey(TextHit, models.SET_NULL, null=True, blank=True, related_name="specimens")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposed_specimens")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="approved_specimens"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    holds = models.BooleanField(null=True, blank=True)
    tried_by = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            both_or_neither("inspections_specimen_approval", "approved_by", "approved_at"),
            models.UniqueConstraint(
                fields=["check_code", "text", "start", "end", "division"],
                condition=models.Q(ended_at__isnull=True),
                name="inspections_specimen_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def found(self) -> str:
        """The words at the place."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        return self.text[: self.start]

    @property
    def after(self) -> str:
        return self.text[self.end :]


class Message(models.Model):
    """A text that accounts of other organisations carried: who published it first, and how far it went.

    `text` is the post the others were compared with, `first` the one with the earliest time; mostly the same.
    `carriers` are accounts of other organisations than the first one's; `below` those of them that are subordinate
    to it (lower levels of its division, its field unless it is the government's), `subordinates` all such accounts.
    """

    text = models.OneToOneField(Post, models.CASCADE, related_name="+")
    first = models.ForeignKey(Post, models.CASCADE, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    carriers = models.PositiveIntegerField(default=0)
    below = models.PositiveIntegerField(default=0)
    subordinates = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["first_at"], name="inspections_message_first"),
            models.Index(fields=["carriers", "id"], name="inspections_message_carriers"),
        ]

    def __str__(self) -> str:
        return self.first.title or self.first.text[:40]


class Origin(models.Model):
    """What of a post is its own: `share` of it stands in the message's text, `covers` is the share of that text it
    carries, `own` its longest passage (in letters and digits) that does not stand there.

    Texts that are like no earlier one are indexed, by `keys`; all others are compared with them.
    """

    class Kind(models.TextChoices):
        OWN = "own", "原创"
        CARRIED = "carried", "转载"
        ADAPTED = "adapted", "套用"
        AGAIN = "again", "本单位已发过"
        SHORT = "short", "过短，不比较"

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="origin")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    counts_on = models.DateField()
    # its own time where that can be, else when it was first seen
    said_at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    share = models.FloatField(default=0)
    covers = models.FloatField(default=0)
    own = models.PositiveIntegerField(default=0)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="parts", db_index=False)
    keys = models.BinaryField(max_length=64, default=b"")

    class Meta:
        indexes = [
            models.Index(fields=["account", "counts_on"], name="inspections_origin_account"),
            models.Index(
                fields=["message", "account"],
                condition=models.Q(message__isnull=False),
                name="inspections_origin_message",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind}"


class TextKey(models.Model):
    """The index of texts: a number of a text in the high bits, the key of its post in the low ones.

    One number that is the row's own key is the smallest a table can be: sixteen rows of a post take 250 bytes.
    """

    key = models.BigAutoField(primary_key=True)

    def __str__(self) -> str:
        return str(self.key)


class Demotion(models.Model):
    """A check that no longer sends hits by itself, because too many of them were overturned."""

    check_code = models.CharField(max_length=40)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            both_or_neither("inspections_demotion_end", "ended_by", "ended_at"),
            models.UniqueConstraint(
                fields=["check_code"], condition=models.Q(ended_at__isnull=True), name="inspections_demoted_once"
            ),
        ]

    def __str__(self) -> str:
        return self.check_code
