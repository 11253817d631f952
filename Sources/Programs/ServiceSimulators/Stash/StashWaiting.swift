/// A Stash that is not ready: it tells its status and version, and refuses all else.
enum StashWaiting {
    static func root(_ kind: String, status: String) -> GraphQLNode {
        .object(type: kind == "query" ? "Query" : "Mutation") { call in
            switch call.field {
            case "systemStatus": StashResolver.systemStatus(of: status)
            case "version": StashResolver.version()
            default:
                throw GraphQLError(
                    message: status == "SETUP" ? "stash is not set up" : "the database schema needs to be migrated")
            }
        }
    }

    /// Refuses every mutation with the words of its database.
    static func refusing(_ message: String) -> GraphQLNode {
        .object(type: "Mutation") { _ in throw GraphQLError(message: message) }
    }
}
