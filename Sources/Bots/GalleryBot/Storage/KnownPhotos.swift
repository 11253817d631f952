internal import PhotoLibraries
internal import Storage

/// The tables `gallery_photos` and `gallery_photo_performers`: photos that were shown, under numbers that fit a button.
///
/// A library's own identifier may be a long path; a button has 64 bytes. What is known of a photo is also what votes
/// are weighed by, so that it is still there when the library is not.
struct KnownPhotos: Sendable {
    /// What is remembered of a photo.
    struct Entry: Equatable, Sendable {
        var number: Int64
        /// The kind of library it is from.
        var library: String
        /// The library's own identifier.
        var photoID: String
        var title: String?
        var fileName: String
        /// The first of its galleries; nil where it is in none.
        var galleryID: String?
        var galleryName: String?
    }

    static let migrations = [
        Migration(
            "create gallery_photos",
            """
            CREATE TABLE gallery_photos (
                number INTEGER PRIMARY KEY,
                library TEXT NOT NULL,
                photo_id TEXT NOT NULL,
                title TEXT,
                file_name TEXT NOT NULL,
                gallery_id TEXT,
                gallery_name TEXT,
                UNIQUE (library, photo_id)
            );
            CREATE INDEX idx_gallery_photos_gallery ON gallery_photos (gallery_id);
            CREATE INDEX idx_gallery_photos_photo ON gallery_photos (photo_id);
            CREATE TABLE gallery_photo_performers (
                number BIGINT NOT NULL REFERENCES gallery_photos (number) ON DELETE CASCADE,
                performer_id TEXT NOT NULL,
                name TEXT NOT NULL,
                PRIMARY KEY (number, performer_id)
            );
            """)
    ]

    /// Remembers a photo as it is now, and gives its number; the same photo always has the same one.
    @discardableResult
    func note(_ photo: Photo, library: String, in connection: any SQLConnection) throws(StorageError) -> Int64 {
        let gallery = photo.galleries.first
        try connection.execute(
            """
            INSERT INTO gallery_photos (library, photo_id, title, file_name, gallery_id, gallery_name)
            VALUES (\(library), \(photo.id), \(photo.title), \(photo.fileName), \(gallery?.id), \(gallery?.name))
            ON CONFLICT (library, photo_id) DO UPDATE SET
                title = excluded.title, file_name = excluded.file_name, gallery_id = excluded.gallery_id,
                gallery_name = excluded.gallery_name
            """)
        let number: Int64? = try connection.value(
            "SELECT number FROM gallery_photos WHERE library = \(library) AND photo_id = \(photo.id)")
        guard let number else { return 0 }
        try connection.execute("DELETE FROM gallery_photo_performers WHERE number = \(number)")
        for performer in photo.performers {
            try connection.execute(
                """
                INSERT INTO gallery_photo_performers (number, performer_id, name)
                VALUES (\(number), \(performer.id), \(performer.name))
                ON CONFLICT (number, performer_id) DO NOTHING
                """)
        }
        return number
    }

    /// The photo with a number; nil for a number that was never given.
    func find(_ number: Int64, in connection: any SQLConnection) throws(StorageError) -> Entry? {
        try entry(connection.one("SELECT * FROM gallery_photos WHERE number = \(number)"))
    }

    /// The number of a photo that was shown; nil for one that never was.
    func number(of photoID: String, library: String, in connection: any SQLConnection) throws(StorageError) -> Int64? {
        try connection.value(
            "SELECT number FROM gallery_photos WHERE library = \(library) AND photo_id = \(photoID)")
    }

    /// The photo with a number, where this chat was shown it: what a press on a button has to prove.
    func find(
        _ number: Int64, shownIn chat: Int64, in connection: any SQLConnection
    ) throws(StorageError) -> Entry? {
        try entry(
            connection.one(
                """
                SELECT * FROM gallery_photos p WHERE p.number = \(number) AND EXISTS (
                    SELECT 1 FROM sent_photos s WHERE s.image_id = p.photo_id AND s.chat_id = \(chat))
                """))
    }

    private func entry(_ row: Row?) throws(StorageError) -> Entry? {
        guard let row else { return nil }
        return Entry(
            number: try row.get("number"), library: try row.get("library"), photoID: try row.get("photo_id"),
            title: try row.get("title"), fileName: try row.get("file_name"), galleryID: try row.get("gallery_id"),
            galleryName: try row.get("gallery_name"))
    }
}
