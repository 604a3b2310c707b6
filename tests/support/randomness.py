"""The one source of random values of the Python tests, and the one way to give a seed.

A script gives its argument parser to `parse_arguments`, which adds the option --seed and prints the seeds that the run
plays. `--seed N`, or CODEGRAPH_TEST_SEED=N in the environment, plays N alone and so repeats a run that failed. Without
either, a script plays the seeds that it was written with, or a new one in each run.
"""

import os
import random

Random = random.Random


def parse_arguments(parser, *own_seeds):
    """Returns the arguments, with the seeds to play as `seeds` and the first of them as `seed`. Without own_seeds, a
    new one is drawn."""
    parser.add_argument("--seed", type=int, help="the one seed to play (or CODEGRAPH_TEST_SEED)")
    arguments = parser.parse_args()
    if arguments.seed is None and os.environ.get("CODEGRAPH_TEST_SEED"):
        arguments.seed = int(os.environ["CODEGRAPH_TEST_SEED"])
    if arguments.seed is not None:
        arguments.seeds = [arguments.seed]
    else:
        arguments.seeds = list(own_seeds) or [random.SystemRandom().randrange(1 << 32)]
        arguments.seed = arguments.seeds[0]
    print("seed", *arguments.seeds, flush=True)
    return arguments
