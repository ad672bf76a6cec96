"""Controls for the properties of control codes: steps that each must accuse."""
