"""Who can help: people and groups, what they can do, when they are free, and what is known to clear them."""
