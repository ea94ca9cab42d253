"""Pages of needs on the desk: one read or one action each."""
