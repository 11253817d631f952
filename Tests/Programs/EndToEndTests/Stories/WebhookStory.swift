// Telegram calls the bot instead of being asked.
//
//             the process starts with webhook.enabled
//             Telegram is told where to call, and the secret
//   Alice   /start
//   Gallery Hello, Alice! …         her message came by a call
//   stranger  POST to the same address without the secret → 401, with a wrong one → 401
//             the process starts again without a webhook
//   Alice   /random
//   Gallery [photo]                 her message was asked for
//             and once more with the webhook
//   Alice   /stats
//   Gallery 📊 Photos sent

import HTTP
import HTTPClient
import JSON
import TelegramSimulator
import Testing

@Suite(.timeLimit(.minutes(2))) struct WebhookStory {
    private static let secret = "the_word_of_this_story"

    @Test func `a webhook delivers, refuses strangers, and gives way to polling and back`() async throws {
        try await Simulators.scene { scene, _ in
            let port = try FreePort.find()
            let url = "http://\(FreePort.host):\(port)"
            let byWebhook = scene.configuration(
                gallery: """
                        webhook:
                          enabled: true
                          url: \(url)
                          secret_token: \(Self.secret)
                    """, more: "log:\n  level: debug"
            ).replacing("public:\n    port: 0", with: "public:\n    host: \(FreePort.host)\n    port: \(port)")
            let alice = scene.person()

            try scene.folder.write(byWebhook, to: "quartet.yml")
            try await scene.serving { served in
                try await say("/start", alice, "Hello, Alice!")
                #expect(try await webhook(scene) == "\(url)/telegram/gallery")
                try await refuseStrangers(scene, "\(url)/telegram/gallery")
                let checks = try await served.readiness(true)["checks"]
                #expect(checks?["telegram"]?["detail"] == "webhook")
                #expect(try await served.terminate() == .code(0))
                for secret in [Self.secret, Scene.token] { #expect(!served.child.output.text.contains(secret)) }
            }

            try scene.folder.write(scene.configuration(), to: "quartet.yml")
            try await scene.serving { served in
                try await alice.say("/random", to: Scene.bot)
                #expect(try await alice.next(from: Scene.bot).media == "photo")
                #expect(try await webhook(scene) == "")
                #expect(try await served.terminate() == .code(0))
            }

            try scene.folder.write(byWebhook, to: "quartet.yml")
            try await alice.say("/stats", to: Scene.bot)
            try await scene.serving { served in
                let figures = try await alice.next(from: Scene.bot)
                #expect(figures.text.contains("to you: 1"))
                #expect(try await webhook(scene) == "\(url)/telegram/gallery")
                #expect(try await served.terminate() == .code(0))
            }
        }
    }

    private func say(_ text: String, _ person: SimulatedPerson, _ answer: String) async throws {
        try await person.say(text, to: Scene.bot)
        #expect(try await person.next(from: Scene.bot).text.hasPrefix(answer))
    }

    /// Where Telegram calls the bot now.
    private func webhook(_ scene: Scene) async throws -> String? {
        let answer = try await scene.http.send(ClientRequest("\(scene.telegram)/bot\(Scene.token)/getWebhookInfo"))
        return try JSONValue(parsing: answer.body)["result"]?["url"]?.stringValue
    }

    private func refuseStrangers(_ scene: Scene, _ url: String) async throws {
        let body: JSONValue = ["update_id": 1]
        for fields: HTTPFields in [[:], ["X-Telegram-Bot-Api-Secret-Token": "wrong"]] {
            let answer = try await scene.http.send(
                ClientRequest(.post, url, fields: fields, body: .bytes(body.serialised())))
            #expect(answer.status.rawValue == 401)
        }
        let elsewhere = try await scene.http.send(ClientRequest(.post, url + "/else", body: .bytes([])))
        #expect(elsewhere.status == .notFound)
    }
}
