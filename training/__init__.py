"""Training of the models that the package ships: how to repeat it stands in README.md."""
