"""`python -m civicrules` is the command line."""

from civicrules.cli import main

if __name__ == "__main__":
    main()
