"""The example project is run by the tests here, and is no test of this project."""

collect_ignore = ["example_project"]
