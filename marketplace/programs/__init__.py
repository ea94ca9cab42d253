"""What is offered: an organization posts a program with shifts of its own and shifts adopted from needs; staff approve it."""
