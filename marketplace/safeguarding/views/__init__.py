"""Pages of reports, complaints and numbers to call: one read or one action each."""
