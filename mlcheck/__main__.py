"""`python -m mlcheck`."""

from mlcheck.cli import main

main()
