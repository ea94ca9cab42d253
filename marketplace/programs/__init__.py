"""What is offered: an organization posts a program, staff approve it.

Its shifts are its own, or adopted from needs that it answers.
"""
