"""What the product costs, each figure beside a baseline or a limit of the machine that is measured in the same run."""
