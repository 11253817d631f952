import HTTP
import HTTPClient
import HTTPServer
import Support
import Testing

@testable import TelegramSimulator

/// What `setWebhook`, `deleteWebhook` and `getWebhookInfo` take and say.
@Suite(.timeLimit(.minutes(1))) struct SetWebhookTests {
    private static let reserved = "Bad Request: bad webhook: IP address"
    private static let https = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    private static let ports = "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
    private static let invalid = "Bad Request: invalid webhook URL specified"

    @Test func `each call says what became of the webhook`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            for (method, arguments, description) in [
                ("setWebhook", "", "Webhook is already deleted"), ("deleteWebhook", "", "Webhook is already deleted"),
                ("setWebhook", #""url":"http://127.0.0.1:1/a""#, "Webhook was set"),
                ("setWebhook", #""url":"http://127.0.0.1:1/a""#, "Webhook is already set"),
                ("setWebhook", #""url":"  http://127.0.0.1:1/a ""#, "Webhook is already set"),
                ("setWebhook", #""url":"http://127.0.0.1:1/a","secret_token":"s""#, "Webhook was set"),
                ("setWebhook", #""url":"http://127.0.0.1:1/a","secret_token":"s""#, "Webhook is already set"),
                ("setWebhook", #""url":"http://127.0.0.1:1/a","max_connections":7"#, "Webhook was set"),
                ("setWebhook", #""url":"http://127.0.0.1:1/b""#, "Webhook was set"),
                ("deleteWebhook", "", "Webhook was deleted"), ("deleteWebhook", "", "Webhook is already deleted"),
                ("setWebhook", #""url":"http://127.0.0.1:1/b""#, "Webhook was set"),
                ("setWebhook", #""url":"""#, "Webhook was deleted"),
            ] {
                let reply = try await stage.call(method, "{\(arguments)}")
                #expect(reply.result == .bool(true))
                #expect(reply.json["description"]?.string == description)
            }
        }
    }

    @Test(
        arguments: [
            ("https://example.com/x", "", nil, nil), ("https://user:word@example.com:8443/x?y=z", "", nil, nil),
            ("http://example.com/x", "", https, nil), ("http://example.com:443/x", "", https, nil),
            ("https://example.com:80", "", nil, nil), ("https://example.com:88", "", nil, nil),
            ("https://example.com:8443", "", nil, nil), ("https://example.com:8080", "", ports, nil),
            ("https://[2001:4860:4860::8888]:8443/x", "", nil, nil), ("https://[2001:4860::1]:9/x", "", ports, nil),
            ("https://127.0.0.1/x", "", "\(reserved) 127.0.0.1 is reserved", nil),
            ("https://localhost/x", "", "\(reserved) 127.0.0.1 is reserved", nil),
            ("https://[::1]/x", "", "\(reserved) ::1 is reserved", nil),
            ("https://10.1.2.3/x", "", "\(reserved) 10.1.2.3 is reserved", nil),
            ("https://192.168.0.1/x", "", "\(reserved) 192.168.0.1 is reserved", nil),
            ("https://172.31.255.255/x", "", "\(reserved) 172.31.255.255 is reserved", nil),
            ("https://169.254.1.1/x", "", "\(reserved) 169.254.1.1 is reserved", nil),
            ("https://172.32.0.1/x", "", nil, nil), ("https://11.1.2.3/x", "", nil, nil),
            ("https://example.com/x", #","ip_address":"10.0.0.1""#, "\(reserved) 10.0.0.1 is reserved", nil),
            ("https://example.com/x", #","ip_address":"9.9.9.9""#, nil, nil),
            ("nonsense", "", invalid, invalid), ("ftp://example.com", "", invalid, invalid),
            ("https://", "", invalid, invalid), ("https://exa mple.com/", "", invalid, invalid),
        ] as [(String, String, String?, String?)])
    func `the cloud takes public addresses, a server of one's own takes all`(
        url: String, more: String, cloud: String?, local: String?
    ) async throws {
        for (isLocal, expected) in [(false, cloud), (true, local)] {
            try await Stage.run(configure: {
                $0.allowsLoopback = false
                $0.isLocalServer = isLocal
            }) { (stage: Stage) async throws -> Void in
                let reply = try await stage.call("setWebhook", #"{"url":"\#(url)"\#(more)}"#)
                #expect(reply.status == (expected == nil ? 200 : 400))
                #expect(reply.description == expected ?? "Webhook was set")
            }
        }
    }

    @Test(
        arguments: [
            ("a", nil), ("Az09_-", nil), (String(repeating: "a", count: 256), nil),
            (String(repeating: "a", count: 257), "Bad Request: secret token is too long"),
            ("a b", "Bad Request: secret token contains unallowed characters"),
            ("ä", "Bad Request: secret token contains unallowed characters"),
            ("a=", "Bad Request: secret token contains unallowed characters"),
        ] as [(String, String?)])
    func `a secret has up to 256 characters of few kinds`(secret: String, description: String?) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let reply = try await stage.call(
                "setWebhook", #"{"url":"http://127.0.0.1:1/a","secret_token":"\#(secret)"}"#)
            #expect(reply.description == description ?? "Webhook was set")
        }
    }

    @Test(
        arguments: [
            (nil, 40, 100), ("0", 1, 1), ("-1", 1, 1), ("1", 1, 1), ("7", 7, 7), ("100", 100, 100), ("101", 100, 101),
            ("100000", 100, 100_000), ("100001", 100, 100_000),
        ] as [(String?, Int64, Int64)])
    func `connections are limited, on a server of one's own less so`(
        given: String?, cloud: Int64, local: Int64
    ) async throws {
        for (isLocal, expected) in [(false, cloud), (true, local)] {
            try await Stage.run(configure: { $0.isLocalServer = isLocal }) { (stage: Stage) async throws -> Void in
                let more = given.map { ",\"max_connections\":\($0)" } ?? ""
                _ = try await stage.call("setWebhook", #"{"url":"http://127.0.0.1:1/a"\#(more)}"#)
                let kept = try await stage.call("getWebhookInfo").result["max_connections"]?.integer
                #expect(kept == expected)
            }
        }
    }

    @Test func `a refused webhook changes nothing, waiting updates can be dropped with a good one`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            func waiting() async throws -> Int64? {
                try await stage.call("getWebhookInfo").result["pending_update_count"]?.integer
            }
            _ = try await stage.say("x")
            let refused = try await stage.call(
                "setWebhook", #"{"url":"nonsense","drop_pending_updates":true,"allowed_updates":["poll"]}"#)
            #expect(refused.status == 400)
            #expect(try await waiting() == 1)
            let info = try await stage.call("getWebhookInfo").result
            #expect(info["allowed_updates"] == nil)
            _ = try await stage.call("setWebhook", #"{"drop_pending_updates":true}"#)
            #expect(try await waiting() == 0)
            _ = try await stage.say("y")
            _ = try await stage.call("deleteWebhook", #"{"drop_pending_updates":"true"}"#)
            #expect(try await waiting() == 0)
            _ = try await stage.say("z")
            let set = #"{"url":"http://127.0.0.1:1/a","drop_pending_updates":true}"#
            _ = try await stage.call("setWebhook", set)
            #expect(try await waiting() == 0)
        }
    }

    @Test func `the info has what there is to tell`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            func names() async throws -> [String] {
                guard case .object(let members) = try await stage.call("getWebhookInfo").result else { return [] }
                return members.map(\.key)
            }
            let always = ["url", "has_custom_certificate", "pending_update_count"]
            #expect(try await names() == always)
            _ = try await stage.call("setWebhook", #"{"url":"https://example.com/a"}"#)
            #expect(try await names() == always + ["max_connections"])
            _ = try await stage.call(
                "setWebhook", #"{"url":"https://example.com/a","ip_address":"9.9.9.9","allowed_updates":["poll"]}"#)
            #expect(try await names() == always + ["max_connections", "ip_address", "allowed_updates"])
            _ = try await stage.call("setWebhook", #"{"url":"http://127.0.0.1:1/a","allowed_updates":[]}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            await stage.time.waitForSleepers()
            let failed = ["max_connections", "ip_address", "last_error_date", "last_error_message"]
            #expect(try await names() == always + failed)
            // Without the update, which would fail there as well.
            _ = try await stage.call("setWebhook", #"{"url":"https://example.com/b","drop_pending_updates":true}"#)
            #expect(try await names() == always + ["max_connections"])
        }
    }

    @Test func `the address that answered is told`() async throws {
        try await Stage.run(triesWebhooks: true) { (stage: Stage) async throws -> Void in
            let port = try #require(HTTPURL(stage.url)?.port)
            try await stage.act("webhook-map", #"{"from":"https://bot.example.com","to":"http://127.0.0.1:\#(port)"}"#)
            let set = try await stage.call("setWebhook", #"{"url":"https://bot.example.com/hook"}"#)
            #expect(set.status == 200)
            let info = try await stage.call("getWebhookInfo").result
            #expect(info["ip_address"]?.string == "127.0.0.1")
            // Another secret for the same address leaves it.
            _ = try await stage.call("setWebhook", #"{"url":"https://bot.example.com/hook","secret_token":"s"}"#)
            let again = try await stage.call("getWebhookInfo").result
            #expect(again["ip_address"]?.string == "127.0.0.1")
        }
    }

    @Test func `a newer setWebhook ends one that still waits for its connection`() async throws {
        let trials = WebhookTrials()
        let (begun, signal) = AsyncStream<Int>.makeStream()
        let gates = [PollWaiter(), PollWaiter(), PollWaiter()]
        @Sendable func run(_ number: Int, for bot: Int64) async -> Result<ConnectionTrial.Outcome, APIError> {
            do throws(APIError) {
                return .success(
                    try await trials.run(for: bot) {
                        signal.yield(number)
                        _ = await gates[number].wait()
                        return .open(address: "\(number)")
                    })
            } catch {
                return .failure(error)
            }
        }
        let ended = APIError.exact(409, "Conflict: terminated by other setWebhook")
        var starts = begun.makeAsyncIterator()
        async let first = run(0, for: 1)
        #expect(await starts.next() == 0)
        async let other = run(2, for: 2)
        #expect(await starts.next() == 2)
        async let second = run(1, for: 1)
        #expect(await first == .failure(ended))
        #expect(await starts.next() == 1)
        // What comes too late of the first harms nobody.
        gates[0].resume(.updates)
        gates[1].resume(.updates)
        #expect(await second == .success(.open(address: "1")))
        trials.cancel(2)
        #expect(await other == .failure(ended))
        gates[2].resume(.updates)
    }

    @Test func `a webhook can be set once a second, on a server that restrains`() async throws {
        try await Stage.run(configure: { $0.restrainsPolling = true }) { (stage: Stage) async throws -> Void in
            let set = #"{"url":"http://127.0.0.1:1/a"}"#
            #expect(try await stage.call("setWebhook", set).status == 200)
            stage.time.advance(by: .milliseconds(999))
            let early = try await stage.call("setWebhook", set)
            #expect(early.status == 429)
            #expect(early.fields["Retry-After"] == "1")
            #expect(early.json["parameters"]?["retry_after"]?.integer == 1)
            #expect(try await stage.call("deleteWebhook").status == 200)
            #expect(try await stage.call("setWebhook").status == 200)
            stage.time.advance(by: .milliseconds(1))
            #expect(try await stage.call("setWebhook", set).status == 200)
        }
    }

    @Test(arguments: [200, 410, 500])
    func `what is under way to an old address does not disturb the new one`(status: Int) async throws {
        let (old, new) = (GateHook(.empty(HTTPStatus(status))), GateHook())
        let server = HTTPServer(HTTPServer.Configuration(), responder: new, logger: .disabled)
        let next = try await server.start().url
        try await GateHook.serve(old) { stage, url in
            try await stage.start()
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            _ = try await stage.say("one")
            _ = await old.next()
            _ = try await stage.call("setWebhook", #"{"url":"\#(next)/hook"}"#)
            let again = await new.next()
            #expect(again["message"]?["text"]?.string == "one")
            _ = try await stage.say("two")
            old.release()
            try await Until.holds {
                let log = try await stage.view("log?limit=1000")["entries"]?.array ?? []
                return log.contains { $0["kind"]?.string == "webhook" && $0["status"]?.integer == Int64(status) }
            }
            let info = try await stage.call("getWebhookInfo").result
            #expect(info["last_error_message"] == nil)
            new.release()
            let second = await new.next()
            #expect(second["message"]?["text"]?.string == "two")
            #expect(new.most == 1)
            new.release()
        }
        await server.stop(graceful: .zero)
    }

    @Test func `a certificate is noted`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let set = try await stage.reply(
                ClientRequest(
                    .post, "\(stage.url)/bot\(Stage.token)/setWebhook",
                    body: .multipart([
                        .field("url", "https://example.com/a"),
                        MultipartPart(name: "certificate", fileName: "c.pem", content: .bytes([1, 2])),
                    ])))
            #expect(set.json["description"]?.string == "Webhook was set")
            let info = try await stage.call("getWebhookInfo").result
            #expect(info["has_custom_certificate"]?.bool == true)
        }
    }

    @Test func `a webhook that was removed and set again is asked at once`() async throws {
        let hook = Hook([.empty(500), .empty(500)])
        try await GateHook.serve(hook) { stage, url in
            let set = #"{"url":"\#(url)/hook"}"#
            _ = try await stage.call("setWebhook", set)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = await hook.deliveries(2)
            await stage.time.waitForSleepers()
            _ = try await stage.call("deleteWebhook")
            _ = try await stage.call("setWebhook", set)
            let again = await hook.deliveries(1)
            #expect(again.first?.0["message"]?["text"]?.string == "/start")
        }
    }
}
