internal import HTTP

extension Service {
    /// `setWebhook`: tries a connection where one is wanted, sets the webhook, and ends the long poll that waits.
    func setWebhook(_ call: Call) async throws(APIError) -> Answer {
        let isRemoval = call.arguments["url"].trimmingSpaces().isEmpty
        if restrainsPolling, !isRemoval, !trials.admits(call.bot, now: milliseconds) { throw .flood(1) }
        var reached: String?
        if triesWebhooks, let webhook = try candidate(call) {
            let outcome = try await trials.run(for: call.bot) { await self.attempt(webhook) }
            switch outcome {
            case .open(let address): reached = address
            case .closed(let reason): throw .badRequest("bad webhook: \(reason)")
            }
        } else {
            trials.cancel(call.bot)
        }
        let address = reached
        let answer = try turn { (world) throws(APIError) in
            let answer = try SetWebhook.set(&world, call)
            if let address { world.editBot(call.bot) { $0.webhook?.resolved = address } }
            // Whatever changes, waiting for a repetition ends: the bot may have mended what was wrong.
            if answer.description != SetWebhook.alreadySet { self.forgetDeliveries(of: call.bot) }
            return answer
        }
        if !isRemoval { terminatePoll(of: call.bot, .terminatedByWebhook) }
        return answer
    }

    /// `deleteWebhook`.
    func deleteWebhook(_ call: Call) throws(APIError) -> Answer {
        trials.cancel(call.bot)
        return try turn { (world) throws(APIError) in
            self.forgetDeliveries(of: call.bot)
            return try SetWebhook.delete(&world, call)
        }
    }

    /// The webhook to try a connection to: none where it is removed or its address stays.
    private func candidate(_ call: Call) throws(APIError) -> Webhook? {
        // Nothing is thrown inside: the world is only looked at.
        let candidate = look { world -> Result<Webhook?, APIError> in
            do throws(APIError) {
                return .success(try SetWebhook.trial(call.arguments, of: call.bot, in: world))
            } catch {
                return .failure(error)
            }
        }
        return try candidate.get()
    }

    private func attempt(_ webhook: Webhook) async -> ConnectionTrial.Outcome {
        let address = address(of: webhook.url)
        guard let url = HTTPURL(address) else { return .closed("Wrong URL") }
        let isMapped = address != webhook.url
        let host = isMapped ? url.host : webhook.address ?? url.host
        let outcome = await ConnectionTrial(host: Self.bare(host), port: url.effectivePort).run()
        let options = look { $0.options }
        if case .open(let found) = outcome, !isMapped, !SetWebhook.isAllowed(found, options) {
            return .closed("IP address \(found) is reserved")
        }
        return outcome
    }

    /// An IPv6 address without the brackets that a URL has around it.
    private static func bare(_ host: String) -> String {
        host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    }
}
