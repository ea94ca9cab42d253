"""User signs in; PhoneIdentity keeps the phone number sealed; RoleAssignment says who may do what, and where."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import AREA_ROLES, Role
from .phones import mask_phone
from .sealing import unseal

__all__ = ["AccessToken", "PhoneIdentity", "RoleAssignment", "User"]


CHINESE = "zh-hans"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(  # type: ignore[assignment]
        _("电子邮箱"), unique=True, null=True, blank=True
    )
    display_name = models.CharField(_("称呼"), max_length=40, help_text=_("别人看到的名字，可以不是真名。"))
    language = models.CharField(
        _("语言"), max_length=10, default=CHINESE, help_text="What messages to this person are written in."
    )

    objects = UserManager()  # type: ignore[assignment,misc]
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.display_name or str(_("新用户"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An address is kept in lower case, as it is looked up; no address is NULL, because two empty ones would collide."""
        self.email = self.email.lower() if self.email else None
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @cached_property
    def assignments(self) -> list[RoleAssignment]:
        """The roles in force today, with their areas; read once a request."""
        return list(RoleAssignment.objects.in_force(timezone.localdate()).filter(user=self).select_related("area"))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(assignment.role for assignment in self.assignments)

    @property
    def acting_role(self) -> str:
        """The role that history writes beside this person's acts: the widest in reach."""
        return next((role for role in reversed(Role.values) if role in self.roles), "")

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def area_prefixes(self, *roles: str) -> list[str]:
        """Code prefixes of the areas in which the person holds one of these roles."""
        return [a.area.prefix for a in self.assignments if a.role in (roles or AREA_ROLES) and a.area]

    def reaches(self, area_code: str, *roles: str) -> bool:
        """Whether one of these roles of theirs covers the area."""
        return any(area_code.startswith(prefix) for prefix in self.area_prefixes(*roles))


class PhoneIdentity(models.Model):
    """A phone number, sealed, found by its keyed hash."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="phone_identity")
    number_sealed = models.BinaryField()
    number_hash = models.CharField(max_length=64, unique=True)
    verified_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.masked

    @property
    def number(self) -> str:
        return unseal(self.number_sealed)

    @property
    def masked(self) -> str:
        return mask_phone(self.number)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def in_force(self, day: date) -> RoleAssignmentQuerySet:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class RoleAssignment(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    area = models.ForeignKey("marketplace.AdminArea", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "area"], condition=Q(valid_to=None), name="role_once_an_area"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=[str(role) for role in sorted(AREA_ROLES)]) | Q(area__isnull=False),
                name="area_role_has_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.area or ''}".strip()


class AccessToken(models.Model):
    """Lets a program of the person's own act as they: shown once, kept as its keyed hash, ended at any time."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(_("用途"), max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
