"""Diagnose a sampler's chains without arviz: whether they agree, and how many independent draws they are equivalent to."""

import numpy as np
from scipy.special import ndtri

from overt.estimation.array_types import Floats


def split_rhat(draws: Floats) -> float:
    """Return the rank-normalized split R-hat of draws (chains × draws): 1 if the halves of all chains agree.

    Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), Rank-normalization, folding, and localization, Bayesian Analysis 16.
    It is the larger of the values for the location and for the spread of the draws; infinite for chains that are constant at
    different values.
    """
    halves = _halves(draws)
    return max(_rhat(_normal_scores(halves)), _rhat(_normal_scores(np.abs(halves - np.median(halves)))))


def effective_size(draws: Floats) -> float:
    """Return the number of independent draws that would locate the centre as precisely as these (chains × draws).

    This is the bulk effective sample size of Vehtari et al. (2021), with Geyer's initial monotone sequence. NaN if all draws are
    equal.
    """
    return _effective(_normal_scores(_halves(draws)))


def tail_size(draws: Floats, level: float) -> float:
    """Return the number of independent draws that would locate the ends of an interval as precisely as these (chains × draws).

    `level`: the interval's level. The result is the smaller of two effective sample sizes: one for draws below the lower end,
    one for draws above the upper end. The tail effective sample size of Vehtari et al. (2021) is that of level 0.9. NaN if
    (nearly) all draws are equal.
    """
    halves = _halves(draws)
    ends = np.quantile(halves, [(1 - level) / 2, (1 + level) / 2])
    sizes = [_effective((halves <= end).astype(np.float64)) for end in ends]
    known = [size for size in sizes if not np.isnan(size)]
    return min(known) if known else float("nan")


def _effective(values: Floats) -> float:
    chains, length = values.shape
    within, pooled = _variances(values)
    if pooled == 0:
        return float("nan")
    centred = values - values.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, n=2 * length, axis=1)
    lagged = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, :length].mean(axis=0) / length
    correlation = 1 - (within - lagged * length / (length - 1)) / pooled
    pairs = correlation[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0)
    pairs = np.minimum.accumulate(pairs[: negative[0] if len(negative) else len(pairs)])
    time = max(-1 + 2 * float(pairs.sum()), 1 / np.log10(chains * length))
    return float(chains * length / time)


def _halves(draws: Floats) -> Floats:
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normal_scores(draws: Floats) -> Floats:
    """Return normal scores of the draws' ranks (Blom 1958); equal draws share the mean rank."""
    _, position, count = np.unique(draws, return_inverse=True, return_counts=True)
    rank = np.cumsum(count) - (count - 1) / 2
    scores: Floats = ndtri((rank - 0.375) / (draws.size + 0.25))
    return scores[position].reshape(draws.shape)


def _variances(draws: Floats) -> tuple[float, float]:
    """Return the mean variance within chains, and the pooled estimate from the variances within and between chains."""
    length = draws.shape[1]
    within = float(draws.var(axis=1, ddof=1).mean())
    between = float(draws.mean(axis=1).var(ddof=1))
    return within, within * (length - 1) / length + between


def _rhat(draws: Floats) -> float:
    within, pooled = _variances(draws)
    if within <= 1e-12 * pooled or pooled == 0:
        return 1.0 if pooled == 0 else float("inf")
    return float(np.sqrt(pooled / within))
