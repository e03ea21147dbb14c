"""`python -m matcher`: the command line."""

from matcher.cli.main import main

main()
