"""Pages of organizations on the desk: one read or one action each."""
