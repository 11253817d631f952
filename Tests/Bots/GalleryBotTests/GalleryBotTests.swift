// GalleryBotTests: to be written.
