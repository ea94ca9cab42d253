"""Who can help: registered bodies, how each was verified, and the people who work in them."""
