"""Event: who did what, when, why. Append-only, without personal data; later packages react to what is recorded here."""
