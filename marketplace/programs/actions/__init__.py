"""The only writes about programs: their life, and what changes while they run."""

from .life import (
    OwnShift,
    approve_program,
    call_off_shift,
    cancel_program,
    change_program,
    create_program,
    end_program,
    end_programs,
    lay_shifts,
    return_program,
    save_program,
    stop_program,
    submit_program,
)
from .running import add_insurance, add_shifts, remove_insurance, reschedule_shift, revise_risks

__all__ = [
    "OwnShift",
    "add_insurance",
    "add_shifts",
    "approve_program",
    "call_off_shift",
    "cancel_program",
    "change_program",
    "create_program",
    "end_program",
    "end_programs",
    "lay_shifts",
    "remove_insurance",
    "reschedule_shift",
    "return_program",
    "revise_risks",
    "save_program",
    "stop_program",
    "submit_program",
]
