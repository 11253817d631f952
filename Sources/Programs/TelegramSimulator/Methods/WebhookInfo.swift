/// `getWebhookInfo`.
enum WebhookInfo {
    static let handler: Handler = { (world, call) throws(APIError) in
        guard let bot = world.bots[call.bot] else { throw .unauthorized }
        let now = world.now
        let count = world.queues[call.bot]?.entries.count { $0.expires > now } ?? 0
        return .writing { writer in
            writer.object { writer in
                writer.field("url", bot.webhook?.url ?? "")
                writer.field("has_custom_certificate", bot.webhook?.hasCertificate ?? false)
                writer.field("pending_update_count", count)
                if let webhook = bot.webhook {
                    writer.field("max_connections", webhook.maximumConnections)
                    writer.field("ip_address", webhook.address ?? webhook.resolved)
                    writer.field("last_error_date", webhook.lastErrorDate)
                    writer.field("last_error_message", webhook.lastError)
                }
                if let allowed = bot.allowedUpdates {
                    writer.field("allowed_updates", allowed.sorted()) { $0.string($1) }
                }
            }
        }
    }
}
