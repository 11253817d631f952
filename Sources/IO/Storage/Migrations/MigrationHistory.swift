/// Compares the steps a database remembers with those a program brings; pure.
struct MigrationHistory {
    struct Entry: Sendable, Equatable {
        var name: String
        var checksum: String
    }

    /// The number of steps already applied, if the list continues them.
    static func appliedCount(
        of list: [Migration], remembered: [Entry], component: String
    ) throws(StorageError) -> Int {
        for (position, (entry, migration)) in zip(remembered, list).enumerated() {
            if entry.name != migration.name {
                throw StorageError(
                    .divergedHistory,
                    "the database's \(component) tables have another history than this program: step \(position + 1)"
                        + " is \"\(entry.name)\" there and \"\(migration.name)\" here; run the program it belongs to")
            }
            if entry.checksum != migration.checksum {
                throw StorageError(
                    .divergedHistory,
                    "the database's \(component) tables have another history than this program: step \(position + 1)"
                        + " \"\(entry.name)\" was changed after it was applied; run the program it belongs to")
            }
        }
        if remembered.count > list.count {
            throw StorageError(
                .newerSchema,
                "the database's \(component) tables are newer than this program: they have \(remembered.count)"
                    + " steps, this program knows \(list.count); run the newer program")
        }
        return remembered.count
    }
}
