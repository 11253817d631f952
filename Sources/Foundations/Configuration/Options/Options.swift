/// Every setting of Quartet, by the part it is for.
package enum Options {
    /// The whole table, in the order in which it is shown.
    package static let all: [any AnyOption] =
        Log.all + Web.all + Telegram.all + Process.all + Gallery.all

    /// Keys of earlier configurations that no longer do anything, with the reason.
    static let retired: [String: String] = [
        "telegram.cache_channel_id": "photos are kept by file_id in the database; no channel is needed",
        "cache.min_cache_size": "photos are kept by file_id in the database as they are sent",
        "cache.migrate_file_ids": "photos are kept by file_id in the database as they are sent",
        "stash.username": "Stash has no password access for programs; use stash.api_key",
        "stash.password": "Stash has no password access for programs; use stash.api_key",
    ]
}
