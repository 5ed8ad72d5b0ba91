"""Labelled pages become a model: corpora, gold labels, splices, fitting, evaluation."""
