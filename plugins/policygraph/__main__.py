"""`python -m policygraph` does what the command `policygraph` does."""

from policygraph.cli import main

if __name__ == "__main__":
    main()
