"""How much the service bears: make load

docs/load.md says what is measured and what came of it.
"""
