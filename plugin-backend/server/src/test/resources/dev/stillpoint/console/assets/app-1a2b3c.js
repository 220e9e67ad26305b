// The script of a console for tests.
