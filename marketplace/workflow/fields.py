"""The column of a lifecycle."""

from typing import Any

from django_fsm import FSMField


class StatusField(FSMField):
    """A status that nothing but a declared transition changes.

    Migrations see the plain column it is: an FSMField there listens to every model that any migration draws up again,
    which more than doubles the time of a first `migrate`.
    """

    def __init__(self, *args: Any, protected: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, protected=protected, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("protected")
        return name, "django.db.models.CharField", args, kwargs
