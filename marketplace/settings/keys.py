"""Keys of a demo data directory: made once, kept outside the database, readable by their owner only."""

import os
import secrets
from pathlib import Path


def kept_key(directory: Path, name: str) -> str:
    """The key `name` of this data directory: 64 hex characters, made on first use. Two starters agree on the first one written."""
    path = directory / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{name}.{os.getpid()}")
        fresh.write_text(secrets.token_hex(32))
        fresh.chmod(0o600)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
