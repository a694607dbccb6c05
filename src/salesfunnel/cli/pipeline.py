"""The command ``pipeline``: the default pipelines, in words or as Mermaid diagrams."""

from __future__ import annotations

import argparse

from ..pipeline.diagram import mermaid, outline
from ..pipeline.presets.standard import LEAD_PIPELINE, OPPORTUNITY_PIPELINE


def run_pipeline(options: argparse.Namespace) -> int:
    """Print both pipelines."""
    draw = mermaid if options.mermaid else outline
    for pipeline in (LEAD_PIPELINE, OPPORTUNITY_PIPELINE):
        print(draw(pipeline))
    return 0
