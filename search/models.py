"""The index as ordinary tables: a need's or program's text once, and one narrow row for each of its shifts.

No foreign keys into the marketplace: the rows are written by its events and compared with it by `search_verify`.
"""

from __future__ import annotations

from django.db import models

__all__ = ["SearchParent", "SearchSlot", "SkillBit"]

# SQLite's and PostgreSQL's integers have 63 bits beside the sign.
SKILL_BITS = 63


class SearchParent(models.Model):
    """What is found: its key tells kind and record (see entries.key_of), so it is the same after every rebuild."""

    id = models.BigIntegerField(primary_key=True)
    title_words = models.TextField()
    tokens = models.TextField(help_text="The words of the title three times, then those of everything else.")
    analysis = models.CharField(max_length=12, help_text="Version of the analysis that made the words.")

    def __str__(self) -> str:
        return f"{self.id}"


class SearchSlot(models.Model):
    """One shift with all that filters and ranking ask of it. Times are seconds since 1970: SQL compares integers."""

    shift_id = models.BigIntegerField(primary_key=True)
    parent = models.ForeignKey(SearchParent, on_delete=models.CASCADE, related_name="slots")
    kind = models.CharField(max_length=7)
    category = models.CharField(max_length=50)
    area_code = models.CharField(max_length=12)
    lng = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    starts = models.BigIntegerField(db_index=True)
    ends = models.BigIntegerField()
    part = models.CharField(max_length=9)
    places = models.PositiveSmallIntegerField()
    places_left = models.PositiveSmallIntegerField()
    skill_mask = models.BigIntegerField()
    needs_clearance = models.BooleanField()
    is_urgent = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.shift_id}"


class SkillBit(models.Model):
    """Which bit of a slot's mask stands for a skill. Given once and never again, so old masks stay true."""

    code = models.CharField(max_length=50, unique=True)
    bit = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(bit__lt=SKILL_BITS), name="skill_bit_fits_the_mask"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.bit}"
