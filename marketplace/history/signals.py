"""The wires by which later stages learn what earlier ones did."""

from django.dispatch import Signal

# Sent inside the action's transaction with `event` and `record`; a handler that raises undoes the action.
event_recorded = Signal()
# Sent with `put_off` at the end of work that was recorded together (history.actions.together), inside its transaction.
work_ended = Signal()
