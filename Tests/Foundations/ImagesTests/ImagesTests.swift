// ImagesTests: to be written.
