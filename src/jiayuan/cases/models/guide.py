# SPDX-License-Identifier: Apache-2.0
"""The work guide (工作指引): pages by what they are about, and every version that ever stood in them."""

from django.db import models
from django.db.models import Q

from jiayuan.cases.enums import GuideAbout
from jiayuan.people.models import Person
from jiayuan.record.events import Ref


class GuidePage(models.Model):
    """A page of the guide: about a class, a move, or the work in general. Its words stand in its versions."""

    code = models.CharField(max_length=40, unique=True)
    about = models.CharField(max_length=8, choices=GuideAbout)
    # Class keys or verbs, by spaces and with one at either end, so that one LIKE finds a whole word.
    keys = models.CharField(max_length=400, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=100)
    is_public = models.BooleanField(default=False)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        db_table = "cases_guide_page"
        constraints = [models.CheckConstraint(condition=Q(about__in=GuideAbout.values), name="cases_guide_about_known")]
        indexes = [models.Index(fields=["order", "code"], name="cases_guide_in_order")]

    @property
    def ref(self) -> Ref:
        """The page as events name it."""
        return Ref("guide", self.pk)


class GuideVersion(models.Model):
    """What a page said from a moment on, in the languages in which it was written. Never changed, only followed."""

    page = models.ForeignKey(GuidePage, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    is_latest = models.BooleanField(default=True)
    title = models.CharField(max_length=80)
    title_hant = models.CharField(max_length=80, blank=True, default="")
    title_en = models.CharField(max_length=160, blank=True, default="")
    body = models.TextField()
    body_hant = models.TextField(blank=True, default="")
    body_en = models.TextField(blank=True, default="")
    change = models.CharField(max_length=200)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateTimeField()

    class Meta:
        db_table = "cases_guide_version"
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="cases_guide_version_once"),
            models.UniqueConstraint(
                fields=["page"], condition=Q(is_latest=True), name="cases_guide_one_latest_version"
            ),
        ]
