"""The index inside the product's own database, never behind what it tells of."""
