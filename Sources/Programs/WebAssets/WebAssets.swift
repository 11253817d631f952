// WebAssets: to be written.
