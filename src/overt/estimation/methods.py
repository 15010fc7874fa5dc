"""The estimation methods by name. A method's module is imported on first use."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from typing import NamedTuple

from threadpoolctl import threadpool_limits

from overt.estimation.estimate_result_and_verdicts import Estimate
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.estimation.time_limit import Checkpoint, no_checkpoint
from overt.model.errors import UsageError


def limit_blas_threads() -> AbstractContextManager[object]:
    """Return a context in which linear algebra uses one thread. For small matrices, several threads would only wait."""
    limits: AbstractContextManager[object] = threadpool_limits(1, user_api="blas")
    return limits


class Method(NamedTuple):
    """An estimation method: a function `(OverlapTable, *, level, seed, **options) -> Estimate` in a module of this package."""

    module: str
    function: str
    options: tuple[str, ...] = ()
    """Names of the further options that the function accepts."""
    in_all: bool = True
    """Whether the method name `all` includes it."""
    long: bool = False
    """Whether the method can take minutes. The function of such a method accepts a `Checkpoint`."""

    def __call__(
        self, table: OverlapTable, *, level: float, seed: int, checkpoint: Checkpoint = no_checkpoint, **options: object
    ) -> Estimate:
        """Run the method, ignoring options that it doesn't accept.

        Raises UsageError if the table or an option cannot be used, and what `checkpoint` raises.
        """
        run: Callable[..., Estimate] = getattr(import_module(f"overt.estimation.{self.module}"), self.function)
        accepted = {name: options[name] for name in self.options if name in options}
        if self.long:
            accepted["checkpoint"] = checkpoint
        with limit_blas_threads():
            return run(table, level=level, seed=seed, **accepted)


_INTERVALS = ("interval", "replicates")
METHODS = {
    "independence": Method("loglinear.independent_lists_estimates", "independence", _INTERVALS),
    "main-effects": Method("loglinear.independent_lists_estimates", "main_effects", _INTERVALS),
    "stepwise-aic": Method("loglinear.chosen_model_estimates", "stepwise_aic", (*_INTERVALS, "threshold"), long=True),
    "stepwise-p": Method("loglinear.chosen_model_estimates", "stepwise_p", (*_INTERVALS, "threshold"), long=True),
    "bic": Method("loglinear.chosen_model_estimates", "bic", _INTERVALS, long=True),
    "fixed": Method("loglinear.chosen_model_estimates", "fixed", (*_INTERVALS, "model"), in_all=False),
    "chapman": Method("closed_form.chapman", "chapman", ("pair",)),
    "chao": Method("closed_form.chao_bounds", "chao"),
    "chao-mth": Method("closed_form.chao_bounds", "chao_mth"),
    "dga": Method("bayesian.graph_averaging", "average_over_graphs", ("delta", "prior")),
    "lcmcr": Method("bayesian.latent_class", "latent_class", long=True),
}

FLAGS = {"pair": "pair of lists (--lists)"}
"""Names of options in notes and errors, if they differ from the names of the parameters."""


def find_method(name: str) -> Method:
    """Return a method by its name. Raises UsageError for an unknown name."""
    if name not in METHODS:
        raise UsageError(f"there is no method {name!r} (there are {', '.join(METHODS)} and all)")
    return METHODS[name]
