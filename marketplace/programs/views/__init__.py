"""Pages of programs: what everybody reads, and the desk of those who offer and decide. One read or one action each."""
