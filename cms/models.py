"""The pages: home, the list of charity projects, and a project's own page with its live shifts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from .blocks import ProjectBody
from .queries import front_page_facts, project_facts, recruiting_first

PROJECTS_A_PAGE = 24


class HomePage(Page):
    """The front door: one search, what is wanted most, and who is behind it."""

    greeting = models.CharField(_("标题"), max_length=30, default="附近有人需要一双手")
    intro = models.TextField(
        _("引言"),
        max_length=200,
        default="儿童之家和老人们把需要写在这里，社会组织来安排，您挑一个方便的时间去帮忙。",
    )

    content_panels = [*Page.content_panels, FieldPanel("greeting"), FieldPanel("intro")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.ProjectIndexPage"]
    template = "cms/home.html"

    class Meta:
        verbose_name = _("首页")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **front_page_facts(CharityProjectPage.objects.all(), timezone.now())}


class ProjectIndexPage(Page):
    """All charity projects, those with open shifts first."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.CharityProjectPage"]
    template = "cms/project_index.html"

    class Meta:
        verbose_name = _("公益项目列表")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        projects = CharityProjectPage.objects.child_of(self)
        shown = Paginator(recruiting_first(projects, timezone.now()), PROJECTS_A_PAGE)
        return {**context, "projects": shown.get_page(request.GET.get("page"))}


class CharityProjectPage(Page):
    """One program told as a story, with what can be done for it now."""

    program = models.OneToOneField(
        "marketplace.Program",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="page",
        verbose_name=_("项目"),
    )
    intro = models.TextField(_("一句话介绍"), max_length=200)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("题图"),
    )
    body = StreamField(ProjectBody(), blank=True, verbose_name=_("内容"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("program", read_only=True),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    parent_page_types = ["cms.ProjectIndexPage"]
    subpage_types: list[str] = []
    template = "cms/charity_project.html"

    class Meta:
        verbose_name = _("公益项目")

    @property
    def tells_intro_again(self) -> bool:
        """Whether the story begins with the words of the intro, as it does until an editor wrote one."""
        first = next((block for block in self.body if block.block_type == "story"), None)
        return first is not None and strip_tags(str(first.value)).strip().startswith(self.intro)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **project_facts(self.program, timezone.now())}
