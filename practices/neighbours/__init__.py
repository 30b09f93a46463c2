"""Cases of municipalities that are alike: by size, ages and youth care, not by where they lie."""
