"""What somebody says is wrong: harm to a child, reported at once, and complaints. Phone numbers to call are records.

Stands after `signups`, because a report or a complaint may be about any of the stages before.
"""
