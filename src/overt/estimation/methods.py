"""The methods by their names, each read when it is asked for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from typing import NamedTuple

from threadpoolctl import threadpool_limits

from overt.estimation.estimates import Estimate
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.model.errors import UsageError


def one_core() -> AbstractContextManager[object]:
    """Linear algebra without threads: the matrices here are small, and threads would wait for each other."""
    limits: AbstractContextManager[object] = threadpool_limits(1, user_api="blas")
    return limits


class Method(NamedTuple):
    """Where a method is: a module of this package and a function `(Lists, *, level, seed, **options) -> Estimate` there.

    `options` are the names of further arguments that it takes, of those that `estimate` knows.
    """

    module: str
    function: str
    help: str
    options: tuple[str, ...] = ()
    always: bool = True
    """Whether `all` includes it."""

    def __call__(self, lists: Lists, *, level: float, seed: int, **options: object) -> Estimate:
        """Run it; options that it does not take are left out. Raises UsageError where the table cannot be used."""
        run: Callable[..., Estimate] = getattr(import_module(f"overt.estimation.{self.module}"), self.function)
        with one_core():
            return run(lists, level=level, seed=seed, **{name: options[name] for name in self.options if name in options})


_INTERVALS = ("interval", "replicates")
METHODS = {
    "independence": Method("loglinear.model_selection", "independence", "independent lists (Darroch 1958)", _INTERVALS),
    "main-effects": Method(
        "loglinear.model_selection", "main_effects", "the log-linear model without interactions: the same", _INTERVALS
    ),
    "stepwise-aic": Method(
        "loglinear.model_selection", "stepwise_aic", "pairs added by AIC (Bales and others 2015)", (*_INTERVALS, "threshold")
    ),
    "stepwise-p": Method(
        "loglinear.model_selection", "stepwise_p", "pairs added by surprise (Chan and others 2021)", (*_INTERVALS, "threshold")
    ),
    "bic": Method("loglinear.model_selection", "bic", "the best model by BIC (Rcapture; Silverman and others 2024)", _INTERVALS),
    "fixed": Method(
        "loglinear.model_selection", "fixed", "one model that --model names (Fienberg 1972)", (*_INTERVALS, "model"), always=False
    ),
    "chapman": Method("closed_form.chapman", "chapman", "two lists, independent of each other (Chapman 1951)", ("pair",)),
    "chao": Method("closed_form.chao_bounds", "chao", "a lower bound from who is on one list and who on two (Chao 1987)"),
    "chao-mth": Method(
        "closed_form.chao_bounds", "chao_mth", "the same for lists of unequal reach (Rivest and Baillargeon 2007; Rcapture)"
    ),
    "dga": Method(
        "bayesian.graph_averaging",
        "decomposable",
        "averaged over decomposable graphs (Madigan and York 1997)",
        ("delta", "prior"),
    ),
    "lcmcr": Method(
        "bayesian.latent_class", "latent_class", "people in classes that are seen unlike often (Manrique-Vallier 2016)"
    ),
}

FLAGS = {"pair": "pair of lists (--lists)"}
"""Options whose name on the command line is another."""


def find_method(name: str) -> Method:
    """A method by its name. Raises UsageError for a name that is none's."""
    if name not in METHODS:
        raise UsageError(f"there is no method {name!r} (there are {', '.join(METHODS)} and all)")
    return METHODS[name]
