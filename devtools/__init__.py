"""What `dev.py` is made of: it makes `.venv`, keeps the data directory and starts, tests and checks the product.

Standard library only, because it runs before anything is installed; `prepare` and `catalogue` alone run inside `.venv`.
No product package imports it. Read in this order: command → installation → state → demo, suite, checks.
"""
