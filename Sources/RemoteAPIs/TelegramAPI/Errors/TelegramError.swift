public import HTTPClient
public import JSON

/// Why a call has no result.
///
/// Descriptions are Telegram's own words; the bot's token is in none of the cases.
public enum TelegramError: Error, Sendable, Equatable {
    /// Too many requests (429): ask again after the given time, for the chat concerned.
    case retryAfter(Duration, description: String)
    /// The group became a supergroup: the same call works with this id.
    case migrated(to: ChatID)
    /// The token is not, or no longer, that of a bot (401, or 404 for a malformed one).
    case unauthorized(description: String)
    /// The bot may not do this here (403, and 400 for missing rights).
    case forbidden(Refusal, description: String)
    /// The edit changes nothing.
    case notModified
    /// What the call names does not exist, or the bot cannot see it.
    case notFound(Missing, description: String)
    /// The text's markup is broken, at a byte offset where Telegram names one.
    case unparsableEntities(offset: Int?, description: String)
    /// The text, caption or upload is longer than allowed.
    case tooLarge(description: String)
    /// A callback, inline, shipping or pre-checkout query was answered too late, or twice.
    case queryExpired(description: String)
    /// A message that can no longer be edited or deleted.
    case immutable(description: String)
    /// A file that Telegram cannot use.
    case file(FileFault, description: String)
    /// Another process polls with the token, or a webhook is set (409).
    case conflict(Conflict, description: String)
    /// The call is wrong in another way (400 and unlisted codes below 500).
    case badRequest(description: String, code: Int)
    /// Telegram's own failure (5xx), or an answer that is none of its JSON, such as a proxy's page.
    case server(status: Int, description: String)
    /// The answer did not arrive. The call may have had its effect all the same, unless nothing was sent.
    case network(HTTPClientError)
    /// The answer says that the call worked, but its result cannot be read.
    case undecodable(JSONError, method: String)

    /// Why the bot may not act.
    public enum Refusal: String, Sendable, CaseIterable {
        /// The user has blocked the bot.
        case blocked
        /// The user's account is gone.
        case deactivated
        /// The bot was removed from the group, supergroup or channel.
        case kicked
        /// The bot is not in the chat.
        case notMember = "not_member"
        /// A bot cannot write to a person who has not started it.
        case notStarted = "not_started"
        /// Bots cannot write to bots.
        case toBot = "to_bot"
        /// The group does not exist any more.
        case chatDeleted = "chat_deleted"
        /// The bot lacks a right in the chat.
        case missingRights = "missing_rights"
        /// A reason that has no case.
        case other
    }

    /// What was not found.
    public enum Missing: String, Sendable, CaseIterable {
        /// The message that the call is about.
        case message
        /// The message that is replied to.
        case repliedMessage = "replied_message"
        /// The chat.
        case chat
        /// The user.
        case user
        /// The forum topic.
        case thread
        /// The method; this server is older than the library.
        case method
    }

    /// What is wrong with a file.
    public enum FileFault: String, Sendable, CaseIterable {
        /// The `file_id` is not valid for this bot, or the file is gone for now.
        case wrongID = "wrong_id"
        /// Telegram could not fetch the URL, or found something else there.
        case unfetchable
        /// Larger than Telegram allows.
        case tooBig = "too_big"
        /// Not the kind of file that the method takes, or none at all.
        case unusable
    }

    /// Who is in the way of the poll.
    public enum Conflict: String, Sendable, CaseIterable {
        /// Another `getUpdates` runs with the same token.
        case otherPoller = "other_poller"
        /// A webhook is set.
        case webhook
        /// A conflict that has no case.
        case other
    }
}

extension TelegramError: CustomStringConvertible {
    /// One line for a log, with the remedy where one is known.
    public var description: String {
        let text =
            switch self {
            case .retryAfter(let pause, _): "too many requests, retry after \(pause.components.seconds) s"
            case .migrated(let chat): "the group became supergroup \(chat)"
            case .notModified: "the message is not modified"
            case .network(let error): error.description
            case .undecodable(let error, let method): "the result of \(method) cannot be read: \(error)"
            case .server(let status, let description): "server error \(status): \(description)"
            case .unauthorized(let description), .forbidden(_, let description), .notFound(_, let description),
                .unparsableEntities(_, let description), .tooLarge(let description), .queryExpired(let description),
                .immutable(let description), .file(_, let description), .conflict(_, let description),
                .badRequest(let description, _):
                description
            }
        return hint.map { "\(text) (\($0))" } ?? text
    }
}

extension TelegramError {
    /// A name of the case from a fixed set, for metrics.
    public var label: String {
        switch self {
        case .retryAfter: "retry_after"
        case .migrated: "migrated"
        case .unauthorized: "unauthorized"
        case .forbidden(let refusal, _): "forbidden_" + refusal.rawValue
        case .notModified: "not_modified"
        case .notFound(let missing, _): missing.rawValue + "_not_found"
        case .unparsableEntities: "unparsable_entities"
        case .tooLarge: "too_large"
        case .queryExpired: "query_expired"
        case .immutable: "immutable"
        case .file(let fault, _): "file_" + fault.rawValue
        case .conflict(let conflict, _): "conflict_" + conflict.rawValue
        case .badRequest: "bad_request"
        case .server: "server"
        case .network(let error): "network_" + error.label
        case .undecodable: "undecodable"
        }
    }

    /// Whether the same call may work later without anybody changing anything.
    public var isTransient: Bool {
        switch self {
        case .retryAfter, .server: true
        case .network(let error): error.isTransient
        default: false
        }
    }

    /// Whether the call may have had its effect although there is no result.
    public var isAmbiguous: Bool {
        switch self {
        case .network(let error): !error.precedesSending
        case .server, .undecodable: true
        default: false
        }
    }
}
