"""A prefecture that looks alive: accounts, places, needs, programs, sign-ups, made by the actions people use.

Deterministic for a seed and a day; every row that stands for something in the world is marked as 演示数据.
"""
