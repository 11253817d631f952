internal import PhotoLibraries

extension Catalogue {
    /// How many pictures have a gallery as their first one; nil where the library was not read yet.
    func size(ofGallery id: String) -> Int? {
        guard let index = known?.index, let gallery = index.galleries.index(of: id) else { return nil }
        return (0..<index.count).count { index.gallery(at: $0) == gallery }
    }
}
