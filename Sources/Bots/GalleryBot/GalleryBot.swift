// GalleryBot: to be written.
