"""The block classifier as scikit-learn knows classifiers: fitted by CatBoost, evaluated by numpy."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from filter.classifier import logistic
from filter.training.trees import from_catboost

Floats = npt.NDArray[np.float32]


class ObliviousTreesClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Tells two classes apart by boosted symmetric trees.

    Parameters
    ----------
    trees : int
    depth : int
        At most 8.
    learning_rate : float
    regularisation : float
        L2, on the values of leaves, in units of the mean weight of a row.
    score_noise : float
        How much chance decides between splits that are nearly as good.
    column_share, row_share : float
        Of the columns looked at for a level, and of the rows looked at for a tree.
    threads : int
        More than one make the result depend on the machine.

    Attributes
    ----------
    classes_ : array, shape (2,)
    trees_ : ObliviousTrees
        What was fitted: it needs numpy alone.

    Examples
    --------
    >>> model = ObliviousTreesClassifier(trees=20).fit([[0.0], [1.0], [9.0], [10.0]], [0, 0, 1, 1])
    >>> model.predict([[0.5], [9.5]]).tolist()
    [0, 1]
    """

    def __init__(
        self,
        trees: int = 200,
        depth: int = 6,
        learning_rate: float = 0.12,
        regularisation: float = 5.0,
        score_noise: float = 1.0,
        column_share: float = 1.0,
        row_share: float = 1.0,
        threads: int = 1,
    ) -> None:
        self.trees = trees
        self.depth = depth
        self.learning_rate = learning_rate
        self.regularisation = regularisation
        self.score_noise = score_noise
        self.column_share = column_share
        self.row_share = row_share
        self.threads = threads

    def fit(
        self,
        X: npt.ArrayLike,  # noqa: N803 - scikit-learn's name
        y: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
    ) -> Self:
        """Fit the trees.

        Parameters
        ----------
        X : array, shape (rows, columns)
            NaN stands for a missing value, which is below all others.
        y : array, shape (rows,)
            Of two classes.
        weights : array, shape (rows,), optional
            Not called ``sample_weight``: that promises that a row of weight 2 is the same as two rows, and
            CatBoost's penalty and its ties depend on how many rows there are.

        Raises
        ------
        ValueError
            If there are not two classes, or not as many labels as rows.
        """
        # Not needed to predict, and slow to import.
        from catboost import CatBoostClassifier

        matrix, labels = validate_data(self, X, y, dtype=np.float32, ensure_all_finite="allow-nan")
        check_classification_targets(labels)
        each: npt.NDArray[np.float64] = _check_sample_weight(
            weights, matrix, dtype=np.float64, ensure_non_negative=True, allow_all_zero_weights=False
        )
        counted = each > 0
        if not counted.all():  # a copy of the matrix can take gigabytes
            matrix, labels, each = matrix[counted], labels[counted], each[counted]
        self.classes_, places = np.unique(labels, return_inverse=True)
        if len(self.classes_) != 2:
            kind = type_of_target(labels)
            raise ValueError(
                f"Only binary classification is supported. The type of the target is {kind}, "
                f"with {len(self.classes_)} class{'' if len(self.classes_) == 1 else 'es'}."
            )
        model = CatBoostClassifier(
            iterations=self.trees,
            depth=self.depth,
            learning_rate=self.learning_rate,
            l2_leaf_reg=self.regularisation,
            random_strength=self.score_noise,
            border_count=64,
            rsm=self.column_share,
            bootstrap_type="Bernoulli" if self.row_share < 1 else "No",
            subsample=self.row_share if self.row_share < 1 else None,
            thread_count=self.threads,
            random_seed=1,
            verbose=False,
            allow_writing_files=False,
        )
        self.trees_ = from_catboost(model.fit(matrix, places, sample_weight=each))
        return self

    def decision_function(self, X: npt.ArrayLike) -> Floats:  # noqa: N803 - scikit-learn's name
        """Return the log-odds of the second class, shape (rows,)."""
        check_is_fitted(self)
        matrix = validate_data(self, X, dtype=np.float32, ensure_all_finite="allow-nan", reset=False)
        return self.trees_.decision(matrix)

    def predict_proba(self, X: npt.ArrayLike) -> Floats:  # noqa: N803 - scikit-learn's name
        """Return the probabilities of both classes, shape (rows, 2)."""
        chances = logistic(self.decision_function(X))
        return np.stack((1 - chances, chances), axis=1)

    def predict(self, X: npt.ArrayLike) -> npt.NDArray[Any]:  # noqa: N803 - scikit-learn's name
        """Return the likelier class of each row."""
        likelier = (self.decision_function(X) > 0).astype(np.int64)
        labels: npt.NDArray[Any] = self.classes_[likelier]
        return labels

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.allow_nan = True
        return tags
