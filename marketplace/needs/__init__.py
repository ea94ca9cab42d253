"""What is asked: a site states a need, staff verify it, publishing makes its shifts."""
