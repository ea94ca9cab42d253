"""The slot: one place, one start and end, so many places. It belongs to a need, to a program, or to both.

Capacity, sign-up, roster, attendance, search and planning know only Shift.
"""
