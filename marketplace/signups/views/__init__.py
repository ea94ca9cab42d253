"""Pages of sign-ups: one read or one action each."""
