// placeholder so that the package resolves; replaced by this module's first file
