import HTTP
public import HTTPServer
import Support
import TelegramAPI

/// The place in an HTTP server where Telegram calls the bot; put it into the router under the URL's path.
///
/// A call is answered 200 once its update is stored. Without the secret it is answered 401 and nothing is read.
public struct Webhook: Responder {
    static let header = "X-Telegram-Bot-Api-Secret-Token"

    let configuration: WebhookConfiguration
    let logger: Logger
    let take: @Sendable ([RawUpdate]) async throws -> Void
    let isOpen: @Sendable () -> Bool

    /// Stores an update and answers.
    public func respond(to request: ServerRequest) async throws -> ServerResponse {
        let given = request.fields[Self.header] ?? ""
        guard Self.isEqual(given, configuration.secret.reveal()) else {
            logger.warning("a webhook call without the secret", ["remote": .string("\(request.remoteAddress)")])
            return .empty(.unauthorized)
        }
        guard request.method == .post else { return .empty(.methodNotAllowed) }
        // While the bot starts or ends, and while too much waits, Telegram keeps the update and calls again.
        guard isOpen() else { return .empty(.serviceUnavailable) }
        let body = try await request.body.collect(upTo: configuration.maximumBodyBytes)
        let update: RawUpdate
        do {
            update = try RawUpdate(webhookBody: body)
        } catch {
            logger.warning("a webhook call without an update", ["error": .string("\(error)")])
            return .empty(.badRequest)
        }
        do {
            try await take([update])
        } catch {
            logger.error("an update cannot be stored", ["error": .string("\(error)")])
            return .empty(.internalServerError)
        }
        return .empty(.ok)
    }

    /// Compares in a time that does not tell how much is right.
    static func isEqual(_ given: String, _ secret: String) -> Bool {
        let (given, secret) = (Array(given.utf8), Array(secret.utf8))
        var difference = given.count ^ secret.count
        for (index, byte) in secret.enumerated() {
            difference |= Int(byte ^ (index < given.count ? given[index] : 0))
        }
        return difference == 0 && !secret.isEmpty
    }
}
