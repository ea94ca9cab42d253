"""What may be handed in, by content."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ContentType(TextChoices):
    JPEG = "image/jpeg", _("JPEG 图片")
    PNG = "image/png", _("PNG 图片")
    PDF = "application/pdf", _("PDF 文件")
