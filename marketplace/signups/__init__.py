"""What was agreed, unpaid: who comes to which shift. A place is never sold twice."""
